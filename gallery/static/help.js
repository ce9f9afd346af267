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
}
