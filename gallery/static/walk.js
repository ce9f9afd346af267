// Boxes and arrows of a drawing are reached by pointer and by keys, and say what they are.
"use strict";

{
  const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const { views } = pageData("system-data");

  /** @param {Element} part */
  const middle = (part) => {
    const { left, top, width, height } = part.getBoundingClientRect();
    return [left + width / 2, top + height / 2];
  };

  /**
   * Find the nearest box in a direction; what lies aside counts as farther.
   * @param {SVGElement[]} boxes
   * @param {Element} from
   * @param {number[]} direction
   * @returns {SVGElement | undefined}
   */
  const nearest = (boxes, from, [dx, dy]) => {
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
    const data = views[slug] ?? { nodes: {}, clusters: {}, edges: {} };
    const drawing = /** @type {SVGSVGElement} */ (view.querySelector("svg.archfolio"));
    const boxes = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".node[data-node]")]);
    const arrows = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".edge[data-edge]")]);
    const groups = [...drawing.querySelectorAll(".cluster[data-cluster]")];
    drawing.setAttribute("role", "group");
    // Boxes and arrows have these words in their names; read on their own they are a heap.
    for (const text of drawing.querySelectorAll(".label, .legend")) text.setAttribute("aria-hidden", "true");

    const nameOf = (/** @type {string} */ end) => data.nodes[end]?.name ?? data.clusters[end] ?? end;
    const partOf = (/** @type {string} */ end) =>
      boxes.find((box) => box.dataset.node === end) ?? groups.find((group) => /** @type {SVGElement} */ (group).dataset.cluster === end);
    const rest = () => setHighlight(drawing, persistentHighlight.get(drawing) ?? null);

    /** The boxes of a cluster, by the letters that their ids begin with. */
    const boxOf = (/** @type {string} */ end) =>
      boxes.find((box) => box.dataset.node === end) ?? boxes.find((box) => box.dataset.node?.startsWith(`${end}/`));

    /** @param {SVGElement} box */
    const arrowsOf = (box) => {
      const id = box.dataset.node ?? "";
      return arrows.filter((arrow) => [endsOf(arrow).tail, endsOf(arrow).head].some((end) => end && (end === id || id.startsWith(`${end}/`))));
    };

    /** @type {SVGElement | undefined} the box from which arrows are gone through */
    let origin;

    /**
     * @param {SVGElement} box
     * @param {number} by
     * @param {SVGElement} [from]
     */
    const turn = (box, by, from) => {
      const own = arrowsOf(box);
      if (!own.length) return;
      origin = box;
      const at = from ? own.indexOf(from) : by > 0 ? -1 : 0;
      own[(at + by + own.length) % own.length].focus();
    };

    boxes.forEach((box, index) => {
      const id = box.dataset.node ?? "";
      box.setAttribute("role", "button");
      estimate.onChange(() => {
        const { name, detail } = namesOf(data.nodes[id] ?? { name: id });
        const words = detail ? `${name} ${detail}` : name;
        const role = estimate.quote(data.nodes[id]?.role ?? "");
        box.setAttribute("aria-label", role ? `${words}: ${role}` : words);
      });
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
        if (moved < 6 && event.detail < 2) writeState({ view: slug, node: id }, { step: true });
      });
      box.addEventListener("keydown", (event) => {
        if (event.key === "Enter" || (event.key === " " && !readState().step)) {
          event.preventDefault();
          writeState({ view: slug, node: id }, { step: true });
        }
        if (event.key === "]" || event.key === "[") {
          event.preventDefault();
          turn(box, event.key === "]" ? 1 : -1);
        }
        const direction = Reflect.get(DIRECTIONS, event.key);
        if (!direction || readState().step) return;
        event.preventDefault();
        const ends = arrowsOf(box)
          .flatMap((arrow) => [boxOf(endsOf(arrow).tail), boxOf(endsOf(arrow).head)])
          .filter((end) => end && end !== box);
        (nearest(/** @type {SVGElement[]} */ (ends), box, direction) ?? nearest(boxes, box, direction))?.focus();
      });
    });

    for (const arrow of arrows) {
      const { edge: id, tail, head } = endsOf(arrow);
      const known = data.edges[id] ?? { kind: "plain" };
      arrow.setAttribute("role", "img");
      estimate.onChange(() => {
        const what = [known.kind === "plain" ? "arrow" : known.kind, labelOf(known)].filter(Boolean).join(" ");
        arrow.setAttribute("aria-label", `${what}, from ${nameOf(tail)} to ${nameOf(head)}`);
      });
      arrow.tabIndex = -1;
      arrow.addEventListener("focus", () => {
        const ends = /** @type {string[]} */ ([tail, head].filter(Boolean));
        setHighlight(drawing, { nodes: new Set(ends), edges: new Set([id]) });
      });
      arrow.addEventListener("blur", rest);
      arrow.addEventListener("keydown", (event) => {
        const along = ["ArrowRight", "ArrowDown", "Enter"].includes(event.key);
        const back = ["ArrowLeft", "ArrowUp"].includes(event.key);
        if (event.key === "]" || event.key === "[") {
          event.preventDefault();
          turn(origin ?? boxes[0], event.key === "]" ? 1 : -1, arrow);
        } else if (event.key === "Escape") {
          event.stopPropagation();
          origin?.focus();
        } else if (along || back) {
          event.preventDefault();
          const end = along ? head : tail;
          (boxOf(end) ?? /** @type {SVGElement | undefined} */ (partOf(end)))?.focus();
        }
      });
    }
  }
}
