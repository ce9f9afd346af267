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
from archfolio.render.build.draw import Picture, draw
from archfolio.render.build.job import job_for, picture_of
from archfolio.render.build.last_good import showable
from archfolio.render.build.processes import Died, ahead
from archfolio.render.build.request import engine_version
from archfolio.render.build.to_manifest import record_component, record_system, record_view
from archfolio.render.capture.inputs import Observed, observe
from archfolio.render.capture.module import Captured, Drawing
from archfolio.render.layout import lockfile
from archfolio.render.model.font import FAMILY, Weight, webfont
from archfolio.render.model.icons import icon

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archfolio.render.build.draw import Job
    from archfolio.render.build.output_folder import Outputs
    from archfolio.render.build.processes import Work, Workers
    from archfolio.render.build.request import Request
    from archfolio.render.capture.discover import Script
    from archfolio.render.layout.lockfile import Recorded
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
class Part:
    """A component of a drawing, and its icon; no content where the file of the last build is still right."""

    component: manifest.Component
    icon: bytes


@dataclass
class Made:
    """What came out of the studio."""

    systems: dict[str, manifest.System] = field(default_factory=dict)
    parts: dict[str, dict[str, Part]] = field(default_factory=dict)  # by slug and component
    modules: dict[str, state.Module] = field(default_factory=dict)
    fonts: list[manifest.Font] = field(default_factory=list)
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class _Running:
    """A module that runs."""

    script: Script
    source: str  # its hash before it ran
    work: Work[Observed]


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A drawing that a module has made, and what there is of it."""

    drawing: Drawing
    job: Job
    kept: manifest.View | None  # the last picture, where it is still right
    paths: tuple[str, ...]  # of the pictures that are to be made


@dataclass(frozen=True, slots=True)
class _Session:
    """A module that ran, as it was before, and its drawings."""

    script: Script
    source: str  # its hash before it ran
    layouts: str  # the hash of what is recorded of its layouts
    seen: Observed
    was: manifest.System | None
    sittings: tuple[_Sitting, ...]


class Studio:
    """Makes the systems of one build request."""

    def __init__(
        self, request: Request, outputs: Outputs, told: Callable[[str], None], failures: list[Failure]
    ) -> None:
        """Work for a request, into a folder; failures are appended, and `told` hears of each drawing."""
        self._request, self._outputs, self._told, self._failures = request, outputs, told, failures
        self.version = version("archfolio")
        self.engine_version = engine_version(request.look.engine)
        self.ran: frozenset[str] = frozenset()
        self._made = Made()
        self._components: dict[str, manifest.Component] = {}
        self._before: dict[str, manifest.System] = {}
        self._same_code = outputs.last.code == code_version.all_code()
        self._trusts_manifest = outputs.is_sound(manifest.NAME)
        self.trusts_pages = self._same_code and self._trusts_manifest and not request.force

    def make(self, scripts: Sequence[Script], old: manifest.Manifest, pool: Workers | None = None) -> Made:
        """Run the modules and draw what changed; `old` has the systems as they were last built."""
        self.ran = frozenset(script.slug for script in scripts)
        self._components = {component.key: component for component in old.components}
        self._before = {system.slug: system for system in old.systems if system.slug in self.ran}
        if pool:
            batches = [scripts[place : place + BATCH] for place in range(0, len(scripts), BATCH)]
            drawing = ahead(partial(self._sit, pool), ahead(partial(self._run, pool), batches))
            for begun in drawing:
                self._add_fonts()  # while the workers draw
                for session, works in begun:
                    self._finish(pool, session, works)
        self._add_fonts()
        return self._made

    def _run(self, pool: Workers, scripts: Sequence[Script]) -> list[_Running]:
        return [
            _Running(script, hashing.hash_file(script.path), pool.run_module(observe, script)) for script in scripts
        ]

    def _sit(self, pool: Workers, running: Sequence[_Running]) -> list[tuple[_Session, list[Work[Picture] | None]]]:
        """Wait until the modules of a batch have run, and have drawn what they say."""
        sessions = list(map(self._session, running))
        paths = [path for session in sessions for sitting in session.sittings for path in sitting.paths]
        self._outputs.announce(paths)
        return [(session, [self._begin(pool, sitting) for sitting in session.sittings]) for session in sessions]

    def _seen(self, running: _Running) -> Observed:
        script = running.script
        try:
            return running.work.result()
        except Died as died:
            sentence = f"could not be run: {died}"
        except Exception as error:  # noqa: BLE001  whatever it is, it is this module's
            sentence = f"could not be run: {type(error).__name__}: {error}"
        failure = Failure(script.slug, sentence, str(script.path))
        return Observed(Captured(script, script.slug, "", (), None, "", failures=(failure,)), {})

    def _session(self, running: _Running) -> _Session:
        script, seen = running.script, self._seen(running)
        before = self._before.get(script.slug)
        was = showable(self._request.output, before) if before else None
        hashed = hashing.hash_file(self._request.systems / lockfile.path(script.slug))
        known = lockfile.of_system(self._request.systems, script.slug)
        sittings = tuple(self._sitting(script.slug, drawing, known, was) for drawing in seen.captured.drawings)
        return _Session(script, running.source, hashed, seen, was, sittings)

    def _sitting(
        self, slug: str, drawing: Drawing, known: Mapping[str, Recorded], was: manifest.System | None
    ) -> _Sitting:
        """Decide whether the last picture of a drawing is still right: made of the same, and whole."""
        recorded = lockfile.recorded(known, f"{slug}/{drawing.graph.slug}", drawing.graph)
        job = job_for(drawing, self._request.look, self.engine_version, recorded)
        view = next((view for view in was.views if view.slug == drawing.graph.slug), None) if was else None
        paths = tuple(_path(slug, drawing, made) for made in job.formats)
        if (
            view
            and view.hash == job.fingerprint
            and self._trusts_manifest
            and not self._request.force
            and {file.path for file in view.files} == set(paths)
            and {file.scale for file in view.files} == {made.scale for made in job.formats}
            and all(map(self._outputs.is_sound, paths))
        ):
            return _Sitting(drawing, job, view, ())
        return _Sitting(drawing, job, None, paths)

    def _begin(self, pool: Workers, sitting: _Sitting) -> Work[Picture] | None:
        return None if sitting.kept else pool.draw(draw, sitting.job)

    def _finish(self, pool: Workers, session: _Session, works: list[Work[Picture] | None]) -> None:
        """Wait for the drawings of one module and record it."""
        captured, slug = session.seen.captured, session.script.slug
        failures = list(captured.failures)
        views: dict[str, manifest.View] = {}
        for sitting, work in zip(session.sittings, works, strict=True):
            graph = sitting.drawing.graph
            try:
                views[graph.slug] = self._view(pool, slug, sitting, work)
            except EnvironmentProblem:
                raise
            except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
                said = str(error) or type(error).__name__
                failures.append(
                    Failure(f"{slug}/{graph.slug}", f"could not be drawn: {said}", str(session.script.path), graph.line)
                )
        self._failures.extend(failures)
        self._keep(session, views, {failure.what for failure in failures})
        self._made.modules[slug] = self._module(session, failed=bool(failures))

    def _keep(self, session: _Session, views: dict[str, manifest.View], failed: set[str]) -> None:
        """Record the module; what failed stays as it was, and where it was."""
        slug, was = session.script.slug, session.was
        if not views:
            if was and was.views:
                self._made.systems[slug] = was
            return
        ordered = list(views.values())
        for place, view in enumerate(was.views if was else ()):
            if f"{slug}/{view.slug}" in failed and view.slug not in views:
                ordered.insert(place, view)
        self._made.systems[slug] = manifest.as_read(
            record_system(session.seen.captured, session.script.path.name, ordered)
        )

    def _module(self, session: _Session, *, failed: bool) -> state.Module:
        """Say what the module's part hangs on, and what it is made of."""
        system = self._made.systems.get(session.script.slug)
        views = system.views if system else []
        parts = self._made.parts.get(session.script.slug, {})
        icons = {part.component.icon for part in parts.values() if part.component.icon}
        reads = {self._from_modules(path): known for path, known in sorted(session.seen.reads.items())}
        return state.Module(
            source=session.source,
            reads=reads | {lockfile.path(session.script.slug): session.layouts},
            makes=sorted({file.path for view in views for file in view.files} | icons),
            own_parts=sorted(key for key in parts if key.startswith(_OWN)),
            failed=failed,
        )

    def _from_modules(self, path: Path) -> str:
        """Write a path as it leads there from the folder of modules, so that both can be moved together."""
        try:
            return Path(os.path.relpath(path, self._request.systems.resolve())).as_posix()
        except ValueError:  # on another drive
            return path.as_posix()

    def _view(self, pool: Workers, slug: str, sitting: _Sitting, work: Work[Picture] | None) -> manifest.View:
        """Have a view's pictures, by waiting for them or by keeping the last, and record it."""
        drawing, job, kept = sitting.drawing, sitting.job, sitting.kept
        if work is None:
            assert kept is not None  # noqa: S101  else there would be work
            self._add_parts(slug, drawing, {}, same=self._same_code)
            boxes = {node.id: node.box for node in kept.nodes}
            empty = Picture((), kept.width, kept.height, (), "")
            record = record_view(drawing, empty, kept.files, job.fingerprint)
            nodes = [msgspec.structs.replace(node, box=boxes.get(node.id)) for node in record.nodes]
            return msgspec.structs.replace(record, nodes=nodes)
        picture = picture_of(pool, job, work)
        self._add_parts(slug, drawing, dict(picture.icons), same=False)
        files = []
        for made, content in picture.files:
            path = _path(slug, drawing, made)
            self._outputs.put(path, content)
            theme = "auto" if made.format == "svg" else made.theme
            files.append(
                manifest.File(format=made.format, path=path, bytes=len(content), scale=made.scale, theme=theme)
            )
        self._made.drawn += 1
        self._told(f"{slug}/{drawing.graph.slug}")
        return record_view(drawing, picture, files, job.fingerprint)

    def _add_parts(self, slug: str, drawing: Drawing, icons: Mapping[str, Icon], *, same: bool) -> None:
        """Record the components of a drawing; those of one that stayed the same are as they were."""
        parts = self._made.parts.setdefault(slug, {})
        for node in drawing.graph.nodes:
            if node.component not in parts:
                old = self._components.get(node.component)
                usable = same and old is not None and not node.component.startswith(_OWN)
                if usable and old and (not old.icon or self._outputs.is_sound(old.icon)):
                    parts[node.component] = Part(old, b"")
                else:
                    parts[node.component] = _part(node, icons.get(node.component))

    def _add_fonts(self) -> None:
        if self._made.fonts:
            return
        paths = {weight: f"fonts/{FAMILY.lower()}-{weight}.woff2" for weight in Weight}
        wanted = [path for path in paths.values() if not (self._same_code and self._outputs.is_sound(path))]
        self._outputs.announce(wanted)
        for weight, path in paths.items():
            if path in wanted:
                self._outputs.put(path, webfont(_PAGE_CHARACTERS, weight))
            self._made.fonts.append(manifest.Font(family=FAMILY, weight=int(weight), path=path))


def _part(node: Node, picture: Icon | None) -> Part:
    if not node.icon:
        return Part(record_component(node, "", ""), b"")
    picture = picture or icon(node.icon)
    plates = {(True, True): "both", (True, False): "light", (False, True): "dark"}
    plate = plates.get((picture.plate_on_light, picture.plate_on_dark), "")
    return Part(record_component(node, f"icons/{node.component}.png", plate), picture.png)


def _path(slug: str, drawing: Drawing, made: Format) -> str:
    """Name a file: `images/shop/serving.svg`, `serving.png`, `serving-dark.png`."""
    theme = "-dark" if made.theme == "dark" else ""
    return f"images/{slug}/{drawing.graph.slug}{theme}.{made.format}"
