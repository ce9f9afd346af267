"""Lines of a checklist, which the reader ticks: what they say, and by what a browser remembers them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from markupsafe import Markup

    from archfolio.gallery.pages.texts import Texts


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A line that can be ticked; its id stays while it says the same."""

    id: str
    text: Markup


def check_lines(lines: Iterable[str], texts: Texts) -> tuple[CheckLine, ...]:
    """Write the lines of a checklist of a subject."""
    return tuple(CheckLine(hashlib.sha256(line.encode()).hexdigest()[:8], texts.html(line)) for line in lines)
