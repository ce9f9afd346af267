"""Draw plain `diagrams` scripts: pictures beside each other in a folder, no gallery."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem, Failure
from archfolio.render.base.files import write
from archfolio.render.build.draw import ENGINES, paint_now
from archfolio.render.build.job import job_for, picture_of, start
from archfolio.render.build.processes import workers
from archfolio.render.capture.module import capture
from archfolio.render.layout import lockfile
from archfolio.render.model.cluster_style import page_style
from archfolio.render.model.honoured import not_honoured
from archfolio.render.model.ids import Names
from archfolio.render.paint.format import Format

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.draw import Job, Picture
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.drawing import Drawing
    from archfolio.render.capture.module import Captured
    from archfolio.render.layout.lockfile import Recorded

LONGEST_FILE_NAME = 230  # bytes; a file name takes 255, and has endings
LARGEST_SCALE = 4.0  # of a PNG, that an author's resolution can ask for


@dataclass(frozen=True, slots=True)
class DrawnDiagram:
    """One diagram that was drawn, its files, and what its author set that is not seen in them."""

    what: str  # "script/diagram"
    script: Path
    style: str  # house or library
    paths: tuple[Path, ...]
    not_honoured: tuple[str, ...]


@dataclass
class ScriptsResult:
    """What was drawn, what failed, and what was drawn otherwise than its author said."""

    diagrams: list[DrawnDiagram] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)

    @property
    def paths(self) -> list[Path]:
        """The files that were made."""
        return [path for diagram in self.diagrams for path in diagram.paths]


def render_scripts(
    scripts: Sequence[Script],
    output: Path,
    options: RenderOptions,
    arguments: Sequence[str] = (),
    *,
    is_scale_given: bool = True,
) -> ScriptsResult:
    """Draw every diagram of every script into a folder, under the names that the scripts ask for.

    `arguments` are what the scripts find on their command line. Where no scale is given, an author's resolution counts.
    """
    result = ScriptsResult()
    names = Names()
    engine_version = ENGINES[options.engine]().version()
    with workers() as pool:
        modules = [
            (script, pool.run_module(capture, script, tuple(arguments), paint_now, options.conventions))
            for script in scripts
        ]
        for captured in _captured(modules, result):
            known = lockfile.of_system(lockfile.home_of(captured.script.path), captured.script.slug)
            jobs = [
                (drawing, _job(captured.script.slug, drawing, options, engine_version, is_scale_given, known))
                for drawing in captured.drawings
            ]
            works = [(drawing, job, start(pool, job)) for drawing, job in jobs]
            for drawing, job, work in works:
                what = f"{captured.script.slug}/{drawing.graph.slug}"
                try:
                    picture = picture_of(pool, job, work)
                except EnvironmentProblem:
                    raise
                except Exception as error:  # noqa: BLE001  one drawing that fails costs only itself
                    sentence = f"could not be drawn: {str(error) or type(error).__name__}"
                    result.failures.append(Failure(what, sentence, str(captured.script.path), drawing.graph.line))
                    continue
                name = names.take(_inside(drawing, captured.script.path))
                if max(len(os.fsencode(part)) for part in name.split("/")) > LONGEST_FILE_NAME:
                    sentence = f"the name of its file is longer than {LONGEST_FILE_NAME} bytes: shorten it"
                    result.failures.append(Failure(what, sentence, str(captured.script.path), drawing.graph.line))
                    continue
                stem = output / name
                result.diagrams.append(_written(drawing, picture, stem, captured.script.path))
                result.warnings += [
                    Failure(what, warning, str(captured.script.path), drawing.graph.line)
                    for warning in picture.warnings
                ]
    return result


def _captured(modules: list[tuple[Script, Future[Captured]]], result: ScriptsResult) -> Iterator[Captured]:
    for script, work in modules:
        try:
            captured = work.result()
        except EnvironmentProblem:
            raise
        except Exception as error:  # noqa: BLE001  one script that cannot be run costs only itself
            sentence = f"could not be run: {str(error) or type(error).__name__}"
            result.failures.append(Failure(script.slug, sentence, str(script.path)))
            continue
        result.failures.extend(captured.failures)
        result.warnings.extend(captured.warnings)
        yield captured


def _job(
    slug: str,
    drawing: Drawing,
    options: RenderOptions,
    engine_version: str,
    is_scale_given: bool,  # noqa: FBT001
    known: Mapping[str, Recorded],
) -> Job:
    """Build the job of a drawing, from its recorded layout if any, with the formats that its script asks for."""
    if not is_scale_given:
        wanted = min(options.scale * page_style(drawing.graph).scale, max(LARGEST_SCALE, options.scale))
        options = replace(options, scale=wanted)
    what = f"{slug}/{drawing.graph.slug}"
    job = job_for(what, drawing, options, engine_version, known.get(what))
    made = {one.format for one in job.formats}
    asked = dict.fromkeys(ending for ending in drawing.formats if ending not in made)
    extra = [Format(ending, float(options.scale)) for ending in asked if ending != "png" or options.png]
    return replace(job, dot=drawing.dot, formats=(*job.formats, *extra))


def _written(drawing: Drawing, picture: Picture, stem: Path, script: Path) -> DrawnDiagram:
    """Write the files of a picture."""
    paths = []
    for made, content in picture.files:
        theme = ".dark" if made.theme == "dark" else ""
        path = stem.with_name(f"{stem.name}{theme}.{made.format}")
        write(path, content)
        paths.append(path)
    drawn_as = "library" if picture.candidate == "library" else "house"
    left = not_honoured(drawing.graph) if drawn_as == "house" else ()
    return DrawnDiagram(f"{stem.name}", script, drawn_as, tuple(paths), left)


def _inside(drawing: Drawing, script: Path) -> str:
    """Keep the file name, with folders, that a script asks for, as far as it stays inside the output folder.

    Of an absolute path that is what leads on from the folder of the script, or from where it was started.
    """
    said = PurePath(drawing.filename)
    is_absolute = said.is_absolute() or PureWindowsPath(drawing.filename).is_absolute()
    parts: tuple[str, ...] = PurePosixPath(drawing.filename.replace("\\", "/")).parts
    if is_absolute:
        folder = next((one for one in (script.parent, Path.cwd()) if said.is_relative_to(one)), None)
        parts = said.relative_to(folder).parts if folder else parts[-1:]
    return "/".join(part for part in parts if part not in ("..", "/", ".")) or drawing.graph.slug
