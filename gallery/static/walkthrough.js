// Stepping through a drawing: the arrows of a step and their ends are lit, its sentence stands below.
"use strict";

{
  const { views } = pageData("system-data");

  /**
   * @param {Element} drawing
   * @param {string[]} edges
   * @returns {LitParts}
   */
  const highlightOf = (drawing, edges) => {
    const light = { nodes: new Set(), edges: new Set(edges) };
    for (const part of drawing.querySelectorAll(".edge")) {
      const { edge, tail, head } = endsOf(part);
      if (light.edges.has(edge)) light.nodes.add(tail).add(head);
    }
    return light;
  };

  let lastShown = "";
  const WORD = 300; // ms that a word takes to read
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let playing;

  /** Go on by itself, each step as long as its sentence takes to read; or stop. */
  const play = () => {
    clearTimeout(playing);
    playing = undefined;
    const { view, steps } = shownSteps();
    const at = Number(readState().step);
    if (!view || !at || at >= steps.length) return markPlay();
    const words = view.querySelectorAll(".walkthrough li")[at - 1]?.textContent?.split(/\s+/).length ?? 0;
    playing = setTimeout(() => {
      move(1);
      play();
    }, 1500 + words * WORD);
    markPlay();
  };

  const pause = () => {
    clearTimeout(playing);
    playing = undefined;
    markPlay();
  };

  const togglePlay = () => {
    if (playing !== undefined) return pause();
    const { view, steps } = shownSteps();
    if (view && Number(readState().step) === steps.length) writeState({ view: view.dataset.view ?? "", step: "1" });
    play();
  };

  const markPlay = () => {
    for (const button of document.querySelectorAll('[data-step="play"]')) {
      button.textContent = playing === undefined ? "Play" : "Pause";
    }
  };

  const shownSteps = () => {
    const view = viewOf(readState());
    return { view, steps: views[view?.dataset.view ?? ""]?.steps ?? [] };
  };

  /** @param {number} by */
  const move = (by) => {
    const state = readState();
    const slug = viewOf(state)?.dataset.view ?? "";
    const last = views[slug]?.steps.length ?? 0;
    const step = Math.min(Math.max(Number(state.step) + by, 1), last);
    if (state.step && last) writeState({ view: slug, step: String(step) });
  };

  /** @param {HTMLElement} view */
  const toggle = (view) => {
    const slug = view.dataset.view ?? "";
    writeState(readState().step ? { view: slug } : { view: slug, step: "1" }, { step: true });
  };

  for (const view of viewSections()) {
    const steps = views[view.dataset.view ?? ""]?.steps ?? [];
    const start = /** @type {HTMLElement} */ (view.querySelector("[data-walk]"));
    start.hidden = steps.length === 0;
    start.addEventListener("click", () => toggle(view));
    for (const [name, by] of /** @type {const} */ ([["previous", -1], ["next", 1]])) {
      view.querySelector(`[data-step="${name}"]`)?.addEventListener("click", () => {
        pause();
        move(by);
      });
    }
    view.querySelector('[data-step="play"]')?.addEventListener("click", togglePlay);
    view.querySelector('[data-step="end"]')?.addEventListener("click", () => toggle(view));
  }

  onState((state) => {
    const shown = viewOf(state);
    if (!state.step || state.node) {
      pause();
      if (lastShown && shown) viewers.get(shown)?.fit();
      lastShown = "";
    }
    for (const view of viewSections()) {
      const steps = views[view.dataset.view ?? ""]?.steps ?? [];
      const items = [...view.querySelectorAll(".walkthrough li")];
      const at = view === shown && !state.node ? Number(state.step) - 1 : -1;
      const open = at >= 0 && at < steps.length;
      const stepper = /** @type {HTMLElement} */ (view.querySelector("[data-stepper]"));
      stepper.hidden = !open;
      view.querySelector("[data-walk]")?.setAttribute("aria-pressed", String(open));
      items.forEach((item, index) => {
        if (open && index === at) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
      });
      if (!open) continue;
      const drawing = /** @type {Element} */ (view.querySelector("svg.archfolio"));
      persistHighlight(drawing, highlightOf(drawing, steps[at].edges));
      const count = /** @type {Element} */ (stepper.querySelector("[data-step-count]"));
      const sentence = /** @type {Element} */ (stepper.querySelector("[data-step-sentence]"));
      count.textContent = `${at + 1} of ${steps.length}`;
      const words = /** @type {HTMLElement} */ (items[at].querySelector("a"));
      sentence.replaceChildren(...[...words.childNodes].map((node) => node.cloneNode(true)));
      const [back, on] = ["previous", "next"].map((name) => stepper.querySelector(`[data-step="${name}"]`));
      back?.toggleAttribute("disabled", at === 0);
      on?.toggleAttribute("disabled", at === steps.length - 1);
      const spent = /** @type {HTMLElement} */ (stepper.querySelector("[data-step-spent]"));
      const sum = items[at].querySelector(".spent");
      spent.replaceChildren(...[...(sum?.childNodes ?? [])].map((node) => node.cloneNode(true)));
      spent.hidden = !sum;
      const key = `${view.dataset.view} ${at}`;
      if (key !== lastShown) viewers.get(view)?.show([...drawing.querySelectorAll(".node.lit")], true);
      lastShown = key;
    }
  });

  for (const [key, by] of /** @type {const} */ ([["ArrowLeft", -1], ["ArrowRight", 1]])) {
    onKey(key, () => {
      if (readState().step) pause();
      move(by);
    });
  }
  onKey(" ", (event) => {
    if (!readState().step || /** @type {Element} */ (event.target).closest("button, a, summary")) return;
    event.preventDefault();
    togglePlay();
  });
  onKey("w", () => {
    const view = viewOf(readState());
    if (view && !view.querySelector("[data-walk][hidden]")) toggle(view);
  });
}
