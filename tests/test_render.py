"""Plain `diagrams` scripts work unchanged."""

import re
from pathlib import Path


def test_every_diagram_of_a_script_becomes_svg_and_png_under_its_own_name(tiny, archfolio, tmp_path: Path) -> None:
    done = archfolio("render", tiny / "plain_script.py", "-o", "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "out/first_drawing.svg",
        "out/first_drawing.png",
        "out/own_name.svg",
        "out/own_name.png",
    ]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "tiny"], "nothing is left beside the script"


def test_what_an_author_set_on_an_edge_is_honoured_in_the_house_style(tiny, archfolio, tmp_path: Path) -> None:
    archfolio("render", tiny / "plain_script.py", "-o", "out")
    text = (tmp_path / "out/first_drawing.svg").read_text()
    assert 'stroke="#b22222"' in text
    assert 'stroke-dasharray="7 4"' in text


def test_a_graph_that_its_author_dressed_is_dressed_so_in_the_house_style(tiny, archfolio, tmp_path: Path) -> None:
    archfolio("render", tiny / "plain_script.py", "-o", "out")
    text = (tmp_path / "out/own_name.svg").read_text()
    assert 'fill="#ffeecc"' in text
    assert '<g class="node ' in text


def test_the_librarys_look_can_be_asked_for(tiny, archfolio, tmp_path: Path) -> None:
    archfolio("render", tiny / "plain_script.py", "-o", "out", "--style", "library")
    assert 'font-family="Inter' in (tmp_path / "out/first_drawing.svg").read_text()


def test_a_path_that_leaves_the_folder_stays_inside(tmp_path: Path, archfolio) -> None:
    script = tmp_path / "escape.py"
    script.write_text(
        "from diagrams import Diagram\nfrom diagrams.onprem.queue import Kafka\n"
        "with Diagram('x', filename='../../escaped/x', show=False):\n    Kafka('a') >> Kafka('b')\n"
    )
    done = archfolio("render", script, "-o", "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["out/escaped/x.svg", "out/escaped/x.png"]


def test_a_script_that_raises_half_way_keeps_what_it_had_drawn(tmp_path: Path, archfolio) -> None:
    script = tmp_path / "half.py"
    script.write_text(
        "from diagrams import Diagram\nfrom diagrams.onprem.queue import Kafka\n"
        "with Diagram('one', show=False):\n    Kafka('a') >> Kafka('b')\n"
        "with Diagram('two', show=False):\n    Kafka('a') >> nowhere\n"
    )
    done = archfolio("render", script, "-o", "out")
    assert done.returncode == 1
    assert done.stdout.splitlines() == ["out/one.svg", "out/one.png"]
    assert "half.py:6: half: 'nowhere' is not defined: give it a value above" in done.stderr


def test_title_and_legend_can_be_left_out(tiny, archfolio, tmp_path: Path) -> None:
    archfolio("render", tiny / "shop.py", "-o", "with")
    archfolio("render", tiny / "shop.py", "-o", "without", "--no-title", "--no-legend")
    groups = re.compile(r'<g class="(head|legend)"')
    assert groups.findall((tmp_path / "with/serving.svg").read_text()) == ["head", "legend"]
    assert groups.findall((tmp_path / "without/serving.svg").read_text()) == []
