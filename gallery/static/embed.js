// A drawing in a frame: `#node=ID` and `#step=N` light what they name, `#theme=dark` fixes the theme.
"use strict";

{
  /** @type {{ edges: string[], sentence: string }[]} */
  const steps = JSON.parse(document.getElementById("steps")?.textContent ?? "[]");
  const main = /** @type {HTMLElement} */ (document.querySelector("main"));
  const { picture: drawing, sprite } = makeDrawing(main.dataset.drawing ?? "", main.dataset.root ?? "");
  main.prepend(sprite, drawing);
  const sentence = /** @type {HTMLElement} */ (document.querySelector(".sentence"));
  const parts = /** @type {NodeListOf<SVGElement>} */ (drawing.querySelectorAll(".node, .edge, .label"));

  /**
   * List the ids to be lit.
   * @param {string} node
   * @param {string[] | undefined} edges
   * @returns {Set<string>}
   */
  const litBy = (node, edges) => {
    const lit = new Set([`node ${node}`]);
    for (const { dataset } of parts) {
      const { edge = "", tail = "", head = "" } = dataset;
      const along = edges?.includes(edge);
      if (!edge || !(along || (node && [tail, head].includes(node)))) continue;
      lit.add(`edge ${edge}`).add(`node ${tail}`).add(`node ${head}`);
    }
    return lit;
  };

  const follow = () => {
    const state = new URLSearchParams(location.hash.slice(1).replaceAll("+", "%2B"));
    const theme = state.get("theme") ?? "";
    document.documentElement.style.colorScheme = ["light", "dark"].includes(theme) ? theme : "";
    const known = [...parts].some(({ dataset }) => dataset.node && dataset.node === state.get("node"));
    const node = known ? (state.get("node") ?? "") : "";
    const step = node ? undefined : steps[Number(state.get("step")) - 1];
    const lit = litBy(node, step?.edges);
    drawing.classList.toggle("dimmed", Boolean(node || step));
    for (const part of parts) {
      const { edge, node: own } = part.dataset;
      part.classList.toggle("lit", lit.has(edge ? `edge ${edge}` : `node ${own}`));
    }
    sentence.hidden = !step;
    sentence.textContent = step?.sentence ?? "";
  };

  window.addEventListener("hashchange", follow);
  follow();
}
