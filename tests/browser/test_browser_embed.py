"""A drawing in a frame of another page: live where scripts run, a picture where none does."""

import functools
import http.server
import threading

import pytest

DRAWING = "embed/movie-recommender/serving.html"
FRAME = """<!doctype html><title>Notes</title><link rel="icon" href="data:,">
<iframe src="{}#step=1" width="700" height="500"></iframe>"""


@pytest.fixture
def notes(tmp_path):
    """The address of a page on another server that shows the drawing of the gallery at an address in a frame."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()

        def write(address):
            (tmp_path / "notes.html").write_text(FRAME.format(address))
            return f"http://127.0.0.1:{server.server_port}"

        yield write
        server.shutdown()


def shown(frame):
    frame.locator("svg.archfolio").wait_for()
    return frame.evaluate(
        """() => ({
          lit: [...document.querySelectorAll(".node.lit")].length,
          text: document.querySelector("main").innerText,
          icons: [...document.querySelectorAll(".sprite image")].length,
          wide: document.querySelector("svg.archfolio").getBoundingClientRect().width / innerWidth,
        })"""
    )


def test_a_drawing_lights_a_step_in_a_frame_of_a_page_from_another_host(visit, served, notes):
    base = notes(f"{served}/{DRAWING}")
    page = visit("notes.html", base=base, expected=(served,))
    seen = shown(page.frames[1])
    assert seen["lit"] == 2
    assert "<" not in seen["text"]
    assert seen["icons"] > 0
    assert seen["wide"] == pytest.approx(1, abs=0.01)


def test_a_drawing_is_live_from_disk(visit):
    assert shown(visit(f"{DRAWING}#step=1").main_frame)["lit"] == 2


def test_a_drawing_is_a_picture_with_its_description_where_no_script_runs(visit):
    page = visit(DRAWING, java_script_enabled=False)
    picture = page.get_by_role("img")
    assert picture.get_attribute("alt")
    box = picture.bounding_box()
    assert (box["width"], box["height"]) == (1280, 900)


def test_a_drawing_is_a_picture_where_a_browser_cannot_unpack_it(visit):
    page = visit(DRAWING)
    page.add_init_script("delete window.DecompressionStream")
    page.reload()
    picture = page.get_by_role("img")
    picture.wait_for()
    assert picture.get_attribute("alt")
    assert picture.evaluate("image => image.naturalWidth") > 0
