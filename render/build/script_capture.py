"""Run a plain script, in the process that it has to itself: from `Script` to `CapturedScript`."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from archfolio.render.build.script_records import CapturedDrawing, CapturedScript
from archfolio.render.capture.import_path import our_path
from archfolio.render.capture.module import capture

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.render.capture.discover import Script
    from archfolio.render.model.conventions import Conventions
    from archfolio.render.model.drawing import Drawing


def capture_script(script: Script, arguments: Sequence[str], conventions: Conventions) -> CapturedScript:
    """Run a script in this process, and keep what it draws."""
    captured = capture(script, arguments, _paint_now, conventions)
    drawings = [
        CapturedDrawing(
            f"{script.slug}/{drawing.graph.slug}",
            drawing.graph.line,
            drawing.filename,
            drawing.graph.slug,
            pickle.dumps((script.path, script.slug, drawing)),
        )
        for drawing in captured.drawings
    ]
    return CapturedScript(script.path, tuple(drawings), captured.failures, captured.warnings)


def _paint_now(drawing: Drawing, ending: str) -> bytes:
    """Paint the picture of a drawing that its script wants to see while it runs."""
    with our_path():
        from archfolio.render.build.draw import paint_now  # noqa: PLC0415  few scripts look at their pictures

        return paint_now(drawing, ending)
