"""Plain `diagrams` scripts work unchanged."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from archfolio.render.build.fork_server import PRELOADED


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


RUN = """
import sys
from archfolio.render.cli.main import main
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def modules_after(*arguments: object, code: str = RUN) -> set[str]:
    """Return what a process has loaded when it has run a command."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    return set(done.stderr.split())


def test_the_process_that_is_started_loads_nothing_that_only_those_that_draw_need(tiny, tmp_path: Path) -> None:
    loaded = modules_after("render", tiny / "plain_script.py", "-o", tmp_path)
    assert (tmp_path / "own_name.png").is_file()
    ours = {name for name in loaded if re.match(r"archfolio\.render\.(layout|paint)\.", name)}
    assert loaded & {"numpy", "PIL", "fontTools", "diagrams", "pygraphviz", "archfolio.authoring"} | ours == set()


def test_servers_are_started_before_the_command_line_is_loaded(tiny) -> None:
    code = f"""
import sys
from archfolio.render.build import fork_server
fork_server.get_ready_by_fork = lambda *servers: print(*(server.name for server in servers), "click" in sys.modules)
{RUN}"""
    for last, started in ((tiny / "no_such.py", "drawings scripts False\n"), ("--help", ""), ("-h", "")):
        done = subprocess.run([sys.executable, "-c", code, "render", last], capture_output=True, text=True, check=False)
        assert done.stdout.partition("Usage:")[0] == started


SEEN = """
import json, os, signal, sys
from pathlib import Path
from diagrams import Diagram
from diagrams.onprem.queue import Kafka
Path("seen.json").write_text(json.dumps({
    "path": sys.path,
    "arguments": sys.argv,
    "environment": {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
    "files": sorted(map(int, os.listdir("/proc/self/fd"))),
    "streams": [(stream.errors, stream.encoding) for stream in (sys.stdin, sys.stdout, sys.stderr)],
    "signals": [str(signal.getsignal(one)) for one in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD)],
    "blocked": sorted(signal.pthread_sigmask(signal.SIG_BLOCK, ())),
    "commands": sorted(name for name in sys.modules if name.startswith(("click", "archfolio.render.cli."))),
}))
with Diagram("drawn", show=False):
    Kafka("a") >> Kafka("b")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_a_script_sees_nothing_of_the_process_that_its_server_is_a_copy_of(tmp_path: Path) -> None:
    script = tmp_path / "sees.py"
    script.write_text(SEEN)
    strict = {**os.environ, "PYTHONIOENCODING": "utf-8"}  # otherwise streams take anything in some locales
    seen = []
    for start in ("get_ready_by_fork", "get_ready"):
        begin = f"from archfolio.render.build import fork_server\nfork_server.get_ready_by_fork = fork_server.{start}\n"
        command = [sys.executable, "-c", begin + RUN, "render", script, "-o", tmp_path / "out", "--", "--deep"]
        subprocess.run(command, capture_output=True, check=False, cwd=tmp_path, timeout=60, env=strict)
        assert (tmp_path / "out/drawn.png").is_file()
        seen.append(json.loads((tmp_path / "seen.json").read_text()))
        (tmp_path / "out/drawn.png").unlink()
    copied, started = seen
    assert copied.pop("commands") == ["archfolio.render.cli.main", "archfolio.render.cli.streams"]
    assert started.pop("commands") == []
    assert copied == started


STARTS = """
import multiprocessing, os, sys
from multiprocessing.shared_memory import SharedMemory
from diagrams import Diagram
from diagrams.onprem.queue import Kafka

def square(number):
    return number * number

if __name__ == "__main__":
    for way in ("fork", "spawn", "forkserver"):
        with multiprocessing.get_context(way).Pool(1) as pool:
            assert pool.map(square, [2, 3]) == [4, 9]
    memory = SharedMemory(create=True, size=8)
    memory.close()
    memory.unlink()
    with Diagram("drawn", show=False):
        Kafka("a") >> Kafka("b")
    if not os.environ.get("INNER"):
        os.environ["INNER"] = "1"
        sys.argv = ["archfolio", "render", __file__, "-o", "inner"]
        from archfolio.render.cli.main import main
        main()
"""


def run_in(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, timeout=60)


def test_a_script_may_start_processes_in_any_way_and_draw_others(tmp_path: Path) -> None:
    (tmp_path / "starts.py").write_text(STARTS)
    done = run_in(tmp_path, "-m", "archfolio", "render", "starts.py", "-o", "out")
    assert "Traceback" not in done.stderr
    assert (tmp_path / "inner/drawn.png").is_file()


IN_A_PROGRAM = """
import atexit, os, sys, threading
atexit.register(print, "the end", flush=True)
where = sys.argv.pop(1)
if where == "with a thread":
    threading.Thread(target=threading.Event().wait, daemon=True).start()
if where == "without /proc":
    files, os.listdir = os.listdir, lambda path: files(path.replace("/proc", "/no_proc"))
fork, program = os.fork, os.getpid()
os.fork = lambda: (print("a copy", flush=True) if os.getpid() == program else None) or fork()
from archfolio.render.cli.main import main
main()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="no process is copied")
@pytest.mark.parametrize(("where", "copies"), [("alone", 2), ("with a thread", 0), ("without /proc", 0)])
def test_a_program_is_copied_for_servers_where_that_is_safe_and_ends_once(
    tmp_path: Path, where: str, copies: int
) -> None:
    """A copy of what has threads might wait for their locks, and without /proc none can tell which files it has."""
    (tmp_path / "drawn.py").write_text(
        "from diagrams import Diagram\nfrom diagrams.onprem.queue import Kafka\n"
        "with Diagram('drawn', show=False):\n    Kafka('a') >> Kafka('b')\n"
    )
    done = run_in(tmp_path, "-Walways", "-c", IN_A_PROGRAM, where, "render", "drawn.py", "-o", "out")
    assert done.stdout.splitlines() == [*["a copy"] * copies, "out/drawn.svg", "out/drawn.png", "the end"]
    assert done.stderr == ""


def test_each_server_loads_what_it_is_told_to() -> None:
    for server, names in PRELOADED.items():
        code = f"import importlib, sys\nfor name in {names!r}: importlib.import_module(name)\n{RUN}"
        loaded = modules_after("--help", code=code)
        assert set(names) <= loaded, server
        assert ("numpy" in loaded) == (server == "drawings"), server
        assert ("diagrams" in loaded) == (server != "drawings"), server
        assert ("archfolio.building_block" in loaded) == (server == "modules"), server


def test_no_file_beside_a_script_is_taken_for_what_its_pictures_are_read_and_painted_with(
    tmp_path: Path, archfolio
) -> None:
    for name in ("PIL", "numpy", "uharfbuzz", "pypdfium2", "brotli"):
        (tmp_path / f"{name}.py").write_text(f"raise RuntimeError('{name} is not yours')\n")
    (tmp_path / "icon.png").write_bytes((Path(__file__).parent / "tiny/icon.png").read_bytes())
    script = tmp_path / "looks.py"
    script.write_text(
        "from pathlib import Path\nfrom diagrams import Diagram\nfrom diagrams.custom import Custom\n"
        "with Diagram('looks', show=False):\n    Custom('a', 'icon.png') >> Custom('b', './icon.png')\n"
        "assert Path('looks.png').read_bytes().startswith(b'\\x89PNG')\n"
    )
    done = archfolio("render", script, "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["out/looks.svg", "out/looks.png"]


def test_a_script_may_share_memory(tmp_path: Path, archfolio) -> None:
    script = tmp_path / "shares.py"
    script.write_text(
        "from multiprocessing.shared_memory import SharedMemory\nfrom diagrams import Diagram\n"
        "from diagrams.onprem.queue import Kafka\n"
        "memory = SharedMemory(create=True, size=8)\nmemory.close()\nmemory.unlink()\n"
        "with Diagram('shares', show=False):\n    Kafka('a') >> Kafka('b')\n"
    )
    done = archfolio("render", script, "-o", "out", "--no-png")
    assert (done.returncode, done.stderr) == (0, "")
