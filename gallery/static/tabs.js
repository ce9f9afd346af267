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

    /** @param {number} chosen */
    const choose = (chosen) => {
      tabs.forEach((tab, index) => {
        tab.setAttribute("aria-selected", String(index === chosen));
        tab.tabIndex = index === chosen ? 0 : -1;
        panels[index].hidden = index !== chosen;
      });
    };
    tabs.forEach((tab, index) => tab.addEventListener("click", () => choose(index)));
    list.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      if (!step) return;
      event.preventDefault();
      const next = (tabs.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + tabs.length) % tabs.length;
      choose(next);
      tabs[next].focus();
    });
    group.prepend(list);
    choose(0);
  };

  for (const group of document.querySelectorAll("[data-tabs]")) makeTabs(/** @type {HTMLElement} */ (group));
}
