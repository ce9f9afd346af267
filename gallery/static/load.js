// What a page shows when it is wanted, from scripts that hand it over: from disk nothing else can be read.
"use strict";

/**
 * Load what a script hands over, once.
 * @template Data
 * @param {Map<string, Data | Promise<Data>>} taken what was handed over, by name
 * @param {string} folder that has the scripts, as the page leads there
 * @param {string} name of the script, without its ending
 * @returns {Promise<Data>}
 */
function loadTaken(taken, folder, name) {
  const here = taken.get(name);
  if (here) return Promise.resolve(here);
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = `${folder}/${name.split("/").map(encodeURIComponent).join("/")}.js`;
    script.addEventListener("load", () => {
      const data = taken.get(name);
      if (data) resolve(data);
      else reject(new Error(`${script.src} does not hold ${name}`));
    });
    script.addEventListener("error", () => reject(new Error(`${script.src} is not there`)));
    document.head.append(script);
  });
}
