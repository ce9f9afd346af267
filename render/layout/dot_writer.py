"""Write a sized graph as DOT: empty boxes of the right size, settings that are tried, and no text at all.

Nodes, clusters and blocks of isolated nodes are called n0, c0, i0 ... after their place in the graph, so no id of an
author, however strange, reaches Graphviz; and no text does, so no font is ever looked for.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from archfolio.render.layout.bundles import bundles, room
from archfolio.render.layout.ends import ends
from archfolio.render.layout.isolated import packings, replicas
from archfolio.render.layout.loops import loops, margins
from archfolio.render.layout.place_titles import TITLE_INDENT
from archfolio.render.layout.same_rank import as_told, rows_in_clusters, side_by_side
from archfolio.render.model import style
from archfolio.render.model.geometry import Size
from archfolio.render.model.graph import chain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.layout.bundles import Bundle
    from archfolio.render.layout.draft import Frame
    from archfolio.render.model.geometry import Sized

_Thing = TypeVar("_Thing")

POINTS_PER_INCH = 72.0
PANEL_GAP = 16.0  # between the panels of two neighbouring clusters, more than the 8 px that Graphviz leaves
TITLE_STRIP = 22.0  # what a title adds to the height of a cluster; the cluster's margin comes on top
NODE_GAP = 36.0  # px between neighbours in a rank: a beginning, `settle` decides
RANK_GAP = 48.0  # px between ranks
MOST_RANK_GAP = 120.0  # px between them, where labels stand there
MARGIN = 16.0  # px between a cluster's border and what is in it
SMALL = 3  # cards of a cluster that may stand in one rank
PEERS = 6  # clusters or lone nodes with the same neighbours from which on they are tried in several rows


class Against(StrEnum):
    """What becomes of an edge that runs against the order in which the author wrote its nodes."""

    GIVEN = "given"  # nothing: Graphviz finds cycles by itself
    REVERSED = "reversed"  # it is laid out head to tail, so that the author's order is the flow
    WEIGHTLESS = "weightless"  # it may be long


@dataclass(frozen=True, slots=True)
class Candidate:
    """One way to ask for a layout; the name is recorded and must keep its meaning."""

    name: str
    against: Against = Against.GIVEN
    newrank: bool = False  # ranks run through the whole drawing, not only through each cluster
    staggered: bool = False  # of the edges that leave a node, every second one spans two ranks: not so wide
    stacked: bool = False  # each cluster begins below the end of the one before it: not so wide
    abreast: bool = False  # of those that are stacked, the outermost stand side by side
    level: bool = False  # edges inside a small cluster may stay in one rank: not so high
    folded: int = 1  # columns into which what the author wrote is cut: not so high
    wrapped: int = 1  # rows into which peers are cut: not so wide
    halved: bool = False  # the second half of the peers stands on the other side of what they are joined to
    roomy: bool = False  # labels have room between the ranks, where the flow runs to a side
    anchored: bool = False  # isolated nodes stand behind what leads into their panel: it begins no earlier for them
    told: int = 0  # the order in which nodes and edges are told: 0 as given, -1 backwards, others shuffled


def around_cards(sized: Sized) -> tuple[tuple[int, int, int, int], ...]:
    """Compute how many px left of, above, right of and below each card its loops and bundles need."""
    own = loops(sized)
    found = [[0, 0, 0, 0] for _ in sized.nodes]
    for margin, node in zip(found, sized.nodes, strict=True):
        if node.id in own:
            margin[:] = margins([sized.edges[edge] for edge in own[node.id]], sized.rankdir)
    for bundle in bundles(sized):
        needed = room(sized, bundle)
        for card in {bundle.one, bundle.two} & set(range(len(found))):
            found[card][1] = max(found[card][1], needed.above)
            found[card][3] = max(found[card][3], needed.below)
    return tuple((left, above, right, below) for left, above, right, below in found)


def dot(frame: Frame, candidate: Candidate) -> str:
    """Write the graph for Graphviz with the settings of a candidate."""
    sized = frame.sized
    return "\n".join(
        [
            "digraph {",
            *_settings(sized, candidate),
            *_tree(frame, candidate),
            *_edges(frame, candidate),
            *_stack(sized, candidate),
            *_wrap(sized, candidate),
            *_anchor(sized, candidate),
            *_wishes(sized, candidate),
            "}",
        ]
    )


def _settings(sized: Sized, candidate: Candidate) -> Iterator[str]:
    yield f'rankdir="{sized.rankdir}" splines="none" compound="true" newrank="{str(candidate.newrank).lower()}"'
    across, along = sized.spacing
    gaps = NODE_GAP * across, _rank_gap(sized, candidate) * along
    yield f'nodesep="{_inches(gaps[0])}" ranksep="{_inches(gaps[1])}"'
    yield 'node [shape="box" fixedsize="true" label="" penwidth="0"]'
    yield 'edge [dir="none" label=""]'


def _rank_gap(sized: Sized, candidate: Candidate) -> float:
    """Return the px between ranks."""
    if not candidate.roomy:
        return RANK_GAP
    widths = [min(shape.size.width for shape in edge.shapes) for edge in sized.edges if edge.shapes]
    return min(max(widths, default=RANK_GAP / 2) + RANK_GAP / 2, MOST_RANK_GAP)


def _tree(frame: Frame, candidate: Candidate) -> Iterator[str]:
    nodes, panels, before, after = _levels(frame)

    def level(inside: str | None) -> Iterator[str]:
        yield from _told(nodes.get(inside, []), candidate)
        for cluster in _told(panels.get(inside, []), candidate):
            yield before[cluster]
            yield from level(cluster)
            yield after[cluster]

    return level(None)


class _Levels(NamedTuple):
    """What is written of nodes and clusters, whatever is tried; of all of them, by the cluster that they are in."""

    nodes: dict[str | None, list[str]]  # in each cluster, or in none
    panels: dict[str | None, list[str]]  # the clusters in each, or in none
    before: dict[str, str]  # what is written before and after what is in a cluster
    after: dict[str, str]


@lru_cache(maxsize=4)
def _levels(frame: Frame) -> _Levels:
    """Write nodes and clusters; kept for graphs that are searched for."""
    sized = frame.sized
    ranks = rows_in_clusters(sized)
    found = _Levels({}, {}, {}, {})
    first = {block.cards[0]: block for block in packings(sized)}
    names = _boxes(sized)
    for number, (node, (left, above, right, below)) in enumerate(zip(sized.nodes, frame.margins, strict=True)):
        size = Size(node.size.width + left + right, node.size.height + above + below)
        if number in first:
            size = first[number].size
        if number in first or names[number] == f"n{number}":
            found.nodes.setdefault(node.cluster, []).append(_box(names[number], size))
    for number, bundle in enumerate(frame.bundles):
        found.nodes.setdefault(_common(sized, bundle), []).append(_box(f"b{number}", _between(sized, bundle)))
    for cluster in sized.clusters:
        found.panels.setdefault(cluster.parent, []).append(cluster.id)
    for number, cluster in enumerate(sized.clusters):
        more = cluster.title.height - style.DETAIL_SIZE * style.LINE_HEIGHT  # than a title of one line has
        strip = cluster.title._replace(width=cluster.title.width + 2 * TITLE_INDENT, height=TITLE_STRIP + more)
        before = [f'subgraph "cluster_{number}" {{', f'label={_blank(strip)} margin="{MARGIN + PANEL_GAP / 2:g}"']
        if cluster.id not in found.nodes and cluster.id not in found.panels:
            before.append(_box(f"c{number}", cluster.title))  # Graphviz forgets an empty cluster
        after = [_in_one_rank(cards) for cards in ranks.get(cluster.id, [])]
        found.before[cluster.id], found.after[cluster.id] = "\n".join(before), "\n".join([*after, "}"])
    return found


def _boxes(sized: Sized) -> list[str]:
    """Name the box of each card: its own, or that of the block in which it stands."""
    names = [f"n{number}" for number in range(len(sized.nodes))]
    for at, block in enumerate(packings(sized)):
        for card in block.cards:
            names[card] = f"i{at}"
    return names


def _common(sized: Sized, bundle: Bundle) -> str | None:
    """Name the innermost cluster that both ends of a bundle are in."""
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}

    homes = [*(node.cluster for node in sized.nodes), *(cluster.parent for cluster in sized.clusters)]
    others = [*chain(homes[bundle.two], parents)]
    return next((cluster for cluster in chain(homes[bundle.one], parents) if cluster in others), None)


def _between(sized: Sized, bundle: Bundle) -> Size:
    """Compute the box that keeps the room for a bundle free, between two ranks."""
    across, down, *_ = room(sized, bundle)
    gaps = 2 * RANK_GAP * sized.spacing.along
    if sized.rankdir in {"TB", "BT"}:
        return Size(across, max(down - gaps, 1))
    return Size(max(across - gaps, 1), down)


def _edges(frame: Frame, candidate: Candidate) -> Iterator[str]:
    sized = frame.sized
    names = {node.id: f"n{number}" for number, node in enumerate(sized.nodes)}
    names |= {cluster.id: f"c{number}" for number, cluster in enumerate(sized.clusters)}
    small = _in_small_clusters(sized) if candidate.level else {}
    columns = _columns(sized, candidate.folded)
    halves = _halves(sized, candidate) if candidate.halved else []
    turned = {f"n{node}" for _, half in halves for group in half for node in group}
    fans: dict[str, int] = {}
    boxes = {edge: (f"b{at}", edge == one.edges[0]) for at, one in enumerate(frame.bundles) for edge in one.edges}
    place = {node.id: number for number, node in enumerate(sized.nodes)}
    for number, (tail, head) in _told(list(enumerate(ends(sized))), candidate):
        box, is_first = boxes.get(number, ("", True))
        if not is_first:
            continue
        against = place.get(head, 0) < place.get(tail, 0)  # the order in which the author wrote them
        first, second = names[tail], names[head]
        if (against and candidate.against is Against.REVERSED) != (first in turned or second in turned):
            first, second = second, first
        fan = fans[first] = fans.get(first, 0) + 1
        weight = ' weight="0"' if against and candidate.against is Against.WEIGHTLESS else ""
        least = sized.edges[number].span
        span = ' minlen="2"' if candidate.staggered and fan % 2 == 0 else ""
        if least > 1:
            span = f' minlen="{least}"'
        if least < 0 or (candidate.level and tail in small and small[tail] == small.get(head)):
            span = ' minlen="0"'
        fold = ' constraint="false"' if not least or columns.get(tail, 0) != columns.get(head, 0) else ""
        between = f" -> {box}" if box else ""
        yield f"{first}{between} -> {second} [{weight}{span}{fold}]"


def _columns(sized: Sized, count: int) -> dict[str, int]:
    """Return the column in which each node stands: outer clusters, in the author's order, are spread over so many."""
    if count == 1:
        return {}
    outer = _outermost(sized)
    begin, column = 0, {}
    for group, cards in Counter(outer.values()).items():
        column[group] = int((begin + cards / 2) * count / len(sized.nodes))
        begin += cards
    return {node.id: column[outer[node.id]] for node in sized.nodes}


def _outermost(sized: Sized) -> dict[str, str]:
    """Name the outermost cluster of each node, itself where it is in none."""
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}
    found = {}
    for node in sized.nodes:
        place, around = node.id, node.cluster
        while around is not None:
            place, around = around, parents[around]
        found[node.id] = place
    return found


def peers(sized: Sized) -> list[list[list[int]]]:
    """List the sets of at least `PEERS` outer clusters and lone nodes that have the same neighbours; nodes by number.

    They share a rank, and make a drawing as wide as they are many.
    """
    outer = _outermost(sized)
    before: dict[str, set[str]] = {group: set() for group in outer.values()}
    after: dict[str, set[str]] = {group: set() for group in outer.values()}
    for tail, head in ends(sized):
        one, other = outer.get(tail, tail), outer.get(head, head)
        if one != other and one in after and other in before:
            after[one].add(other)
            before[other].add(one)
    members: dict[str, list[int]] = {}
    for number, node in enumerate(sized.nodes):
        members.setdefault(outer[node.id], []).append(number)
    alike: dict[tuple[frozenset[str], frozenset[str]], list[list[int]]] = {}
    for group, nodes in members.items():
        if before[group] or after[group]:
            alike.setdefault((frozenset(before[group]), frozenset(after[group])), []).append(nodes)
    return [groups for groups in alike.values() if len(groups) >= PEERS]


def _halves(sized: Sized, candidate: Candidate) -> list[tuple[list[list[int]], list[list[int]]]]:
    """Cut each set of peers into those that stand where they would, and those that stand on the other side."""
    found = []
    for groups in peers(sized):
        half = (len(groups) + 1) // 2 if candidate.halved else len(groups)
        found.append((groups[:half], groups[half:]))
    return found


def _wrap(sized: Sized, candidate: Candidate) -> Iterator[str]:
    """Draw edges that nobody sees from each peer to that below it, where peers stand in several rows."""
    if candidate.wrapped == 1:
        return
    for groups in (half for halves in _halves(sized, candidate) for half in halves):
        width = -(-len(groups) // candidate.wrapped)
        for upper, lower in zip(groups, groups[width:], strict=False):
            yield from (f'n{one} -> n{other} [style="invis"]' for one in upper for other in lower)


def _anchor(sized: Sized, candidate: Candidate) -> Iterator[str]:
    """Draw edges that nobody sees from what leads into a panel to the isolated nodes in it."""
    if not candidate.anchored:
        return
    parents = {cluster.id: cluster.parent for cluster in sized.clusters}
    around = {node.id: set(chain(node.cluster, parents)) for node in sized.nodes}
    names = {node.id: f"n{number}" for number, node in enumerate(sized.nodes)}
    for at, packing in enumerate(packings(sized)):
        for home in chain(sized.nodes[packing.cards[0]].cluster, parents):
            before = {
                names[tail]: None
                for tail, head in ends(sized)
                if home in around.get(head, ()) and tail in around and home not in around[tail]
            }
            yield from (f'{name} -> i{at} [style="invis" weight="0"]' for name in before)
            if before:
                break


def _in_small_clusters(sized: Sized) -> dict[str, str]:
    """Name the cluster of each node that shares one with few others."""
    crowd = Counter(node.cluster for node in sized.nodes)
    return {node.id: node.cluster for node in sized.nodes if node.cluster and crowd[node.cluster] <= SMALL}


def _wishes(sized: Sized, candidate: Candidate) -> Iterator[str]:
    """Draw edges that nobody sees between nodes whose places an author has wished.

    One that is to be before another along the ranks stands in an earlier rank; one that is to be before another in a
    rank, in the same. Nodes of different clusters can share a rank only if ranks run through the whole drawing; those
    of one cluster are told within it, or Graphviz 14 dies over some.
    """
    numbers = {node.id: number for number, node in enumerate(sized.nodes)}
    along = "below" if sized.rankdir in {"TB", "BT"} else "left_of"
    for kind, node, other in sized.wishes:
        if kind == along:
            one, two = as_told(sized, kind, numbers[node], numbers[other])
            yield f'n{one} -> n{two} [style="invis"]'
    for one, two in side_by_side(sized):
        homes = sized.nodes[one].cluster, sized.nodes[two].cluster
        if homes == (None, None) or (candidate.newrank and homes[0] != homes[1]):
            yield _in_one_rank((one, two))


def _in_one_rank(cards: Sequence[int]) -> str:
    return f'{{ rank="same" {" -> ".join(f"n{card}" for card in cards)} [style="invis"] }}'


def _stack(sized: Sized, candidate: Candidate) -> Iterator[str]:
    """Draw edges that nobody sees: from cluster to cluster, and to each node that nothing else holds in its place."""
    if not candidate.stacked:
        return
    held = {end for pair in ends(sized) for end in pair}
    in_rank = {sized.nodes[card].id for cards in replicas(sized) for card in cards}
    boxes, outer = pairwise(_boxes(sized)), _outermost(sized)
    for (one, other), (above, below) in zip(boxes, pairwise(sized.nodes), strict=True):
        if candidate.abreast and outer[above.id] != outer[below.id]:
            continue
        if one != other and below.id not in in_rank and (above.cluster != below.cluster or below.id not in held):
            yield f'{one} -> {other} [style="invis"]'


def _told(things: list[_Thing], candidate: Candidate) -> list[_Thing]:
    """Sort things into the order in which Graphviz gets them: it starts from there and keeps the first of equals."""
    if candidate.told < 0:
        return things[::-1]
    if candidate.told:
        return [things[at] for at in _shuffled(len(things), candidate.told)]
    return things


@lru_cache(maxsize=512)  # most drawings have few nodes in a cluster, and all are told in the same few orders
def _shuffled(count: int, seed: int) -> list[int]:
    order = list(range(count))
    Random(seed).shuffle(order)  # noqa: S311  a fixed seed, for variety and not for secrets
    return order


def _box(name: str, size: Size) -> str:
    return f'{name} [width="{_inches(size.width)}" height="{_inches(size.height)}"]'


def _blank(size: Size) -> str:
    """Build a label that takes room and has no text."""
    measures = f'WIDTH="{round(size.width)}" HEIGHT="{round(size.height)}"'
    return f'<<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" FIXEDSIZE="TRUE" {measures}><TR><TD></TD></TR></TABLE>>'


def _inches(pixels: float) -> str:
    return f"{pixels / POINTS_PER_INCH:.5f}"
