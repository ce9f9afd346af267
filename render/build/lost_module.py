"""A module whose process died, took too long, or has said what cannot be handed on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.build.processes import WorkerFailed
from archfolio.render.capture.module import Captured

if TYPE_CHECKING:
    from archfolio.render.capture.discover import Script


def lost_module(script: Script, error: Exception) -> Captured:
    """Return what was captured of it: its text, and why there is no more."""
    said = str(error) if isinstance(error, WorkerFailed) else f"{type(error).__name__}: {error}"
    text = ""
    with suppress(OSError):
        text = script.path.read_text(encoding="utf-8", errors="replace")
    failure = Failure(script.slug, f"could not be run: {said}", str(script.path))
    return Captured(script, script.slug, "", (), None, text, failures=(failure,))
