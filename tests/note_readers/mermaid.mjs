// Read Mermaid text as Mermaid does, and say what is in it. Argument: a folder with mermaid and jsdom in node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const home = process.argv[2];
const { JSDOM } = createRequire(join(home, "package.json"))("jsdom");
globalThis.window = new JSDOM("").window;
globalThis.document = window.document;
const { default: mermaid } = await import(pathToFileURL(join(home, "node_modules/mermaid/dist/mermaid.core.mjs")));
const text = readFileSync(0, "utf8");
await mermaid.parse(text);
const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
const texts = [...db.getVertices().values()].map((vertex) => vertex.text);
console.log(JSON.stringify({ edges: db.getEdges().length, groups: db.getSubGraphs().length, texts }));
