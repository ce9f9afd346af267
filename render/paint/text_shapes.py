"""Draw lines of text whose parts may look different."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.render.model import style
from archfolio.render.model.colours import text_on
from archfolio.render.model.geometry import Point
from archfolio.render.model.rich_text import run as measured
from archfolio.render.paint.shapes import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.model.rich_text import Run, TextLine
    from archfolio.render.model.style import Colour


def text_shapes(line: TextLine, at: Point, anchor: str, ink: Colour, under: Colour) -> Iterator[Text]:
    """Draw a line whose top is at a point that is its start, middle or end.

    `ink` is the colour of what has none; `under` is what it stands on, on which an author's colour has to be seen.
    """
    baseline = at.y + line.size * style.BASELINE
    if len(line.runs) == 1:
        yield _text(line.runs[0], Point(at.x, baseline), anchor, ink, under)
        return
    x = at.x - line.width * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
    for run in line.runs:
        words = run.text.lstrip(" ")
        spaces = run.text[: len(run.text) - len(words)]  # which readers of an SVG drop
        if words:
            start = x + (measured(spaces, run.style).width if spaces else 0.0)
            yield _text(run._replace(text=words), Point(start, baseline), "start", ink, under)
        x += run.width


def _text(run: Run, at: Point, anchor: str, ink: Colour, under: Colour) -> Text:
    look = run.style
    lines = (("underline", look.underline), ("line-through", look.strike))
    return Text(
        run.text,
        at._replace(y=at.y - look.rise),
        look.size,
        look.weight,
        (text_on(look.colour, under) if look.colour else None) or ink,
        anchor,
        look.family,
        look.is_italic,
        " ".join(name for name, is_drawn in lines if is_drawn),
    )
