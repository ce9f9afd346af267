"""`archfolio verify` knows a picture by what is inside it, wherever it went."""

import json
import struct
import sys
import zlib
from pathlib import Path

import pytest
from check_shop import shop

from archfolio.gallery import manifest
from archfolio.render.build.job import job_for
from archfolio.render.build.options import RenderOptions
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import Drawing, capture
from archfolio.render.check.verify import PictureOrigin, read_origin, verify
from archfolio.render.cli import main
from archfolio.render.layout.engine import Bundled
from archfolio.render.model.geometry import Box, Size
from archfolio.render.paint.png import png
from archfolio.render.paint.scene import Scene
from archfolio.render.paint.svg import svg

ELSEWHEN = "0123456789abcdef"
DEFAULT = RenderOptions(scale=2.0)


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


def fingerprint(drawing: Drawing, options: RenderOptions = DEFAULT) -> str:
    return job_for(drawing, options, Bundled().version()).fingerprint


def an_svg(path: Path, origin: str, view: str = "serving") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<?xml version="1.0"?>\n<svg class="archfolio" data-view="{view}" data-hash="{origin}" width="1"></svg>'
    )
    return path


def a_png(path: Path, origin: str, scale: float = 2) -> Path:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    density = round(scale * 96 / 0.0254)
    chunks = [
        (b"pHYs", struct.pack(">IIB", density, density, 1)),
        (b"tEXt", b"archfolio\0" + origin.encode()),
        (b"IEND", b""),
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*one) for one in chunks))
    return path


def states(pictures: list[Path], systems: Path) -> list[tuple[str, str, str]]:
    return [(verdict.state, verdict.system, verdict.view) for verdict in verify(pictures, systems).verdicts]


def test_pictures_are_marked_by_those_who_draw_them(tmp_path: Path) -> None:
    scene = Scene(Size(9, 9), Box(0, 0, 9, 9), "A", "Nothing.", ())
    (tmp_path / "a.svg").write_text(svg(scene, "a", ELSEWHEN), encoding="utf-8")
    (tmp_path / "a.png").write_bytes(png(scene, 3, "dark", ELSEWHEN))
    assert read_origin(tmp_path / "a.svg") == PictureOrigin(ELSEWHEN, "a")
    assert read_origin(tmp_path / "a.png") == PictureOrigin(ELSEWHEN, scale=3)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg></svg>",
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXt",
        b'<svg data-hash="">',
    ],
)
def test_what_is_not_ours_has_no_mark(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "picture").write_bytes(content)
    assert read_origin(tmp_path / "picture") is None


def test_a_picture_is_current_under_any_name(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    origin = fingerprint(drawing)
    pictures = [an_svg(tmp_path / "Figure 3.svg", origin), a_png(tmp_path / "slide.png", origin)]
    assert states(pictures, systems) == [("current", "shop", "serving")] * 2


def test_a_picture_is_current_in_any_look(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    plain = fingerprint(drawing, RenderOptions(title=False, legend=False, scale=2.0))
    large = fingerprint(drawing, RenderOptions(scale=1.5, dark=True, pdf=True))
    pictures = [an_svg(tmp_path / "plain.svg", plain), a_png(tmp_path / "large.png", large, 1.5)]
    assert states(pictures, systems) == [("current", "shop", "serving")] * 2


def test_an_old_picture_is_known_by_its_address(systems: Path, tmp_path: Path) -> None:
    pictures = [
        an_svg(tmp_path / "images/shop/serving.svg", ELSEWHEN),
        a_png(tmp_path / "images/shop/serving-dark.png", ELSEWHEN),
        a_png(tmp_path / "images/shop/asking.png", ELSEWHEN),
        a_png(tmp_path / "serving.png", ELSEWHEN),
    ]
    known = ("old", "shop", "serving")
    assert states(pictures, systems) == [known, known, ("unknown", "", ""), ("unknown", "", "")]


def test_an_old_picture_is_known_by_the_build_around_it(systems: Path, tmp_path: Path) -> None:
    shown = manifest.View(
        slug="asking", title="", caption="", alt="", outline=[], direction="TB", width=1, height=1, line=1,
        hash=ELSEWHEN, files=[], nodes=[], clusters=[], edges=[],
    )  # fmt: skip
    module = manifest.Module(path="shop.py", text="")
    system = manifest.System(slug="shop", title="Shop", module=module, views=[shown])
    (tmp_path / "site").mkdir()
    built = manifest.Manifest(generator="", engine="", systems=[system])
    (tmp_path / "site/manifest.json").write_bytes(manifest.encode(built))
    [verdict] = verify([a_png(tmp_path / "site/images/shop/a.png", ELSEWHEN)], systems).verdicts
    assert (verdict.state, verdict.system, verdict.view) == ("old", "shop", "asking")
    assert "is no more" in verdict.sentence


def test_a_changed_view_makes_its_pictures_old_and_no_others(systems: Path, drawing: Drawing, tmp_path: Path) -> None:
    mine = an_svg(tmp_path / "images/shop/serving.svg", fingerprint(drawing))
    module = systems / "shop.py"
    module.write_text(module.read_text().replace('"bundle"', '"release"'))
    assert states([mine], systems) == [("current", "shop", "serving")]
    module.write_text(module.read_text().replace('"page"', '"search"'))
    assert states([mine], systems) == [("old", "shop", "serving")]


def test_the_command_says_what_each_picture_is(
    systems: Path, drawing: Drawing, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    good, old = an_svg(Path("good.svg"), fingerprint(drawing)), a_png(Path("images/shop/learning.png"), ELSEWHEN)
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
        "images/shop/learning.png: old: is an older shop/learning: run 'archfolio build shop' and take the new one",
        "photo.jpg: unknown: carries no fingerprint: it was not drawn by archfolio, or was converted since",
    ]
    code, answer = told(good, "--json")
    assert (code, json.loads(answer)[0]["state"]) == (0, "current")
    assert told("nowhere.png")[0] == 2
