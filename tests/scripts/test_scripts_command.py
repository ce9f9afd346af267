"""`archfolio render` draws what strangers wrote, says what it did not honour, and shows no traceback of its own."""

import json
from pathlib import Path

import pytest
from PIL import Image

from archfolio.render.build import scripts
from archfolio.render.build.options import RenderOptions
from archfolio.render.capture.discover import script

IMPORTS = (
    "import os\nfrom diagrams import Cluster, Diagram, Edge, Node\n"
    "from diagrams.custom import Custom\nfrom diagrams.onprem.compute import Server\n"
)


@pytest.fixture
def render(archfolio, tmp_path: Path):
    """Render a script of a few lines into `out`."""

    def run(body: str, *arguments: str, name: str = "arch.py"):
        (tmp_path / name).write_text(IMPORTS + body, encoding="utf-8")
        return archfolio("render", name, "-o", "out", *arguments)

    return run


@pytest.mark.parametrize(
    ("folder", "files", "said"),
    [
        (
            "arch",
            ["arch/a.py"],
            "draw its scripts with 'archfolio render arch/*.py', or a gallery of them with 'archfolio",
        ),
        ("my arch", ["my arch/a.py"], "gallery of them with 'archfolio build --systems 'my arch''"),
        ("systems", ["systems/a.py"], "a gallery of them with 'archfolio build'\n"),
        ("empty", ["empty/notes.txt"], "'empty' is a folder without Python files: name a script\n"),
    ],
)
def test_a_folder_is_answered_with_what_draws_it(archfolio, tmp_path: Path, folder, files, said) -> None:
    for name in files:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(IMPORTS, encoding="utf-8")
    done = archfolio("render", folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"archfolio: '{folder}' is a folder")
    assert said in done.stderr


def test_a_missing_icon_is_a_warning_unless_one_is_strict(render, tmp_path: Path) -> None:
    body = "with Diagram('d', show=False):\n    Custom('x', 'gone.png') >> Server('b')\n"
    lenient, strict = render(body), render(body, "--strict")
    assert (lenient.returncode, strict.returncode) == (0, 1)
    assert "arch.py:6: arch/d: the icon 'gone.png' of 'x' is not there" in lenient.stderr
    assert (tmp_path / "out/d.svg").is_file()


def test_one_line_names_what_was_not_honoured(render) -> None:
    done = render("with Diagram('d', show=False, graph_attr={'ranksep': '3', 'nodesep': '2'}):\n    Server('a')\n")
    assert (done.returncode, done.stderr) == (0, "not honoured in 'arch/d': graph nodesep '2', graph ranksep '3'\n")


def test_all_of_it_can_be_had_as_json(render) -> None:
    done = render("with Diagram('d', show=False, graph_attr={'ranksep': '3'}):\n    Custom('x', 'no.png')\n", "--json")
    said = json.loads(done.stdout)
    assert said["diagrams"] == [
        {
            "diagram": "arch/d",
            "script": "arch.py",
            "style": "house",
            "files": ["out/d.svg", "out/d.png"],
            "not_honoured": ["graph ranksep '3'"],
        }
    ]
    assert [(one["line"], one["what"]) for one in said["warnings"]] == [(6, "arch/d")]
    assert said["failures"] == []


def test_formats_that_a_script_asks_for_are_written_besides(render, tmp_path: Path) -> None:
    done = render("with Diagram('d', show=False, outformat=['pdf', 'jpg', 'dot']):\n    Server('a') >> Server('b')\n")
    assert done.stdout.split() == [f"out/d.{ending}" for ending in ("svg", "png", "pdf", "jpg", "dot")]
    heads = {ending: (tmp_path / f"out/d.{ending}").read_bytes()[:8] for ending in ("pdf", "jpg", "dot")}
    assert heads["pdf"].startswith(b"%PDF")
    assert heads["jpg"].startswith(b"\xff\xd8")
    assert heads["dot"].startswith(b"digraph")


@pytest.mark.parametrize(
    ("filename", "path"),
    [("os.path.join(os.path.dirname(os.path.abspath(__file__)), 'docs', 'p')", "docs/p"), ("'/nowhere/at/all/p'", "p")],
)
def test_an_absolute_path_leads_to_a_sensible_place(render, filename, path) -> None:
    done = render(f"with Diagram('d', show=False, filename={filename}):\n    Server('a')\n")
    assert done.stdout.split() == [f"out/{path}.svg", f"out/{path}.png"]


def test_what_stands_after_two_dashes_is_the_scripts(render) -> None:
    body = "import sys\nwith Diagram('_'.join(sys.argv[1:]), show=False):\n    Server('a')\n"
    assert render(body, "--", "--env", "prod").stdout.split()[0] == "out/--env_prod.svg"


@pytest.mark.parametrize("label", ["\\nreply", "\\n", "\\\\nreply"])
def test_a_label_that_kills_graphviz_is_drawn_in_the_librarys_look(render, label) -> None:
    done = render(
        f"with Diagram('d', show=False):\n    Server('{label}') >> Edge(label='{label}') >> Server('b')\n",
        "--style",
        "library",
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_what_only_graphviz_can_place_is_drawn_by_it(render, tmp_path: Path) -> None:
    done = render("with Diagram('d', show=False, graph_attr={'layout': 'neato'}):\n    Server('a') >> Server('b')\n")
    assert done.returncode == 0, done.stderr
    assert '<g class="body"' not in (tmp_path / "out/d.svg").read_text()


def test_an_authors_resolution_multiplies_ours_and_a_given_scale_wins(render, tmp_path: Path) -> None:
    body = "with Diagram('d', show=False, graph_attr={'dpi': '48'}):\n    Server('a')\n"
    widths = []
    for arguments in ((), ("--scale", "2"), ("--style", "library"), ("--style", "library", "--scale", "2")):
        render(body, *arguments)
        with Image.open(tmp_path / "out/d.png") as picture:
            widths.append(picture.width)
    assert widths[1] == pytest.approx(2 * widths[0], abs=2)
    assert widths[3] == pytest.approx(2 * widths[2], abs=2)


def test_a_bad_script_does_not_cost_a_good_one(archfolio, render, tmp_path: Path) -> None:
    (tmp_path / "bad.py").write_text("import os\nos.abort()\n")
    render("with Diagram('good', show=False):\n    Server('a')\n", name="good.py")
    done = archfolio("render", "bad.py", "good.py", "-o", "both")
    assert done.stdout.split() == ["both/good.svg", "both/good.png"]
    assert "bad.py: bad: could not be run: its process died (signal 6)" in done.stderr
    assert "Traceback" not in done.stderr


def test_what_is_said_of_scripts_comes_in_their_order(archfolio, render, tmp_path: Path) -> None:
    long = "with Diagram('{0}', show=False, filename='{0}' * 300):\n    Server('a')\n"  # fails when it is drawn
    (tmp_path / "second.py").write_text("import os\nos.abort()\n")  # fails before anything is drawn
    render(long.format("x"), name="first.py")
    render(long.format("y"), name="third.py")
    done = archfolio("render", "first.py", "second.py", "third.py")
    named = [name for line in done.stderr.splitlines() for name in ("first", "second", "third") if f"{name}.py" in line]
    assert named == ["first", "second", "third"]


@pytest.mark.parametrize(("name", "is_drawn"), [("y" * 225, True), ("y" * 300, False), ("folder" * 50 + "/y", False)])
def test_a_name_that_no_file_can_have_costs_only_its_diagram(render, name, is_drawn) -> None:
    done = render(
        f"with Diagram('long', show=False, filename={name!r}):\n    Server('a')\n"
        "with Diagram('good', show=False):\n    Server('a')\n"
    )
    assert "out/good.svg" in done.stdout.split()
    assert (done.returncode, "the name of its file is longer than 230 bytes" in done.stderr) == (
        (0, False) if is_drawn else (1, True)
    )


@pytest.mark.parametrize("names", [("a", "a.dark"), ("a.dark", "a"), ("a", "a")])
def test_no_diagram_is_written_over_another(render, tmp_path: Path, names) -> None:
    done = render("".join(f"with Diagram('d', filename={name!r}):\n    Server('a')\n" for name in names), "--dark")
    files = done.stdout.split()
    assert (done.returncode, len(files), len(set(files))) == (0, 6, 6)
    assert sorted(path.relative_to(tmp_path).as_posix() for path in (tmp_path / "out").iterdir()) == sorted(files)


def test_a_folder_in_the_way_costs_only_its_diagram(render, tmp_path: Path) -> None:
    (tmp_path / "out/taken.svg").mkdir(parents=True)
    names = ("a", "a.svg/b", "taken", "good")  # a picture stands where the second wants a folder
    done = render("".join(f"with Diagram('d', filename={name!r}):\n    Server('a')\n" for name in names), "--no-png")
    assert (done.returncode, done.stdout.split()) == (1, ["out/a.svg", "out/good.svg"])
    assert done.stderr.count("failed: ") == 2
    assert "a.svg/b.svg': file exists" in done.stderr
    assert "taken.svg': is a directory" in done.stderr


@pytest.mark.parametrize("scale", ["nan", "inf", "-1", "two"])
def test_a_scale_that_is_none_is_a_sentence(render, tmp_path: Path, scale) -> None:
    done = render("with Diagram('d'):\n    Server('a')\n", "--scale", scale)
    assert (done.returncode, "Invalid value for '--scale'" in done.stderr) == (2, True)
    (tmp_path / "pyproject.toml").write_text("[tool.archfolio]\nscale = nan\n")
    assert render("").returncode == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("content", [b"\xff\xfea\x00", b"x = 1\0", b"x = (\n", b"\x80"])
def test_what_is_not_python_is_a_sentence(archfolio, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "odd.py").write_bytes(content)
    done = archfolio("render", "odd.py")
    assert done.returncode == 1
    assert "odd: is not Python: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_script_may_share_its_work_among_processes(render) -> None:
    done = render(
        "import multiprocessing\n"
        "def square(number):\n    return number * number\n"
        "if __name__ == '__main__':\n"
        "    with multiprocessing.Pool(2) as pool:\n        squares = pool.map(square, range(3))\n"
        "    with Diagram('squares', show=False):\n        [Server(str(square)) for square in squares]\n"
    )
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "out/squares.svg", "")


@pytest.mark.parametrize("asks", ["'CHILD' not in os.environ", "not os.getenv('CHILD')"])
def test_a_script_may_tell_its_processes_by_the_environment(render, asks: str) -> None:
    done = render(
        "import multiprocessing\n"
        "def square(number):\n    return number * number\n"
        f"if {asks}:\n"
        "    os.environ['CHILD'] = '1'\n"
        "    with multiprocessing.get_context('spawn').Pool(1) as pool:\n        squares = pool.map(square, range(3))\n"
        "    with Diagram('squares', show=False):\n        [Server(str(square)) for square in squares]\n"
    )
    assert (done.returncode, done.stdout.split()[0], done.stderr) == (0, "out/squares.svg", "")


@pytest.mark.parametrize("way", ["spawn", "forkserver"])
@pytest.mark.parametrize(
    "starts",
    [
        "with ways.Pool(2) as pool:\n    pool.map(abs, range(3))",
        "with ProcessPoolExecutor(2, mp_context=ways) as pool:\n    [*pool.map(abs, range(3))]",
        "process = ways.Process(target=print)\nprocess.start()\nprocess.join()",
    ],
    ids=["pool", "executor", "process"],
)
def test_a_script_that_starts_itself_again_and_again_is_told_where(render, way: str, starts: str) -> None:
    preamble = (
        "import multiprocessing\nfrom concurrent.futures import ProcessPoolExecutor\n"
        "if 'HOME' in os.environ:\n    print('at home')\n"
        f"ways = multiprocessing.get_context({way!r})\n"
    )
    done = render(f"{preamble}{starts}\nwith Diagram('squares', show=False):\n    Server('a')\n")
    assert done.returncode == 1
    assert "arch: starts a process, which runs this file from its beginning" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("error", [ZeroDivisionError(), IndexError("list index\nout of range"), RecursionError("deep")])
def test_an_error_of_ours_costs_only_its_drawing(tmp_path: Path, monkeypatch, error) -> None:
    (tmp_path / "arch.py").write_text(
        IMPORTS + "for name in ('bad', 'good'):\n    with Diagram(name, show=False):\n        Server('a')\n"
    )
    errors, drawn = [error], scripts.finished

    def faulty(*work):
        if errors:
            raise errors.pop()
        return drawn(*work)

    monkeypatch.setattr(scripts, "finished", faulty)
    result = scripts.render_scripts([script(tmp_path / "arch.py")], tmp_path / "out", RenderOptions(png=False))
    assert [path.name for path in result.paths] == ["good.svg"]
    [failure] = result.failures
    assert (failure.what, "could not be drawn: " in failure.sentence, "\n" in failure.sentence) == (
        "arch/bad",
        True,
        False,
    )


def test_modules_of_the_folder_one_stands_in_are_not_ours(render, tmp_path: Path) -> None:
    for name in ("html.py", "render.py", "label.py", "json.py"):
        (tmp_path / name).write_text("print('somebody else')\nraise SystemExit(9)\n")
    done = render("with Diagram('d', show=False):\n    Server('a') >> Server('b')\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_an_edge_from_a_node_of_another_drawing_is_drawn_as_the_library_does(render, tmp_path: Path) -> None:
    body = (
        "with Diagram('one', show=False):\n    a = Server('First')\n"
        "with Diagram('two', show=False):\n    a >> Server('Second')\n"
    )
    done = render(body, "--no-png")
    assert (done.returncode, "stands in another drawing" in done.stderr) == (0, False)
    assert "Second" in (tmp_path / "out/two.svg").read_text(encoding="utf-8")
