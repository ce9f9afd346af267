// What the reader looks at, kept in the address after "#", so that it can be linked to.
"use strict";

/** @typedef {Record<string, string>} State */

/** @type {((state: State, cold: boolean) => void)[]} */
const stateListeners = [];

/** @type {Map<string, string>} what views were called once, and what they are called now */
const renamedViews = new Map();

/** @type {Set<string>} names whose values outlive a change of the rest, such as the inputs of the estimate */
const lastingNames = new Set();

/** @type {State} of the last address that named one: a link to a section leaves it as it was */
let lastState = {};

/**
 * @param {string} hash
 * @returns {State | undefined} none where it names a place on the page
 */
function parseState(hash) {
  const text = hash.replace(/^#/, "");
  if (text === "") return {};
  return text.includes("=") ? Object.fromEntries(new URLSearchParams(text.replaceAll("+", "%2B"))) : undefined;
}

/** @returns {State} */
function readState() {
  lastState = parseState(location.hash) ?? lastState;
  return { ...lastState };
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
 * Change the state, and notify everyone. Lasting values that are not given stay.
 * @param {State} state
 * @param {{ step?: boolean, cold?: boolean }} [how] step: make it an entry that "back" returns from; cold: as of a link
 */
function writeState(state, { step = false, cold = false } = {}) {
  const lasting = Object.entries(readState()).filter(([name]) => lastingNames.has(name) && !(name in state));
  const text = stateText({ ...state, ...Object.fromEntries(lasting) });
  const address = text ? `#${text}` : location.pathname + location.search;
  lastState = {};
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  notifyState(cold);
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

/**
 * Find the element that a fragment names.
 * @param {string} hash
 * @returns {HTMLElement | null} none for a fragment that is no text, such as "#%"
 */
function fragmentTarget(hash) {
  try {
    return document.getElementById(decodeURIComponent(hash.replace(/^#/, "")));
  } catch {
    return null;
  }
}

// A link into the page keeps what lasts; one to a section keeps the drawing too, under the name "at".
document.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a[href^='#']");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const hash = link.getAttribute("href") ?? "";
  const state = parseState(hash);
  if (state) {
    event.preventDefault();
    writeState(state, { step: true, cold: true });
    return;
  }
  const { at: _, step: __, ...kept } = readState();
  if (!fragmentTarget(hash) || !Object.keys(kept).length) return;
  event.preventDefault();
  writeState({ ...kept, at: hash.slice(1) }, { step: true });
  openPlace(hash);
});

/**
 * Unfold what stands around a place, and bring it into sight.
 * @param {string} hash
 */
function openPlace(hash) {
  const target = fragmentTarget(hash);
  const fold = target?.closest("details");
  if (fold) fold.open = true;
  target?.scrollIntoView({ block: fold ? "center" : "start" });
}

window.addEventListener("hashchange", () => notifyState(true));
window.addEventListener("popstate", () => notifyState(true));
document.addEventListener("DOMContentLoaded", () => notifyState(true));
