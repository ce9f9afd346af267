"""The six kinds of edge. Functions, because an `Edge` object that is used twice draws arrows nobody wrote.

The kind travels as Graphviz's own `class` attribute, so it also survives in pictures that plain `diagrams` draws.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from diagrams import Edge

from archfolio.author_error import AuthorError, suggest
from archfolio.checks import check_words
from archfolio.vocabulary import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

_GRAPHVIZ = """
    arrowhead arrowsize arrowtail class color colorscheme comment constraint decorate dir edgeURL edgehref edgetarget
    edgetooltip fillcolor fontcolor fontname fontsize forward headURL head_lp headclip headhref headlabel headport
    headtarget headtooltip href id labelURL labelangle labeldistance labelfloat labelfontcolor labelfontname
    labelfontsize labelhref labeltarget labeltooltip layer len lhead lp ltail minlen nojustify penwidth pos reverse
    samehead sametail showboxes style tailURL tail_lp tailclip tailhref taillabel tailport tailtarget tailtooltip target
    tooltip URL weight xlabel xlp
"""
_EDGE_ATTRIBUTES = frozenset(_GRAPHVIZ.split())
"""Graphviz's edge attributes besides the label, https://graphviz.org/docs/edges/, and the two of `diagrams`."""

_MEANT = dict.fromkeys(("text", "title", "name"), ": its text is its label, the first argument")


def _edge(kind: str, label: str, attrs: dict[str, str]) -> Edge:
    if not isinstance(label, str):
        message = f'the label of the {kind} is {label!r:.60}: write a text, {kind}("...")'
        raise AuthorError(message)
    for name in attrs:
        if name not in _EDGE_ATTRIBUTES:
            hint = (
                _MEANT.get(name)
                or suggest(name, sorted({"label", *_EDGE_ATTRIBUTES}))
                or ": leave it out, or see Graphviz's edge attributes"
            )
            raise AuthorError(f"an edge has no '{name}'{hint}")
    return Edge(label=label, **{"class": kind, **attrs})


def request(label: str = "", **attrs: str) -> Edge:
    """Draw a call, from the caller to the callee; further arguments are Graphviz's edge attributes."""
    return _edge("request", label, attrs)


def response(label: str = "", **attrs: str) -> Edge:
    """Draw data on the request path, in the direction it flows: an answer, or what one stage hands to the next."""
    return _edge("response", label, attrs)


def stream(label: str = "", **attrs: str) -> Edge:
    """Draw events that flow as they happen."""
    return _edge("stream", label, attrs)


def batch(label: str = "", **attrs: str) -> Edge:
    """Draw scheduled bulk work."""
    return _edge("batch", label, attrs)


def control(label: str = "", **attrs: str) -> Edge:
    """Draw a change of configuration, version or routing."""
    return _edge("control", label, attrs)


def feedback(label: str = "", **attrs: str) -> Edge:
    """Draw outcomes and human judgement that close a loop."""
    return _edge("feedback", label, attrs)


def edge_kind(name: str) -> Callable[..., Edge]:
    """Return the function that draws edges of one kind: of the project's own, or one of the six.

    Kinds of its own a project names in `[tool.archfolio.vocabulary.edges]`. Raises AuthorError for a name that is none.
    """
    check_words("kind of edge", [name], KINDS)

    def draw(label: str = "", **attrs: str) -> Edge:
        """Draw an edge of this kind; further arguments are Graphviz's edge attributes."""
        return _edge(name, label, attrs)

    draw.__name__ = name
    return draw
