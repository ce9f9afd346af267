// The page may stand at any depth: find the site's folder, mend the links, and name the page that was probably meant.
"use strict";

{
  const known = /** @type {[string, string][]} */ (JSON.parse(document.getElementById("known")?.textContent ?? "[]"));
  const folders = new Set(known.map(([, href]) => href.split("/").slice(0, -1)[0]).filter(Boolean));
  const root = location.pathname.replace(new RegExp(`\\b(${[...folders, "images", "static"].join("|")})/.*$|[^/]*$`), "");
  for (const link of document.querySelectorAll("[data-page]")) {
    /** @type {HTMLAnchorElement} */ (link).href = root + /** @type {HTMLElement} */ (link).dataset.page;
  }

  /**
   * Count the edits between two words.
   * @param {string} one
   * @param {string} other
   */
  const distance = (one, other) => {
    let row = [...Array(other.length + 1).keys()];
    [...one].forEach((char, index) => {
      const next = [index + 1];
      [...other].forEach((against, at) => {
        next.push(Math.min(next[at] + 1, row[at + 1] + 1, row[at] + Number(char !== against)));
      });
      row = next;
    });
    return row[other.length];
  };

  /** @param {string} path */
  const stem = (path) => decodeURIComponent(path).replace(/^.*\//, "").replace(/\.html$/, "").toLowerCase();
  const wanted = stem(location.pathname);
  const [nearest] = known
    .map(([title, path]) => ({ title, path, far: distance(wanted, stem(path)) }))
    .sort((one, other) => one.far - other.far);
  const near = /** @type {HTMLElement | null} */ (document.querySelector("[data-near]"));
  if (near && nearest && nearest.far <= Math.max(2, wanted.length / 2)) {
    const link = /** @type {HTMLAnchorElement} */ (near.querySelector("a"));
    link.href = root + nearest.path;
    link.textContent = nearest.title;
    near.hidden = false;
  }
}
