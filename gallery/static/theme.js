// Light, dark or as the system has it: one switch, which drives the drawings too. Runs before the first paint.
"use strict";

{
  const THEMES = ["auto", "light", "dark"];
  const KEY = "archfolio-theme";
  const root = document.documentElement;
  root.classList.add("js");
  root.classList.toggle("deep", location.hash.includes("=")); // another drawing than the first may be wanted

  /** @returns {string} the reader's choice, "auto" where nothing is kept */
  const kept = () => {
    try {
      return localStorage.getItem(KEY) ?? "auto";
    } catch {
      return "auto";
    }
  };

  /** @param {string} theme */
  const show = (theme) => {
    root.dataset.theme = theme;
    root.style.colorScheme = theme === "auto" ? "light dark" : theme;
    const word = document.querySelector("[data-theme-switch] span");
    if (word) word.textContent = theme;
  };

  let theme = THEMES.includes(kept()) ? kept() : "auto";
  show(theme);

  document.addEventListener("DOMContentLoaded", () => {
    show(theme);
    const button = /** @type {HTMLButtonElement | null} */ (document.querySelector("[data-theme-switch]"));
    button?.addEventListener("click", () => {
      theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
      show(theme);
      try {
        localStorage.setItem(KEY, theme);
      } catch {
        // Storage may be closed to files; the choice then lasts as long as the page.
      }
    });
  });
}
