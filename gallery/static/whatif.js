// Change an input of the estimate: every figure on the page that hangs on it follows, labels of arrows included.
"use strict";

{
  /** @typedef {{ name: string, value: number, unit: string, factor: number, formula: string, shown: string, number: string }} Quantity */

  const section = document.querySelector("[data-estimate]");
  const data = pageData("system-data");
  const figures = /** @type {Quantity[]} */ (data.figures);

  /** @type {Map<string, HTMLInputElement>} */
  const fields = new Map();
  /** @type {Map<string, { shown: string, number: string, changed: boolean }>} */
  const now = new Map();

  /**
   * Write an input as it is read best and loses nothing: "50 M" where that is all of it.
   * @param {Quantity} quantity
   */
  const written = ({ value, number }) => (parse(number) === value ? number : String(Number(value.toPrecision(12))));

  /**
   * Read "1,5e6", "50 M" or "20 k" as a person would mean it.
   * @param {string} text
   * @returns {number}
   */
  const parse = (text) => {
    const [, digits = "", scale = ""] = /^\s*([-+\d.,eE_]+)\s*([kMGTP]|bn|tn)?\s*$/.exec(text) ?? [];
    const times = { "": 1, k: 1e3, M: 1e6, G: 1e9, bn: 1e9, T: 1e12, tn: 1e12, P: 1e15 }[scale] ?? NaN;
    return digits ? Number(digits.replaceAll(/[,_]/g, "")) * times : NaN;
  };

  const recompute = () => {
    /** @type {Record<string, number>} */
    const base = {};
    for (const quantity of figures) {
      const field = fields.get(quantity.name);
      const put = field && field.value !== field.defaultValue ? parse(field.value) : quantity.value;
      field?.setAttribute("aria-invalid", String(!Number.isFinite(put)));
      base[quantity.name] = quantity.formula ? computeFormula(quantity.formula, base) : put * quantity.factor;
      const value = base[quantity.name] / quantity.factor;
      const same = Math.abs(value - quantity.value) <= Math.abs(quantity.value) * 1e-9;
      const bad = !Number.isFinite(value);
      now.set(quantity.name, {
        shown: same ? quantity.shown : bad ? "?" : figureShown(value, quantity.unit),
        number: same ? quantity.number : bad ? "?" : figureNumber(value, quantity.unit),
        changed: !same,
      });
    }
  };

  const writeFigures = () => {
    for (const place of document.querySelectorAll("[data-figure]")) {
      const { figure = "", form } = /** @type {HTMLElement} */ (place).dataset;
      const value = now.get(figure);
      if (!value) continue;
      place.textContent = form === "number" ? value.number : value.shown;
      place.classList.toggle("changed", value.changed);
    }
  };

  /**
   * A figure stays whole when a label is broken into lines, so each line gets its own figures replaced.
   * @param {string} line
   * @param {string} template
   * @returns {{ text: string, changed: boolean }}
   */
  const writeLine = (line, template) => {
    let [text, from, changed] = [line, 0, false];
    for (const [, name, bare] of template.matchAll(/\{(\w+)(:n)?\}/g)) {
      const was = figures.find((quantity) => quantity.name === name);
      const value = now.get(name);
      if (!was || !value) continue;
      const old = bare ? was.number : was.shown;
      const at = text.indexOf(old, from);
      if (at < 0) continue;
      const fresh = bare ? value.number : value.shown;
      text = text.slice(0, at) + fresh + text.slice(at + old.length);
      from = at + fresh.length;
      changed ||= value.changed;
    }
    return { text, changed };
  };

  /** @type {{ line: SVGTextElement, text: string, template: string, ground: SVGRectElement | null, edge: any }[]} */
  const lines = [];
  for (const view of viewSections()) {
    for (const edge of data.views[view.dataset.view ?? ""]?.edges ?? []) {
      if (!edge.template) continue;
      for (const label of view.querySelectorAll(`.label[data-edge="${CSS.escape(edge.id)}"]`)) {
        for (const line of label.querySelectorAll("text")) {
          lines.push({ line, text: line.textContent ?? "", template: edge.template, ground: label.querySelector("rect"), edge });
        }
      }
    }
  }

  const writeLabels = () => {
    for (const { line, text, template, ground } of lines) {
      const fresh = writeLine(text, template);
      line.textContent = fresh.text;
      line.classList.toggle("changed", fresh.changed);
      if (ground) widen(ground);
    }
    for (const edge of new Set(lines.map((each) => each.edge))) edge.label = writeLine(edge.printed ??= edge.label, edge.template).text;
  };

  /**
   * Make the ground behind a label as wide as its widest line now is, around the same middle.
   * @param {SVGRectElement} ground
   */
  const widen = (ground) => {
    ground.dataset.width ??= ground.getAttribute("width") ?? "0";
    ground.dataset.left ??= ground.getAttribute("x") ?? "0";
    const [left, width] = [Number(ground.dataset.left), Number(ground.dataset.width)];
    const boxes = [...(ground.parentElement?.querySelectorAll("text") ?? [])].map((each) => each.getBBox());
    const from = Math.min(left, ...boxes.map((box) => box.x - 4));
    const to = Math.max(left + width, ...boxes.map((box) => box.x + box.width + 4));
    ground.setAttribute("x", String(from));
    ground.setAttribute("width", String(to - from));
  };

  if (section) {
    const reset = /** @type {HTMLButtonElement} */ (section.querySelector("[data-reset]"));
    const said = /** @type {HTMLElement} */ (section.querySelector("[data-changed]"));

    const follow = () => {
      recompute();
      writeFigures();
      writeLabels();
      const count = [...now].filter(([name, value]) => value.changed && !fields.has(name)).length;
      const edited = [...fields.values()].some((field) => field.value !== field.defaultValue);
      reset.disabled = !edited;
      said.textContent = edited ? `${count} computed ${count === 1 ? "figure" : "figures"} changed` : "";
    };

    for (const quantity of figures.filter((each) => !each.formula)) {
      const row = section.querySelector(`[data-row="${CSS.escape(quantity.name)}"]`);
      const cell = row?.querySelector("[data-value]");
      const label = row?.querySelector("th")?.textContent ?? quantity.name;
      if (!cell) continue;
      const field = /** @type {HTMLInputElement} */ (
        element("input", { type: "text", inputmode: "decimal", autocomplete: "off", value: written(quantity), "aria-label": label })
      );
      field.addEventListener("input", follow);
      fields.set(quantity.name, field);
      cell.prepend(field, element("span", { class: "unit" }, quantity.unit));
      const shown = cell.querySelector(".figure");
      shown?.classList.add("beside-field");
    }

    reset.addEventListener("click", () => {
      for (const field of fields.values()) field.value = field.defaultValue;
      follow();
      fields.values().next().value?.focus();
    });
  }
}
