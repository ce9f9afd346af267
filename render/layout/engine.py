"""Graphviz behind one port: a library in this process, or a `dot` program on this machine."""

from __future__ import annotations

import io
import json
import os
import sys
import tempfile
import threading
import weakref
from contextlib import ExitStack, contextmanager, redirect_stderr, suppress
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple, Protocol, TypeVar

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_Answer = TypeVar("_Answer")

FORMATS = frozenset({"svg", "png", "pdf"})
"""What `draw` can write. pygraphviz draws nothing at all after it was asked for a format that it does not know."""

_STDERR = 2
_one_at_a_time = threading.Lock()  # Graphviz keeps its state in C globals: two graphs at once mix their colours


class EngineMissing(EnvironmentProblem):
    """Graphviz is not there; the message says how to get it."""


class LayoutFailed(Exception):  # noqa: N818  reads as a sentence
    """Graphviz could not read or lay out this graph; the message is what it said."""


class Places(NamedTuple):
    """Where Graphviz puts things: points, y upwards, as it writes them."""

    bounds: str  # "x0,y0,x1,y1" of the whole graph
    nodes: dict[str, str]  # "x,y" of the middle of each
    clusters: dict[str, str]  # "x0,y0,x1,y1" of each


class Engine(Protocol):
    """Something that can run Graphviz's `dot` layout."""

    def layout(self, dot: str) -> Places:
        """Lay a graph out and return where everything is.

        Raises `EngineMissing` or `LayoutFailed`.
        """
        ...

    def draw(self, dot: str, fmt: str) -> bytes:
        """Lay a graph out and draw it as "svg", "png" or "pdf", in Graphviz's own look.

        Raises `EngineMissing` or `LayoutFailed`, and `ValueError` for another format.
        """
        ...

    def version(self) -> str:
        """Return which Graphviz this is: name and version, as it belongs into a cache key."""
        ...


def _unheard(_warning: str) -> None:
    """Drop a warning: what is done with it unless the caller listens."""


class Bundled:
    """The Graphviz that comes with pygraphviz, in this process.

    It aborts the whole process on a few graphs and leaks some 6 kB per drawing: run it in a worker.
    Each line that Graphviz writes to stderr is handed to `heard`.
    """

    def __init__(self, heard: Callable[[str], None] = _unheard) -> None:
        """Remember who listens; nothing of Graphviz is loaded yet."""
        self._heard = heard
        self._open = ExitStack()
        weakref.finalize(self, self._open.close)

    def layout(self, dot: str) -> Places:
        """Lay a graph out; see `Engine.layout`."""
        return self._run(dot, _places)

    def draw(self, dot: str, fmt: str) -> bytes:
        """Lay a graph out and draw it; see `Engine.draw`."""
        return self._run(dot, partial(_rendered, fmt=_checked(fmt)))

    def version(self) -> str:
        """Name the library and its version."""
        gv = self._library
        numbers = (gv.GRAPHVIZ_MAJOR_VERSION, gv.GRAPHVIZ_MINOR_VERSION, gv.GRAPHVIZ_PATCH_VERSION)
        return "pygraphviz " + ".".join(map(str, numbers))

    def _run(self, dot: str, answer: Callable[[Any, Any, Any], _Answer | None]) -> _Answer:
        """Lay a graph out and return what is answered of it, given the library, the context and the graph."""
        gv = self._library
        with _one_at_a_time:
            _rewrite(self._source, dot.encode())
            try:
                with _stderr_into(self._said):
                    found = _laid_out(gv, self._context, self._source, answer)
            finally:
                warnings = _taken(self._said)
        if found is None:
            raise LayoutFailed("; ".join(warnings) or "Graphviz gave no reason")
        for warning in warnings:
            self._heard(warning)
        return found

    @cached_property
    def _library(self) -> Any:  # a SWIG module without types
        try:
            from pygraphviz import graphviz  # noqa: PLC0415  importing this module must stay cheap and cannot fail
        except ImportError as missing:
            message = f"pygraphviz cannot be loaded ({missing}): reinstall archfolio, or use the system's `dot`"
            raise EngineMissing(message) from missing
        return graphviz

    # A context and two files for each of many candidates took as long as Graphviz took to place them.

    @cached_property
    def _context(self) -> Any:
        context = self._library.gvContextWithBuiltins()
        self._open.callback(self._library.gvFreeContext, context)
        return context

    @cached_property
    def _source(self) -> BinaryIO:
        return self._open.enter_context(_scratch_file())

    @cached_property
    def _said(self) -> BinaryIO:
        return self._open.enter_context(_scratch_file())  # others write into it


class SystemDot:
    """The `dot` program of this machine, run once per call by the `graphviz` package."""

    def __init__(self, heard: Callable[[str], None] = _unheard) -> None:
        """Remember who listens to what `dot` writes to stderr; nothing is run yet."""
        self._heard = heard

    def layout(self, dot: str) -> Places:
        """Lay a graph out; see `Engine.layout`."""
        return _parsed(self._run(dot, "json0"))

    def draw(self, dot: str, fmt: str) -> bytes:
        """Lay a graph out and draw it; see `Engine.draw`."""
        return self._run(dot, _checked(fmt))

    def version(self) -> str:
        """Return the version of the program."""
        import graphviz  # noqa: PLC0415  the other engine's users do without

        try:
            return "dot " + ".".join(map(str, graphviz.version()))
        except graphviz.ExecutableNotFound as missing:
            raise EngineMissing(_NO_DOT) from missing

    def _run(self, dot: str, fmt: str) -> bytes:
        import graphviz  # noqa: PLC0415  the other engine's users do without

        try:
            with redirect_stderr(io.StringIO()) as said:
                data = bytes(graphviz.pipe("dot", fmt, dot.encode()))
        except graphviz.ExecutableNotFound as missing:
            raise EngineMissing(_NO_DOT) from missing
        except graphviz.CalledProcessError as failure:
            raise LayoutFailed("; ".join(_lines(failure.stderr or b"")) or str(failure)) from failure
        for warning in _lines(said.getvalue().encode()):
            self._heard(warning)
        return data


_NO_DOT = "there is no `dot` program on PATH: install Graphviz, or use the bundled engine"


def _scratch_file() -> BinaryIO:
    """Open a file that nobody else sees: in memory where the system can do that, for a disk takes 3 ms to close it."""
    with suppress(AttributeError, OSError):  # of another system; in a sandbox that does not let it
        return open(os.memfd_create("graphviz"), "r+b", buffering=0)  # noqa: PTH123  an open file
    return tempfile.TemporaryFile(buffering=0)


def _rewrite(file: BinaryIO, content: bytes) -> None:
    file.seek(0)
    file.truncate()
    file.write(content)
    file.seek(0)


def _taken(file: BinaryIO) -> list[str]:
    """Return the lines that others have written into a file that was empty, and empty it again."""
    if not file.tell():  # they have moved on in it, which its readers see
        return []
    file.seek(0)
    lines = _lines(file.read())
    _rewrite(file, b"")
    return lines


def _laid_out(
    gv: Any, context: Any, source: BinaryIO, answer: Callable[[Any, Any, Any], _Answer | None]
) -> _Answer | None:
    """Parse and lay out, and return what is answered; None if Graphviz refused, which it explains on stderr."""
    try:
        graph = gv.agread(source, None)
    except ValueError:
        return None
    try:
        if gv.gvLayout(context, graph, b"dot") != 0:
            return None
        found = answer(gv, context, graph)
        gv.gvFreeLayout(context, graph)
        return found
    finally:
        gv.agclose(graph)


def _rendered(gv: Any, context: Any, graph: Any, fmt: str) -> bytes | None:
    status, data = gv.gvRenderData(context, graph, fmt.encode())
    return bytes(data) if status == 0 else None


def _places(gv: Any, context: Any, graph: Any) -> Places | None:
    """Have places written into the graph, which is what rendering DOT into no file does, and read them there.

    They are the same as in Graphviz's JSON, which takes twice as long to write and to parse.
    """
    if gv.gvRender(context, graph, b"dot", None) != 0:
        return None
    nodes: dict[str, str] = {}
    node = gv.agfstnode(graph)
    while node is not None:
        nodes[gv.agnameof(node).decode()] = gv.agget(node, b"pos").decode()
        node = gv.agnxtnode(graph, node)
    clusters: dict[str, str] = {}
    subgraphs = [gv.agfstsubg(graph)]
    while subgraphs:
        subgraph = subgraphs.pop()
        if subgraph is not None:
            if bounds := gv.agget(subgraph, b"bb"):
                clusters[gv.agnameof(subgraph).decode()] = bounds.decode()
            subgraphs += [gv.agnxtsubg(subgraph), gv.agfstsubg(subgraph)]
    return Places(gv.agget(graph, b"bb").decode(), nodes, clusters)


@contextmanager
def _stderr_into(file: BinaryIO | Any) -> Iterator[None]:
    """Send what C code writes to stderr into a file."""
    sys.stderr.flush()
    kept = os.dup(_STDERR)
    os.dup2(file.fileno(), _STDERR)
    try:
        yield
    finally:
        os.dup2(kept, _STDERR)
        os.close(kept)


def _lines(said: bytes) -> list[str]:
    return [line.strip() for line in said.decode(errors="replace").splitlines() if line.strip()]


def _parsed(data: bytes) -> Places:
    """Read places from Graphviz's `json0` output."""
    try:
        answer = json.loads(data)
    except ValueError as wrong:
        message = f"Graphviz wrote JSON that is none: {wrong}"
        raise LayoutFailed(message) from wrong
    objects = answer.get("objects", ())
    return Places(
        answer["bb"],
        {item["name"]: item["pos"] for item in objects if "pos" in item},
        {item["name"]: item["bb"] for item in objects if "bb" in item},
    )


def _checked(fmt: str) -> str:
    if fmt not in FORMATS:
        message = f"cannot draw {fmt!r}: the formats are {', '.join(sorted(FORMATS))}"
        raise ValueError(message)
    return fmt
