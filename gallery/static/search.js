// The search over systems, drawings, components and sources: tolerant of typing errors where the library is there.
"use strict";

/** @typedef {{ kind: string, title: string, where: string, more: string, href: string, systems: number[] }} Found */

/**
 * @param {string} text
 * @returns {string} without accents and capitals
 */
function foldText(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

const searchIndex = (() => {
  const { fields, slugs, records } = pageData("search-data");
  const documents = /** @type {Found[]} */ (
    records.map((/** @type {any[]} */ record) => Object.fromEntries(record.map((value, at) => [fields[at], value])))
  );
  const Library = Reflect.get(window, "MiniSearch");
  if (!Library) return { documents, slugs, library: null };
  const library = new Library({
    fields: ["title", "where", "more"],
    processTerm: foldText,
    searchOptions: {
      boost: { title: 3 },
      prefix: true,
      fuzzy: (/** @type {string} */ term) => (term.length > 3 ? 0.2 : false),
      combineWith: "AND",
    },
  });
  library.addAll(documents.map((document, id) => ({ id, ...document })));
  return { documents, slugs, library };
})();

/**
 * Find what a query names, best first.
 * @param {string} query
 * @returns {Found[]}
 */
function searchFor(query) {
  const { documents, library } = searchIndex;
  if (library) return library.search(query).map((/** @type {{ id: number }} */ hit) => documents[hit.id]);
  const words = foldText(query).split(/\s+/);
  return documents.filter((document) => {
    const text = foldText(`${document.title} ${document.where} ${document.more}`);
    return words.every((word) => text.includes(word));
  });
}
