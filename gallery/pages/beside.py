"""Links from the page of a subject to the pages before and after it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery import links

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.manifest import Subject


@dataclass(frozen=True, slots=True)
class Beside:
    """The neighbours of a page, none or one on each side."""

    previous: tuple[links.Link, ...]
    following: tuple[links.Link, ...]


def beside(subject: Subject, all_of_kind: Sequence[Subject]) -> Beside:
    """Link the subjects before and after this one in the order of its kind."""
    here = [other.slug for other in all_of_kind].index(subject.slug)
    root = links.root(links.page_of(subject))

    def linked(others: Sequence[Subject]) -> tuple[links.Link, ...]:
        return tuple(links.Link(other.title, f"{root}{links.page_of(other)}") for other in others)

    return Beside(linked(all_of_kind[max(here - 1, 0) : here]), linked(all_of_kind[here + 1 : here + 2]))
