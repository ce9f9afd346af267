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

/**
 * Load what a script hands over, once.
 * @template Data
 * @param {Map<string, Data>} taken
 * @param {string} folder
 * @param {string} name
 * @returns {Promise<Data>}
 */
function loadTaken(taken, folder, name) {
  const here = taken.get(name);
  if (here) return Promise.resolve(here);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${practicePage.root}${folder}/${name.split("/").map(encodeURIComponent).join("/")}.js`;
    script.addEventListener("load", () => {
      const data = taken.get(name);
      if (data) resolve(data);
      else reject(new Error(`${script.src} does not hold ${name}`));
    });
    script.addEventListener("error", () => reject(new Error(`${script.src} is not there`)));
    document.head.append(script);
  });
}

/** @param {string} slug */
const loadQuestions = (slug) => loadTaken(takenQuestions, "practice/questions", slug);
/** @param {string} name */
const loadDrawing = (name) => loadTaken(takenDrawings, "drawings", name);
