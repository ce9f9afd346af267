"""A drawing as a note is to show it: what is wished, and everything that can be said of the picture."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  kept for whoever reads the annotations
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.export import escapes
from archfolio.gallery.prose import to_text

if TYPE_CHECKING:
    from archfolio.gallery.manifest import File, Subject, View

WIDTH = 820  # what a column of text is wide, in CSS pixels


def shown_width(view: View) -> int:
    """Return how wide a view is shown where nobody says: as wide as it is, up to a column of text."""
    return min(WIDTH, round(view.width))


@dataclass(frozen=True, slots=True)
class SnippetOptions:
    """How a drawing is to be shown."""

    width: int | None = None  # CSS pixels; the target's own way where there is none
    dark: bool = False  # a second picture for dark pages
    caption: bool | None = None  # the target's own way where there is none
    page: str = ""  # address of the drawing's page in the gallery, seen from the note; no link where empty
    place: Callable[[File], str] = lambda file: file.path  # where a file stands, seen from the note


@dataclass(frozen=True, slots=True)
class SnippetPicture:
    """All that a target may say of a drawing, before it is escaped."""

    system: Subject
    view: View
    file: File
    dark: File | None
    options: SnippetOptions
    captioned: bool

    @property
    def alt(self) -> str:
        """What it shows, for whoever cannot see it."""
        return escapes.without_controls(self._plain(self.view.alt)) or self.title

    @property
    def caption(self) -> str:
        """The system and the view, and its caption where it has one: a note may show it far from its page."""
        caption = escapes.without_controls(self._plain(self.view.caption))
        return f"{self.title}. {caption}" if caption else self.title

    @property
    def title(self) -> str:
        """The system and the view."""
        return escapes.without_controls(f"{self.system.title}: {self.view.title}")

    @property
    def path(self) -> str:
        """Where the picture stands, seen from the note."""
        return self.options.place(self.file)

    @property
    def dark_path(self) -> str:
        """Where the picture for dark pages stands."""
        return self.options.place(self.dark) if self.dark else ""

    @property
    def page(self) -> str:
        """Address of its page."""
        return self.options.page

    @property
    def width(self) -> int:
        """How wide to show it."""
        return self.options.width or shown_width(self.view)

    @property
    def height(self) -> int:
        """How high it then is."""
        return round(self.width * self.view.height / self.view.width)

    def _plain(self, text: str) -> str:
        return to_text(text, quantities_by_name(self.system))
