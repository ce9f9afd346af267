// The panel of a chosen box: its role, its neighbours, the line that draws it, and where else its kind stands.
"use strict";

/** @typedef {{ slug: string, text: string, as: string, href: string }} Use */

/** @type {Map<string, { most: number, components: Record<string, { count: number, first: Use[] }> }>} */
const takenUses = new Map();

/**
 * @param {string} name
 * @param {{ most: number, components: Record<string, { count: number, first: Use[] }> }} uses
 */
function takeUses(name, uses) {
  takenUses.set(name, uses);
}

{
  const { slug: here, views, components } = pageData("system-data");

  /**
   * @param {string} title
   * @param {HTMLElement[]} items
   * @returns {Node[]}
   */
  const list = (title, items) =>
    items.length ? [element("h5", {}, title), element("ul", {}, ...items.map((item) => element("li", {}, item)))] : [];

  /**
   * @param {Element} drawing
   * @param {string} slug
   * @param {string} id
   * @param {"tail" | "head"} here
   * @returns {HTMLElement[]}
   */
  const neighbours = (drawing, slug, id, here) => {
    const { nodes, clusters, edges } = views[slug];
    const there = here === "tail" ? "head" : "tail";
    const arrows = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".edge[data-edge]")]);
    const ends = new Map(arrows.map((arrow) => [arrow.dataset.edge, endsOf(arrow)]));
    return Object.keys(edges)
      .filter((edge) => ends.get(edge)?.[here] === id)
      .map((edge) => {
        const end = ends.get(edge)?.[there] ?? "";
        const far = nodes[end];
        const label = labelOf(edges[edge]);
        const words = label ? ` ${label}` : "";
        const name = far
          ? element("a", { href: `#${stateText({ view: slug, node: end })}` }, namesOf(far).name)
          : element("span", {}, clusters[end] ?? end);
        const { kind } = edges[edge];
        return element("span", {}, name, element("span", { class: "quiet" }, kind === "plain" ? words : `${words} (${kind})`));
      });
  };

  /**
   * List the other subjects that have a component.
   * @param {string} key
   * @returns {Promise<Node[]>}
   */
  const elsewhere = async (key) => {
    const { most, components: known } = await loadTaken(takenUses, "../static", "uses");
    const { count, first } = known[key] ?? { count: 0, first: [] };
    const others = first.filter(({ slug }) => slug !== here).slice(0, most);
    const more = count - others.length - Number(first.length > 0);
    const items = others.map(({ href, text, as }) =>
      element("span", {}, element("a", { href: `../${href}` }, text), element("span", { class: "quiet" }, ` ${as}`)),
    );
    if (more > 0) items.push(element("span", {}, element("a", { href: components[key].href }, `${more} more`)));
    return list("Also in", items);
  };

  /**
   * @param {Element} drawing
   * @param {string} slug
   * @param {string} id
   * @returns {Node[]}
   */
  const content = (drawing, slug, id) => {
    const node = views[slug].nodes[id];
    const { name, detail } = namesOf(node);
    const role = estimate.quote(node.role ?? "");
    const component = components[node.component];
    const close = element("button", { type: "button", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => clear(slug, id));
    const detailed = (node.details ?? []).map((/** @type {string} */ other) =>
      element("a", { href: `#${stateText({ view: other })}` }, views[other].title),
    );
    const taught = (node.blocks ?? []).map((/** @type {{ text: string, href: string, how: string }} */ link) =>
      element("span", {}, element("a", { href: link.href }, link.text), element("span", { class: "quiet" }, ` ${link.how}`)),
    );
    return [
      element("header", {}, element("h4", { tabindex: "-1" }, name), close),
      ...(detail ? [element("p", { class: "quiet" }, detail)] : []),
      ...(role ? [element("p", {}, role)] : []),
      ...list("In detail", detailed),
      ...list("Building block", taught),
      ...list("Gets from", neighbours(drawing, slug, id, "head")),
      ...list("Passes to", neighbours(drawing, slug, id, "tail")),
      element("h5", {}, "Kind"),
      element("p", {}, element("a", { href: component.href }, component.title)),
      ...(component.meaning ? [element("p", { class: "quiet" }, component.meaning)] : []),
      element("div", { "data-elsewhere": "" }),
      ...(node.line ? [element("h5", {}, "Drawn by"), element("a", { href: `#L${node.line}` }, `Line ${node.line}`)] : []),
    ];
  };

  /**
   * @param {string} slug
   * @param {string} [id] the box that gets the focus back
   */
  const clear = (slug, id) => {
    writeState({ view: slug });
    if (!id) return;
    const box = document.querySelector(`.view:not([hidden]) .node[data-node="${CSS.escape(id)}"]`);
    /** @type {SVGElement | null} */ (box)?.focus();
  };

  /**
   * Lay the panel over the side of the stage where the box is not: a second click then meets the same box.
   * @param {HTMLElement} panel
   * @param {Element} box
   */
  const placeBeside = (panel, box) => {
    const stage = /** @type {Element} */ (panel.parentElement).getBoundingClientRect();
    const { left, width } = box.getBoundingClientRect();
    panel.classList.toggle("left", left + width / 2 > stage.left + stage.width / 2);
  };

  let shown = "";

  onState((state) => {
    if (!state.node) shown = "";
    const view = viewOf(state);
    for (const other of viewSections()) {
      const panel = /** @type {HTMLElement} */ (other.querySelector("[data-panel]"));
      const drawing = /** @type {Element} */ (other.querySelector("svg.archfolio"));
      const slug = other.dataset.view ?? "";
      const id = other === view && views[slug]?.nodes[state.node] ? state.node : "";
      for (const box of drawing.querySelectorAll(".chosen")) box.classList.remove("chosen");
      panel.hidden = !id;
      panel.replaceChildren(...(id ? content(drawing, slug, id) : []));
      persistHighlight(drawing, id ? neighbourhood(drawing, id) : null);
      if (!id) continue;
      const place = panel.querySelector("[data-elsewhere]");
      const filled = elsewhere(views[slug].nodes[id].component).then((found) => place?.replaceChildren(...found));
      const complete = filled.catch(() => {}); // without that list too
      const box = /** @type {Element} */ (drawing.querySelector(`.node[data-node="${CSS.escape(id)}"]`));
      box.classList.add("chosen");
      if (shown === `${slug} ${id}`) continue;
      shown = `${slug} ${id}`;
      placeBeside(panel, box);
      panel.scrollTop = 0;
      /** @type {HTMLElement} */ (panel.querySelector("h4")).focus({ preventScroll: true });
      viewers.get(other)?.show([box]);
      complete.then(() => shown === `${slug} ${id}` && viewers.get(other)?.show([box])); // it has grown
    }
  });

  document.addEventListener("keydown", (event) => {
    const state = readState();
    if (event.key !== "Escape" || document.fullscreenElement || document.querySelector("dialog[open]")) return;
    if (state.node || state.step) clear(viewOf(state)?.dataset.view ?? "", state.node);
  });
}
