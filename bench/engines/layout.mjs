// Lay graphs out with ELK and with D2: JSON graphs from stdin, one placement a graph and engine to stdout.
//
// A graph is {name, direction, nodes: [{id, width, height, parent}], panels: [{id, width, height, parent}],
// edges: [{id, tail, head, label: {width, height} | null}]}; a placement is {boxes: {id: [x0, y0, x1, y1]},
// routes: {id: [[x, y], ...]}, labels: {id: [x0, y0, x1, y1]}, milliseconds}.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";
import ELK from "elkjs/lib/elk.bundled.js";

const STRIP = 28; // px of a panel's title, as ours
const d2 = new D2();
const elk = new ELK();

function nested(graph, make) {
  const children = (parent) => [
    ...graph.panels.filter((panel) => panel.parent === parent).map((panel) => make(panel, children(panel.id))),
    ...graph.nodes.filter((node) => node.parent === parent).map((node) => make(node)),
  ];
  return children(null);
}

async function withElk(graph) {
  const root = {
    id: "root",
    layoutOptions: {
      "elk.algorithm": "layered",
      "elk.direction": graph.direction === "LR" ? "RIGHT" : "DOWN",
      "elk.hierarchyHandling": "INCLUDE_CHILDREN",
      "elk.edgeRouting": "ORTHOGONAL",
      "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
      "elk.edgeLabels.inline": "true",
    },
    children: nested(graph, (part, children) => children === undefined
      ? { id: part.id, width: part.width, height: part.height }
      : {
          id: part.id,
          layoutOptions: {
            "elk.padding": `[top=${STRIP + 16},left=16,bottom=16,right=16]`,
            "elk.nodeSize.constraints": "MINIMUM_SIZE",
            "elk.nodeSize.minimum": `(${part.width + 36}, ${STRIP})`,
          },
          children,
        }),
    edges: graph.edges.map((edge) => ({
      id: edge.id,
      sources: [edge.tail],
      targets: [edge.head],
      labels: edge.label ? [{ text: "x", width: edge.label.width, height: edge.label.height }] : [],
    })),
  };
  const begun = performance.now();
  const placed = await elk.layout(root);
  const milliseconds = performance.now() - begun;
  const boxes = {};
  const origins = { root: [0, 0] };
  const walk = (parts, x, y) => {
    for (const part of parts) {
      const at = [x + part.x, y + part.y];
      origins[part.id] = at;
      boxes[part.id] = [...at, at[0] + part.width, at[1] + part.height];
      walk(part.children ?? [], ...at);
    }
  };
  walk(placed.children, 0, 0);
  const routes = {};
  const labels = {};
  for (const edge of placed.edges) {
    const [x, y] = origins[edge.container ?? "root"];
    const section = edge.sections[0];
    routes[edge.id] = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map((at) => [x + at.x, y + at.y]);
    for (const label of edge.labels ?? []) labels[edge.id] = [x + label.x, y + label.y, x + label.x + label.width, y + label.y + label.height];
  }
  return { boxes, routes, labels, milliseconds };
}

async function withD2(graph) {
  const path = {};
  const write = (parts, prefix) => parts.map(({ part, children }) => {
    path[part.id] = `${prefix}${part.id}`;
    const inside = children === undefined ? `width: ${part.width}; height: ${part.height}` : `\n${write(children, `${path[part.id]}.`)}\n`;
    return `${part.id}: "${"n".repeat(Math.max(1, Math.round(part.width / 14)))}" { ${inside} }`;
  }).join("\n");
  const shapes = write(nested(graph, (part, children) => ({ part, children })), "");
  const arrows = graph.edges.map((edge) => `${path[edge.tail]} -> ${path[edge.head]}`
    + (edge.label ? `: ${"n".repeat(Math.max(1, Math.round(edge.label.width / 8)))}` : ""));
  const text = `direction: ${graph.direction === "LR" ? "right" : "down"}\n${shapes}\n${arrows.join("\n")}\n`;
  const begun = performance.now();
  const { diagram } = await d2.compile(text, { layout: "elk" });
  const milliseconds = performance.now() - begun;
  const short = Object.fromEntries(Object.entries(path).map(([id, whole]) => [whole, id]));
  const boxes = {};
  for (const shape of diagram.shapes) {
    const { x, y } = shape.pos;
    boxes[short[shape.id]] = [x, y, x + shape.width, y + shape.height];
  }
  const routes = {};
  const labels = {};
  diagram.connections.forEach((connection, at) => {
    const { id, label } = graph.edges[at];
    routes[id] = connection.route.map((point) => [point.x, point.y]);
    if (label) labels[id] = around(routes[id], label);
  });
  return { boxes, routes, labels, milliseconds };
}

/** D2 writes a label over the middle of its line. */
function around(route, { width, height }) {
  const lengths = route.slice(1).map((point, at) => Math.hypot(point[0] - route[at][0], point[1] - route[at][1]));
  let left = lengths.reduce((sum, length) => sum + length, 0) / 2;
  let at = 0;
  while (at < lengths.length - 1 && left > lengths[at]) left -= lengths[at++];
  const share = lengths[at] ? left / lengths[at] : 0;
  const [x, y] = [0, 1].map((axis) => route[at][axis] + share * (route[at + 1][axis] - route[at][axis]));
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}

const graphs = JSON.parse(readFileSync(0, "utf8"));
for (const graph of graphs) {
  for (const [engine, layout] of [["ELK", withElk], ["D2 with ELK", withD2]]) {
    let placement;
    try {
      placement = await layout(graph);
    } catch (error) {
      placement = { error: String(error.message ?? error).split("\n")[0] };
    }
    process.stdout.write(`${JSON.stringify({ name: graph.name, engine, ...placement })}\n`);
  }
}
process.exit(0);
