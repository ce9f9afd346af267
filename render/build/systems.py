"""Capture modules and draw their views in worker processes, keeping the last good picture of what fails."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem, Failure
from archfolio.render.build import state
from archfolio.render.build.last_good import without_broken_views
from archfolio.render.build.lost_module import why_lost
from archfolio.render.build.module_records import (
    CAPTURE,
    DRAW,
    DRAW_OTHERWISE,
    REDUCE_ICON,
    CapturedModule,
    CapturedView,
    undrawn,
)
from archfolio.render.build.processes import FIRST, finished, prefetch
from archfolio.render.build.request import engine_version
from archfolio.render.build.worker import Named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.module_records import CapturedComponent, ComponentIcon, DrawnView
    from archfolio.render.build.output_folder import OutputFolder
    from archfolio.render.build.processes import Workers
    from archfolio.render.build.request import BuildReport, BuildRequest
    from archfolio.render.build.staleness import BuildInputs
    from archfolio.render.capture.discover import Script
    from archfolio.render.paint.format import Format

BATCH = 8  # modules whose drawings are held in memory together, while the next so many run
_OWN = ("custom.", "own.")  # components whose names two modules may use for two things


@dataclass
class BuildResult:
    """What running the stale modules gave."""

    subjects: dict[str, manifest.Subject] = field(default_factory=dict)
    components: dict[str, dict[str, manifest.Component]] = field(default_factory=dict)  # by slug and component
    icons: dict[str, bytes] = field(default_factory=dict)  # by path; a thousand systems share a few dozen
    modules: dict[str, state.ModuleState] = field(default_factory=dict)
    fonts: list[manifest.Font] = field(default_factory=list)
    drawn: int = 0


_page_fonts: Named[list[tuple[manifest.Font, bytes]]] = Named("archfolio.render.build.page_fonts", "page_fonts")


@dataclass(frozen=True, slots=True)
class _PendingModule:
    """A module whose process runs."""

    script: Script
    source: str  # its hash before it ran
    work: Future[CapturedModule]


@dataclass(frozen=True, slots=True)
class _ViewTask:
    """A view to draw, or to reuse as it was drawn."""

    view: CapturedView
    reused: manifest.View | None  # the last picture, where it is still right
    paths: tuple[str, ...]  # of the pictures that are to be made


@dataclass(frozen=True, slots=True)
class _ModuleTask:
    """A module that has run, its record in the last build, and its views."""

    script: Script
    source: str  # its hash before it ran
    captured: CapturedModule
    previous: manifest.Subject | None
    views: tuple[_ViewTask, ...]


class SystemBuilder:
    """Build the systems of one request."""

    def __init__(
        self,
        request: BuildRequest,
        inputs: BuildInputs,
        outputs: OutputFolder,
        old: manifest.Manifest,
        on_progress: Callable[[str], None],
        report: BuildReport,
    ) -> None:
        """Build a request into a folder in which the last build is `old`.

        `report` gets what failed, and `on_progress` is called with each drawing.
        """
        self._request, self._outputs, self._on_progress = request, outputs, on_progress
        self._old = old
        self._failures, self._warnings = report.failures, report.warnings
        self.ran: frozenset[str] = frozenset()
        self._result = BuildResult()
        self._components: dict[str, manifest.Component] = {}
        self._before: dict[str, manifest.Subject] = {}
        self._same_code = outputs.last.code == inputs.code
        self._same_options = outputs.last.options == inputs.options
        self._trusts_manifest = outputs.is_intact(manifest.NAME)
        self.trusts_pages = self._same_code and self._trusts_manifest and not request.force
        known = old.engine if self.trusts_pages and self._same_options else ""
        self.engine_version = known or engine_version(request.options.engine)

    def build(self, scripts: Sequence[Script], pool: Workers | None = None) -> BuildResult:
        """Run the modules and draw what changed."""
        old = self._old
        self.ran = frozenset(script.slug for script in scripts)
        self._components = {component.key: component for component in old.components}
        self._before = {subject.slug: subject for subject in old.subjects if subject.slug in self.ran}
        put_fonts = self._start_fonts(old.fonts, pool)
        if pool:
            batches = [scripts[place : place + BATCH] for place in range(0, len(scripts), BATCH)]
            drawing = prefetch(partial(self._start_views, pool), prefetch(partial(self._start_modules, pool), batches))
            for started in drawing:
                for module, works in started:
                    self._finish(pool, module, works)
        put_fonts()
        return self._result

    def _start_modules(self, pool: Workers, scripts: Sequence[Script]) -> list[_PendingModule]:
        how = self._request.options, self.engine_version, code_version.drawing_code()
        return [
            _PendingModule(script, hashing.hash_file(script.path), pool.run_module(CAPTURE, script, *how))
            for script in scripts
        ]

    def _start_views(
        self, pool: Workers, running: Sequence[_PendingModule]
    ) -> list[tuple[_ModuleTask, list[Future[DrawnView] | None]]]:
        """Wait until the modules of a batch have run, and have drawn what they say."""
        modules = list(map(self._module_task, running))
        paths = [path for module in modules for task in module.views for path in task.paths]
        self._outputs.invalidate(paths)
        return [(module, [_start_view(pool, task) for task in module.views]) for module in modules]

    def _module_task(self, running: _PendingModule) -> _ModuleTask:
        script = running.script
        try:
            captured = running.work.result()
        except Exception as error:  # noqa: BLE001  whatever it is, it is this module's
            captured = CapturedModule(failures=(why_lost(script, error),))
        before = self._before.get(script.slug)
        previous = without_broken_views(self._request.output, before) if before else None
        tasks = tuple(self._view_task(script.slug, view, previous) for view in captured.views)
        return _ModuleTask(script, running.source, captured, previous, tasks)

    def _view_task(self, slug: str, drawn: CapturedView, previous: manifest.Subject | None) -> _ViewTask:
        """Decide whether the last picture of a drawing is still right: made of the same, and whole."""
        name = drawn.record.slug
        view = next((view for view in previous.views if view.slug == name), None) if previous else None
        paths = tuple(_path(slug, name, made) for made, _ in drawn.formats)
        if (
            view
            and view.hash == drawn.record.hash
            and self._trusts_manifest
            and not self._request.force
            and {(file.path, file.scale, file.hash) for file in view.files}
            == {(_path(slug, name, made), made.scale, fingerprint) for made, fingerprint in drawn.formats}
            and all(map(self._outputs.is_intact, paths))
        ):
            return _ViewTask(drawn, view, ())
        return _ViewTask(drawn, None, paths)

    def _finish(self, pool: Workers, module: _ModuleTask, works: list[Future[DrawnView] | None]) -> None:
        """Wait for the drawings of one module and record it."""
        slug, script = module.script.slug, module.script
        failures = list(module.captured.failures)
        views: dict[str, manifest.View] = {}
        for task, work in zip(module.views, works, strict=True):
            record = task.view.record
            try:
                views[record.slug] = self._finish_view(pool, script, task, work)
            except EnvironmentProblem:
                raise
            except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
                failures.append(undrawn(script, record.slug, record.line, error))
        failures += self._record(module, views, {failure.what for failure in failures})
        self._failures.extend(failures)
        if self._request.warns:
            self._warnings.extend(module.captured.warnings)
        self._result.modules[slug] = self._module_state(module, failed=bool(failures))

    def _record(self, module: _ModuleTask, views: dict[str, manifest.View], failed: set[str]) -> list[Failure]:
        """Record the module; what failed stays as it was, and where it was. Returns what failed now."""
        slug, previous, captured = module.script.slug, module.previous, module.captured
        if not views and (captured.needs_views or failed):
            if previous and previous.views:
                self._result.subjects[slug] = previous
            return []
        if captured.subject is None:
            if previous:
                self._result.subjects[slug] = previous
            return [Failure(slug, captured.unrecorded, str(module.script.path))]
        ordered = list(views.values())
        details = {view.record.slug: view.record.details for view in captured.views}
        for place, view in enumerate(previous.views if previous else ()):
            if f"{slug}/{view.slug}" in failed and view.slug not in views:
                there = details.get(view.slug, view.details)
                ordered.insert(place, msgspec.structs.replace(view, details=there))
        self._result.subjects[slug] = manifest.as_read(msgspec.structs.replace(captured.subject, views=ordered))
        return []

    def _module_state(self, module: _ModuleTask, *, failed: bool) -> state.ModuleState:
        """Return what the module's part depends on, and what was made of it."""
        subject = self._result.subjects.get(module.script.slug)
        views = subject.views if subject else []
        components = self._result.components.get(module.script.slug, {})
        icons = {part.icon for part in components.values() if part.icon}
        reads = {self._relative_path(path): known for path, known in sorted(module.captured.reads.items())}
        return state.ModuleState(
            source=module.source,
            reads=reads,
            makes=sorted({file.path for view in views for file in view.files} | icons),
            own_parts=sorted(key for key in components if key.startswith(_OWN)),
            failed=failed,
        )

    def _relative_path(self, path: Path) -> str:
        """Write a path as it leads there from the folder of modules, so that both can be moved together."""
        return Path(os.path.relpath(path, self._request.folder)).as_posix()

    def _finish_view(
        self, pool: Workers, script: Script, task: _ViewTask, work: Future[DrawnView] | None
    ) -> manifest.View:
        """Record a view with its pictures: wait for them, or keep the last ones."""
        slug, record, reused = script.slug, task.view.record, task.reused
        if work is None:
            assert reused is not None  # noqa: S101  else there would be work
            self._add_components(slug, task.view, {}, same=self._same_code)
            boxes = {node.id: node.box for node in reused.nodes if node.box}
            return _with_picture(record, reused.files, reused.width, reused.height, boxes)
        drawn = finished(work, partial(DRAW_OTHERWISE, pool, work, task.view.job))
        self._add_components(slug, task.view, dict(drawn.icons), same=False)
        files = []
        for (made, content), (_, fingerprint) in zip(drawn.files, task.view.formats, strict=True):
            path = _path(slug, record.slug, made)
            self._outputs.put(path, content)
            theme = "auto" if made.format == "svg" else made.theme
            files.append(
                manifest.File(
                    format=made.format, path=path, bytes=len(content), scale=made.scale, theme=theme, hash=fingerprint
                )
            )
        self._result.drawn += 1
        what = f"{slug}/{record.slug}"
        self._on_progress(what)
        self._warnings += [Failure(what, one, str(script.path), record.line) for one in drawn.warnings]
        if drawn.warnings:
            record = msgspec.structs.replace(record, hash="")  # drawn anew next time
        boxes = {
            node: manifest.Box(x=box.x0, y=box.y0, width=box.width, height=box.height) for node, box in drawn.boxes
        }
        return _with_picture(record, files, drawn.width, drawn.height, boxes)

    def _add_components(self, slug: str, view: CapturedView, icons: Mapping[str, ComponentIcon], *, same: bool) -> None:
        """Record the components of a drawing; those of one that stayed the same are as they were."""
        components = self._result.components.setdefault(slug, {})
        for component in view.components:
            key = component.record.key
            if key not in components:
                old = self._components.get(key)
                usable = same and old is not None and not key.startswith(_OWN)
                if usable and old and (not old.icon or self._outputs.is_intact(old.icon)):
                    components[key] = old
                else:
                    components[key] = self._recorded(component, icons.get(key))

    def _recorded(self, component: CapturedComponent, icon: ComponentIcon | None) -> manifest.Component:
        if not component.icon:
            return component.record
        icon = icon or REDUCE_ICON(component.icon)
        path = f"icons/{icon.name}.png"
        self._result.icons.setdefault(path, icon.png)
        return msgspec.structs.replace(component.record, icon=path, plate=icon.plate)

    def _start_fonts(self, last: Sequence[manifest.Font], pool: Workers | None) -> Callable[[], None]:
        """Have the fonts of the pages cut by a process that has loaded what cuts them; return what puts them there.

        Those of the last build stay where they are still right.
        """
        if last and self._same_code and self._same_options and all(self._outputs.is_intact(font.path) for font in last):
            return partial(self._result.fonts.extend, last)
        look = self._request.options.conventions.look
        cut = partial(_page_fonts, look)
        cutting = pool.draw(_page_fonts, look) if pool else None

        def put() -> None:
            fonts = finished(cutting, cut) if cutting else cut()
            self._outputs.invalidate(font.path for font, _ in fonts)
            for font, content in fonts:
                self._outputs.put(font.path, content)
                self._result.fonts.append(font)

        return put


def _start_view(pool: Workers, task: _ViewTask) -> Future[DrawnView] | None:
    """Submit a drawing. It gets most of the time that a drawing may take; the rest is kept for other settings."""
    return None if task.reused else pool.draw_within(pool.seconds * FIRST, DRAW, task.view.job)


def _with_picture(
    record: manifest.View, files: list[manifest.File], width: float, height: float, boxes: Mapping[str, manifest.Box]
) -> manifest.View:
    nodes = [msgspec.structs.replace(node, box=boxes.get(node.id)) for node in record.nodes]
    return msgspec.structs.replace(record, files=files, width=width, height=height, nodes=nodes)


def _path(slug: str, view: str, made: Format) -> str:
    """Name a file: `images/shop/serving.svg`, `serving.png`, `serving.dark.png`, which no slug is like."""
    theme = ".dark" if made.theme == "dark" else ""
    return f"images/{slug}/{view}{theme}.{made.format}"
