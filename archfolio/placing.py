"""What an author may say about where nodes stand. The layout honours it, or `archfolio check --pictures` says so.

Say it inside a view or a `with Diagram(...):` block, about nodes that are drawn there:

    same_row(primary, replica)
    left_of(features, model)
    below(log, service)
    first(shopper)
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import diagrams

from archfolio.author_error import AuthorError

if TYPE_CHECKING:
    from diagrams import Node


def same_row(*nodes: Node) -> None:
    """Wish that nodes stand side by side, at one height."""
    for one, other in pairwise(nodes):
        _wish("same_row", one, other)


def left_of(node: Node, other: Node) -> None:
    """Wish that a node stands left of another."""
    _wish("left_of", node, other)


def below(node: Node, other: Node) -> None:
    """Wish that a node stands below another."""
    _wish("below", node, other)


def first(node: Node) -> None:
    """Wish that the drawing begins with a node: at the top, or at the left of one that runs from left to right.

    Without a wish that is the node that is written first.
    """
    _wish("first", node)


def _wish(kind: str, *nodes: Node) -> None:
    diagram = diagrams.getdiagram()
    if diagram is None:
        message = f"{kind}() speaks of nodes on a drawing: call it inside a view"
        raise AuthorError(message)
    for node in nodes:
        if not isinstance(node, diagrams.Node):
            message = f"{kind}() takes nodes, and {node!r:.60} is none: write the name that the node was given, {kind}(log, ...)"
            raise AuthorError(message)
    wishes = diagram.__dict__.setdefault("archfolio_wishes", [])
    wishes.append((kind, tuple(node.nodeid for node in nodes)))
