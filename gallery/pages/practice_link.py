"""The way from the page of a subject to its questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links
from archfolio.gallery.practice.ladder import has_practice

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Subject


def practice_link(subject: Subject) -> tuple[links.Link, ...]:
    """Link to the questions of a subject, where there are some."""
    if not has_practice(subject):
        return ()
    return (links.Link("Practise", f"{links.root(links.page_of(subject))}{links.practice(subject.slug)}"),)
