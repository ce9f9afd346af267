"""A module whose process died, took too long, or has said what cannot be handed on."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.build.processes import WorkerFailed

if TYPE_CHECKING:
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.module import Captured


def lost_module(script: Script, error: Exception) -> Captured:
    """Return what was captured of it: its text, and why there is no more."""
    from archfolio.render.capture.module import Captured  # noqa: PLC0415  a build asks only why

    text = ""
    with suppress(OSError):
        text = script.path.read_text(encoding="utf-8", errors="replace")
    return Captured(script, script.slug, "", (), None, text, failures=(why_lost(script, error),))


def why_lost(script: Script, error: Exception) -> Failure:
    """Return why it could not be run."""
    said = str(error) if isinstance(error, WorkerFailed) else f"{type(error).__name__}: {error}"
    return Failure(script.slug, f"could not be run: {said}", str(script.path))
