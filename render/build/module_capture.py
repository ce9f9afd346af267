"""Run a module of a gallery, in the process that it has to itself: from `Script` to `CapturedModule`."""

from __future__ import annotations

import pickle
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import hashing
from archfolio.render.base.errors import Failure
from archfolio.render.build.job import job_for
from archfolio.render.build.module_records import CapturedComponent, CapturedModule, CapturedView, undrawn
from archfolio.render.build.to_manifest import record_component, record_subject, record_view
from archfolio.render.capture.inputs import observe
from archfolio.render.capture.module import ignore
from archfolio.render.check.ignores import Ignore, ignores
from archfolio.render.check.view_rules import attribute_without_effect
from archfolio.render.layout import lockfile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archfolio.render.base.code_version import DrawingCode
    from archfolio.render.build.job import Job
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.module import Captured
    from archfolio.render.model.drawing import Drawing


def capture_module(
    script: Script,
    options: RenderOptions,
    engine_version: str,
    code: DrawingCode,
    tell: Callable[[CapturedView], None] = ignore,
) -> CapturedModule:
    """Run a module in this process, and keep what it says and what its views are drawn from.

    `engine_version` and `code` are what they will be drawn with. `tell` is called with each view once it is known.
    """
    recorded = script.folder / lockfile.path(script.slug)
    reads = {recorded: hashing.hash_file(recorded)}
    layouts = lockfile.of_system(script.folder, script.slug)
    told: list[tuple[Drawing, CapturedView]] = []

    def view_of(drawing: Drawing) -> CapturedView:
        name = f"{script.slug}/{drawing.graph.slug}"
        return _view(drawing, job_for(name, drawing, options, engine_version, layouts.get(name), code))

    def on_drawing(drawing: Drawing) -> None:
        with suppress(Exception):  # it is said below why
            told.append((drawing, view_of(drawing)))
            tell(told[-1][1])

    observed = observe(script, options.conventions, on_drawing)
    captured = observed.captured
    # A gallery is published: in it, a letter in place of a picture is a failure.
    failures = [*captured.failures, *captured.warnings]
    views: list[CapturedView] = []
    for drawing in captured.drawings:
        try:
            views.append(next((view for one, view in told if one is drawing), None) or view_of(drawing))
        except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
            failures.append(undrawn(script, drawing.graph.slug, drawing.graph.line, error))
    subject, unrecorded = _subject(captured, [view.record for view in views])
    if subject:  # in which each view says what of another one it shows in detail
        views = [replace(view, record=record) for view, record in zip(views, subject.views, strict=True)]
    return CapturedModule(
        subject=subject and msgspec.structs.replace(subject, views=[]),
        needs_views=captured.subject is None or captured.subject.needs_views,
        views=tuple(views),
        failures=tuple(failures),
        warnings=tuple(_not_drawn(captured)) if options.style != "library" else (),
        unrecorded=unrecorded,
        reads=observed.reads | reads,
    )


def _not_drawn(captured: Captured) -> Iterator[Failure]:
    """Find what drawings are given and do not show, as `archfolio check` says it."""
    for drawing in captured.drawings:
        what = f"{captured.script.slug}/{drawing.graph.slug}"
        for found in attribute_without_effect.violations(drawing.graph):
            if Ignore(found.line, attribute_without_effect.code) not in ignores(captured.text):
                yield Failure(what, found.sentence, str(captured.script.path), found.line)


def _view(drawing: Drawing, job: Job) -> CapturedView:
    first = {node.component: node for node in reversed(drawing.graph.nodes)}
    return CapturedView(
        record=record_view(drawing, job.fingerprint),
        components=tuple(CapturedComponent(record_component(node), node.icon) for node in first.values()),
        formats=tuple((made, job.origin(made).fingerprint) for made in job.formats),
        job=pickle.dumps(job),
    )


def _subject(captured: Captured, views: list[manifest.View]) -> tuple[manifest.Subject | None, str]:
    """Return the record of what a module describes, or why what it says of that cannot be written down."""
    try:
        return manifest.as_read(record_subject(captured, views)), ""
    except Exception as error:  # noqa: BLE001  it costs only itself
        return None, f"could not be recorded: {type(error).__name__}: {error}"
