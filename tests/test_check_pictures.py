"""The faults of a layout are told to the author, by the names and at the lines of what is in them."""

import json
from dataclasses import fields
from pathlib import Path

import pytest
from check_shop import SHOP

from archfolio.render.capture.discover import discover
from archfolio.render.check import layout_rules
from archfolio.render.check.codes import chosen
from archfolio.render.check.finding import rule
from archfolio.render.check.layout_rules import LAYOUT_RULES, LaidOutView
from archfolio.render.check.layout_views import laid_out_views
from archfolio.render.check.run import CheckRequest, check
from archfolio.render.layout.quality import FAULT_NAMES, Faults
from archfolio.render.model.conventions import OURS
from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node

GRAPH = Graph(
    slug="serving",
    title="Serving",
    caption="",
    rankdir="TB",
    nodes=(
        Node("a", "Ask\nweb", "own.A", None, "", None, Accent.NONE, 11),
        Node("g.b", "Answer", "own.B", None, "", "g", Accent.NONE, 12),
    ),
    clusters=(Cluster("g", "Group", None, 10),),
    edges=(
        Edge("a--g.b", "a", "g.b", "question", Kind.REQUEST, Direction.FORWARD, 13),
        Edge("g--a", "g", "a", "answer", Kind.REQUEST, Direction.FORWARD, 14),
    ),
    line=9,
)
NOTHING = {field.name: () if field.type == "Culprits" else 0 for field in fields(Faults)}
FAULTS = [
    ("P302", "overlap", ("g--a", "g"), 14, "'Group >> Ask' and 'Group' cover"),
    ("P303", "covered", ("g", "a"), 10, "text of 'Group' lies over 'Ask'"),
    ("P304", "through", ("a--g.b", "g.b"), 13, "'Ask >> Answer' runs through 'Answer'"),
    ("P305", "struck", ("g", "a--g.b"), 10, "struck through by 'Ask >> Answer'"),
    ("P306", "detached", ("a--g.b",), 13, "label of 'Ask >> Answer' is too far"),
    ("P307", "foreign", ("a--g.b", "g--a"), 13, "crossed by 'Group >> Ask'"),
    ("P308", "ambig", ("g--a", "a--g.b"), 14, "nearer to 'Ask >> Answer'"),
    ("P309", "overflow", ("g",), 10, "title of 'Group' is wider"),
    ("P311", "hidden", ("a--g.b", "g--a"), 13, "arrow head of 'Ask >> Answer' lies under the label of 'Group >> Ask'"),
    ("P312", "hug", ("a--g.b", "g"), 13, "'Ask >> Answer' runs along the border of 'Group'"),
    ("P313", "coincident", ("a--g.b", "g--a"), 13, "'Ask >> Answer' and 'Group >> Ask' run on top of one another"),
    ("P314", "unmet", ("a", "g.b"), 11, "'Ask' and 'Answer' cannot stand as wished"),
    ("P315", "collided", ("a", "g"), 11, "'Ask' and 'Group' overlap"),
    ("P310", "small", ("drawing",), 9, "the drawing is too large"),
]


def violations(faults: Faults | None, reason: str = "") -> list[tuple[str, int, str]]:
    laid = LaidOutView(GRAPH, faults, reason)
    return [(rule.code, spot.line, spot.sentence) for rule in LAYOUT_RULES for spot in rule.violations(laid)]


def test_a_clean_layout_has_no_findings() -> None:
    assert violations(Faults(**NOTHING)) == []


@pytest.mark.parametrize(("code", "fault", "culprits", "line", "says"), FAULTS, ids=[case[1] for case in FAULTS])
def test_a_fault_is_told_where_it_can_be_mended(code: str, fault: str, culprits: tuple, line: int, says: str) -> None:
    [(found, at, sentence)] = violations(Faults(**{**NOTHING, fault: (culprits,)}))
    assert (found, at) == (code, line)
    assert says in sentence


def test_every_fault_that_is_measured_is_told() -> None:
    assert {case[1] for case in FAULTS} == set(FAULT_NAMES)


def test_a_view_that_cannot_be_laid_out_is_told() -> None:
    [(code, line, sentence)] = violations(None, "cannot be laid out: its process died (signal 6)")
    assert (code, line) == ("P301", 9)
    assert "its process died (signal 6)" in sentence


@pytest.fixture
def systems(tmp_path: Path) -> Path:
    folder = tmp_path / "systems"
    folder.mkdir()
    (folder / "shop.py").write_text(SHOP, encoding="utf-8")
    return folder


def test_layouts_are_measured_only_when_asked_for(systems: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noisy = (rule("P302", "always")(lambda laid: [layout_rules.Violation(0, f"saw {laid.graph.slug}")]),)
    monkeypatch.setattr(layout_rules, "LAYOUT_RULES", noisy)
    codes = chosen((), ())
    assert check(CheckRequest(systems, codes)).findings == ()
    told = check(CheckRequest(systems, codes, pictures=True)).findings
    assert [(finding.view, finding.sentence) for finding in told] == [
        ("serving", "saw serving"),
        ("learning", "saw learning"),
    ]


def test_who_selects_faults_of_layouts_has_them_looked_for(systems: Path, archfolio) -> None:
    module = systems / "shop.py"
    wishes = "    left_of(people, log)\n    left_of(log, people)\n"
    text = SHOP.replace("import (\n", "import (\n    left_of,\n", 1).replace(
        "    with step", f"{wishes}    with step", 1
    )
    module.write_text(text, encoding="utf-8")
    asked = archfolio("check", "--select", "P314", "--systems", systems)
    assert (asked.returncode, asked.stdout.count("P314")) == (1, 1)
    either = (
        ("left_of(people, log)", "'People' and 'Serving log'"),
        ("left_of(log, people)", "'Serving log' and 'People'"),
    )
    at = {names: text[: text.index(wish)].count("\n") + 1 for wish, names in either}
    assert any(f"shop.py:{line}: P314 {names} cannot stand as wished" in asked.stdout for names, line in at.items())


def test_what_only_graphviz_can_place_is_not_measured(systems: Path) -> None:
    (systems / "shop.py").write_text(
        "from diagrams import Diagram, Node\n"
        "with Diagram('Dressed', show=False, graph_attr={'layout': 'neato'}):\n"
        "    Node('One') >> Node('Two')\n",
        encoding="utf-8",
    )
    assert list(laid_out_views(discover(systems), systems, OURS)) == []


def test_what_a_layout_costs_is_told_view_by_view_for_people_and_for_programs(some, archfolio) -> None:
    folder = some("shop")
    done = archfolio("check", "--pictures", "--systems", folder)
    costs = [line for line in done.stdout.splitlines() if line.startswith("shop/")]
    assert [line.partition(":")[0] for line in costs] == ["shop/serving", "shop/groups"]
    assert all("crossing" in line and "out of line" in line and "px" in line for line in costs)
    told = json.loads(archfolio("check", "--pictures", "--json", "--systems", folder).stdout)["layouts"]
    assert [one["view"] for one in told] == ["shop/serving", "shop/groups"]
    assert all(one["neighbours"] >= one["misaligned"] >= 0 < one["text"] for one in told)
    assert json.loads(archfolio("check", "--json", "--systems", folder).stdout)["layouts"] == []


def test_crossings_of_bicliques_are_counted_and_told_apart(systems: Path, archfolio) -> None:
    (systems / "biclique.py").write_text(
        "from diagrams import Diagram, Node\n"
        "with Diagram('Biclique', show=False):\n"
        "    services = [Node('Orders'), Node('Payments')]\n"
        "    Node('Gateway') >> services\n"
        "    for store in (Node('Cache'), Node('Database')):\n"
        "        services >> store\n",
        encoding="utf-8",
    )
    done = archfolio("check", "--pictures", "--systems", systems)
    assert "biclique/biclique: 1 crossing (1 in bicliques), " in done.stdout
    layouts = json.loads(archfolio("check", "--pictures", "--json", "--systems", systems).stdout)["layouts"]
    told = {one["view"]: (one["crossings"], one["in_bicliques"]) for one in layouts}
    assert told["biclique/biclique"] == (1, 1)
