"""A part of a page that is there: a heading in the outline, and its content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Content_co = TypeVar("Content_co", covariant=True)
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class Section(Generic[Content_co]):
    """A heading that can be linked to, and what stands under it."""

    id: str
    title: str
    content: Content_co


def optional_section(name: str, title: str, content: Given) -> tuple[Section[Given], ...]:
    """Build a section of content that there is, and none of what is empty: templates loop over either."""
    return (Section(name, title, content),) if content else ()
