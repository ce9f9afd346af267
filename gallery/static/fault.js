// Spot the fault: boxes and arrows of the wrong drawing can be chosen, and the page says how near the choice is.
"use strict";

{
  const { hint, away, names } = pageData("fault-data");
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-fault]"));
  const drawing = /** @type {SVGSVGElement} */ (place.querySelector("svg.archfolio"));
  const verdict = /** @type {HTMLElement} */ (place.querySelector("[data-verdict]"));
  const answer = /** @type {HTMLDetailsElement} */ (place.querySelector("[data-answer]"));
  const parts = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".node[data-node], .edge[data-edge]")]);
  let tries = 0;

  const idOf = (/** @type {SVGElement} */ part) => part.dataset.node ?? part.dataset.edge ?? "";

  /**
   * Say how near a choice is: 0 is the fault, then by steps along the drawing.
   * @param {number} steps
   * @returns {[string, string]}
   */
  const heat = (steps) => {
    if (steps === 0) return ["found", "Found."];
    if (steps === 1) return ["hot", `Hot. ${hint}`];
    if (steps <= 3) return ["warm", "Warm: it is not far from here."];
    return ["cold", "Cold: nothing is wrong here."];
  };

  /** @param {SVGElement} part */
  const choose = (part) => {
    const id = idOf(part);
    const [name, words] = heat(away[id] ?? Infinity);
    tries += 1;
    part.classList.remove("hot", "warm", "cold");
    part.classList.add("tried", name);
    const count = name === "found" ? ` ${tries === 1 ? "At the first try." : `After ${tries} tries.`}` : "";
    verdict.textContent = `${names[id] ?? id}: ${words}${count}`;
    verdict.dataset.heat = name;
    if (name === "found") {
      answer.open = true;
      for (const other of parts) if (away[idOf(other)] === 0) other.classList.add("found");
    }
  };

  drawing.setAttribute("role", "group");
  for (const text of drawing.querySelectorAll(".label, .legend")) text.setAttribute("aria-hidden", "true");
  for (const part of parts) {
    part.setAttribute("role", "button");
    part.setAttribute("aria-label", names[idOf(part)] ?? idOf(part));
    part.tabIndex = 0;
    for (const line of part.dataset.edge ? part.querySelectorAll("path:first-of-type") : []) {
      const hit = /** @type {SVGElement} */ (line.cloneNode()); // a line of one pixel cannot be hit
      hit.setAttribute("class", "hit");
      part.append(hit);
    }
    part.addEventListener("click", () => choose(part));
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(part);
    });
  }
  for (const label of drawing.querySelectorAll(".label[data-edge]")) {
    const id = /** @type {SVGElement} */ (label).dataset.edge;
    const arrow = parts.find((part) => part.dataset.edge === id);
    label.addEventListener("click", () => arrow && choose(arrow));
  }
  verdict.textContent = "Nothing chosen yet.";
  addEventListener("beforeprint", () => (answer.open = true));
}
