// How a figure is written: the rules of archfolio/figures.py, so that a recomputed figure looks like the drawn one.
"use strict";

const FIGURE = {
  COUNTS: /** @type {const} */ ([[1e12, "tn"], [1e9, "bn"], [1e6, "M"], [1e3, "k"]]),
  UNITS: /** @type {const} */ ([[1e15, "P"], [1e12, "T"], [1e9, "G"], [1e6, "M"], [1e3, "k"]]),
  /** @type {Record<string, string>} */
  SHORT: {
    byte: "B", B: "B", bit: "bit", second: "s", s: "s", minute: "min", min: "min", hour: "h", h: "h", day: "day",
    week: "week", month: "month", year: "year", percent: "%", dollar: "$", USD: "$", W: "W", watt: "W", J: "J", joule: "J", metre: "m",
  },
  PREFIXED: /^(?:(milli|micro|nano|kilo|mega|giga|tera|peta)(second|byte|watt|joule)|([munkMGTP])(s|B|W|J|bit))$/,
  /** @type {Record<string, string>} */
  PREFIXES: { u: "µ", micro: "µ", nano: "n", milli: "m", kilo: "k", mega: "M", giga: "G", tera: "T", peta: "P" },
  SCALED: ["B", "bit", "W", "J"],
  SPELT_OUT: ["day", "week", "month", "year"],
  PLAIN_UP_TO: 10_000,
  THIN: "\u202f",
};

/**
 * Return the sign of a unit, "GB" or "µs"; nothing for what is counted.
 * @param {string} word
 * @returns {string}
 */
function unitSign(word) {
  const found = FIGURE.PREFIXED.exec(word);
  if (found === null || word in FIGURE.SHORT) return FIGURE.SHORT[word] ?? "";
  const [prefix, unit] = [found[1] ?? found[3], found[2] ?? found[4]];
  return (FIGURE.PREFIXES[prefix] ?? prefix) + FIGURE.SHORT[unit];
}

/**
 * Split "request/user/day" into its first known numerator and its denominators.
 * @param {string} unit
 * @returns {[string, string[]]}
 */
function unitParts(unit) {
  const [top, ...below] = unit.replaceAll("*", " ").split("/");
  const short = top.split(/\s+/).map(unitSign).find((sign) => sign);
  return [short ?? "", below.map((word) => word.trim())];
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
 * Write a value with three significant digits and a scale: "2,000", "34.7 k", "76.8 G".
 * @param {number} value
 * @param {string} unit
 * @returns {string}
 */
function figureNumber(value, unit) {
  value = Number(value.toPrecision(12)); // what arithmetic leaves behind must not decide a tie
  const [short] = unitParts(unit);
  const scaled = FIGURE.SCALED.includes(short);
  const scales = scaled ? FIGURE.UNITS : FIGURE.COUNTS;
  const plainUpTo = scaled ? 1e3 : FIGURE.PLAIN_UP_TO;
  const rounded = Number(Math.abs(value).toPrecision(3));
  if (Math.abs(value) >= scales[0][0] * FIGURE.PLAIN_UP_TO) {
    const [digits, power] = value.toExponential(2).split("e+");
    const raised = [...power].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");
    return `${digits.replace(/\.?0+$/, "")}${FIGURE.THIN}×${FIGURE.THIN}10${raised}`;
  }
  for (const [atLeast, letter] of scales) {
    if (rounded >= Math.max(atLeast, plainUpTo)) return figureDigits(value / atLeast) + FIGURE.THIN + letter;
  }
  return figureDigits(value);
}

/**
 * Write a value with the unit that follows it: "34.7 k/s", "$5 M/day", "7 days".
 * @param {number} value
 * @param {string} unit
 * @returns {string}
 */
function figureShown(value, unit) {
  const number = figureNumber(value, unit);
  const [known, below] = unitParts(unit);
  const rate = below.map(unitSign).map((sign) => sign && `/${sign}`).join("");
  if (known === "$") return `$${number}${rate}`;
  if (known === "%") return `${number}${FIGURE.THIN}%${rate}`;
  const short = FIGURE.SPELT_OUT.includes(known) && number !== "1" ? `${known}s` : known;
  const gap = !short || /\p{L}$/u.test(number) ? "" : FIGURE.THIN;
  return `${number}${gap}${short}${rate}`;
}
