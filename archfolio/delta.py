r"""Delta views: a drawing that begins as a view of another system, and says what is added, changed and removed.

    @view("Serving")
    def serving():
        '''The feed's funnel, for tracks instead of posts.'''
        feed = begin_from("feed-ranking/serving")
        with added("An encoder of the sound places a track that nobody has played."):
            encoder = Encoder("Audio encoder", tooltip="...")
            encoder >> batch("vectors") >> feed["Post index"]
        changed(feed["Ranker"], "Ranker\\nskip, save", because="A skip within 30 s is the label.")
        removed(feed["Friend posts"], because="There is no friend graph to read from.")

Each change is a sentence. Drawings tell them apart by line, sign and word.
"""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError, suggest, where
from archfolio.open_view import BaseEdge, Delta, SaidChange, delta, walkthrough
from archfolio.other_system import view_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from diagrams import Node

_ARROW = "->"


class BaseView:
    """The parts of the view that a drawing began from, by name: `base["Ranker"]`, `base["Ranker -> Log"]`."""

    def __init__(self, nodes: dict[str, Node]) -> None:
        """Know the nodes by their labels; a label's first line may stand for it."""
        self._nodes = nodes

    def __getitem__(self, name: str) -> Node:
        """Return a node, to draw edges to and to name in `changed` and `removed`.

        Raises AuthorError for a name that the base does not have.
        """
        if _spaced(name) not in self._nodes:
            hint = suggest(_spaced(name), self._nodes) or f"; it has: {', '.join(self._nodes)}"
            message = f"the view that this one began from has no '{name}'{hint}"
            raise AuthorError(message)
        return self._nodes[_spaced(name)]

    def edge(self, name: str) -> BaseEdge:
        """Return an arrow, "Ranker -> Log", to name in `changed` and `removed`.

        Raises AuthorError for an end that the base does not have.
        """
        tail, arrow, head = name.partition(_ARROW)
        if not arrow:
            message = f"'{name}' names no arrow: write 'box {_ARROW} box'"
            raise AuthorError(message)
        return BaseEdge(self[tail].nodeid, self[head].nodeid)


def begin_from(place: str) -> BaseView:
    """Draw all of another system's view, "feed-ranking/serving", and return its parts by name.

    Raises AuthorError where there is no such view, or something is drawn already.
    """
    current = delta.get()
    if current is None:
        message = "begin_from() begins a drawing: call it inside a view"
        raise AuthorError(message)
    if current.nodes:
        message = "something is drawn already: begin_from() comes first in a view"
        raise AuthorError(message)
    base = view_of(place)
    token = walkthrough.set(None)  # its steps speak of the other system
    try:
        base.draw()
    finally:
        walkthrough.reset(token)
    current.base = place
    named: dict[str, Node] = {}
    for node in current.nodes:
        label = str(node.label)
        named.setdefault(_spaced(label), node)
        named.setdefault(_spaced(label.partition("\n")[0]), node)
    return BaseView(named)


@contextmanager
def added(sentence: str) -> Iterator[None]:
    """Say what is new about the nodes and edges that are drawn inside."""
    current = _begun("added")
    if current.is_open:
        message = "an addition stands inside another: end the first one before"
        raise AuthorError(message)
    current.changes.append(SaidChange("added", _spaced(sentence), where()[1]))
    current.is_open = True
    try:
        yield
    finally:
        current.is_open = False


def changed(
    part: Node | BaseEdge,
    label: str = "",
    *,
    because: str,
    tooltip: str = "",
    edges: Mapping[BaseEdge, str] = MappingProxyType({}),
) -> None:
    """Say what is different about a node or an edge of the base, with the label and the tooltip that it has here.

    `edges` are those whose labels change along with it.
    """
    if isinstance(part, BaseEdge):
        _note(SaidChange("changed", _spaced(because), where()[1], edges={part: label, **edges}))
        return
    _note(
        SaidChange(
            "changed",
            _spaced(because),
            where()[1],
            parts=[part.nodeid],
            edges=dict(edges),
            label=label,
            tooltip=tooltip,
        )
    )


def removed(*parts: Node | BaseEdge, because: str) -> None:
    """Say why nodes or edges of the base are not there; the edges of a node go with it.

    Raises AuthorError where nothing is named.
    """
    if not parts:
        message = "removed() names nothing: give it a part of the view that this one began from"
        raise AuthorError(message)
    nodes = [part.nodeid for part in parts if not isinstance(part, BaseEdge)]
    edges = {part: "" for part in parts if isinstance(part, BaseEdge)}
    _note(SaidChange("removed", _spaced(because), where()[1], parts=nodes, edges=edges))


def _note(change: SaidChange) -> None:
    _begun(change.kind).changes.append(change)


def _begun(what: str) -> Delta:
    current = delta.get()
    if current is None or not current.base:
        message = f"{what}() speaks of another view: begin this one with begin_from()"
        raise AuthorError(message)
    return current


def _spaced(text: str) -> str:
    return " ".join(text.split())
