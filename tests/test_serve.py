"""`archfolio serve`: an edit is on the open page soon, whatever the edit was, and nobody else can look."""

from __future__ import annotations

import shutil
import socket
import struct
import threading
import time

import pytest
from projects import BANK, SHOP, Project
from served_project import PATIENCE, SECOND, Events, Served, serving

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.processes import workers
from archfolio.render.build.request import BuildRequest
from archfolio.render.serve.events import EventStream
from archfolio.render.serve.preview import last_build, preview
from archfolio.render.serve.server import SiteServer, with_live_script


def test_an_edit_is_drawn_and_told(served):
    served.edit("shop.py", "asks", "wants")
    assert served.events.next() == ("picture", {"path": "images/shop/serving.svg"})
    assert served.events.status()["failures"] == []
    assert b"wants" in served.get("/systems/shop.html")[1]


def test_what_was_shown_first_ends_as_a_clean_build_would(served):
    served.edit("shop.py", '"Shop"', '"Market"')
    served.events.next()
    assert b"Market" in served.get("/images/shop/serving.svg")[1]
    served.events.status(lambda _: b"Market" in served.get("/systems/shop.html")[1])
    picture = (served.site / "images/shop/serving.svg").read_bytes()
    assert served.get("/images/shop/serving.svg")[1] == picture
    assert served.clean_tree()["images/shop/serving.svg"] == picture
    served.edit("shop.py", '"Market"', '"Shop"')
    served.events.status(lambda _: b"Market" not in served.get("/systems/shop.html")[1])


def test_a_first_look_is_drawn_of_what_changed_and_written_nowhere(tmp_path):
    with workers(2) as pool:
        project = Project(tmp_path, pool)
        shop = project.write(
            "shop.py", SHOP + SHOP[SHOP.index("@view") :].replace("Serving", "Training").replace("serving", "training")
        )
        bank = project.write("bank.py", BANK)
        project.build()
        before = project.tree()
        last = last_build(BuildRequest(project.systems, project.site))
        assert {"shop/serving", "shop/training"} < last.drawn.keys()

        def looks(*edited):
            shown = {}
            preview(last, edited, pool, shown.__setitem__)
            return shown

        assert looks(shop, bank) == {}
        text = shop.read_text()
        place = text.rindex("@view")
        shop.write_text(text[:place] + text[place:].replace('"Stock"', '"Store"'))
        [(address, picture)] = looks(shop).items()
        assert address == "images/shop/training.svg"
        assert b"Store" in picture
        shop.write_text("1 / 0\n")
        bank.unlink()
        assert looks(shop, bank) == {}
        assert project.tree() == before


def test_a_view_is_shown_while_the_next_one_is_still_captured(tmp_path):
    gate = tmp_path / "gate"
    with workers(2) as pool:
        project = Project(tmp_path, pool)
        shop = project.write("shop.py", SHOP + SECOND.format(gate=str(gate), end=""))
        shown = {}

        def show(path, picture):
            shown[path] = picture
            gate.touch()

        preview(last_build(BuildRequest(project.systems, project.site)), {shop}, pool, show)
        assert shown.keys() == {"images/shop/serving.svg", "images/shop/training.svg"}
        assert b"In time" in shown["images/shop/training.svg"]


def test_what_a_module_has_told_of_before_it_died_is_shown_and_not_built(tmp_path):
    gate = tmp_path / "gate"
    gate.touch()
    with workers(2) as pool:
        project = Project(tmp_path, pool)
        shop = project.write("shop.py", SHOP + SECOND.format(gate=str(gate), end=""))
        project.build()
        before, last = project.tree(), last_build(BuildRequest(project.systems, project.site))
        text = SHOP.replace("Stock", "Store") + SECOND.format(gate=str(gate), end="os._exit(3)")
        shop.write_text(text)
        shown = {}
        preview(last, {shop}, pool, shown.__setitem__)
        assert shown.keys() == {"images/shop/serving.svg"}
        assert b"Store" in shown["images/shop/serving.svg"]
        [failure] = project.build().failures
        assert "exit code 3" in failure.sentence
        pictures = [path for path in before if path.startswith("images/")]
        assert [project.tree()[path] for path in pictures] == [before[path] for path in pictures]


def test_an_error_is_told_with_its_place_over_the_last_picture(served):
    good = served.get("/images/shop/serving.svg")
    text = (served.systems / "shop.py").read_text()
    served.write("shop.py", text + "    oops\n")
    [failure] = served.events.status(lambda status: status["failures"])["failures"]
    assert failure["line"] == len(text.splitlines()) + 1
    assert failure["sentence"] == "'oops' is not defined: give it a value above, or correct the name"
    assert failure["file"].endswith("shop.py")
    assert served.get("/images/shop/serving.svg") == good
    served.write("shop.py", text)
    assert served.events.status(lambda status: not status["failures"])


def test_an_edit_of_what_a_module_reads_is_drawn(served):
    words = served.systems / "words.txt"
    words.write_text("Ledger")
    read = "import pathlib\nWORD = pathlib.Path(__file__).with_name('words.txt').read_text()\n"
    served.write("bank.py", BANK.replace("\nfrom archfolio", f"\n{read}\nfrom archfolio").replace('"Vault"', "WORD"))
    served.wait_for(b"Ledger", "/images/bank/serving.svg")
    for word in ("Books", "Accounts"):
        words.write_text(word)
        served.wait_for(word.encode(), "/systems/bank.html")
    served.write("bank.py", BANK)
    served.wait_for(b"Vault", "/systems/bank.html")


def test_an_edit_is_shown_before_what_others_are_still_to_draw(tmp_path):
    edges = [f"shop{n % 23} >> request('asks') >> shop{n * n % 25}" for n in range(60) if n % 23 != n * n % 25]
    dense = "\n    ".join([*(f"shop{n} = Kafka('Shop {n}')" for n in range(25)), *edges])
    project = Served(tmp_path)
    project.write("shop.py", SHOP)
    with serving(project):
        for number in range(6):
            project.write(f"dense{number}.py", SHOP[: SHOP.rindex("    Kafka")] + f"    {dense}\n")
        shown = [project.events.next()[1]["path"]]
        project.edit("shop.py", "asks", "wants")
        while shown[-1] != "images/shop/serving.svg":
            shown.append(project.events.next()[1]["path"])
        assert len({*shown}) < 7
        assert project.events.status()["failures"] == []
        assert {project.get(f"/systems/dense{number}.html")[0] for number in range(6)} == {200}


def test_a_burst_of_saves_ends_in_the_last_state(served):
    for number in range(100):
        served.write("bank.py", BANK.replace("asks", f"asks {number}"))
        time.sleep(0.01)
    deadline = time.monotonic() + PATIENCE
    while b"asks 99" not in served.get("/systems/bank.html")[1]:
        assert time.monotonic() < deadline
        served.events.status()


def test_a_deleted_module_goes_and_comes_back(served):
    (served.systems / "bank.py").unlink()
    served.events.status(lambda _: served.get("/systems/bank.html")[0] == 404)
    served.write("bank.py", BANK)
    served.events.status(lambda _: served.get("/systems/bank.html")[0] == 200)


def test_a_folder_that_a_branch_switch_replaces_is_still_watched(served):
    away = served.folder / "away"
    served.systems.rename(away)
    assert "there is no folder of systems" in served.events.status(lambda status: status["problem"])["problem"]
    shutil.copytree(away, served.systems)
    served.events.status(lambda status: not status["problem"])
    served.edit("shop.py", "Stock", "Store")
    served.events.status(lambda _: b"Store" in served.get("/systems/shop.html")[1])


def test_a_build_is_not_taken_for_an_edit(served):
    served.edit("shop.py", "People buy", "They buy")
    build = served.events.status(lambda _: b"They buy" in served.get("/systems/shop.html")[1])["build"]
    time.sleep(1.2)
    late = Events(served.port)
    assert late.status()["build"] <= build + 1  # a folder that is watched anew may be looked at once more
    late.close()


def test_a_mistake_in_what_others_import_is_built_and_told_once(tmp_path):
    project = Served(tmp_path)
    project.write("words.py", 'TOP = "asks"\n')
    project.write("shop.py", f"from words import TOP\n{SHOP}")
    with serving(project):
        project.write("words.py", "TOP = 1 / 0\n")
        build = project.events.status(lambda status: status["failures"])["build"]
        time.sleep(1.5)
        (tmp_path / "beside.txt").write_text("no business of any module")
        time.sleep(1)
        project.write("words.py", 'TOP = "counts"\n')
        assert project.events.status(lambda status: not status["failures"])["build"] == build + 1
    assert project.talk.read_text().count("shop: ZeroDivisionError") == 1


def test_the_live_script_is_in_served_pages_only(served):
    page = served.get("/systems/shop.html")[1]
    assert b'<script src="/-/live.js" defer></script>' in page
    assert page.index(b"element.js") < page.index(b"/-/live.js") < page.index(b"highlight.js")
    assert [
        path for path, content in served.tree().items() if b"/-/" in content and path.endswith((".html", ".js"))
    ] == []
    assert b"EventSource" in served.get("/-/live.js")[1]


@pytest.mark.parametrize(
    "path",
    [
        "/../shop.py",
        "/%2e%2e/systems/shop.py",
        "/images/../../systems/shop.py",
        "/..%2fsystems/shop.py",
        "/.archfolio.json",
        "//etc/passwd",
        "/link.txt",
        "/images/",
        "/\0",
        "/" + "a" * 300,
        "http://[/",
    ],
)
def test_nothing_outside_the_site_is_served(served, path):
    link = served.site / "link.txt"
    if not link.is_symlink():
        link.symlink_to(served.systems / "shop.py")
    status, content = served.get(path.replace("\0", "%00"))
    assert status == 404
    assert b"Kafka(" not in content


def test_a_page_that_is_closed_before_its_answer_comes_is_no_error(served):
    for _ in range(20):
        with socket.create_connection(("127.0.0.1", served.port)) as line:
            line.sendall(f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\n\r\n".encode())
            line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # as a browser does
    assert served.get("/")[0] == 200
    assert "Exception" not in served.talk.read_text()


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:{port}", "127.0.0.1", "127.0.0.1:1", "192.168.0.1:{port}"]
)
def test_a_name_that_leads_here_from_elsewhere_is_refused(served, host):
    assert served.get("/index.html", host.format(port=served.port))[0] == 421
    assert served.get("/-/events", host.format(port=served.port))[0] == 421
    assert served.get("/index.html", f"localhost:{served.port}")[0] == 200


def test_a_port_that_is_taken_is_named(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentProblem, match=f"cannot listen on port {port} .*: choose another with --port"):
            SiteServer(tmp_path, EventStream(), {}, port)


def test_a_page_without_a_head_is_left_as_it_is():
    assert with_live_script(b"<p>half") == b"<p>half"


def test_who_comes_late_is_told_how_things_stand():
    events = EventStream()
    events.publish_status(build=1)
    events.publish_status(build=2)
    line = events.subscribe()
    assert next(line) == b"retry: 300\n\n"
    assert next(line) == b'event: status\ndata: {"build": 2}\n\n'
    threading.Timer(0.05, events.publish_picture, ["images/shop/serving.svg"]).start()
    assert next(line) == b'event: picture\ndata: {"path": "images/shop/serving.svg"}\n\n'
    events.close()
    assert list(line) == []


def test_nobody_waits_for_a_status_that_does_not_come_while_others_do(tmp_path):
    events = EventStream()
    with SiteServer(tmp_path, events, {}) as site:
        threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        told = Events(site.port, seconds=0.2)
        for number in range(20):
            threading.Timer(number / 10, events.publish_status, kwargs={"build": number}).start()
        with pytest.raises(AssertionError, match="nothing was told"):
            told.status(lambda status: status["build"] == 19)
        told.close()
        events.close()
        site.shutdown()


def test_a_silent_line_is_tried_now_and_then():
    line = EventStream().subscribe(heartbeat=0.01)
    next(line)
    assert next(line) == b": still here\n\n"


def test_a_newer_edit_does_not_wait_for_a_module_that_hangs(served):
    served.write("shop.py", "import time\ntime.sleep(1000)\n" + SHOP)
    time.sleep(1.5)
    served.write("shop.py", SHOP.replace("asks", "wants"))
    served.wait_for(b"wants", "/images/shop/serving.svg")


def test_an_edit_is_shown_while_other_modules_hang(served):
    for name in ("bank", "idle", "still"):  # more than run at a time
        served.write(f"{name}.py", "import time\ntime.sleep(1000)\n" + (BANK if name == "bank" else ""))
    time.sleep(1.5)
    served.write("shop.py", SHOP.replace("asks", "needs"))
    served.wait_for(b"needs", "/images/shop/serving.svg")
    hanging = ["bank", "idle", "still"]
    told = served.events.status(lambda status: [one["what"] for one in status["failures"]] == hanging)
    assert all("it runs still" in one["text"] for one in told["failures"])
    assert "needs" in served.get("/systems/shop.html")[1].decode()
    for name in ("idle", "still"):
        (served.systems / f"{name}.py").unlink()
    served.write("bank.py", BANK)
    served.events.status(lambda status: not status["failures"])


def test_whatever_an_edit_does_serving_goes_on(served):
    for text in (
        SHOP.replace("People buy.", r"\ud800"),
        SHOP.replace("serving", "s" * 300),
        "\0",
        "import os; os._exit(1)",
    ):
        served.write("shop.py", text)
        assert "shop" in served.events.status(lambda status: status["failures"])["failures"][0]["what"]
    shutil.rmtree(served.site / "images")
    (served.site / "images").write_text("in the way")
    served.write("shop.py", SHOP)
    served.events.status(lambda status: status["problem"])
    (served.site / "images").unlink()
    served.write("shop.py", SHOP.replace("asks", "has"))
    served.events.status(lambda status: not status["failures"] and not status["problem"])
    assert served.process.poll() is None


@pytest.mark.skipif(not shutil.which("dot"), reason="no Graphviz is installed")
def test_serving_goes_on_while_graphviz_is_away(tmp_path):
    project = Served(tmp_path)
    project.write("shop.py", SHOP)
    dot = tmp_path / "bin/dot"
    dot.parent.mkdir()
    dot.symlink_to(shutil.which("dot"))
    with serving(project, "--engine", "dot", PATH=str(dot.parent)):
        dot.unlink()
        project.edit("shop.py", "asks", "wants")
        assert "dot" in project.events.status(lambda status: status["problem"])["problem"]
        dot.symlink_to(shutil.which("dot"))
        project.edit("shop.py", "wants", "needs")
        project.events.status(lambda status: not status["problem"])
        project.wait_for(b"needs", "/images/shop/serving.svg")
