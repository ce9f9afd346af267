// Narrow a long list by what is typed and by what is chosen; all of it is kept in the address.
"use strict";

{
  const query = /** @type {HTMLInputElement} */ (document.querySelector("[data-narrow-query]"));
  const choices = /** @type {HTMLSelectElement[]} */ ([...document.querySelectorAll("[data-narrow-by]")]);
  const status = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));
  const entries = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-narrow]")]);
  const nameOf = (/** @type {HTMLSelectElement} */ choice) => choice.dataset.narrowBy ?? "";

  const write = () =>
    writeState({ q: query.value.trim(), ...Object.fromEntries(choices.map((choice) => [nameOf(choice), choice.value])) });

  onState((state) => {
    if (document.activeElement !== query) query.value = state.q ?? "";
    for (const choice of choices) {
      const wanted = state[nameOf(choice)] ?? "";
      choice.value = [...choice.options].some((option) => option.value === wanted) ? wanted : "";
    }
    const words = (state.q ?? "").toLowerCase().split(/\s+/);
    for (const entry of entries) {
      const text = entry.textContent?.toLowerCase() ?? "";
      const chosen = choices.every((choice) => !choice.value || (entry.dataset[nameOf(choice)] ?? "").split("|").includes(choice.value));
      entry.hidden = !chosen || !words.every((word) => text.includes(word));
    }
    for (const group of document.querySelectorAll("[data-narrow-group]")) {
      /** @type {HTMLElement} */ (group).hidden = !group.querySelector("[data-narrow]:not([hidden])");
    }
    const count = entries.filter((entry) => !entry.hidden).length;
    status.textContent = count < entries.length ? `${count} of ${entries.length}` : "";
  });

  query.addEventListener("input", write);
  for (const choice of choices) choice.addEventListener("change", write);
}
