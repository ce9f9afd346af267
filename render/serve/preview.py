"""Preview an edit: draw what changed at once, before the build that makes the final pictures."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import code_version
from archfolio.render.base.errors import Problem
from archfolio.render.build.module_records import CAPTURE, DRAW_SVG
from archfolio.render.build.request import engine_version
from archfolio.render.capture.discover import discover

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from archfolio.render.build.module_records import CapturedModule, CapturedView
    from archfolio.render.build.processes import Workers
    from archfolio.render.build.request import BuildRequest


class _DrawnView(msgspec.Struct):
    """What is read of a view in a manifest: the rest, ten times as much work, is passed over."""

    slug: str
    hash: str = ""


class _DrawnSubject(msgspec.Struct):
    """Likewise of a subject."""

    slug: str
    views: list[_DrawnView] = []


_Drawn = msgspec.defstruct("_Drawn", [(kind, list[_DrawnSubject], []) for kind in manifest.KINDS])


def drawn_views(output: Path) -> dict[str, str]:
    """Return the hash of each view, "SUBJECT/VIEW", that the last build drew; none where there is no manifest."""
    try:
        drawn = msgspec.json.decode((output / manifest.NAME).read_bytes(), type=_Drawn)
    except (OSError, ValueError, RecursionError):
        return {}
    subjects = [subject for kind in manifest.KINDS for subject in getattr(drawn, kind)]
    return {f"{subject.slug}/{view.slug}": view.hash for subject in subjects for view in subject.views}


def preview(
    request: BuildRequest, edited: Collection[Path], drawn: Mapping[str, str], pool: Workers
) -> Iterator[tuple[str, bytes]]:
    """Draw what edited modules draw otherwise than the last build did; yield addresses of pictures, and SVGs.

    `drawn` has the views of that build. What cannot be drawn is left to the next one, which says why.
    """
    try:
        scripts = [script for script in discover(request.systems) if script.path in edited]
    except (Problem, OSError, ValueError):
        return
    engine = engine_version(request.options.engine)
    how = request.options, engine, code_version.drawing_code()  # as in a build, which then need not run it again
    for script, running in [(script, pool.run_module(CAPTURE, script, *how)) for script in scripts]:
        begun: list[tuple[str, Future[bytes]]] = []
        for view in _views(running):
            what = f"{script.slug}/{view.record.slug}"
            if view.record.hash != drawn.get(what):
                begun.append((f"images/{what}.svg", pool.draw(DRAW_SVG, view.job)))
        for path, picture in begun:
            with suppress(Exception):
                yield path, picture.result()


def _views(running: Future[CapturedModule]) -> Sequence[CapturedView]:
    try:
        return running.result().views
    except Exception:  # noqa: BLE001  the file is gone again, perhaps
        return ()
