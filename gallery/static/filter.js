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
  const showComponents = (found) => {
    const list = /** @type {HTMLElement} */ (hitList.querySelector("ol"));
    const others = found.filter(({ entry }) => entry.kind === "component").slice(0, MOST_HITS);
    hitList.hidden = others.length === 0;
    list.replaceChildren(
      ...others.map(({ entry }) => element("li", {}, element("a", { href: entry.href }, entry.title), element("span", { class: "quiet" }, entry.line))),
    );
  };

  /**
   * Say on a card where it was found.
   * @param {HTMLElement} card
   * @param {Found | undefined} found
   */
  const showPlaces = (card, found) => {
    const list = /** @type {HTMLElement} */ (card.querySelector("[data-found]"));
    list.hidden = !found?.places.length;
    list.replaceChildren(
      ...(found?.places ?? []).map((place) => element("li", {}, element("a", { href: place.href }, place.title), " ", element("em", {}, place.kind))),
    );
  };

  const kinds = document.getElementById("family-blocks") ? "systems and building blocks" : "systems";

  /** Where each card stands when nothing is searched. */
  const home = new Map(cards.map((card) => [card, /** @type {HTMLElement} */ (card.parentElement)]));
  const ranked = /** @type {HTMLElement} */ (document.querySelector("[data-ranked]"));

  /**
   * Set the cards in the order of what was found, or back into their families.
   * @param {Found[] | null} found
   */
  const rank = (found) => {
    const list = /** @type {HTMLElement} */ (ranked.querySelector("ul"));
    ranked.hidden = found === null;
    for (const [card, family] of home) family.append(card);
    const bySlug = new Map(cards.map((card) => [card.dataset.card, card]));
    for (const { entry } of found ?? []) {
      const card = bySlug.get(entry.slug);
      if (card) list.append(card);
    }
  };

  /** @param {string} by */
  const order = (by) => {
    const value = (/** @type {HTMLElement} */ card) => card.dataset[by] ?? "";
    const compare = (/** @type {HTMLElement} */ one, /** @type {HTMLElement} */ other) =>
      (by === "title" ? 0 : Number(value(one)) - Number(value(other))) ||
      (one.dataset.title ?? "").localeCompare(other.dataset.title ?? "", "en");
    for (const list of document.querySelectorAll("[data-family] .cards")) {
      const own = cards.filter((card) => home.get(card) === list);
      list.append(...own.sort(compare));
    }
  };

  /** @type {((query: string) => Found[]) | undefined} */
  let search;

  onState((state, cold) => {
    if (state.q && !search) {
      loadSearch().then((made) => {
        search = made;
        notifyState(cold);
      });
    }
    const tags = words(state.tag);
    const not = words(state.not);
    if (document.activeElement !== query) query.value = state.q ?? "";
    sort.value = [...sort.options].some((option) => option.value === state.sort) ? state.sort : sort.options[0].value;
    for (const button of includes) button.setAttribute("aria-pressed", String(tags.includes(button.dataset.tag ?? "")));
    for (const button of excludes) button.setAttribute("aria-pressed", String(not.includes(button.dataset.except ?? "")));

    const found = state.q && search ? search(state.q) : null;
    const bySlug = new Map((found ?? []).map((each) => [each.entry.slug, each]));
    let count = 0;
    for (const card of cards) {
      const has = /** @type {string[]} */ (JSON.parse(card.dataset.tags ?? "[]"));
      const own = bySlug.get(card.dataset.card ?? "\0");
      const kept = (!found || own) && tags.every((tag) => has.includes(tag)) && !not.some((tag) => has.includes(tag));
      card.hidden = !kept;
      showPlaces(card, own);
      count += Number(Boolean(kept));
    }
    order(sort.value);
    rank(found);
    for (const family of document.querySelectorAll("[data-family]")) {
      const left = family.querySelectorAll("[data-card]:not([hidden])").length;
      /** @type {HTMLElement} */ (family).hidden = left === 0;
      /** @type {HTMLElement} */ (family.querySelector("h2 .count")).textContent = String(left);
    }
    if (cold && (state.tag || state.not)) document.querySelector("[data-facets]")?.setAttribute("open", "");
    showComponents(found ?? []);
    const narrowed = Boolean(state.q || state.tag || state.not);
    clear.hidden = !narrowed;
    status.textContent = !narrowed || (state.q && !search) ? "" : count ? `${count} of ${cards.length} ${kinds}` : "No system fits.";
  });

  // Cards, or a list of lines: kept for the next visit; a phone begins with the list.
  const FORM = "archfolio-index";
  const forms = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-form-choice]")]);
  const showForm = (/** @type {string} */ form) => {
    document.documentElement.classList.toggle("as-list", form === "list");
    for (const button of forms) button.setAttribute("aria-pressed", String(button.dataset.formChoice === form));
  };
  const keptForm = () => {
    try {
      return localStorage.getItem(FORM);
    } catch {
      return null;
    }
  };
  showForm(keptForm() ?? (matchMedia("(max-width: 48rem)").matches ? "list" : "cards"));
  for (const button of forms) {
    button.addEventListener("click", () => {
      showForm(button.dataset.formChoice ?? "cards");
      try {
        localStorage.setItem(FORM, button.dataset.formChoice ?? "cards");
      } catch {
        // Then the choice lasts as long as the page.
      }
    });
  }

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
  query.addEventListener("focus", () => loadSearch().then((made) => (search = made)), { once: true });
}
