"""Texts that quote figures of the estimate as `{name}` or `{name:n}`: as plain text, and as HTML that can change."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from archfolio.gallery.escaped import escaped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.manifest import Node
    from archfolio.gallery.sections import Quantity

_BLANKS = re.compile(r"[ \t\r\n]+")  # not the narrow space that holds a figure and its unit together
QUOTE = re.compile(r"\{\{|\}\}|\{(\w+)(:n)?\}")
"""A quoted figure, by name, perhaps without its unit; or a brace that is meant as one."""


def one_line(text: str) -> str:
    """Write a text of several lines as one."""
    return _BLANKS.sub(" ", text).strip()


def quoted(text: str) -> list[str]:
    """List the names of the figures that a text quotes."""
    return [match[1] for match in QUOTE.finditer(text) if match[1]]


def to_text(text: str, figures: Mapping[str, Quantity]) -> str:
    """Insert the figures. What names no figure stays as it stands."""
    if "{" not in text and "}" not in text:
        return text

    def figure(match: re.Match[str]) -> str:
        if match[1] is None:
            return match[0][0]
        quantity = figures.get(match[1])
        if quantity is None:
            return match[0]
        return quantity.number if match[2] else quantity.shown

    return QUOTE.sub(figure, text)


def to_html(text: str, figures: Mapping[str, Quantity]) -> Markup:
    """Insert the figures as elements that the page can recompute."""
    pieces: list[str] = []
    end = 0
    for match in QUOTE.finditer(text):
        quantity = figures.get(match[1])
        if match[1] is None:
            pieces += [escaped(text[end : match.start()]), match[0][0]]
        elif quantity is not None:
            pieces += [escaped(text[end : match.start()]), figure(quantity, bare=bool(match[2]))]
        else:
            continue
        end = match.end()
    return Markup("".join([*pieces, escaped(text[end:])]))  # noqa: S704  each piece is escaped


def braces(text: str) -> str:
    """Write a text that quotes nothing as a template that comes to it."""
    return text.replace("{", "{{").replace("}", "}}")


def role(node: Node, figures: Mapping[str, Quantity]) -> Markup:
    """Write what a box is for."""
    return to_html(node.template, figures) if node.template else escape(node.role)


def figure(quantity: Quantity, *, bare: bool = False) -> Markup:
    """Write one figure, without its unit if bare, so that the page can recompute it."""
    shown, form = (quantity.number, "number") if bare else (quantity.shown, "shown")
    written = f'<span class="figure" data-figure="{escaped(quantity.name)}" data-form="{form}">{escaped(shown)}</span>'
    return Markup(written)  # noqa: S704  each piece is escaped
