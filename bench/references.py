"""The same drawings by the ways that are there without us: plain `diagrams` scripts, and the `dot` program alone."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.capture.module import capture
from archfolio.render.layout.ends import ends
from archfolio.render.layout.measure import size

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archfolio.render.capture.discover import Script
    from archfolio.render.model.graph import Graph, Node
    from bench.measure import Command

_OWN_ICONS = ("concept.", "custom.", "own.")  # components that are no class of the library


@dataclass(frozen=True, slots=True)
class References:
    """Programs that draw every view once, as PNG and SVG."""

    scripts: tuple[Command, ...]  # one plain script a view, each in a Python of its own
    dots: tuple[Command, ...]  # Graphviz alone, on the library's own DOT


def references(modules: Iterable[Script], folder: Path) -> References:
    """Write a plain script and a DOT file for each view of some modules."""
    scripts: list[Command] = []
    dots: list[Command] = []
    here = os.getcwd()  # noqa: PTH109  capture changes the folder: we go back
    for script in modules:
        drawings = capture(script).drawings
        os.chdir(here)  # a module runs in its own folder
        for drawing in drawings:
            stem = folder / f"{script.slug}-{drawing.graph.slug}"
            plain, dot = stem.with_suffix(".py"), stem.with_suffix(".dot")
            plain.write_text(plain_script(drawing.graph, stem), encoding="utf-8")
            dot.write_text(drawing.dot, encoding="utf-8")
            scripts.append((sys.executable, str(plain)))
            dots.append(("dot", "-Tpng", "-o", f"{stem}.bare.png", "-Tsvg", "-o", f"{stem}.bare.svg", str(dot)))
    return References(tuple(scripts), tuple(dots))


def plain_script(graph: Graph, stem: Path) -> str:
    """Write the script that a user of the library would have for this drawing."""
    classes = {tuple(node.component.rsplit(".", 1)) for node in graph.nodes if not _has_own_icon(node)}
    head = (
        f"with Diagram({graph.title!r}, filename={str(stem)!r}, outformat=['png', 'svg'],"
        f" direction={graph.rankdir!r}, show=False):"
    )
    lines = [
        "from diagrams import Cluster, Diagram, Edge",
        "from diagrams.custom import Custom",
        *(f"from diagrams.{module} import {name}" for module, name in sorted(classes)),
        head,
        *_level(graph, None, 1),
        *_edges(graph),
    ]
    return "\n".join(lines) + "\n"


def _has_own_icon(node: Node) -> bool:
    return node.component.startswith(_OWN_ICONS)


def _level(graph: Graph, parent: str | None, depth: int) -> Iterator[str]:
    indent = "    " * depth
    for number, node in enumerate(graph.nodes):
        if node.cluster == parent:
            made = f"Custom({node.label!r}, {str(node.icon)!r})"
            if not _has_own_icon(node):
                made = f"{node.component.rsplit('.', 1)[1]}({node.label!r})"
            yield f"{indent}n{number} = {made}"
    for cluster in graph.clusters:
        if cluster.parent == parent:
            yield f"{indent}with Cluster({cluster.label!r}):"
            yield from _level(graph, cluster.id, depth + 1)
            yield f"{indent}    pass"


def _edges(graph: Graph) -> Iterator[str]:
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    for edge, (tail, head) in zip(graph.edges, ends(size(graph)), strict=True):
        yield f"    {names[tail]} >> Edge(label={edge.label!r}) >> {names[head]}"
