"""What is interchangeable stands in the order in which its author wrote it."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archfolio.render.layout.engine import Bundled
from archfolio.render.layout.numbered import numbered
from archfolio.render.layout.quality import measure
from archfolio.render.layout.search import layout, search
from archfolio.render.layout.siblings import matching, unmatched
from archfolio.render.model.geometry import Box, Size, Sized, SizedCluster, SizedEdge, SizedNode

ENGINE = Bundled()


def graph(
    edges: str, *, panels: dict[str, str] | None = None, rankdir: str = "TB", inner: str = "", names: str = ""
) -> Sized:
    """Make a graph of edges like "hub>lb-a lb-a>node-a"; `panels` names the panel of each, `names` comes first."""
    pairs = [edge.split(">") for edge in edges.split()]
    nodes = list(dict.fromkeys([*names.split(), *(end for pair in pairs for end in pair)]))
    homes = panels or {}
    titles = list(dict.fromkeys(homes[node] for node in nodes if node in homes))
    around = [inner] if inner else []
    return Sized(
        rankdir,
        tuple(SizedNode(node, Size(90.0 + 8 * len(node), 56.0), homes.get(node)) for node in nodes),
        tuple(
            SizedCluster(title, Size(8.0 * len(title), 16.0), inner if inner and title != inner else None)
            for title in (*around, *titles)
        ),
        tuple(SizedEdge(f"{at}", tail, head, (), (False, True)) for at, (tail, head) in enumerate(pairs)),
    )


def read(boxes: dict[str, Box], *names: str) -> list[str]:
    """Sort names as they are read: what stands below all of another comes after it, else what is further right."""
    left = sorted(names, key=lambda name: boxes[name].centre.y)
    found: list[str] = []
    while left:
        row = [name for name in left if boxes[name].y0 < boxes[left[0]].y1 - 10]
        found += sorted(row, key=lambda name: boxes[name].x0)
        left = [name for name in left if name not in row]
    return found


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
@pytest.mark.parametrize("names", ["a b c", "a bb ccccccccccc", "ccccccccccc bb a", "a b c d e"])
def test_cards_of_one_fan_stand_in_order_whatever_their_sizes(rankdir: str, names: str) -> None:
    spokes = names.split()
    fan = " ".join([f"hub>{spoke} {spoke}>sink {spoke}>store" for spoke in spokes])
    drawn = layout(graph(fan, rankdir=rankdir), ENGINE)
    assert read(drawn.nodes, *spokes) == spokes


@pytest.mark.parametrize("rankdir", ["TB", "LR"])
def test_parallel_chains_stand_in_order_together(rankdir: str) -> None:
    zones = "pqrs"
    chains = " ".join(f"web>lb-{zone} lb-{zone}>node-{zone} node-{zone}>db" for zone in zones)
    drawn = layout(graph(chains, rankdir=rankdir, names="web"), ENGINE)
    for kind in ("lb", "node"):
        names = [f"{kind}-{zone}" for zone in zones]
        assert read(drawn.nodes, *names) == names


def test_panels_of_two_rows_stand_in_order_with_all_that_is_in_them() -> None:
    above, below = ([f"{kind}-{number}" for number in (1, 2, 3)] for kind in ("elb", "node"))
    edges = " ".join([f"gateway>{one} {one}>router" for one in above] + [f"router>{one}" for one in below])
    drawn = layout(graph(edges, panels={name: f"zone of {name}" for name in above + below}), ENGINE)
    for row in (above, below):
        assert read(drawn.nodes, *row) == row
        assert read(drawn.clusters, *(f"zone of {name}" for name in row)) == [f"zone of {name}" for name in row]


@pytest.mark.parametrize("told", ["worker-3 worker-2 worker-1", "zone-c zone-b zone-a", "p-2-x p-10-x p-1-x"])
def test_names_that_differ_in_a_number_or_letter_stand_in_its_order(told: str) -> None:
    names = told.split()
    drawn = layout(graph(" ".join(f"hub>{name}" for name in names)), ENGINE)
    counted = ["p-1-x", "p-2-x", "p-10-x"] if "p-1-x" in names else sorted(names)
    assert read(drawn.nodes, *names) == counted


def test_what_hangs_together_in_two_orders_crosses_nothing_for_it() -> None:
    sized = graph("p>x q>y x>sink y>sink hub>p hub>q", names="p q y x")
    found = search(sized, ENGINE)
    assert not found.faults.crossings
    assert read(found.layout.nodes, "p", "q") == ["p", "q"]
    assert read(found.layout.nodes, "x", "y") == ["x", "y"]


def test_cards_that_nothing_is_joined_to_stand_in_order() -> None:
    names = ["x", "w", "v", "u"]
    drawn = layout(graph("a>b", names=" ".join(names), panels=dict.fromkeys(names, "others")), ENGINE)
    assert read(drawn.nodes, *names) == names


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    rankdir=st.sampled_from(["TB", "LR", "BT"]),
    order=st.permutations("klmnop").flatmap(lambda names: st.integers(2, 5).map(lambda count: names[:count])),
    kinds=st.lists(st.sampled_from(["api", "cache", "long-named-service"]), min_size=1, max_size=3, unique=True),
    is_in_panels=st.booleans(),
    is_joined=st.booleans(),
)
def test_branches_of_any_fan_stand_in_order(
    rankdir: str, order: list[str], kinds: list[str], *, is_in_panels: bool, is_joined: bool
) -> None:
    edges = []
    for branch in order:
        chain = ["hub", *(f"{kind}{branch}{branch}" for kind in kinds), *(["sink"] if is_joined else [])]
        edges += [f"{tail}>{head}" for tail, head in pairwise(chain)]
    panels = {f"{kind}{branch}{branch}": f"of {branch}" for branch in order for kind in kinds}
    drawn = layout(graph(" ".join(edges), panels=panels if is_in_panels else None, rankdir=rankdir), ENGINE)
    if is_in_panels:
        names = [f"of {branch}" for branch in order]
        assert read(drawn.clusters, *names) == names
    else:
        for kind in kinds:
            names = [f"{kind}{branch}{branch}" for branch in order]
            assert read(drawn.nodes, *names) == names


def test_numbered_cards_that_are_not_interchangeable_stand_in_order_where_that_costs_little() -> None:
    edges = "in>queue-x in>queue-z app>queue-y queue-x>base queue-x>job queue-y>job queue-y>web queue-z>web"
    kinds = {"from": "in app", "core": "queue-x queue-y queue-z", "to": "base job web"}
    homes = {name: home for home, names in kinds.items() for name in names.split()}
    found = search(graph(edges, panels=homes, inner="all", names="in app job base web"), ENGINE)
    assert found.faults.misnumbered == 0
    assert read(found.layout.nodes, "queue-x", "queue-y", "queue-z") == ["queue-x", "queue-y", "queue-z"]


def test_numbered_cards_on_one_way_or_in_several_panels_or_without_an_edge_are_no_series() -> None:
    assert numbered(graph("hub>a-2 hub>a-1", names="hub")) == ((2, 1),)
    assert numbered(graph("hub>a-2 hub>a-1 a-1>a-1", names="hub")) == ((2, 1),)
    assert numbered(graph("hub>a-1 a-1>a-2")) == ()
    assert numbered(graph("hub>a-1 hub>a-2", panels={"a-1": "one", "a-2": "two"})) == ()
    assert numbered(graph("hub>a-1", names="a-1 a-2")) == ()
    assert numbered(graph("hub>a-1 hub>b-2")) == ()


def test_cards_of_interchangeable_panels_that_are_out_of_their_row_are_told() -> None:
    edges = "api>a-in api>b-in api>c-in a-in>a-db b-in>b-db c-in>c-db"
    sized = graph(edges, panels={f"{name}-{part}": name for name in "abc" for part in ("in", "db")}, rankdir="LR")
    numbers = {node.id: number for number, node in enumerate(sized.nodes)}
    [sets] = matching(sized)
    assert {frozenset(one) for one in sets} == {
        frozenset(numbers[f"{name}-{part}"] for name in "abc") for part in ("in", "db")
    }
    found = search(sized, ENGINE)
    assert found.faults.scattered == ()
    cards = np.array([found.layout.nodes[node.id] for node in sized.nodes])
    cards[numbers["b-db"], [0, 2]] += 900
    assert unmatched(sized, cards) == [numbers["b-db"]]
    nodes = {node.id: Box(*row) for node, row in zip(sized.nodes, cards.tolist(), strict=True)}
    assert measure(sized, replace(found.layout, nodes=nodes)).scattered == (("b-db",),)
