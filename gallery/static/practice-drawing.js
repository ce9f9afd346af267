// The drawing beside a question. What is to be found out is not in the page until it is answered.
"use strict";

/**
 * Put a drawing into a place.
 * @param {HTMLElement} place
 * @param {Drawing} drawing
 * @param {{ hidden?: string, marked?: string }} wanted
 * @returns {() => void} shows what was hidden
 */
function showDrawing(place, drawing, { hidden = "", marked = "" }) {
  const { title, picture, sprite } = makeDrawing(drawing, practicePage.root);
  const box = [...picture.querySelectorAll("g.node")].find((node) => node.getAttribute("data-node") === (hidden || marked));
  const whole = box?.cloneNode(true);
  const name = hidden ? `${title}, with one box hidden` : title;
  picture.setAttribute("aria-label", `Drawing: ${name}`);
  picture.setAttribute("role", "img");
  box?.classList.add("asked-about");
  if (box && hidden) hideContents(box);
  const frame = element("div", { class: "practice-drawing", tabindex: "0", role: "region", "aria-label": name });
  frame.append(sprite, picture);
  place.append(frame);
  centre(frame, box);
  return () => {
    if (!hidden || !box || !whole) return;
    /** @type {Element} */ (whole).classList.add("asked-about");
    box.replaceWith(whole);
    picture.setAttribute("aria-label", `Drawing: ${title}`);
    frame.setAttribute("aria-label", title);
  };
}

/**
 * Take what a box says out of the page, and leave a question mark.
 * @param {Element} box
 */
function hideContents(box) {
  for (const part of box.querySelectorAll("text, image, use, a, title")) part.remove();
  for (const part of [...box.querySelectorAll("rect, path, g")].slice(1)) part.remove();
  const outline = box.querySelector("rect, path");
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  const [x, y, width, height] = ["x", "y", "width", "height"].map((side) => Number(outline?.getAttribute(side) ?? 0));
  text.setAttribute("x", String(x + width / 2));
  text.setAttribute("y", String(y + height / 2 + 8));
  text.setAttribute("text-anchor", "middle");
  text.setAttribute("class", "question-mark");
  text.textContent = "?";
  box.append(text);
}

/**
 * Bring a box into the middle of a frame that is narrower than its drawing.
 * @param {HTMLElement} frame
 * @param {Element | undefined} box
 */
function centre(frame, box) {
  if (!box) return;
  const [outer, inner] = [frame.getBoundingClientRect(), box.getBoundingClientRect()];
  frame.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  frame.scrollTop += inner.top + inner.height / 2 - outer.top - outer.height / 2;
}
