// A mock interview is played turn by turn: what is said is marked, and the board shows what had been drawn by then.
"use strict";

{
  const { drawn } = pageData("mock-data");
  const place = /** @type {HTMLElement} */ (document.querySelector("[data-mock]"));
  const drawing = /** @type {SVGSVGElement} */ (place.querySelector("svg.archfolio"));
  const turns = /** @type {HTMLElement[]} */ ([...place.querySelectorAll(".turns > li")]);
  const clock = /** @type {HTMLElement} */ (place.querySelector("[data-clock]"));
  const says = /** @type {HTMLElement} */ (place.querySelector("[data-board-says]"));
  const edges = /** @type {SVGElement[]} */ ([...drawing.querySelectorAll(".edge[data-edge]")]);
  let at = -1;

  /** The step in which each part is first drawn: a box with its first arrow, a group with its first box. */
  const born = new Map();
  for (const arrow of edges) {
    const step = Number(arrow.dataset.step ?? 0);
    const { edge, tail, head } = endsOf(arrow);
    born.set(edge, step);
    for (const end of [tail, head]) born.set(end, Math.min(born.get(end) ?? Infinity, step));
  }
  for (const group of drawing.querySelectorAll(".cluster[data-cluster]")) {
    const id = /** @type {SVGElement} */ (group).dataset.cluster ?? "";
    const inside = [...born].filter(([part]) => part?.startsWith(`${id}.`)).map(([, step]) => step);
    born.set(id, Math.min(born.get(id) ?? Infinity, ...inside));
  }

  /** @param {number} step */
  const draw = (step) => {
    for (const part of drawing.querySelectorAll(".node, .edge, .label, .cluster")) {
      const { node, edge, cluster } = /** @type {SVGElement} */ (part).dataset;
      const since = born.get(node ?? edge ?? cluster) ?? 0;
      part.classList.toggle("unborn", since > step);
      part.classList.toggle("new", since === step && step > 0);
    }
  };

  /** Bring what was drawn last into the middle of the board, where the board is smaller than its drawing. */
  const follow = () => {
    const board = /** @type {HTMLElement} */ (drawing.parentElement);
    const boxes = [...drawing.querySelectorAll(".node.new")].map((box) => box.getBoundingClientRect());
    if (!boxes.length) return;
    const frame = board.getBoundingClientRect();
    const middle = (/** @type {number} */ from, /** @type {number} */ to) => (from + to) / 2;
    const x = middle(Math.min(...boxes.map((box) => box.left)), Math.max(...boxes.map((box) => box.right)));
    const y = middle(Math.min(...boxes.map((box) => box.top)), Math.max(...boxes.map((box) => box.bottom)));
    board.scrollBy(x - middle(frame.left, frame.right), y - middle(frame.top, frame.bottom));
  };

  /** @param {number} turn */
  const show = (turn) => {
    at = Math.min(Math.max(turn, 0), turns.length - 1);
    turns.forEach((item, index) => {
      if (index === at) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    draw(drawn[at]);
    follow();
    const item = turns[at];
    clock.textContent = item.querySelector(".clock")?.textContent ?? "";
    const step = item.querySelector(".sketch")?.lastChild?.textContent ?? "";
    says.textContent = step || `${item.querySelector(".who")?.lastChild?.textContent?.trim() ?? ""} speaks`;
    const { top, bottom } = item.getBoundingClientRect();
    if (top < 80 || bottom > innerHeight - 20) item.scrollIntoView({ block: "center" });
  };

  const all = () => {
    at = turns.length;
    for (const item of turns) item.removeAttribute("aria-current");
    for (const part of drawing.querySelectorAll(".unborn, .new")) part.classList.remove("unborn", "new");
    clock.textContent = "45:00";
    says.textContent = "The whole board";
  };

  for (const [name, act] of /** @type {[string, () => void][]} */ ([
    ["previous", () => show(at - 1)],
    ["next", () => show(at + 1)],
    ["all", all],
  ])) {
    place.querySelector(`[data-turn="${name}"]`)?.addEventListener("click", act);
  }
  onKey("ArrowRight", () => show(at + 1));
  onKey("ArrowLeft", () => show(at - 1));
  turns.forEach((item, index) => item.addEventListener("click", () => show(index)));
  const named = turns.findIndex((item) => `#${item.id}` === location.hash);
  if (named >= 0) show(named);
  else all();
  at = named;
}
