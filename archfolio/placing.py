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

from archfolio.author_error import AuthorError, where
from archfolio.open_view import called, check_is_here

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diagrams import Diagram, Node


def same_row(*nodes: Node) -> None:
    """Wish that nodes stand side by side, at one height."""
    _check("same_row", nodes)
    if len(nodes) < 2:  # noqa: PLR2004  a row is of two at least
        message = "same_row() takes two nodes or more: name those that stand side by side"
        raise AuthorError(message)
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
    diagram = _check(kind, nodes)
    wishes = diagram.__dict__.setdefault("archfolio_wishes", [])
    wishes.append((kind, tuple(node.nodeid for node in nodes), *where()))


def _check(kind: str, nodes: Sequence[object]) -> Diagram:
    """Return the drawing that a wish is of. Raises AuthorError for what is no two of its nodes."""
    diagram = diagrams.getdiagram()
    if diagram is None:
        message = f"{kind}() speaks of nodes on a drawing: call it inside a view"
        raise AuthorError(message)
    for at, node in enumerate(nodes):
        if not isinstance(node, diagrams.Node):
            said = {diagrams.Cluster: "a group", list: "a list", tuple: "a list"}.get(type(node), f"{node!r:.60}")
            message = (
                f"{kind}() takes nodes, and {said} is none: write the name that the node was given, {kind}(log, ...)"
            )
            raise AuthorError(message)
        check_is_here(node)
        if any(node is one for one in nodes[:at]):
            message = f"{kind}() names '{called(node)}' twice: name another node"
            raise AuthorError(message)
    return diagram
