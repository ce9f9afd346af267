"""What a person can choose about how pictures are made."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.render.model.conventions import OURS, Conventions


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """The choices, with their defaults."""

    engine: str = "bundled"  # or dot, the system's program
    style: str = "auto"  # house, library, or auto: house unless an author dressed the drawing
    scale: float = 2.0  # device pixels a CSS pixel, of the PNG
    title: bool = True
    legend: bool = True
    png: bool = True
    pdf: bool = False  # write a PDF too
    dark: bool = False  # write a dark PNG too
    conventions: Conventions = OURS  # of the project
