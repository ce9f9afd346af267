// The inputs of the estimate as fields in its table, and the key ones as sliders in the viewer.
"use strict";

{
  const { inputs, figures } = estimate;
  const sections = [...document.querySelectorAll("[data-estimate]")]; // a building block has one for each calculator
  const THIN = "\u202f";

  /** @param {Quantity} input */
  const valueOf = (input) => estimate.changes.get(input.name) ?? input.value;

  /** @param {Quantity} input @param {number} value */
  const put = (input, value) => estimate.change(estimate.changes.set(input.name, value));

  /** @param {Quantity} input @param {number} value */
  const inWords = (input, value) => {
    const counted = input.unit.split("/")[0].trim();
    const shown = figureShown(value, input.unit);
    return shown === figureNumber(value, input.unit) && counted ? `${shown} ${input.unit}` : shown;
  };

  if (sections.length && inputs.length) {
    sections.forEach(makeFields);
    makeSliders();
  }

  /** @param {Element} section @param {number} number */
  function makeFields(section, number) {
    const reset = /** @type {HTMLButtonElement} */ (section.querySelector("[data-reset]"));
    const said = /** @type {HTMLElement} */ (section.querySelector("[data-changed]"));
    /** @type {Map<Quantity, { field: HTMLInputElement, reading: HTMLElement }>} */
    const fields = new Map();

    for (const input of inputs) {
      const cell = section.querySelector(`[data-row="${CSS.escape(input.name)}"] [data-value]`);
      if (!cell) continue;
      const id = `reading-${number}-${input.name}`;
      const field = /** @type {HTMLInputElement} */ (
        element("input", {
          type: "text", inputmode: "text", autocomplete: "off", spellcheck: "false",
          value: writeFigure(input.value, input.unit), "aria-label": input.label, "aria-describedby": id,
        })
      );
      const reading = element("span", { class: "reading", id, role: "status" });
      field.addEventListener("input", () => {
        const read = readFigure(field.value, input);
        const reason = read.reason || estimate.objection(estimate.changes.set(input.name, read.value));
        field.setAttribute("aria-invalid", String(Boolean(reason)));
        reading.classList.toggle("refused", Boolean(reason));
        reading.textContent = reason || `= ${inWords(input, read.value)}`;
        if (!reason) put(input, read.value);
      });
      field.addEventListener("blur", () => {
        field.value = writeFigure(valueOf(input), input.unit);
        field.setAttribute("aria-invalid", "false");
        reading.textContent = "";
      });
      fields.set(input, { field, reading });
      cell.prepend(field, element("span", { class: "unit" }, input.unit), reading);
      cell.querySelector(".figure")?.classList.add("beside-field");
    }

    reset.addEventListener("click", () => {
      estimate.change(new Map());
      fields.values().next().value?.field.focus();
    });
    estimate.onChange(() => {
      const count = figures.filter((figure) => figure.formula && estimate.now.get(figure.name)?.changed).length;
      reset.disabled = estimate.changes.size === 0;
      said.textContent = estimate.changes.size ? `${count} computed ${count === 1 ? "figure" : "figures"} changed` : "";
      for (const [input, { field }] of fields) {
        field.classList.toggle("changed", estimate.changes.has(input.name));
        if (document.activeElement !== field) field.value = writeFigure(valueOf(input), input.unit);
      }
    });
  }

  function makeSliders() {
    const STEPS = 200;
    const keys = /** @type {Quantity[]} */ (
      estimate.data.keyInputs.map((/** @type {string} */ name) => inputs.find((input) => input.name === name)).filter(Boolean)
    );
    if (!keys.length) return;

    /** How far a slider goes: a share from nothing to all, what is rarer and all else from a hundredth to a hundred times. */
    const scaleOf = (/** @type {Quantity} */ input) =>
      leadingSign(input.unit) === "%" && input.value >= 5 && input.value <= 100
        ? { at: (/** @type {number} */ value) => (value / 100) * STEPS, value: (/** @type {number} */ at) => (at / STEPS) * 100 }
        : {
            at: (/** @type {number} */ value) => ((Math.log10(value / input.value) + 2) / 4) * STEPS,
            value: (/** @type {number} */ at) => (at === STEPS / 2 ? input.value : Number(Math.min(input.value * 10 ** ((at / STEPS) * 4 - 2), mostOf(input)).toPrecision(2))),
          };
    const mostOf = (/** @type {Quantity} */ input) => (leadingSign(input.unit) === "%" && input.value <= 100 ? 100 : Infinity);

    for (const view of viewSections()) {
      const panel = /** @type {HTMLElement} */ (view.querySelector("[data-lever-panel]"));
      const button = /** @type {HTMLElement} */ (view.querySelector("[data-levers]"));
      const close = element("button", { type: "button", "aria-label": "Close" }, "×");
      const open = (/** @type {boolean} */ shown) => {
        panel.hidden = !shown;
        button.setAttribute("aria-expanded", String(shown));
        if (shown) viewers.get(view)?.show([...view.querySelectorAll(".node")]);
        else viewers.get(view)?.fit();
        (shown ? /** @type {HTMLElement | null} */ (panel.querySelector("input")) : button)?.focus({ preventScroll: true });
      };
      button.hidden = false;
      button.addEventListener("click", () => open(panel.hidden));
      close.addEventListener("click", () => open(false));
      panel.addEventListener("keydown", (event) => {
        if (event.key === "Escape") open(false);
      });

      const sliders = keys.filter((input) => input.value > 0).map((input) => {
        const { at, value } = scaleOf(input);
        const slider = /** @type {HTMLInputElement} */ (
          element("input", { type: "range", min: "0", max: String(STEPS), step: "1", "aria-label": input.label })
        );
        const shown = element("output", {});
        slider.addEventListener("input", () => {
          const wanted = value(Number(slider.value));
          if (!estimate.objection(estimate.changes.set(input.name, wanted))) put(input, wanted);
        });
        const follow = () => {
          const current = valueOf(input);
          slider.value = String(Math.round(at(current)));
          slider.setAttribute("aria-valuetext", inWords(input, current));
          shown.textContent = figureShown(current, input.unit);
          shown.classList.toggle("changed", estimate.changes.has(input.name));
        };
        estimate.onChange(follow);
        return element("label", { class: "lever" }, element("span", {}, input.label), shown, slider);
      });

      const [load] = keys;
      const preset = (/** @type {string} */ text, /** @type {Map<string, number>} */ changes) => {
        const made = element("button", { type: "button", class: "plain" }, text);
        made.addEventListener("click", () => estimate.change(changes));
        return made;
      };
      const all = element("a", { href: "#estimate" }, "All inputs");
      panel.append(
        element("header", {}, element("h4", {}, "What if"), close),
        ...sliders,
        element(
          "p", { class: "presets" },
          preset("Published", new Map()),
          preset(`10${THIN}×`, new Map([[load.name, load.value * 10]])),
          preset(`Launch, 1${THIN}%`, new Map([[load.name, load.value / 100]])),
        ),
        element("p", { class: "quiet" }, `10${THIN}× and launch change “${load.label}”. `, all),
      );
    }
  }
}
