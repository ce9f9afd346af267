"""The Python of a system, highlighted line by line, each line linked to what it draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.escaped import escaped
from archfolio.gallery.pages.highlight import highlighted

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Subject


@dataclass(frozen=True, slots=True)
class Listing:
    """A module as it stands in the folder of systems."""

    path: str
    count: int  # of lines
    code: Markup  # each line with its number before it, and links to what it draws behind it


def listing(subject: Subject, *, boxes: bool = True) -> Listing:
    """Highlight a subject's module; a page that does not list the boxes of its drawings links to these alone."""
    text = subject.module.text.replace("\r\n", "\n").replace("\0", "")
    drawn: dict[int, list[str]] = {}
    for view in subject.views:
        for node in view.nodes:
            address = f"#{links.state(view.slug, node=node.id if boxes else '')}"
            link = f'<a class="draws" href="{escaped(address)}">{escaped(node.name or node.id)}</a>'
            drawn.setdefault(node.line, []).append(link)
    lines = highlighted(text)
    code = "".join(
        f"<a id=L{number} href=#L{number}>{number}</a>{line}{''.join(drawn.get(number, ()))}\n"
        for number, line in enumerate(lines, 1)
    )
    return Listing(subject.module.path, len(lines), Markup(code))  # noqa: S704  each piece is escaped
