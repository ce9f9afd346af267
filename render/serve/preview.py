"""Preview an edit: draw what changed at once, before the build that makes the final pictures."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import code_version
from archfolio.render.build.module_records import CAPTURE, DRAW_SVG
from archfolio.render.build.request import engine_version
from archfolio.render.capture.discover import discover

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path

    from archfolio.render.base.code_version import DrawingCode
    from archfolio.render.build.module_records import CapturedModule, CapturedView
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.processes import Workers
    from archfolio.render.build.request import BuildRequest
    from archfolio.render.capture.discover import Script


class _DrawnView(msgspec.Struct):
    """What is read of a view in a manifest: the rest, ten times as much work, is passed over."""

    slug: str
    hash: str = ""


class _DrawnSubject(msgspec.Struct):
    """Likewise of a subject."""

    slug: str
    views: list[_DrawnView] = []


_Drawn = msgspec.defstruct("_Drawn", [(kind, list[_DrawnSubject], []) for kind in manifest.KINDS])


@dataclass(frozen=True, slots=True)
class LastBuild:
    """What an edit is compared with and drawn with: all that can be known before it comes."""

    scripts: tuple[Script, ...]
    drawn: Mapping[str, str]  # hash of each view, by "SUBJECT/VIEW"
    how: tuple[RenderOptions, str, DrawingCode]  # as the build asks a module, which then need not run again


def last_build(request: BuildRequest) -> LastBuild:
    """Look at what the last build of a request has left.

    Raises Problem or OSError where the next one would fail.
    """
    how = request.options, engine_version(request.options.engine), code_version.drawing_code()
    return LastBuild(discover(request.systems), _drawn_views(request.output), how)


def _drawn_views(output: Path) -> dict[str, str]:
    """Return the hash of each view; none where there is no manifest."""
    try:
        drawn = msgspec.json.decode((output / manifest.NAME).read_bytes(), type=_Drawn)
    except (OSError, ValueError, RecursionError):
        return {}
    subjects = [subject for kind in manifest.KINDS for subject in getattr(drawn, kind)]
    return {f"{subject.slug}/{view.slug}": view.hash for subject in subjects for view in subject.views}


def preview(last: LastBuild, edited: Collection[Path], pool: Workers, show: Callable[[str, bytes], None]) -> None:
    """Draw what edited modules draw otherwise than the last build did; each view while the others are still captured.

    Of a module that was not there no page is open. `show` is called with the address of each picture and its SVG, in
    threads of the pool, and not once this has returned. What cannot be drawn is left to the next build, which says why.
    """
    first_look = _FirstLook(last.drawn, pool, show)
    running = [
        (script, pool.run_module(CAPTURE, script, *last.how, hear=partial(first_look.hear, script)))
        for script in last.scripts
        if script.path in edited
    ]
    for script, module in running:
        for view in _views(module):  # of one that ran already, nothing was heard
            first_look.hear(script, view)
    first_look.end()


class _FirstLook:
    """The drawings that are made of views as they are heard of."""

    def __init__(self, drawn: Mapping[str, str], pool: Workers, show: Callable[[str, bytes], None]) -> None:
        self._drawn, self._pool, self._show = drawn, pool, show
        self._begun: dict[str, Future[None]] = {}
        self._has_ended = False
        self._lock = threading.Lock()  # modules tell of their views in threads of the pool

    def hear(self, script: Script, view: CapturedView) -> None:
        """Draw a view, if it is another one than the last build drew."""
        what = f"{script.slug}/{view.record.slug}"
        with self._lock:
            if not self._has_ended and what not in self._begun and view.record.hash != self._drawn.get(what):
                work = self._pool.draw_within(self._pool.seconds, DRAW_SVG, view.job)
                self._begun[what] = _shown(work, partial(self._show, f"images/{what}.svg"))

    def end(self) -> None:
        """Hear no more, of a module that nobody waits for any longer, and wait for what has begun."""
        with self._lock:
            self._has_ended = True
        for picture in self._begun.values():
            picture.result()


def _shown(work: Future[bytes], show: Callable[[bytes], None]) -> Future[None]:
    """Show a picture as soon as it is drawn, if it can be; what is returned is done when that is."""
    shown = Future[None]()

    def on_drawn(work: Future[bytes]) -> None:
        with suppress(Exception):
            show(work.result())
        shown.set_result(None)

    work.add_done_callback(on_drawn)
    return shown


def _views(running: Future[CapturedModule]) -> Sequence[CapturedView]:
    try:
        return running.result().views
    except Exception:  # noqa: BLE001  the file is gone again, perhaps
        return ()
