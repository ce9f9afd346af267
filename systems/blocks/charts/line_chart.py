"""Draw lines over a plane as a small SVG: axes with ticks, a label at the end of each line, no script, no font."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

BLUE, TEAL, AMBER, VIOLET, GREY = "#2563eb", "#0d9488", "#b45309", "#7c3aed", "#8894a3"
_WIDTH, _HEIGHT = 640, 380
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 124, 20, 52  # the labels of lines stand in the right margin


@dataclass(frozen=True)
class Axis:
    """What an axis measures: its words, its ends, its ticks; `log` spaces powers of ten evenly."""

    label: str
    low: float
    high: float
    ticks: Sequence[float]
    log: bool = False

    def share(self, value: float) -> float:
        """Return where a value stands between the ends, from 0 to 1 and beyond."""
        if self.log:
            return math.log(value / self.low) / math.log(self.high / self.low)
        return (value - self.low) / (self.high - self.low)


@dataclass(frozen=True)
class Line:
    """A line, named unless its label is empty: its points in the axes' units; it ends where it runs above the top."""

    label: str
    colour: str
    points: Sequence[tuple[float, float]]
    dashed: bool = False
    dots: bool = False


def line_chart(alt: str, x: Axis, y: Axis, lines: Sequence[Line]) -> str:
    """Return the SVG of lines over two axes."""
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(alt)}"'
        ' font-family="system-ui, sans-serif" font-size="13" fill="currentColor" color="#1f2937">',
        "<style>@media (prefers-color-scheme: dark) {svg {color: #e6ebf1}}</style>",
    ]
    for tick in x.ticks:
        at = _across(x, tick)
        parts.append(_stroke(at, _TOP, at, _HEIGHT - _BOTTOM))
        parts.append(f'<text x="{at:.1f}" y="{_HEIGHT - _BOTTOM + 18}" text-anchor="middle">{_figure(tick)}</text>')
    for tick in y.ticks:
        at = _down(y, tick)
        parts.append(_stroke(_LEFT, at, _WIDTH - _RIGHT, at))
        parts.append(f'<text x="{_LEFT - 8}" y="{at + 4:.1f}" text-anchor="end">{_figure(tick)}</text>')
    middle = _LEFT + (_WIDTH - _RIGHT - _LEFT) / 2
    parts.append(f'<text x="{middle:.1f}" y="{_HEIGHT - 12}" text-anchor="middle">{escape(x.label)}</text>')
    half = _TOP + (_HEIGHT - _BOTTOM - _TOP) / 2
    turned = f'transform="rotate(-90 16 {half:.1f})"'
    parts.append(f'<text x="16" y="{half:.1f}" text-anchor="middle" {turned}>{escape(y.label)}</text>')
    taken: list[float] = []
    for line in lines:
        parts += _drawn(line, x, y, taken)
    return "\n".join([*parts, "</svg>", ""])


def _drawn(line: Line, x: Axis, y: Axis, taken: list[float]) -> list[str]:
    """Draw a line up to where it leaves the plane, and its label there."""
    inside = []
    for point in line.points:
        if point[1] > y.high and inside:
            last = inside[-1]
            share = (y.high - last[1]) / (point[1] - last[1])
            inside.append((last[0] + share * (point[0] - last[0]), y.high))
            break
        inside.append(point)
    places = [(_across(x, one), _down(y, other)) for one, other in inside]
    path = " ".join(f"{one:.1f},{other:.1f}" for one, other in places)
    dash = ' stroke-dasharray="6 4"' if line.dashed else ""
    drawn = [f'<polyline points="{path}" fill="none" stroke="{line.colour}" stroke-width="2.5"{dash}/>']
    if line.dots:
        drawn += [f'<circle cx="{one:.1f}" cy="{other:.1f}" r="4" fill="{line.colour}"/>' for one, other in places]
    if not line.label:
        return drawn
    across, down = places[-1]
    anchor, across, down = (
        ("start", across + 8, down + 4) if across > _WIDTH - _RIGHT - 40 else ("start", across + 6, down + 14)
    )
    while any(abs(down - other) < 15 for other in taken):  # noqa: PLR2004  the height of a line of text
        down += 15
    taken.append(down)
    label = f'<text x="{across:.1f}" y="{down:.1f}" text-anchor="{anchor}" fill="{line.colour}" font-weight="600">'
    return [*drawn, f"{label}{escape(line.label)}</text>"]


def _across(axis: Axis, value: float) -> float:
    return _LEFT + axis.share(value) * (_WIDTH - _RIGHT - _LEFT)


def _down(axis: Axis, value: float) -> float:
    return _HEIGHT - _BOTTOM - axis.share(value) * (_HEIGHT - _BOTTOM - _TOP)


def _stroke(left: float, top: float, right: float, bottom: float) -> str:
    return (
        f'<line x1="{left:.1f}" y1="{top:.1f}" x2="{right:.1f}" y2="{bottom:.1f}"'
        ' stroke="currentColor" stroke-opacity="0.15"/>'
    )


def _figure(value: float) -> str:
    return f"{value:,g}" if abs(value) < 1e6 else f"{value / 1e6:g} M"  # noqa: PLR2004
