// Ticked lines of a checklist, kept in this browser under the block's name; a line that says something else is unticked.
"use strict";

for (const list of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-checklist]"))) {
  const key = `archfolio-checklist-${list.dataset.checklist}`;
  const boxes = /** @type {HTMLInputElement[]} */ ([...list.querySelectorAll("input[data-line]")]);
  const said = /** @type {HTMLElement} */ (list.querySelector("[data-ticked]"));
  const clear = /** @type {HTMLButtonElement} */ (list.querySelector("[data-untick]"));

  /** @returns {string[]} */
  const kept = () => {
    try {
      const lines = JSON.parse(localStorage.getItem(key) ?? "[]");
      return Array.isArray(lines) ? lines : [];
    } catch {
      return [];
    }
  };

  const tell = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    said.textContent = `${ticked} of ${boxes.length} hold`;
    clear.disabled = ticked === 0;
  };

  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify(boxes.filter((box) => box.checked).map((box) => box.dataset.line)));
    } catch {
      // ticks last as long as the page
    }
    tell();
  };

  const before = kept();
  for (const box of boxes) {
    box.checked = before.includes(box.dataset.line ?? "");
    box.addEventListener("change", keep);
  }
  clear.addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
    boxes[0].focus();
  });
  tell();
}
