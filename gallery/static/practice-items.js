// Questions and drawings of subjects, from scripts beside the pages: these can be loaded from disk too.
"use strict";

/**
 * @typedef {{ form: "choice", key: string, distractors: string[] } | { form: "order", parts: string[] }
 *   | { form: "magnitude", label: string, value: number, unit: string, shown: string } | { form: "open", weak?: string }} Answer
 * @typedef {{ id: string, kind: string, level: string, prompt: string, given?: string[], answer: Answer, reason: string,
 *   drawing?: { view: string, hidden?: string, marked?: string }, where: { text: string, fragment: string },
 *   source?: { text: string, url?: string } }} PracticeItem
 * @typedef {{ task: string, minutes: number, phases: { name: string, minutes: number, plan: string }[],
 *   rubric: { title: string, look_for: string }[] }} MockRound
 * @typedef {{ title: string, page: string, items: PracticeItem[], round: MockRound | null }} Questions
 * @typedef {{ sprite: string, views: Record<string, { title: string, markup: string }> }} Drawings
 */

/** @type {Map<string, Questions>} */
const takenQuestions = new Map();
/** @type {Map<string, Drawings>} */
const takenDrawings = new Map();

/**
 * @param {string} slug
 * @param {Questions} questions
 */
function takeQuestions(slug, questions) {
  takenQuestions.set(slug, questions);
}

/**
 * @param {string} slug
 * @param {Drawings} drawings
 */
function takeDrawings(slug, drawings) {
  takenDrawings.set(slug, drawings);
}

const practicePage = /** @type {{ root: string, subjects: [string, string][], here: string }} */ (pageData("practice-data"));

/**
 * Load one of the scripts of a subject, once.
 * @template Data
 * @param {Map<string, Data>} taken
 * @param {string} what
 * @param {string} slug
 * @returns {Promise<Data>}
 */
function loadPractice(taken, what, slug) {
  const here = taken.get(slug);
  if (here) return Promise.resolve(here);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${practicePage.root}practice/${what}/${slug}.js`;
    script.addEventListener("load", () => {
      const data = taken.get(slug);
      if (data) resolve(data);
      else reject(new Error(`${script.src} holds no ${what}`));
    });
    script.addEventListener("error", () => reject(new Error(`${script.src} is not there`)));
    document.head.append(script);
  });
}

/** @param {string} slug */
const loadQuestions = (slug) => loadPractice(takenQuestions, "questions", slug);
/** @param {string} slug */
const loadDrawings = (slug) => loadPractice(takenDrawings, "drawings", slug);
