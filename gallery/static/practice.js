// The practice pages: what stands where, what is due, and what a session is made of.
"use strict";

{
  const { subjects, here } = practicePage;
  const due = /** @type {HTMLElement} */ (document.querySelector("[data-due]"));
  const slugOf = (/** @type {string} */ id) => id.slice(0, id.indexOf("/"));
  const known = new Set(subjects.map(([slug]) => slug));
  const answered = () => Object.keys(practiceProgress.now.items).filter((id) => known.has(slugOf(id)));
  const plural = (/** @type {number} */ count, /** @type {string} */ noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  let forgotten = ""; // what was dropped, to be said once

  /** Say what is due, in all and for each subject or rung. */
  const show = () => {
    const ids = answered().filter((id) => practiceProgress.isDue(id));
    const first = answered().map((id) => practiceProgress.now.items[id].due).sort()[0];
    const later = first ? `The next comes on ${first}.` : here ? "You have answered none yet: begin, ten at a time." : "You have answered none yet: choose where to begin.";
    due.textContent = [ids.length ? `${plural(ids.length, "question")} due today.` : `Nothing is due. ${later}`, forgotten].join(" ").trim();
    forgotten = "";
    for (const place of document.querySelectorAll("[data-standing-of]")) {
      const slug = /practice\/(.+)\.html/.exec(place.getAttribute("data-standing-of") ?? "")?.[1] ?? "";
      const mine = answered().filter((id) => slugOf(id) === slug);
      const soon = mine.filter((id) => practiceProgress.isDue(id)).length;
      place.textContent = mine.length ? `${mine.length} answered${soon ? `, ${soon} due` : ""}` : "";
    }
    for (const rung of document.querySelectorAll("[data-rung]")) {
      const kind = rung.getAttribute("data-rung");
      const mine = answered().filter((id) => id.split("/")[1] === kind);
      const soon = mine.filter((id) => practiceProgress.isDue(id)).length;
      const place = rung.querySelector("[data-standing]");
      if (place) place.textContent = mine.length ? `, ${mine.length} answered${soon ? `, ${soon} due` : ""}` : "";
    }
    const start = document.querySelector('[data-start="due"]');
    if (start) start.textContent = ids.length || !here ? "Practise what is due" : "Practise ten";
    start?.toggleAttribute("disabled", !ids.length && !here);
  };

  /**
   * Choose what to ask: what is due, the longest overdue first; then, on the page of a subject, what is new.
   * @param {string} kind "due", or a rung
   * @returns {Promise<Asked[]>}
   */
  const choose = async (kind) => {
    const overdue = answered()
      .filter((id) => practiceProgress.isDue(id) && (kind === "due" || id.split("/")[1] === kind))
      .sort((one, other) => practiceProgress.now.items[one].due.localeCompare(practiceProgress.now.items[other].due) || one.slice(-6).localeCompare(other.slice(-6)))
      .slice(0, practiceSession.MOST);
    const slugs = new Set(here ? [here] : overdue.map(slugOf));
    await Promise.all([...slugs].map((slug) => loadQuestions(slug)));
    /** @type {Map<string, Asked>} */
    const all = new Map();
    for (const slug of slugs) for (const item of takenQuestions.get(slug)?.items ?? []) all.set(item.id, { slug, item });
    const gone = overdue.filter((id) => !all.has(id));
    for (const id of gone) delete practiceProgress.now.items[id];
    if (gone.length) {
      practiceProgress.save();
      forgotten = `${plural(gone.length, "question")} ${gone.length === 1 ? "is" : "are"} asked no more, since its page was edited.`;
    }
    const asked = overdue.flatMap((id) => all.get(id) ?? []);
    const mine = [...all.values()].filter(({ item }) => kind === "due" || item.kind === kind);
    if (here) asked.push(...mine.filter(({ item }) => !practiceProgress.now.items[item.id]));
    if (here && kind !== "due" && !asked.length) asked.push(...mine);
    return asked.slice(0, practiceSession.MOST);
  };

  for (const button of document.querySelectorAll("[data-start]")) {
    button.addEventListener("click", async () => {
      try {
        const asked = await choose(button.getAttribute("data-start") ?? "due");
        if (asked.length) practiceSession.start(asked, show);
        else show();
      } catch (error) {
        due.textContent = `The questions cannot be read: ${/** @type {Error} */ (error).message}.`;
      }
    });
  }

  document.querySelector("[data-start-round]")?.addEventListener("click", async () => {
    const { round } = await loadQuestions(here);
    if (round) practiceRound.start(round);
  });

  document.addEventListener("practice-changed", show);
  show();
}
