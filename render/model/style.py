"""The house style: every size in px and every colour of a drawing, light and dark, in one place."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.render.model.graph import Accent, Kind, Revision

NAME_SIZE = 14.0  # the name on a card, semibold
DETAIL_SIZE = 12.5  # the second line of a card, edge labels, cluster titles
TITLE_SIZE = 18.0
CAPTION_SIZE = 13.0
LEGEND_SIZE = 12.0
LINE_HEIGHT = 1.25  # of every text, in em
BASELINE = 0.96  # from the top of a line of text to its baseline, in em: Inter's ascender in a line of 1.25 em

ICON = 36.0
ICON_ALONE = 52.0  # on a card that has nothing to say
CARD_PADDING = 10.0  # around the icon, and between icon and text
CARD_END = 14.0  # right of the text
CARD_HEIGHT = 56.0  # of a card of up to two lines, so that the cards of a rank are equal
CARD_MIN_WIDTH = 96.0
CARD_RADIUS = 8.0
ACCENT_WIDTH = 4.0
NAME_MEASURE = 150.0  # a longer name is broken into two lines
DETAIL_MEASURE = 170.0
PLATE_RADIUS = 6.0

CLUSTER_RADIUS = 12.0
MARGIN = 24.0  # around the whole drawing
LAPTOP = (1440.0, 900.0)  # the screen that a drawing is to be read on
HEAD_GAP = 20.0  # between caption and drawing, and between drawing and legend

LABEL_PADDING = (4.0, 2.0)  # of the ground behind an edge label, x and y
ARROW_LENGTH = 9.0
ARROW_WIDTH = 7.0


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour on the light ground and its twin on the dark one. Its name is its CSS class; "none" draws nothing."""

    name: str
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """How an edge of one kind is drawn. Told apart by line and by colour, so that either is enough."""

    line: Colour
    text: Colour
    width: float
    dashes: tuple[float, ...] = ()
    hollow: bool = False  # arrow head


def _edge_style(
    kind: Kind, light: str, text: str, dark: str, width: float, dashes: tuple[float, ...] = ()
) -> EdgeStyle:
    line = Colour(f"{kind}-line", light, dark)
    return EdgeStyle(
        line, Colour(f"{kind}-text", text, dark), width, dashes, hollow=kind in (Kind.CONTROL, Kind.RESPONSE)
    )


EDGES: dict[Kind, EdgeStyle] = {
    Kind.REQUEST: _edge_style(Kind.REQUEST, "#334155", "#334155", "#cbd5e1", 1.6),
    Kind.RESPONSE: _edge_style(Kind.RESPONSE, "#1d4ed8", "#1e40af", "#93c5fd", 1.6),
    Kind.STREAM: _edge_style(Kind.STREAM, "#0f766e", "#0b5f58", "#5eead4", 1.6, (7, 4)),
    Kind.BATCH: _edge_style(Kind.BATCH, "#64748b", "#4b5768", "#a3b1c2", 1.8, (1.5, 3.5)),
    Kind.CONTROL: _edge_style(Kind.CONTROL, "#7c3aed", "#6d28d9", "#c4b5fd", 1.2, (6, 2.5, 1.5, 2.5)),
    Kind.FEEDBACK: _edge_style(Kind.FEEDBACK, "#b45309", "#92400e", "#fbbf24", 1.6, (3, 3)),
    Kind.PLAIN: _edge_style(Kind.PLAIN, "#475569", "#3b4858", "#aab6c5", 1.4),
}

ACCENTS: dict[Accent, Colour] = {
    Accent.PEOPLE: Colour("people", "#64748b", "#94a3b8"),
    Accent.SERVING: Colour("serving", "#2563eb", "#60a5fa"),
    Accent.DATA: Colour("data", "#0d9488", "#2dd4bf"),
    Accent.MODEL: Colour("model", "#7c3aed", "#a78bfa"),
    Accent.OPERATIONS: Colour("operations", "#c66a05", "#fbbf24"),
    Accent.NONE: Colour("plain", "#cbd5e1", "#475569"),
}


@dataclass(frozen=True, slots=True)
class RevisionStyle:
    """How a part is marked that was added, changed or removed: by a sign and a word, a border, and a colour."""

    colour: Colour
    halo: Colour  # under a line
    sign: str
    width: float  # of a card's border
    radius: float  # of the corners of the tab that bears the word
    dashes: tuple[float, ...] = ()
    is_double: bool = False


REVISIONS: dict[Revision, RevisionStyle] = {
    Revision.ADDED: RevisionStyle(
        Colour("added", "#15803d", "#4ade80"), Colour("added-halo", "#bbf7d0", "#14532d"), "+", 2.5, 8
    ),
    Revision.CHANGED: RevisionStyle(
        Colour("changed", "#a21caf", "#e879f9"),
        Colour("changed-halo", "#f5d0fe", "#581c60"),
        "~",
        1.2,
        0,
        is_double=True,
    ),
    Revision.REMOVED: RevisionStyle(
        Colour("removed", "#5b6878", "#94a3b8"), Colour("removed-halo", "none", "none"), "\u00d7", 1.4, 2, (5, 4)
    ),
}
REVISION_SIZE = 10.5  # of the word on a tab
TAB_HEIGHT = 16.0

GROUND = Colour("ground", "#ffffff", "#0f1419")
CARD = Colour("card", "#ffffff", "#1b222c")
CARD_BORDER = Colour("card-border", "#c3ccd8", "#3a4553")
PANELS = (Colour("panel", "#f4f6f9", "#151b22"), Colour("panel-2", "#e9edf3", "#1c242d"))  # by depth
PANEL_BORDER = Colour("panel-border", "#dde3ea", "#2a333e")
INK = Colour("ink", "#16202c", "#e6ebf1")
MUTED = Colour("muted", "#546274", "#9dabbb")
NOTHING = Colour("", "none", "none")
PLATE_ON_LIGHT = Colour("plate-on-light", "#42526a", "none")  # behind an icon that would vanish on a white card
PLATE_ON_DARK = Colour("plate-on-dark", "none", "#e8edf3")  # and on a dark one
TILE = Colour("tile", "#e8edf3", "#2a333e")  # under a letter that stands for a picture
