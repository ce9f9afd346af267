"""Read what one block of a script amounts to: a graph, and what the script wants made of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.capture.assemble import assemble_graph
from archfolio.render.capture.direction import best_direction
from archfolio.render.capture.dot_parser import STRING
from archfolio.render.capture.icons import IconFinder, for_graphviz, is_temporary, kept
from archfolio.render.capture.recorder import EDGE_MARK
from archfolio.render.model.drawing import Drawing
from archfolio.render.model.graph import Graph, Wish
from archfolio.render.model.ids import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archfolio.render.base.errors import Failure
    from archfolio.render.capture.recorder import Record
    from archfolio.render.model.graph import Edge, Node


_LIBRARY_DIRECTION = "LR"
_MARK = re.compile(rf"{EDGE_MARK}=\d+")
_IMAGE_PATH = re.compile(r'imagepath="?([^"\]\s]+)')
_NAMED = re.compile(rf"\b(image|lhead|ltail)=({STRING}|[^\s\]\"<>]+)|{STRING}")


@dataclass(frozen=True, slots=True)
class Words:
    """What a view says besides what it draws, with its quotes.

    `text` puts figures into a text that stands at a line, `template` keeps what it quotes.
    """

    title: str
    caption: str
    steps: tuple[str, ...]
    text: Callable[[str, int], str]
    template: Callable[[str], str]


def read_drawing(
    record: Record, what: str, script: Path, folders: Sequence[Path], words: Words | None = None
) -> tuple[Drawing, list[Failure]]:
    """Turn a record into a drawing; also return warnings of what could not be had. `what` is "script/drawing".

    Raises NotDot.
    """
    places = [Path(record.folder), *folders]
    outputs = [(place / record.filename).parent for place in places]  # from where Graphviz itself looks
    find_icon = IconFinder(what, script, [*places, *outputs, *_image_paths(record, places)])
    parts = assemble_graph(record, find_icon)
    words = words or Words(parts.title, "", (), _as_it_is, escaped_braces)
    text, template = words.text, words.template
    nodes = tuple(_node_with_figures(node, text) for node in parts.nodes)
    edges = tuple(_edge_with_figures(edge, text) for edge in parts.edges)
    is_open = not record.is_directed and parts.rankdir == _LIBRARY_DIRECTION
    graph = Graph(
        slug=what.partition("/")[2],
        title=words.title,
        caption=text(words.caption, record.line),
        rankdir=best_direction(nodes, parts.clusters, edges) if is_open else parts.rankdir,
        nodes=nodes,
        clusters=parts.clusters,
        edges=edges,
        steps=tuple(map(template, words.steps)),
        line=record.line,
        attrs=parts.attrs,
        markup=parts.title_markup if words.title == parts.title else "",
        same_rank=parts.same_rank,
        wishes=tuple(Wish(*said) for said in record.wishes),
    )
    templates = tuple((old.id, old.label) for old, new in zip(parts.edges, edges, strict=True) if old is not new)
    drawing = Drawing(
        graph=graph,
        dot=printable(_for_graphviz(record, find_icon)),
        filename=printable(record.filename),
        templates=templates,
        caption=template(words.caption),
        roles=tuple((node.id, printable(template(node.role))) for node in parts.nodes),  # its node is blamed
        node_templates=tuple(
            (old.id, old.label) for old, new in zip(parts.nodes, nodes, strict=True) if old.label != new.label
        ),
        formats=record.formats,
    )
    return drawing, find_icon.warnings


def _node_with_figures(node: Node, text: Callable[[str, int], str]) -> Node:
    label, role = text(node.label, node.line), text(node.role, node.line)
    return node if (label, role) == (node.label, node.role) else replace(node, label=label, role=role)


def _edge_with_figures(edge: Edge, text: Callable[[str, int], str]) -> Edge:
    label = text(edge.label, edge.line)
    return edge if label == edge.label else replace(edge, label=label)


def escaped_braces(text: str) -> str:
    """Return a template that comes to a text as it stands."""
    return text.replace("{", "{{").replace("}", "}}")


def keep_template(text: str) -> str:
    """Return a template as it is."""
    return text


def _as_it_is(text: str, _: int) -> str:
    """Return a text as it is: braces mean something only beside an estimate."""
    return text


def _image_paths(record: Record, folders: Sequence[Path]) -> list[Path]:
    """List the folders of Graphviz's `imagepath`."""
    found = _IMAGE_PATH.search(record.dot)
    return [folder / part for part in re.split("[:;]", found[1]) for folder in folders] if found else []


def _for_graphviz(record: Record, find_icon: IconFinder) -> str:
    """Return DOT without our marks, that names icons where they were found and clusters as they are called here."""
    names = {note.library_name: name for name, note in reversed(record.clusters.items())}

    def value(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0]
        key, said = match[1], match[2].removeprefix('"').removesuffix('"').replace('\\"', '"')
        if key == "image":
            icon = find_icon.found.get(said)
            said = str(for_graphviz(icon)) if icon else ""
        else:
            said = names.get(said, said)
        quoted = said.replace('"', '\\"')
        return f'{key}="{quoted}"'

    unmarked = _MARK.sub("", record.dot.replace(f" {EDGE_MARK}=", f"{EDGE_MARK}="))
    return _NAMED.sub(value, unmarked).replace("[]", "")


def keep_icons(drawing: Drawing, contents: dict[Path, bytes]) -> Drawing:
    """Return a drawing whose icons will stay: those that are gone or changed are copies of what they were."""
    nodes = tuple(
        replace(node, icon=kept(node.icon, contents[node.icon])) if node.icon in contents else node
        for node in drawing.graph.nodes
    )
    return replace(drawing, graph=replace(drawing.graph, nodes=nodes))


def icon_contents(drawing: Drawing) -> dict[Path, bytes]:
    """Read the icons that may not stay."""
    return {node.icon: node.icon.read_bytes() for node in drawing.graph.nodes if node.icon and is_temporary(node.icon)}
