"""Line charts as small SVG files: text in the reader's own colour, the same bytes on every run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 66, 170, 24, 58  # margins; names of the lines stand in the right one
_COLOURS = ("#2f7fd1", "#d9730d", "#1f9d6b", "#a259d9", "#c2416b")  # each has 3:1 on white and on near black
_DASHES = ("", "8 4", "2 4", "10 3 2 3", "5 5")
_LINE_GAP = 15  # between the names of lines that end close to one another


@dataclass(frozen=True)
class Line:
    """A line of a chart: its name, its points, and whether they are drawn as dots instead.

    A line that rises above the last tick ends there.
    """

    name: str
    points: Sequence[tuple[float, float]]
    dots: bool = False
    colour: int = -1  # of the palette; the next one where it is not said


@dataclass(frozen=True)
class Axis:
    """An axis: its title, where its ticks stand and what they say, and whether it is logarithmic."""

    title: str
    ticks: Sequence[tuple[float, str]]
    log: bool = False

    def share(self, value: float) -> float:
        """Return how far along the axis a value stands: 0 at the first tick, 1 at the last."""
        first, last = self.ticks[0][0], self.ticks[-1][0]
        if self.log:
            return math.log(value / first) / math.log(last / first)
        return (value - first) / (last - first)


def write_chart(script: str, title: str, across: Axis, up: Axis, lines: Sequence[Line]) -> None:
    """Write the chart of a script beside it, under its name."""
    Path(script).with_suffix(".svg").write_text(_chart(title, across, up, lines), "utf-8", newline="\n")


def _chart(title: str, across: Axis, up: Axis, lines: Sequence[Line]) -> str:
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'font-family="Inter, system-ui, sans-serif" font-size="13" fill="currentColor">',
        f"<title>{escape(title)}</title>",
        *_axes(across, up),
    ]
    names: dict[float, list[tuple[float, str, str]]] = {}  # by where the lines end
    for index, line in enumerate(lines):
        colour = _COLOURS[line.colour if line.colour >= 0 else index]
        places = [(_x(across, x), _y(up, y)) for x, y in _inside(line.points, up.ticks[-1][0])]
        if line.dots:
            parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in places]
        else:
            path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
            dash = f' stroke-dasharray="{_DASHES[index]}"' if _DASHES[index] else ""
            parts.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"{dash}/>')
        if line.name:
            names.setdefault(places[-1][0], []).append((places[-1][1], line.name, colour))
    for end, those in names.items():
        parts += _names(end, those)
    return "\n".join([*parts, "</svg>"]) + "\n"


def _x(across: Axis, value: float) -> float:
    return _LEFT + across.share(value) * (_WIDTH - _LEFT - _RIGHT)


def _y(up: Axis, value: float) -> float:
    return _HEIGHT - _BOTTOM - up.share(value) * (_HEIGHT - _TOP - _BOTTOM)


def _axes(across: Axis, up: Axis) -> list[str]:
    left, right, floor = _LEFT, _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    parts = []
    for value, text in up.ticks:
        y = _y(up, value)
        parts.append(f'<path d="M{left} {y:.1f}H{right}" stroke="currentColor" stroke-opacity="0.15"/>')
        parts.append(f'<text x="{left - 8}" y="{y + 4.5:.1f}" text-anchor="end">{escape(text)}</text>')
    for value, text in across.ticks:
        x = _x(across, value)
        parts.append(f'<path d="M{x:.1f} {floor}v5" stroke="currentColor" stroke-opacity="0.5"/>')
        parts.append(f'<text x="{x:.1f}" y="{floor + 20}" text-anchor="middle">{escape(text)}</text>')
    middle, half = (left + right) / 2, (_TOP + floor) / 2
    return [
        *parts,
        f'<path d="M{left} {floor}H{right}" stroke="currentColor" stroke-opacity="0.5"/>',
        f'<text x="{middle:.1f}" y="{_HEIGHT - 14}" text-anchor="middle">{escape(across.title)}</text>',
        f'<text transform="rotate(-90)" x="{-half:.1f}" y="16" text-anchor="middle">{escape(up.title)}</text>',
    ]


def _inside(points: Sequence[tuple[float, float]], top: float) -> list[tuple[float, float]]:
    """Return the points up to where the line leaves the plane at the top."""
    kept: list[tuple[float, float]] = []
    for x, y in points:
        if y > top and kept:
            (before, below), share = kept[-1], (top - kept[-1][1]) / (y - kept[-1][1])
            return [*kept, (before + share * (x - before), below + share * (y - below))]
        kept.append((x, y))
    return kept


def _names(end: float, names: list[tuple[float, str, str]]) -> list[str]:
    """Write the name of each line that ends there, none over another and none under the axis."""
    parts, floor = [], float(_HEIGHT - _BOTTOM)
    for y, name, colour in sorted(names, reverse=True):
        place = min(y, floor)
        parts.append(f'<text x="{end + 8:.5g}" y="{place + 4.5:.1f}" fill="{colour}">{escape(name)}</text>')
        floor = place - _LINE_GAP
    return parts
