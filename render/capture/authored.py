"""Read what a module says in our own words: its subject, and its views, which are drawn one after the other."""

from __future__ import annotations

import ast
import dataclasses
import re
from typing import TYPE_CHECKING

import diagrams

from archfolio.author_error import AuthorError
from archfolio.estimate import interpolate
from archfolio.open_view import Delta, Walkthrough, delta, walkthrough
from archfolio.render.base.errors import Failure
from archfolio.render.capture.blame import blame
from archfolio.render.capture.drawing import Words, escaped_braces, keep_template, read_drawing
from archfolio.render.capture.duplicates import duplicates
from archfolio.render.capture.mark_changes import with_changes
from archfolio.render.capture.syntax import parsed
from archfolio.render.capture.validate import refused_value
from archfolio.subject import Subject
from archfolio.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from archfolio.estimate import Quantity
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.problems import Problems
    from archfolio.render.capture.recorder import Record, Recorder
    from archfolio.render.model.drawing import Drawing

__all__ = ["draw_views", "duplicates", "missed_subjects", "subject_in"]

_SUBJECTS = {
    "SYSTEM": "System",
    "BLOCK": "BuildingBlock",
    "QUESTION": "InterviewQuestion",
    "MISTAKE": "CommonMistake",
    "MOCK": "MockInterview",
    "FRAMEWORK": "InterviewFramework",
    "COMPANY_GUIDE": "CompanyGuide",
}
_SUBJECT_ALONE = re.compile(rf"^(?:{'|'.join(_SUBJECTS.values())})\(", re.MULTILINE)


def subject_in(names: Mapping[str, object]) -> Subject | None:
    """Return what a module describes."""
    return next((value for value in names.values() if isinstance(value, Subject)), None)


def missed_subjects(script: Script, text: str, names: Mapping[str, object]) -> Iterator[Failure]:
    """Return a failure for each subject that seems to be meant in a module that describes none.

    It is of another type than its constant's name says, or it is made and has no name.
    """
    found = [name for name in _SUBJECTS if name in names]
    tree = parsed(text) if found or _SUBJECT_ALONE.search(text) else None
    constants = {kind: name for name, kind in _SUBJECTS.items()}
    lines: dict[str, int] = {}
    for node in tree.body if tree else ():
        match node:
            case ast.Assign(targets=targets):
                lines |= {target.id: node.lineno for target in targets if isinstance(target, ast.Name)}
            case ast.Expr(value=ast.Call(func=ast.Name(id=kind))) if kind in constants:
                sentence = f"its {kind} has no name, and is not found: write {constants[kind]} = {kind}(...)"
                yield Failure(script.slug, sentence, str(script.path), node.lineno)
    for name in found:
        kind = _SUBJECTS[name]
        sentence = f"{name} is {refused_value(names[name])}, and no {kind}: write {name} = {kind}(title=..., ...)"
        yield Failure(script.slug, sentence, str(script.path), lines.get(name, 0))


def draw_views(
    names: Mapping[str, object],
    script: Script,
    folders: Sequence[Path],
    recorder: Recorder,
    subject: Subject | None,
    problems: Problems,
) -> Iterator[Drawing]:
    """Draw the views of a module, one after the other; what cannot be drawn is among the problems."""
    estimate = subject.estimate if subject else None
    for view in _views(names, script):
        yield from _view(view, script, folders, recorder, estimate, problems)


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
    problems: Problems,
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
