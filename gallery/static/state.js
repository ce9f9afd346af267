// What the reader looks at, kept in the address after "#", so that it can be linked to.
"use strict";

/** @typedef {Record<string, string>} State */

/** @type {((state: State, cold: boolean) => void)[]} */
const stateListeners = [];

/** @type {Map<string, string>} what views were called once, and what they are called now */
const renamedViews = new Map();

/** @returns {State} */
function readState() {
  const text = location.hash.slice(1);
  return text.includes("=") ? Object.fromEntries(new URLSearchParams(text.replaceAll("+", "%2B"))) : {};
}

/**
 * Write a state as it stands after "#"; what is empty is left out.
 * @param {State} state
 * @returns {string}
 */
function stateText(state) {
  return Object.entries(state)
    .filter(([, value]) => value !== "")
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replace(/%(2F|3A|2C)/g, decodeURIComponent)}`)
    .join("&");
}

/**
 * Change the state, and tell everyone.
 * @param {State} state
 * @param {{ step?: boolean }} [how] step: make it an entry that "back" returns from
 */
function writeState(state, { step = false } = {}) {
  const text = stateText(state);
  const address = text ? `#${text}` : location.pathname + location.search;
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  notifyState(false);
}

/**
 * Follow the state: called when all scripts are there, and on every change.
 * @param {(state: State, cold: boolean) => void} listener cold: the reader came by a link, not by a control
 */
function onState(listener) {
  stateListeners.push(listener);
}

/** @param {boolean} cold */
function notifyState(cold) {
  const state = readState();
  const now = renamedViews.get(state.view);
  if (now !== undefined) {
    state.view = now;
    history.replaceState(null, "", `#${stateText(state)}`);
  }
  for (const listener of stateListeners) listener(state, cold);
}

window.addEventListener("hashchange", () => notifyState(true));
window.addEventListener("popstate", () => notifyState(true));
document.addEventListener("DOMContentLoaded", () => notifyState(true));
