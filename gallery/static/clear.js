// A system's page in the order of an interview: its sections under Clarify, List, Estimate, Architect and Refine.
"use strict";

{
  const { phases } = pageData("system-data");
  const article = document.querySelector("article");
  const list = document.querySelector(".outline ul");
  const switches = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll("a[data-order]")]);
  const sections = article ? [...article.querySelectorAll(":scope > section")].filter((part) => part.querySelector("h2")) : [];
  const links = [...(list?.children ?? [])];
  const titleOf = (/** @type {Element} */ section) => section.querySelector("h2")?.firstChild?.textContent?.trim() ?? "";
  const about = article?.querySelector(":scope > .about");
  const usual = [...(article?.querySelectorAll(":scope > section") ?? [])].map((section) => ({ section, before: section.nextSibling }));
  lastingNames.add("order");
  let ordered = false;

  /** @param {Element} section */
  const linkOf = (section) => links.find((item) => item.querySelector("a")?.hash === `#${section.querySelector("h2")?.id}`);

  const order = () => {
    const named = new Map(sections.map((section) => [titleOf(section), section]));
    const moved = new Set();
    if (about) sections[0].before(about); // it belongs to no phase, and stays on top
    for (const { letter, name, minutes, sections: titles } of phases) {
      const title = `${letter}  ${name}`;
      const heading = element("p", { class: "phase-mark", "data-phase-mark": letter }, title, element("span", { class: "quiet" }, ` ${minutes}`));
      const last = moved.size ? [...moved].at(-1) : null;
      if (last) last.after(heading);
      else sections[0].before(heading);
      let place = heading;
      for (const section of titles.map((/** @type {string} */ one) => named.get(one)).filter(Boolean)) {
        place.after(section);
        place = section;
        moved.add(section);
      }
      if (place === heading) moved.add(heading);
    }
    const rest = element("p", { class: "phase-mark", "data-phase-mark": "" }, "Afterwards");
    const others = sections.filter((section) => !moved.has(section));
    if (others.length) [...moved].at(-1)?.after(rest, ...others);
    list?.append(...[...(article?.querySelectorAll(":scope > section") ?? [])].map(linkOf).filter((item) => item !== undefined));
  };

  const restore = () => {
    for (const mark of document.querySelectorAll("[data-phase-mark]")) mark.remove();
    for (const { section, before } of [...usual].reverse()) section.parentNode?.insertBefore(section, before);
    list?.append(...links);
  };

  onState((state) => {
    const wanted = state.order === "clear";
    for (const link of switches) {
      link.textContent = wanted ? "Read in the usual order" : "Read in the order of an interview (CLEAR)";
      link.hash = wanted ? "order=usual" : "order=clear";
    }
    if (wanted === ordered || !phases?.length) return;
    ordered = wanted;
    if (wanted) order();
    else restore();
  });
}
