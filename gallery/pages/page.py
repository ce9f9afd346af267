"""What every page is to its printer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from archfolio.gallery.pages.page_frame import PageFrame


class Page(Protocol):
    """A view model: a frozen type that names its template."""

    @property
    def template(self) -> str:
        """The file in `templates/` that prints it."""

    @property
    def frame(self) -> PageFrame:
        """Its address, head and way back."""
