// Texts to terms, as `gallery/search/terms.py` makes those of the index, and how far two words differ by a slip.
"use strict";

/**
 * @param {string} text
 * @returns {string} without accents and capitals
 */
function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * @param {string} word
 * @returns {string} in the singular
 */
function stemWord(word) {
  if (word.length > 4 && word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (word.length > 4 && /(sses|xes|shes|tches|nches|rches)$/.test(word)) return word.slice(0, -2);
  return word.length >= 4 && word.endsWith("s") && !/(ss|us|is|as)$/.test(word) ? word.slice(0, -1) : word;
}

/**
 * List the terms of a text as `gallery/search/terms.py` does.
 * @param {string} text
 * @returns {string[]}
 */
function searchTerms(text) {
  const words = foldText(text).replace(/\ba ?\/ ?b\b/g, "ab").match(/[\p{L}\p{N}]+/gu) ?? [];
  const ascii = (/** @type {string} */ word) => /^[\x00-\x7f]*$/.test(word);
  return words.filter((word) => (word.length >= 2 && !/^\d+$/.test(word)) || !ascii(word)).map(stemWord);
}

/**
 * Count the slips between two words: a letter too many, too few, another, or two that changed places.
 * @param {string} one
 * @param {string} other
 * @param {number} most
 * @returns {number} more than `most` where it is more
 */
function slipsBetween(one, other, most) {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let before = /** @type {number[]} */ ([]);
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const now = [row];
    let least = row;
    for (let at = 1; at <= other.length; at++) {
      const cost = one[row - 1] === other[at - 1] ? 0 : 1;
      let value = Math.min(last[at] + 1, now[at - 1] + 1, last[at - 1] + cost);
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) value = Math.min(value, before[at - 2] + 1);
      now.push(value);
      least = Math.min(least, value);
    }
    if (least > most) return most + 1;
    [before, last] = [last, now];
  }
  return last[other.length];
}

/** @param {string} word @returns {number} the slips that it may have */
const slipsOf = (word) => (word.length >= 7 ? 2 : 1);
