"""What flows where in a view: who is reached from a box, who hangs on it alone, and by which way."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.gallery import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import Edge, Node, View


@dataclass(frozen=True, slots=True)
class Arrow:
    """A way from box to box."""

    tail: str
    head: str
    edge: Edge


@dataclass(frozen=True)
class Flow:
    """The boxes of a view and the arrows between them, one each way for an arrow with two heads."""

    view: View

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """Return the boxes by id."""
        return {node.id: node for node in self.view.nodes}

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """List the arrows from box to box; those that begin or end at a cluster are left out."""
        found: list[Arrow] = []
        for edge in self.view.edges:
            if edge.tail not in self.nodes or edge.head not in self.nodes or edge.tail == edge.head:
                continue
            if edge.direction in {"forward", "both"}:
                found.append(Arrow(edge.tail, edge.head, edge))
            if edge.direction in {"back", "both"}:
                found.append(Arrow(edge.head, edge.tail, edge))
        return tuple(found)

    @cached_property
    def following(self) -> dict[str, tuple[Arrow, ...]]:
        """Return the arrows that leave each box."""
        return {node: tuple(arrow for arrow in self.arrows if arrow.tail == node) for node in self.nodes}

    @cached_property
    def entering(self) -> dict[str, tuple[Arrow, ...]]:
        """Return the arrows that reach each box."""
        return {node: tuple(arrow for arrow in self.arrows if arrow.head == node) for node in self.nodes}

    def name(self, node: str) -> str:
        """Return the name of a box."""
        return box_name(self.nodes[node])

    def below(self, node: str) -> frozenset[str]:
        """Return the boxes that arrows lead to from a box, itself not among them unless it is on a loop."""
        return reached(self._heads, self._heads[node])

    @cached_property
    def _heads(self) -> dict[str, frozenset[str]]:
        return {node: frozenset(arrow.head for arrow in arrows) for node, arrows in self.following.items()}

    def way(self, start: str, end: str, kinds: frozenset[str]) -> tuple[Arrow, ...]:
        """Return the shortest way along arrows of some kinds, nothing where there is none."""
        came: dict[str, Arrow] = {}
        queue = deque([start])
        while queue:
            node = queue.popleft()
            if node == end and came:
                break
            for arrow in self.following[node]:
                if arrow.edge.kind in kinds and arrow.head not in came and arrow.head != start:
                    came[arrow.head] = arrow
                    queue.append(arrow.head)
        steps: list[Arrow] = []
        while end in came and end != start:
            steps.append(came[end])
            end = came[end].tail
        return tuple(reversed(steps))


def reached(following: Mapping[str, frozenset[str]], starts: Iterable[str], without: str = "") -> frozenset[str]:
    """Return what can be reached from some boxes, these included, never by way of `without`."""
    found = {start for start in starts if start != without}
    queue = deque(sorted(found))
    while queue:
        for node in following[queue.popleft()]:
            if node != without and node not in found:
                found.add(node)
                queue.append(node)
    return frozenset(found)


def box_name(node: Node) -> str:
    """Return the name of a box as a sentence has it."""
    return prose.one_line(node.name)
