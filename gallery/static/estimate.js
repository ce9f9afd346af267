// The estimate as the reader has changed it: inputs kept in the address, figures computed, every place that quotes one
// written again.
"use strict";

/**
 * @typedef {{ name: string, label: string, value: number, unit: string, factor: number, formula: string, shown: string,
 *   number: string }} Quantity
 * @typedef {{ value: number, shown: string, number: string, changed: boolean }} Computed
 */

const estimate = (() => {
  const RESERVED = ["view", "node", "step", "at"];
  const data = pageData("system-data");
  const figures = /** @type {Quantity[]} */ (data.figures);
  const inputs = figures.filter((figure) => !figure.formula);

  /** @type {Map<string, number>} changed inputs, in their units */
  let changes = new Map();
  /** @type {Map<string, Computed>} */
  let now = new Map();
  /** @type {Record<string, number>} values in base units */
  let base = {};
  /** @type {(() => void)[]} */
  const followers = [];

  /** @param {string} name */
  const keyOf = (name) => (RESERVED.includes(name) ? `in.${name}` : name);
  for (const input of inputs) lastingNames.add(keyOf(input.name));

  /**
   * Compute every figure from some changed inputs.
   * @param {Map<string, number>} changed
   */
  const compute = (changed) => {
    /** @type {Record<string, number>} */
    const values = {};
    const computed = new Map();
    for (const quantity of figures) {
      const { name, formula, factor, unit } = quantity;
      values[name] = formula ? computeFormula(formula, values) : (changed.get(name) ?? quantity.value) * factor;
      const value = values[name] / factor;
      const same = Math.abs(value - quantity.value) <= Math.abs(quantity.value) * 1e-9;
      computed.set(name, {
        value,
        shown: same ? quantity.shown : Number.isFinite(value) ? figureShown(value, unit) : "?",
        number: same ? quantity.number : Number.isFinite(value) ? figureNumber(value, unit) : "?",
        changed: !same,
      });
    }
    return { values, computed };
  };

  /**
   * Say why some inputs cannot be, if so: a figure that hangs on them has no value.
   * @param {Map<string, number>} changed
   */
  const objection = (changed) => {
    const { values } = compute(changed);
    const lost = figures.find((figure) => !Number.isFinite(values[figure.name]));
    return lost ? `With this, “${lost.label}” has no value.` : "";
  };

  /**
   * Change inputs, and keep them in the address.
   * @param {Map<string, number>} changed
   */
  const change = (changed) => {
    const { at: _, ...state } = readState();
    for (const input of inputs) {
      const value = changed.get(input.name);
      const same = value === undefined || value === input.value;
      state[keyOf(input.name)] = same ? "" : writeFigure(value, input.unit).replaceAll(/[\s\u202f]/g, "");
    }
    writeState(state);
  };

  /** @type {WeakMap<Element, string>} what was printed */
  const printed = new WeakMap();

  const write = () => {
    const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-figure], [data-rest]"));
    for (const place of places) {
      if (!printed.has(place)) printed.set(place, place.textContent ?? "");
      const { figure, rest, form } = place.dataset;
      const value = now.get(figure ?? rest ?? "");
      if (!value) continue;
      const fresh = figure ? value[form === "number" ? "number" : "shown"] : "";
      place.textContent = value.changed ? fresh : (printed.get(place) ?? "");
      place.classList.toggle("changed", value.changed);
    }
    for (const label of document.querySelectorAll("svg.archfolio .label")) {
      const ground = label.querySelector("rect");
      if (ground && label.querySelector("[data-figure]")) widen(ground);
    }
  };

  /**
   * Make the ground behind a label as wide as its widest line now is, around the same middle.
   * @param {SVGRectElement} ground
   */
  const widen = (ground) => {
    ground.dataset.width ??= ground.getAttribute("width") ?? "0";
    ground.dataset.left ??= ground.getAttribute("x") ?? "0";
    const [left, width] = [Number(ground.dataset.left), Number(ground.dataset.width)];
    const boxes = [...(ground.parentElement?.querySelectorAll("text") ?? [])].map((each) => each.getBBox()).filter((box) => box.width);
    const from = Math.min(left, ...boxes.map((box) => box.x - 4));
    const to = Math.max(left + width, ...boxes.map((box) => box.x + box.width + 4));
    ground.setAttribute("x", String(from));
    ground.setAttribute("width", String(to - from));
  };

  onState((state) => {
    const wanted = new Map();
    for (const input of inputs) {
      const text = state[keyOf(input.name)];
      const read = text ? readFigure(text, input) : undefined;
      if (read && !read.reason && read.value !== input.value) wanted.set(input.name, read.value);
    }
    const before = JSON.stringify([...changes]);
    if (objection(wanted)) wanted.clear();
    if (now.size && before === JSON.stringify([...wanted])) return;
    const first = now.size === 0;
    changes = wanted;
    ({ values: base, computed: now } = compute(changes));
    document.documentElement.classList.toggle("edited", changes.size > 0);
    if (!first || changes.size) write();
    for (const follow of followers) follow();
  });

  return {
    data,
    figures,
    inputs,
    objection,
    change,
    /** @param {() => void} follow called whenever inputs have changed, and once at the beginning */
    onChange: (follow) => void followers.push(follow),
    get changes() {
      return new Map(changes);
    },
    get now() {
      return now;
    },
    get base() {
      return base;
    },
    /**
     * Put the figures as they now are into a text that quotes them.
     * @param {string} text
     * @returns {string}
     */
    quote: (text) =>
      text.replace(/\{\{|\}\}|\{(\w+)(:n)?\}/g, (whole, name, bare) => {
        if (!name) return whole[0];
        const value = now.get(name);
        return value ? (bare ? value.number : value.shown) : whole;
      }),
  };
})();
