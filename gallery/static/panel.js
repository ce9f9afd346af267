// The panel of a chosen box: its role, its neighbours, the line that draws it, and where else its kind stands.
"use strict";

{
  const { views, components } = pageData("system-data");

  /**
   * @param {string} title
   * @param {HTMLElement[]} items
   * @returns {Node[]}
   */
  const list = (title, items) =>
    items.length ? [element("h5", {}, title), element("ul", {}, ...items.map((item) => element("li", {}, item)))] : [];

  /**
   * @param {string} slug
   * @param {string} id
   * @param {"tail" | "head"} here
   * @returns {HTMLElement[]}
   */
  const neighbours = (slug, id, here) => {
    const { nodes, clusters, edges } = views[slug];
    const there = here === "tail" ? "head" : "tail";
    return edges
      .filter((/** @type {any} */ edge) => edge[here] === id)
      .map((/** @type {any} */ edge) => {
        const far = nodes[edge[there]];
        const label = labelOf(edge);
        const words = label ? ` ${label}` : "";
        const name = far
          ? element("a", { href: `#${stateText({ view: slug, node: edge[there] })}` }, namesOf(far).name)
          : element("span", {}, clusters[edge[there]] ?? edge[there]);
        const kind = edge.kind === "plain" ? words : `${words} (${edge.kind})`;
        return element("span", {}, name, element("span", { class: "quiet" }, kind));
      });
  };

  /**
   * @param {string} slug
   * @param {string} id
   * @returns {Node[]}
   */
  const content = (slug, id) => {
    const node = views[slug].nodes[id];
    const { name, detail } = namesOf(node);
    const role = estimate.quote(node.role);
    const component = components[node.component];
    const close = element("button", { type: "button", "aria-label": "Close" }, "×");
    close.addEventListener("click", () => clear(slug, id));
    const elsewhere = component.elsewhere.map((/** @type {{ text: string, href: string, as: string }} */ link) =>
      element("span", {}, element("a", { href: link.href }, link.text), element("span", { class: "quiet" }, link.as ? ` ${link.as}` : "")),
    );
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
      ...list("Gets from", neighbours(slug, id, "head")),
      ...list("Passes to", neighbours(slug, id, "tail")),
      element("h5", {}, "Kind"),
      element("p", {}, element("a", { href: component.href }, component.title)),
      ...(component.meaning ? [element("p", { class: "quiet" }, component.meaning)] : []),
      ...list("Also in", elsewhere),
      ...(node.line ? [element("h5", {}, "Drawn by"), element("a", { href: `#line-${node.line}` }, `Line ${node.line}`)] : []),
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
      panel.replaceChildren(...(id ? content(slug, id) : []));
      persistHighlight(drawing, id ? neighbourhood(drawing, id) : null);
      if (!id) continue;
      const box = /** @type {Element} */ (drawing.querySelector(`.node[data-node="${CSS.escape(id)}"]`));
      box.classList.add("chosen");
      if (shown === `${slug} ${id}`) continue;
      shown = `${slug} ${id}`;
      placeBeside(panel, box);
      panel.scrollTop = 0;
      /** @type {HTMLElement} */ (panel.querySelector("h4")).focus({ preventScroll: true });
      viewers.get(other)?.show([box]);
    }
  });

  document.addEventListener("keydown", (event) => {
    const state = readState();
    if (event.key !== "Escape" || document.fullscreenElement || document.querySelector("dialog[open]")) return;
    if (state.node || state.step) clear(viewOf(state)?.dataset.view ?? "", state.node);
  });
}
