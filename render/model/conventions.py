"""What a project's settings say of drawings, in our terms: its look, and its words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.model.graph import Attrs
    from archfolio.render.model.style import Colour


@dataclass(frozen=True, slots=True)
class KindLook:
    """A kind of edge: its word in the legend, and the attributes that its edges are drawn with."""

    name: str
    word: str
    like: str
    attrs: Attrs = ()


@dataclass(frozen=True, slots=True)
class PartLook:
    """A part of systems: its word in the legend, and what belongs to it."""

    name: str
    word: str
    components: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LookFont:
    """A file of the project's own font. Its place does not count: the same file elsewhere is the same font."""

    family: str  # with a digest of the files, so that it is one font wherever it is named
    path: str = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Look:
    """All that a project has set; an empty one is ours."""

    colours: tuple[tuple[str, Colour], ...] = ()  # by the name of the colour of ours whose place each takes
    kinds: tuple[KindLook, ...] = ()
    parts: tuple[PartLook, ...] = ()
    fonts: tuple[LookFont, ...] = ()
    radius: float | None = None
    card_width: float | None = None

    @property
    def family(self) -> str:
        """The family of the project's font, "" for ours."""
        return self.fonts[0].family if self.fonts else ""


@dataclass(frozen=True, slots=True)
class Conventions:
    """What a project has agreed on: how its drawings look, and which words its systems may use besides ours."""

    look: Look = Look()
    words: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = ()  # by table of `archfolio.vocabulary`: word, meaning


OURS = Conventions()
"""What holds where a project has agreed on nothing."""
