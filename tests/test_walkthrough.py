"""A walkthrough as a picture that moves, and as slides: one a step, all of one size, the same bytes each time."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from msgspec import structs
from note_project import run
from PIL import Image
from placed_view import placed, site

from archfolio.gallery.export.pptx import pptx
from archfolio.gallery.export.walkthrough import SECONDS, animated, heading_of, step_pictures
from archfolio.gallery.svg.drawn import read_drawn
from archfolio.render.build.finish_svg import png_of, with_glyphs
from archfolio.render.notes.animation import animate

presentation = pytest.importorskip("pptx")


@pytest.fixture(scope="module")
def shop():
    return placed()


def export(*arguments: str):
    return run(
        "export", "shop/serving", "--output", str(site()), "--systems", str(site().parent / "systems"), *arguments
    )


def test_the_pictures_of_the_steps_have_one_size_and_each_its_sentence(shop) -> None:
    system, view, svg = shop
    pictures = step_pictures(system, view, svg)
    assert len(pictures) == 1 + len(view.steps)
    assert len({(one.width, one.height) for one in pictures}) == 1
    assert "step 2 of 3" in pictures[2].svg
    assert "They ask, 2 times a second." in pictures[1].svg  # its figure put in


def test_a_heading_names_the_system(shop) -> None:
    system, view, _ = shop
    assert heading_of(system, view).title == "Shop: Serving"
    assert heading_of(system, view).caption == "People ask 2 times a second."


@pytest.mark.parametrize("kind", ["gif", "apng"])
def test_an_animation_shows_the_whole_and_then_each_step_for_ever(shop, kind: str) -> None:
    system, view, svg = shop
    pictures = [one.svg for one in step_pictures(system, view, svg)]
    content = animate(pictures, kind, SECONDS, 0.5)
    assert content == animate(pictures, kind, SECONDS, 0.5)
    with Image.open(io.BytesIO(content)) as image:
        assert (image.n_frames, image.info["loop"]) == (len(pictures), 0)
        frames = []
        for number in range(image.n_frames):
            image.seek(number)
            assert image.info["duration"] == SECONDS * 1000
            frames.append(image.convert("RGB").tobytes())
            assert image.convert("RGB").getpixel((1, 1)) == (255, 255, 255)  # the ground is white, and not nearly
    assert len(set(frames)) == len(frames)


def test_an_svg_that_moves_lights_one_step_after_the_other_and_stands_still_where_that_is_wanted(shop, launch) -> None:
    system, view, svg = shop
    moving = with_glyphs(animated(system, view, svg))
    edge = f"[data-edge='{view.steps[1].edges[0]}']"
    script = f'getComputedStyle(document.querySelector("{edge}")).opacity'
    words = "[...document.querySelectorAll('.head')].map(one => getComputedStyle(one).opacity)"
    with launch() as browser:
        for motion, lit in (("no-preference", ["0.13", "1", "0.13"]), ("reduce", ["1", "1", "1"])):
            page = browser.new_page(reduced_motion=motion)
            page.set_content(moving)
            seen, heads = [], []
            for step in range(3):
                time = round((step + 0.5) * SECONDS * 1000)
                page.evaluate(f"document.getAnimations().forEach(one => {{one.pause(); one.currentTime = {time}}})")
                seen.append(page.evaluate(script))
                heads.append(page.evaluate(words))
            assert seen == lit
            lines = page.evaluate(
                "[...document.querySelectorAll('.legend path')].map(one => getComputedStyle(one).opacity)"
            )
            assert set(lines) == {"1"}  # nothing else moves
            shown = [[0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]] if motion != "reduce" else [[1, 0, 0, 0]] * 3
            assert heads == [[str(one) for one in row] for row in shown]
            page.close()


def test_a_reader_without_style_sheets_for_motion_sees_all_of_it(shop) -> None:
    system, view, svg = shop
    still = png_of(with_glyphs(animated(system, view, svg)), 0.5)
    with Image.open(io.BytesIO(still)) as image:
        assert image.width > 100


def test_a_view_without_steps_does_not_move() -> None:
    system, view, svg = placed("learning")
    with pytest.raises(ValueError, match="has no steps: draw its edges inside"):
        animated(system, view, svg)
    done = run("export", "shop/learning", "--output", str(site()), "--format", "gif", "--to", "x.gif")
    assert done.code == 2
    assert "there are steps in shop/serving" in done.err


def test_slides_are_native_shapes_with_names_where_the_drawing_has_them(shop) -> None:
    system, view, svg = shop
    deck = presentation.Presentation(io.BytesIO(pptx(system, view, svg)))
    assert len(deck.slides) == 1 + len(view.steps)
    assert (deck.slide_width, deck.slide_height) == (12192000, 6858000)
    whole = deck.slides[0]
    assert whole.shapes.title.text_frame.text == "Shop: Serving"
    groups = {shape.name: shape for shape in whole.shapes if shape.shape_type == 6}
    assert {node.name for node in view.nodes} <= groups.keys()
    lines = [shape for shape in whole.shapes if shape.shape_type == 5]
    assert len(lines) >= len(view.edges)
    assert not [shape for shape in whole.shapes if shape.shape_type == 13]  # no picture of the drawing: icons only
    drawn = read_drawn(svg).of("node")
    where = [(drawn[node.id].rects[0].x, groups[node.name].left) for node in view.nodes]
    scales = {round((left - where[0][1]) / (x - where[0][0])) for x, left in where[1:] if abs(x - where[0][0]) > 20}
    assert max(scales) - min(scales) <= 0.02 * max(scales)  # one scale for all
    inside = [shape for shape in whole.shapes if shape.shape_type == 6 for shape in shape.shapes]
    assert all(shape.left >= 0 and shape.left + shape.width <= deck.slide_width for shape in inside)
    assert all(shape.top >= 0 and shape.top + shape.height <= deck.slide_height for shape in inside)


def test_a_slide_lights_its_step_and_says_its_sentence(shop) -> None:
    system, view, svg = shop
    deck = presentation.Presentation(io.BytesIO(pptx(system, view, svg)))
    second = deck.slides[2]
    assert second.shapes.title.text_frame.text == "Shop: Serving, step 2 of 3"
    assert second.notes_slide.notes_text_frame.text == "The items are scored."
    inks = {shape.name: shape.line.color.rgb for shape in second.shapes if shape.shape_type == 5}
    assert str(inks["Finder to Scorer: items"]) == "334155"
    assert str(inks["People to Finder: page"]) != "334155"


def test_slides_have_the_same_bytes_each_time(shop) -> None:
    system, view, svg = shop
    one, other = pptx(system, view, svg), pptx(system, view, svg)
    assert one == other
    with zipfile.ZipFile(io.BytesIO(one)) as deck:
        assert {info.date_time for info in deck.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        said = deck.read("docProps/core.xml").decode()
        assert set(re.findall(r"\d{4}-\d\d-\d\dT", said)) == {"2000-01-01T"}


def test_hostile_texts_are_texts_on_slides(shop) -> None:
    system, view, svg = shop
    hostile = structs.replace(system, title='<b>&amp; "x"\x0b')
    deck = presentation.Presentation(io.BytesIO(pptx(hostile, view, svg)))
    assert deck.slides[0].shapes.title.text_frame.text.startswith('<b>&amp; "x"')


def test_a_file_is_written_and_its_name_is_the_result(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    done = export("--format", "pptx", "--to", "slides/walk.pptx")
    assert (done.code, done.out) == (0, "slides/walk.pptx\n")
    assert len(presentation.Presentation(tmp_path / "slides/walk.pptx").slides) == 4
    assert export("--format", "mermaid", "--aspect", "16:9").code == 2


@pytest.mark.slow
def test_libreoffice_opens_the_slides_and_prints_one_page_a_step(shop, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    system, view, svg = shop
    (tmp_path / "walk.pptx").write_bytes(pptx(system, view, svg))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [program, home, "--headless", "--convert-to", "pdf", "walk.pptx"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=180, check=False)
    assert (tmp_path / "walk.pdf").is_file(), done.stderr
    import pypdfium2  # noqa: PLC0415  only here

    with pypdfium2.PdfDocument(tmp_path / "walk.pdf") as document:
        assert len(document) == 1 + len(view.steps)
        text = document[2].get_textpage().get_text_range()
    assert "The items are scored." in text
    assert all(node.name in text for node in view.nodes)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["pptx", "gif", "apng", "animated-svg", "excalidraw", "drawio", "d2", "plantuml"])
def test_another_process_writes_the_same_bytes(kind: str, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        file = tmp_path / f"{seed}.{kind}"
        command = [sys.executable, "-m", "archfolio", "export", "shop/serving", "--format", kind, "--to", str(file)]
        env = os.environ | {"PYTHONHASHSEED": seed}
        subprocess.run([*command, "--output", str(site())], env=env, cwd=tmp_path, check=True, capture_output=True)
        made.append(file.read_bytes())
    assert made[0] == made[1]
