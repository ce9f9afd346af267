"""Run a module and keep what it draws and says: from `Script` to `Captured`.

The module is run as the program it may be (`__name__` is "__main__", its folder is the working folder), so that plain
`diagrams` scripts work unchanged. Meant for a process of its own: a module may do anything to the one that runs it.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import os
import runpy
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import diagrams

from archfolio import AuthorError, System, View
from archfolio.estimate import interpolate
from archfolio.render.base.errors import Failure
from archfolio.render.capture.recorder import Record, recording
from archfolio.render.capture.validate import validated
from archfolio.render.model.graph import Graph
from archfolio.render.model.ids import Names, slug
from archfolio.views import Walkthrough, walkthrough

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from archfolio.estimate import Quantity
    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.recorder import Recorder


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view or one `with Diagram(...)` block: its graph, and the library's own DOT of it."""

    graph: Graph
    dot: str
    filename: str  # that the script asked for, without ending; the slug for a view
    templates: tuple[tuple[str, str], ...] = ()  # edge id and label with its quotes, where it quotes
    caption: str = ""  # with its quotes; in the graph they are filled in
    roles: tuple[tuple[str, str], ...] = ()  # node id and role with its quotes


@dataclass(frozen=True, slots=True)
class Captured:
    """All that a module draws and says, and what of it failed."""

    script: Script
    title: str
    summary: str
    problem: tuple[str, ...]  # paragraphs
    system: System | None  # None for a plain script
    text: str  # the module's source
    drawings: tuple[Drawing, ...] = ()
    failures: tuple[Failure, ...] = ()
    reads: tuple[Path, ...] = ()  # local modules and icons that it used


def capture(script: Script) -> Captured:
    """Run a script in this process and return what it drew; what raised is in `failures`, the rest is whole."""
    if script.path.exists() and not script.path.is_file():  # a pipe would never end
        sentence = "is no file: remove it, or rename it with a leading underscore"
        return Captured(
            script, script.slug, "", (), None, "", failures=(Failure(script.slug, sentence, str(script.path)),)
        )
    text = script.path.read_text(encoding="utf-8", errors="replace")
    pid = os.getpid()
    with recording(script.path) as recorder:
        names, failure = _run(script)
        if os.getpid() != pid:  # the module forked, and this is the child: it must not go on as a second worker
            os._exit(0)
        failures = [failure] if failure else []
        system = next((value for value in names.values() if isinstance(value, System)), None)
        estimate = system.estimate if system else None
        drawings = list(_plain(recorder, script, failures))
        for view in _views(names, script):
            drawings.extend(_view(view, script, recorder, estimate, failures))
    if not drawings and not failures:
        sentence = "draws nothing: write a view, or a 'with Diagram(...):' block that runs"
        failures.append(Failure(script.slug, sentence, str(script.path)))
    summary, problem = _docstring(text)
    captured = Captured(
        script=script,
        title=system.title if system else script.path.stem.replace("_", " ").strip().capitalize(),
        summary=summary,
        problem=problem,
        system=system,
        text=text,
        drawings=tuple(drawings),
        failures=tuple(failures),
        reads=tuple(sorted(_reads(script, drawings))),
    )
    return validated(captured)


def _run(script: Script) -> tuple[dict[str, object], Failure | None]:
    """Run the file as a program; return the names it leaves behind and what went wrong."""
    folder = str(script.path.parent)
    os.chdir(folder)
    sys.path.insert(0, folder)
    sys.argv = [str(script.path)]
    try:
        return runpy.run_path(str(script.path), run_name="__main__"), None
    except SystemExit as stop:
        if stop.code in (None, 0):
            return _names_at(stop, script), None
        return {}, Failure(script.slug, f"ended itself with sys.exit({stop.code!r})", str(script.path))
    except BaseException as error:  # noqa: BLE001  an author's module may raise anything
        return {}, blame(error, script, script.slug)


def _names_at(stop: SystemExit, script: Script) -> dict[str, object]:
    """Return the names of a file at the moment when it ended itself."""
    frames = (frame for frame, _ in traceback.walk_tb(stop.__traceback__))
    return next((frame.f_globals for frame in frames if frame.f_code.co_filename == str(script.path)), {})


def blame(error: BaseException, script: Script, what: str) -> Failure:
    """Return what went wrong in an author's file, at the last line of that file that ran."""
    if isinstance(error, AuthorError):
        return Failure(what, error.sentence, error.file, error.line)
    if isinstance(error, SyntaxError) and error.filename:
        sentence = f"is not Python: {error.msg}"
        return Failure(what, sentence, error.filename, error.lineno or 0, "".join(_only(error)))
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if frame.filename == str(script.path)]
    line = own[-1].lineno or 0 if own else 0
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] == "systems":  # where our names were
        sentence = "nothing can be imported from 'systems': write 'from archfolio import ...' with the same names"
        return Failure(what, sentence, str(script.path), line)
    sentence = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    # From the author's first line on: what ran the module is not the author's business.
    shown = frames[frames.index(own[0]) :] if own else frames
    text = "".join(["Traceback (most recent call last):\n", *traceback.format_list(shown), *_only(error)])
    return Failure(what, sentence, str(script.path), line, text)


def _only(error: BaseException) -> list[str]:
    return traceback.format_exception_only(type(error), error)


def _views(names: Mapping[str, object], script: Script) -> list[View]:
    """List the views that this file defines (not those it imports), in order of definition."""
    own = [value for value in names.values() if isinstance(value, View) and value.file == str(script.path)]
    return sorted(dict.fromkeys(own), key=lambda view: view.line)


def _plain(recorder: Recorder, script: Script, failures: list[Failure]) -> Iterator[Drawing]:
    """Turn what `with Diagram(...)` blocks drew while the file ran into drawings."""
    names = Names()
    for record in recorder.records:
        own = names.take(slug(Path(record.filename).name) or slug(record.name) or "diagram")
        drawing = _drawing(record, own, record.name, "", (), _no_quotes, _escaped)
        problems = [*_missing(drawing, script)]
        if not drawing.graph.nodes:
            problems.append(Failure(f"{script.slug}/{own}", "draws nothing", str(script.path), record.line))
        failures.extend(problems)
        if not problems:
            yield drawing
    recorder.records.clear()


def _no_quotes(text: str, _: int) -> str:
    """Return a text as it is: braces mean something only beside an estimate."""
    return text


def _escaped(text: str) -> str:
    """Return a template that comes to a text as it stands."""
    return text.replace("{", "{{").replace("}", "}}")


def _as_it_is(text: str) -> str:
    return text


def _view(
    view: View, script: Script, recorder: Recorder, estimate: Mapping[str, Quantity] | None, failures: list[Failure]
) -> Iterator[Drawing]:
    """Draw one view of a system."""
    what = f"{script.slug}/{view.slug}"
    steps = Walkthrough()

    def quotes(text: str, line: int) -> str:
        return interpolate(text, estimate, (view.file, line or view.line)) if estimate is not None else text

    token = walkthrough.set(steps)
    try:
        with diagrams.Diagram(view.title, filename=view.slug, direction=view.direction, show=False):
            view.draw()
        [record] = recorder.records
        for sentence, line in zip(steps.sentences, steps.lines, strict=True):
            quotes(sentence, line)  # kept with its quotes; here they are only checked
        template = _escaped if estimate is None else _as_it_is
        drawing = _drawing(record, view.slug, view.title, view.caption, tuple(steps.sentences), quotes, template)
    except BaseException as error:  # noqa: BLE001  an author's view may raise anything
        failures.append(blame(error, script, what))
        return
    finally:
        walkthrough.reset(token)
        recorder.records.clear()
    problems = [*_missing(drawing, script)]
    drawn = {edge.step for edge in drawing.graph.edges}
    for number, line in enumerate(steps.lines, 1):
        if number not in drawn:
            sentence = "a step draws no edge: draw its edges inside 'with step(...):'"
            problems.append(Failure(what, sentence, view.file, line))
    if not drawing.graph.nodes:
        problems.append(Failure(what, "draws nothing: make at least one node in it", view.file, view.line))
    failures.extend(problems)
    if not problems:
        yield dataclasses.replace(drawing, graph=dataclasses.replace(drawing.graph, line=view.line))


def _drawing(
    record: Record,
    own_slug: str,
    title: str,
    caption: str,
    steps: tuple[str, ...],
    text: Callable[[str, int], str],
    template: Callable[[str], str],
) -> Drawing:
    """Freeze a record; `text` puts figures into a text that stands at a line, `template` keeps what it quotes."""
    nodes = tuple(
        dataclasses.replace(node, label=text(node.label, node.line), role=text(node.role, node.line))
        for node in record.nodes
    )
    edges = tuple(dataclasses.replace(edge, label=text(edge.label, edge.line)) for edge in record.edges)
    graph = Graph(
        slug=own_slug,
        title=title,
        caption=text(caption, record.line),
        rankdir=record.rankdir,
        nodes=nodes,
        clusters=tuple(record.clusters),
        edges=edges,
        steps=tuple(map(template, steps)),
        line=record.line,
        attrs=record.attrs,
    )
    templates = tuple((old.id, old.label) for old, new in zip(record.edges, edges, strict=True) if old != new)
    roles = tuple((node.id, template(node.role)) for node in record.nodes)
    return Drawing(graph, record.dot, record.filename, templates, template(caption), roles)


def _missing(drawing: Drawing, script: Script) -> Iterator[Failure]:
    """Report icons that are not there; Graphviz would leave them out in silence."""
    for node in drawing.graph.nodes:
        if node.icon and not node.icon.is_file():
            sentence = f"the icon '{node.icon.name}' of '{node.label.splitlines()[0]}' is not there: correct its path"
            yield Failure(f"{script.slug}/{drawing.graph.slug}", sentence, str(script.path), node.line)


def _docstring(text: str) -> tuple[str, tuple[str, ...]]:
    """Split a module's docstring into its summary and its other paragraphs, each on one line."""
    try:
        doc = inspect.cleandoc(ast.get_docstring(ast.parse(text)) or "")
    except (SyntaxError, ValueError):
        doc = ""
    paragraphs = [" ".join(paragraph.split()) for paragraph in doc.split("\n\n") if paragraph.strip()]
    return (paragraphs[0], tuple(paragraphs[1:])) if paragraphs else ("", ())


def _reads(script: Script, drawings: list[Drawing]) -> set[Path]:
    """List the files besides the script that what it draws hangs on: modules near it, and icons."""
    inside = f"{script.path.parent}{os.sep}"
    files = [str(getattr(module, "__file__", None)) for module in list(sys.modules.values())]
    modules = {Path(file).resolve() for file in files if file.startswith(inside)}
    icons = {node.icon.resolve() for drawing in drawings for node in drawing.graph.nodes if node.icon}
    return (modules | icons) - {script.path}


def own_style(graph: Graph) -> bool:
    """Return whether an author has dressed a drawing in a way that only the library's own look can honour.

    Colours and lines of single edges are honoured in the house style too; what belongs to a whole graph, to nodes or
    to all edges is not.
    """
    spacing = {"rankdir", "ranksep", "nodesep", "splines", "concentrate", "pad", "margin", "dpi", "layout", "label"}
    graph_dressed = any(key not in spacing for key, _ in graph.attrs)
    return graph_dressed or any(node.attrs for node in graph.nodes) or any(c.attrs for c in graph.clusters)
