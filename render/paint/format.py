"""The files that can be made of a drawing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Theme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Format:
    """One file to make of a drawing."""

    format: str  # svg, png or pdf
    scale: float = 1
    theme: Theme = "light"
