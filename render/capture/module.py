"""Run a module and keep what it draws and says: from `Script` to `Captured`.

The module is run as the program it may be (`__name__` is "__main__", its folder is the working folder), so that plain
`diagrams` scripts work unchanged. Meant for a process of its own: a module may do anything to the one that runs it.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import diagrams

from archfolio import AuthorError, System, View
from archfolio.author_error import suggest
from archfolio.delta import Delta, delta
from archfolio.estimate import interpolate
from archfolio.render.base.errors import Failure
from archfolio.render.capture.blame import blame
from archfolio.render.capture.blocks import Blocks
from archfolio.render.capture.drawing import Words, escaped_braces, keep_template, read_drawing
from archfolio.render.capture.duplicates import duplicates
from archfolio.render.capture.helpers import is_helper
from archfolio.render.capture.mark_changes import with_changes
from archfolio.render.capture.on_demand import pictures_on_demand
from archfolio.render.capture.recorder import recording
from archfolio.render.capture.run import run_script
from archfolio.render.capture.syntax import parsed
from archfolio.render.capture.validate import validated
from archfolio.render.model.conventions import OURS, Conventions
from archfolio.render.model.graph import Accent
from archfolio.render.model.look import dress, unknown_parts
from archfolio.subject import Subject
from archfolio.views import Walkthrough, walkthrough
from archfolio.vocabulary import add_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from archfolio.estimate import Quantity
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.on_demand import Painter
    from archfolio.render.capture.recorder import Record, Recorder
    from archfolio.render.capture.run import Outcome
    from archfolio.render.model.drawing import Drawing


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
        return self.subject if isinstance(self.subject, System) else None


@dataclass
class _Problems:
    """What went wrong so far."""

    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)


def capture(
    script: Script, arguments: Sequence[str] = (), paint: Painter | None = None, conventions: Conventions = OURS
) -> Captured:
    """Run a script in this process and return what it drew; what raised is in `failures`, the rest is whole.

    `arguments` are those of the command line that the script reads. `paint` makes the pictures that a script uses
    after it has drawn them; without it there are none. `conventions` are those of the project: their words are added to
    ours in this process, and graphs are dressed by their look.
    """
    if script.path.exists() and not script.path.is_file():  # a pipe would never end
        sentence = "is no file: remove it, or rename it with a leading underscore"
        return Captured(
            script, script.slug, "", (), None, "", failures=(Failure(script.slug, sentence, str(script.path)),)
        )
    add_words(conventions.words)
    started_in, own = Path.cwd(), script.path.parent
    outcome, captured = _capture_in(own, script, (own, started_in), arguments, paint)
    if outcome.missed_a_file and started_in != own:  # plain Python runs a script where one started it
        again, captured_there = _capture_in(started_in, script, (own, started_in), arguments, paint)
        captured = captured if again.missed_a_file else captured_there
    return validated(_dressed(captured, conventions))


def _dressed(captured: Captured, conventions: Conventions) -> Captured:
    """Return what was captured with its graphs dressed, and a failure for each part that nobody has a name for."""
    look, words = conventions.look, dict(conventions.words)
    failures = [
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
    return dataclasses.replace(
        captured,
        drawings=tuple(dataclasses.replace(one, graph=dress(one.graph, look)) for one in captured.drawings),
        failures=(*captured.failures, *failures),
        names=(*words.get("families", ()), *words.get("building_blocks", ())),
    )


def _capture_in(
    folder: Path, script: Script, folders: Sequence[Path], arguments: Sequence[str], paint: Painter | None
) -> tuple[Outcome, Captured]:
    """Run a script in a folder."""
    text = script.path.read_text(encoding="utf-8", errors="replace")
    pid = os.getpid()
    problems = _Problems()
    with recording(script.path) as recorder:
        with pictures_on_demand(paint) as pictures:
            blocks = Blocks(script, folders, pictures)
            recorder.on_record = blocks.read
            outcome = run_script(script.path, folder, arguments)
            recorder.on_record = _ignore
        if os.getpid() != pid:  # the module forked, and this is the child: it must not go on as a second worker
            os._exit(0)
        if outcome.error is not None:
            problems.failures.append(_failure(outcome.error, script))
        subject = next((value for value in outcome.namespace.values() if isinstance(value, Subject)), None)
        estimate = subject.estimate if subject else None
        problems.failures.extend(duplicates(script, text, outcome.namespace))
        drawings = list(blocks.drawings(problems.failures, problems.warnings))
        recorder.records.clear()
        for view in _views(outcome.namespace, script):
            drawings.extend(_view(view, script, folders, recorder, estimate, problems))
    if not drawings and not problems.failures and (subject.needs_views if subject else not is_helper(script)):
        fix, line = _undeclared_view(text) or ("write a view, or a 'with Diagram(...):' block that runs", 0)
        problems.failures.append(Failure(script.slug, f"draws nothing: {fix}", str(script.path), line))
    summary, problem = _docstring(text)
    return outcome, Captured(
        script=script,
        title=subject.title if subject else script.path.stem.replace("_", " ").strip().capitalize(),
        summary=summary,
        problem=problem,
        subject=subject,
        text=text,
        drawings=tuple(drawings),
        failures=tuple(problems.failures),
        warnings=tuple(problems.warnings),
    )


def _ignore(_: Record) -> None:
    """Do nothing at the end of a block: a view reads its own."""


def _failure(error: BaseException, script: Script) -> Failure:
    """Return what ended a script."""
    if isinstance(error, SystemExit):
        return Failure(script.slug, f"ended itself with sys.exit({error.code!r})", str(script.path))
    return blame(error, script, script.slug)


def _views(names: Mapping[str, object], script: Script) -> list[View]:
    """List the views that this file defines (not those it imports), in order of definition."""
    own = [value for value in names.values() if isinstance(value, View) and value.file == str(script.path)]
    return sorted(dict.fromkeys(own), key=lambda view: view.line)


def _view(
    view: View,
    script: Script,
    folders: Sequence[Path],
    recorder: Recorder,
    estimate: Mapping[str, Quantity] | None,
    problems: _Problems,
) -> Iterator[Drawing]:
    """Draw one view of a subject."""
    what = f"{script.slug}/{view.slug}"
    steps = Walkthrough()

    def quotes(text: str, line: int) -> str:
        return interpolate(text, estimate, (view.file, line or view.line)) if estimate is not None else text

    token = walkthrough.set(steps)
    changes = Delta()
    change_token = delta.set(changes)
    try:
        with diagrams.Diagram(view.title, filename=view.slug, direction=view.direction, show=False):
            view.draw()
        record = _only_record(recorder, view)
        for sentence, line in zip(steps.sentences, steps.lines, strict=True):
            quotes(sentence, line)  # kept with its quotes; here they are only checked
        template = escaped_braces if estimate is None else keep_template
        words = Words(view.title, view.caption, tuple(steps.sentences), quotes, template)
        drawing, warnings = read_drawing(record, what, script.path, folders, words)
        drawing = with_changes(drawing, changes, quotes, view.file)
    except BaseException as error:  # noqa: BLE001  an author's view may raise anything
        problems.failures.append(blame(error, script, what))
        return
    finally:
        walkthrough.reset(token)
        delta.reset(change_token)
        recorder.records.clear()
    problems.warnings.extend(warnings)
    faults = list(_faults(view, record, drawing, steps))
    problems.failures.extend(Failure(what, sentence, view.file, line) for sentence, line in faults)
    if not faults:
        graph = dataclasses.replace(drawing.graph, line=view.line, aspect=view.aspect)
        yield dataclasses.replace(drawing, graph=graph, details=view.details)


def _only_record(recorder: Recorder, view: View) -> Record:
    """Return what a view drew. Raises AuthorError where it opens a diagram of its own inside."""
    *inner, record = recorder.records  # an inner one ends first
    if inner:
        sentence = "a view is a drawing already: take 'with Diagram(...):' out and draw in the function itself"
        raise AuthorError(sentence, (view.file, inner[0].line))
    return record


def _faults(view: View, record: Record, drawing: Drawing, steps: Walkthrough) -> Iterator[tuple[str, int]]:
    """Find what a view says and does not draw: a sentence, and the line that it was said at."""
    drawn = {edge.step for edge in drawing.graph.edges}
    for number, line in enumerate(steps.lines, 1):
        if number not in drawn:
            yield "a step draws no edge: draw its edges inside 'with step(...):'", line
    for line in steps.idle:
        yield "a step is made and does not begin: write 'with step(...):' and draw its edges inside", line
    full = {*record.members.values(), *record.parents.values()}
    for note in record.clusters.values():
        if note.id not in full:
            label = note.library_name.removeprefix("cluster_")
            yield f"the group '{label}' holds nothing: write 'with Cluster(...):' and draw its nodes inside", note.line
    if not drawing.graph.nodes:
        yield "draws nothing: make at least one node in it", view.line


def _undeclared_view(text: str) -> tuple[str, int] | None:
    """Return how the first function of a module becomes a view, and its line; None where there is none."""
    tree = parsed(text)
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)] if tree else []
    for function in functions:
        if not function.decorator_list and not function.name.startswith("_") and "archfolio" in text:
            title = function.name.replace("_", " ").capitalize()
            return f"write @view(\"{title}\") above 'def {function.name}'", function.lineno
    return None


def _docstring(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a module's docstring into its summary and its other paragraphs, each on one line."""
    tree = parsed(text)
    doc = inspect.cleandoc(ast.get_docstring(tree) or "") if tree else ""
    paragraphs = [" ".join(paragraph.split()) for paragraph in doc.split("\n\n") if paragraph.strip()]
    return (paragraphs[0], tuple(paragraphs[1:])) if paragraphs else ("", ())
