// Take answers along as a file, bring them back, or forget them.
"use strict";

{
  const said = /** @type {HTMLElement} */ (document.querySelector("[data-kept]"));
  const field = /** @type {HTMLInputElement} */ (document.querySelector("[data-import]"));

  document.querySelector("[data-export]")?.addEventListener("click", () => {
    const file = URL.createObjectURL(new Blob([practiceProgress.exported()], { type: "application/json" }));
    element("a", { href: file, download: `archfolio-practice-${practiceDay()}.json` }).click();
    setTimeout(() => URL.revokeObjectURL(file), 10_000);
    said.textContent = `${Object.keys(practiceProgress.now.items).length} answers are in the file.`;
  });

  field.addEventListener("change", async () => {
    const file = field.files?.[0];
    if (!file) return;
    const { fault, taken, kept } = practiceProgress.imported(await file.text());
    field.value = "";
    said.textContent = fault
      ? `“${file.name}” is not taken in: ${fault}. Nothing was changed.`
      : `${taken} answers are taken in${kept ? `; ${kept} that are as new here stay` : ""}.`;
    document.dispatchEvent(new Event("practice-changed"));
  });

  document.querySelector("[data-forget]")?.addEventListener("click", () => {
    const count = Object.keys(practiceProgress.now.items).length;
    if (!confirm(`Forget ${count} ${count === 1 ? "answer" : "answers"} and all rounds? Export them first if you may want them back.`)) return;
    practiceProgress.forget();
    said.textContent = "Everything is forgotten.";
    document.dispatchEvent(new Event("practice-changed"));
  });

  practiceProgress.load();
  said.textContent = practiceProgress.trouble;
}
