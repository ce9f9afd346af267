// A drawing in a frame: `#node=ID` and `#step=N` light what they name, `#theme=dark` fixes the theme.
"use strict";

{
  /** @type {{ edges: string[], sentence: string }[]} */
  const steps = JSON.parse(document.getElementById("steps")?.textContent ?? "[]");
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const sentence = /** @type {HTMLElement} */ (document.querySelector(".sentence"));

  /**
   * List the ids to be lit.
   * @param {SVGElement[]} parts
   * @param {string} node
   * @param {string[] | undefined} edges
   * @returns {Set<string>}
   */
  const litBy = (parts, node, edges) => {
    const lit = new Set([`node ${node}`]);
    for (const { classList, dataset } of parts) {
      if (!classList.contains("edge")) continue;
      const { edge = "" } = dataset;
      const [first = "", second = ""] = edge.split("--"); // as in `endsOf`, which this page has not
      const { tail = first, head = second } = dataset;
      const along = edges?.includes(edge);
      if (!edge || !(along || (node && [tail, head].includes(node)))) continue;
      lit.add(`edge ${edge}`).add(`node ${tail}`).add(`node ${head}`);
    }
    return lit;
  };

  /**
   * @param {SVGSVGElement} drawing
   * @param {SVGElement[]} parts
   */
  const follow = (drawing, parts) => {
    const state = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
    const theme = state.get("theme") ?? "";
    document.documentElement.style.colorScheme = ["light", "dark"].includes(theme) ? theme : "";
    const known = parts.some(({ dataset }) => dataset.node && dataset.node === state.get("node"));
    const node = known ? (state.get("node") ?? "") : "";
    const step = node ? undefined : steps[Number(state.get("step")) - 1];
    const lit = litBy(parts, node, step?.edges);
    drawing.classList.toggle("dimmed", Boolean(node || step));
    for (const part of parts) {
      const { edge, node: own } = part.dataset;
      part.classList.toggle("lit", lit.has(edge ? `edge ${edge}` : `node ${own}`));
    }
    sentence.hidden = !step;
    sentence.textContent = step?.sentence ?? "";
  };

  /** Show what a browser without scripts shows: this one cannot unpack the drawing. */
  const showFile = () => {
    const markup = main.querySelector("noscript")?.textContent ?? "";
    main.prepend(...new DOMParser().parseFromString(markup, "text/html").body.children);
  };

  takenDrawings.get(main.dataset.drawing ?? "")?.then((taken) => {
    const { picture, sprite } = makeDrawing(taken, main.dataset.root ?? "");
    main.prepend(sprite, picture);
    const parts = /** @type {SVGElement[]} */ ([...picture.querySelectorAll(".node, .edge, .label")]);
    window.addEventListener("hashchange", () => follow(picture, parts));
    follow(picture, parts);
  }, showFile);
}
