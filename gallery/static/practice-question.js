// One question, to be answered by hand or by keys: choices, an order, a figure, or words of one's own.
"use strict";

/**
 * Mix a list the same way for the same seed, and another way the next time.
 * @template Thing
 * @param {Thing[]} things
 * @param {string} seed
 * @returns {Thing[]}
 */
function mixed(things, seed) {
  const rank = (/** @type {number} */ at) => {
    let state = 2166136261; // FNV-1a of the seed and the place, then the finish of MurmurHash3
    for (const char of `${seed} ${at}`) state = Math.imul(state ^ (char.codePointAt(0) ?? 0), 16777619);
    state = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2ae35);
    return (state ^ (state >>> 16)) >>> 0;
  };
  return things
    .map((thing, at) => ({ thing, rank: rank(at) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ thing }) => thing);
}

/**
 * @typedef {{ right: boolean | null, said: string }} Outcome right: null where the reader has yet to say it
 */

/**
 * Ask a question.
 * @param {HTMLElement} place
 * @param {PracticeItem} item
 * @param {string} seed
 * @param {(outcome: Outcome) => void} answered called once
 * @returns {Map<string, () => void>} what keys do
 */
function askQuestion(place, item, seed, answered) {
  const group = element("fieldset", { class: "asking" });
  const legend = element("legend", {}, item.prompt);
  group.append(legend);
  if (item.given?.length) group.append(element("ul", { class: "given" }, ...item.given.map((fact) => element("li", {}, fact))));
  place.append(group);
  let open = true;
  const once = (/** @type {Outcome} */ outcome) => {
    if (!open) return;
    open = false;
    answered(outcome);
  };
  const { answer } = item;
  if (answer.form === "choice") return askChoice(group, answer, seed, once);
  if (answer.form === "order") return askOrder(group, answer, seed, once);
  if (answer.form === "magnitude") return askMagnitude(group, answer, once);
  return askOpen(group, once);
}

/**
 * @param {string} key
 * @param {string} text
 * @returns {HTMLElement}
 */
function optionButton(key, text) {
  return element("button", { type: "button", class: "option" }, element("kbd", { "aria-hidden": "true" }, key), element("span", {}, text));
}

/**
 * @param {HTMLElement} group
 * @param {{ key: string, distractors: string[] }} answer
 * @param {string} seed
 * @param {(outcome: Outcome) => void} once
 * @returns {Map<string, () => void>}
 */
function askChoice(group, { key, distractors }, seed, once) {
  /** @type {Map<string, () => void>} */
  const keys = new Map();
  const options = mixed([key, ...distractors], seed).map((text) => ({ text, button: optionButton("", text) }));
  const choose = (/** @type {typeof options[0]} */ chosen) => {
    for (const { text, button } of options) {
      button.setAttribute("aria-disabled", "true");
      if (text === key) mark(button, "right", "The answer");
      else if (chosen.text === text) mark(button, "wrong", "Your answer, wrong");
    }
    once({ right: chosen.text === key, said: "" });
  };
  options.forEach((option, at) => {
    const number = String(at + 1);
    const kbd = option.button.querySelector("kbd");
    if (kbd) kbd.textContent = number;
    option.button.addEventListener("click", () => option.button.getAttribute("aria-disabled") || choose(option));
    keys.set(number, () => choose(option));
  });
  group.append(element("div", { class: "options" }, ...options.map(({ button }) => button)));
  return keys;
}

/**
 * Say of a button how it turned out, in words too.
 * @param {HTMLElement} button
 * @param {string} how
 * @param {string} words
 */
function mark(button, how, words) {
  button.classList.add(how);
  button.append(element("span", { class: "verdict" }, words));
}

/**
 * @param {HTMLElement} group
 * @param {{ parts: string[] }} answer
 * @param {string} seed
 * @param {(outcome: Outcome) => void} once
 * @returns {Map<string, () => void>}
 */
function askOrder(group, { parts }, seed, once) {
  /** @type {Map<string, () => void>} */
  const keys = new Map();
  /** @type {{ text: string, place: HTMLElement, button: HTMLElement }[]} */
  const chosen = [];
  let done = false;
  const hint = element("p", { class: "quiet" }, "Choose them from first to last; choose one again to take it back.");
  const check = element("button", { type: "button", class: "go", disabled: "" }, "Check");
  const offered = mixed(parts, seed);
  if (offered.every((part, at) => part === parts[at])) offered.push(...offered.splice(0, 1)); // not the answer itself
  const options = offered.map((text, at) => {
    const place = element("span", { class: "verdict" });
    const button = optionButton(String(at + 1), text);
    button.append(place);
    return { text, place, button };
  });
  const number = () => {
    for (const option of options) {
      const at = chosen.indexOf(option);
      option.place.textContent = at < 0 ? "" : `No. ${at + 1}`;
      option.button.setAttribute("aria-pressed", String(at >= 0));
    }
    check.toggleAttribute("disabled", chosen.length < options.length);
  };
  const choose = (/** @type {typeof options[0]} */ option) => {
    if (done) return;
    const at = chosen.indexOf(option);
    if (at < 0) chosen.push(option);
    else chosen.splice(at, 1);
    number();
  };
  const finish = () => {
    if (done || chosen.length < options.length) return;
    done = true;
    check.remove();
    let right = true;
    for (const [at, option] of chosen.entries()) {
      const here = parts.indexOf(option.text);
      right &&= here === at;
      option.button.setAttribute("aria-disabled", "true");
      option.button.classList.add(here === at ? "right" : "wrong");
      option.place.textContent = here === at ? `No. ${at + 1}, right` : `You said no. ${at + 1}; it is no. ${here + 1}`;
    }
    once({ right, said: "" });
  };
  options.forEach((option, at) => {
    option.button.addEventListener("click", () => choose(option));
    keys.set(String(at + 1), () => choose(option));
  });
  check.addEventListener("click", finish);
  keys.set("Enter", finish);
  group.append(hint, element("div", { class: "options" }, ...options.map(({ button }) => button)), check);
  number();
  return keys;
}

/**
 * @param {HTMLElement} group
 * @param {{ label: string, value: number, unit: string, shown: string }} answer
 * @param {(outcome: Outcome) => void} once
 * @returns {Map<string, () => void>}
 */
function askMagnitude(group, answer, once) {
  const field = /** @type {HTMLInputElement} */ (element("input", { type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false" }));
  const label = element("label", { class: "figure-field" }, "Your estimate ", field);
  const fault = element("p", { class: "fault", role: "status" });
  const check = element("button", { type: "button", class: "go" }, "Check");
  const pass = element("button", { type: "button", class: "plain" }, "I do not know");
  const finish = (/** @type {Outcome} */ outcome) => {
    for (const part of [check, pass]) part.remove();
    field.readOnly = true;
    once(outcome);
  };
  const read = () => {
    if (field.readOnly) return;
    const { value, reason } = readFigure(field.value, answer);
    fault.textContent = reason;
    field.setAttribute("aria-invalid", String(Boolean(reason)));
    if (reason) return;
    const factor = value > 0 ? Math.max(value / answer.value, answer.value / value) : Infinity;
    const off = factor < 1.05 ? "" : factor === Infinity ? " " : ` You were off by a factor of ${factor < 10 ? factor.toFixed(1) : Math.round(factor).toLocaleString("en")}.`;
    finish({ right: factor <= 2, said: `It is ${answer.shown}.${off}` });
  };
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    event.stopPropagation();
    read();
  });
  check.addEventListener("click", read);
  pass.addEventListener("click", () => finish({ right: false, said: `It is ${answer.shown}.` }));
  group.append(label, fault, element("p", { class: "tools" }, check, pass));
  return new Map();
}

/**
 * @param {HTMLElement} group
 * @param {(outcome: Outcome) => void} once
 * @returns {Map<string, () => void>}
 */
function askOpen(group, once) {
  const field = element("textarea", { rows: "4" });
  const label = element("label", { class: "words-field" }, "Your answer, for yourself: it is not kept", field);
  const show = element("button", { type: "button", class: "go" }, "Show the answer");
  show.addEventListener("click", () => {
    show.remove();
    once({ right: null, said: "" });
  });
  group.append(label, show);
  return new Map([["Enter", () => show.click()]]);
}
