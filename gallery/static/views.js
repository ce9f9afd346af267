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
    });
    const stage = chosen?.querySelector(".stage");
    if (stage && !stage.scrollLeft) stage.scrollLeft = (stage.scrollWidth - stage.clientWidth) / 2;
    if (cold && (state.view || state.step)) chosen?.scrollIntoView({ block: "start" });
    if (cold && !location.hash.includes("=")) openFragment();
  });

  /** Open what is folded around the place that the address names. */
  function openFragment() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const fold = target?.closest("details");
    if (!target || !fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView({ block: "center" });
  }
}
