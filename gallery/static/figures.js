// How a figure is written: the rules of archfolio/figures.py, so that a recomputed figure looks like the drawn one.
"use strict";

/** @typedef {readonly (readonly [number, string])[]} Scales */
/** @typedef {{ sign: string, prefix: string, factor: number, plainUpTo: number }} Measure */

const FIGURE = {
  COUNTS: /** @type {Scales} */ ([[1e12, "tn"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]]),
  PREFIXES: /** @type {Scales} */ ([[1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]),
  SMALL_PREFIXES: /** @type {Scales} */ ([[1, ""], [1e-3, "m"], [1e-6, "µ"], [1e-9, "n"]]),
  /** @type {Record<string, string>} */
  SIGNS: {
    byte: "B", B: "B", bit: "bit", second: "s", s: "s", minute: "min", min: "min", hour: "h", h: "h", day: "day",
    week: "week", month: "month", year: "year", percent: "%", dollar: "$", USD: "$", W: "W", watt: "W", J: "J", joule: "J", metre: "m",
  },
  /** @type {Record<string, number>} */
  UNIT_PLAIN_UP_TO: { B: 1e3, bit: 1e3, W: 1e3, J: 1e3, s: 1e4, m: 1e4 },
  PREFIXED: /^(?:(milli|micro|nano|kilo|mega|giga|tera|peta)(second|byte|watt|joule)|([munkMGTP])(s|B|W|J|bit))$/,
  /** @type {Record<string, readonly [string, number]>} */
  PREFIX: {
    n: ["n", 1e-9], nano: ["n", 1e-9], u: ["µ", 1e-6], micro: ["µ", 1e-6], m: ["m", 1e-3], milli: ["m", 1e-3], k: ["k", 1e3], kilo: ["k", 1e3],
    M: ["M", 1e6], mega: ["M", 1e6], G: ["G", 1e9], giga: ["G", 1e9], T: ["T", 1e12], tera: ["T", 1e12], P: ["P", 1e15], peta: ["P", 1e15],
  },
  SPELT_OUT: ["day", "week", "month", "year"],
  PLAIN_UP_TO: 1e4,
  PLAIN_FROM: 1e-12,
  THIN: "\u202f",
};

/**
 * Return what is known of "GB" or "us"; nothing for what is counted.
 * @param {string} word
 * @returns {Measure | undefined}
 */
function measureOf(word) {
  const found = Object.hasOwn(FIGURE.SIGNS, word) ? null : FIGURE.PREFIXED.exec(word);
  const [prefix, factor] = found ? FIGURE.PREFIX[found[1] ?? found[3]] : ["", 1];
  const whole = found ? (found[2] ?? found[4]) : word;
  if (!Object.hasOwn(FIGURE.SIGNS, whole)) return undefined;
  const sign = FIGURE.SIGNS[whole];
  return { sign, prefix, factor, plainUpTo: FIGURE.UNIT_PLAIN_UP_TO[sign] ?? 0 };
}

/**
 * Read "byte/s*core" into what is known above the line and below it, with powers; what is counted goes without saying.
 * @param {string} unit
 * @returns {{ above: [Measure, number][], below: [Measure, number][] }}
 */
function readUnit(unit) {
  /** @type {Map<string, number>} */
  const powers = new Map();
  for (const [, sign, word, power = "1"] of unit.matchAll(/([*/]?)\s*([A-Za-z_]+)\s*(?:\*\*\s*(-?\d+))?/g)) {
    const sum = (powers.get(word) ?? 0) + Number(power) * (sign === "/" ? -1 : 1);
    if (sum) powers.set(word, sum);
    else powers.delete(word);
  }
  const side = (/** @type {number} */ sign) =>
    [...powers].flatMap(([word, power]) => {
      const known = measureOf(word);
      return known && power * sign > 0 ? [/** @type {[Measure, number]} */ ([known, power * sign])] : [];
    });
  return { above: side(1), below: side(-1) };
}

/**
 * Return the sign of the first known unit above the line: "%", "GB", or nothing.
 * @param {string} unit
 * @returns {string}
 */
function leadingSign(unit) {
  const [first] = readUnit(unit).above;
  return first ? first[0].prefix + first[0].sign : "";
}

/**
 * @param {string} sign
 * @param {number | string} power
 * @returns {string}
 */
function raised(sign, power) {
  return power === 1 ? sign : sign + [...String(power)].map((digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)])).join("");
}

/**
 * Round to some decimals as Python does: the exact value, ties to even.
 * @param {number} value
 * @param {number} decimals
 * @returns {string}
 */
function roundHalfEven(value, decimals) {
  const scaled = Math.abs(value) * 10 ** decimals;
  const tie = scaled % 1 === 0.5 && Number.isInteger(value * 2 ** (decimals + 1));
  if (!tie) return value.toFixed(decimals);
  const even = 2 * Math.round(scaled / 2);
  return ((Math.sign(value) * even) / 10 ** decimals).toFixed(decimals);
}

/**
 * Write three significant digits, without a scale.
 * @param {number} value
 * @returns {string}
 */
function figureDigits(value) {
  if (value === 0) return "0";
  const magnitude = Math.floor(Math.log10(Math.abs(value)));
  const decimals = magnitude < 3 ? Math.max(0, 2 - magnitude) : 0;
  const [whole, part = ""] = roundHalfEven(value, Math.min(decimals, 100)).split(".");
  const kept = part.replace(/0+$/, "");
  return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (kept ? `.${kept}` : "");
}

/**
 * Write "1.23 × 10¹⁹" as Python rounds it: the exact value, ties to even.
 * @param {number} size
 * @returns {string}
 */
function figurePower(size) {
  const exact = size.toExponential(40);
  const tie = /^\d\.\d[02468]50*e/.test(exact);
  const [digits, power] = tie ? [exact.slice(0, 4), exact.split("e")[1]] : size.toExponential(2).split("e");
  const { THIN } = FIGURE;
  return `${digits.replace(/\.?0+$/, "")}${THIN}×${THIN}${raised("10", String(Number(power)))}`;
}

/** @param {number} size */
const figureRounded = (size) => Number(size.toPrecision(3));

/** @param {string[]} parts */
const figureSpaced = (...parts) => parts.filter(Boolean).join(FIGURE.THIN);

/**
 * Return the size of a value without what arithmetic leaves behind, which must not decide a tie.
 * @param {number} value
 * @returns {number}
 */
const figureTidy = (value) => Math.abs(Number(value.toPrecision(12)));

/**
 * Write a size of 0 or more as digits and the letter of a scale, which is empty for a plain one.
 * @param {number} size
 * @param {Scales} scales
 * @param {number} plainUpTo
 * @returns {[string, string]}
 */
function figureScaled(size, scales, plainUpTo) {
  if (size && !(FIGURE.PLAIN_FROM <= size && size < scales[0][0] * FIGURE.PLAIN_UP_TO)) return [figurePower(size), ""];
  const rounded = figureRounded(size);
  const [atLeast, letter] = (rounded >= plainUpTo && scales.find(([least]) => rounded >= least)) || [1, ""];
  return [figureDigits(size / atLeast), letter];
}

/**
 * Write an amount of a unit that takes prefixes, in the one that its author chose while that is readable.
 * @param {number} size
 * @param {Measure} lead
 * @returns {[string, string]}
 */
function figurePrefixed(size, { prefix, factor, plainUpTo }) {
  if (!prefix) return figureScaled(size, FIGURE.PREFIXES, plainUpTo);
  const whole = figureTidy(size * factor);
  if (figureRounded(size) < FIGURE.PLAIN_UP_TO || !Number.isFinite(whole)) return [figureScaled(size, FIGURE.SMALL_PREFIXES, Infinity)[0], prefix];
  return figureRounded(whole) < 1 ? figureScaled(whole, FIGURE.SMALL_PREFIXES, 0) : figureScaled(whole, FIGURE.PREFIXES, plainUpTo);
}

/**
 * Write a value with three significant digits and a scale: "2,000", "34.7 k", "76.8 G".
 * @param {number} value
 * @param {string} unit
 * @returns {string}
 */
function figureNumber(value, unit) {
  const [[lead, power] = [undefined, 0]] = readUnit(unit).above;
  const scaled = lead && power === 1 && lead.plainUpTo > 0 && !lead.prefix;
  const [scales, plainUpTo] = scaled ? [FIGURE.PREFIXES, lead.plainUpTo] : [FIGURE.COUNTS, FIGURE.PLAIN_UP_TO];
  return (value < 0 ? "−" : "") + figureSpaced(...figureScaled(figureTidy(value), scales, plainUpTo));
}

/**
 * Write a value with its unit: "34.7 k/s", "$5 M/day", "7 days".
 * @param {number} value
 * @param {string} unit
 * @returns {string}
 */
function figureShown(value, unit) {
  const { above, below } = readUnit(unit);
  const [size, minus] = [figureTidy(value), value < 0 ? "−" : ""];
  const signOf = (/** @type {[Measure, number]} */ [one, power]) => raised(one.prefix + one.sign, power);
  const rate = below.map((one) => `/${signOf(one)}`).join("");
  const [first, ...others] = above;
  if (!first) return minus + figureSpaced(...figureScaled(size, FIGURE.COUNTS, FIGURE.PLAIN_UP_TO)) + rate;
  const [lead, power] = first;
  let figure;
  if (lead.plainUpTo > 0 && power === 1) {
    const [digits, prefix] = figurePrefixed(size, lead);
    figure = figureSpaced(digits, prefix + lead.sign);
  } else {
    const [digits, scale] = figureScaled(size, FIGURE.COUNTS, FIGURE.PLAIN_UP_TO);
    const many = FIGURE.SPELT_OUT.includes(lead.sign) && power === 1 && !others.length && (digits !== "1" || scale) ? "s" : "";
    const sign = signOf(first) + many;
    figure = sign === "$" ? `$${figureSpaced(digits, scale)}` : figureSpaced(digits, scale, sign);
  }
  for (const one of others) {
    const sign = signOf(one);
    figure += sign === "h" && figure.endsWith("W") ? sign : `·${sign}`; // kWh
  }
  return minus + figure + rate;
}
