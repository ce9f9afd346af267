// The index: search, filters and order, all of it kept in the address.
"use strict";

{
  const MOST_HITS = 12;
  const query = /** @type {HTMLInputElement} */ (document.querySelector("[data-query]"));
  const sort = /** @type {HTMLSelectElement} */ (document.querySelector("[data-sort]"));
  const status = /** @type {HTMLElement} */ (document.querySelector("[data-status]"));
  const clear = /** @type {HTMLElement} */ (document.querySelector("[data-clear]"));
  const hitList = /** @type {HTMLElement} */ (document.querySelector("[data-hits]"));
  const cards = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-card]")]);
  const includes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-tag]")]);
  const excludes = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-except]")]);

  /** @param {string | undefined} text */
  const words = (text) => (text ? text.split(",") : []);

  const write = () =>
    writeState({
      q: query.value.trim(),
      tag: pressed(includes, "tag"),
      not: pressed(excludes, "except"),
      sort: sort.selectedIndex > 0 ? sort.value : "",
    });

  /**
   * @param {HTMLElement[]} buttons
   * @param {string} name
   */
  const pressed = (buttons, name) =>
    buttons.filter((button) => button.getAttribute("aria-pressed") === "true").map((button) => button.dataset[name]).join(",");

  /** @param {HTMLElement} button */
  const press = (button) => {
    const on = button.getAttribute("aria-pressed") !== "true";
    const name = button.dataset.tag ?? button.dataset.except;
    for (const twin of [...includes, ...excludes]) {
      if ((twin.dataset.tag ?? twin.dataset.except) === name) twin.setAttribute("aria-pressed", "false");
    }
    button.setAttribute("aria-pressed", String(on));
    write();
  };

  /** @param {Found[]} found */
  const showHits = (found) => {
    const list = /** @type {HTMLElement} */ (hitList.querySelector("ol"));
    const others = found.filter((hit) => hit.kind !== "system").slice(0, MOST_HITS);
    hitList.hidden = others.length === 0;
    list.replaceChildren(
      ...others.map((hit) =>
        element(
          "li", {},
          element("a", { href: hit.href }, hit.title), " ", element("em", {}, hit.kind),
          element("span", { class: "quiet" }, hit.where),
        ),
      ),
    );
  };

  /** @param {string} by */
  const order = (by) => {
    const value = (/** @type {HTMLElement} */ card) => card.dataset[by] ?? "";
    const compare = (/** @type {HTMLElement} */ one, /** @type {HTMLElement} */ other) =>
      (by === "title" ? 0 : Number(value(one)) - Number(value(other))) ||
      (one.dataset.title ?? "").localeCompare(other.dataset.title ?? "", "en");
    for (const list of document.querySelectorAll("[data-family] .cards")) {
      const own = cards.filter((card) => card.parentElement === list);
      list.append(...own.sort(compare));
    }
  };

  onState((state, cold) => {
    const tags = words(state.tag);
    const not = words(state.not);
    if (document.activeElement !== query) query.value = state.q ?? "";
    sort.value = [...sort.options].some((option) => option.value === state.sort) ? state.sort : sort.options[0].value;
    for (const button of includes) button.setAttribute("aria-pressed", String(tags.includes(button.dataset.tag ?? "")));
    for (const button of excludes) button.setAttribute("aria-pressed", String(not.includes(button.dataset.except ?? "")));

    const found = state.q ? searchFor(state.q) : [];
    const slugs = new Set(found.flatMap((hit) => hit.systems.map((number) => searchIndex.slugs[number])));
    let count = 0;
    for (const card of cards) {
      const has = /** @type {string[]} */ (JSON.parse(card.dataset.tags ?? "[]"));
      const kept =
        (!state.q || slugs.has(card.dataset.card ?? "")) &&
        tags.every((tag) => has.includes(tag)) &&
        !not.some((tag) => has.includes(tag));
      card.hidden = !kept;
      count += Number(kept);
    }
    for (const family of document.querySelectorAll("[data-family]")) {
      const left = family.querySelectorAll("[data-card]:not([hidden])").length;
      /** @type {HTMLElement} */ (family).hidden = left === 0;
      /** @type {HTMLElement} */ (family.querySelector("h2 .count")).textContent = String(left);
    }
    if (cold && (state.tag || state.not)) document.querySelector("[data-facets]")?.setAttribute("open", "");
    showHits(found);
    order(sort.value);
    const narrowed = Boolean(state.q || state.tag || state.not);
    clear.hidden = !narrowed;
    status.textContent = !narrowed ? "" : count ? `${count} of ${cards.length} systems` : "No system fits.";
  });

  query.addEventListener("input", write);
  sort.addEventListener("change", write);
  for (const button of [...includes, ...excludes]) button.addEventListener("click", () => press(button));
  clear.addEventListener("click", () => {
    query.value = "";
    writeState({});
    query.focus();
  });
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    query.value = "";
    write();
  });
  if (location.hash === "#search") query.focus();
}
