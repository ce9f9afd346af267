// Elements made in script. Texts go in as text, never as markup.
"use strict";

/**
 * Make an element.
 * @param {string} name
 * @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * Read a block of data that the page carries.
 * @param {string} id
 * @returns {any}
 */
function pageData(id) {
  return JSON.parse(document.getElementById(id)?.textContent ?? "null");
}

/**
 * Read where an arrow leads: a drawing in a page leaves that out where the arrow's name, "TAIL--HEAD", says it.
 * @param {Element} arrow
 * @returns {{ edge: string, tail: string, head: string }}
 */
function endsOf(arrow) {
  const { edge = "", tail, head } = /** @type {SVGElement} */ (arrow).dataset;
  const [first = "", second = ""] = edge.split("--");
  return { edge, tail: tail ?? first, head: head ?? second };
}
