// Drills: a guess is judged by how many times it is off; within a factor of two it counts.
"use strict";

{
  const ENOUGH = 2;

  for (const drill of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-drill]"))) {
    const field = /** @type {HTMLInputElement} */ (drill.querySelector("[data-guess]"));
    const verdict = /** @type {HTMLElement} */ (drill.querySelector("[data-verdict]"));
    const answer = Number(drill.dataset.value);

    field.addEventListener("change", () => {
      const read = readFigure(field.value, { label: "", unit: drill.dataset.unit ?? "", value: answer });
      const refused = read.reason || (read.value > 0 ? "" : "Write a number above zero.");
      field.setAttribute("aria-invalid", String(Boolean(field.value && refused)));
      verdict.classList.toggle("refused", Boolean(field.value && refused));
      delete drill.dataset.counts;
      if (refused) {
        verdict.textContent = field.value ? refused : "";
        return;
      }
      const off = Math.max(read.value / answer, answer / read.value);
      drill.dataset.counts = off <= ENOUGH ? "yes" : "no";
      const times = `off by a factor of ${figureDigits(Number(off.toPrecision(2)))}`;
      verdict.textContent = off <= ENOUGH ? `It counts: ${times}.` : `Too ${read.value > answer ? "high" : "low"}, ${times}.`;
    });
  }
}
