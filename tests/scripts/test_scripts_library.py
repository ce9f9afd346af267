"""The library is used as it is meant to be, and in the other ways in which people use it."""

import os
from pathlib import Path

import pytest

PAIR = "Server('a') >> Server('b')"


@pytest.mark.parametrize("direction", ["lr", "Tb", "RL", "bt"])
def test_a_direction_may_be_written_in_small_letters(block, direction) -> None:
    assert block(PAIR, direction=direction).graph.rankdir == direction.upper()


def test_a_file_name_may_be_a_path(captured) -> None:
    [drawing] = captured(
        f"from pathlib import Path\nwith Diagram('d', show=False, filename=Path('docs', 'own')):\n    {PAIR}\n"
    ).drawings
    assert (drawing.filename, drawing.graph.slug) == ("docs/own", "own")


def test_arguments_may_be_given_by_place(captured) -> None:
    [drawing] = captured(f"with Diagram('Name', 'file', 'TB', 'curved', 'svg', False, False):\n    {PAIR}\n").drawings
    assert (drawing.graph.title, drawing.filename, drawing.graph.rankdir) == ("Name", "file", "TB")
    assert drawing.formats == ("svg",)


def test_formats_are_those_that_the_script_asks_for(captured) -> None:
    [drawing] = captured(f"with Diagram('d', show=True, outformat=['pdf', 'JPG', 'dot']):\n    {PAIR}\n").drawings
    assert drawing.formats == ("pdf", "jpg", "dot")


def test_labels_may_be_made_by_the_library(block) -> None:
    graph = block("Server('web')", autolabel=True).graph
    assert graph.nodes[0].label == "Server\nweb"


def test_a_diagram_may_be_rendered_by_hand(captured) -> None:
    [drawing] = captured(
        "from diagrams import setdiagram\nd = Diagram('By hand', show=False)\nsetdiagram(d)\n" + PAIR + "\nd.render()\n"
    ).drawings
    assert [node.label for node in drawing.graph.nodes] == ["a", "b"]


def test_a_diagram_that_is_rendered_inside_its_block_is_drawn_once_and_whole(captured) -> None:
    [drawing] = captured(
        f"with Diagram('d', show=False) as d:\n    {PAIR}\n    d.render()\n    Server('late')\n"
    ).drawings
    assert [node.label for node in drawing.graph.nodes] == ["a", "b", "late"]


def test_diagrams_of_one_name_stay_apart(captured) -> None:
    drawings = captured(f"for n in range(2):\n    with Diagram('Same', show=False):\n        {PAIR}\n").drawings
    assert [drawing.graph.slug for drawing in drawings] == ["same", "same-2"]


def test_diagrams_may_be_drawn_in_threads(captured) -> None:
    drawings = captured(
        "import threading\n"
        "def draw(n):\n"
        f"    with Diagram(f'Number {{n}}', show=False):\n        {PAIR}\n"
        "for n in range(4):\n    threading.Thread(target=draw, args=(n,)).start()\n"
    ).drawings
    assert sorted(drawing.graph.title for drawing in drawings) == [f"Number {n}" for n in range(4)]


def test_a_diagram_may_be_drawn_inside_another(captured) -> None:
    drawings = captured(
        "with Diagram('outer', show=False):\n"
        "    with Cluster('zone'):\n"
        "        a = Server('a')\n"
        f"        with Diagram('inner', show=False):\n            {PAIR}\n"
        "        a >> Server('c')\n"
    ).drawings
    assert {d.graph.title: [(n.label, n.cluster) for n in d.graph.nodes] for d in drawings} == {
        "inner": [("a", None), ("b", None)],
        "outer": [("a", "zone"), ("c", "zone")],
    }


def test_a_script_reads_its_command_line(captured) -> None:
    body = f"import sys\nwith Diagram(' '.join(sys.argv[1:]), show=False):\n    {PAIR}\n"
    assert captured(body, "--env", "prod").drawings[0].graph.title == "--env prod"


def test_nodes_may_be_of_a_class_of_ones_own(drawn) -> None:
    [node] = drawn(
        "class Mine(Server):\n    pass\nwith Diagram('d', show=False):\n    Mine('x', style='filled', color='red')\n"
    ).graph.nodes
    assert (node.component, node.icon.name) == ("own.Mine", "server.png")


def test_a_node_of_ones_own_id_may_be_drawn_to_from_dot(drawn) -> None:
    graph = drawn(
        "with Diagram('d', show=False) as d:\n    Server('a', nodeid='first')\n    Server('b', nodeid='second')\n"
        "    d.dot.edge('first', 'second', label='by hand')\n"
    ).graph
    assert [(edge.tail, edge.head, edge.label) for edge in graph.edges] == [("first", "second", "by hand")]


# --- pictures that a script uses after it has drawn them

USES = [
    "import shutil; shutil.copy('d.png', 'kept.png')",
    "import os; os.rename('d.png', 'kept.png')",
    "with open('d.png', 'rb') as d, open('kept.png', 'wb') as k: k.write(d.read())",
    "from pathlib import Path; assert Path('d.png').exists(); Path('kept.png').write_bytes(Path('d.png').read_bytes())",
    "import glob, os; [name] = glob.glob('*.png'); os.replace(name, 'kept.png')",
    "import subprocess; subprocess.run(['cp', 'd.png', 'kept.png'], check=True)",
]


@pytest.mark.parametrize("use", USES)
def test_a_picture_is_there_for_its_script(captured, tmp_path: Path, use: str) -> None:
    result = captured(f"with Diagram('d', show=False):\n    {PAIR}\n{use}\n", paint=lambda _, ending: ending.encode())
    assert result.failures == ()
    assert (tmp_path / "kept.png").read_bytes() == b"png"
    assert not (tmp_path / "d.png").exists()


def test_what_stood_there_before_is_put_back(captured, tmp_path: Path) -> None:
    (tmp_path / "d.png").write_bytes(b"precious")
    body = f"with Diagram('d', show=False):\n    {PAIR}\nfrom pathlib import Path\n"
    body += "assert Path('d.png').read_bytes() == b'png'\n"
    assert captured(body, paint=lambda _, ending: ending.encode()).failures == ()
    assert (tmp_path / "d.png").read_bytes() == b"precious"


def test_no_picture_is_made_that_nobody_looks_for(captured, tmp_path: Path) -> None:
    made = []
    captured(f"with Diagram('d', show=False):\n    {PAIR}\nprint('done')\n", paint=lambda *asked: made.append(asked))
    assert made == []
    assert [path.name for path in tmp_path.iterdir()] == ["module.py"]


def test_an_import_that_goes_through_a_folder_looks_for_no_picture(captured, tmp_path: Path, monkeypatch) -> None:
    made: list[object] = []
    monkeypatch.syspath_prepend(str(tmp_path))
    late = "import importlib.util\nimportlib.invalidate_caches()\nassert not importlib.util.find_spec('of_nobody')\n"
    body = f"with Diagram('d', show=False):\n    {PAIR}\n{late}"
    assert captured(body, paint=lambda *asked: made.append(asked)).failures == ()
    assert made == []


def test_a_script_may_read_files_of_the_folder_in_which_it_was_started(captured, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "root/names.txt").write_text("from the root")
    monkeypatch.chdir(tmp_path / "root")
    body = f"from pathlib import Path\nwith Diagram(Path('names.txt').read_text(), show=False):\n    {PAIR}\n"
    assert captured(body).drawings[0].graph.title == "from the root"


def test_what_cannot_be_read_is_one_sentence(captured) -> None:
    result = captured(
        f"with Diagram('bad', show=False) as d:\n    {PAIR}\n    d.dot.body.append('{{{{ nonsense')\n"
        f"with Diagram('good', show=False):\n    {PAIR}\n"
    )
    assert [drawing.graph.slug for drawing in result.drawings] == ["good"]
    [failure] = result.failures
    assert (failure.what, failure.line, failure.traceback) == ("module/bad", 4, "")


@pytest.mark.parametrize(("status", "is_well"), [(0, True), (3, False)])
def test_a_script_that_ends_its_process_keeps_its_drawings(captured, status, is_well) -> None:
    end = os._exit
    result = captured(
        f"import os\nif not (child := os.fork()):\n    os._exit(5)\nassert os.waitpid(child, 0)[1] >> 8 == 5\n"
        f"with Diagram('d', show=False):\n    {PAIR}\nos._exit({status})\n"
    )
    assert [drawing.graph.title for drawing in result.drawings] == ["d"]
    assert (result.failures == ()) is is_well
    assert os._exit is end
