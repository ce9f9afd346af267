"""What of an author's wishes the house style cannot honour, by name, so that nothing is dropped in silence."""

from __future__ import annotations

import difflib
import math
from typing import TYPE_CHECKING

from archfolio.render.model.author import is_true, parse_inches, parse_number, style_words
from archfolio.render.model.card import has_own_size
from archfolio.render.model.colours import parse_colour
from archfolio.render.model.edge_style import is_arrow
from archfolio.render.model.font_files import is_here, parse_name
from archfolio.render.model.graph import LIKE, MEANING
from archfolio.render.model.label import is_html
from archfolio.render.model.look import CARD_RADIUS, CARD_WIDTH
from archfolio.render.model.node_style import SHAPES
from archfolio.render.model.spacing import is_drawn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.graph import Attrs, Cluster, Edge, Graph, Node

_TEXT = frozenset({"fontname", "fontsize", "fontcolor"})
_LINKS = frozenset({"URL", "href", "target", "tooltip"})
_HONOURED = {
    "graph": _TEXT
    | {"bgcolor", "pad", "labelloc", "labeljust", "dpi", "resolution", "rank", "splines"}
    | {"nodesep", "ranksep", "margin"},
    "node": _TEXT | _LINKS | {"shape", "style", "color", "fillcolor", "penwidth", "peripheries", "xlabel"},
    "edge": _TEXT
    | _LINKS
    | {"labeltooltip", "edgetooltip"}
    | {"color", "style", "penwidth", "arrowhead", "arrowtail", "arrowsize", "headlabel", "taillabel"}
    | {"lhead", "ltail"}
    | {"labelfontname", "labelfontsize", "labelfontcolor"},
    "cluster": _TEXT
    | _LINKS
    | {"bgcolor", "style", "color", "fillcolor", "pencolor", "penwidth", "peripheries", "labeljust"},
}
# What is a drawing's, and which Graphviz ignores elsewhere.
_OF_DRAWINGS = frozenset({"nodesep", "ranksep", "rankdir", "splines", "pad", "direction", "layout"})
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
    )
    | _OF_DRAWINGS,
    "edge": frozenset(
        {"comment", "labelfloat", "nojustify", "decorate", "labelangle", "labeldistance", "key", "layer", "len"}
        | {"fillcolor", "headclip", "tailclip", "class", LIKE}
    )
    | _OF_DRAWINGS,
    "cluster": frozenset({"shape", "rank", "margin", "comment", "ordering", "compound", "sortv", "area", "orientation"})
    | _OF_DRAWINGS,
}
_SPLINES = frozenset({"curved", "spline", "true", "polyline", "ortho", "compound"})
_NUMBERS = frozenset({"penwidth", "fontsize", "labelfontsize", "peripheries", "arrowsize", "dpi", "resolution"})
_ALL_STYLES = frozenset({"filled", "rounded", "solid", "dashed", "dotted", "bold", "invis", "invisible", "radial"})
_STYLES = {"node": _ALL_STYLES | {"wedged"}, "edge": _ALL_STYLES | {"dash-dot"}, "cluster": _ALL_STYLES | {"striped"}}
_ENGINES = frozenset({"neato", "fdp", "sfdp", "circo", "twopi", "osage", "patchwork"})
_COLOURS = frozenset({"color", "fillcolor", "bgcolor", "pencolor", "fontcolor", "labelfontcolor"})

# What no sort above has, and Graphviz draws by: the rest of graphviz.org/doc/info/attrs.html.
_OTHERS = (
    *("Damping", "K", "bb", "beautify", "cluster", "clusterrank", "colorscheme", "concentrate", "constraint"),
    *("defaultdist", "dim", "dimen", "dir", "diredgeconstraints", "distortion", "edgeURL", "edgehref", "edgetarget"),
    *("esep", "gradientangle", "headURL", "head_lp", "headhref", "headport", "headtarget", "headtooltip", "height"),
    *("id", "image", "imagepos", "inputscale", "label", "labelURL", "label_scheme", "labelhref", "labeltarget"),
    *("landscape", "layerlistsep", "layerselect", "layersep", "levels", "levelsgap", "lheight", "linelength", "lp"),
    *("lwidth", "maxiter", "mindist", "minlen", "notranslate", "oneblock", "overlap_scaling", "overlap_shrink"),
    *("page", "pagedir", "pin", "pos", "quadtree", "quantum", "radius", "ratio", "rects", "repulsiveforce", "rotate"),
    *("rotation", "samehead", "sametail", "samplepoints", "scale", "sep", "shapefile", "showboxes", "sides", "size"),
    *("skew", "smoothing", "stylesheet", "tailURL", "tail_lp", "tailhref", "tailport", "tailtarget", "tailtooltip"),
    *("vertices", "viewport", "voro_margin", "weight", "width", "xdotversion", "xlp"),
)
_GRAPHVIZ = frozenset[str]().union(_OTHERS, *_HONOURED.values(), *_MECHANICS.values())


def needs_graphviz(graph: Graph) -> bool:
    """Return whether an author wants places that only Graphviz gives: it draws then, in the library's look."""
    attrs = dict(graph.attrs)
    return attrs.get("layout", "").lower() in _ENGINES or any("pos" in dict(node.attrs) for node in graph.nodes)


def not_honoured(graph: Graph) -> tuple[str, ...]:
    """List what the house style does not honour, each once: "graph ranksep", "edge headport", "font Impact"."""
    return tuple(dict.fromkeys(wish for _, wish in unhonoured_parts(graph)))


def unhonoured_parts(graph: Graph) -> Iterator[tuple[Graph | Cluster | Node | Edge, str]]:
    """Find each part that asks for what the house style does not honour, and what that is: "node shape 'starr'"."""
    yield from ((graph, wish) for wish in _of("graph", graph.attrs))
    for cluster in graph.clusters:
        yield from ((cluster, wish) for wish in _of("cluster", cluster.attrs))
    for node in graph.nodes:
        yield from ((node, wish) for wish in _of_node(node))
    for edge in graph.edges:
        yield from ((edge, wish) for wish in _of("edge", edge.attrs))


def fix_for(wish: str) -> str:
    """Return what to do about a wish that is not honoured: write the name that is meant, correct it, leave it out."""
    sort, _, name = wish.partition(" ")
    if name in _GRAPHVIZ:
        return "leave it out"
    near = difflib.get_close_matches(name, _HONOURED.get(sort, frozenset()) | {"label", "width", "height"}, n=1)
    return f"write '{near[0]}', or leave it out" if near and " " not in name else "correct it, or leave it out"


def _of_node(node: Node) -> Iterator[str]:
    for wish in _of("node", node.attrs):
        is_size = wish in ("node width", "node height")
        if (is_size and has_own_size(node)) or (node.icon is None and (is_size or wish == "node labelloc")):
            continue
        yield wish
    if is_html(node.markup) and "border=" in node.markup.lower() and "<td" in node.markup.lower():
        yield "node HTML table borders"


def _of(sort: str, attrs: Attrs) -> Iterator[str]:
    known = _HONOURED[sort] | _MECHANICS[sort]
    for key, value in attrs:
        if not value or _is_usual(sort, key, value):
            continue
        if key not in known:
            yield f"{sort} {key}"
        elif not _can_be_read(sort, key, value):
            yield f"{sort} {key} '{value}'"
        elif key.endswith("fontname") and not is_here(parse_name(value).family):
            yield f"the font '{value}', which this machine does not have"
        elif key in ("bgcolor", "fillcolor") and ":" in value:
            yield f"{sort} gradient"


def _is_usual(sort: str, key: str, value: str) -> bool:
    """Return whether a value asks for what is drawn anyway."""
    match sort, key:
        case "cluster", "labelloc":
            return value[:1].lower() == "t"
        case "edge", "headport" | "tailport":
            return value.strip().lower() in ("c", "_")  # the middle of a node, or any side of it
        case "graph", "concentrate":
            return not is_true(value)
    return False


def _can_be_read(sort: str, key: str, value: str) -> bool:
    """Return whether a value is one that is drawn: a colour, a number, a shape that we have."""
    is_readable = True
    match sort, key:
        case _, key if key in _COLOURS:
            is_readable = parse_colour(value) is not None
        case _, key if key in _NUMBERS:
            is_readable = not math.isnan(parse_number({key: value}, key, math.nan))
        case "graph", "pad" | "margin":
            is_readable = parse_inches({key: value}, key) is not None
        case "graph", "nodesep" | "ranksep":
            is_readable = is_drawn(key, value)
        case "graph", "splines":
            is_readable = value.strip().lower() in _SPLINES
        case "node", "shape":
            is_readable = value.strip().lower() in SHAPES
        case "edge", "arrowhead" | "arrowtail":
            is_readable = is_arrow(value)
        case "edge", "lhead" | "ltail":  # what names a cluster at that end is none of the edge's attributes
            is_readable = False
        case "node" | "edge" | "cluster", "style":
            is_readable = style_words({key: value}) <= _STYLES[sort]
    return is_readable
