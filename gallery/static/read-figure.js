// Read a figure as a person writes it: "500m", "1.5 B", "50 million", "1,5", "50 000"; and say why where it is none.
"use strict";

/** @type {Record<string, number>} */
const FIGURE_SCALES = {
  "": 1, k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, mio: 1e6, million: 1e6, millions: 1e6,
  b: 1e9, bn: 1e9, g: 1e9, billion: 1e9, billions: 1e9, t: 1e12, tn: 1e12, trillion: 1e12, trillions: 1e12, p: 1e15,
};

/**
 * Read digits with either sign for decimals: the last one that stands once decides, groups of three are thousands.
 * @param {string} text
 * @returns {number}
 */
function readDigits(text) {
  const packed = text.replace(/[\s_\u202f\u00a0'’](?=\d{3}(?!\d))/g, "");
  if (!/^[-+−]?(\d[\d.,]*|[.,]\d+)(e[-+]?\d+)?$/i.test(packed)) return NaN;
  const [mantissa, exponent = ""] = packed.replace("−", "-").split(/(?=e)/i);
  const [comma, dot] = [mantissa.lastIndexOf(","), mantissa.lastIndexOf(".")];
  const grouped = (/** @type {string} */ sign) => {
    const [first, ...rest] = mantissa.replace(/^[-+]/, "").split(sign);
    return first.length <= 3 && first !== "" && rest.every((part) => /^\d{3}([.,]\d*)?$/.test(part));
  };
  const commas = mantissa.split(",").length - 1;
  const dots = mantissa.split(".").length - 1;
  const decimal = commas && dots ? (comma > dot ? "," : ".") : commas === 1 && (!grouped(",") || /^[-+]?0,/.test(mantissa)) ? "," : ".";
  const groups = decimal === "," ? "." : ",";
  if ((groups === "," ? commas : dots) && !grouped(groups)) return NaN;
  const plain = mantissa.replaceAll(groups, "").replace(decimal, ".");
  return (plain.match(/\./g) ?? []).length > 1 ? NaN : Number(plain + exponent);
}

/**
 * @param {string} text
 * @param {{ label: string, unit: string, value: number }} figure what is published, in its unit
 * @returns {{ value: number, reason: string }} the value in the figure's unit, and why it cannot be, if so
 */
function readFigure(text, { unit, value: published }) {
  const short = leadingSign(unit);
  const words = [...unit.split(/[^\p{L}]+/u), short].filter(Boolean).map((word) => word.toLowerCase());
  const known = (/** @type {string} */ word) => words.includes(word) || words.includes(word.replace(/s$/, ""));
  const [, sign = "", digits = "", rest = ""] = /^\s*([-+−]?)\s*[$€£]?\s*([-+−]?[\d.,][\d.,_\s\u202f\u00a0'’]*(?:e[-+]?\d+)?)(.*)$/i.exec(text) ?? [];
  const refuse = (/** @type {string} */ reason) => ({ value: NaN, reason });
  let value = readDigits(sign + digits.trim());
  if (Number.isNaN(value)) return refuse("Write a number, such as 50 M, 1.5 bn or 0.3.");
  const tail = rest.trim().split(/[\s/]+|(?=%)/).filter((word) => word && !["per", "a", "each"].includes(word.toLowerCase()));
  const [first = "", ...others] = tail;
  const asUnit = known(first.toLowerCase()) && !(first.toLowerCase() in FIGURE_SCALES && first.length === 1 && first !== short);
  const scale = FIGURE_SCALES[first.toLowerCase()];
  if (first && !asUnit) {
    const [, letter = "", suffix = ""] = /^([kmgtp])(\p{L}+)$/iu.exec(first) ?? [];
    if (scale !== undefined) value *= scale;
    else if (letter && known(suffix.toLowerCase())) value *= FIGURE_SCALES[letter.toLowerCase()];
    else if (first !== "%" || short !== "%") return refuse(`“${first}” is neither a scale (k, M, bn, tn) nor the unit${unit ? `, ${unit}` : ""}.`);
  }
  const odd = others.find((word) => !known(word.toLowerCase()) && word !== "%");
  if (odd) return refuse(`“${odd}” is not the unit${unit ? `, which is ${unit}` : ""}.`);
  if (!Number.isFinite(value)) return refuse("That is more than a number can hold.");
  if (value < 0 && published >= 0) return refuse("This cannot be less than zero.");
  if (short === "%" && value > 100 && published <= 100) return refuse("A share is at most 100 %.");
  return { value, reason: "" };
}

/**
 * Write a value as it goes into a field or an address: short where that loses nothing.
 * @param {number} value
 * @param {string} unit
 * @returns {string}
 */
function writeFigure(value, unit) {
  const short = figureNumber(value, unit).replace("−", "-"); // which addresses write as it is
  if (value !== 0 && Math.abs(value) < 1e-4) return String(Number(value.toPrecision(12)).toExponential());
  return readFigure(short, { label: "", unit, value }).value === value ? short : String(Number(value.toPrecision(12)));
}
