// Two systems side by side: the same drawing of both, what they share and what only one has.
"use strict";

{
  const { systems, components } = pageData("compare-data");
  const slugs = Object.keys(systems);
  const [a, b] = ["a", "b"].map((side) => /** @type {HTMLSelectElement} */ (document.querySelector(`[data-side="${side}"]`)));
  const choice = /** @type {HTMLSelectElement} */ (document.querySelector("[data-view-choice]"));
  const result = /** @type {HTMLElement} */ (document.querySelector("[data-compared]"));

  /** @param {any} system @param {string} slug */
  const viewNamed = (system, slug) => system.views.find((/** @type {any} */ view) => view.slug === slug);

  /** @param {any} system */
  const keysOf = (system) => new Set(system.views.flatMap((/** @type {any} */ view) => view.components));

  /**
   * @param {any} system
   * @param {string} slug
   */
  const column = (system, slug) => {
    const view = viewNamed(system, slug);
    const facts = system.facts.map((/** @type {string[]} */ [label, figure]) =>
      element("div", {}, element("dt", {}, label), element("dd", {}, figure)),
    );
    const drawing = view
      ? element("a", { href: view.href }, element("img", { src: view.image, alt: view.alt, width: view.width, height: view.height }))
      : element("p", { class: "quiet" }, "Has no drawing of this name.");
    return element(
      "section", {},
      element("h3", {}, element("a", { href: system.href }, system.title)),
      element("dl", { class: "card-facts" }, ...facts),
      drawing,
    );
  };

  /**
   * @param {string} title
   * @param {string[]} keys
   */
  const set = (title, keys) =>
    element(
      "section", {},
      element("h3", {}, `${title} (${keys.length})`),
      element("ul", {}, ...keys.map((key) => element("li", {}, element("a", { href: components[key].href }, components[key].title)))),
    );

  onState((state) => {
    if (slugs.length < 2) {
      result.textContent = "There is nothing to compare yet.";
      return;
    }
    a.value = state.a in systems ? state.a : slugs[0];
    b.value = state.b in systems ? state.b : (slugs.find((slug) => slug !== a.value) ?? "");
    const [left, right] = [systems[a.value], systems[b.value]];
    /** @type {Map<string, string>} */
    const names = new Map([...left.views, ...right.views].map((view) => [view.slug, view.title]));
    const shared = [...names].filter(([slug]) => viewNamed(left, slug) && viewNamed(right, slug));
    const offered = shared.length ? shared : [...names];
    choice.replaceChildren(...offered.map(([slug, title]) => element("option", { value: slug }, title)));
    choice.value = offered.some(([slug]) => slug === state.view) ? state.view : offered[0][0];

    const [mine, yours] = [keysOf(left), keysOf(right)];
    const named = (/** @type {string} */ key) => key in components;
    const both = [...mine].filter((key) => yours.has(key)).filter(named);
    result.replaceChildren(
      element("h2", { class: "hidden" }, `${left.title} and ${right.title}`),
      element("div", { class: "pair" }, column(left, choice.value), column(right, choice.value)),
      element(
        "div", { class: "sets" },
        set(`Only ${left.title}`, [...mine].filter((key) => !yours.has(key)).filter(named)),
        set("In both", both),
        set(`Only ${right.title}`, [...yours].filter((key) => !mine.has(key)).filter(named)),
      ),
    );
  });

  for (const field of [a, b, choice]) {
    field.addEventListener("change", () => writeState({ a: a.value, b: b.value, view: choice.value }));
  }
}
