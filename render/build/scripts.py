"""Draw plain `diagrams` scripts: pictures beside each other in a folder, no gallery."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.base.files import write
from archfolio.render.build.draw import ENGINES, draw
from archfolio.render.build.job import job_for, picture_of
from archfolio.render.build.processes import WorkerFailed, workers
from archfolio.render.capture.module import capture
from archfolio.render.layout.engine import LayoutFailed
from archfolio.render.model.ids import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.draw import Picture
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.module import Captured, Drawing


@dataclass
class ScriptsResult:
    """The files that were made, and what failed."""

    paths: list[Path] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)


def render(scripts: Sequence[Script], output: Path, options: RenderOptions) -> ScriptsResult:
    """Draw every diagram of every script into a folder, under the names that the scripts ask for."""
    drawn = ScriptsResult()
    names = Names()
    engine_version = ENGINES[options.engine]().version()
    with workers() as pool:
        modules = [(script, pool.run_module(capture, script)) for script in scripts]
        for captured in _captured(modules, drawn.failures):
            jobs = [
                (drawing, job_for(f"{captured.script.slug}/{drawing.graph.slug}", drawing, options, engine_version))
                for drawing in captured.drawings
            ]
            works = [(drawing, job, pool.draw(draw, job)) for drawing, job in jobs]
            for drawing, job, work in works:
                try:
                    picture = picture_of(pool, job, work)
                except (WorkerFailed, LayoutFailed, OSError) as error:
                    what = f"{captured.script.slug}/{drawing.graph.slug}"
                    sentence = f"could not be drawn: {error}"
                    drawn.failures.append(Failure(what, sentence, str(captured.script.path), drawing.graph.line))
                else:
                    drawn.paths += _write(picture, output / names.take(_inside(drawing)))
    return drawn


def _captured(modules: list[tuple[Script, Future[Captured]]], failures: list[Failure]) -> Iterator[Captured]:
    for script, work in modules:
        try:
            captured = work.result()
        except WorkerFailed as died:
            failures.append(Failure(script.slug, f"could not be run: {died}", str(script.path)))
            continue
        failures.extend(captured.failures)
        yield captured


def _inside(drawing: Drawing) -> str:
    """Keep the file name, with folders, that a script asks for, as far as it stays inside the output folder."""
    parts = [part for part in PurePosixPath(drawing.filename.replace("\\", "/")).parts if part not in ("..", "/", ".")]
    return "/".join(parts) or drawing.graph.slug


def _write(picture: Picture, stem: Path) -> Iterator[Path]:
    for made, content in picture.files:
        theme = "-dark" if made.theme == "dark" else ""
        path = stem.with_name(f"{stem.name}{theme}.{made.format}")
        write(path, content)
        yield path
