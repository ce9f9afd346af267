"""Capture modules and draw their views in worker processes, keeping the last good picture of what fails."""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib.metadata import version
from typing import TYPE_CHECKING

from render import manifest, state
from render.capture import Captured, Drawing, capture
from render.draw import ENGINES, Format, Picture, draw
from render.engine import LayoutFailed
from render.errors import Failure
from render.font import FAMILY, Weight, webfont
from render.icons import icon
from render.jobs import job_for, picture_of
from render.record import record_component, record_system, record_view
from render.workers import Died, workers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from render.discover import Script
    from render.draw import Job
    from render.pipeline import Request
    from render.workers import Work, Workers

# Latin with its accents, Greek, punctuation, arrows and mathematics: what pages are likely to say.
_PAGE_CHARACTERS = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2200), 0x2212, 0x2265)))


@dataclass
class Made:
    """What came out of the studio."""

    systems: dict[str, manifest.System] = field(default_factory=dict)
    components: dict[str, manifest.Component] = field(default_factory=dict)
    modules: dict[str, state.Module] = field(default_factory=dict)
    fonts: list[manifest.Font] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    drawn: int = 0


@dataclass(frozen=True, slots=True)
class _Sitting:
    """A drawing, and the work on it; None where the last picture is still right."""

    drawing: Drawing
    job: Job
    work: Work[Picture] | None


class Studio:
    """Makes the systems of one build request."""

    def __init__(self, request: Request, told: Callable[[str], None], failures: list[Failure]) -> None:
        """Work for a request; failures are appended, and `told` hears of each drawing."""
        self._request, self._told, self._failures = request, told, failures
        self.version = version("archfolio")
        self.engine_version = ENGINES[request.look.engine]().version()
        self._made = Made()

    def make(self, scripts: Sequence[Script], old: Mapping[str, manifest.System]) -> Made:
        """Run the modules and draw what changed; `old` has the systems as they were last built."""
        self._add_fonts()
        with workers(self._request.jobs) as pool:
            running = [(script, pool.run_module(capture, script)) for script in scripts]
            sittings = [(script, self._captured(script, work), old.get(script.slug)) for script, work in running]
            begun = [
                (captured, was, [self._begin(pool, captured, drawing, was) for drawing in captured.drawings])
                for _, captured, was in sittings
            ]
            for captured, was, parts in begun:
                self._finish(pool, captured, was, parts)
        return self._made

    def _captured(self, script: Script, work: Work[Captured]) -> Captured:
        try:
            return work.result()
        except Died as died:
            failure = Failure(script.slug, f"could not be run: {died}", str(script.path))
            return Captured(script, script.slug, "", (), None, "", failures=(failure,))

    def _begin(self, pool: Workers, captured: Captured, drawing: Drawing, was: manifest.System | None) -> _Sitting:
        job = job_for(drawing, self._request.look, self.engine_version)
        view = _view_of(was, drawing.graph.slug)
        if view and view.hash == job.fingerprint and not self._request.force and self._whole(view):
            return _Sitting(drawing, job, None)
        return _Sitting(drawing, job, pool.draw(draw, job))

    def _whole(self, view: manifest.View) -> bool:
        """Tell whether the files of a view are there; whether they are as written was checked before."""
        return all((self._request.output / file.path).is_file() for file in view.files)

    def _finish(
        self, pool: Workers, captured: Captured, was: manifest.System | None, sittings: list[_Sitting]
    ) -> None:
        """Wait for the drawings of one module and record it."""
        slug = captured.script.slug
        failures = list(captured.failures)
        views: dict[str, manifest.View] = {}
        for sitting in sittings:
            try:
                views[sitting.drawing.graph.slug] = self._view(pool, slug, sitting, was)
            except (Died, LayoutFailed, OSError) as error:
                graph = sitting.drawing.graph
                sentence = f"could not be drawn: {error}"
                failures.append(Failure(f"{slug}/{graph.slug}", sentence, str(captured.script.path), graph.line))
        self._failures.extend(failures)
        self._made.modules[slug] = state.Module(
            source=state.digest(captured.text.encode()) if captured.text else "",
            reads={str(path): state.of_file(path) for path in captured.reads},
            failed=bool(failures),
        )
        self._keep(captured, was, views, {failure.what for failure in failures})

    def _keep(
        self, captured: Captured, was: manifest.System | None, views: dict[str, manifest.View], failed: set[str]
    ) -> None:
        """Record the module; what failed stays as it was, and where it was."""
        slug = captured.script.slug
        if not views:
            if was:
                self._made.systems[slug] = was
            return
        ordered = list(views.values())
        for place, view in enumerate(was.views if was else ()):
            if f"{slug}/{view.slug}" in failed and view.slug not in views:
                ordered.insert(place, view)
        self._made.systems[slug] = record_system(captured, captured.script.path.name, ordered)

    def _view(self, pool: Workers, slug: str, sitting: _Sitting, was: manifest.System | None) -> manifest.View:
        drawing, job = sitting.drawing, sitting.job
        view = _view_of(was, drawing.graph.slug)
        self._add_components(drawing)
        if sitting.work is None:
            assert view is not None  # noqa: S101  it was compared with
            boxes = tuple((node.id, node.box) for node in view.nodes if node.box)
            kept = Picture((), view.width, view.height, (), "", None)
            record = record_view(drawing, kept, view.files, job.fingerprint)
            return _with_boxes(record, dict(boxes))
        picture = picture_of(pool, job, sitting.work)
        files = []
        for made, content in picture.files:
            path = f"images/{slug}/{_file_name(drawing.graph.slug, made)}"
            self._made.files[path] = content
            theme = "auto" if made.format == "svg" else made.theme
            files.append(
                manifest.File(format=made.format, path=path, bytes=len(content), scale=made.scale, theme=theme)
            )
        self._made.drawn += 1
        self._told(f"{slug}/{drawing.graph.slug}")
        return record_view(drawing, picture, files, job.fingerprint)

    def _add_components(self, drawing: Drawing) -> None:
        for node in drawing.graph.nodes:
            if node.component in self._made.components:
                continue
            path, plate = "", ""
            if node.icon:
                try:
                    picture = icon(node.icon)
                except OSError:
                    continue  # reported by the drawing itself
                path = f"icons/{node.component}.png"
                self._made.files[path] = picture.png
                plates = {(True, True): "both", (True, False): "light", (False, True): "dark"}
                plate = plates.get((picture.plate_on_light, picture.plate_on_dark), "")
            self._made.components[node.component] = record_component(node, path, plate)

    def _add_fonts(self) -> None:
        for weight in Weight:
            path = f"fonts/{FAMILY.lower()}-{weight}.woff2"
            self._made.files[path] = webfont(_PAGE_CHARACTERS, weight)
            self._made.fonts.append(manifest.Font(family=FAMILY, weight=weight, path=path))


def _file_name(slug: str, made: Format) -> str:
    """Name a file: `serving.svg`, `serving.png`, `serving-dark.png`."""
    theme = "-dark" if made.theme == "dark" else ""
    return f"{slug}{theme}.{made.format}"


def _view_of(system: manifest.System | None, slug: str) -> manifest.View | None:
    return next((view for view in system.views if view.slug == slug), None) if system else None


def _with_boxes(view: manifest.View, boxes: Mapping[str, manifest.Box]) -> manifest.View:
    import msgspec  # noqa: PLC0415

    nodes = [msgspec.structs.replace(node, box=boxes.get(node.id)) for node in view.nodes]
    return msgspec.structs.replace(view, nodes=nodes)
