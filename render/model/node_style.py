"""How a node is drawn, from what its author set: its outline, its colours, its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.author import INCH, parse_number, style_words, text_style
from archfolio.render.model.colours import ground, ink_on, line, text
from archfolio.render.model.font import Weight
from archfolio.render.model.geometry import Size
from archfolio.render.model.graph import Revision
from archfolio.render.model.label import read_label
from archfolio.render.model.look import CARD_RADIUS
from archfolio.render.model.rich_text import TextStyle

if TYPE_CHECKING:
    from archfolio.render.model.graph import Attrs, Node
    from archfolio.render.model.style import Colour

LIBRARY_SIZE = 13.0  # points of the library's labels
DASHES: dict[str, tuple[float, ...]] = {"dashed": (6, 4), "dotted": (1.5, 3.5)}
_LARGEST = 480.0  # px that an author's width or height may ask for


class Outline(StrEnum):
    """The shapes of nodes that are told apart."""

    CARD = "card"
    NONE = "none"  # text alone
    UNDERLINE = "underline"
    ELLIPSE = "ellipse"
    CIRCLE = "circle"
    DIAMOND = "diamond"
    CYLINDER = "cylinder"
    HEXAGON = "hexagon"
    OCTAGON = "octagon"
    PARALLELOGRAM = "parallelogram"
    TRAPEZIUM = "trapezium"
    TRIANGLE = "triangle"
    HOUSE = "house"
    NOTE = "note"
    FOLDER = "folder"
    COMPONENT = "component"
    BOX3D = "box3d"
    POINT = "point"


_OUTLINES = {
    **dict.fromkeys(("plaintext", "plain", "none"), Outline.NONE),
    **dict.fromkeys(("ellipse", "oval", "egg", "mellipse"), Outline.ELLIPSE),
    **dict.fromkeys(("circle", "doublecircle", "mcircle"), Outline.CIRCLE),
    **dict.fromkeys(("diamond", "mdiamond"), Outline.DIAMOND),
    **dict.fromkeys(("octagon", "doubleoctagon", "tripleoctagon", "septagon"), Outline.OCTAGON),
    **dict.fromkeys(("trapezium", "invtrapezium"), Outline.TRAPEZIUM),
    **dict.fromkeys(("triangle", "invtriangle"), Outline.TRIANGLE),
    **dict.fromkeys(("house", "invhouse", "pentagon"), Outline.HOUSE),
    **dict.fromkeys(("folder", "tab"), Outline.FOLDER),
    **{one.value: one for one in Outline if one not in (Outline.CARD, Outline.NONE)},
}
_CARDS = frozenset({"box", "rect", "rectangle", "square", "msquare", "record", "mrecord"})
SHAPES = _CARDS | _OUTLINES.keys()  # by the names that Graphviz has for them
_INVERTED = frozenset({"invtrapezium", "invtriangle", "invhouse"})
_DOUBLE = frozenset({"doublecircle", "doubleoctagon", "tripleoctagon"})
_C4 = re.compile(
    r'<<font point-size="12"><b>(?P<name>.*?)</b></font><br/>'
    r'(?:<font point-size="9">\[(?P<kind>.*?)\]<br/></font>)?(?:<br/><font point-size="10">(?P<text>.*)</font>)?>',
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class NodeStyle:
    """How a node is drawn. `name` and `detail` are the styles of its first line and of the others."""

    outline: Outline
    fill: Colour
    border: Colour
    border_width: float
    dashes: tuple[float, ...]
    is_double: bool
    is_inverted: bool
    is_hidden: bool
    is_plain: bool  # nothing of it is the author's: the card shows which part of a system it is
    radius: float
    name: TextStyle
    detail: TextStyle
    ink: Colour  # of the name, where its style has no colour of its own
    muted: Colour  # of the detail
    least: Size  # px that the author wants it to take


def _text_colour(said: str, otherwise: Colour) -> Colour:
    """Return the colour that an author gave a text, or the other where there is none."""
    return (text(said) if said else None) or otherwise


def node_style(node: Node) -> NodeStyle:
    """Return how a node is drawn."""
    is_blank = node.component.startswith("generic.blank.")
    return _style(node.attrs, node.markup, node.revision, has_icon=node.icon is not None, is_blank=is_blank)


@cache
def _style(said_of_it: Attrs, markup: str, revision: Revision, *, has_icon: bool, is_blank: bool) -> NodeStyle:
    """Return how nodes are drawn of which the same is said: most of a drawing."""
    attrs = dict(said_of_it)
    words = style_words(attrs)
    outline = _outline_of(attrs, is_blank=is_blank)
    fill = _fill(markup, attrs, words, outline)
    border = _border(attrs, fill)
    ink, muted = ink_on(fill)
    name = text_style(TextStyle(style.NAME_SIZE, Weight.SEMIBOLD), attrs, LIBRARY_SIZE)
    detail = text_style(TextStyle(style.DETAIL_SIZE), attrs, LIBRARY_SIZE)
    if not has_icon and name.colour == "" and fill not in (style.CARD, style.NOTHING):
        muted = ink
    pen = parse_number(attrs, "penwidth", 2.0 if "bold" in words else 1.0)
    is_bare = pen == 0 or (outline is Outline.NONE and not attrs.get("color"))
    mark = style.REVISIONS.get(revision)
    is_removed = revision is Revision.REMOVED
    shape = attrs.get("shape", "").lower()
    is_double = shape in _DOUBLE or parse_number(attrs, "peripheries", 1) >= 2  # noqa: PLR2004  two lines
    dashes = next((DASHES[word] for word in sorted(words) if word in DASHES), ())
    return NodeStyle(
        outline=outline,
        fill=fill,
        border=mark.colour if mark else style.NOTHING if is_bare else border,
        border_width=mark.width if mark else min(pen, 8.0),
        dashes=mark.dashes if mark else dashes,
        is_double=is_double or bool(mark and mark.is_double),
        is_inverted=shape in _INVERTED,
        is_hidden="invis" in words or "invisible" in words,
        is_plain=fill is style.CARD and border is style.CARD_BORDER,
        radius=parse_number(attrs, CARD_RADIUS, style.CARD_RADIUS),
        name=name._replace(strike=name.strike or is_removed),
        detail=detail._replace(strike=detail.strike or is_removed),
        ink=_text_colour(name.colour, muted if is_removed else ink),
        muted=_text_colour(detail.colour, muted),
        least=_least(attrs, outline, has_icon=has_icon),
    )


def _fill(markup: str, attrs: dict[str, str], words: frozenset[str], outline: Outline) -> Colour:
    """Return the colour of what an outline holds: its author's where a style or a table fills it, else a card's."""
    said = attrs.get("fillcolor", "") or (attrs.get("color", "") if "filled" in words else "")
    said = said or read_label(markup).ground
    if "filled" in words and not said:
        return ground("lightgrey") or style.CARD  # as Graphviz fills
    is_filled = words & {"filled", "radial", "wedged"} or "bgcolor" in markup.lower()
    own = ground(said) if said and is_filled else None
    return own or (style.NOTHING if outline is Outline.NONE else style.CARD)


def _border(attrs: dict[str, str], fill: Colour) -> Colour:
    """Return the colour of an outline: its author's, else a card's, else that of what it holds."""
    colour = attrs.get("color", "")
    own = line(colour) if colour else None
    return own or (style.CARD_BORDER if fill in (style.CARD, style.NOTHING) else fill)


def _outline_of(attrs: dict[str, str], *, is_blank: bool) -> Outline:
    """Return the outline of a node: what has an icon is a card, unless its author wants another shape."""
    shape = attrs.get("shape", "").lower()
    if is_blank and not shape:
        return Outline.NONE
    return _OUTLINES.get(shape, Outline.CARD)


def _least(attrs: dict[str, str], outline: Outline, *, has_icon: bool) -> Size:
    """Return the size that an author asks for; of a card with an icon it is the library's affair."""
    if outline is Outline.POINT:
        side = min(max(parse_number(attrs, "width", 0.1) * INCH, 6.0), 40.0)
        return Size(side, side)
    if has_icon or outline is Outline.NONE:
        return Size(0, 0)
    width, height = (min(max(parse_number(attrs, key, 0) * INCH, 0), _LARGEST) for key in ("width", "height"))
    return Size(width, height)


@dataclass(frozen=True, slots=True)
class C4:
    """What a node of the C4 model says."""

    name: str
    kind: str  # "Container: Python"
    text: str

    @property
    def glyph(self) -> str:
        """The sign that it is shown by: "person", "database" or none."""
        word = self.kind.removeprefix("External ").partition(":")[0].lower()
        return word if word in ("person", "database") else ""


def c4_of(node: Node) -> C4 | None:
    """Read a node of `diagrams.c4`; None for any other."""
    match = _C4.fullmatch(node.markup)
    if match is None:
        return None
    name, kind, said = (read_label(f"<{part or ''}>").text for part in match.groups())
    return C4(name, kind, " ".join(said.split()))
