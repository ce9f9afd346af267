"""The sources of a subject, as a list of references."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links

if TYPE_CHECKING:
    from markupsafe import Markup

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.pages.texts import Texts


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, in the parts that are set differently: linked where its address is one of the web."""

    linked: tuple[links.Link, ...]
    unlinked: tuple[str, ...]
    where: str
    used_for: Markup


def references(subject: Subject, texts: Texts) -> tuple[Reference, ...]:
    """List the sources in the author's order."""
    found: list[Reference] = []
    for source in subject.sources:
        url = links.web(source.url)
        found.append(
            Reference(
                linked=(links.Link(source.title, url),) if url else (),
                unlinked=() if url else (source.title,),
                where=", ".join(part for part in (source.authors, source.venue, str(source.year or "")) if part),
                used_for=texts.html(source.used_for),
            )
        )
    return tuple(found)
