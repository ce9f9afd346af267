"""Every drawing of the repository is measured as a browser draws it, and nothing is wrong with any of them.

`render/layout/quality.py` measures layouts before they are drawn, to choose between them; this is what holds it to its
word.
"""

import re
from statistics import mean

import families
import pytest
from measure import crossings, faults, off_width
from reference import random_graph, reference_graphs

from archfolio.render.model import style

CROSSINGS = 0.42
MEGAPIXELS = 1.1
KILOBYTES = 120  # of any drawing: those of 14 nodes are among them
RANDOM = 200


def wrong(seen):
    return {name: found for name, drawing in seen.items() if (found := faults(drawing))}


def tell(capsys, words):
    """Print a figure, which a pass would hide."""
    with capsys.disabled():
        print(f"\n{words}")  # noqa: T201  that is what it is for


def report(seen, capsys):
    crossed = mean(len(crossings(drawing)) for drawing in seen.values())
    pixels = [drawing.megapixels for drawing in seen.values()]
    tell(capsys, f"{len(seen)} drawings: {crossed:.2f} crossings, {mean(pixels):.2f} Mpx, most {max(pixels):.2f}")
    return crossed, mean(pixels)


def test_nothing_is_wrong_with_any_drawing(seen):
    assert wrong(seen) == {}


def test_drawings_are_calm_and_small(seen, capsys):
    crossed, pixels = report(seen, capsys)
    assert crossed <= CROSSINGS
    assert pixels <= MEGAPIXELS


def test_every_text_is_as_wide_as_the_layout_took_it_for(seen):
    off = {(name, words.text): off_width(words) for name, drawing in seen.items() for words in drawing.texts}
    assert {where: gap for where, gap in off.items() if max(gap[0] / 1.0, gap[1] / 0.02) > 1} == {}


def test_every_part_of_a_graph_is_drawn_once(drawings, seen):
    for name, drawn in drawings.items():
        graph, drawing = drawn.graph, seen[name]
        assert sorted(drawing.cards) == sorted(node.id for node in graph.nodes), name
        assert sorted(drawing.panels) == sorted(cluster.id for cluster in graph.clusters), name
        lines = sorted((line.edge, line.ends) for line in drawing.lines)
        assert lines == sorted((edge.id, (edge.tail, edge.head)) for edge in graph.edges), name


def _said(edge):
    """Return the label of an edge, on one line with the sign of what became of it."""
    return f"{style.REVISIONS[edge.revision].sign}\u00a0{edge.label}" if edge.revision else edge.label


def test_the_words_of_a_graph_are_all_there(drawings, seen):
    for name, drawn in drawings.items():
        shown = {
            (role, owner): " ".join(words.text for words in seen[name].role(role) if words.owner == owner)
            for role, owner in {(words.role, words.owner) for words in seen[name].texts}
        }
        wanted = {("label", edge.id): _said(edge) for edge in drawn.graph.edges if edge.label}
        wanted |= {("card", node.id): node.label for node in drawn.graph.nodes}
        wanted |= {("title", cluster.id): cluster.label for cluster in drawn.graph.clusters}
        assert {key: " ".join(re.findall("[^ \n]+", text)) for key, text in wanted.items()} == {
            key: shown[key] for key in wanted
        }, name


def test_lines_begin_and_end_at_what_they_connect(seen):
    for name, drawing in seen.items():
        boxes = drawing.panels | drawing.cards
        for line in drawing.lines:
            for end, point in zip(line.ends, (line.points[0], line.points[-1]), strict=True):
                near = (point > boxes[end][:2] - 1.5) & (point < boxes[end][2:] + 1.5)
                assert near.all(), (name, line.edge, end)


def test_panels_hold_what_is_in_them_and_nothing_else(drawings, seen):
    for name, drawn in drawings.items():
        graph, drawing = drawn.graph, seen[name]
        parents = {cluster.id: cluster.parent for cluster in graph.clusters}
        for node in graph.nodes:
            holders = set()
            inner = node.cluster
            while inner:
                holders.add(inner)
                inner = parents[inner]
            card = drawing.cards[node.id]
            for panel, box in drawing.panels.items():
                inside = (card[:2] >= box[:2]).all() and (card[2:] <= box[2:]).all()
                apart = (card[2:] < box[:2]).any() or (card[:2] > box[2:]).any()
                assert inside if panel in holders else apart, (name, node.id, panel)


def test_a_drawing_is_a_small_file(drawings, capsys):
    sizes = {name: len(drawn.svg.encode()) / 1000 for name, drawn in drawings.items()}
    low, high, middle = min(sizes.values()), max(sizes.values()), mean(sizes.values())
    tell(capsys, f"SVG: {low:.0f} to {high:.0f} kB, {middle:.0f} on average")
    assert {name: size for name, size in sizes.items() if size > KILOBYTES} == {}


@pytest.mark.slow
def test_nothing_is_wrong_with_the_reference_views(drawer, reader, capsys):
    drawn = drawer({graph.slug: graph for graph in reference_graphs()})
    seen = {name: reader.read(one.svg) for name, one in drawn.items()}
    report(seen, capsys)
    assert wrong(seen) == {}


@pytest.mark.slow
def test_hardly_anything_is_wrong_with_random_graphs(drawer, reader, capsys):
    drawn = drawer({graph.slug: graph for graph in map(random_graph, range(RANDOM))})
    seen = {name: reader.read(one.svg) for name, one in drawn.items()}
    report(seen, capsys)
    found = wrong(seen)
    count = sum(len(those) for kinds in found.values() for those in kinds.values())
    tell(capsys, f"{count} faults in {RANDOM} random drawings")
    assert count <= 0.05 * RANDOM, found


@pytest.mark.slow
def test_nothing_is_wrong_with_dense_graphs(drawer, reader, capsys):
    drawn = drawer({graph.slug: graph for graph in families.CLEAN})
    seen = {name: reader.read(one.svg) for name, one in drawn.items()}
    report(seen, capsys)
    assert wrong(seen) == {}
