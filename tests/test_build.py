"""A build draws what it can, says what it cannot, and never costs a good picture."""

import base64
import json
import re
from pathlib import Path

import pytest
from PIL import Image
from projects import SHOP, Project

from archfolio.gallery import manifest


def test_a_folder_becomes_pictures_a_manifest_and_a_gallery(some, archfolio, tmp_path: Path) -> None:
    done = archfolio("build", "--systems", some("shop", "plain_script"), "-o", "site")
    assert done.returncode == 0, done.stderr
    site = tmp_path / "site"
    pictures = sorted(path.relative_to(site / "images").as_posix() for path in site.glob("images/*/*"))
    assert pictures == [
        "plain-script/first-drawing.png",
        "plain-script/first-drawing.svg",
        "plain-script/own-name.png",
        "plain-script/own-name.svg",
        "shop/groups.png",
        "shop/groups.svg",
        "shop/serving.png",
        "shop/serving.svg",
    ]
    assert (site / "systems" / "shop.html").is_file()
    built = json.loads((site / "manifest.json").read_text())
    assert [system["slug"] for system in built["systems"]] == ["plain-script", "shop"]
    path, summary = done.stdout.splitlines()
    assert path == str(site / "index.html")
    assert summary.startswith("2 modules, 4 drawings in SVG and PNG: 4 drawn")


def test_an_icon_is_one_file_of_the_site_and_a_picture_holds_its_own(some, archfolio, tmp_path: Path) -> None:
    assert archfolio("build", "--systems", some("shop"), "-o", "site").returncode == 0
    site = tmp_path / "site"
    pages = [path.read_text() for path in (*site.glob("*/**/*.html"), *site.glob("drawings/**/*.js"))]
    assert not [page for page in pages if "data:image/png" in page]
    shown = {name for page in pages for name in re.findall(r'xlink:href="(?:\.\./)?icons/([^"]+)"', page)}
    assert shown == {path.name for path in (site / "icons").iterdir()}
    for path in (site / "icons").iterdir():
        data = f"data:image/png;base64,{base64.b64encode(path.read_bytes()).decode()}"
        assert f'"icon-{path.stem}":"{data}"' in (site / "static/icons.js").read_text()
    for picture in site.glob("images/*/*.svg"):
        assert "icons/" not in picture.read_text()


def test_broken_members_are_reported_with_file_and_line_and_cost_only_themselves(tiny, archfolio, tmp_path) -> None:
    done = archfolio("build", "--systems", tiny, "-o", "site")
    assert done.returncode == 1
    for says in (
        "does_not_parse.py:1: does-not-parse: is not Python",
        "draws_nothing.py: draws-nothing: draws nothing",
        "empty_view.py:4: empty-view/empty: draws nothing: make at least one node in it",
        "missing_icon.py:5: missing-icon/missing: the icon './nowhere.png' of 'Lost' is not there",
        "mistaken.py:7: mistaken: 'user' is not a figure above this one; did you mean 'users'?",
        "raises.py:15: raises/bad: ZeroDivisionError: division by zero",
    ):
        assert says in done.stderr
    assert 'raises.py", line 15, in bad' in done.stderr
    assert "render/" not in done.stderr, "our own frames are not the author's business"
    assert (tmp_path / "site/images/raises/good.svg").is_file()
    assert (tmp_path / "site/images/shop/serving.png").is_file()


def test_a_module_that_breaks_keeps_its_last_good_pictures_and_its_page(some, archfolio, tmp_path: Path) -> None:
    folder = some("shop", "plain_script")
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 0
    site = tmp_path / "site"
    before = {path: path.read_bytes() for path in site.glob("images/shop/*")}
    text = (folder / "shop.py").read_text()
    (folder / "shop.py").write_text(text.replace('Users("People"', 'Users(1 / 0, "People"'))
    done = archfolio("build", "--systems", folder, "-o", "site")
    assert done.returncode == 1
    assert {path: path.read_bytes() for path in site.glob("images/shop/*")} == before
    views = json.loads((site / "manifest.json").read_text())["systems"][1]["views"]
    assert [view["slug"] for view in views] == ["serving", "groups"]
    (folder / "shop.py").write_text("def broken(:")
    assert archfolio("build", "--systems", folder, "-o", "site").returncode == 1
    assert {path: path.read_bytes() for path in site.glob("images/shop/*")} == before


def test_an_svg_stands_alone(some, archfolio, tmp_path: Path) -> None:
    archfolio("build", "--systems", some("shop", "plain_script"), "-o", "site")
    for path in (tmp_path / "site/images").rglob("*.svg"):
        text = path.read_text()
        links = re.findall(r'(?:xlink:)?href="([^"]*)"|url\(([^)]*)\)', text)
        assert all((link or url).startswith(("#", "data:")) for link, url in links), path
        assert str(tmp_path) not in text
        assert "site-packages" not in text
        icons = re.findall(r'<image id="([^"]+)"', text)
        assert len(icons) == len(set(icons)), "each icon once"
        for data in re.findall(r'xlink:href="data:image/png;base64,([^"]+)"', text):
            assert base64.b64decode(data).startswith(b"\x89PNG")


def test_a_png_has_two_pixels_a_css_pixel_or_as_many_as_asked(some, archfolio, tmp_path: Path) -> None:
    folder = some("shop")
    for scale, options in ((2, ()), (1, ("--scale", "1")), (3.5, ("--scale", "3.5"))):
        assert archfolio("build", "--systems", folder, "-o", "site", *options).returncode == 0
        text = (tmp_path / "site/images/shop/serving.svg").read_text()
        width, height = map(int, re.search(r'width="(\d+)" height="(\d+)"', text).groups())
        with Image.open(tmp_path / "site/images/shop/serving.png") as picture:
            assert picture.size == (round(width * scale), round(height * scale))


def test_a_name_that_is_no_address_becomes_one(tmp_path: Path) -> None:
    project = Project(tmp_path)
    project.write("R&D #1.py", SHOP)
    project.write("100%.py", SHOP)
    project.write("#.py", SHOP)
    assert project.build().failures == []
    assert project.drawn == ["unnamed/serving", "100/serving", "R-D-1/serving"]
    index = (project.site / "index.html").read_text(encoding="utf-8")
    for slug in ("unnamed", "100", "R-D-1"):
        assert f'href="systems/{slug}.html"' in index


def test_a_module_that_adds_to_the_vocabulary_is_built(tmp_path: Path) -> None:
    project = Project(tmp_path)
    words = 'from archfolio import BUILDING_BLOCKS, FAMILIES, System\nFAMILIES["home-robots"] = "Home robots"\n'
    words += 'BUILDING_BLOCKS["soft-grip"] = "Soft grip"\n'
    system = 'SYSTEM = System(title="Robot", family="home-robots", building_blocks=["soft-grip"])\n'
    project.write("robot.py", SHOP.replace("\n\n\n@view", f"\n{words}{system}\n\n@view"))
    assert project.build().failures == []
    [robot] = manifest.read(project.site).systems
    assert (robot.family_title, [block.title for block in robot.building_blocks]) == ("Home robots", ["Soft grip"])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["build", "--examples", "systems/feed_ranking.py"], 2, "did you mean 'feed-ranking'?"),
        (["build", "--examples", "feed-rankin"], 2, "there is no system 'feed-rankin'; did you mean 'feed-ranking'?"),
        (["build", "--systems", "nowhere"], 3, "there is no folder of systems at 'nowhere'"),
        (["build", "--systems", "."], 3, "no system in '.'"),
        (["build", "--scale", "0"], 2, "0.25<=x<=8"),
        (["biuld"], 2, "No such command 'biuld'"),
        (["render", "nothing.py"], 2, "does not exist"),
    ],
)
def test_what_cannot_be_built_is_one_sentence_and_a_code(archfolio, arguments, code, says) -> None:
    done = archfolio(*arguments)
    assert done.returncode == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_two_files_with_one_address_are_refused(some, archfolio) -> None:
    folder = some("shop")
    (folder / "shop_.py").write_text((folder / "shop.py").read_text())
    done = archfolio("build", "--systems", folder, "-o", "site")
    assert done.returncode == 2
    assert "'shop.py' and 'shop_.py' have one address, 'shop': rename one of them" in done.stderr


def test_an_engine_that_is_not_there_is_an_environment_problem(some, archfolio) -> None:
    done = archfolio("build", "--systems", some("shop"), "-o", "site", "--engine", "dot", PATH="")
    assert done.returncode == 3
    assert "install Graphviz, or use the bundled engine" in done.stderr


def test_an_output_that_cannot_be_written_is_an_environment_problem(some, archfolio, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("a file where the folder should be")
    done = archfolio("build", "--systems", some("shop"), "-o", "site/deeper")
    assert done.returncode == 3
    assert "cannot write" in done.stderr


def test_hostile_labels_are_text_everywhere(some, archfolio, tmp_path: Path) -> None:
    done = archfolio("build", "--systems", some("hostile"), "-o", "site")
    assert done.returncode == 0, done.stderr
    for path in [tmp_path / "site/images/hostile/hostile.svg", tmp_path / "site/systems/hostile.html"]:
        text = path.read_text()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "\0" not in text
    import xml.etree.ElementTree as ET  # noqa: PLC0415  our own file

    ET.parse(tmp_path / "site/images/hostile/hostile.svg")
