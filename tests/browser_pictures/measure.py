"""How readable a drawing is, by what a browser draws of it.

Written apart from `render.faults`, from the words of the measure and not from its code: the one must find what the
other has missed.
"""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from archfolio.render.model.font import Weight, width

SCRIPT = Path(__file__).with_name("measure.js").read_text(encoding="utf-8")

TOUCH = 1.0  # px that boxes may share
DEEP = 2.0  # px that a line must be inside a card to run through it
DETACHED = 18.0
PAGE = (1000.0, 1400.0)
READABLE = 8.0
AT_AN_END = 14.0  # px from the end of a line, where those that share a card may meet under their arrow heads
SAME_WAY = 3.0  # px apart, lines look like one


@dataclass(frozen=True)
class Line:
    edge: str
    ends: tuple[str, str]
    points: np.ndarray  # n x 2


@dataclass(frozen=True)
class Words:
    """One line of text, and what it stands on: the role and the owner say which card, panel or edge is meant."""

    role: str
    owner: str
    text: str
    size: float
    weight: int
    width: float
    box: np.ndarray  # x0, y0, x1, y1

    @property
    def name(self):
        return f"{self.role} {self.text!r}"


@dataclass(frozen=True)
class Seen:
    """A drawing as the browser shows it."""

    size: tuple[float, float]
    cards: dict[str, np.ndarray]
    panels: dict[str, np.ndarray]
    grounds: dict[str, np.ndarray]
    texts: list[Words]
    lines: list[Line]

    def role(self, *roles):
        return [words for words in self.texts if words.role in roles]

    @property
    def megapixels(self):
        return self.size[0] * self.size[1] / 1e6


class Reader:
    """A page of a browser in which drawings are read, one after the other."""

    def __init__(self, page):
        page.set_content("<!doctype html><style>body{margin:0}</style>")
        page.add_script_tag(content=SCRIPT)
        self._page = page

    def read(self, svg):
        raw = self._page.evaluate("svg => read(svg)", svg)
        boxes = {
            kind: {key: np.array(box) for key, box in raw[kind].items()} for kind in ("cards", "panels", "grounds")
        }
        return Seen(
            size=tuple(raw["size"]),
            texts=[Words(**words | {"box": np.array(words["box"])}) for words in raw["texts"]],
            lines=[Line(line["edge"], tuple(line["ends"]), np.array(line["points"])) for line in raw["lines"]],
            **boxes,
        )


def faults(seen):
    """List what is wrong with a drawing, by kind."""
    found = {kind: list(look(seen)) for kind, look in KINDS.items()}
    return {kind: those for kind, those in found.items() if those}


def crossings(seen):
    """List the pairs of edges that cross. Where both leave or reach a card at the same place is no crossing."""
    return [f"{one.edge} x {two.edge}" for one, two in combinations(seen.lines, 2) if _cross(one, two)]


def merged(seen):
    """List the pairs of edges that run on top of each other for a while."""
    return [f"{one.edge} = {two.edge}" for one, two in combinations(seen.lines, 2) if _merge(one, two)]


def off_width(words):
    """Tell by how much the browser's text is wider than the layout took it for: in px, and as a share."""
    taken = width(words.text, words.size, Weight(words.weight))
    return abs(words.width - taken), abs(words.width - taken) / max(taken, 1.0)


def _overlap(seen):
    return (f"{one.name} on {two.name}" for one, two in combinations(seen.texts, 2) if _share(one.box, two.box))


def _covered(seen):
    for words in seen.role("label", "title"):
        yield from (f"{words.name} over {card}" for card, box in seen.cards.items() if _share(words.box, box))
    for (one, box), (two, other) in combinations(seen.cards.items(), 2):
        if _share(box, other):
            yield f"{one} over {two}"


def _through(seen):
    for line in seen.lines:
        for card, box in seen.cards.items():
            if card not in line.ends and _inside(line.points, box, -DEEP).any():
                yield f"{line.edge} through {card}"


def _struck(seen):
    for words in seen.role("label", "title", "head", "legend"):
        if words.role == "label" and words.owner in seen.grounds:
            continue
        yield from (f"{words.name} by {line.edge}" for line in seen.lines if _inside(line.points, words.box).any())


def _detached(seen):
    own = {line.edge: line for line in seen.lines}
    for words in seen.role("label"):
        if (far := _distance(words.box, own[words.owner])) > DETACHED:
            yield f"{words.name} is {far:.0f} px from {words.owner}"


def _foreign(seen):
    for owner, boxes in _labels(seen).items():
        for line in seen.lines:
            if line.edge != owner and any(_inside(line.points, box).any() for box in boxes):
                yield f"{owner}'s label by {line.edge}"


def _ambig(seen):
    for owner, boxes in _labels(seen).items():
        near = {line.edge: min(_distance(box, line) for box in boxes) for line in seen.lines}
        nearest = min(near, key=near.__getitem__)
        if near[nearest] < near[owner]:
            yield f"{owner}'s label is {near[owner]:.1f} px from it, and {near[nearest]:.1f} px from {nearest}"


def _overflow(seen):
    holders = {"card": seen.cards, "title": seen.panels, "label": seen.grounds}
    drawing = np.array([0, 0, *seen.size])
    for words in seen.texts:
        holder = holders.get(words.role, {}).get(words.owner, drawing)
        if _beyond(words.box, holder) > TOUCH:
            yield f"{words.name} by {_beyond(words.box, holder):.1f} px"
    for line in seen.lines:
        if not _inside(line.points, drawing).all():
            yield f"{line.edge} leaves the drawing"


def _small(seen):
    scale = min(1.0, PAGE[0] / seen.size[0], PAGE[1] / seen.size[1])
    smallest = min(words.size for words in seen.texts if words.role != "tab")  # the line of a card says it too
    if smallest * scale < READABLE:
        yield f"text of {smallest:g} px on {seen.size[0]:.0f} x {seen.size[1]:.0f} px"


def _labels(seen):
    """Gather the lines of each label, and its ground where it has one."""
    boxes = {owner: [box] for owner, box in seen.grounds.items()}
    for words in seen.role("label"):
        boxes.setdefault(words.owner, []).append(words.box)
    return boxes


def _share(one, two):
    """Tell whether two boxes have more in common than a touch."""
    return bool((np.minimum(one[2:], two[2:]) - np.maximum(one[:2], two[:2]) > TOUCH).all())


def _inside(points, box, grow=0.0):
    return ((points > box[:2] - grow) & (points < box[2:] + grow)).all(axis=1)


def _distance(box, line):
    """Measure how far the nearest point of a line is from a box; 0 inside."""
    off = np.maximum(np.maximum(box[:2] - line.points, line.points - box[2:]), 0)
    return float(np.hypot(*off.T).min())


def _beyond(box, holder):
    return float(max((holder[:2] - box[:2]).max(), (box[2:] - holder[2:]).max()))


def _near(one, two):
    """Tell whether two lines come near each other at all."""
    return bool((np.minimum(one.max(0), two.max(0)) - np.maximum(one.min(0), two.min(0)) > -SAME_WAY).all())


def _apart_from_ends(points, one, two):
    """Tell which points are not where two lines leave or reach a card that they share."""
    shared = [one.points[at] for at, end in zip((0, -1), one.ends, strict=True) if end in two.ends]
    far = [np.hypot(*(points - end).T) > AT_AN_END for end in shared]
    return np.all(far, axis=0) if far else np.ones(len(points), bool)


def _cross(one, two):
    if not _near(one.points, two.points):
        return False
    start, other = one.points[:-1, None], two.points[None, :-1]
    way, cut = np.diff(one.points, axis=0)[:, None], np.diff(two.points, axis=0)[None]
    turn = way[..., 0] * cut[..., 1] - way[..., 1] * cut[..., 0]
    gap = other - start
    with np.errstate(divide="ignore", invalid="ignore"):
        along = (gap[..., 0] * cut[..., 1] - gap[..., 1] * cut[..., 0]) / turn
        across = (gap[..., 0] * way[..., 1] - gap[..., 1] * way[..., 0]) / turn
    hit = np.nonzero((along >= 0) & (along < 1) & (across >= 0) & (across < 1))[0]
    return bool(hit.size and _apart_from_ends(one.points[hit], one, two).any())


def _merge(one, two):
    if not _near(one.points, two.points):
        return False
    gaps = np.hypot(*(one.points[:, None] - two.points[None]).transpose(2, 0, 1)).min(axis=1)
    close = (gaps < SAME_WAY) & _apart_from_ends(one.points, one, two)
    step = np.hypot(*(one.points[1] - one.points[0]))
    return bool(close.sum() * step > AT_AN_END)


KINDS = {
    "overlap": _overlap,  # two texts that cover each other
    "covered": _covered,  # a label or a title over a card, or a card over a card
    "through": _through,  # a line through a card that is not its end
    "struck": _struck,  # a text with a line through it, and no ground of its own
    "detached": _detached,  # a line of a label more than 18 px from its edge
    "foreign": _foreign,  # a label crossed by another edge, be it under its ground
    "ambig": _ambig,  # a label nearer to another edge than to its own
    "overflow": _overflow,  # a text beyond its card, its panel, its ground or the drawing
    "small": _small,  # the smallest text under 8 px when the drawing is fitted into 1000 x 1400 px
}
