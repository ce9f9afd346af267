// The keyboard sheet, and the keys that every page has.
"use strict";

{
  const sheet = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.help"));
  const box = /** @type {HTMLInputElement} */ (sheet.querySelector("[data-keys]"));
  const open = () => {
    box.checked = keySwitch.on;
    sheet.showModal();
  };
  document.querySelector("[data-help]")?.addEventListener("click", open);
  box.addEventListener("change", () => {
    keySwitch.on = box.checked;
  });
  onKey("?", open);
  onKey("t", () => /** @type {HTMLElement} */ (document.querySelector("[data-theme-switch]")).click());

  const search = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-search]"));
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-query], [data-narrow-query]"));
  onKey("/", () => (field ? field.focus() : search.click()));
  search.addEventListener("click", (event) => {
    if (!field?.matches("[data-query]")) return;
    event.preventDefault();
    field.focus();
  });
}
