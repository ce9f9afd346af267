// A session: one question after the other, what came of it, and when each comes again.
"use strict";

/**
 * @typedef {{ slug: string, item: PracticeItem }} Asked
 */

const practiceSession = {
  MOST: 10,
  section: /** @type {HTMLElement} */ (document.querySelector("[data-session]")),
  title: /** @type {HTMLElement} */ (document.querySelector("#session-title")),
  place: /** @type {HTMLElement} */ (document.querySelector("[data-place]")),
  question: /** @type {HTMLElement} */ (document.querySelector("[data-question]")),
  drawing: /** @type {HTMLElement} */ (document.querySelector("[data-drawing]")),
  result: /** @type {HTMLElement} */ (document.querySelector("[data-result]")),
  onward: /** @type {HTMLElement} */ (document.querySelector("[data-onward]")),
  next: /** @type {HTMLButtonElement} */ (document.querySelector("[data-next]")),
  /** @type {Asked[]} */
  queue: [],
  /** @type {Map<string, () => void>} */
  keys: new Map(),
  at: 0,
  right: 0,
  count: 0,
  ended: () => {},

  /**
   * Begin.
   * @param {Asked[]} queue
   * @param {() => void} ended
   */
  start(queue, ended) {
    Object.assign(this, { queue: [...queue], at: 0, right: 0, count: queue.length, ended });
    this.section.hidden = false;
    document.body.classList.add("in-session");
    void this.ask();
  },

  async ask() {
    const { slug, item } = this.queue[this.at];
    const again = this.at >= this.count;
    this.keys = new Map();
    this.title.textContent = again ? "Once more" : `Question ${this.at + 1} of ${this.count}`;
    this.place.textContent = practicePage.here ? item.level : `${takenQuestions.get(slug)?.title} · ${item.level}`;
    this.question.replaceChildren();
    this.drawing.replaceChildren();
    this.result.replaceChildren();
    this.result.className = "result";
    this.onward.hidden = true;
    let reveal = () => {};
    const standing = practiceProgress.now.items[item.id];
    const seed = `${item.id} ${(standing?.right ?? 0) + (standing?.wrong ?? 0)}`;
    const text = element("div", { class: "asked" });
    this.question.append(text);
    this.section.classList.toggle("with-drawing", Boolean(item.drawing));
    this.keys = askQuestion(text, item, seed, (outcome) => {
      reveal();
      this.keys = new Map();
      this.tell(item, slug, outcome, again);
    });
    this.title.focus();
    if (!item.drawing) return;
    try {
      const drawing = await loadDrawing(`${slug}/${item.drawing.view}`);
      if (this.queue[this.at]?.item === item && text.isConnected) reveal = showDrawing(this.drawing, drawing, item.drawing);
    } catch (error) {
      this.drawing.append(element("p", { class: "fault" }, `The drawing cannot be shown: ${/** @type {Error} */ (error).message}.`));
    }
    this.section.scrollIntoView({ block: "start" });
  },

  /**
   * Tell what came of an answer.
   * @param {PracticeItem} item
   * @param {string} slug
   * @param {Outcome} outcome
   * @param {boolean} again
   */
  tell(item, slug, { right, said }, again) {
    if (right === null) {
      this.reveal(item, slug, "The answer");
      const yes = element("button", { type: "button", class: "go" }, element("kbd", { "aria-hidden": "true" }, "1"), "I had it");
      const no = element("button", { type: "button", class: "plain" }, element("kbd", { "aria-hidden": "true" }, "2"), "Not yet");
      const grade = element("p", { class: "tools", role: "group", "aria-label": "Grade yourself" }, yes, no);
      const judge = (/** @type {boolean} */ had) => {
        grade.remove();
        this.keys = new Map();
        this.settle(item, slug, had, again);
      };
      yes.addEventListener("click", () => judge(true));
      no.addEventListener("click", () => judge(false));
      this.keys = new Map([["1", () => judge(true)], ["2", () => judge(false)]]);
      this.question.append(grade);
      yes.focus();
      return;
    }
    this.reveal(item, slug, `${right ? "Right." : "Wrong."} ${said}`.trim(), right);
    this.settle(item, slug, right, again);
  },

  /**
   * @param {PracticeItem} item
   * @param {string} slug
   * @param {string} verdict
   * @param {boolean | null} right
   */
  reveal(item, slug, verdict, right = null) {
    const href = `${practicePage.root}${takenQuestions.get(slug)?.page}#${item.where.fragment}`;
    const parts = [
      element("p", { class: "verdict-line" }, element("b", {}, verdict)),
      element("p", {}, item.reason),
    ];
    if (item.answer.form === "open" && item.answer.weak) parts.push(element("p", { class: "weak" }, element("b", {}, "A weak answer "), item.answer.weak));
    parts.push(element("p", { class: "quiet" }, "See ", element("a", { href }, item.where.text)));
    if (item.source) {
      const { text, url } = item.source;
      parts.push(element("p", { class: "quiet" }, "Source: ", url ? element("a", { href: url, rel: "noopener noreferrer external" }, text) : text));
    }
    this.result.replaceChildren(...parts);
    this.result.classList.toggle("is-right", right === true);
    this.result.classList.toggle("is-wrong", right === false);
  },

  /**
   * Keep an answer, and offer what comes next. What was not known comes again at the end, unless it just did.
   * @param {PracticeItem} item
   * @param {string} slug
   * @param {boolean} right
   * @param {boolean} again
   */
  settle(item, slug, right, again) {
    if (!again) {
      const days = practiceProgress.answer(item.id, right);
      if (right) this.right++;
      else this.queue.push({ slug, item });
      const when = days === 1 ? "tomorrow" : `in ${days} days`;
      this.result.append(element("p", { class: "quiet" }, right ? `It comes again ${when}.` : `It comes again ${when}, and once more in this session.`));
    }
    const last = this.at + 1 >= this.queue.length;
    this.next.textContent = last ? "Finish" : "Next";
    this.onward.hidden = false;
    this.next.focus();
  },

  goOn() {
    if (this.onward.hidden) return;
    this.at++;
    if (this.at < this.queue.length) void this.ask();
    else this.finish();
  },

  finish() {
    const words = `${this.right} of ${this.count} right.`;
    this.leave();
    const due = document.querySelector("[data-due]");
    if (due) due.textContent = `${words} ${due.textContent}`;
  },

  leave() {
    this.section.hidden = true;
    this.keys = new Map();
    document.body.classList.remove("in-session");
    this.ended();
    /** @type {HTMLElement | null} */ (document.querySelector("[data-start]"))?.focus();
  },
};

practiceSession.next.addEventListener("click", () => practiceSession.goOn());
document.querySelector("[data-leave]")?.addEventListener("click", () => practiceSession.leave());
for (const key of ["1", "2", "3", "4", "5", "6"]) onKey(key, () => practiceSession.keys.get(key)?.());
onKey("Enter", (event) => {
  if (/** @type {Element} */ (event.target).closest("a, button, summary")) return; // it presses what is focused
  event.preventDefault(); // or it would press the button that gets the focus next
  if (practiceSession.onward.hidden) practiceSession.keys.get("Enter")?.();
  else practiceSession.goOn();
});
