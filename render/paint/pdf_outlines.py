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
    x0, y0, x1, y1 = box
    r = min(radius, box.width / 2, box.height / 2)
    if r <= 0:
        return f"{operands(x0, y0)} {operands(box.width, box.height)} re"
    h = r * (1 - QUARTER)
    return (
        f"{operands(x0 + r, y0)} m {operands(x1 - r, y0)} l"
        f" {operands(x1 - h, y0)} {operands(x1, y0 + h)} {operands(x1, y0 + r)} c"
        f" {operands(x1, y1 - r)} l {operands(x1, y1 - h)} {operands(x1 - h, y1)} {operands(x1 - r, y1)} c"
        f" {operands(x0 + r, y1)} l {operands(x0 + h, y1)} {operands(x0, y1 - h)} {operands(x0, y1 - r)} c"
        f" {operands(x0, y0 + r)} l {operands(x0, y0 + h)} {operands(x0 + h, y0)} {operands(x0 + r, y0)} c h"
    )


def ends_of_rounded(box: Box, radius: float) -> str:
    """Outline the parts of a rectangle in which its corners are rounded: its top, and its bottom."""
    x0, y0, x1, y1 = box
    r = radius
    h = r * (1 - QUARTER)
    return (
        f"{operands(x0, y0 + r)} m {operands(x0, y0 + h)} {operands(x0 + h, y0)} {operands(x0 + r, y0)} c"
        f" {operands(x1 - r, y0)} l {operands(x1 - h, y0)} {operands(x1, y0 + h)} {operands(x1, y0 + r)} c h"
        f" {operands(x1, y1 - r)} m {operands(x1, y1 - h)} {operands(x1 - h, y1)} {operands(x1 - r, y1)} c"
        f" {operands(x0 + r, y1)} l {operands(x0 + h, y1)} {operands(x0, y1 - h)} {operands(x0, y1 - r)} c h"
    )


def middle_of_rounded(box: Box, radius: float) -> str:
    """Outline the part of a rectangle that lies between those."""
    return rounded(box._replace(y0=box.y0 + radius, y1=box.y1 - radius), 0)


def left_rounded(box: Box, radius: float) -> str:
    """Outline the sliver at the left of a card: two pieces of the circles at the card's corners, and straight sides."""
    x0, y0, x1, y1 = box
    r = radius
    angle = math.acos(1 - min(box.width, r) / r) if r else 0.0  # how much of a quarter the sliver is wide enough for
    inset = r - r * math.sin(angle)
    handle = 4 / 3 * math.tan(angle / 4) * r
    back_x, back_y = handle * math.sin(angle), handle * math.cos(angle)
    return (
        f"{operands(x1, y0 + inset)} m {operands(x1 - back_x, y0 + inset + back_y)}"
        f" {operands(x0, y0 + r - handle)} {operands(x0, y0 + r)} c"
        f" {operands(x0, y1 - r)} l {operands(x0, y1 - r + handle)}"
        f" {operands(x1 - back_x, y1 - inset - back_y)} {operands(x1, y1 - inset)} c h"
    )
