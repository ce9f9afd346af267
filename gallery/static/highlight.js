// Boxes of a drawing: what hangs together lights up under the pointer or the focus, the rest fades.
"use strict";

/** @typedef {{ nodes: Set<string>, edges: Set<string> }} Highlight */

/** @type {WeakMap<Element, Highlight | null>} what stays lit when nothing is pointed at */
const persistentHighlight = new WeakMap();

/**
 * Highlight up some boxes and arrows of a drawing, or with null all of it.
 * @param {Element} drawing
 * @param {Highlight | null} light
 */
function setHighlight(drawing, light) {
  drawing.classList.toggle("tracing", light !== null);
  for (const part of drawing.querySelectorAll(".node, .edge, .label")) {
    const { node, edge } = /** @type {SVGElement} */ (part).dataset;
    part.classList.toggle("lit", light !== null && (light.nodes.has(node ?? "\0") || light.edges.has(edge ?? "\0")));
  }
}

/**
 * Set what stays lit.
 * @param {Element} drawing
 * @param {Highlight | null} light
 */
function persistHighlight(drawing, light) {
  if (!light && !persistentHighlight.get(drawing)) return;
  persistentHighlight.set(drawing, light);
  setHighlight(drawing, light);
}

/**
 * Bring what is lit into sight, where it is not.
 * @param {Element} drawing
 */
function revealHighlight(drawing) {
  const boxes = [...drawing.querySelectorAll(".node.lit")].map((box) => box.getBoundingClientRect());
  if (!boxes.length) return;
  const top = Math.min(...boxes.map((box) => box.top));
  const bottom = Math.max(...boxes.map((box) => box.bottom));
  const [from, to] = [72, innerHeight - 88];
  const stage = drawing.closest(".stage");
  if (stage && stage.scrollWidth > stage.clientWidth) {
    const middle = (Math.min(...boxes.map((box) => box.left)) + Math.max(...boxes.map((box) => box.right))) / 2;
    const { left, width } = stage.getBoundingClientRect();
    stage.scrollLeft += middle - left - width / 2;
  }
  if (top >= from && bottom <= to) return;
  scrollBy(0, bottom - top > to - from ? top - from : (top + bottom) / 2 - (from + to) / 2);
}

/**
 * Gather a box, its arrows, and the boxes at their far ends.
 * @param {Element} drawing
 * @param {string} node
 * @returns {Highlight}
 */
function neighbourhood(drawing, node) {
  const light = { nodes: new Set([node]), edges: new Set() };
  for (const part of drawing.querySelectorAll(".edge")) {
    const { edge = "", tail = "", head = "" } = /** @type {SVGElement} */ (part).dataset;
    if (tail !== node && head !== node) continue;
    light.edges.add(edge);
    light.nodes.add(tail).add(head);
  }
  return light;
}

{
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const { views } = pageData("system-data");

  /**
   * Find the nearest box in a direction; what lies aside counts as farther.
   * @param {Element[]} boxes
   * @param {Element} from
   * @param {number[]} direction
   * @returns {Element | undefined}
   */
  const nearest = (boxes, from, [dx, dy]) => {
    const middle = (/** @type {Element} */ box) => {
      const { left, top, width, height } = box.getBoundingClientRect();
      return [left + width / 2, top + height / 2];
    };
    const [x0, y0] = middle(from);
    const far = (/** @type {Element} */ box) => {
      const [x, y] = middle(box);
      const along = (x - x0) * dx + (y - y0) * dy;
      const aside = Math.abs((x - x0) * dy) + Math.abs((y - y0) * dx);
      return along > 4 ? along + 2 * aside : Infinity;
    };
    const found = boxes.filter((box) => box !== from && far(box) < Infinity);
    return found.sort((one, other) => far(one) - far(other))[0];
  };

  for (const view of viewSections()) {
    const slug = view.dataset.view ?? "";
    const drawing = /** @type {SVGSVGElement} */ (view.querySelector("svg.archfolio"));
    const boxes = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".node[data-node]")]);
    drawing.setAttribute("role", "group");

    const rest = () => setHighlight(drawing, persistentHighlight.get(drawing) ?? null);
    boxes.forEach((box, index) => {
      const id = box.dataset.node ?? "";
      const { name = id, detail = "", role = "" } = views[slug]?.nodes[id] ?? {};
      const words = detail ? `${name} ${detail}` : name;
      box.setAttribute("role", "button");
      box.setAttribute("aria-label", role ? `${words}: ${role}` : words);
      box.tabIndex = index === 0 ? 0 : -1;
      box.addEventListener("pointerenter", () => setHighlight(drawing, neighbourhood(drawing, id)));
      box.addEventListener("pointerleave", rest);
      box.addEventListener("focus", () => {
        for (const other of boxes) other.tabIndex = other === box ? 0 : -1;
        if (box.matches(":focus-visible")) setHighlight(drawing, neighbourhood(drawing, id));
      });
      box.addEventListener("blur", rest);
      /** @type {number[]} */
      let pressed = [];
      box.addEventListener("pointerdown", (event) => (pressed = [event.clientX, event.clientY]));
      box.addEventListener("click", (event) => {
        const moved = Math.hypot(event.clientX - (pressed[0] ?? event.clientX), event.clientY - (pressed[1] ?? event.clientY));
        if (moved < 6) writeState({ view: slug, node: id }, { step: true });
      });
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || event.key === " ") {
          event.preventDefault();
          writeState({ view: slug, node: id }, { step: true });
        }
        const direction = Reflect.get(DIRECTIONS, event.key);
        if (!direction) return;
        event.preventDefault();
        /** @type {SVGElement | undefined} */ (nearest(boxes, box, direction))?.focus();
      });
    });
  }
}
