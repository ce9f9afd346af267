"""Icons are found where an author may have put them; one that cannot be had costs itself only."""

import gzip
import shutil
from pathlib import Path

import diagrams
import pytest
from PIL import Image as Pictures

from archfolio.render.paint.shapes import Image, Text

GIT = Path(diagrams.__file__).parent.parent / "resources/onprem/vcs/git.png"
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><circle cx="32" cy="32" r="28" fill="green"/></svg>'
)


def own(name: str) -> str:
    return f"with Diagram('Own', show=False, filename='pictures/own'):\n    Custom('ours', {name!r}) >> Server('bot')\n"


@pytest.mark.parametrize(
    ("there", "name"),
    [
        ("logo.png", "logo.png"),  # beside the script
        ("icons/logo.png", "./icons/logo.png"),
        ("pictures/logo.png", "logo.png"),  # beside the output, from where Graphviz looks
        ("icons/logo.png", "../icons/logo.png"),  # from there too
        ("icons/Logo.PNG", "Icons/logo.png"),  # in other letters
    ],
)
def test_an_icon_is_found(drawn, tmp_path: Path, there: str, name: str) -> None:
    (tmp_path / there).parent.mkdir(exist_ok=True)
    shutil.copy(GIT, tmp_path / there)
    assert drawn(own(name)).graph.nodes[0].icon == (tmp_path / there).resolve()


def test_an_icon_is_found_where_the_script_was_started(captured, tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "elsewhere").mkdir()
    shutil.copy(GIT, tmp_path / "elsewhere/logo.png")
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert captured(own("logo.png")).drawings[0].graph.nodes[0].icon == tmp_path / "elsewhere/logo.png"


def test_an_icon_of_the_image_path_is_found(drawn, tmp_path: Path) -> None:
    (tmp_path / "art").mkdir()
    shutil.copy(GIT, tmp_path / "art/logo.png")
    body = own("logo.png").replace("show=False", "show=False, graph_attr={'imagepath': 'art'}")
    assert drawn(body).graph.nodes[0].icon == tmp_path / "art/logo.png"


def test_two_files_that_differ_in_their_letters_are_not_guessed_between(captured, tmp_path: Path) -> None:
    for name in ("LOGO.png", "Logo.png"):
        shutil.copy(GIT, tmp_path / name)
    assert len(captured(own("logo.png")).warnings) == 1


@pytest.mark.parametrize(("label", "letter"), [("vendor", "V"), ("(ops)", "O")])
def test_a_missing_icon_is_a_letter_and_a_warning_with_its_line(drawn, captured, label, letter) -> None:
    body = f"with Diagram('One bad', show=False):\n    Custom({label!r}, 'icons/not-here.png') >> Server('bot')\n"
    [warning] = captured(body).warnings
    assert (warning.line, Path(warning.file).name) == (5, "module.py")
    assert "icons/not-here.png" in warning.sentence
    assert letter in [text.text for text in drawn(body).shapes("node", Text)]


@pytest.mark.parametrize("content", [b"", b"<!doctype html>not found", b"\x89PNG\r\n\x1a\nhalf", b"<svg><</svg>"])
def test_what_is_no_picture_is_a_letter_and_a_warning(captured, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "logo.png").write_bytes(content)
    [warning] = captured(own("logo.png")).warnings
    assert "is no picture" in warning.sentence
    assert "BytesIO" not in warning.sentence


@pytest.mark.parametrize(("name", "content"), [("o.svg", SVG.encode()), ("o.svgz", gzip.compress(SVG.encode()))])
def test_a_vector_stays_one_in_the_svg(drawn, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = drawn(own(name))
    [icon, _] = [image.icon for image in result.shapes("node", Image)]
    assert icon.svg == SVG.encode()
    assert "data:image/svg+xml;base64," in result.svg


@pytest.mark.parametrize("ending", ["webp", "jpg", "gif", "bmp"])
def test_pictures_of_other_formats_are_drawn(captured, tmp_path: Path, ending: str) -> None:
    Pictures.new("RGB", (64, 64), "green").save(tmp_path / f"logo.{ending}")
    assert captured(own(f"logo.{ending}")).warnings == ()


def test_an_icon_that_its_script_takes_away_is_still_drawn(drawn) -> None:
    node = drawn(
        f"import os, shutil\nshutil.copy({str(GIT)!r}, 'soon.png')\n{own('soon.png')}os.remove('soon.png')\n"
    ).graph.nodes[0]
    assert node.icon.read_bytes() == GIT.read_bytes()


def test_what_only_looks_like_an_attribute_is_left_alone(captured) -> None:
    label = "docker image=app:1 lhead=x archfolio"
    dot = captured(f"with Diagram('d', show=False):\n    Server({label!r}) >> Server('b')\n").drawings[0].dot
    assert label in dot


def test_the_librarys_look_names_icons_where_they_were_found(captured, tmp_path: Path) -> None:
    (tmp_path / "pictures").mkdir()
    shutil.copy(GIT, tmp_path / "pictures/logo.png")
    assert f'image="{tmp_path / "pictures/logo.png"}"' in captured(own("logo.png")).drawings[0].dot
