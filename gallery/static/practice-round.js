// A round against the clock: phases, one's own notes, then the plan beside them and a grade on six lines.
"use strict";

const practiceRound = {
  section: /** @type {HTMLElement | null} */ (document.querySelector("[data-round]")),
  POINTS: ["missing", "said", "said, with the reason"],
  timer: 0,
  left: 0, // seconds of the phase
  ends: 0, // when the phase ends, by the clock of this machine
  paused: false,
  at: 0,

  /** @param {MockRound} round */
  start(round) {
    if (!this.section) return;
    this.at = 0;
    this.paused = false;
    const heading = element("h2", { id: "round-title", tabindex: "-1" }, "Round");
    const clock = element("p", { class: "clock" });
    const phaseName = element("b", { "data-phase": "" });
    const time = element("span", { role: "timer", "data-clock": "" });
    const said = element("p", { class: "hidden", role: "status" });
    const pause = element("button", { type: "button", class: "plain" }, "Pause");
    const onward = element("button", { type: "button", class: "go" }, "Next phase");
    const leave = element("button", { type: "button", class: "plain" }, "Leave");
    clock.append(phaseName, " ", time);
    const notes = round.phases.map(({ name, minutes }) => {
      const field = element("textarea", { rows: "5" });
      return element("label", { class: "words-field" }, `${name}, ${minutes} min`, field);
    });
    const body = element("div", { class: "phases" }, ...notes);
    this.section.replaceChildren(heading, element("p", { class: "task" }, round.task), clock, element("p", { class: "tools" }, onward, pause, leave), said, body);
    this.section.hidden = false;
    document.body.classList.add("in-session");

    const enter = () => {
      const { name, minutes } = round.phases[this.at];
      phaseName.textContent = `${this.at + 1} of ${round.phases.length}: ${name}`;
      said.textContent = `${name}, ${minutes} minutes`;
      this.left = minutes * 60;
      this.ends = Date.now() + this.left * 1000;
      for (const [at, note] of notes.entries()) note.classList.toggle("now", at === this.at);
      onward.textContent = this.at + 1 < round.phases.length ? "Next phase" : "Reveal";
      notes[this.at].querySelector("textarea")?.focus();
      show();
    };
    const show = () => {
      const later = round.phases.slice(this.at + 1).reduce((sum, phase) => sum + phase.minutes * 60, 0);
      time.textContent = `${clockText(this.left)} of this phase, ${clockText(this.left + later)} in all`;
    };
    const tick = () => {
      if (this.paused) return;
      const before = this.left;
      this.left = Math.max(0, Math.round((this.ends - Date.now()) / 1000));
      show();
      if (before > 60 && this.left <= 60) said.textContent = "One minute left of this phase";
      if (this.left === 0) go();
    };
    const go = () => {
      this.at++;
      if (this.at < round.phases.length) enter();
      else finish();
    };
    const stop = () => {
      clearInterval(this.timer);
      document.body.classList.remove("in-session");
    };
    const finish = () => {
      stop();
      this.reveal(round, notes.map((note) => note.querySelector("textarea")?.value ?? ""));
    };
    pause.addEventListener("click", () => {
      this.paused = !this.paused;
      this.ends = Date.now() + this.left * 1000;
      pause.textContent = this.paused ? "Go on" : "Pause";
    });
    onward.addEventListener("click", go);
    leave.addEventListener("click", () => {
      stop();
      if (this.section) this.section.hidden = true;
    });
    clearInterval(this.timer);
    this.timer = setInterval(tick, 1000);
    enter();
  },

  /**
   * Set the plan beside the notes, and ask for a grade.
   * @param {MockRound} round
   * @param {string[]} notes
   */
  reveal(round, notes) {
    if (!this.section) return;
    const heading = element("h2", { id: "round-title", tabindex: "-1" }, "Your notes and the plan");
    const beside = round.phases.map((phase, at) =>
      element(
        "section",
        { class: "beside-notes" },
        element("h3", {}, phase.name),
        element("div", {}, element("p", { class: "quiet" }, "Your notes"), element("p", { class: "own" }, notes[at] || "None")),
        element("div", {}, element("p", { class: "quiet" }, "The plan"), element("p", {}, phase.plan)),
      ),
    );
    const lines = round.rubric.map(({ title, look_for }, at) => {
      const choices = this.POINTS.map((words, points) => {
        const radio = element("input", { type: "radio", name: `rubric-${at}`, value: String(points) });
        return element("label", {}, radio, ` ${points} ${words}`);
      });
      return element("fieldset", { class: "rubric" }, element("legend", {}, `${at + 1}. ${title}`), element("p", { class: "quiet" }, look_for), element("div", {}, ...choices));
    });
    const said = element("p", { role: "status" });
    const keep = element("button", { type: "button", class: "go" }, "Keep this grade");
    const close = element("button", { type: "button", class: "plain" }, "Close");
    keep.addEventListener("click", () => {
      const points = lines.map((line) => Number(/** @type {HTMLInputElement | null} */ (line.querySelector(":checked"))?.value ?? NaN));
      if (points.some(Number.isNaN)) {
        said.textContent = "Each of the six lines needs a grade.";
        return;
      }
      const grades = (practiceProgress.now.rounds[practicePage.here] ??= []);
      grades.push({ day: practiceDay(), points });
      practiceProgress.save();
      const sum = (/** @type {number[]} */ list) => list.reduce((total, one) => total + one, 0);
      const before = grades.at(-2);
      said.textContent = `${sum(points)} of ${2 * points.length}${before ? `; ${sum(before.points)} the time before, on ${before.day}` : ""}. Your notes are not kept.`;
      keep.remove();
    });
    close.addEventListener("click", () => {
      if (this.section) this.section.hidden = true;
    });
    this.section.replaceChildren(heading, ...beside, element("h3", {}, "Grade yourself"), ...lines, said, element("p", { class: "tools" }, keep, close));
    heading.focus();
  },
};

/**
 * Write seconds as a clock does.
 * @param {number} seconds
 * @returns {string}
 */
function clockText(seconds) {
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
}
