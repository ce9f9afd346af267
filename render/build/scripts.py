"""Draw plain `diagrams` scripts: pictures beside each other in a folder, no gallery."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING

from archfolio.render.base.errors import EnvironmentProblem, Failure, Problem
from archfolio.render.base.files import write
from archfolio.render.build.fork_server import SCRIPTS
from archfolio.render.build.processes import FIRST, finished, prefetch, workers
from archfolio.render.build.script_records import CapturedDrawing, CapturedScript
from archfolio.render.build.worker import InTwo, Named
from archfolio.render.model.ids import Names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from concurrent.futures import Future

    from archfolio.render.build.options import RenderOptions
    from archfolio.render.build.script_records import DrawnFiles
    from archfolio.render.capture.discover import Script

_AHEAD = 8  # scripts whose drawings are made while those of the one before are written
_LONGEST_FILE_NAME = 230  # bytes; a file name takes 255, and has endings
_IN_THE_WAY = (FileExistsError, NotADirectoryError, IsADirectoryError)  # a file for a folder, or a folder for a file


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


_Job = tuple[bytes, "RenderOptions", bool]
_Work = tuple[CapturedDrawing, _Job, "Future[DrawnFiles]"]

# What is done in processes is named and not imported: this one only hands out work and writes files, and whatever
# drawing takes to load would be loaded here once more, before anything begins.
_capture: Named[CapturedScript] = Named("archfolio.render.build.script_capture", "capture_script")
_draw: Named[DrawnFiles] = Named("archfolio.render.build.script_drawing", "draw_captured")
_draw_in_two: InTwo[DrawnFiles] = InTwo("archfolio.render.build.script_drawing", "draw_in_two")
_draw_otherwise: Named[DrawnFiles] = Named("archfolio.render.build.script_drawing", "draw_otherwise")


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
    names = _FileNames()
    with workers(modules_from=SCRIPTS) as pool:
        modules = [
            (script, pool.run_module(_capture, script, tuple(arguments), options.conventions)) for script in scripts
        ]

        def start(captured: CapturedScript) -> tuple[CapturedScript, list[_Work]]:
            jobs = [(drawing, (drawing.content, options, is_scale_given)) for drawing in captured.drawings]
            draw = _draw_in_two if len(scripts) == len(jobs) == 1 else _draw  # nothing else is to be done meanwhile
            return captured, [(*job, pool.draw_within(pool.seconds * FIRST, draw, *job[1])) for job in jobs]

        for captured, works in prefetch(start, _captured(modules), _AHEAD):
            result.failures.extend(captured.failures)
            result.warnings.extend(captured.warnings)
            for drawing, job, work in works:
                try:
                    drawn = _drawn(work, partial(_draw_otherwise, pool, work, *job))
                    result.diagrams.append(_written(drawing, drawn, captured.path, output, names))
                except EnvironmentProblem:
                    raise
                except Problem as problem:
                    result.failures.append(Failure(drawing.what, str(problem), str(captured.path), drawing.line))
                    continue
                result.warnings += [
                    Failure(drawing.what, warning, str(captured.path), drawing.line) for warning in drawn.warnings
                ]
    return result


def _captured(modules: list[tuple[Script, Future[CapturedScript]]]) -> Iterator[CapturedScript]:
    for script, work in modules:
        try:
            yield work.result()
        except EnvironmentProblem:
            raise
        except Exception as error:  # noqa: BLE001  one script that cannot be run costs only itself
            sentence = f"could not be run: {str(error) or type(error).__name__}"
            yield CapturedScript(script.path, (), (Failure(script.slug, sentence, str(script.path)),), ())


class _FileNames:
    """Hands out names of which no file is another diagram's: "a" with a dark PNG has what "a.dark" would have."""

    def __init__(self) -> None:
        self._names = Names()
        self._files: set[str] = set()

    def take(self, wanted: str, drawn: DrawnFiles) -> str:
        while True:
            name = self._names.take(wanted)
            files = {f"{name}{ending}" for ending, _ in drawn.files}
            if files.isdisjoint(self._files):
                self._files |= files
                return name


def _drawn(work: Future[DrawnFiles], otherwise: Callable[[], DrawnFiles]) -> DrawnFiles:
    """Wait for a drawing. Raises Problem where it cannot be had."""
    try:
        return finished(work, otherwise)
    except EnvironmentProblem:
        raise
    except Exception as error:
        sentence = f"could not be drawn: {' '.join(str(error).split()) or type(error).__name__}"
        raise Problem(sentence) from error


def _written(
    drawing: CapturedDrawing, drawn: DrawnFiles, script: Path, output: Path, names: _FileNames
) -> DrawnDiagram:
    """Write the files of a drawing. Raises Problem where its name is what is wrong."""
    name = names.take(_inside(drawing, script), drawn)
    if max(len(os.fsencode(part)) for part in name.split("/")) > _LONGEST_FILE_NAME:
        raise Problem(f"the name of its file is longer than {_LONGEST_FILE_NAME} bytes: shorten it")
    stem, paths = output / name, []
    try:
        for ending, content in drawn.files:
            path = stem.with_name(f"{stem.name}{ending}")
            write(path, content)
            paths.append(path)
    except EnvironmentProblem as problem:
        if not (isinstance(problem.__cause__, _IN_THE_WAY) and output.is_dir()):
            raise
        raise Problem(str(problem)) from problem
    return DrawnDiagram(drawing.what, script, drawn.style, tuple(paths), drawn.not_honoured)


def _inside(drawing: CapturedDrawing, script: Path) -> str:
    """Keep the file name, with folders, that a script asks for, as far as it stays inside the output folder.

    Of an absolute path that is what leads on from the folder of the script, or from where it was started.
    """
    said = PurePath(drawing.filename)
    is_absolute = said.is_absolute() or PureWindowsPath(drawing.filename).is_absolute()
    parts: tuple[str, ...] = PurePosixPath(drawing.filename.replace("\\", "/")).parts
    if is_absolute:
        folder = next((one for one in (script.parent, Path.cwd()) if said.is_relative_to(one)), None)
        parts = said.relative_to(folder).parts if folder else parts[-1:]
    return "/".join(part for part in parts if part not in ("..", "/", ".")) or drawing.slug
