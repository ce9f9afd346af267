// Compile D2 text with D2's own compiler, and say what it understood: node d2.mjs FOLDER < TEXT
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const library = join(process.argv[2], "node_modules/@terrastruct/d2/dist/node-esm/index.js");
const { D2 } = await import(pathToFileURL(library));
const d2 = new D2();
const { diagram, renderOptions } = await d2.compile(readFileSync(0, "utf8"), { layout: "dagre" });
const svg = await d2.render(diagram, renderOptions);
console.log(
  JSON.stringify({
    shapes: diagram.shapes.map((shape) => [shape.id, shape.label]),
    edges: diagram.connections.map((edge) => [edge.src, edge.dst, edge.label, edge.stroke]),
    svg: svg.startsWith("<?xml") || svg.includes("<svg"),
  }),
);
process.exit(0);
