"""Each fault is found, with whose fault it is, and nothing is found in a clean drawing."""

from dataclasses import replace

import pytest

from archfolio.render.layout.quality import FAULT_NAMES, Faults, measure, text_lines
from archfolio.render.layout.route_edges import smooth
from archfolio.render.model.geometry import (
    Box,
    LabelShape,
    Layout,
    PlacedLabel,
    Point,
    Route,
    Size,
    Sized,
    SizedCluster,
    SizedEdge,
    SizedNode,
)

SHAPE = LabelShape(("word",), (32.0,), Size(40, 20))
SIZED = Sized(
    "TB",
    tuple(SizedNode(name, Size(100, 50), home) for name, home in zip("abc", (None, None, "box"), strict=True)),
    (SizedCluster("box", Size(60, 16), None),),
    (SizedEdge("ab", "a", "b", (SHAPE,), (False, True)), SizedEdge("ac", "a", "c", (SHAPE,), (False, True))),
)


def label(edge: str, x: float, y: float, *, on_line: bool = True) -> PlacedLabel:
    return PlacedLabel(edge, SHAPE, Box(x - 20, y - 10, x + 20, y + 10), "middle", on_line)


def line(edge: str, *corners: tuple[float, float]) -> Route:
    return Route(edge, smooth(tuple(Point(*corner) for corner in corners)))


CLEAN = Layout(
    Size(400, 300),
    {"a": Box(0, 0, 100, 50), "b": Box(0, 200, 100, 250), "c": Box(200, 200, 300, 250)},
    {"box": Box(180, 160, 320, 270)},
    {"box": Box(190, 165, 240, 181)},
    (line("ab", (50, 50), (50, 200)), line("ac", (100, 25), (250, 25), (250, 200))),
    (label("ab", 50, 120), label("ac", 180, 25)),
    "by hand",
)


CLEAN_LINE = CLEAN.routes[0]


def found(faults: Faults) -> dict[str, tuple[tuple[str, ...], ...]]:
    return {name: getattr(faults, name) for name in FAULT_NAMES if getattr(faults, name)}


def test_a_clean_drawing_has_no_faults() -> None:
    faults = measure(SIZED, CLEAN)
    assert faults.count == 0
    assert found(faults) == {}
    assert (faults.crossings, faults.misaligned, faults.bends, faults.against) == ((), (), (), 0)
    assert faults.corners == 1
    assert faults.area == 400 * 300


@pytest.mark.parametrize(
    ("change", "fault", "culprits"),
    [
        ({"labels": (label("ab", 50, 120), label("ac", 60, 120, on_line=False))}, "overlap", ("ab", "ac")),
        ({"labels": (label("ab", 50, 58), label("ac", 180, 25))}, "covered", ("ab", "a")),
        ({"titles": {"box": Box(210, 195, 260, 211)}}, "covered", ("box", "c")),
        (
            {"routes": (line("ab", (50, 50), (50, 200)), line("ac", (50, 50), (50, 225), (200, 225)))},
            "through",
            ("ac", "b"),
        ),
        ({"labels": (label("ab", 50, 120, on_line=False), label("ac", 180, 25))}, "struck", ("ab", "ab")),
        ({"titles": {"box": Box(230, 165, 280, 181)}}, "struck", ("box", "ac")),
        ({"labels": (label("ab", 110, 120, on_line=False), label("ac", 180, 25))}, "detached", ("ab",)),
        ({"labels": (label("ab", 250, 120), label("ac", 180, 25))}, "foreign", ("ab", "ac")),
        ({"labels": (label("ab", 225, 120), label("ac", 180, 25))}, "ambig", ("ab", "ac")),
        ({"titles": {"box": Box(190, 165, 340, 181)}}, "overflow", ("box",)),
        ({"labels": (label("ab", 50, 185), label("ac", 180, 25))}, "hidden", ("ab", "ab")),
        ({"routes": (CLEAN_LINE, line("ac", (100, 25), (182, 25), (182, 200)))}, "hug", ("ac", "box")),
        ({"routes": (CLEAN_LINE, line("ac", (52, 50), (52, 190), (250, 190), (250, 200)))}, "coincident", ("ab", "ac")),
        ({"clusters": {"box": Box(99, 20, 320, 260)}}, "collided", ("a", "box")),
        ({"size": Size(1700, 300)}, "small", ("drawing",)),
        ({"size": Size(300, 2100)}, "small", ("drawing",)),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_fault_is_found_with_its_culprits(
    change: dict[str, object], fault: str, culprits: tuple[str, ...]
) -> None:
    faults = measure(SIZED, replace(CLEAN, **change))
    assert culprits in getattr(faults, fault)
    assert faults.count >= 1


def test_a_line_may_run_inside_the_cards_that_it_joins() -> None:
    deep = (line("ab", (50, 20), (50, 230)), CLEAN.routes[1])
    assert measure(SIZED, replace(CLEAN, routes=deep)).through == ()


def test_a_label_is_ambiguous_from_where_another_line_is_nearer() -> None:
    def ambiguous(x: float) -> tuple[tuple[str, ...], ...]:
        return measure(SIZED, replace(CLEAN, labels=(label("ab", x, 170), label("ac", 180, 25)))).ambig

    assert ambiguous(149) == ambiguous(150) == ()  # 100 px from either line
    assert ambiguous(151) == (("ab", "ac"),)


def test_a_title_may_be_as_wide_as_its_panel() -> None:
    assert measure(SIZED, replace(CLEAN, titles={"box": Box(190, 165, 320, 181)})).overflow == ()


@pytest.mark.parametrize(("anchor", "lefts"), [("start", (4, 4)), ("middle", (14, 4)), ("end", (24, 4))])
def test_a_line_of_a_label_stands_below_the_other(anchor: str, lefts: tuple[float, float]) -> None:
    shape = LabelShape(("one", "longer"), (20.0, 40.0), Size(48, 36))
    upper, lower = text_lines(PlacedLabel("ab", shape, Box(0, 0, 48, 36), anchor, on_line=True))
    assert upper == Box(lefts[0], 2, lefts[0] + 20, 18)
    assert lower == Box(lefts[1], 18, lefts[1] + 40, 34)


@pytest.mark.parametrize(
    ("x", "top", "bottom", "do_they_cross"),
    [(150, 50, 150, True), (50, 50, 150, False), (250, 50, 150, False), (150, 110, 190, False), (150, 10, 90, False)],
)
def test_lines_cross_only_where_both_are(x: float, top: float, bottom: float, do_they_cross: bool) -> None:
    routes = (line("ab", (x, top), (x, bottom)), line("ac", (100, 100), (200, 100)))
    assert bool(measure(SIZED, replace(CLEAN, routes=routes)).crossings) == do_they_cross


def test_crossings_bends_under_labels_and_upward_lines_are_told() -> None:
    crossed = (line("ab", (50, 50), (50, 200)), line("ac", (0, 30), (-20, 30), (-20, 120), (250, 120), (250, 200)))
    assert measure(SIZED, replace(CLEAN, routes=crossed)).crossings == (("ab", "ac"),)
    bent = (label("ab", 50, 120), label("ac", 245, 28))
    assert measure(SIZED, replace(CLEAN, labels=bent)).bends == (("ac",),)
    upward = (line("ab", (50, 200), (50, 50)), CLEAN.routes[1])
    assert measure(SIZED, replace(CLEAN, routes=upward)).against == pytest.approx(150)
    assert measure(replace(SIZED, rankdir="BT"), replace(CLEAN, routes=upward)).against < 200


def test_lines_that_join_at_a_dot_may_run_on_one_another() -> None:
    beside = line("ac", (52, 50), (52, 190), (250, 190), (250, 200))
    drawn = replace(CLEAN, routes=(CLEAN_LINE, beside))
    assert measure(SIZED, drawn).coincident == (("ab", "ac"),)
    for name, told in (("a", ()), ("b", (("ab", "ac"),))):
        nodes = tuple(replace(node, size=Size(24, 24)) if node.id == name else node for node in SIZED.nodes)
        assert measure(replace(SIZED, nodes=nodes), drawn).coincident == told


def test_a_calmer_drawing_costs_less() -> None:
    crossed = (line("ab", (50, 50), (50, 200)), line("ac", (0, 30), (-20, 30), (-20, 120), (250, 120), (250, 200)))
    assert measure(SIZED, CLEAN).cost < measure(SIZED, replace(CLEAN, routes=crossed)).cost


@pytest.mark.parametrize(
    ("name", "value", "price"),
    [
        ("crossings", (("ab", "ac"),), 8.0),
        ("bends", (("ab",),), 0.25),
        ("misaligned", (("a", "b"),), 1.5),
        ("detours", (("ab",),), 6.0),
        ("jogs", (("ab",),), 0.8),
        ("hooks", (("ab",),), 0.25),
        ("aside", (("box",),), 1.5),
        ("astride", (("ab", "box"),), 0.15),
        ("loose", (("box",),), 0.2),
        ("lopsided", (("a",),), 3.0),
        ("scattered", (("b",),), 4.0),
        ("in_bicliques", (("ab", "ac"),), 0.5),
        ("corners", 20, 4.0),
        ("length", 300.0, 1.0),
        ("against", 600.0, 1.0),
        ("area", 400_000.0, 1.0),
        ("void", 0.5, 2.0),
        ("entry", 0.5, 3.0),
        ("disordered", 2, 1.0),
        ("misnumbered", 1, 4.0),
        ("leftwards", 400.0, 1.0),
        ("text", 10.0, 0.8),
        ("text", 9.0, 5.2),
        ("page", 7.0, 3.0),
    ],
)
def test_restlessness_has_a_price(name: str, value: object, price: float) -> None:
    numbers = {
        "against": 0.0,
        "corners": 0,
        "length": 0.0,
        "area": 0.0,
        "void": 0.0,
        "entry": 0.0,
        "disordered": 0,
        "misnumbered": 0,
        "leftwards": 0.0,
        "text": 12.0,
        "page": 12.0,
    }
    told = ("crossings", "bends", "misaligned", "detours", "jogs", "hooks", "aside", "astride", "loose")
    told += ("lopsided", "scattered", "in_bicliques")
    calm = replace(measure(SIZED, CLEAN), **dict.fromkeys(told, ()))
    calm = replace(calm, **numbers)
    assert calm.cost == 0
    assert replace(calm, **{name: value}).cost == pytest.approx(price)


def test_cards_out_of_line_are_told_but_not_those_in_line_by_a_side_or_far_apart() -> None:
    def moved(x: float, y: float = 100) -> tuple[tuple[str, ...], ...]:
        return measure(SIZED, replace(CLEAN, nodes=CLEAN.nodes | {"b": Box(x, y, x + 120, y + 50)})).misaligned

    assert moved(4) == (("a", "b"),)
    assert moved(0) == moved(-10) == moved(-20) == ()
    assert moved(4, 200) == ()


def test_lines_that_step_aside_a_little_and_titles_out_of_their_corner_are_told() -> None:
    def drawn(step: float) -> tuple[tuple[str, ...], ...]:
        stepped = line("ab", (50, 50), (50, 120), (50 + step, 120), (50 + step, 200))
        return measure(SIZED, replace(CLEAN, routes=(stepped, CLEAN.routes[1]))).jogs

    assert drawn(30) == (("ab",),)
    assert drawn(70) == ()
    assert measure(SIZED, CLEAN).aside == ()
    [(panel, title)] = CLEAN.titles.items()
    moved = title._replace(x0=title.x0 + 40, x1=title.x1 + 40)
    assert measure(SIZED, replace(CLEAN, titles={panel: moved})).aside == ((panel,),)


def test_a_bend_between_cards_that_are_hardly_out_of_line_is_told() -> None:
    def drawn(x: float, y: float) -> tuple[tuple[str, ...], ...]:
        bent = line("ab", (50, 50), (50, y + 25), (x, y + 25))
        nodes = CLEAN.nodes | {"b": Box(x, y, x + 120, y + 50)}
        return measure(SIZED, replace(CLEAN, nodes=nodes, routes=(bent, CLEAN.routes[1]))).hooks

    assert drawn(130, 40) == (("ab",),)  # a is 50 px high
    assert drawn(130, 60) == ()
    assert drawn(90, 60) == (("ab",),)


def test_detours_labels_astride_a_border_loose_panels_voids_and_small_text_are_told() -> None:
    around = (CLEAN.routes[0], line("ac", (100, 25), (390, 25), (390, 290), (250, 290), (250, 250)))
    assert measure(SIZED, replace(CLEAN, routes=around)).detours == (("ac",),)
    astride = (label("ab", 50, 120), label("ac", 250, 160))
    assert measure(SIZED, replace(CLEAN, labels=astride)).astride == (("ac", "box"),)
    assert measure(SIZED, CLEAN).loose == ()
    assert measure(SIZED, replace(CLEAN, clusters={"box": Box(180, 60, 380, 270)})).loose == (("box",),)
    assert measure(SIZED, CLEAN).void < measure(SIZED, replace(CLEAN, size=Size(400, 900))).void
    assert measure(SIZED, CLEAN).text > measure(SIZED, replace(CLEAN, size=Size(400, 1200))).text
