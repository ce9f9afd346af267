// The latency budget follows the estimate: shares, sums, bars, and what a walkthrough has spent.
"use strict";

{
  /** @typedef {{ share: number, formula: string, branches: Stage[] }} Stage */
  const budget = /** @type {{ promise: number, formula: string, unit: [number, number, string], stages: Stage[] } | null} */ (estimate.data.budget);
  const THIN = "\u202f";

  const [factor, decimals, unit] = budget ? budget.unit : [1, 1, "ms"];

  /** @param {number} value in ms */
  const inUnit = (value) => {
    const [whole, part] = roundHalfEven(Number((value * factor).toPrecision(12)), decimals).split(".");
    const kept = part.replace(/0+$/, "");
    return whole.replace(/\B(?=(\d{3})+$)/g, ",") + (kept ? `.${kept}` : "");
  };

  /** @param {string} formula @param {number} published */
  const share = (formula, published) =>
    /[A-Za-z]/.test(formula) && estimate.changes.size ? computeFormula(formula, estimate.base) * 1000 : published;

  /** @param {Stage} stage @returns {number} */
  const shareOf = (stage) => (stage.branches.length ? Math.max(...stage.branches.map(shareOf)) : share(stage.formula, stage.share));

  /** @param {number} part */
  const percent = (part) => `${(part * 100).toFixed(3)}%`;

  const follow = () => {
    if (!budget) return;
    const promise = share(budget.formula, budget.promise);
    const shares = budget.stages.map(shareOf);
    const total = shares.reduce((sum, each) => sum + each, 0);
    const whole = Math.max(total, promise) || 1;
    const left = promise - total;
    const verdict =
      inUnit(Math.abs(left)) === "0" ? "no headroom" : `${inUnit(Math.abs(left))}${THIN}${unit} ${left > 0 ? "headroom" : "over"}`;
    /** @type {Record<string, string>} */
    const said = { total: inUnit(total), promise: inUnit(promise), verdict };
    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-budget]"))) {
      place.textContent = said[place.dataset.budget ?? ""] ?? "";
    }
    document.querySelector("[data-budget-sum]")?.setAttribute("data-fits", total <= promise ? "yes" : "no");
    /** @type {HTMLElement | null} */ (document.querySelector("[data-budget-bar]"))?.style.setProperty("--promise", percent(promise / whole));

    let start = 0;
    budget.stages.forEach((stage, index) => {
      const until = start + shares[index];
      const bar = /** @type {HTMLElement} */ (document.querySelector(`[data-stage-bar="${index}"]`));
      bar.style.width = percent(shares[index] / whole);
      bar.textContent = inUnit(shares[index]);
      writeRow(String(index), shares[index], start / whole, shares[index] / whole, inUnit(until));
      stage.branches.forEach((branch, at) => {
        const part = shareOf(branch);
        writeRow(`${index}.${at}`, part, start / whole, part / whole);
      });
      start = until;
    });

    for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-spent]"))) {
      const spent = shares.slice(0, Number(place.dataset.spent)).reduce((sum, each) => sum + each, 0);
      place.textContent = `about ${inUnit(spent)} of ${inUnit(promise)}${THIN}${unit}`;
      place.dataset.fits = spent <= promise ? "yes" : "no";
    }
  };

  /**
   * @param {string} id
   * @param {number} ms
   * @param {number} start
   * @param {number} width
   * @param {string} [until]
   */
  const writeRow = (id, ms, start, width, until) => {
    const row = /** @type {HTMLElement} */ (document.querySelector(`tr[data-stage="${id}"]`));
    const cell = (/** @type {string} */ name) => /** @type {HTMLElement} */ (row.querySelector(name));
    cell("[data-share]").textContent = inUnit(ms);
    if (until !== undefined) cell("[data-until]").textContent = until;
    const track = cell(".track span");
    track.style.marginLeft = percent(start);
    track.style.width = percent(width);
  };

  estimate.onChange(follow);
}
