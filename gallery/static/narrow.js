// Narrow a long list by what is typed.
"use strict";

{
  const query = /** @type {HTMLInputElement} */ (document.querySelector("[data-narrow-query]"));
  const status = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-narrow]")]);

  query.addEventListener("input", () => {
    const words = query.value.toLowerCase().split(/\s+/);
    for (const entry of entries) {
      const text = entry.textContent?.toLowerCase() ?? "";
      entry.hidden = !words.every((word) => text.includes(word));
    }
    for (const group of document.querySelectorAll("[data-narrow-group]")) {
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector("[data-narrow]:not([hidden])");
    }
    const count = entries.filter((entry) => !entry.hidden).length;
    status.textContent = query.value ? `${count} of ${entries.length}` : "";
  });
}
