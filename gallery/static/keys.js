// Single-key shortcuts: who listens to which key, and a switch that turns all of them off.
"use strict";

/** @type {Map<string, (event: KeyboardEvent) => void>} */
const keyHandlers = new Map();

const keySwitch = {
  NAME: "archfolio-keys",
  /** @returns {boolean} */
  get on() {
    try {
      return localStorage.getItem(this.NAME) !== "off";
    } catch {
      return true;
    }
  },
  /** @param {boolean} on */
  set on(on) {
    try {
      localStorage.setItem(this.NAME, on ? "on" : "off");
    } catch {
      // Without storage the shortcuts stay on.
    }
  },
};

/**
 * Call a function when a key is pressed outside of fields.
 * @param {string} key as in KeyboardEvent.key
 * @param {(event: KeyboardEvent) => void} handler
 */
function onKey(key, handler) {
  keyHandlers.set(key, handler);
}

document.addEventListener("keydown", (event) => {
  const target = /** @type {Element} */ (event.target);
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (target.closest("input, select, textarea, dialog")) return;
  if (event.key.length === 1 && !keySwitch.on) return;
  const handler = keyHandlers.get(event.key);
  if (!handler) return;
  if (event.key.length === 1 && event.key !== " ") event.preventDefault();
  handler(event);
});
