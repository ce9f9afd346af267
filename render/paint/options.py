"""What a project and its author want around a drawing."""

from __future__ import annotations

from dataclasses import dataclass

from archfolio.render.model.conventions import OURS, Look


@dataclass(frozen=True, slots=True)
class Options:
    """What stands around a drawing."""

    title: bool = True
    legend: bool = True
    look: Look = OURS.look  # of the project
