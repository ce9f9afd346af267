// What a reader has answered, when it comes again, and how that is kept: one text in this browser, by one name.
"use strict";

/**
 * @typedef {{ box: number, due: string, last: string, right: number, wrong: number }} Standing box: how often in a row
 *   it was known, up to 4; due, last: days, "2026-11-28"
 * @typedef {{ day: string, points: number[] }} Grade of a round, a figure from 0 to 2 for each line
 * @typedef {{ version: 1, items: Record<string, Standing>, rounds: Record<string, Grade[]> }} Progress
 */

const PRACTICE = {
  NAME: "archfolio-practice",
  VERSION: /** @type {const} */ (1),
  AFTER: [1, 1, 3, 7, 21], // days until an item comes again, by box
  KIND: "archfolio practice",
};

/** @returns {Progress} */
const emptyProgress = () => ({ version: PRACTICE.VERSION, items: {}, rounds: {} });

/**
 * Write a day of the reader's calendar.
 * @param {number} [later] days
 * @returns {string}
 */
function practiceDay(later = 0) {
  const now = new Date();
  const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() + later);
  return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * Say what is wrong with a progress that was read, if anything.
 * @param {any} read
 * @returns {string}
 */
function faultOfProgress(read) {
  const isObject = (/** @type {any} */ value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isCount = (/** @type {any} */ value) => Number.isInteger(value) && value >= 0;
  const isDay = (/** @type {any} */ value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
  if (!isObject(read)) return "it holds no answers";
  if (read.version !== PRACTICE.VERSION) return `it is of version ${JSON.stringify(read.version) ?? "none"}, and this page reads version ${PRACTICE.VERSION}`;
  if (!isObject(read.items) || !isObject(read.rounds)) return "it has no list of items or of rounds";
  for (const [id, one] of Object.entries(read.items)) {
    const whole = isObject(one) && isCount(one.box) && one.box < PRACTICE.AFTER.length && isDay(one.due) && isDay(one.last);
    if (!whole || !isCount(one.right) || !isCount(one.wrong)) return `the answer to “${id}” is damaged`;
  }
  for (const [slug, grades] of Object.entries(read.rounds)) {
    const whole = Array.isArray(grades) && grades.every((grade) => isObject(grade) && isDay(grade.day) && Array.isArray(grade.points) && grade.points.every(isCount));
    if (!whole) return `the rounds of “${slug}” are damaged`;
  }
  return "";
}

const practiceProgress = {
  /** @type {Progress} */
  now: emptyProgress(),
  /** Why what was kept could not be read or written, if so; in a sentence. */
  trouble: "",

  /** Read what this browser keeps. What cannot be read is put aside, never written over. */
  load() {
    let text = null;
    try {
      text = localStorage.getItem(PRACTICE.NAME);
    } catch {
      this.trouble = "This browser keeps nothing for this page: export your answers before you close it.";
    }
    if (text === null) return;
    let read = null;
    try {
      read = JSON.parse(text);
    } catch {
      // the fault says it
    }
    const fault = faultOfProgress(read);
    if (!fault) {
      this.now = read;
      return;
    }
    this.trouble = `What was kept here cannot be read: ${fault}. It is put aside as “${PRACTICE.NAME}-unread”, and practice begins anew.`;
    localStorage.setItem(`${PRACTICE.NAME}-unread`, text);
    localStorage.removeItem(PRACTICE.NAME);
  },

  save() {
    try {
      localStorage.setItem(PRACTICE.NAME, JSON.stringify(this.now));
    } catch {
      this.trouble = "This browser keeps nothing for this page: export your answers before you close it.";
    }
  },

  /**
   * @param {string} id
   * @returns {boolean} whether it has been answered, and its day has come
   */
  isDue(id) {
    const one = this.now.items[id];
    return one !== undefined && one.due <= practiceDay();
  },

  /**
   * Note an answer. Known again before its day, an item stays where it is: only what was nearly forgotten is learned.
   * @param {string} id
   * @param {boolean} right
   * @returns {number} days until it comes again
   */
  answer(id, right) {
    const before = this.now.items[id] ?? { box: 0, due: practiceDay(), last: "", right: 0, wrong: 0 };
    const early = right && before.due > practiceDay();
    const box = !right ? 0 : early ? before.box : Math.min(before.box + 1, PRACTICE.AFTER.length - 1);
    const due = early ? before.due : practiceDay(PRACTICE.AFTER[box]);
    this.now.items[id] = { box, due, last: practiceDay(), right: before.right + Number(right), wrong: before.wrong + Number(!right) };
    this.save();
    return Math.round((Date.parse(due) - Date.parse(practiceDay())) / 86_400_000);
  },

  /**
   * Write everything as the text of a file.
   * @returns {string}
   */
  exported() {
    return JSON.stringify({ kind: PRACTICE.KIND, exported: practiceDay(), ...this.now }, null, 1);
  },

  /**
   * Take in the text of a file: of each item the newer answer stays. A file with any fault is refused whole.
   * @param {string} text
   * @returns {{ fault: string, taken: number, kept: number }}
   */
  imported(text) {
    let read = null;
    try {
      read = JSON.parse(text);
    } catch {
      return { fault: "it is no JSON", taken: 0, kept: 0 };
    }
    const { kind = null, exported: _, ...progress } = read ?? {};
    const fault = kind === PRACTICE.KIND ? faultOfProgress(progress) : "it was not exported from a practice page";
    if (fault) return { fault, taken: 0, kept: 0 };
    let taken = 0;
    for (const [id, one] of Object.entries(/** @type {Progress} */ (progress).items)) {
      const here = this.now.items[id];
      if (here && here.last >= one.last) continue;
      this.now.items[id] = one;
      taken++;
    }
    for (const [slug, grades] of Object.entries(/** @type {Progress} */ (progress).rounds)) {
      const here = this.now.rounds[slug] ?? [];
      const known = new Set(here.map((grade) => JSON.stringify(grade)));
      this.now.rounds[slug] = [...here, ...grades.filter((grade) => !known.has(JSON.stringify(grade)))];
    }
    this.save();
    return { fault: "", taken, kept: Object.keys(progress.items).length - taken };
  },

  forget() {
    this.now = emptyProgress();
    this.save();
  },
};
