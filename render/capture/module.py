"""Run a module and keep what it draws and says: from `Script` to `Captured`.

The module is run as the program it may be (`__name__` is "__main__", its folder is the working folder), so that plain
`diagrams` scripts work unchanged. Meant for a process of its own: a module may do anything to the one that runs it.
"""

from __future__ import annotations

import ast
import dataclasses
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.author_error import suggest
from archfolio.render.base.errors import Failure
from archfolio.render.capture.blocks import Blocks
from archfolio.render.capture.discover import why_closed
from archfolio.render.capture.helpers import is_helper
from archfolio.render.capture.import_path import our_path
from archfolio.render.capture.on_demand import pictures_on_demand
from archfolio.render.capture.problems import Problems
from archfolio.render.capture.recorder import recording
from archfolio.render.capture.run import run_script
from archfolio.render.capture.summary import summary_and_problem
from archfolio.render.capture.syntax import parsed
from archfolio.render.capture.validate import validated
from archfolio.render.model.conventions import OURS, Conventions
from archfolio.render.model.graph import Accent
from archfolio.render.model.look import dress, unknown_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import ModuleType

    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.on_demand import Painter
    from archfolio.render.capture.run import Outcome
    from archfolio.render.model.conventions import Look
    from archfolio.render.model.drawing import Drawing
    from archfolio.subject import Subject
    from archfolio.system import System

_NO_DOCSTRINGS = 2  # the level of Python's optimizing from which modules have none


@dataclass(frozen=True, slots=True)
class Captured:
    """All that a module draws and says, and what of it failed."""

    script: Script
    title: str
    summary: str
    problem: tuple[str, ...]  # paragraphs
    subject: Subject | None  # what it describes; None for a plain script
    text: str  # the module's source
    drawings: tuple[Drawing, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[Failure, ...] = ()  # of what was drawn all the same
    names: tuple[tuple[str, str], ...] = ()  # of families and building blocks that are the project's own

    @property
    def system(self) -> System | None:
        """The system that it describes; None where it describes something else."""
        from archfolio.system import System  # noqa: PLC0415  loaded, where there is one

        return self.subject if isinstance(self.subject, System) else None


def ignore(_: object) -> None:
    """Do nothing."""


def capture(
    script: Script,
    arguments: Sequence[str] = (),
    paint: Painter | None = None,
    conventions: Conventions = OURS,
    on_drawing: Callable[[Drawing], None] = ignore,
) -> Captured:
    """Run a script in this process and return what it drew; what raised is in `failures`, the rest is whole.

    `arguments` are those of the command line that the script reads. `paint` makes the pictures that a script uses
    after it has drawn them; without it there are none. `conventions` are those of the project: their words are added to
    ours in this process, and graphs are dressed by their look. `on_drawing` is called with each drawing of the result
    as soon as it is known, and perhaps with others.
    """
    if sentence := _why_unread(script.path):
        return Captured(
            script, script.slug, "", (), None, "", failures=(Failure(script.slug, sentence, str(script.path)),)
        )
    words = dict(conventions.words)
    if conventions.words:
        from archfolio.vocabulary import add_words  # noqa: PLC0415  few projects have words of their own

        add_words(conventions.words)
    started_in, own = Path.cwd(), script.path.parent
    dressed: dict[int, tuple[Drawing, Drawing]] = {}  # drawings by what they are, as they were and as they are dressed

    def on_drawn(drawing: Drawing) -> Drawing:
        graph = dress(drawing.graph, conventions.look)
        dressed[id(drawing)] = drawing, dataclasses.replace(drawing, graph=graph)
        with our_path():
            on_drawing(dressed[id(drawing)][1])
        return drawing

    outcome, captured = _capture_in(own, script, (own, started_in), arguments, paint, on_drawn)
    if outcome.missed_a_file and started_in != own:  # plain Python runs a script where one started it
        again, captured_there = _capture_in(started_in, script, (own, started_in), arguments, paint, on_drawn)
        captured = captured if again.missed_a_file else captured_there
    failures = _unknown_parts(captured, conventions.look)
    return validated(
        dataclasses.replace(
            captured,
            drawings=tuple(dressed[id(one)][1] for one in captured.drawings),
            failures=(*captured.failures, *failures),
            names=(*words.get("families", ()), *words.get("building_blocks", ())),
        )
    )


def _why_unread(path: Path) -> str:
    """Return why a module cannot be read; "" where it can."""
    if path.is_dir() and (why := why_closed(path)):
        return f"is a folder that cannot be read: {why}; see its rights, or rename it with a leading underscore"
    if path.exists() and not path.is_file():  # a pipe would never end
        return "is no file: remove it, or rename it with a leading underscore"
    try:
        path.open("rb").close()
    except OSError as error:
        return f"cannot be read: {(error.strerror or str(error)).lower()}"
    return ""


def _unknown_parts(captured: Captured, look: Look) -> list[Failure]:
    """Return a failure for each part that nobody has a name for."""
    return [
        Failure(
            f"{captured.script.slug}/{drawing.graph.slug}",
            f"'{node.accent}' is no part of systems; name it in [tool.archfolio.vocabulary.parts]"
            f"{suggest(node.accent, [*Accent, *(part.name for part in look.parts)])}",
            str(captured.script.path),
            node.line,
        )
        for drawing in captured.drawings
        for node in unknown_parts(drawing.graph, look)
    ]


def _capture_in(
    folder: Path,
    script: Script,
    folders: Sequence[Path],
    arguments: Sequence[str],
    paint: Painter | None,
    on_drawn: Callable[[Drawing], Drawing],
) -> tuple[Outcome, Captured]:
    """Run a script in a folder."""
    text = script.path.read_text(encoding="utf-8", errors="replace")
    pid = os.getpid()
    problems = Problems()
    with recording(script.path) as recorder:
        with pictures_on_demand(paint) as pictures:
            blocks = Blocks(script, folders, pictures)
            recorder.on_record = blocks.read
            outcome = run_script(script.path, folder, arguments)
            recorder.on_record = ignore  # a view reads its own
        if os.getpid() != pid:  # the module forked, and this is the child: it must not go on as a second worker
            os._exit(0)
        if outcome.error is not None:
            problems.failures.append(_failure(outcome.error, script))
        authored = _authored()
        subject = authored.subject_in(outcome.namespace) if authored else None
        if authored:
            problems.failures.extend(authored.duplicates(script, text, outcome.namespace))
        drawings = list(map(on_drawn, blocks.drawings(problems.failures, problems.warnings)))
        recorder.records.clear()
        if authored:
            if not (subject or drawings):  # what a plain script calls its constants is its own affair
                problems.failures.extend(authored.missed_subjects(script, text, outcome.namespace))
            views = authored.draw_views(outcome.namespace, script, folders, recorder, subject, problems)
            drawings += map(on_drawn, views)
    if not drawings and not problems.failures and (subject.needs_views if subject else not is_helper(script)):
        problems.failures.append(_draws_nothing(script, text))
    summary, problem = summary_and_problem(_docstring(outcome, text))
    return outcome, Captured(
        script=script,
        title=subject.title if subject else script.title,
        summary=summary,
        problem=problem,
        subject=subject,
        text=text,
        drawings=tuple(drawings),
        failures=tuple(problems.failures),
        warnings=tuple(problems.warnings),
    )


_DRAW_SOMETHING = (
    "write a view, or a 'with Diagram(...):' block that runs; where it is to draw nothing, begin its name with '_'"
)
_FROM_NOTEBOOK = "write it as a script, with 'jupyter nbconvert --to script', and draw that"


def _authored() -> ModuleType | None:
    """Return what reads our own names out of a module; None where the module has loaded none, as most scripts."""
    if "archfolio.authoring" not in sys.modules:
        return None
    with our_path():
        from archfolio.render.capture import authored  # noqa: PLC0415  it loads all that can be said of systems
    return authored


def _draws_nothing(script: Script, text: str) -> Failure:
    """Return what a script is told that has run and drawn nothing."""
    if script.path.suffix == ".ipynb":
        fix, line = _FROM_NOTEBOOK, 0
    else:
        fix, line = _undeclared_view(text) or (_DRAW_SOMETHING, 0)
    return Failure(script.slug, f"draws nothing: {fix}", str(script.path), line)


def _failure(error: BaseException, script: Script) -> Failure:
    """Return what ended a script."""
    if script.path.suffix == ".ipynb":  # its text is JSON, which Python reads as far as the first null
        return Failure(script.slug, f"is a notebook: {_FROM_NOTEBOOK}", str(script.path))
    with our_path():
        from archfolio.render.capture.blame import blame  # noqa: PLC0415  it loads all that may have been meant
    return blame(error, script, script.slug)


def _undeclared_view(text: str) -> tuple[str, int] | None:
    """Return how the first function of a module becomes a view, and its line; None where there is none."""
    tree = parsed(text)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)] if tree else []
    for function in functions:
        if not function.decorator_list and not function.name.startswith("_") and "archfolio" in text:
            title = function.name.replace("_", " ").capitalize()
            return f"write @view(\"{title}\") above 'def {function.name}'", function.lineno
    return None


def _docstring(outcome: Outcome, text: str) -> str:
    """Return a module's docstring: the module has it that ran; of another its text is parsed, which takes longer."""
    if sys.flags.optimize < _NO_DOCSTRINGS and "__doc__" in outcome.namespace:
        said = outcome.namespace["__doc__"]
        return said if isinstance(said, str) else ""
    tree = parsed(text)
    return (ast.get_docstring(tree) or "") if tree else ""
