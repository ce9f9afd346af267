"""How an edge is drawn: as its kind is, with what its author set."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.author import parse_number, style_words, text_style
from archfolio.render.model.colours import line, text
from archfolio.render.model.graph import Direction, Revision
from archfolio.render.model.label import is_html, plain_label, read_label
from archfolio.render.model.rich_text import TextLine, TextStyle, broken, run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.model.graph import Attrs, Edge, Kind
    from archfolio.render.model.style import Colour

_LIBRARY_SIZE = 13.0  # points of the library's edge labels
_BOLD_WIDTH = 2.4  # px
_WIDTHS = (0.3, 12.0)  # px that a line may have
_HEAD_SCALES = (0.3, 4.0)  # that an author may give
_HEAD_GROWTHS = (1.0, 3.0)  # of a head with the width of its line
_POINTS_BACK = (Direction.BACK, Direction.BOTH)
_POINTS_FORWARD = (Direction.FORWARD, Direction.BOTH)
_END_SIZE = 0.92  # of a label at an end, of the label in the middle
_DASHES: dict[str, tuple[float, ...]] = {
    "dashed": (7, 4),
    "dotted": (1.5, 3.5),
    "solid": (),
    "dash-dot": (6, 2.5, 1.5, 2.5),
}
_OLD_HEADS = {  # names that Graphviz keeps for old drawings
    "empty": "onormal",
    "open": "vee",
    "halfopen": "lvee",
    "invempty": "oinv",
    "ediamond": "odiamond",
    "invdot": "invdot",
    "invodot": "invodot",
}
_HEADS = re.compile(r"(o?)([lr]?)(normal|inv|dot|box|diamond|vee|tee|crow|curve|icurve|none)")


@dataclass(frozen=True, slots=True)
class ArrowHead:
    """One sign at the end of an edge."""

    shape: str  # normal, inv, dot, box, diamond, vee, tee, crow, none ...
    is_hollow: bool = False


@dataclass(frozen=True, slots=True)
class EdgeLook:
    """How one edge is drawn."""

    line: Colour
    second: Colour | None  # of a line of two colours
    width: float
    dashes: tuple[float, ...]
    tail: tuple[ArrowHead, ...]  # from the node on
    head: tuple[ArrowHead, ...]
    scale: float  # of the heads
    label: TextStyle
    ink: Colour  # of the label, where its style has no colour of its own
    ends: TextStyle  # of the labels at its ends


def is_invisible(edge: Edge) -> bool:
    """Return whether an author made an edge invisible: some push nodes about with such edges."""
    words = style_words(dict(edge.attrs))
    return "invis" in words or "invisible" in words


def edge_style(edge: Edge) -> EdgeLook:
    """Return how an edge is drawn."""
    return _look(edge.base, edge.direction, edge.revision, edge.attrs)


@cache
def _look(base: Kind, direction: Direction, revision: Revision, said_of_it: Attrs) -> EdgeLook:
    """Return how edges of a kind are drawn of which the same is said: most of a drawing."""
    attrs, kind = dict(said_of_it), style.EDGES[base]
    words = style_words(attrs)
    said = [part for part in attrs.get("color", "").split(":") if part.strip()]
    is_removed = revision is Revision.REMOVED
    label = text_style(TextStyle(style.DETAIL_SIZE, strike=is_removed), attrs, _LIBRARY_SIZE)
    width = parse_number(attrs, "penwidth", _BOLD_WIDTH if "bold" in words else kind.width)
    usual = (ArrowHead("normal", kind.hollow),)
    growth = _clamped(width / _BOLD_WIDTH, _HEAD_GROWTHS)
    return EdgeLook(
        line=_line_colour(base, revision, said),
        second=line(said[1]) if len(said) > 1 else None,
        width=_clamped(width, _WIDTHS),
        dashes=next((_DASHES[word] for word in sorted(words) if word in _DASHES), kind.dashes),
        tail=_heads_of_end(attrs.get("arrowtail"), usual) if direction in _POINTS_BACK else (),
        head=_heads_of_end(attrs.get("arrowhead"), usual) if direction in _POINTS_FORWARD else (),
        scale=_clamped(parse_number(attrs, "arrowsize", 1.0), _HEAD_SCALES) * growth,
        label=label,
        ink=_label_colour(base, revision, said, label),
        ends=text_style(label._replace(size=round(style.DETAIL_SIZE * _END_SIZE, 2)), attrs, _LIBRARY_SIZE, "label"),
    )


def _line_colour(base: Kind, revision: Revision, said: Sequence[str]) -> Colour:
    """Return the colour of a line: of what is removed, else the first one of its author's, else of its kind."""
    if revision is Revision.REMOVED:
        return style.REVISIONS[revision].colour
    return (line(said[0]) if said else None) or style.EDGES[base].line


def _label_colour(base: Kind, revision: Revision, said: Sequence[str], label: TextStyle) -> Colour:
    """Return the colour of a label: its author's, else that of its line, as far as it can be read."""
    kind = style.EDGES[base]
    own = text(label.colour) if label.colour else None
    if own is not None:
        return own
    if revision is Revision.REMOVED:
        return style.MUTED
    if _line_colour(base, revision, said) is kind.line:
        return kind.text
    return text(said[0]) or kind.text


def _heads_of_end(name: str | None, usual: tuple[ArrowHead, ...]) -> tuple[ArrowHead, ...]:
    return usual if name is None else heads(name)


def _clamped(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def is_arrow(name: str) -> bool:
    """Return whether a name is one of an arrow head, or of several."""
    name = name.strip().lower()
    return name in _OLD_HEADS or re.fullmatch(f"(?:{_HEADS.pattern})+", name) is not None


def heads(name: str) -> tuple[ArrowHead, ...]:
    """Read the name of an arrow head: https://graphviz.org/docs/attr-types/arrowType/.

    An unknown name is read as a usual head; "none" and "" as no head.
    """
    name = name.strip().lower()
    found = _HEADS.findall(_OLD_HEADS.get(name, name))
    if not found:
        return (ArrowHead("normal"),) if name else ()
    return tuple(ArrowHead(shape, bool(hollow)) for hollow, _, shape in found if shape != "none")


def has_head(edge: Edge) -> tuple[bool, bool]:
    """Return whether an edge has a sign at its tail, and at its head."""
    look = edge_style(edge)
    return bool(look.tail), bool(look.head)


@cache
def label_lines(edge: Edge) -> tuple[TextLine, ...]:
    """Return the label of an edge, each line of it as its author broke it."""
    base = edge_style(edge).label
    mark = style.REVISIONS.get(edge.revision)
    label = f"{mark.sign}\u00a0{edge.label}" if mark and edge.label.strip() else edge.label
    said = read_label(edge.markup) if is_html(edge.markup) else plain_label(label)
    return broken(said, base)


@cache
def shaped(edge: Edge, texts: tuple[str, ...]) -> tuple[TextLine, ...]:
    """Return the label of an edge broken into other lines than its author's; each character keeps its style."""
    lines = label_lines(edge)
    if texts == tuple(line.text for line in lines):
        return lines
    looks = {run.style for line in lines for run in line.runs}
    if len(looks) == 1:
        return tuple(TextLine((run(words, *looks),)) for words in texts)
    styles = [run.style for line in lines for run in line.runs for character in run.text if character != " "]
    rest = iter(styles)
    last = styles[0] if styles else edge_style(edge).label
    shaped_lines = []
    for words in texts:
        pieces: list[tuple[str, TextStyle]] = []
        for character in words:
            last = next(rest, last) if character != " " else last
            if pieces and pieces[-1][1] == last:
                pieces[-1] = pieces[-1][0] + character, last
            else:
                pieces.append((character, last))
        shaped_lines.append(TextLine(tuple(run(piece, look) for piece, look in pieces)))
    return tuple(shaped_lines)


def end_lines(edge: Edge) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
    """Return the labels at the tail and at the head of an edge."""
    attrs, base = dict(edge.attrs), edge_style(edge).ends
    return broken(read_label(attrs.get("taillabel", "")), base), broken(read_label(attrs.get("headlabel", "")), base)
