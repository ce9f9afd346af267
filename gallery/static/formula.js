// Formulas of the estimate, computed without eval: + - * / ** ceil min max log exp sqrt over names and numbers.
"use strict";

/**
 * Compute a formula over values in base units.
 * @param {string} text
 * @param {Record<string, number>} values
 * @returns {number} NaN where the formula is none
 */
function computeFormula(text, values) {
  const tokens = text.match(/\*\*|[-+*/(),]|[A-Za-z_]\w*|(?:\d[\d_]*\.?[\d_]*|\.\d+)(?:[eE][-+]?\d+)?|\S/g) ?? [];
  let at = 0;
  /** @param {string} token */
  const take = (token) => tokens[at] === token && Boolean(++at);

  /** What Python refuses, such as a division by zero, is no number: not even inside of min and max. */
  const finite = (/** @type {number} */ value) => (Number.isFinite(value) ? value : NaN);

  const sum = () => {
    let value = product();
    while (tokens[at] === "+" || tokens[at] === "-") value = take("+") ? value + product() : (at++, value - product());
    return value;
  };
  /** @returns {number} */
  const product = () => {
    let value = sign();
    while (tokens[at] === "*" || tokens[at] === "/") value = take("*") ? value * sign() : (at++, finite(value / sign()));
    return value;
  };
  /** @returns {number} */
  const sign = () => (take("-") ? -sign() : power());
  /** @returns {number} */
  const power = () => {
    const base = atom();
    return take("**") ? finite(base ** sign()) : base;
  };
  /** @returns {number} */
  const atom = () => {
    const token = tokens[at++] ?? "";
    if (token === "(") {
      const value = sum();
      return take(")") ? value : NaN;
    }
    if (tokens[at] === "(") return call(token);
    if (/^[A-Za-z_]/.test(token)) return values[token] ?? NaN;
    return /^[\d.]/.test(token) ? Number(token.replaceAll("_", "")) : NaN;
  };
  /** @param {string} name */
  const call = (name) => {
    at++;
    const given = [sum()];
    while (take(",")) given.push(sum());
    if (!take(")")) return NaN;
    if (name === "ceil") return finite(Math.ceil(given[0] * (1 - 1e-12))); // as archfolio/estimate.py: a hair is taken off
    if (name === "min") return Math.min(...given);
    if (name === "max") return Math.max(...given);
    if (given.length > 1) return NaN;
    if (name === "log") return finite(Math.log(given[0]));
    if (name === "exp") return finite(Math.exp(given[0]));
    return name === "sqrt" ? Math.sqrt(given[0]) : NaN;
  };

  const value = sum();
  return at === tokens.length ? value : NaN;
}
