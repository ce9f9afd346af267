"""What of an author's wishes the house style cannot honour, by name, so that nothing is dropped in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.model.colours import parse_colour
from archfolio.render.model.font_files import is_here, parse_name
from archfolio.render.model.graph import LIKE, MEANING
from archfolio.render.model.label import is_html
from archfolio.render.model.look import CARD_RADIUS, CARD_WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.graph import Attrs, Graph

_TEXT = frozenset({"fontname", "fontsize", "fontcolor"})
_LINKS = frozenset({"URL", "href", "target", "tooltip"})
_HONOURED = {
    "graph": _TEXT | {"bgcolor", "pad", "labelloc", "labeljust", "dpi", "resolution", "rank", "splines"},
    "node": _TEXT | _LINKS | {"shape", "style", "color", "fillcolor", "penwidth", "peripheries", "xlabel"},
    "edge": _TEXT
    | _LINKS
    | {"labeltooltip", "edgetooltip"}
    | {"color", "style", "penwidth", "arrowhead", "arrowtail", "arrowsize", "headlabel", "taillabel"}
    | {"labelfontname", "labelfontsize", "labelfontcolor"},
    "cluster": _TEXT
    | _LINKS
    | {"bgcolor", "style", "color", "fillcolor", "pencolor", "penwidth", "peripheries", "labeljust"},
}
# What tells Graphviz how to go about it, and has no meaning where it does not draw.
_MECHANICS = {
    "graph": frozenset(
        {
            "compound",
            "newrank",
            "forcelabels",
            "overlap",
            "outputorder",
            "charset",
            "imagepath",
            "fontnames",
            "fontpath",
        }
        | {
            "remincross",
            "nslimit",
            "nslimit1",
            "mclimit",
            "searchsize",
            "comment",
            "layout",
            "center",
            "layers",
            "root",
        }
        | {
            "truecolor",
            "model",
            "mode",
            "start",
            "epsilon",
            "pack",
            "packmode",
            "normalize",
            "ordering",
            "style",
            "shape",
        }
        | {"strict", "penwidth", "color", "fillcolor"}  # which Graphviz ignores there
    ),
    "node": frozenset(
        {"fixedsize", "imagescale", "comment", "group", "ordering", "margin", "nojustify", "z", "layer", "regular"}
        | {"class", "provider", MEANING, CARD_RADIUS, CARD_WIDTH}
    ),
    "edge": frozenset(
        {"comment", "labelfloat", "nojustify", "decorate", "labelangle", "labeldistance", "key", "layer", "len"}
        | {"fillcolor", "headclip", "tailclip", "class", LIKE}
    ),
    "cluster": frozenset(
        {"shape", "rank", "margin", "comment", "ordering", "compound", "sortv", "area", "nodesep", "ranksep", "splines"}
        | {"rankdir", "pad", "direction", "layout"}  # which Graphviz ignores there
    ),
}
_NO_SPLINES = frozenset({"line", "false", "none", "no"})
_ENGINES = frozenset({"neato", "fdp", "sfdp", "circo", "twopi", "osage", "patchwork"})
_COLOURS = frozenset({"color", "fillcolor", "bgcolor", "pencolor", "fontcolor", "labelfontcolor"})


def needs_graphviz(graph: Graph) -> bool:
    """Return whether an author wants places that only Graphviz gives: it draws then, in the library's look."""
    attrs = dict(graph.attrs)
    return attrs.get("layout", "").lower() in _ENGINES or any("pos" in dict(node.attrs) for node in graph.nodes)


def not_honoured(graph: Graph) -> tuple[str, ...]:
    """List what the house style does not honour, each once: "graph ranksep", "edge headport", "font Impact"."""
    return tuple(dict.fromkeys(_wishes(graph)))


def _wishes(graph: Graph) -> Iterator[str]:
    yield from _of("graph", graph.attrs)
    for cluster in graph.clusters:
        yield from _of("cluster", cluster.attrs)
    for node in graph.nodes:
        for wish in _of("node", node.attrs):
            if not (wish in ("node width", "node height", "node labelloc") and node.icon is None):
                yield wish
        if is_html(node.markup) and "border=" in node.markup.lower() and "<td" in node.markup.lower():
            yield "node HTML table borders"
    for edge in graph.edges:
        yield from _of("edge", edge.attrs)


def _of(sort: str, attrs: Attrs) -> Iterator[str]:
    known = _HONOURED[sort] | _MECHANICS[sort]
    for key, value in attrs:
        if not value or (sort, key, value[:1].lower()) == ("cluster", "labelloc", "t"):  # where it stands anyway
            continue
        if key not in known or (key == "splines" and value.lower() in _NO_SPLINES):
            yield f"{sort} {key}"
        elif key in _COLOURS and parse_colour(value) is None:
            yield f"{sort} {key} '{value}'"
        elif key.endswith("fontname") and not is_here(parse_name(value).family):
            yield f"the font '{value}', which this machine does not have"
        elif key in ("bgcolor", "fillcolor") and ":" in value:
            yield f"{sort} gradient"
