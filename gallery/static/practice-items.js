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
 */

/** @type {Map<string, Questions>} */
const takenQuestions = new Map();

/**
 * @param {string} slug
 * @param {Questions} questions
 */
function takeQuestions(slug, questions) {
  takenQuestions.set(slug, questions);
}

const practicePage = /** @type {{ root: string, subjects: [string, string][], here: string }} */ (pageData("practice-data"));

/** @param {string} slug */
const loadQuestions = (slug) => loadTaken(takenQuestions, `${practicePage.root}practice/questions`, slug);
/**
 * @param {string} name
 * @returns {Promise<Drawing>}
 */
const loadDrawing = (name) => loadTaken(takenDrawings, `${practicePage.root}drawings`, name);
