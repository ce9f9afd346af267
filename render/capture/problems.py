"""What goes wrong while a module is captured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.base.errors import Failure


@dataclass
class Problems:
    """What went wrong so far."""

    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)
