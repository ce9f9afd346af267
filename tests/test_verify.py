"""`archfolio verify` knows a picture by what is inside it, wherever it went."""

import json
import sys
from pathlib import Path

import pytest
from check_shop import shop

from archfolio.render.build.build import build
from archfolio.render.build.job import Job, job_for
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildRequest
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.check.verify import PictureOrigin, read_origin, verify
from archfolio.render.cli import main
from archfolio.render.layout.engine import Bundled
from archfolio.render.model.drawing import Drawing
from archfolio.render.model.geometry import Box, Size
from archfolio.render.paint.origin import Origin
from archfolio.render.paint.png import png
from archfolio.render.paint.scene import Scene
from archfolio.render.paint.svg import svg

ELSEWHEN = "0123456789abcdef"
DEFAULT = RenderOptions(scale=2.0)
SCENE = Scene(Size(9, 9), Box(0, 0, 9, 9), "A", "Nothing.", ())


@pytest.fixture
def systems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "systems"
    folder.mkdir()
    (folder / "shop.py").write_text(shop(), encoding="utf-8")
    return folder


@pytest.fixture
def drawing(systems: Path, monkeypatch: pytest.MonkeyPatch) -> Drawing:
    monkeypatch.syspath_prepend(str(systems))
    return capture(script(systems / "shop.py")).drawings[0]


def job(drawing: Drawing, options: RenderOptions = DEFAULT, name: str = "shop/serving") -> Job:
    return job_for(name, drawing, options, Bundled().version())


def an_svg(path: Path, fingerprint: str, view: str = "shop/serving") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(svg(SCENE, "a", Origin(view, fingerprint)), encoding="utf-8")
    return path


def a_png(path: Path, fingerprint: str, view: str = "shop/serving") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(Origin(view, fingerprint).in_png(png(SCENE)))
    return path


def states(pictures: list[Path], systems: Path) -> list[tuple[str, str, str]]:
    return [(verdict.state, verdict.system, verdict.view) for verdict in verify(pictures, systems).verdicts]


@pytest.mark.parametrize("view", ["shop/serving", "Zoë's <shop>/a & b", "店/検索"])
def test_pictures_say_which_view_they_are(tmp_path: Path, view: str) -> None:
    said = PictureOrigin(tuple(view.split("/")), ELSEWHEN)
    assert read_origin(an_svg(tmp_path / "a.svg", ELSEWHEN, view)) == said
    assert read_origin(a_png(tmp_path / "a.png", ELSEWHEN, view)) == said


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg></svg>",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt",
        b'<svg data-hash="">',
        b'<svg data-hash="0123">',
        b'<svg data-view="shop/serving">',
    ],
)
def test_what_is_not_ours_has_no_origin(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "picture").write_bytes(content)
    assert read_origin(tmp_path / "picture") is None


def test_a_picture_is_current_under_any_name(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    one = job(drawing)
    pictures = [an_svg(tmp_path / "Figure 3.svg", one.fingerprint), a_png(tmp_path / "b.png", one.encoded_fingerprint)]
    assert states(pictures, systems) == [("current", "shop", "serving")] * 2


def test_a_picture_is_current_with_any_options(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    plain = job(drawing, RenderOptions(title=False, legend=False))
    large = job(drawing, RenderOptions(scale=1.5, dark=True, pdf=True))
    library = job(drawing, RenderOptions(style="library"))
    pictures = [an_svg(tmp_path / f"{number}.svg", one.fingerprint) for number, one in enumerate((plain, library))]
    pictures.append(a_png(tmp_path / "large.png", large.encoded_fingerprint))
    assert states(pictures, systems) == [("current", "shop", "serving")] * 3


def test_of_two_systems_with_equal_drawings_the_right_one_is_named(systems: Path, tmp_path: Path) -> None:
    (systems / "twin.py").write_text(shop(), encoding="utf-8")
    site = tmp_path / "site"
    assert build(BuildRequest(systems, site), lambda _: None).failures == []
    pictures = [site / f"images/{slug}/serving.{kind}" for slug in ("shop", "twin") for kind in ("svg", "png")]
    moved = [path.rename(tmp_path / f"{number}{path.suffix}") for number, path in enumerate(pictures)]
    assert states(moved, systems) == [
        ("current", "shop", "serving"),
        ("current", "shop", "serving"),
        ("current", "twin", "serving"),
        ("current", "twin", "serving"),
    ]


def test_a_picture_in_the_librarys_look_is_known_too(systems: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    build(BuildRequest(systems, site, options=RenderOptions(style="library")), lambda _: None)
    pictures = [site / "images/shop/serving.svg", site / "images/shop/serving.png"]
    assert states(pictures, systems) == [("current", "shop", "serving")] * 2


def test_an_old_picture_and_one_of_others_are_told_apart(systems: Path, tmp_path: Path) -> None:
    pictures = [
        an_svg(tmp_path / "a.svg", ELSEWHEN),
        a_png(tmp_path / "b.png", ELSEWHEN, "shop/asking"),
        a_png(tmp_path / "c.png", ELSEWHEN, "theirs/serving"),
    ]
    assert states(pictures, systems) == [
        ("old", "shop", "serving"),
        ("old", "shop", "asking"),
        ("unknown", "theirs", "serving"),
    ]
    sentences = [verdict.sentence for verdict in verify(pictures, systems).verdicts]
    assert sentences[0] == "is an older shop/serving: run 'archfolio build shop' and take the new one"
    assert sentences[1] == "was shop/asking, which is no more, or cannot be drawn now"
    assert sentences[2] == "is theirs/serving, and there is no system 'theirs' here"


def test_a_changed_view_makes_its_pictures_old_and_no_others(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    mine = an_svg(tmp_path / "serving.svg", job(drawing).fingerprint)
    module = systems / "shop.py"
    module.write_text(module.read_text().replace('"bundle"', '"release"'))
    assert states([mine], systems) == [("current", "shop", "serving")]
    module.write_text(module.read_text().replace('"page"', '"search"'))
    assert states([mine], systems) == [("old", "shop", "serving")]


def test_the_command_says_what_each_picture_is(
    systems: Path, drawing: Drawing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, old = an_svg(Path("good.svg"), job(drawing).fingerprint), a_png(Path("old.png"), ELSEWHEN, "shop/learning")
    foreign = Path("photo.jpg")
    foreign.write_bytes(b"\xff\xd8\xff")

    def told(*arguments: str | Path) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["archfolio", "verify", *map(str, arguments), "--systems", str(systems)])
        with pytest.raises(SystemExit) as end:
            main.main()
        return end.value.code, capsys.readouterr().out

    assert told(good) == (0, "good.svg: current: is shop/serving as it is now\n")
    code, lines = told(old, foreign)
    assert code == 1
    assert lines.splitlines() == [
        "old.png: old: is an older shop/learning: run 'archfolio build shop' and take the new one",
        "photo.jpg: unknown: carries no fingerprint: it was not drawn by archfolio, or was converted since",
    ]
    code, answer = told(good, "--json")
    assert (code, json.loads(answer)["pictures"][0]["state"]) == (0, "current")
    assert told("nowhere.png")[0] == 2
