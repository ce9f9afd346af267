"""The boxes of a view inside its groups, as a text that nests writes them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archfolio.gallery.manifest import Cluster, Node, View


def nested_lines(
    view: View, box: Callable[[Node], str], group: Callable[[Cluster], Iterable[str]], end: str, depth: int = 0
) -> Iterator[str]:
    """Write boxes, and groups around theirs, two blanks further in on each level; `depth` is that of the outermost.

    `box` returns the line of a box, `group` the lines that begin a group; `end` is the one that ends it.
    """

    def inside(parent: str | None, indent: str) -> Iterator[str]:
        yield from (f"{indent}{box(node)}" for node in view.nodes if node.cluster == parent)
        for cluster in view.clusters:
            if cluster.parent == parent:
                yield from (f"{indent}{line}" for line in group(cluster))
                yield from inside(cluster.id, f"{indent}  ")
                yield f"{indent}{end}"

    return inside(None, "  " * depth)
