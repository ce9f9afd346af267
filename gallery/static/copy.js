// A button that copies, under every `<pre data-copy>`.
"use strict";

{
  /**
   * @param {Element} source
   * @returns {Promise<boolean>}
   */
  const copy = async (source) => {
    try {
      await navigator.clipboard.writeText(source.textContent ?? "");
      return true;
    } catch {
      getSelection()?.selectAllChildren(source);
      return document.execCommand("copy");
    }
  };

  for (const source of document.querySelectorAll("pre[data-copy]")) {
    const button = element("button", { type: "button", class: "copy" }, "Copy");
    const said = element("span", { role: "status", class: "quiet" });
    button.addEventListener("click", async () => {
      said.textContent = (await copy(source)) ? " Copied" : " Selected: copy it with the keyboard";
    });
    source.after(button, said);
  }
}
