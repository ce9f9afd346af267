"""What the processes in which plain scripts run and are drawn hand on to the one that started them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from archfolio.render.base.errors import Failure


@dataclass(frozen=True, slots=True)
class CapturedDrawing:
    """One diagram that a script draws: what it is called, and the rest as bytes that only those who draw it read."""

    what: str  # "script/diagram"
    line: int
    filename: str  # that the script asked for, without ending
    slug: str
    content: bytes


@dataclass(frozen=True, slots=True)
class CapturedScript:
    """What came of running a script."""

    path: Path
    drawings: tuple[CapturedDrawing, ...]
    failures: tuple[Failure, ...]
    warnings: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class DrawnFiles:
    """The files of one diagram, by the ending of their names, and what there is to say of them."""

    files: tuple[tuple[str, bytes], ...]
    style: str  # house or library
    not_honoured: tuple[str, ...]
    warnings: tuple[str, ...]
