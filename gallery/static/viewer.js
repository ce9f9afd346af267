// Pan, zoom and full screen. The page's own scroll is never taken: the wheel zooms with Ctrl only.
"use strict";

{
  const STEP = 0.35;
  const MOST = 8;

  /**
   * @typedef {{ zoomIn(o?: object): void, zoomOut(o?: object): void, reset(o?: object): void, getScale(): number,
   *   zoomWithWheel(e: WheelEvent, o?: object): void, setOptions(o: object): void,
   *   zoomToPoint(scale: number, at: { clientX: number, clientY: number }, o?: object): void }} Zoom
   */

  /**
   * @param {HTMLElement} viewer
   * @returns {Zoom | undefined}
   */
  const makeZoom = (viewer) => {
    const make = /** @type {((e: HTMLElement, o: object) => Zoom) | undefined} */ (Reflect.get(window, "Panzoom"));
    const stage = /** @type {HTMLElement} */ (viewer.querySelector(".stage"));
    const canvas = /** @type {HTMLElement} */ (viewer.querySelector(".canvas"));
    if (!make) return undefined;
    const zoom = make(canvas, {
      minScale: 1,
      maxScale: MOST,
      step: STEP,
      animate: false,
      panOnlyWhenZoomed: true,
      cursor: "",
      overflow: "",
      touchAction: "pan-x pan-y",
      handleStartEvent: (/** @type {Event} */ event) => {
        if (zoom.getScale() > 1) event.preventDefault();
      },
    });
    const follow = () => {
      const zoomed = zoom.getScale() > 1.001;
      stage.classList.toggle("zoomed", zoomed);
      zoom.setOptions({ touchAction: zoomed ? "none" : "pan-x pan-y" });
    };
    canvas.addEventListener("panzoomchange", follow);
    stage.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        zoom.zoomWithWheel(event, { animate: false });
        if (zoom.getScale() <= 1.001) zoom.reset({ animate: false });
      },
      { passive: false },
    );
    stage.addEventListener("dblclick", (event) => {
      const scale = zoom.getScale() * (event.shiftKey ? 1 / 1.6 : 1.6);
      if (scale <= 1.001) zoom.reset({ animate: false });
      else zoom.zoomToPoint(scale, event, { animate: false });
    });
    return zoom;
  };

  /** @param {HTMLElement} viewer */
  const toggleFull = (viewer) => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (viewer.classList.contains("full")) showFull(viewer, false);
    else if (viewer.requestFullscreen) viewer.requestFullscreen().catch(() => showFull(viewer, true));
    else showFull(viewer, true);
  };

  /**
   * @param {HTMLElement} viewer
   * @param {boolean} full
   */
  const showFull = (viewer, full) => viewer.classList.toggle("full", full);

  /** @type {Map<HTMLElement, (what: string) => void>} */
  const controls = new Map();

  for (const found of document.querySelectorAll("[data-viewer]")) {
    const viewer = /** @type {HTMLElement} */ (found);
    const svg = viewer.querySelector("svg.archfolio");
    const box = /** @type {SVGSVGElement} */ (svg).viewBox.baseVal;
    viewer.style.setProperty("--ratio", String(box.width / box.height));
    const zoom = makeZoom(viewer);
    /** @param {string} what */
    const control = (what) => {
      if (what === "full") toggleFull(viewer);
      if (what === "in") zoom?.zoomIn({ animate: false });
      if (what === "out") zoom?.zoomOut({ animate: false });
      if (what === "fit" || (zoom && zoom.getScale() <= 1.001)) zoom?.reset({ animate: false });
    };
    controls.set(viewer, control);
    for (const button of viewer.querySelectorAll("[data-zoom]")) {
      const tool = /** @type {HTMLElement} */ (button);
      tool.hidden = !zoom;
      tool.addEventListener("click", () => control(tool.dataset.zoom ?? ""));
    }
    const full = /** @type {HTMLElement} */ (viewer.querySelector("[data-full]"));
    full.addEventListener("click", () => control("full"));
    new MutationObserver(() => mark(viewer, full)).observe(viewer, { attributeFilter: ["class"] });
    document.addEventListener("fullscreenchange", () => mark(viewer, full));
  }

  /**
   * @param {HTMLElement} viewer
   * @param {HTMLElement} button
   */
  function mark(viewer, button) {
    const full = document.fullscreenElement === viewer || viewer.classList.contains("full");
    button.setAttribute("aria-pressed", String(full));
  }

  for (const [key, what] of [["+", "in"], ["=", "in"], ["-", "out"], ["0", "fit"], ["f", "full"]]) {
    onKey(key, () => {
      for (const [viewer, control] of controls) if (viewer.offsetParent) control(what);
    });
  }
}
