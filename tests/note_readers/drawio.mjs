// Read a draw.io file with maxGraph, the library draw.io is made of, and say what is in it. Argument: its folder.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = process.argv[2];
const { JSDOM } = createRequire(join(home, "package.json"))("jsdom");
const { window } = new JSDOM("<div id=graph></div>", { url: "http://localhost/" });
for (const name of Object.getOwnPropertyNames(window)) if (!(name in globalThis)) globalThis[name] = window[name];
globalThis.window = window;
const { Graph, ModelXmlSerializer } = await import(
  pathToFileURL(join(home, "node_modules/@maxgraph/core/lib/esm/index.js"))
);
const file = new window.DOMParser().parseFromString(readFileSync(0, "utf8"), "text/xml");
const model = new window.XMLSerializer().serializeToString(file.querySelector("mxGraphModel"));
const graph = new Graph(document.getElementById("graph"));
new ModelXmlSerializer(graph.getDataModel()).import(model);
const cells = Object.values(graph.getDataModel().cells ?? {});
const edges = cells.filter((cell) => cell.isEdge());
console.log(
  JSON.stringify({
    vertices: cells.filter((cell) => cell.isVertex()).length,
    edges: edges.map((edge) => [edge.getTerminal(true)?.getId(), edge.getTerminal(false)?.getId()]),
  }),
);
