// Where a drawing stands in its stage: pure arithmetic. A style sheet fits the drawing; the camera moves it from there.
"use strict";

/** @typedef {{ scale: number, x: number, y: number }} Camera scale 1 is fitted; x and y move it, in pixels of the screen */
/** @typedef {{ left: number, top: number, width: number, height: number }} Area */

const CAMERA = {
  LEAST: 0.2, // of the drawing's own size
  MOST: 4,
  STEP: 1.35,
  IN_SIGHT: 0.25, // of the drawing, each way, that panning leaves on the stage
  FITTED: /** @type {Camera} */ ({ scale: 1, x: 0, y: 0 }),
};

/**
 * A drawing that is fitted at less than the least scale, or nearly so, may still be made half as large.
 * @param {number} own the scale at which the drawing has its own size
 */
const leastScale = (own) => Math.min(CAMERA.LEAST * own, 0.5);

/**
 * Keep a camera within its limits: a quarter of the drawing, each way, stays on the stage.
 * @param {Camera} camera
 * @param {Area} drawing as it stands when fitted, from the stage's corner
 * @param {Area} stage
 * @param {number} own the scale at which the drawing has its own size
 * @returns {Camera}
 */
function boundCamera(camera, drawing, stage, own) {
  const scale = Math.min(Math.max(camera.scale, leastScale(own)), Math.max(CAMERA.MOST * own, 1));
  /** @param {"left" | "top"} from @param {"width" | "height"} size @param {number} by */
  const bound = (from, size, by) => {
    const start = drawing[from] * scale;
    const long = drawing[size] * scale;
    const seen = Math.min(CAMERA.IN_SIGHT * long, stage[size]);
    return Math.min(Math.max(by, seen - long - start), stage[size] - seen - start);
  };
  return { scale, x: bound("left", "width", camera.x), y: bound("top", "height", camera.y) };
}

/**
 * Zoom around a point of the stage.
 * @param {Camera} camera
 * @param {number} scale
 * @param {number} x
 * @param {number} y
 * @returns {Camera}
 */
function zoomAround({ scale: was, x: dx, y: dy }, scale, x, y) {
  return { scale, x: x - ((x - dx) * scale) / was, y: y - ((y - dy) * scale) / was };
}

/**
 * Bring an area into a free part of the stage, with the smallest move that does it.
 * @param {Camera} camera
 * @param {Area} area as it stands when fitted, from the stage's corner
 * @param {Area} free
 * @param {number} own the scale at which the drawing has its own size
 * @returns {Camera}
 */
function showArea(camera, area, free, own) {
  const fits = Math.min(free.width / area.width, free.height / area.height);
  const scale = Math.min(camera.scale, Math.max(fits, leastScale(own)));
  const at = zoomAround(camera, scale, free.left + free.width / 2, free.top + free.height / 2);
  /** @param {number} by @param {"left" | "top"} from @param {"width" | "height"} size */
  const move = (by, from, size) => {
    const start = area[from] * scale + by;
    const end = start + area[size] * scale;
    if (area[size] * scale > free[size]) return by + free[from] - start;
    if (start < free[from]) return by + free[from] - start;
    return end > free[from] + free[size] ? by + free[from] + free[size] - end : by;
  };
  return { scale, x: move(at.x, "left", "width"), y: move(at.y, "top", "height") };
}

/**
 * Leave no part of an area blank that the drawing can fill; one that is smaller stays inside it.
 * @param {Camera} camera
 * @param {Area} drawing as it stands when fitted, from the stage's corner
 * @param {Area} free
 * @returns {Camera}
 */
function fillArea({ scale, x, y }, drawing, free) {
  /** @param {number} by @param {"left" | "top"} from @param {"width" | "height"} size */
  const move = (by, from, size) => {
    const least = free[from] - drawing[from] * scale;
    const room = free[size] - drawing[size] * scale;
    return Math.min(Math.max(by, least + Math.min(room, 0)), least + Math.max(room, 0));
  };
  return { scale, x: move(x, "left", "width"), y: move(y, "top", "height") };
}
