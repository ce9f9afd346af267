"""Icons are reduced to the size they are shown at, and get a plate only where they would lose their shape."""

import io
from pathlib import Path

import diagrams
import numpy as np
import pytest
from PIL import Image

from archfolio.render.model import icons, style
from archfolio.render.model.icons import COLOURS, PIXELS, _made, hand_on, icon

LOGOS = Path(diagrams.__file__).parents[1] / "resources"
GLYPHS = Path(__file__).parents[1] / "archfolio" / "glyphs"


@pytest.mark.parametrize(
    ("logo", "light", "dark"),
    [
        ("onprem/mlops/mlflow.png", True, False),  # white letters
        ("onprem/queue/kafka.png", False, True),  # black all over
        ("onprem/analytics/dbt.png", False, True),  # black letters on orange
        ("elastic/elasticsearch/elasticsearch.png", False, True),  # a dark bar between two bright ones
        ("programming/language/python.png", False, False),  # yellow is seen on white
        ("onprem/inmemory/redis.png", False, False),
        ("k8s/chaos/chaos-mesh.png", False, False),  # white is the paper it is on
        ("k8s/compute/pod.png", False, False),  # a white rim
    ],
)
def test_a_logo_has_a_plate_where_it_would_be_lost(logo, light, dark):
    for side in (style.ICON, style.ICON_ALONE):
        picture = icon(LOGOS / logo, side)
        assert (picture.plate_on_light, picture.plate_on_dark) == (light, dark)


@pytest.mark.parametrize("glyph", sorted(GLYPHS.glob("*.png")), ids=lambda path: path.stem)
def test_a_glyph_of_ours_needs_no_plate(glyph):
    picture = icon(glyph)
    assert not picture.plate_on_light
    assert not picture.plate_on_dark


def write(folder, picture):
    path = folder / "icon.png"
    picture.save(path)
    return path


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (1000, 1000), (10, 10), (1, 1)])
def test_an_icon_is_a_square_of_the_size_it_is_shown_at(size, tmp_path):
    picture = Image.open(io.BytesIO(icon(write(tmp_path, Image.new("RGBA", size, "red"))).png))
    assert picture.size == (PIXELS, PIXELS)
    rows, columns = np.nonzero(np.asarray(picture.convert("RGBA"))[..., 3])
    assert rows.min() + rows.max() == pytest.approx(PIXELS - 1, abs=1)  # in the middle
    assert columns.min() + columns.max() == pytest.approx(PIXELS - 1, abs=1)


def test_an_icon_is_named_after_what_it_shows(tmp_path):
    (tmp_path / "more").mkdir()
    red, again = (icon(write(folder, Image.new("RGB", (50, 50), "red"))) for folder in (tmp_path, tmp_path / "more"))
    assert red == again
    assert red.name != icon(LOGOS / "onprem/queue/kafka.png").name


def test_an_icon_of_nothing_needs_no_plate(tmp_path):
    picture = icon(write(tmp_path, Image.new("RGBA", (50, 50), (0, 0, 0, 0))))
    assert not picture.plate_on_light
    assert not picture.plate_on_dark


def test_a_file_that_is_no_picture_is_refused(tmp_path):
    (tmp_path / "icon.png").write_text("no picture")
    with pytest.raises(OSError, match="cannot identify"):
        icon(tmp_path / "icon.png")


def test_an_icon_that_is_lost_in_its_margin_is_cut_out_of_it(tmp_path):
    dot = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    dot.paste("red", (90, 90, 110, 110))
    picture = Image.open(io.BytesIO(icon(write(tmp_path, dot)).png)).convert("RGBA")
    _, columns = np.nonzero(np.asarray(picture)[..., 3])
    assert np.ptp(columns) > 0.6 * PIXELS


def test_the_bytes_of_an_icon_do_not_hang_on_those_reduced_before(tmp_path: Path) -> None:
    red, many = tmp_path / "red.png", tmp_path / "many.png"
    Image.new("RGBA", (64, 64), "red").save(red)
    Image.effect_noise((64, 64), 90).convert("RGBA").save(many)
    made = set()
    for _ in range(20):
        _made.clear()
        icon(many)
        made.add(icon(red).png)
    assert len(made) == 1
    with Image.open(io.BytesIO(made.pop())) as small:
        assert small.convert("RGBA").getpixel((36, 36)) == (255, 0, 0, 255)


def test_a_large_picture_keeps_its_colours_and_has_no_rim(tmp_path: Path) -> None:
    shades = np.zeros((50, 250, 3), np.uint8)
    shades[..., 0] = np.arange(250)
    path = write(tmp_path, Image.fromarray(shades))
    small, large = (np.asarray(Image.open(io.BytesIO(icon(path, side).png)).convert("RGBA")) for side in (36, 250))
    assert len(np.unique(small[36], axis=0)) <= COLOURS
    assert len(np.unique(large[250], axis=0)) > 200
    assert (large[0] == (255, 255, 255, 0)).all()  # which readers that smooth it mix into the picture's upper edge


def test_an_icon_has_the_colours_that_it_needs_and_stays_near_to_what_it_was(tmp_path: Path) -> None:
    rows, columns = np.mgrid[0:72, 0:72].astype(np.uint8)
    soft = np.dstack((rows * 3, columns * 3, 255 - rows, np.where(columns < 36, 255, 255 - 3 * columns))).astype(
        np.uint8
    )
    flat = np.full((72, 72, 4), (0, 128, 0, 255), np.uint8)
    flat[20:50, 20:50] = (255, 255, 255, 255)
    colours = []
    for name, wanted in (("soft", soft), ("flat", flat)):
        path = tmp_path / f"{name}.png"
        Image.fromarray(wanted).save(path)
        with Image.open(io.BytesIO(icon(path).png)) as small:
            colours.append(len(small.getpalette() or []) // 3)
            shown = np.asarray(small.convert("RGBA")).astype(int)
        alpha = wanted[..., 3:] / 255
        assert np.abs(shown[..., :3] * shown[..., 3:] / 255 - wanted[..., :3] * alpha).mean() < 12
    assert colours == [COLOURS, 2]


def test_an_icon_that_another_process_has_reduced_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, Image.new("RGBA", (64, 64), "red"))
    handed_on = tmp_path / "handed on"
    handed_on.mkdir()
    monkeypatch.setattr(icons, "_handed_on", [])
    hand_on(handed_on)
    _made.clear()
    first = icon(path)
    _made.clear()  # as in another process
    monkeypatch.setattr(icons, "_icon", lambda _: pytest.fail("it was reduced again"))
    assert icon(path) == first
    assert len(list(handed_on.iterdir())) == 1


def test_icons_are_reduced_where_they_cannot_be_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, Image.new("RGBA", (64, 64), "red"))
    first = icon(path)
    monkeypatch.setattr(icons, "_handed_on", [])
    hand_on(tmp_path / "gone")
    _made.clear()
    assert icon(path) == first
    assert not (tmp_path / "gone").exists()  # what was removed with the last process stays so
