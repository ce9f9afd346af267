// What hangs together lights up under the pointer or the focus, the rest fades.
"use strict";

/**
 * Name a box, with the figures as they now are.
 * @param {{ name: string, detail?: string, label?: string }} node
 * @returns {{ name: string, detail: string }}
 */
function namesOf({ name, detail = "", label }) {
  if (!label) return { name, detail };
  const [first, ...rest] = estimate.quote(label).split("\n");
  return { name: first, detail: rest.join(" ") };
}

/**
 * Word the label of an arrow, with the figures as they now are.
 * @param {{ label?: string, template?: string }} edge
 * @returns {string}
 */
function labelOf({ label = "", template }) {
  return template ? estimate.quote(template).split(/[ \n]+/).join(" ") : label;
}

/** @typedef {{ nodes: Set<string>, edges: Set<string> }} LitParts */

/** @type {WeakMap<Element, LitParts | null>} what stays lit when nothing is pointed at */
const persistentHighlight = new WeakMap();

/**
 * Light up some boxes and arrows of a drawing, or with null all of it.
 * @param {Element} drawing
 * @param {LitParts | null} light
 */
function setHighlight(drawing, light) {
  drawing.classList.toggle("tracing", light !== null);
  for (const part of drawing.querySelectorAll(".node, .edge, .label")) {
    const { node, edge } = /** @type {SVGElement} */ (part).dataset;
    part.classList.toggle("lit", light !== null && (light.nodes.has(node ?? "\0") || light.edges.has(edge ?? "\0")));
  }
}

/**
 * Set what stays lit.
 * @param {Element} drawing
 * @param {LitParts | null} light
 */
function persistHighlight(drawing, light) {
  if (!light && !persistentHighlight.get(drawing)) return;
  persistentHighlight.set(drawing, light);
  setHighlight(drawing, light);
}

/**
 * Gather a box, its arrows, and the boxes at their far ends.
 * @param {Element} drawing
 * @param {string} node
 * @returns {LitParts}
 */
function neighbourhood(drawing, node) {
  const light = { nodes: new Set([node]), edges: new Set() };
  for (const part of drawing.querySelectorAll(".edge")) {
    const { edge, tail, head } = endsOf(part);
    if (tail !== node && head !== node) continue;
    light.edges.add(edge);
    light.nodes.add(tail).add(head);
  }
  return light;
}
