"""The Python of a system, highlighted line by line, each line linked to what it draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.pages.highlight import highlighted

if TYPE_CHECKING:
    from markupsafe import Markup

    from archfolio.gallery.manifest import Subject


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of code and the components it draws."""

    number: int
    code: Markup
    draws: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A module as it stands in the folder of systems."""

    path: str
    count: int
    lines: tuple[SourceLine, ...]


def listing(subject: Subject, *, boxes: bool = True) -> Listing:
    """Highlight a subject's module; a page that does not list the boxes of its drawings links to these alone."""
    text = subject.module.text.replace("\r\n", "\n").replace("\0", "")
    drawn: dict[int, list[links.Link]] = {}
    for view in subject.views:
        for node in view.nodes:
            link = links.Link(node.name or node.id, f"#{links.state(view.slug, node=node.id if boxes else '')}")
            drawn.setdefault(node.line, []).append(link)
    lines = tuple(
        SourceLine(number, code, tuple(drawn.get(number, ()))) for number, code in enumerate(highlighted(text), 1)
    )
    return Listing(subject.module.path, len(lines), lines)
