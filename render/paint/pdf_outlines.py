"""Write numbers and the outlines of rectangles as operands and operators of PDF.

Outlines are section 8.5.2 of PDF 32000-1.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING

from archfolio.render.model.bezier import QUARTER

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Box


@lru_cache(maxsize=1 << 14)  # a drawing has thousands of numbers, and many of them often
def operand(value: float) -> str:
    """Write a number to a thousandth, as short as it gets."""
    if not math.isfinite(value):
        return "0"
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def operands(x: float, y: float) -> str:
    """Write a point, or a size."""
    return f"{operand(x)} {operand(y)}"


def rounded(box: Box, radius: float) -> str:
    """Outline a rectangle with rounded corners."""
    r = min(radius, box.width / 2, box.height / 2)
    if r <= 0:
        return f"{operands(box.x0, box.y0)} {operands(box.width, box.height)} re"
    x0, x0h, x0r, x1r, x1h, x1 = _turns(box.x0, box.x1, r)
    y0, y0h, y0r, y1r, y1h, y1 = _turns(box.y0, box.y1, r)
    return (
        f"{x0r} {y0} m {x1r} {y0} l {x1h} {y0} {x1} {y0h} {x1} {y0r} c"
        f" {x1} {y1r} l {x1} {y1h} {x1h} {y1} {x1r} {y1} c"
        f" {x0r} {y1} l {x0h} {y1} {x0} {y1h} {x0} {y1r} c"
        f" {x0} {y0r} l {x0} {y0h} {x0h} {y0} {x0r} {y0} c h"
    )


def rounded_in_parts(box: Box, radius: float) -> tuple[str, ...]:
    """Outline its four corners, and the three rectangles that lie between them: above, below and in the middle."""
    x0, x0h, x0r, x1r, x1h, x1 = _turns(box.x0, box.x1, radius)
    y0, y0h, y0r, y1r, y1h, y1 = _turns(box.y0, box.y1, radius)
    inner, r = operand(box.width - 2 * radius), operand(radius)
    return (
        f"{x0} {y0r} m {x0} {y0h} {x0h} {y0} {x0r} {y0} c {x0r} {y0r} l h"
        f" {x1r} {y0} m {x1h} {y0} {x1} {y0h} {x1} {y0r} c {x1r} {y0r} l h"
        f" {x1} {y1r} m {x1} {y1h} {x1h} {y1} {x1r} {y1} c {x1r} {y1r} l h"
        f" {x0r} {y1} m {x0h} {y1} {x0} {y1h} {x0} {y1r} c {x0r} {y1r} l h",
        f"{x0r} {y0} {inner} {r} re",
        f"{x0r} {y1r} {inner} {r} re",
        f"{x0} {y0r} {operand(box.width)} {operand(box.height - 2 * radius)} re",
    )


def _turns(start: float, end: float, radius: float) -> list[str]:
    """Write where a side begins, where its rounded corners have their handles and their ends, and where it ends."""
    handle = radius * (1 - QUARTER)
    return list(map(operand, (start, start + handle, start + radius, end - radius, end - handle, end)))


def left_rounded(box: Box, radius: float) -> str:
    """Outline the sliver at the left of a card: two pieces of the circles at the card's corners, and straight sides."""
    x0, y0, x1, y1 = box
    r = radius
    angle = math.acos(1 - min(box.width, r) / r) if r else 0.0  # how much of a quarter the sliver is wide enough for
    inset = r - r * math.sin(angle)
    handle = 4 / 3 * math.tan(angle / 4) * r
    back_x, back_y = handle * math.sin(angle), handle * math.cos(angle)
    left, right, back = operand(x0), operand(x1), operand(x1 - back_x)
    return (
        f"{right} {operand(y0 + inset)} m {back} {operand(y0 + inset + back_y)}"
        f" {left} {operand(y0 + r - handle)} {left} {operand(y0 + r)} c"
        f" {left} {operand(y1 - r)} l {left} {operand(y1 - r + handle)}"
        f" {back} {operand(y1 - inset - back_y)} {right} {operand(y1 - inset)} c h"
    )
