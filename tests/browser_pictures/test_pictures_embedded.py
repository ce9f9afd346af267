"""A drawing looks right wherever it is embedded: as an image, inlined, alone, light and dark, and as PNG."""

import base64
import io
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from archfolio.render.build.draw import draw
from archfolio.render.build.job import Job
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.model import style
from archfolio.render.paint.format import Format

SHOP = Path(__file__).parents[1] / "tiny" / "shop.py"
IMAGE = '<body style="margin:0"><img src="data:image/svg+xml;base64,{data}" style="display:block;{style}">'
INLINE = '<html style="{style}"><body style="margin:0">{svg}'


@pytest.fixture(scope="module")
def job():
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SHOP.parent)
        captured = capture(script(SHOP))
    graph = next(drawing.graph for drawing in captured.drawings if drawing.graph.slug == "serving")
    formats = (Format("svg"), Format("png", 2), Format("png", 2, "dark"))
    return Job(graph, "", "house", "bundled", formats)


@pytest.fixture(scope="module")
def picture(job):
    return draw(job)


@pytest.fixture(scope="module")
def svg(picture):
    return picture.files[0][1].decode()


@pytest.fixture
def shown(chromium, picture):
    """Show a page with a drawing at its top left as a reader does who likes it light or dark: the drawing's pixels."""

    def show(page, likes="light"):
        size = {"width": round(picture.width), "height": round(picture.height)}
        context = chromium.new_context(viewport=size, device_scale_factor=2, color_scheme=likes)
        opened = context.new_page()
        if page.startswith("file:"):
            opened.goto(page)
        else:
            opened.set_content(f"<!doctype html>{page}")
        opened.evaluate("document.fonts.ready")
        content = opened.screenshot()
        context.close()
        return pixels(content)

    return show


def pixels(content):
    return np.asarray(Image.open(io.BytesIO(content)).convert("RGB")).astype(int)


def image(svg, style=""):
    return IMAGE.format(data=base64.b64encode(svg.encode()).decode(), style=style)


def is_like(one, other):
    """Tell whether two pictures are the same to the eye: painted by two programs, they differ at soft edges."""
    return one.shape == other.shape and np.abs(one - other).mean() < 2 and (np.abs(one - other) > 96).mean() < 0.005


@pytest.mark.parametrize(
    ("wanted", "likes", "how"),
    [
        ("light", "light", ""),
        ("light", "dark", "color-scheme:light"),
        ("dark", "light", "color-scheme:dark"),
        ("dark", "dark", "color-scheme:light dark"),
    ],
)
def test_an_image_and_an_inlined_drawing_follow_the_page(wanted, likes, how, picture, svg, shown):
    png = pixels(picture.files[1 if wanted == "light" else 2][1])
    assert is_like(shown(image(svg, how), likes), png)
    assert is_like(shown(INLINE.format(svg=svg, style=how), likes), png)


@pytest.mark.parametrize("likes", ["light", "dark"])
def test_a_drawing_on_its_own_follows_the_reader(likes, picture, svg, shown, tmp_path):
    path = tmp_path / "drawing.svg"
    path.write_text(svg, encoding="utf-8")
    assert is_like(shown(path.as_uri(), likes), pixels(picture.files[1 if likes == "light" else 2][1]))


def test_an_inlined_drawing_leaves_the_rest_of_the_page_alone(svg, chromium):
    page = chromium.new_page(color_scheme="dark")
    page.set_content(INLINE.format(svg=svg, style=""))
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "normal"
    page.close()


def rsvg(source, target, _folder):
    return ["rsvg-convert", "--zoom", "2", source, "-o", target]


def inkscape(source, target, _folder):
    return ["inkscape", source, "--export-type=png", "--export-dpi=192", f"--export-filename={target}"]


def firefox(source, target, folder):
    page = source.with_suffix(".html")
    page.write_text(f'<body style="margin:0"><img src="{source.name}" style="display:block;zoom:2">', encoding="utf-8")
    profile = ["firefox-esr", "--headless", "--no-remote", "--profile", folder]
    return [*profile, "--window-size", "1000,1000", "--screenshot", target, page.as_uri()]


@pytest.mark.slow
@pytest.mark.parametrize(("program", "has_font"), [(rsvg, False), (inkscape, False), (firefox, True)])
def test_other_programs_show_icons_and_words(program, has_font, picture, tmp_path):
    source, target = tmp_path / "drawing.svg", tmp_path / "out.png"
    source.write_bytes(picture.files[0][1])
    command = program(source, target, tmp_path)
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not installed")
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    here = pixels(picture.files[1][1])
    there = pixels(target.read_bytes())[: here.shape[0], : here.shape[1]]
    assert there.shape == here.shape
    if has_font:
        assert is_like(there, here)
    for node, box in picture.boxes:
        left, top = box.x0 + style.ACCENT_WIDTH + style.CARD_PADDING, box.centre.y - style.ICON / 2
        left, top, span = round(2 * left), round(2 * top), round(2 * style.ICON)
        part = np.s_[top : top + span, left : left + span]
        assert np.abs(there[part] - here[part]).mean() < 25, node
        words = np.s_[top : top + span, left + span : round(2 * box.x1)]
        assert (there[words] < 128).any(), node
