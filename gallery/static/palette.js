// The search on every page: "/" or Ctrl-K opens it, arrows choose, Enter goes. Its index is loaded when it is first wanted.
"use strict";

/**
 * Load the index and make the search, once.
 * @returns {Promise<(query: string) => Found[]>}
 */
const loadSearch = (() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript);
  const folder = own.src.replace(/[^/]*$/, "");
  /** @type {Promise<(query: string) => Found[]> | undefined} */
  let made;
  /** @param {string} name */
  const load = (name) =>
    new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = folder + name;
      script.addEventListener("load", resolve);
      script.addEventListener("error", reject);
      document.head.append(script);
    });
  return () =>
    (made ??= Promise.all(["search-data.js", "search-terms.js", "search.js"].map(load)).then(() => makeSearch(Reflect.get(window, "searchData"))));
})();

{
  const MOST = 12; // pages shown
  const KEPT = "archfolio-query";
  const dialog = /** @type {HTMLDialogElement} */ (document.querySelector("dialog.palette"));
  const field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const list = /** @type {HTMLElement} */ (dialog.querySelector("[data-results]"));
  const status = /** @type {HTMLElement} */ (dialog.querySelector("[role=status]"));
  const opener = /** @type {HTMLAnchorElement} */ (document.querySelector("[data-search]"));
  const root = (opener.getAttribute("href") ?? "").replace(/index\.html.*$/, "");
  const links = () => /** @type {HTMLAnchorElement[]} */ ([...list.querySelectorAll("a")]);

  /** @param {string} [text] */
  const kept = (text) => {
    try {
      if (text !== undefined) sessionStorage.setItem(KEPT, text);
      return sessionStorage.getItem(KEPT) ?? "";
    } catch {
      return "";
    }
  };

  const show = async () => {
    const query = field.value;
    const search = await loadSearch();
    if (query !== field.value) return;
    kept(query);
    const found = search(query);
    list.replaceChildren(...found.slice(0, MOST).map(({ entry, places }) =>
      element(
        "li", {},
        element("a", { href: root + entry.href, class: "page" }, element("b", {}, entry.title), " ", element("em", {}, entry.kind), element("span", { class: "quiet" }, entry.line)),
        ...(places.length && entry.kind !== "component"
          ? [element("ul", { class: "inline" }, ...places.map((place) =>
              element("li", {}, element("a", { href: root + place.href }, place.title), " ", element("em", {}, place.kind)),
            ))]
          : []),
      ),
    ));
    status.textContent = !query.trim() ? "" : found.length ? `${found.length} ${found.length === 1 ? "page" : "pages"}` : "Nothing is called so. Try fewer words.";
  };

  const open = () => {
    field.value = kept();
    dialog.showModal();
    field.select();
    show();
  };

  field.addEventListener("input", show);
  dialog.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const all = links();
    if (by && all.length) {
      event.preventDefault();
      const at = all.indexOf(/** @type {HTMLAnchorElement} */ (document.activeElement)) + by;
      if (at < 0) field.focus();
      else all[Math.min(at, all.length - 1)].focus();
    }
    if (event.key === "Escape") {
      event.preventDefault(); // at first it would only clear the field
      dialog.close();
    }
    if (event.key === "Enter" && document.activeElement === field && all.length) {
      event.preventDefault();
      all[0].click();
    }
  });
  dialog.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target === dialog || target.closest("a")) dialog.close();
  });

  const own = /** @type {HTMLInputElement | null} */ (document.querySelector("[data-query]"));
  const start = () => (own ? own.focus() : open());
  onKey("/", start);
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    if (!dialog.open) start();
  });
  opener.addEventListener("click", (event) => {
    event.preventDefault();
    start();
  });
}
