"""`python -m bench.engines`: lay the same graphs out with ELK, with D2 and with ours, and write the table.

    npm ci --prefix bench/engines
    python -m bench.engines --write

Wants Node. The graphs are all views of `systems/` (ours from what is recorded for them) and the reference views of
the tests (ours searched, as for a script that nobody recorded). Cards, labels and panels have our sizes everywhere.
What is unfair in the comparison, `docs/layout.md` says.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import subprocess
import sys
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from statistics import mean
from time import process_time
from typing import TYPE_CHECKING, Any

from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile
from archfolio.render.layout.effort import QUICK
from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_titles import TITLE_DROP, TITLE_INDENT
from archfolio.render.layout.quality import COMFORTABLE, FAULT_NAMES, Faults, measure
from archfolio.render.layout.route_edges import smooth
from archfolio.render.layout.search import redrawn, search
from archfolio.render.model.geometry import Box, Layout, PlacedLabel, Point, Route, Size

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.render.model.geometry import Sized
    from archfolio.render.model.graph import Graph

ROOT = Path(__file__).parents[2]
DOCUMENT = ROOT / "docs" / "layout.md"
BEGIN, END = "<!-- table of engines -->", "<!-- end of table -->"

sys.path.insert(0, str(ROOT / "tests"))
reference = import_module("reference")


@dataclass(frozen=True, slots=True)
class Laid:
    """One graph as one engine lays it out: what is wrong with it, and how long that took."""

    faults: Faults
    edges: int
    milliseconds: float


def ours(graph: Graph, record: lockfile.Recorded | None) -> Laid:
    """Lay a graph out as `archfolio` does, in one process."""
    sized = size(graph)
    begun = process_time()
    known = record and record.is_of(graph) and redrawn(sized, record.spots, held=record.held)
    placed = known or search(sized, Bundled(), QUICK)
    return Laid(placed.faults, len(sized.edges), 1000 * (process_time() - begun))


def theirs(graphs: Sequence[Sized]) -> dict[str, list[Laid | None]]:
    """Lay graphs out with the other engines; None where an engine refuses."""
    asked = [_asked(str(number), sized) for number, sized in enumerate(graphs)]
    done = subprocess.run(
        ["node", "layout.mjs"],  # noqa: S607  the one of the PATH
        cwd=Path(__file__).parent,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
        timeout=1800,
    )
    found: dict[str, list[Laid | None]] = {}
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        sized = graphs[int(answer["name"])]
        laid = None
        if "error" not in answer:
            laid = Laid(measure(sized, _layout(sized, answer)), len(sized.edges), answer["milliseconds"])
        found.setdefault(answer["engine"], []).append(laid)
    return found


def _asked(name: str, sized: Sized) -> dict[str, Any]:
    return {
        "name": name,
        "direction": sized.rankdir,
        "nodes": [
            {"id": node.id, "width": node.size.width, "height": node.size.height, "parent": node.cluster}
            for node in sized.nodes
        ],
        "panels": [
            {"id": panel.id, "width": panel.title.width, "height": panel.title.height, "parent": panel.parent}
            for panel in sized.clusters
        ],
        "edges": [
            {
                "id": edge.id,
                "tail": edge.tail,
                "head": edge.head,
                "label": edge.shapes[0].size._asdict() if edge.shapes else None,
            }
            for edge in sized.edges
        ],
    }


def _layout(sized: Sized, answer: dict[str, Any]) -> Layout:
    """Make a layout of what an engine answered, its top left at (0, 0)."""
    left = min(box[0] for box in answer["boxes"].values())
    top = min(box[1] for box in answer["boxes"].values())

    def box(numbers: Sequence[float]) -> Box:
        x0, y0, x1, y1 = numbers
        return Box(x0 - left, y0 - top, x1 - left, y1 - top)

    boxes = {name: box(numbers) for name, numbers in answer["boxes"].items()}
    titles = {}
    for panel in sized.clusters:
        x0, y0 = boxes[panel.id].x0 + TITLE_INDENT, boxes[panel.id].y0 + TITLE_DROP
        titles[panel.id] = Box(x0, y0, x0 + panel.title.width, y0 + panel.title.height)
    routes = tuple(
        Route(edge.id, smooth(tuple(Point(x - left, y - top) for x, y in answer["routes"][edge.id])))
        for edge in sized.edges
    )
    labels = tuple(
        PlacedLabel(edge.id, edge.shapes[0], box(answer["labels"][edge.id]), "middle", on_line=True)
        for edge in sized.edges
        if edge.id in answer["labels"]
    )
    reach = Size(max(one.x1 for one in boxes.values()), max(one.y1 for one in boxes.values()))
    nodes = {node.id: boxes[node.id] for node in sized.nodes}
    return Layout(reach, nodes, {panel.id: boxes[panel.id] for panel in sized.clusters}, titles, routes, labels, "")


def graphs_of_systems() -> tuple[list[Graph], list[lockfile.Recorded | None]]:
    """Return the graph of every view of every system, and what is recorded of its layout."""
    records = lockfile.load(ROOT / "systems")
    graphs, found = [], []
    for script in discover(ROOT / "systems"):
        for drawing in capture(script).drawings:
            graphs.append(drawing.graph)
            found.append(records.get(f"{script.slug}/{drawing.graph.slug}"))
    return graphs, found


def row(engine: str, laid: Iterable[Laid | None]) -> str:
    """Write a line of the table."""
    known = [one for one in laid if one is not None]

    def average(name: str) -> float:
        return mean(len(getattr(one.faults, name)) for one in known)

    misaligned = sum(len(one.faults.misaligned) for one in known) / sum(one.faults.neighbours for one in known)
    length = sum(one.faults.length for one in known) / sum(one.edges for one in known)
    readable = sum(one.faults.text >= COMFORTABLE for one in known)
    lines = ("through", "coincident", "hug")
    words = [name for name in FAULT_NAMES if name not in {*lines, "unmet", "small"}]
    return (
        f"| {engine} | {len(known)} | {average('crossings') + average('in_bicliques'):.2f} |"
        f" {average('in_bicliques'):.2f} |"
        f" {sum(map(average, lines)):.2f} | {sum(map(average, words)):.2f} |"
        f" {misaligned:.0%} | {mean(one.faults.corners for one in known):.0f} | {length:.0f} px |"
        f" {average('detours'):.2f} | {readable / len(known):.0%} | {mean(one.milliseconds for one in known):.0f} ms |"
    )


HEAD = (
    "| engine | drawings | crossings | of these, in bicliques | lines through cards, on borders, on each other |"
    " faults of labels and titles |"
    " neighbours out of line | corners | length of an edge | detours | text of 9 px on a laptop | time |"
)


def table() -> str:
    """Measure everything, and write the table."""
    parts = []
    systems, records = graphs_of_systems()
    references = list(reference.reference_graphs())
    for title, graphs, known in (
        ("All views of our systems", systems, records),
        ("The reference views, which no layout is recorded for", references, [None] * len(references)),
    ):
        parts.append(f"**{title}**\n\n{HEAD}\n{'|---' * HEAD.count(' | ')}|---|")
        parts.append(row("archfolio", [ours(graph, record) for graph, record in zip(graphs, known, strict=True)]))
        for engine, laid in theirs([size(graph) for graph in graphs]).items():
            parts.append(row(engine, laid))
        parts.append("")
    return "\n".join(parts)


def main() -> None:
    """Print the table, or write it into the document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write the table into docs/layout.md")
    asked = parser.parse_args()
    text = table()
    if asked.write:
        whole = DOCUMENT.read_text(encoding="utf-8")
        before, rest = whole.split(BEGIN)
        _, after = rest.split(END)
        today = dt.datetime.now(tz=dt.UTC).date().isoformat()
        DOCUMENT.write_text(f"{before}{BEGIN}\n\nMeasured on {today}.\n\n{text}\n{END}{after}", encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
