// Paths: what the reader has ticked off and marked, and where they were. Kept in this browser alone.
"use strict";

{
  const KEY = "archfolio-study-1"; // the number changes when older values could not be read
  const kept = /** @type {HTMLElement} */ (document.querySelector("[data-kept]"));
  const steps = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-step]")]);
  const keyOf = (/** @type {HTMLElement} */ step) => step.dataset.step ?? "";
  const linkOf = (/** @type {HTMLElement} */ step) => /** @type {HTMLAnchorElement | null} */ (step.querySelector("a"));

  /** @typedef {{ done: string[], marked: string[], last: string }} Kept */

  /** @returns {Kept} */
  const read = () => {
    const strings = (/** @type {unknown} */ value) => (Array.isArray(value) ? value.filter((one) => typeof one === "string") : []);
    try {
      const said = JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
      return { done: strings(said.done), marked: strings(said.marked), last: typeof said.last === "string" ? said.last : "" };
    } catch {
      return { done: [], marked: [], last: "" }; // nothing, something else, or storage that is closed to files
    }
  };

  let state = read();

  const keep = (/** @type {Partial<Kept>} */ change) => {
    state = { ...state, ...change };
    try {
      localStorage.setItem(KEY, JSON.stringify(state));
    } catch {
      // Then it lasts as long as the page.
    }
    show();
  };

  /** @param {string[]} list @param {string} key @param {boolean} wanted */
  const changed = (list, key, wanted) => [...list.filter((one) => one !== key), ...(wanted ? [key] : [])];

  /** @type {Map<string, { box: HTMLInputElement, star: HTMLElement }>} */
  const controls = new Map();

  for (const step of steps) {
    const [key, name] = [keyOf(step), step.dataset.name ?? ""];
    const box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", "aria-label": `Done: ${name}` }));
    const star = element("button", { type: "button", class: "star", "aria-pressed": "false", "aria-label": `Mark: ${name}`, title: "Mark" }, "☆");
    box.addEventListener("change", () => keep({ done: changed(state.done, key, box.checked), last: key }));
    star.addEventListener("click", () => keep({ marked: changed(state.marked, key, !state.marked.includes(key)) }));
    for (const kind of ["click", "auxclick"]) linkOf(step)?.addEventListener(kind, () => keep({ last: key }));
    step.prepend(box);
    step.append(star);
    controls.set(key, { box, star });
  }

  /** @param {HTMLElement} step */
  const linkTo = (step) => {
    const path = step.closest("[data-path]")?.querySelector("h3")?.textContent ?? "";
    const link = linkOf(step);
    const made = link ? element("a", { href: link.getAttribute("href") ?? "" }, step.dataset.name ?? "") : element("span", {}, step.dataset.name ?? "");
    made.addEventListener("click", () => keep({ last: keyOf(step) }));
    return [made, element("span", { class: "quiet" }, ` ${path}`)];
  };

  /** The step that was opened or ticked off last, or the first after it on its path that is not done. */
  const next = () => {
    const last = steps.find((step) => keyOf(step) === state.last);
    if (!last) return undefined;
    const path = last.closest("[data-path]");
    const rest = steps.slice(steps.indexOf(last)).filter((step) => step.closest("[data-path]") === path);
    return rest.find((step) => !state.done.includes(keyOf(step)));
  };

  function show() {
    for (const step of steps) {
      const [key, control] = [keyOf(step), controls.get(keyOf(step))];
      if (!control) continue;
      const marked = state.marked.includes(key);
      control.box.checked = state.done.includes(key);
      control.star.setAttribute("aria-pressed", String(marked));
      control.star.textContent = marked ? "★" : "☆";
      step.classList.toggle("done", control.box.checked);
    }
    for (const path of document.querySelectorAll("[data-path]")) {
      const own = /** @type {HTMLElement[]} */ ([...path.querySelectorAll("[data-step]")]);
      const done = own.filter((step) => state.done.includes(keyOf(step))).length;
      const line = /** @type {HTMLElement} */ (path.querySelector("[data-progress]"));
      const bar = /** @type {HTMLProgressElement} */ (line.querySelector("progress"));
      line.hidden = done === 0;
      bar.max = own.length;
      bar.value = done;
      /** @type {HTMLElement} */ (line.querySelector("span")).textContent = `${done} of ${own.length}`;
    }
    const onwards = /** @type {HTMLElement} */ (kept.querySelector("[data-continue]"));
    const step = next();
    onwards.hidden = !step;
    if (step) onwards.replaceChildren("Continue where you were: ", ...linkTo(step));
    const marked = steps.filter((one) => state.marked.includes(keyOf(one)));
    const list = /** @type {HTMLElement} */ (kept.querySelector("[data-marked]"));
    list.hidden = marked.length === 0;
    list.querySelector("ul")?.replaceChildren(...marked.map((one) => element("li", {}, ...linkTo(one))));
    const forget = /** @type {HTMLButtonElement} */ (kept.querySelector("[data-forget]"));
    forget.hidden = !state.done.length && !state.marked.length && !state.last;
  }

  kept.querySelector("[data-forget]")?.addEventListener("click", () => {
    keep({ done: [], marked: [], last: "" });
    /** @type {HTMLElement} */ (kept.querySelector("[data-forgotten]")).textContent = "Forgotten.";
  });
  addEventListener("storage", (event) => {
    if (event.key !== KEY) return;
    state = read();
    show();
  });
  addEventListener("pageshow", show);
  show();
}
