// One drawing at a time, chosen by tab, by number key or by address.
"use strict";

/** @returns {HTMLElement[]} */
function viewSections() {
  return [...document.querySelectorAll("section.view")].map((view) => /** @type {HTMLElement} */ (view));
}

/**
 * Find the view that a state names: by its slug, else the first with a walkthrough if a step is named, else the first.
 * @param {State} state
 * @returns {HTMLElement | undefined}
 */
function viewOf(state) {
  const views = viewSections();
  return (
    views.find((view) => view.dataset.view === state.view) ??
    (state.step ? views.find((view) => view.querySelector(".walkthrough")) : undefined) ??
    views[0]
  );
}

{
  // From here on these places are states, not fragments that the browser scrolls to.
  document.documentElement.classList.add("ready");
  for (const place of document.querySelectorAll("tr[id^='view='], li[id^='view='], section[id^='view=']")) {
    place.removeAttribute("id");
  }
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".view-links a")]);
  const views = viewSections();

  for (const [was, now] of Object.entries(pageData("system-data").moved)) renamedViews.set(was, now);

  links.forEach((link, index) => {
    const go = () => writeState({ view: views[index].dataset.view ?? "" }, { step: true });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      go();
    });
    if (index < 9) onKey(String(index + 1), go);
  });

  onState((state, cold) => {
    const chosen = viewOf(state);
    views.forEach((view, index) => {
      view.hidden = view !== chosen;
      if (view === chosen) links[index].setAttribute("aria-current", "true");
      else links[index].removeAttribute("aria-current");
      if (view === chosen && state.view) links[index].parentElement?.scrollTo({ left: links[index].offsetLeft - 48 });
    });
    if (!cold) return;
    if (state.at) openPlace(state.at);
    else if (parseState(location.hash) === undefined) openPlace(location.hash);
    else if (state.view || state.step) showViewer(chosen);
  });

  /**
   * Bring the drawing into sight, where the page has been scrolled away from it.
   * @param {HTMLElement | undefined} view
   */
  function showViewer(view) {
    const { top = 0, bottom = 0 } = view?.querySelector(".viewer")?.getBoundingClientRect() ?? {};
    if (top < 0 || bottom > innerHeight + 8) scrollTo(0, 0);
  }

  // On a phone the sections begin folded; paper has no folds.
  const parts = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.part")]);
  if (matchMedia("(max-width: 48rem)").matches) for (const part of parts) part.open = false;
  const questions = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details.question")]);
  addEventListener("beforeprint", () => {
    for (const part of [...parts, ...questions]) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const question of questions) question.open = false;
  });

  const outline = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll(".outline a")]);
  const headings = outline.map((link) => fragmentTarget(link.hash));
  const markOutline = () => {
    const at = headings.findLastIndex((heading) => heading && heading.getBoundingClientRect().top < innerHeight / 3);
    outline.forEach((link, index) => {
      if (index === Math.max(at, 0)) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    });
  };
  if (outline.length) addEventListener("scroll", () => requestAnimationFrame(markOutline), { passive: true });
  markOutline();
}
