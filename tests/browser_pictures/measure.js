/* Read what a browser makes of drawings: where each text, card, panel, ground and line is, in px from the top left. */

const STEP = 2; // px between the points read of a line

/** Take the box of an element from its own coordinates to the drawing's. */
function box(element) {
  const own = element.getBBox();
  const { a, d, e, f } = element.getCTM();
  return [own.x * a + e, own.y * d + f, (own.x + own.width) * a + e, (own.y + own.height) * d + f];
}

/** Follow a line. Its arrow heads are part of it: their tips are where it begins and ends. */
function points(path, heads) {
  const { e, f } = path.getCTM();
  const length = path.getTotalLength();
  const count = Math.max(2, Math.ceil(length / STEP));
  const along = Array.from({ length: count + 1 }, (_, step) => path.getPointAtLength((length * step) / count));
  for (const head of heads) {
    const tip = head.points[0];
    const far = (point) => Math.hypot(point.x - tip.x, point.y - tip.y);
    if (far(along[0]) < far(along.at(-1))) along.unshift(tip);
    else along.push(tip);
  }
  return along.map((point) => [point.x + e, point.y + f]);
}

function text(element, role, owner) {
  const { fontSize, fontWeight } = getComputedStyle(element);
  return {
    role: TAB.test(element.textContent) ? "tab" : role,
    owner,
    text: element.textContent,
    size: parseFloat(fontSize),
    weight: Number(fontWeight),
    width: element.getComputedTextLength(),
    box: box(element),
  };
}

/** The tab that says what became of a card stands on its border; the legend shows its sign. */
const TAB = /^[+~\u00d7]( (added|changed|removed))?$/;

const texts = (group, role, owner) => [...group.querySelectorAll("text")].map((each) => text(each, role, owner));
const first = (group, shape) => box(group.querySelector(shape));

function geometry(svg) {
  const all = (name) => [...svg.querySelectorAll(`g.${name}`)];
  const [nodes, clusters, labels] = [all("node"), all("cluster"), all("label")];
  return {
    size: [svg.width.baseVal.value, svg.height.baseVal.value],
    cards: Object.fromEntries(nodes.map((group) => [group.dataset.node, first(group, "rect")])),
    panels: Object.fromEntries(clusters.map((group) => [group.dataset.cluster, first(group, "rect")])),
    grounds: Object.fromEntries(
      labels.filter((group) => group.querySelector("rect")).map((group) => [group.dataset.edge, first(group, "rect")]),
    ),
    texts: [
      ...nodes.flatMap((group) => texts(group, "card", group.dataset.node)),
      ...clusters.flatMap((group) => texts(group, "title", group.dataset.cluster)),
      ...labels.flatMap((group) => texts(group, "label", group.dataset.edge)),
      ...all("head").flatMap((group) => texts(group, "head", "")),
      ...all("legend").flatMap((group) => texts(group, "legend", "")),
    ],
    lines: all("edge").map((group) => ({
      edge: group.dataset.edge,
      ends: [group.dataset.tail, group.dataset.head],
      points: points(group.querySelector("path"), group.querySelectorAll("polygon")),
    })),
  };
}

/** Show one drawing in the page, with the font that it brings, and read it. */
window.read = async (svg) => {
  document.body.innerHTML = svg;
  const drawing = document.body.querySelector("svg");
  drawing.getBoundingClientRect(); // asks for the fonts
  await Promise.all([...document.fonts].map((face) => face.load()));
  return geometry(drawing);
};
