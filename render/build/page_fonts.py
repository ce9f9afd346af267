"""Cut the fonts that the pages of a gallery are set in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import manifest
from archfolio.render.build.job import know_fonts
from archfolio.render.model.font import FAMILY, Typeface, Weight, webfont

if TYPE_CHECKING:
    from archfolio.render.model.conventions import Look

# Latin with its accents, Greek, punctuation, arrows and mathematics: what pages are likely to say.
_CHARACTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2200), 0x2212, 0x2265)))


def page_fonts(look: Look) -> list[tuple[manifest.Font, bytes]]:
    """Return the font of a project, or ours, in each weight: its record and its file."""
    know_fonts(look)
    family = look.family or FAMILY
    name = "-".join(family.lower().split())
    return [
        (
            manifest.Font(family=family, weight=int(weight), path=f"fonts/{name}-{weight}.woff2"),
            webfont(_CHARACTERS, Typeface(look.family, weight)),
        )
        for weight in Weight
    ]
