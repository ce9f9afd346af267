// Pan, zoom and full screen. The page's own scroll is never taken: the wheel zooms with Ctrl, one finger scrolls on.
"use strict";

/** @type {WeakMap<Element, { show(parts: Element[], near?: boolean): void, fit(): void }>} the viewer of each view */
const viewers = new WeakMap();

{
  const drawings = /** @type {HTMLElement} */ (document.querySelector(".drawings"));
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const READABLE = 0.8; // of a drawing's own size
  const DRAG = 6; // pixels from which a press is no click

  const isFull = () => document.fullscreenElement === drawings || drawings.classList.contains("full");

  const toggleFull = () => {
    const inPlace = (/** @type {boolean} */ full) => {
      drawings.classList.toggle("full", full);
      markFull();
    };
    if (document.fullscreenElement) document.exitFullscreen();
    else if (drawings.classList.contains("full")) inPlace(false);
    else if (drawings.requestFullscreen) drawings.requestFullscreen().catch(() => inPlace(true));
    else inPlace(true);
  };

  const markFull = () => {
    for (const button of document.querySelectorAll("[data-full]")) button.setAttribute("aria-pressed", String(isFull()));
  };

  /** @param {HTMLElement} view */
  const makeViewer = (view) => {
    const stage = /** @type {HTMLElement} */ (view.querySelector(".stage"));
    const canvas = /** @type {HTMLElement} */ (view.querySelector(".canvas"));
    const svg = /** @type {SVGSVGElement} */ (view.querySelector("svg.archfolio"));
    const overlays = /** @type {HTMLElement[]} */ ([...view.querySelectorAll("[data-overlay]")]);
    const share = /** @type {HTMLElement} */ (view.querySelector("[data-scale]"));
    let camera = CAMERA.FITTED;

    /** The fitted drawing, from the stage's corner, and the scale at which it has its own size. */
    const fitted = () => {
      const box = svg.viewBox.baseVal;
      const [wide, high] = [svg.clientWidth || 1, svg.clientHeight || 1];
      const fit = Math.min(wide / box.width, high / box.height);
      const [width, height] = [box.width * fit, box.height * fit];
      const left = (stage.clientWidth - width) / 2;
      const top = (stage.clientHeight - height) / 2;
      return { drawing: { left, top, width, height }, own: 1 / fit };
    };

    /** The stage, from its own corner, without what lies over it. */
    const freeArea = () => {
      const frame = stage.getBoundingClientRect();
      let [left, top, right, bottom] = [frame.left, Math.max(frame.top, 0), frame.right, Math.min(frame.bottom, innerHeight)];
      for (const overlay of overlays.filter((each) => !each.hidden)) {
        const over = overlay.getBoundingClientRect();
        if (over.width > frame.width * 0.7) bottom = Math.min(bottom, over.top);
        else if (over.left + over.width / 2 > frame.left + frame.width / 2) right = Math.min(right, over.left);
        else left = Math.max(left, over.right);
      }
      const gap = 12;
      const size = (/** @type {number} */ from, /** @type {number} */ to) => Math.max(to - from - 2 * gap, 40);
      return { left: left - frame.left + gap, top: top - frame.top + gap, width: size(left, right), height: size(top, bottom) };
    };

    /** @param {Camera} wanted @param {boolean} [smooth] */
    const move = (wanted, smooth = false) => {
      const { drawing, own } = fitted();
      const area = { left: 0, top: 0, width: stage.clientWidth, height: stage.clientHeight };
      camera = boundCamera(wanted, drawing, area, own);
      canvas.classList.toggle("smooth", smooth && !still.matches);
      canvas.style.transform =
        camera.scale === 1 && !camera.x && !camera.y ? "" : `translate(${camera.x}px, ${camera.y}px) scale(${camera.scale})`;
      share.textContent = `${Math.round((camera.scale / own) * 100)}\u202f%`;
    };

    /** @param {number} scale @param {{ clientX: number, clientY: number }} [at] */
    const zoom = (scale, at) => {
      const { drawing, own } = fitted();
      const frame = stage.getBoundingClientRect();
      const bounded = boundCamera({ ...camera, scale }, drawing, frame, own).scale;
      const [x, y] = at ? [at.clientX - frame.left, at.clientY - frame.top] : [frame.width / 2, frame.height / 2];
      move(zoomAround(camera, bounded, x, y));
    };

    /**
     * Bring parts of the drawing into the free part of the stage.
     * @param {Element[]} parts
     * @param {boolean} [near] so near that they can be read, if they fit
     */
    const show = (parts, near = false) => {
      if (!parts.length || !stage.clientWidth) return;
      const canvasBox = canvas.getBoundingClientRect();
      const drawn = canvasBox.width / (canvas.offsetWidth || 1); // as it stands, even on its way
      const boxes = parts.map((part) => part.getBoundingClientRect());
      const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
      const [right, bottom] = [Math.max(...boxes.map((box) => box.right)), Math.max(...boxes.map((box) => box.bottom))];
      const area = {
        left: (left - canvasBox.left) / drawn,
        top: (top - canvasBox.top) / drawn,
        width: (right - left) / drawn,
        height: (bottom - top) / drawn,
      };
      const [free, { drawing, own }] = [freeArea(), fitted()];
      const fits = Math.min(free.width / area.width, free.height / area.height);
      const from = near ? { ...camera, scale: Math.max(camera.scale, Math.min(fits, READABLE * own)) } : camera;
      const middle = zoomAround(camera, from.scale, free.left + free.width / 2, free.top + free.height / 2);
      const seen = showArea(middle, area, free, own);
      move(from.scale > camera.scale ? fillArea(seen, drawing, free) : seen, true);
    };

    const control = (/** @type {string} */ what) => {
      if (what === "in") zoom(camera.scale * CAMERA.STEP);
      if (what === "out") zoom(camera.scale / CAMERA.STEP);
      if (what === "fit") move(CAMERA.FITTED);
      if (what === "own") zoom(fitted().own);
    };

    for (const button of /** @type {NodeListOf<HTMLElement>} */ (view.querySelectorAll("[data-zoom]"))) {
      button.addEventListener("click", () => control(button.dataset.zoom ?? ""));
    }
    view.querySelector("[data-full]")?.addEventListener("click", toggleFull);
    new ResizeObserver(() => move(camera)).observe(stage);

    stage.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey && !isFull()) return;
        event.preventDefault();
        zoom(camera.scale * Math.exp(-Math.max(-120, Math.min(120, event.deltaY)) / (event.ctrlKey ? 160 : 400)), event);
      },
      { passive: false },
    );
    stage.addEventListener("dblclick", (event) => zoom(camera.scale * (event.shiftKey ? 1 / 1.6 : 1.6), event));

    // A mouse or a pen drags, from a box or from blank paper.
    stage.addEventListener("pointerdown", (event) => {
      if (event.pointerType === "touch" || event.button) return;
      const from = { ...camera };
      let dragged = false;
      const follow = (/** @type {PointerEvent} */ now) => {
        const [dx, dy] = [now.clientX - event.clientX, now.clientY - event.clientY];
        if (!dragged && Math.hypot(dx, dy) < DRAG) return;
        if (!dragged) stage.setPointerCapture(event.pointerId);
        dragged = true;
        stage.classList.add("dragging");
        move({ ...from, x: from.x + dx, y: from.y + dy });
      };
      const end = () => {
        stage.removeEventListener("pointermove", follow);
        stage.classList.remove("dragging");
      };
      stage.addEventListener("pointermove", follow);
      stage.addEventListener("pointerup", end, { once: true });
      stage.addEventListener("pointercancel", end, { once: true });
    });
    stage.addEventListener("dragstart", (event) => event.preventDefault());

    // Two fingers pan and pinch; on a full screen, where there is no page to scroll, one finger pans.
    /** @type {{ x: number, y: number, spread: number } | undefined} */
    let grip;
    const gripOf = (/** @type {TouchList} */ touches) => {
      const [one, other = one] = touches;
      return {
        x: (one.clientX + other.clientX) / 2,
        y: (one.clientY + other.clientY) / 2,
        spread: Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1,
      };
    };
    const fingers = (/** @type {TouchEvent} */ event) => event.touches.length >= 2 || (event.touches.length === 1 && isFull());
    stage.addEventListener("touchstart", (event) => (grip = fingers(event) ? gripOf(event.touches) : undefined), { passive: true });
    stage.addEventListener(
      "touchmove",
      (event) => {
        if (!fingers(event)) return;
        event.preventDefault();
        const now = gripOf(event.touches);
        if (grip && event.touches.length >= 2) zoom((camera.scale * now.spread) / grip.spread, { clientX: now.x, clientY: now.y });
        if (grip) move({ ...camera, x: camera.x + now.x - grip.x, y: camera.y + now.y - grip.y });
        grip = now;
      },
      { passive: false },
    );
    stage.addEventListener("touchend", (event) => (grip = fingers(event) ? gripOf(event.touches) : undefined));

    viewers.set(view, { show, fit: () => move(CAMERA.FITTED, true) });
    return control;
  };

  /** @type {Map<HTMLElement, (what: string) => void>} */
  const controls = new Map();
  for (const view of viewSections()) controls.set(view, makeViewer(view));

  for (const [key, what] of [["+", "in"], ["=", "in"], ["-", "out"], ["0", "fit"]]) {
    onKey(key, () => {
      for (const [view, control] of controls) if (!view.hidden) control(what);
    });
  }
  onKey("f", toggleFull);
  document.addEventListener("fullscreenchange", markFull);

  /** The style sheet guesses what stands above the drawing, and that its tabs fit beside the buttons; here it is measured. */
  const measure = () => {
    const tabs = /** @type {HTMLElement | null} */ (document.querySelector(".drawings > .view-links"));
    tabs?.parentElement?.classList.remove("crowded");
    tabs?.parentElement?.classList.toggle("crowded", tabs.scrollWidth > tabs.clientWidth);
    const viewer = /** @type {HTMLElement | null} */ (document.querySelector(".view:not([hidden]) .viewer"));
    if (!viewer || isFull()) return;
    const above = Math.round(viewer.getBoundingClientRect().top + scrollY);
    document.documentElement.style.setProperty("--above", `${above}px`);
  };
  onState(measure);
  addEventListener("resize", measure);
  document.fonts.ready.then(measure); // another font has other widths
}
