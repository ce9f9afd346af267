"""The Python of a system, highlighted line by line, each line linked to what it draws."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer

from archfolio.gallery import links

if TYPE_CHECKING:
    from archfolio.gallery.manifest import System


# Pygments' class names, to the five colours of `static/site.css`; what has no colour needs no element.
_COLOURS = {
    "word": {"k", "kn", "kc", "kd", "ow"},
    "text": {"s", "s1", "s2", "sa", "sd", "se", "si", "sf"},
    "number": {"m", "mi", "mf", "mh"},
    "name": {"nf", "nc", "nd", "fm"},
    "remark": {"c", "c1", "cm", "ch"},
}
_COLOUR_OF = {name: colour for colour, names in _COLOURS.items() for name in names}
_SPAN = re.compile(r'<span class="(\w+)">([^<]*)</span>')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of code and the components it draws."""

    number: int
    code: Markup
    draws: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A module as it stands in the folder of systems."""

    path: str
    count: int
    lines: tuple[Line, ...]


def listing(system: System) -> Listing:
    """Highlight a system's module."""
    text = system.module.text.replace("\r\n", "\n").replace("\0", "")
    html = highlight(text, PythonLexer(stripnl=False, ensurenl=True), HtmlFormatter(nowrap=True))
    html = _SPAN.sub(_coloured, html)
    drawn: dict[int, list[links.Link]] = {}
    for view in system.views:
        for node in view.nodes:
            link = links.Link(node.name or node.id, f"#{links.state(view.slug, node=node.id)}")
            drawn.setdefault(node.line, []).append(link)
    lines = tuple(
        Line(number, Markup(code), tuple(drawn.get(number, ())))  # noqa: S704  Pygments escapes what it highlights
        for number, code in enumerate(html.removesuffix("\n").split("\n"), 1)
    )
    return Listing(system.module.path, len(lines), lines)


def _coloured(span: re.Match[str]) -> str:
    colour = _COLOUR_OF.get(span[1])
    return f'<i class="{colour}">{span[2]}</i>' if colour else span[2]
