"""Parse DOT as `diagrams` and its users write it: from text to nodes, edges and subgraphs with all their attributes.

The grammar is https://graphviz.org/doc/info/lang.html. What comes out is resolved: each node and edge has the
defaults that were in force where it was first named.
"""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STRING = r'"[^"\\]*(?:\\.[^"\\]*)*"'
"""The pattern of what stands in quotation marks, in which nothing is an attribute."""

_WORD = r"(?:-?(?:\.\d+|\d+(?:\.\d*)?)(?!\w)|[\w\u0080-\U0010ffff]+)"
_PAIR = re.compile(rf"(\w+)=(?:({STRING})|({_WORD}))(?=[ \]])[ ]?", re.DOTALL)
_TOKEN = re.compile(  # and what may stand before it
    rf"""(?: \s+ | //[^\n]* | /\*.*?\*/ | ^\#[^\n]* )*
    (?: (?P<string>{STRING}) | (?P<word>{_WORD}) | (?P<attrs>\[(?:{_PAIR.pattern})+\])
    | (?P<sign>->|--|[{{}}\[\];,=:+]) | (?P<html><) )?""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
FRAMES = 5  # of Python, at most, for each subgraph that is in another one


class NotDot(ValueError):  # noqa: N818  reads as what it is
    """The text is not DOT; the message quotes where it ends to be."""


@dataclass
class DotEdge:
    """An edge: its ends, and its attributes, ports among them."""

    tail: str
    head: str
    attrs: dict[str, str]


@dataclass
class Subgraph:
    """A subgraph; its attributes are its own and those it inherits."""

    name: str
    parent: Subgraph | None
    attrs: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, None] = field(default_factory=dict)  # that are named in it or below, in order

    @property
    def is_cluster(self) -> bool:
        """Whether Graphviz draws a frame around it."""
        return self.name.startswith("cluster")

    @property
    def around(self) -> Iterator[Subgraph]:
        """What it stands in, from the innermost outwards; the whole graph comes last."""
        above = self.parent
        while above is not None:
            yield above
            above = above.parent

    def inherited(self) -> dict[str, str]:
        """Return its attributes and those of what encloses it."""
        return {**(self.parent.inherited() if self.parent else {}), **self.attrs}


@dataclass
class DotGraph:
    """A whole graph."""

    is_strict: bool
    is_directed: bool
    root: Subgraph
    nodes: dict[str, dict[str, str]] = field(default_factory=dict)
    edges: list[DotEdge] = field(default_factory=list)
    edge_defaults: dict[str, str] = field(default_factory=dict)  # of the whole graph
    subgraphs: list[Subgraph] = field(default_factory=list)  # parents before children


def parse_dot(text: str) -> DotGraph:
    """Parse one graph.

    Raises NotDot.
    """
    with _room_for(text):
        return _Parser(list(_tokens(text))).graph()


_Token = tuple[str, str]  # sort ("sign", "word", "value", "attrs" as the library writes them, or "end") and text
_END: _Token = ("end", "")
_OPEN: _Token = ("sign", "{")
_DEFAULTS = frozenset({"graph", "node", "edge"})


@contextmanager
def _room_for(text: str) -> Iterator[None]:
    """Let Python go as deep as subgraphs may be nested in a text."""
    usual = sys.getrecursionlimit()
    sys.setrecursionlimit(usual + FRAMES * text.count("{"))
    try:
        yield
    finally:
        sys.setrecursionlimit(usual)


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while match := _TOKEN.match(text, at):
        at, sort = match.end(), match.lastgroup
        if sort == "string":
            yield "value", _unquoted(match["string"])
        elif sort == "html":
            end = _html_end(text, at)
            yield "value", text[at - 1 : end]
            at = end
        elif sort:
            yield sort, match[sort]
        elif at < len(text):
            message = f"not DOT at {text[at : at + 20]!r}"
            raise NotDot(message)
        else:
            return


def _unquoted(string: str) -> str:
    return string[1:-1].replace("\\\n", "").replace('\\"', '"')


def _html_end(text: str, at: int) -> int:
    """Find where an HTML-like value ends whose first bracket was read."""
    depth = 1
    while depth:
        bracket = re.compile("[<>]").search(text, at)
        if bracket is None:
            message = "not DOT: an HTML-like label does not end"
            raise NotDot(message)
        depth += 1 if bracket[0] == "<" else -1
        at = bracket.end()
    return at


@dataclass
class _Scope:
    """What a subgraph sets for the nodes and edges that are first named in it."""

    subgraph: Subgraph
    node: dict[str, str]
    edge: dict[str, str]


class _Parser:
    """A recursive descent over tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens, self._at = [*tokens, _END, _END], 0  # one more may be peeked at
        self._named: dict[str, Subgraph] = {}
        self._merged: dict[tuple[str, ...], DotEdge] = {}
        self._graph = DotGraph(is_strict=False, is_directed=True, root=Subgraph("", None))

    def graph(self) -> DotGraph:
        """Parse `[strict] (graph | digraph) [ID] { ... }`."""
        is_strict = self._take_word("strict")
        is_directed = self._take_word("digraph")
        if not is_directed and not self._take_word("graph"):
            self._fail()
        name = "" if self._peek() == _OPEN else self._value()
        self._graph = DotGraph(is_strict, is_directed, Subgraph(name, None))
        self._body(_Scope(self._graph.root, {}, self._graph.edge_defaults))
        return self._graph

    def _body(self, scope: _Scope) -> None:
        self._expect("{")
        while not self._take("}"):
            self._statement(scope)
            while self._take(";") or self._take(","):
                pass

    def _statement(self, scope: _Scope) -> None:
        sort, text = self._peek()
        if sort == "word" and (word := text.lower()) in _DEFAULTS:
            self._at += 1
            {"graph": scope.subgraph.attrs, "node": scope.node, "edge": scope.edge}[word].update(self._attrs())
            return
        if self._peek(1) == ("sign", "=") and self._peek() != _OPEN:
            key = self._value()
            self._expect("=")
            scope.subgraph.attrs[key] = self._value()
            return
        ends = [self._end(scope)]
        while self._take("->") or self._take("--"):
            ends.append(self._end(scope))
        attrs = self._attrs()
        if len(ends) > 1:
            self._edges(ends, {**scope.edge, **attrs})
        elif ends[0].node is not None:
            self._graph.nodes[ends[0].node].update(attrs)

    def _end(self, scope: _Scope) -> _End:
        """Parse a node with its port, or a subgraph, which stands for all of its nodes."""
        if self._peek() == _OPEN or self._peek()[1].lower() == "subgraph":
            return _End(list(self._subgraph(scope).nodes), None, "")
        name = self._value()
        port = ":".join(self._ports())
        if name not in self._graph.nodes:
            self._graph.nodes[name] = dict(scope.node)
        for inside in (scope.subgraph, *scope.subgraph.around):
            inside.nodes.setdefault(name)
        return _End([name], name, port)

    def _ports(self) -> Iterator[str]:
        while self._take(":"):
            yield self._value()

    def _subgraph(self, scope: _Scope) -> Subgraph:
        name = ""
        if self._take_word("subgraph") and self._peek() != _OPEN:
            name = self._value()
        known = self._named.get(name) if name else None
        subgraph = known or Subgraph(name, scope.subgraph)
        if known is None:
            self._graph.subgraphs.append(subgraph)
            self._named[name] = subgraph
        if self._peek() == _OPEN:
            self._body(_Scope(subgraph, dict(scope.node), dict(scope.edge)))
        return subgraph

    def _edges(self, ends: list[_End], attrs: dict[str, str]) -> None:
        for tails, heads in pairwise(ends):
            ports = {key: port for key, port in (("tailport", tails.port), ("headport", heads.port)) if port}
            for tail in tails.nodes:
                for head in heads.nodes:
                    self._edge(tail, head, {**attrs, **ports})

    def _edge(self, tail: str, head: str, attrs: dict[str, str]) -> None:
        """Add an edge; a strict graph has one between two nodes, which takes the attributes of those that follow."""
        if self._graph.is_strict:
            ends = (tail, head) if self._graph.is_directed else tuple(sorted((tail, head)))
            if ends in self._merged:
                self._merged[ends].attrs.update(attrs)
                return
            self._merged[ends] = DotEdge(tail, head, attrs)
            self._graph.edges.append(self._merged[ends])
        else:
            self._graph.edges.append(DotEdge(tail, head, attrs))

    def _attrs(self) -> dict[str, str]:
        attrs: dict[str, str] = {}
        while (token := self._peek())[0] == "attrs" or self._take("["):
            if token[0] == "attrs":
                self._at += 1
                attrs |= {key: _unquoted(string) if string else word for key, string, word in _PAIR.findall(token[1])}
                continue
            while not self._take("]"):
                key = self._value()
                attrs[key] = self._value() if self._take("=") else "true"
                while self._take(",") or self._take(";"):
                    pass
        return attrs

    def _value(self) -> str:
        sort, text = self._peek()
        if sort not in ("word", "value"):
            self._fail()
        self._at += 1
        while self._take("+"):
            text += self._value()
        return text

    def _peek(self, ahead: int = 0) -> _Token:
        return self._tokens[self._at + ahead]

    def _take(self, sign: str) -> bool:
        sort, text = self._tokens[self._at]
        taken = text == sign and sort == "sign"
        self._at += taken
        return taken

    def _take_word(self, word: str) -> bool:
        sort, text = self._peek()
        taken = sort == "word" and text.lower() == word
        self._at += taken
        return taken

    def _expect(self, sign: str) -> None:
        if not self._take(sign):
            self._fail()

    def _fail(self) -> None:
        message = f"not DOT at {self._peek()[1]!r}, the token number {self._at}"
        raise NotDot(message)


@dataclass
class _End:
    """One side of an edge."""

    nodes: list[str]
    node: str | None
    port: str
