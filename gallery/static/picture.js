// The drawing as it stands on the page, as a picture: to the clipboard, or saved where a link cannot.
"use strict";

{
  const DENSITY = 2; // device pixels a CSS pixel
  const SCRIPT = /** @type {HTMLScriptElement} */ (document.currentScript).src;

  /** @param {Blob} blob @returns {Promise<string>} */
  const dataUrl = (blob) =>
    new Promise((resolve) => {
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve(String(reader.result)));
      reader.readAsDataURL(blob);
    });

  /** The fonts of the page, whole; from disk they cannot be read, and texts are then fitted to their width. */
  const fontStyle = async () => {
    const rules = [...document.styleSheets].flatMap((sheet) => {
      try {
        return [...sheet.cssRules].filter((rule) => rule instanceof CSSFontFaceRule && rule.cssText.includes("woff2"));
      } catch {
        return [];
      }
    });
    const written = rules.map(async (rule) => {
      const address = /url\("?([^")]+)"?\)/.exec(rule.cssText)?.[1] ?? "";
      const base = rule.parentStyleSheet?.href ?? location.href;
      const font = await fetch(new URL(address, base)).then((answer) => answer.blob());
      return rule.cssText.replace(/url\([^)]+\)/, `url(${await dataUrl(font)})`);
    });
    return Promise.all(written).then((texts) => texts.join(""), () => "");
  };

  /** @type {Promise<Record<string, string>> | undefined} */
  let icons;

  /** The icons of the site as data, by id: a picture must hold its own, and from disk a script is all that can be read. */
  const loadIcons = () =>
    (icons ??= new Promise((resolve) => {
      const script = element("script", { src: new URL("icons.js", SCRIPT).href });
      Reflect.set(window, "takeIcons", resolve);
      script.addEventListener("error", () => resolve({}));
      document.head.append(script);
    }));

  /**
   * Write a drawing of the page as a file of its own, in the theme that is on.
   * @param {SVGSVGElement} drawing
   * @returns {Promise<{ text: string, width: number, height: number }>}
   */
  const ownSvg = async (drawing) => {
    const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
    const { width, height } = drawing.viewBox.baseVal;
    const fonts = location.protocol === "file:" ? "" : await fontStyle();
    copy.classList.remove("tracing");
    copy.setAttribute("width", String(width));
    copy.setAttribute("height", String(height));
    copy.style.colorScheme = getComputedStyle(document.body).colorScheme.includes(" ")
      ? matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
      : getComputedStyle(document.body).colorScheme;
    if (!fonts) {
      const [shown, texts] = [drawing, copy].map((svg) => /** @type {SVGTextElement[]} */ ([...svg.querySelectorAll("text")]));
      texts.forEach((text, index) => {
        const long = shown[index].getComputedTextLength();
        if (long) text.setAttribute("textLength", String(long));
        text.setAttribute("lengthAdjust", "spacingAndGlyphs");
      });
    }
    const shared = [...document.querySelectorAll(".sprite style")].map((style) => style.textContent).join("");
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = `${shared}${fonts}`;
    const used = new Set([...copy.querySelectorAll("use")].map((use) => (use.getAttribute("xlink:href") ?? use.getAttribute("href") ?? "").slice(1)));
    const defs = document.createElementNS("http://www.w3.org/2000/svg", "defs");
    for (const icon of document.querySelectorAll(".sprite [id]")) if (used.has(icon.id)) defs.append(icon.cloneNode(true));
    const files = [...defs.querySelectorAll("image")].filter((icon) => !icon.getAttribute("xlink:href")?.startsWith("data:"));
    const data = files.length ? await loadIcons() : {};
    for (const icon of files) icon.setAttribute("xlink:href", data[icon.id] ?? "");
    copy.prepend(style, defs);
    return { text: new XMLSerializer().serializeToString(copy), width, height };
  };

  /**
   * @param {SVGSVGElement} drawing
   * @returns {Promise<Blob>}
   */
  const png = async (drawing) => {
    const { text, width, height } = await ownSvg(drawing);
    const image = new Image();
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * DENSITY, height * DENSITY];
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("no picture"))), "image/png"));
  };

  for (const view of viewSections()) {
    const drawing = /** @type {SVGSVGElement} */ (view.querySelector("svg.archfolio"));
    const said = /** @type {HTMLElement} */ (view.querySelector("[data-said]"));
    const button = /** @type {HTMLElement} */ (view.querySelector("[data-copy-picture]"));
    button.hidden = !("ClipboardItem" in window) || !navigator.clipboard;
    button.addEventListener("click", async () => {
      const label = "Copy picture";
      try {
        await navigator.clipboard.write([new ClipboardItem({ "image/png": png(drawing) })]);
        button.textContent = "Copied";
      } catch {
        button.textContent = "Not allowed";
      }
      said.textContent = button.textContent === "Copied" ? "The picture is on the clipboard" : "The browser does not allow it";
      setTimeout(() => (button.textContent = label), 2000);
    });

    // From disk a browser opens what it should save.
    if (location.protocol !== "file:") continue;
    for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (view.querySelectorAll("a[download]"))) {
      const format = /\.(svg|png)$/.exec(link.pathname)?.[1];
      if (!format) {
        link.target = "_blank";
        continue;
      }
      link.addEventListener("click", async (event) => {
        event.preventDefault();
        const blob = format === "png" ? await png(drawing) : new Blob([(await ownSvg(drawing)).text], { type: "image/svg+xml" });
        const address = URL.createObjectURL(blob);
        element("a", { href: address, download: link.pathname.split("/").pop() ?? "" }).click();
        setTimeout(() => URL.revokeObjectURL(address), 10_000);
      });
    }
  }
}
