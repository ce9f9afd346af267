"""A drawing whose author leaves its direction to the library runs to the right where it is a chain that fits."""

import pytest

HEAD = "from diagrams import Cluster, Diagram, Edge, Node\nwith Diagram('D', show=False):\n"


def chain(count: int, name: str = "card", between: str = "") -> str:
    """Write a chain of so many cards, with a label at each edge if there is one."""
    edge = f"Edge(label='{between}') >> " if between else ""
    cards = "\n".join(f"    n{at} = Node('{name} {at}')" for at in range(count))
    return cards + "\n" + "\n".join(f"    n{at} >> {edge}n{at + 1}" for at in range(count - 1))


def rows(count: int, length: int, after: int = 1) -> str:
    """Write so many chains of one length that lead to another one."""
    names = [f"n{row}_{at}" for row in range(count) for at in range(length)] + [f"end{at}" for at in range(after)]
    ways = [[f"n{row}_{at}" for at in range(length)] + ["end0"] for row in range(count)]
    ways.append([f"end{at}" for at in range(after)])
    return "\n".join([*(f"    {name} = Node('card')" for name in names), *(f"    {' >> '.join(way)}" for way in ways)])


def fan(count: int) -> str:
    """Write a card that leads to so many others."""
    return f"    hub = Node('hub')\n    hub >> [Node(f'spoke {{at}}') for at in range({count})]"


@pytest.mark.parametrize(
    ("body", "rankdir"),
    [
        (chain(2), "LR"),
        (chain(9), "LR"),
        (chain(9) + "\n    n8 >> n0", "LR"),  # round and round
        (chain(5) + "\n    n3 >> Node('branch')", "LR"),
        (chain(3) + "\n" + chain(3), "LR"),  # two of them, one above the other
        ("\n".join(chain(3) for _ in range(7)), "TB"),  # too many of them
        (rows(3, 3), "LR"),  # they meet, and are longer than they are many
        (rows(4, 4), "LR"),
        (rows(2, 2, 4), "LR"),
        (rows(3, 2), "TB"),  # as many as their ranks
        (rows(5, 6), "TB"),  # too many abreast
        (rows(5, 7, 4), "LR"),  # as many of them, and twice as many ranks
        (rows(4, 1, 3), "TB"),  # a tree: it is wide in one rank alone
        (rows(4, 1, 4), "LR"),  # the same, and a longer chain
        (chain(3) + "\n    n2 >> [Node(f'spoke {at}') for at in range(4)]\n    n0 >> Node('e')", "TB"),  # one more
        (chain(7, "card", "some forty characters at each of its edges"), "TB"),  # too wide for a laptop, not too high
        (chain(14), "LR"),  # too large either way: in this, text is larger
        (chain(14, "card", "a label of its edges"), "TB"),
        (chain(4) + "\n    n3 >> [Node(f'spoke {at}') for at in range(4)]", "LR"),  # a chain before a fan
        (fan(2), "LR"),
        (fan(3), "TB"),
        (fan(6), "TB"),
        (chain(4) + "\n    n0 >> [Node(f'spoke {at}') for at in range(4)]", "TB"),  # too many abreast
        ("    [Node(f'alone {at}') for at in range(4)]", "TB"),
        ("    a = Node('a')\n    a >> a", "TB"),
        (chain(3) + "\n    [Node(f'alone {at}') for at in range(9)]", "LR"),  # isolated cards have no say
    ],
)
def test_chains_run_to_the_right_where_they_fit(captured, body: str, rankdir: str) -> None:
    [drawing] = captured(HEAD + body + "\n").drawings
    assert drawing.graph.rankdir == rankdir


def test_edges_of_clusters_are_edges_of_the_cards_in_them(captured) -> None:
    body = (
        "    with Cluster('One'):\n        with Cluster('Two'):\n            a = Node('a')\n        b = Node('b')\n"
        "    c = Node('c')\n    c >> Edge(lhead='cluster_One') >> a\n    a >> [b, Node('d'), Node('e')]\n"
    )
    assert captured(HEAD + body).drawings[0].graph.rankdir == "LR"  # 5 cards in 3 ranks, and not 4 in 2
