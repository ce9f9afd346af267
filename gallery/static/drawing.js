// Drawings that a page shows when they are wanted: each is a script of its own, since from disk nothing else can be read.
"use strict";

/** @typedef {{ title: string, markup: string, sprite: string }} Drawing its markup, and the icons and styles that it uses */

/** @type {Map<string, Drawing>} by "SUBJECT/VIEW" */
const takenDrawings = new Map();

/**
 * @param {string} name
 * @param {string} title
 * @param {string} markup
 * @param {string} sprite
 */
function takeDrawing(name, title, markup, sprite) {
  takenDrawings.set(name, { title, markup, sprite });
}

/**
 * Read markup that was made with this site, without running anything.
 * @param {string} markup
 * @returns {SVGSVGElement}
 */
function readMarkup(markup) {
  const root = new DOMParser().parseFromString(markup, "text/html").body.firstElementChild;
  if (!(root instanceof SVGSVGElement)) throw new Error("it is no drawing");
  return document.adoptNode(root);
}

/**
 * Make the elements of a drawing whose script has been loaded.
 * @param {string} name
 * @param {string} root the way from the page to the folder of the site
 * @returns {{ title: string, picture: SVGSVGElement, sprite: SVGSVGElement }}
 */
function makeDrawing(name, root) {
  const drawing = takenDrawings.get(name);
  if (!drawing) throw new Error(`${name} is not there`);
  const sprite = readMarkup(drawing.sprite);
  for (const icon of sprite.querySelectorAll("image")) {
    const address = icon.getAttribute("xlink:href") ?? "";
    if (!address.startsWith("data:")) icon.setAttribute("xlink:href", root + address);
  }
  return { title: drawing.title, picture: readMarkup(drawing.markup), sprite };
}
