"""Capture runs a module and writes down what it draws, with ids that a person can read."""

import io
from pathlib import Path

import pytest

from archfolio.render.capture.discover import script
from archfolio.render.capture.module import Captured, capture
from archfolio.render.capture.replaced import replaced
from archfolio.render.model.categories import accent_of
from archfolio.render.model.graph import Direction, Graph, Kind


@pytest.fixture
def captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Capture a module of a few lines, in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    imports = (
        "from diagrams import Cluster, Diagram, Edge, Node\n"
        "from diagrams.onprem.queue import Kafka\n"
        "from diagrams.aws.storage import S3\n"
        "from archfolio import *\n"
    )

    def run(body: str, name: str = "module.py") -> Captured:
        path = tmp_path / name
        path.write_text(imports + body, encoding="utf-8")
        return capture(script(path))

    return run


def only(captured: Captured) -> Graph:
    assert captured.failures == ()
    [drawing] = captured.drawings
    return drawing.graph


def test_ids_come_from_labels_and_the_clusters_around_them(captured) -> None:
    graph = only(
        captured(
            "with Diagram('d', show=False):\n"
            "    Kafka('Event log\\nKafka')\n"
            "    with Cluster('Online'):\n"
            "        with Cluster('Retrieval'):\n"
            "            a = S3('ANN index')\n"
            "            b = S3('ANN index')\n"
            "    a >> b\n"
            "    a >> b\n"
        )
    )
    assert [node.id for node in graph.nodes] == [
        "event-log",
        "online.retrieval.ann-index",
        "online.retrieval.ann-index-2",
    ]
    assert [cluster.id for cluster in graph.clusters] == ["online", "online.retrieval"]
    assert [edge.id for edge in graph.edges] == [
        "online.retrieval.ann-index--online.retrieval.ann-index-2",
        "online.retrieval.ann-index--online.retrieval.ann-index-2-2",
    ]


def test_lines_are_those_of_the_author(captured) -> None:
    graph = only(captured("with Diagram('d', show=False):\n    a = Kafka('a')\n    a >> Edge(label='x') >> S3('b')\n"))
    assert [node.line for node in graph.nodes] == [6, 7]
    assert [edge.line for edge in graph.edges] == [7]


@pytest.mark.parametrize(
    ("said", "rankdir"),
    [
        ("", "LR"),
        (", direction='LR'", "LR"),
        (", direction='TB'", "TB"),
        (", 'file', 'RL'", "RL"),
        (", graph_attr={'rankdir': 'BT'}", "BT"),
        (", graph_attr={'ranksep': '2'}", "LR"),
    ],
)
def test_a_direction_is_the_authors_or_the_best(captured, said: str, rankdir: str) -> None:
    script = f"from diagrams import Diagram, Node\nwith Diagram('D'{said}, show=False):\n    Node('a') >> Node('b')\n"
    assert captured(script).drawings[0].graph.rankdir == rankdir


def test_components_are_named_by_the_librarys_aliases(captured) -> None:
    graph = only(captured("with Diagram('d', show=False):\n    S3('a')\n    Kafka('b')\n    Ranker('c')\n"))
    assert [node.component for node in graph.nodes] == ["aws.storage.S3", "onprem.queue.Kafka", "concept.Ranker"]
    assert [node.accent for node in graph.nodes] == ["data", "data", "model"]


def test_edges_know_their_kind_direction_and_step(captured) -> None:
    graph = only(
        captured(
            "@view('Serving')\n"
            "def serving():\n"
            "    '''A caption.'''\n"
            "    a, b, c = Kafka('a'), Kafka('b'), Kafka('c')\n"
            "    with step('First.'):\n"
            "        a >> request('ask') >> [b, c]\n"
            "    with step('Then.'):\n"
            "        [b, c] >> stream('tell') >> a\n"
            "    a << control('steer') << b\n"
            "    a - Edge(label='plain') - b\n"
        )
    )
    said = [(edge.tail, edge.head, edge.label, edge.kind, edge.direction, edge.step) for edge in graph.edges]
    assert said == [
        ("a", "b", "ask", Kind.REQUEST, Direction.FORWARD, 1),
        ("a", "c", "ask", Kind.REQUEST, Direction.FORWARD, 1),
        ("b", "a", "tell", Kind.STREAM, Direction.FORWARD, 2),
        ("c", "a", "tell", Kind.STREAM, Direction.FORWARD, 2),
        ("a", "b", "steer", Kind.CONTROL, Direction.BACK, None),
        ("a", "b", "plain", Kind.PLAIN, Direction.NONE, None),
    ]
    assert graph.steps == ("First.", "Then.")


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("left >> stream('x') >> right", ("left", "right")),
        ("left >> node", ("left", "node")),
        ("node >> right", ("node", "right")),
        ("[node] >> Edge(label='x') >> right", ("node", "right")),
        ("node - left", ("node", "left")),
    ],
)
def test_edges_may_end_at_clusters(captured, line: str, ends: tuple[str, str]) -> None:
    graph = only(
        captured(
            "with Diagram('d', show=False):\n"
            "    node = Kafka('node')\n"
            "    with Cluster('left') as left:\n        Kafka('in left')\n"
            "    with Cluster('right') as right:\n        Kafka('in right')\n"
            f"    {line}\n"
        )
    )
    assert [(edge.tail, edge.head) for edge in graph.edges] == [ends]


def test_an_edge_of_groups_is_clipped_at_both_for_graphviz(captured, tmp_path: Path) -> None:
    captured(
        "with Diagram('d', show=False) as d:\n"
        "    with Cluster('Left') as left:\n        Kafka('a')\n"
        "    with Cluster('Right') as right:\n        with Cluster('Inner'):\n            S3('b')\n"
        "    left >> Edge(label='x') >> right\n"
        "from pathlib import Path\nPath('source.gv').write_text(d.dot.source)\n"
    )
    [edge] = [line for line in (tmp_path / "source.gv").read_text().splitlines() if "->" in line]
    assert edge.strip().startswith('"left.a" -> "right.inner.b" [')
    assert "ltail=cluster_left" in edge
    assert "lhead=cluster_right" in edge


def test_an_edge_of_a_group_is_tied_to_a_node_inside_it(captured, tmp_path: Path) -> None:
    captured(
        "with Diagram('d', show=False) as d:\n"
        "    a = Kafka('a')\n"
        "    with Cluster('Outer') as outer:\n        with Cluster('Inner'):\n            S3('b')\n"
        "    a >> outer\n"
        "from pathlib import Path\nPath('source.gv').write_text(d.dot.source)\n"
    )
    [edge] = [line for line in (tmp_path / "source.gv").read_text().splitlines() if "->" in line]
    assert edge.strip().startswith('a -> "outer.inner.b" [')


@pytest.mark.parametrize(
    ("said", "written", "shown"),
    [
        ("<<B>Bold</B><BR/>second>", "label=<<B>Bold</B><BR/>second>", "Bold\nsecond"),
        ("<a> and <b>", 'label="<a> and <b>"', "<a> and <b>"),
        ("<a>>", 'label="<a>>"', "<a>>"),
    ],
)
def test_a_label_is_html_only_where_its_angle_brackets_match(
    captured, tmp_path: Path, said: str, written: str, shown: str
) -> None:
    body = f"with Diagram('d', show=False) as d:\n    Kafka('a') >> Edge(label={said!r}) >> S3({said!r})\n"
    graph = only(captured(body + "from pathlib import Path\nPath('source.gv').write_text(d.dot.source)\n"))
    assert (tmp_path / "source.gv").read_text().count(written) == 2
    assert (graph.nodes[1].label, graph.edges[0].label) == (shown, shown)


def test_an_edge_without_a_label_has_none(captured) -> None:
    graph = only(captured("with Diagram('d', show=False):\n    Kafka('a') >> Edge(label=None) >> S3('b')\n"))
    assert graph.edges[0].label == ""


def test_two_clusters_of_one_label_stay_two(captured) -> None:
    graph = only(
        captured(
            "with Diagram('d', show=False):\n"
            "    with Cluster('Group'):\n        Kafka('a')\n"
            "    with Cluster('Group'):\n        Kafka('a')\n"
        )
    )
    assert [cluster.id for cluster in graph.clusters] == ["group", "group-2"]
    assert [node.id for node in graph.nodes] == ["group.a", "group-2.a"]


def test_figures_are_put_into_labels_roles_and_captions_and_their_templates_kept(captured) -> None:
    result = captured(
        "SYSTEM = System(title='T', estimate=Estimate(rate=assume('Rate', 34722, 'query/s')))\n"
        "@view('Serving')\n"
        "def serving():\n"
        "    '''At {rate}.'''\n"
        "    Kafka('a', tooltip='{rate:n} a second') >> request('{rate}') >> Kafka('b {rate}')\n"
    )
    graph = only(result)
    assert graph.caption == "At 34.7\u202fk/s."
    assert graph.nodes[0].role == "34.7\u202fk a second"
    assert graph.edges[0].label == "34.7\u202fk/s"
    assert result.drawings[0].templates == ((graph.edges[0].id, "{rate}"),)


@pytest.mark.parametrize(
    ("body", "line", "says"),
    [
        ("@view('V')\ndef v():\n    pass\n", 5, "the view 'v' has no docstring"),
        ("@view('V', direction='up')\ndef v():\n    '''C.'''\n", 5, "a view runs TB, BT, LR or RL, not 'up'"),
        ("@view('V')\ndef v():\n    '''C.'''\n    with step('s'):\n        Kafka('a')\n", 8, "a step draws no edge"),
        (
            "@view('V')\ndef v():\n    '''C.'''\n    with step('s'):\n        with step('t'):\n            S3('a')\n",
            9,
            "a step stands inside another",
        ),
        (
            "SYSTEM = System(title='T')\n@view('V')\ndef v():\n    '''C.'''\n    S3('a') >> request('{x}') >> S3()\n",
            9,
            "'{x}' quotes a figure that the estimate does not have",
        ),
        ("SYSTEM = System(title='T', headline=['x'])\n", 5, "'x' is not a figure of the estimate"),
        ("import nowhere\n", 5, "there is no package 'nowhere' here"),
        ("import sys\nsys.exit(3)\n", 6, "ended itself with sys.exit(3)"),
        ("import os\nos._exit(3)\n", 6, "ended itself with os._exit(3)"),
        ("import argparse\nargparse.ArgumentParser().error('n')\n", 6, "write its arguments after '--'"),
        ("Diagram('D', direction='up')\n", 5, "'up' is no direction: write 'TB', 'BT', 'LR' or 'RL'"),
        ("with Diagram('D', show=False, graph_attr={'pad': 0.5}):\n    S3('a')\n", 5, 'write it in quotes, "0.5"'),
        ("with Diagram('D', show=False):\n    S3('a') >> Edge(penwidth=3) >> S3('b')\n", 6, 'in quotes, "3"'),
        ("Diagram('D', curvestyle='x')\n", 5, "'x' is no curvestyle: write 'ortho', 'curved', 'spline' or 'polyline'"),
        ("Diagram('D', outformat='bmp')\n", 5, "'bmp' is no outformat: write 'png', 'jpg', 'svg', 'pdf' or 'dot'"),
        ("from systems import System\n", 5, "write 'from archfolio import ...' with the same names"),
        ("from systems._vocabulary import TASKS\n", 5, "write 'from archfolio import ...' with the same names"),
    ],
)
def test_an_authors_mistake_is_blamed_on_its_line(captured, body: str, line: int, says: str) -> None:
    result = captured(body)
    assert [failure.line for failure in result.failures] == [line]
    assert says in result.failures[0].sentence


def test_a_script_that_asks_a_person_is_told_to_take_arguments(captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    [failure] = captured("name = input('environment? ')\n").failures
    assert (failure.line, "take it from the command line" in failure.sentence) == (5, True)


def test_a_notebook_is_told_to_become_a_script(tmp_path: Path) -> None:
    for text in ('{"cells": [{"execution_count": null}]}', '{"cells": []}'):
        (tmp_path / "book.ipynb").write_text(text)
        [failure] = capture(script(tmp_path / "book.ipynb")).failures
        assert "'jupyter nbconvert --to script'" in failure.sentence


def test_a_script_in_another_encoding_is_told_to_be_saved_in_utf_8(tmp_path: Path) -> None:
    (tmp_path / "latin.py").write_bytes(b"name = 'caf\xe9'\n")
    [failure] = capture(script(tmp_path / "latin.py")).failures
    assert (failure.line, failure.sentence.endswith("save it as text, in UTF-8")) == (1, True)


def test_a_module_that_ends_itself_well_keeps_what_it_drew(captured) -> None:
    view = "@view('V')\ndef v():\n    '''C.'''\n    Kafka('a') >> request('x') >> Kafka('b')\n"
    body = f"import sys\n{view}def main():\n    sys.exit(0)\nSYSTEM = System(title='T')\nmain()\n"
    result = captured(body)
    assert result.failures == ()
    assert (result.title, [drawing.graph.slug for drawing in result.drawings]) == ("T", ["v"])


def test_a_view_that_is_imported_belongs_to_the_module_that_defines_it(captured) -> None:
    captured(
        "@view('Shared')\ndef shared():\n    '''C.'''\n    Kafka('a') >> request('x') >> Kafka('b')\n", "_parts.py"
    )
    result = captured(
        "from _parts import shared\n@view('Own')\ndef own():\n    '''C.'''\n    shared.draw()\n", "importer.py"
    )
    assert [drawing.graph.slug for drawing in result.drawings] == ["own"]


def test_the_docstring_is_the_summary_and_the_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "worded.py"
    path.write_text('"""One\nsentence.\n\nA problem\nof two lines.\n\nAnd more.\n"""\n')
    result = capture(script(path))
    assert (result.summary, result.problem) == ("One sentence.", ("A problem of two lines.", "And more."))


def test_an_accent_does_not_hang_on_how_the_library_spells_an_alias() -> None:
    said = [accent_of(key) for key in ("onprem.workflow.KubeFlow", "onprem.network.ETCD", "onprem.network.Envoy")]
    assert said == ["model", "operations", "serving"]


TWICE = """
from archfolio import System

ONE, TWO = System(title="One"), System(title="Two")

@view("Serving")
def serving():
    \'\'\'The first.\'\'\'
    S3("a") >> S3("b")

@view("Serving again")
def serving():
    \'\'\'The second.\'\'\'
    S3("c") >> S3("d")
"""


def test_what_a_module_says_twice_is_told_and_not_dropped(captured) -> None:
    told = {
        (failure.what.partition("/")[2], failure.sentence.partition(":")[0]) for failure in captured(TWICE).failures
    }
    assert {name for name, _ in told} == {"serving", ""}
    assert any("stands at line" in sentence for _, sentence in told)
    assert any(sentence == "describes 'One' and 'Two'" for _, sentence in told)


def test_a_view_that_a_function_makes_is_kept_under_a_name(captured) -> None:
    text = (
        "def made():\n    @view('Serving')\n    def serving():\n        'Two.'\n        S3('a') >> S3('b')\n"
        "    return serving\n\nSERVING = made()\n"
    )
    assert only(captured(text)).slug == "serving"


def test_what_a_plain_script_calls_its_constants_is_its_own_affair(captured) -> None:
    text = 'SYSTEM = "Payments"\nwith Diagram(SYSTEM, show=False):\n    S3("a") >> S3("b")\n'
    result = captured(text)
    assert (result.failures, [one.graph.title for one in result.drawings]) == ((), ["Payments"])


def test_what_is_replaced_for_a_block_is_as_it_was_afterwards():
    class Base:
        name = "base"

    class Inheriting(Base):
        pass

    with replaced(Inheriting, "name", "new"), replaced(Base, "name", "other"), replaced(Base, "more", 1):
        assert (Inheriting.name, Base.name, Base.more) == ("new", "other", 1)
    assert "name" not in vars(Inheriting)
    assert (Base.name, hasattr(Base, "more")) == ("base", False)


def test_a_module_that_fails_has_the_docstring_of_its_text(tmp_path: Path) -> None:
    path = tmp_path / "shop.py"
    path.write_text('"""Sell things."""\nraise ValueError\n')
    captured = capture(script(path))
    assert (captured.summary, len(captured.failures)) == ("Sell things.", 1)
