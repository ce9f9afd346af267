// Two systems side by side: the same drawing of both at one scale, the same questions to both, and what they share.
"use strict";

/** @type {Map<string, any>} what is compared of systems, by slug */
const takenSystems = new Map();

/**
 * @param {string} slug
 * @param {any} system
 */
function takeSystem(slug, system) {
  takenSystems.set(slug, system);
}

{
  const named = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-slug]"));
  const titles = new Map([...named].map(({ dataset, textContent }) => [dataset.slug ?? "", textContent ?? ""]));
  const slugs = [...titles.keys()];
  const [a, b] = ["a", "b"].map((side) => /** @type {HTMLSelectElement} */ (document.querySelector(`[data-side="${side}"]`)));
  const choice = /** @type {HTMLSelectElement} */ (document.querySelector("[data-view-choice]"));
  const result = /** @type {HTMLElement} */ (document.querySelector("[data-compared]"));
  for (const side of [a, b]) side.append(...[...titles].map(([value, title]) => element("option", { value }, title)));

  /** @param {any} system @param {string} slug */
  const viewNamed = (system, slug) => system.views.find((/** @type {any} */ view) => view.slug === slug);

  /** @param {any} system */
  const keysOf = (system) => new Set(system.views.flatMap((/** @type {any} */ view) => view.components));

  /**
   * Find the drawing of a name, or else the one that has most in common with the other system's.
   * @param {any} system
   * @param {string} slug
   * @param {any} other
   */
  const nearest = (system, slug, other) => {
    const wanted = new Set(viewNamed(other, slug)?.components ?? []);
    const common = (/** @type {any} */ view) => view.components.filter((/** @type {string} */ key) => wanted.has(key)).length;
    return viewNamed(system, slug) ?? [...system.views].sort((one, two) => common(two) - common(one))[0];
  };

  /**
   * @param {any} system
   * @param {any} view
   * @param {string} slug what was asked for
   * @param {number} widest of both drawings: they stand at one scale
   * @param {Set<string>} shared
   */
  const column = (system, view, slug, widest, shared) => {
    const marks = view.boxes
      .filter((/** @type {any[]} */ [key]) => shared.has(key))
      .map((/** @type {[string, number, number, number, number]} */ [key, x, y, width, height]) => {
        const mark = element("span", { class: "mark", title: system.components[key]?.title ?? key });
        mark.style.left = `${(x / view.width) * 100}%`;
        mark.style.top = `${(y / view.height) * 100}%`;
        mark.style.width = `${(width / view.width) * 100}%`;
        mark.style.height = `${(height / view.height) * 100}%`;
        return mark;
      });
    const picture = element(
      "a", { href: view.href, class: "marked" },
      element("img", { src: view.image, alt: view.alt, width: view.width, height: view.height }), ...marks,
    );
    picture.style.width = `${(view.width / widest) * 100}%`;
    return element(
      "section", {},
      element("h3", {}, element("a", { href: system.href }, system.title)),
      element("p", { class: "quiet" }, view.slug === slug ? view.title : `No drawing of this name; the nearest is ${view.title}.`),
      picture,
    );
  };

  /** @param {any} system @param {string} title */
  const cell = (system, title) => {
    const parts = /** @type {string[]} */ (system.answers[title] ?? []);
    if (parts.length < 2) return element("td", { "data-head": system.title }, parts[0] ?? "\u2013");
    return element("td", { "data-head": system.title }, element("ul", {}, ...parts.map((part) => element("li", {}, part))));
  };

  /** @param {any} left @param {any} right */
  const rows = (left, right) => {
    const titles = [...new Set([...Object.keys(left.answers), ...Object.keys(right.answers)])];
    const told = titles.filter((title) => (left.answers[title] ?? []).length || (right.answers[title] ?? []).length);
    return element(
      "table", { class: "words aligned" },
      element("thead", {}, element("tr", {}, element("td", {}), ...[left, right].map((system) => element("th", { scope: "col" }, system.title)))),
      element("tbody", {}, ...told.map((title) => element("tr", {}, element("th", { scope: "row" }, title), cell(left, title), cell(right, title)))),
    );
  };

  /**
   * @param {string} title
   * @param {any} system that has them
   * @param {string[]} keys
   */
  const set = (title, { components }, keys) =>
    element(
      "section", {},
      element("h3", {}, `${title} (${keys.length})`),
      element("ul", {}, ...keys.map((key) => element("li", {}, element("a", { href: components[key].href }, components[key].title)))),
    );

  /**
   * @param {any} left
   * @param {any} right
   * @param {string} wanted the slug of a drawing
   */
  const show = (left, right, wanted) => {
    /** @type {Map<string, string>} */
    const names = new Map([...left.views, ...right.views].map((view) => [view.slug, view.title]));
    const both = [...names].filter(([slug]) => viewNamed(left, slug) && viewNamed(right, slug));
    const offered = [...both, ...[...names].filter((name) => !both.includes(name))];
    if (!offered.length) {
      result.textContent = "These have no drawings.";
      return;
    }
    choice.replaceChildren(...offered.map(([slug, title]) => element("option", { value: slug }, title)));
    choice.value = offered.some(([slug]) => slug === wanted) ? wanted : offered[0][0];

    const [mine, yours] = [keysOf(left), keysOf(right)];
    const common = [...mine].filter((key) => yours.has(key)).filter((key) => key in left.components);
    const [one, other] = [nearest(left, choice.value, right), nearest(right, choice.value, left)];
    const widest = Math.max(one?.width ?? 1, other?.width ?? 1);
    const lit = new Set((one?.components ?? []).filter((/** @type {string} */ key) => other?.components.includes(key)));
    result.replaceChildren(
      element("h2", { class: "hidden" }, `${left.title} and ${right.title}`),
      element(
        "div", { class: "pair" },
        ...[[left, one], [right, other]].filter(([, view]) => view).map(([system, view]) => column(system, view, choice.value, widest, lit)),
      ),
      element("div", { class: "wide" }, rows(left, right)),
      element(
        "div", { class: "sets" },
        set(`Only ${left.title}`, left, [...mine].filter((key) => !yours.has(key) && key in left.components)),
        set("In both", left, common),
        set(`Only ${right.title}`, right, [...yours].filter((key) => !mine.has(key) && key in right.components)),
      ),
    );
  };

  let asked = 0;

  onState(async (state) => {
    if (slugs.length < 2) {
      result.textContent = "There is nothing to compare yet.";
      return;
    }
    a.value = titles.has(state.a) ? state.a : slugs[0];
    b.value = titles.has(state.b) ? state.b : (slugs.find((slug) => slug !== a.value) ?? "");
    const mine = ++asked;
    /** @type {any[]} */
    const [left, right] = await Promise.all([a, b].map(({ value }) => loadTaken(takenSystems, "compare", value))).catch(() => []);
    if (mine !== asked) return; // something else has been chosen meanwhile
    if (left && right) show(left, right, state.view);
    else result.textContent = "What is compared of these could not be loaded.";
  });

  for (const field of [a, b, choice]) {
    field.addEventListener("change", () => writeState({ a: a.value, b: b.value, view: choice.value }));
  }
}
