"""How a cluster and the page are drawn, from what their author set."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.author import INCH, parse_inches, parse_number, style_words, text_style
from archfolio.render.model.colours import ground, ink_on, line, parse_colour
from archfolio.render.model.font import Weight
from archfolio.render.model.label import RichLabel, is_html, plain_label, read_label
from archfolio.render.model.node_style import DASHES, node_style
from archfolio.render.model.rich_text import POINTS, TextLine, TextStyle, broken, replace_size

if TYPE_CHECKING:
    from archfolio.render.model.graph import Cluster, Graph
    from archfolio.render.model.style import Colour

_LIBRARY_SIZE = 12.0  # points of the library's cluster titles
_LIBRARY_TITLE = 15.0  # points of its titles of drawings
_OF_NAMES, _OF_WIDTH, _LARGEST_TITLE = 2.0, 1 / 16, 40.0  # how large letters of the title of a drawing may be, in px
_LONGEST_TITLE = 640.0  # px of its lines, over a small drawing
_TURNS = {"curved": 44.0, "spline": 44.0, "true": 44.0, "polyline": 0.0}  # px, by `splines`
_PAD = (8.0, 144.0)  # px of margin that an author may ask for
_LIBRARY_PAD = 2.0  # inches around the library's drawings


@dataclass(frozen=True, slots=True)
class ClusterLook:
    """How a cluster is drawn. A fill of None is that of its depth."""

    fill: Colour | None
    border: Colour
    width: float
    dashes: tuple[float, ...]
    is_double: bool
    title: TextStyle
    justify: str  # "l", "c" or "r"


@cache
def cluster_style(cluster: Cluster) -> ClusterLook:
    """Return how a cluster is drawn."""
    attrs = dict(cluster.attrs)
    words = style_words(attrs)
    colour = attrs.get("color", "")
    said = attrs.get("bgcolor", "")
    if "filled" in words or "radial" in words or "striped" in words:
        said = attrs.get("fillcolor", "") or colour or said or "lightgrey"
    fill = ground(said) if said else None
    stroke = line(attrs.get("pencolor", "") or colour) if attrs.get("pencolor") or colour else None
    pen = parse_number(attrs, "penwidth", 2.0 if "bold" in words else 1.0)
    is_hidden = "invis" in words or "invisible" in words
    no_frame = is_hidden or pen == 0 or parse_number(attrs, "peripheries", 1) == 0
    title = text_style(TextStyle(style.DETAIL_SIZE, Weight.SEMIBOLD), attrs, _LIBRARY_SIZE)
    return ClusterLook(
        fill=style.NOTHING if is_hidden else fill,
        border=style.NOTHING if no_frame else stroke or style.PANEL_BORDER,
        width=min(pen, 8.0),
        dashes=next((DASHES[word] for word in sorted(words) if word in DASHES), ()),
        is_double=parse_number(attrs, "peripheries", 1) >= 2,  # noqa: PLR2004  two lines
        title=title,
        justify=attrs.get("labeljust", "l")[:1].lower() or "l",
    )


@cache
def title_lines(cluster: Cluster) -> tuple[TextLine, ...]:
    """Return the title of a cluster, each line as its author broke it."""
    return broken(_said(cluster.markup, cluster.label), cluster_style(cluster).title)


@dataclass(frozen=True, slots=True)
class PageLook:
    """How the page of a drawing is drawn."""

    ground: Colour
    title: TextStyle
    ink: Colour
    muted: Colour
    justify: str  # of the title: "l", "c" or "r"
    is_title_below: bool
    margin: float
    scale: float  # of the PNG, from the resolution that the author asks for
    turn: float | None  # px that the turns of lines take on either side, where the author wishes for others than ours


@cache
def page_style(graph: Graph) -> PageLook:
    """Return how the page is drawn."""
    attrs = dict(graph.attrs)
    said = attrs.get("bgcolor", "")
    under = style.GROUND
    if said and parse_colour(said) not in (None, style.GROUND.light):
        under = ground(said) or style.GROUND
    title = text_style(TextStyle(style.TITLE_SIZE, Weight.SEMIBOLD), attrs, _LIBRARY_TITLE)
    ink, muted = ink_on(under)
    return PageLook(
        ground=under,
        title=title,
        ink=ink,
        muted=muted,
        justify=attrs.get("labeljust", "l")[:1].lower() or "l",
        is_title_below=attrs.get("labelloc", "")[:1].lower() == "b",
        margin=_page_margin(attrs),
        turn=_TURNS.get(attrs.get("splines", "").lower()),
        scale=min(max(parse_number(attrs, "dpi", parse_number(attrs, "resolution", 96.0)) / 96.0, 0.5), 4.0),
    )


def _page_margin(attrs: dict[str, str]) -> float:
    """Return the px around a drawing: Graphviz adds `margin` to `pad`, of which the library has two inches."""
    pad, more = parse_inches(attrs, "pad"), parse_inches(attrs, "margin") or 0.0
    if pad is None and not more:
        return style.MARGIN
    if pad is None:
        pad = _LIBRARY_PAD if more < 0 else 0.0  # they are far more than ours: only who takes from them speaks of them
    return min(max((pad + more) * INCH, _PAD[0]), _PAD[1])


def page_title(graph: Graph, width: float) -> tuple[TextLine, ...]:
    """Return the title of a drawing so many px wide, which it may be wider than: only what is very long is broken.

    Letters are as large as its author wants, up to a size beyond which they would be what is seen of a drawing.
    """
    names = max((node_style(node).name.size for node in graph.nodes), default=style.NAME_SIZE)
    largest = max(_OF_NAMES * names, min(_OF_WIDTH * width, _LARGEST_TITLE))
    label, base = _said(graph.markup, graph.title), page_style(graph).title
    lines = tuple(
        replace(said, spans=tuple(replace(span, size=min(span.size, largest / POINTS)) for span in said.spans))
        for said in label.lines
    )
    return broken(RichLabel(lines), replace_size(base, min(base.size, largest)), max(width, _LONGEST_TITLE))


def _said(markup: str, plain: str) -> RichLabel:
    return read_label(markup) if is_html(markup) else plain_label(plain)
