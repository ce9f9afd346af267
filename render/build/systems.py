"""Capture modules and draw their views in worker processes, keeping the last good picture of what fails."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem, Failure
from archfolio.render.build import state
from archfolio.render.build.draw import Picture
from archfolio.render.build.draw_in_processes import picture_of, start
from archfolio.render.build.job import job_for, know_fonts
from archfolio.render.build.last_good import without_broken_views
from archfolio.render.build.lost_module import lost_module
from archfolio.render.build.processes import prefetch
from archfolio.render.build.request import engine_version
from archfolio.render.build.to_manifest import record_component, record_subject, record_view
from archfolio.render.capture.inputs import Observed, observe
from archfolio.render.layout import lockfile
from archfolio.render.model.font import FAMILY, Typeface, Weight, webfont
from archfolio.render.model.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.job import Job
    from archfolio.render.build.output_folder import OutputFolder
    from archfolio.render.build.processes import Workers
    from archfolio.render.build.request import BuildReport, BuildRequest
    from archfolio.render.capture.discover import Script
    from archfolio.render.layout.lockfile import Recorded
    from archfolio.render.model.drawing import Drawing
    from archfolio.render.model.graph import Node
    from archfolio.render.model.icons import Icon
    from archfolio.render.paint.format import Format

# Latin with its accents, Greek, punctuation, arrows and mathematics: what pages are likely to say.
_PAGE_CHARACTERS = frozenset(
    map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2200), 0x2212, 0x2265))
)
BATCH = 8  # modules whose drawings are held in memory together, while the next so many run
_OWN = ("custom.", "own.")  # components whose names two modules may use for two things


@dataclass(frozen=True, slots=True)
class ComponentIcon:
    """A component of a drawing, and its icon; no content where the file of the last build is still right."""

    component: manifest.Component
    icon: bytes


@dataclass
class BuildResult:
    """What running the stale modules gave."""

    subjects: dict[str, manifest.Subject] = field(default_factory=dict)
    components: dict[str, dict[str, ComponentIcon]] = field(default_factory=dict)  # by slug and component
    modules: dict[str, state.ModuleState] = field(default_factory=dict)
    fonts: list[manifest.Font] = field(default_factory=list)
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class _PendingModule:
    """A module whose process runs."""

    script: Script
    source: str  # its hash before it ran
    work: Future[Observed]


@dataclass(frozen=True, slots=True)
class _ViewTask:
    """A view to draw, or to reuse as it was drawn."""

    drawing: Drawing
    job: Job
    reused: manifest.View | None  # the last picture, where it is still right
    paths: tuple[str, ...]  # of the pictures that are to be made


@dataclass(frozen=True, slots=True)
class _CapturedModule:
    """A module that has run, its record in the last build, and its views."""

    script: Script
    source: str  # its hash before it ran
    layouts: str  # the hash of what is recorded of its layouts
    observed: Observed
    previous: manifest.Subject | None
    tasks: tuple[_ViewTask, ...]
    failures: tuple[Failure, ...]  # of views that cannot even be begun


class SystemBuilder:
    """Build the systems of one request."""

    def __init__(
        self, request: BuildRequest, outputs: OutputFolder, on_progress: Callable[[str], None], report: BuildReport
    ) -> None:
        """Build a request into a folder; `report` gets what failed, and `on_progress` is called with each drawing."""
        self._request, self._outputs, self._on_progress = request, outputs, on_progress
        self._failures, self._warnings = report.failures, report.warnings
        self.version = version("archfolio")
        self.engine_version = engine_version(request.options.engine)
        self.ran: frozenset[str] = frozenset()
        self._result = BuildResult()
        self._components: dict[str, manifest.Component] = {}
        self._before: dict[str, manifest.Subject] = {}
        self._same_code = outputs.last.code == code_version.all_code()
        self._trusts_manifest = outputs.is_intact(manifest.NAME)
        self.trusts_pages = self._same_code and self._trusts_manifest and not request.force

    def build(self, scripts: Sequence[Script], old: manifest.Manifest, pool: Workers | None = None) -> BuildResult:
        """Run the modules and draw what changed; `old` has them as they were last built."""
        self.ran = frozenset(script.slug for script in scripts)
        self._components = {component.key: component for component in old.components}
        self._before = {subject.slug: subject for subject in old.subjects if subject.slug in self.ran}
        if pool:
            batches = [scripts[place : place + BATCH] for place in range(0, len(scripts), BATCH)]
            drawing = prefetch(partial(self._start_views, pool), prefetch(partial(self._start_modules, pool), batches))
            for started in drawing:
                self._add_fonts()  # while the workers draw
                for module, works in started:
                    self._finish(pool, module, works)
        self._add_fonts()
        return self._result

    def _start_modules(self, pool: Workers, scripts: Sequence[Script]) -> list[_PendingModule]:
        conventions = self._request.options.conventions
        return [
            _PendingModule(script, hashing.hash_file(script.path), pool.run_module(observe, script, conventions))
            for script in scripts
        ]

    def _start_views(
        self, pool: Workers, running: Sequence[_PendingModule]
    ) -> list[tuple[_CapturedModule, list[Future[Picture] | None]]]:
        """Wait until the modules of a batch have run, and have drawn what they say."""
        modules = list(map(self._captured_module, running))
        paths = [path for module in modules for task in module.tasks for path in task.paths]
        self._outputs.invalidate(paths)
        return [(module, [self._start_view(pool, task) for task in module.tasks]) for module in modules]

    def _observation(self, running: _PendingModule) -> Observed:
        script = running.script
        try:
            return running.work.result()
        except Exception as error:  # noqa: BLE001  whatever it is, it is this module's
            return Observed(lost_module(script, error), {})

    def _captured_module(self, running: _PendingModule) -> _CapturedModule:
        script, observed = running.script, self._observation(running)
        before = self._before.get(script.slug)
        previous = without_broken_views(self._request.output, before) if before else None
        hashed = hashing.hash_file(script.folder / lockfile.path(script.slug))
        known = lockfile.of_system(script.folder, script.slug)
        tasks: list[_ViewTask] = []
        failures: list[Failure] = []
        for drawing in observed.captured.drawings:
            try:
                tasks.append(self._view_task(script.slug, drawing, known, previous))
            except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
                failures.append(_failure(script, drawing, error))
        return _CapturedModule(script, running.source, hashed, observed, previous, tuple(tasks), tuple(failures))

    def _view_task(
        self, slug: str, drawing: Drawing, known: Mapping[str, Recorded], previous: manifest.Subject | None
    ) -> _ViewTask:
        """Decide whether the last picture of a drawing is still right: made of the same, and whole."""
        name = f"{slug}/{drawing.graph.slug}"
        job = job_for(name, drawing, self._request.options, self.engine_version, known.get(name))
        view = next((view for view in previous.views if view.slug == drawing.graph.slug), None) if previous else None
        paths = tuple(_path(slug, drawing, made) for made in job.formats)
        if (
            view
            and view.hash == job.fingerprint
            and self._trusts_manifest
            and not self._request.force
            and {(file.path, file.scale, file.hash) for file in view.files}
            == {(_path(slug, drawing, made), made.scale, job.origin(made).fingerprint) for made in job.formats}
            and all(map(self._outputs.is_intact, paths))
        ):
            return _ViewTask(drawing, job, view, ())
        return _ViewTask(drawing, job, None, paths)

    def _start_view(self, pool: Workers, task: _ViewTask) -> Future[Picture] | None:
        return None if task.reused else start(pool, task.job)

    def _finish(self, pool: Workers, module: _CapturedModule, works: list[Future[Picture] | None]) -> None:
        """Wait for the drawings of one module and record it."""
        captured, slug = module.observed.captured, module.script.slug
        # A gallery is published: in it, a letter in place of a picture is a failure.
        failures = [*captured.failures, *captured.warnings, *module.failures]
        views: dict[str, manifest.View] = {}
        for task, work in zip(module.tasks, works, strict=True):
            graph = task.drawing.graph
            try:
                views[graph.slug] = self._finish_view(pool, module.script, task, work)
            except EnvironmentProblem:
                raise
            except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
                failures.append(_failure(module.script, task.drawing, error))
        try:
            self._record(module, views, {failure.what for failure in failures})
        except Exception as error:  # noqa: BLE001  what it says of its subject cannot be written down
            sentence = f"could not be recorded: {type(error).__name__}: {error}"
            failures.append(Failure(slug, sentence, str(module.script.path)))
            if module.previous:
                self._result.subjects[slug] = module.previous
        self._failures.extend(failures)
        self._result.modules[slug] = self._module_state(module, failed=bool(failures))

    def _record(self, module: _CapturedModule, views: dict[str, manifest.View], failed: set[str]) -> None:
        """Record the module; what failed stays as it was, and where it was."""
        slug, previous = module.script.slug, module.previous
        subject = module.observed.captured.subject
        if not views and (subject is None or subject.needs_views or failed):
            if previous and previous.views:
                self._result.subjects[slug] = previous
            return
        ordered = list(views.values())
        for place, view in enumerate(previous.views if previous else ()):
            if f"{slug}/{view.slug}" in failed and view.slug not in views:
                ordered.insert(place, view)
        self._result.subjects[slug] = manifest.as_read(record_subject(module.observed.captured, ordered))

    def _module_state(self, module: _CapturedModule, *, failed: bool) -> state.ModuleState:
        """Return what the module's part depends on, and what was made of it."""
        subject = self._result.subjects.get(module.script.slug)
        views = subject.views if subject else []
        components = self._result.components.get(module.script.slug, {})
        icons = {part.component.icon for part in components.values() if part.component.icon}
        reads = {self._relative_path(path): known for path, known in sorted(module.observed.reads.items())}
        layouts = module.script.folder / lockfile.path(module.script.slug)
        return state.ModuleState(
            source=module.source,
            reads=reads | {self._relative_path(layouts): module.layouts},
            makes=sorted({file.path for view in views for file in view.files} | icons),
            own_parts=sorted(key for key in components if key.startswith(_OWN)),
            failed=failed,
        )

    def _relative_path(self, path: Path) -> str:
        """Write a path as it leads there from the folder of modules, so that both can be moved together."""
        return Path(os.path.relpath(path, self._request.folder)).as_posix()

    def _finish_view(
        self, pool: Workers, script: Script, task: _ViewTask, work: Future[Picture] | None
    ) -> manifest.View:
        """Record a view with its pictures: wait for them, or keep the last ones."""
        slug, drawing, job, reused = script.slug, task.drawing, task.job, task.reused
        if work is None:
            assert reused is not None  # noqa: S101  else there would be work
            self._add_components(slug, drawing, {}, same=self._same_code)
            boxes = {node.id: node.box for node in reused.nodes}
            empty = Picture((), reused.width, reused.height, (), "")
            record = record_view(drawing, empty, reused.files, job.fingerprint)
            nodes = [msgspec.structs.replace(node, box=boxes.get(node.id)) for node in record.nodes]
            return msgspec.structs.replace(record, nodes=nodes)
        picture = picture_of(pool, job, work)
        self._add_components(slug, drawing, dict(picture.icons), same=False)
        files = []
        for made, content in picture.files:
            path = _path(slug, drawing, made)
            self._outputs.put(path, content)
            theme = "auto" if made.format == "svg" else made.theme
            files.append(
                manifest.File(
                    format=made.format,
                    path=path,
                    bytes=len(content),
                    scale=made.scale,
                    theme=theme,
                    hash=job.origin(made).fingerprint,
                )
            )
        self._result.drawn += 1
        what = f"{slug}/{drawing.graph.slug}"
        self._on_progress(what)
        self._warnings += [Failure(what, one, str(script.path), drawing.graph.line) for one in picture.warnings]
        return record_view(drawing, picture, files, "" if picture.warnings else job.fingerprint)  # drawn anew next time

    def _add_components(self, slug: str, drawing: Drawing, icons: Mapping[str, Icon], *, same: bool) -> None:
        """Record the components of a drawing; those of one that stayed the same are as they were."""
        components = self._result.components.setdefault(slug, {})
        for node in drawing.graph.nodes:
            if node.component not in components:
                old = self._components.get(node.component)
                usable = same and old is not None and not node.component.startswith(_OWN)
                if usable and old and (not old.icon or self._outputs.is_intact(old.icon)):
                    components[node.component] = ComponentIcon(old, b"")
                else:
                    components[node.component] = _component_icon(node, icons.get(node.component))

    def _add_fonts(self) -> None:
        if self._result.fonts:
            return
        look = self._request.options.conventions.look
        know_fonts(look)
        family = look.family or FAMILY
        name = "-".join(family.lower().split())
        paths = {weight: f"fonts/{name}-{weight}.woff2" for weight in Weight}
        wanted = [path for path in paths.values() if not (self._same_code and self._outputs.is_intact(path))]
        self._outputs.invalidate(wanted)
        for weight, path in paths.items():
            if path in wanted:
                self._outputs.put(path, webfont(_PAGE_CHARACTERS, Typeface(look.family, weight)))
            self._result.fonts.append(manifest.Font(family=family, weight=int(weight), path=path))


def _failure(script: Script, drawing: Drawing, error: Exception) -> Failure:
    message = " ".join(str(error).split()) or type(error).__name__
    what = f"{script.slug}/{drawing.graph.slug}"
    return Failure(what, f"could not be drawn: {message}", str(script.path), drawing.graph.line)


def _component_icon(node: Node, picture: Icon | None) -> ComponentIcon:
    if not node.icon:
        return ComponentIcon(record_component(node, "", ""), b"")
    picture = picture or icon(node.icon)
    plates = {(True, True): "both", (True, False): "light", (False, True): "dark"}
    plate = plates.get((picture.plate_on_light, picture.plate_on_dark), "")
    return ComponentIcon(record_component(node, f"icons/{picture.name}.png", plate), picture.png)


def _path(slug: str, drawing: Drawing, made: Format) -> str:
    """Name a file: `images/shop/serving.svg`, `serving.png`, `serving.dark.png`, which no slug is like."""
    theme = ".dark" if made.theme == "dark" else ""
    return f"images/{slug}/{drawing.graph.slug}{theme}.{made.format}"
