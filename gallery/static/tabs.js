// Sections that stand one below the other without script become tabs: `<div data-tabs="Label">`.
"use strict";

{
  let count = 0;

  /** @param {HTMLElement} group */
  const makeTabs = (group) => {
    const panels = /** @type {HTMLElement[]} */ ([...group.children]);
    const list = element("div", { class: "tabs", role: "tablist", "aria-label": group.dataset.tabs ?? "" });
    const tabs = panels.map((panel) => {
      const id = `tab-${++count}`;
      const heading = /** @type {HTMLElement} */ (panel.querySelector("h4"));
      panel.id = `${id}-panel`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", id);
      heading.hidden = true;
      const tab = element("button", { type: "button", role: "tab", id, "aria-controls": panel.id });
      tab.textContent = heading.textContent;
      list.append(tab);
      return tab;
    });

    // The first few are tabs, the rest a list; what was last chosen anywhere is chosen here too.
    const FEW = Number(group.dataset.few || tabs.length);
    const rest = tabs.slice(FEW);
    const more = /** @type {HTMLSelectElement} */ (element("select", { "aria-label": "More" }, element("option", { value: "" }, "More \u2026")));
    for (const tab of rest) {
      const panel = panels[tabs.indexOf(tab)];
      panel.removeAttribute("aria-labelledby");
      panel.setAttribute("aria-label", tab.textContent ?? "");
      tab.remove();
      more.append(element("option", { value: tab.id }, tab.textContent ?? ""));
    }
    const KEPT = `archfolio-${group.dataset.tabs}`;
    const kept = (/** @type {string} */ name) => {
      try {
        if (name) localStorage.setItem(KEPT, name);
        return localStorage.getItem(KEPT) ?? "";
      } catch {
        return "";
      }
    };

    /** @param {number} chosen */
    const choose = (chosen) => {
      more.value = chosen >= FEW ? tabs[chosen].id : "";
      more.classList.toggle("chosen", chosen >= FEW);
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen || (chosen >= FEW && index === 0) ? 0 : -1;
        panels[index].hidden = index !== chosen;
      });
    };
    const keep = (/** @type {number} */ chosen) => {
      choose(chosen);
      kept(tabs[chosen].textContent ?? "");
    };
    tabs.forEach((tab, index) => tab.addEventListener("click", () => keep(index)));
    more.addEventListener("change", () => more.value && keep(tabs.findIndex((tab) => tab.id === more.value)));
    list.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = (tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + FEW) % FEW;
      keep(next);
      tabs[next].focus();
    });
    group.prepend(list);
    if (rest.length) list.after(more);
    choose(Math.max(0, tabs.findIndex((tab) => tab.textContent === kept(""))));
  };

  for (const group of document.querySelectorAll("[data-tabs]")) makeTabs(/** @type {HTMLElement} */ (group));
}
