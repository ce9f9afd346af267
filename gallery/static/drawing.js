// Drawings that a page shows when they are wanted: each is a script of its own, since from disk nothing else can be read.
"use strict";

/** @typedef {{ title: string, markup: string }} Drawing its markup begins with the icons and styles that it uses */

/** @type {Map<string, Promise<Drawing>>} by "SUBJECT/VIEW" */
const takenDrawings = new Map();

/**
 * @param {string} name
 * @param {string} title
 * @param {string} packed markup, compressed by zlib, in base64
 */
function takeDrawing(name, title, packed) {
  const drawing = unpack(packed).then((markup) => ({ title, markup }));
  drawing.catch(() => {}); // whoever wants the drawing hears of it, perhaps later than the browser waits for that
  takenDrawings.set(name, drawing);
}

/**
 * @param {string} packed
 * @returns {Promise<string>}
 */
async function unpack(packed) {
  const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

/**
 * Make the elements of a drawing, without running anything of its markup.
 * @param {Drawing} drawing
 * @param {string} root the way from the page to the folder of the site
 * @returns {{ title: string, picture: SVGSVGElement, sprite: SVGSVGElement }}
 */
function makeDrawing({ title, markup }, root) {
  const [sprite, picture] = new DOMParser().parseFromString(markup, "text/html").body.children;
  if (!(sprite instanceof SVGSVGElement && picture instanceof SVGSVGElement)) throw new Error("it is no drawing");
  for (const icon of sprite.querySelectorAll("image")) {
    const address = icon.getAttribute("xlink:href") ?? "";
    if (!address.startsWith("data:")) icon.setAttribute("xlink:href", root + address);
  }
  return { title, picture: document.adoptNode(picture), sprite: document.adoptNode(sprite) };
}
