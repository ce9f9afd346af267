"""A picture may be otherwise in a note: a step lit, a part cut out, without its title, in the shape of a slide."""

import base64
import io
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from note_project import run
from PIL import Image
from placed_view import placed, site

from archfolio.gallery.svg.drawn import read_drawn
from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import part
from archfolio.gallery.svg.variant import Change, Heading, change, members_of
from archfolio.render.build.finish_svg import png_of, with_glyphs
from archfolio.render.notes.variants import too_small


@pytest.fixture(scope="module")
def shop():
    return placed()


def groups(svg: str, kind: str, key: str) -> dict[str, ET.Element]:
    root = ET.fromstring(svg)
    return {group.get(key, ""): group for group in part(root, kind)}


def heads(svg: str) -> list[str]:
    root = ET.fromstring(svg)
    return [text.text or "" for group in part(root, "head") for text in group.iter(f"{{{SVG}}}text")]


def test_a_drawing_is_read_back_as_it_was_painted(shop) -> None:
    _, view, svg = shop
    drawn = read_drawn(svg)
    assert drawn.of("node").keys() == {node.id for node in view.nodes}
    assert drawn.of("edge").keys() == {edge.id for edge in view.edges}
    assert drawn.of("cluster").keys() == {cluster.id for cluster in view.clusters}
    for node in view.nodes:
        card = drawn.of("node")[node.id].rects[0]
        assert node.box is not None
        assert abs(card.x - node.box.x) <= 1
        assert abs(card.y - node.box.y) <= 1
        assert drawn.of("node")[node.id].icons[0].png.startswith(b"\x89PNG")
        assert " ".join(text.text for text in drawn.of("node")[node.id].texts) == node.name


def test_the_corners_of_a_line_are_where_its_round_ones_would_meet(shop) -> None:
    drawn = read_drawn(shop[2])
    for part_ in drawn.of("edge").values():
        corners = part_.lines[0].corners
        for (x0, y0), (x1, y1) in pairwise(corners[1:-1]):  # but for the ends, all are level
            assert min(abs(x1 - x0), abs(y1 - y0)) < 1


def test_a_lit_step_dims_what_it_does_not_touch_and_hides_no_label_ground(shop) -> None:
    _, view, svg = shop
    lit = frozenset(view.steps[0].edges)
    changed = change(svg, view, Change(lit=lit)).svg
    edges, nodes = groups(changed, "edge", "data-edge"), groups(changed, "node", "data-node")
    assert {name for name, group in edges.items() if group.get("opacity") is None} == lit
    assert {name for name, group in nodes.items() if group.get("opacity") is None} == {
        "people",
        "online.finder",
        "online.item-index",
    }
    assert {group.get("opacity") for group in edges.values()} == {None, "0.13"}
    for name, label in groups(changed, "label", "data-edge").items():
        assert label.get("opacity") is None
        assert {text.get("opacity") is None for text in label.iter(f"{{{SVG}}}text")} == {name in lit}


def test_a_part_has_what_is_in_the_group_and_nothing_else(shop) -> None:
    _, view, svg = shop
    members = members_of(view, "online")
    changed = change(svg, view, Change(members=members))
    assert groups(changed.svg, "node", "data-node").keys() == {
        node.id for node in view.nodes if node.cluster == "online"
    }
    assert groups(changed.svg, "cluster", "data-cluster").keys() == {"online"}
    kept = {edge.id for edge in view.edges if edge.tail in members and edge.head in members}
    assert groups(changed.svg, "edge", "data-edge").keys() == kept
    assert "entry" not in changed.svg  # no legend
    drawn = read_drawn(svg)
    assert changed.width < drawn.width
    assert changed.height < drawn.height
    x, y, width, height = map(float, re.search(r'viewBox="([^"]+)"', changed.svg)[1].split())
    panel = drawn.of("cluster")["online"].rects[0]
    assert x <= panel.x
    assert y <= panel.y
    assert x + width >= panel.x + panel.width
    assert y + height >= panel.y + panel.height


def test_the_title_goes_with_its_room_or_names_the_system(shop) -> None:
    _, view, svg = shop
    untitled = change(svg, view, Change())
    titled = change(svg, view, Change(heading=Heading("Shop: Serving", "People ask.")))
    assert heads(svg)[0] == "Serving"
    assert heads(untitled.svg) == []
    assert heads(titled.svg) == ["Shop: Serving", "People ask."]
    assert untitled.height < titled.height
    assert untitled.width == titled.width


def test_a_long_heading_is_broken_into_lines_that_fit(shop) -> None:
    _, view, svg = shop
    caption = "word " * 60
    changed = change(svg, view, Change(heading=Heading("T", caption.strip()), members=members_of(view, "online")))
    lines = heads(changed.svg)[1:]
    assert len(lines) > 2
    assert " ".join(lines) == caption.strip()
    assert max(map(len, lines)) * 13 * 0.5 < changed.width


@pytest.mark.parametrize("ratio", [16 / 9, 1.0, 0.5])
def test_a_ratio_is_met_by_room_around(shop, ratio: float) -> None:
    _, view, svg = shop
    plain, changed = change(svg, view, Change()), change(svg, view, Change(ratio=ratio))
    assert changed.width / changed.height == pytest.approx(ratio)
    assert changed.width >= plain.width
    assert changed.height >= plain.height
    image = Image.open(io.BytesIO(png_of(changed.svg, 1)))
    assert image.size == (round(changed.width), round(changed.height)) or abs(image.width - changed.width) <= 1


def test_a_changed_drawing_has_no_fingerprint_of_the_one_it_was(shop) -> None:
    _, view, svg = shop
    assert "data-hash" in svg
    assert "data-hash" not in change(svg, view, Change()).svg


def test_its_font_has_every_letter_that_it_says_now(shop) -> None:
    _, view, svg = shop
    changed = change(svg, view, Change(heading=Heading("Ж and ∑", ""))).svg
    finished = with_glyphs(changed)
    said = {ord(char) for text in ET.fromstring(finished).iter(f"{{{SVG}}}text") for char in text.text or ""}
    fonts = [TTFont(io.BytesIO(base64.b64decode(data))) for data in re.findall(r"base64,([\w+/=]+)\)format", finished)]
    assert said <= {code for font in fonts for code in font.getBestCmap()}
    assert ord("Ж") in said
    assert with_glyphs(finished) == finished
    assert png_of(finished, 1) == png_of(finished, 1)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def embed(*arguments: str):
    return run(
        "embed", "shop/serving", "--output", str(site()), "--systems", str(site().parent / "systems"), *arguments
    )


def test_a_step_is_a_picture_of_its_own_with_its_sentence_as_alt_text(here: Path) -> None:
    done = embed("--for", "html", "--step", "2", "--caption")
    assert done.code == 0, done.err
    assert 'alt="Step 2 of 3 of Shop, Serving: The items are scored."' in done.out
    assert "<figcaption>Shop: Serving, step 2 of 3. The items are scored.</figcaption>" in done.out
    path = site() / "notes/shop/serving--step-2.svg"
    assert path.name in done.out
    assert heads(path.read_text(encoding="utf-8")) == ["Shop: Serving, step 2 of 3", "The items are scored."]
    assert path.with_suffix(".png").read_bytes().startswith(b"\x89PNG")
    before = path.read_bytes()
    embed("--for", "html", "--step", "2")
    assert path.read_bytes() == before
    assert here.exists()


def test_a_part_and_a_picture_without_title_have_names_of_their_own(here: Path) -> None:
    done = embed("--for", "html", "--only", "Online", "--no-title")
    assert done.code == 0, done.err
    assert "notes/shop/serving--only-online--untitled.svg" in done.out
    assert (
        'alt="Online, a part of Shop, Serving. It shows Finder, Item index, Feature store, Scorer, Popular list."'
        in done.out
    )
    assert here.exists()


def test_a_direction_and_a_shape_are_drawn_anew(here: Path) -> None:
    done = embed("--for", "slides", "--direction", "LR", "--aspect", "16:9")
    assert done.code == 0, done.err
    path = site() / "notes/shop/serving--lr--16x9.png"
    with Image.open(path) as image:
        width, height = image.size
    assert width / height == pytest.approx(16 / 9, abs=0.01)
    nodes = read_drawn(path.with_suffix(".svg").read_text(encoding="utf-8")).of("node")
    assert nodes["people"].rects[0].x < nodes["online.scorer"].rects[0].x
    assert here.exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--step", "9"], "'serving' has no step 9: there are 3"),
        (["--only", "Onlin"], "'serving' has no cluster 'Onlin': there are 'Online'"),
        (["--aspect", "wide"], "'wide' is no ratio of width to height: write --aspect 16:9"),
        (["--aspect", "0:9"], "is no ratio"),
        (["--step", "1", "--dark"], "leave out --dark and --iframe"),
        (["--width", "200"], "'shop/serving' is too large for 200 px: its text would be"),
    ],
)
def test_what_cannot_be_had_is_said_with_what_can(here: Path, arguments: list[str], says: str) -> None:
    done = embed("--for", "html", *arguments)
    assert (done.code, done.out) == (2, "")
    assert says in done.err
    assert here.exists()


def test_the_width_that_is_named_as_large_enough_is(here: Path) -> None:
    said = embed("--for", "html", "--width", "200").err
    needed = re.search(r"give it (\d+) px", said)
    assert needed is not None
    assert embed("--for", "html", "--width", needed[1]).code == 0
    assert embed("--for", "html", "--width", str(int(needed[1]) - 2)).code == 2
    assert here.exists()


def test_a_note_need_not_be_there_yet(here: Path) -> None:
    done = embed("--for", "github", "--note", "notes/new/deep.md")
    assert done.code == 0
    assert not (here / "notes").exists()
    beside = embed("--for", "github", "--note", "notes/new")
    assert done.out == beside.out
    assert "../../" in done.out


def test_a_size_that_is_refused_does_not_read_as_one_that_is_large_enough(shop) -> None:
    _, view, _ = shop
    width = round(view.width) * 3
    assert too_small("shop/serving", view, 9.0 * view.width / width, width) == ""
    assert "would be 8.9 px high" in too_small("shop/serving", view, 8.99 * view.width / width, width)
