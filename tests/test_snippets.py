"""Snippets: the right syntax and the right file for each target, whatever an author writes."""

import re
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from note_builds import HOSTILE, system, view

from archfolio.gallery.export import escapes
from archfolio.gallery.export.snippet_options import SnippetOptions
from archfolio.gallery.export.snippets import TARGETS, CannotShow, iframe, snippet, snippets
from archfolio.gallery.manifest import File
from archfolio.gallery.sections import Quantity
from archfolio.render.cli.commands import cli

PAGE = "https://example.org/arch/systems/shop.html#view=serving"
TAKES = {
    "svg": "github obsidian logseq jupyter vscode quarto mkdocs sphinx myst html",
    "png": "gitlab notion google slides confluence org slack",
    "pdf": "typst latex",
}


class Elements(HTMLParser):
    """Collect the tags of a snippet of HTML."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def one(target: str, options: SnippetOptions | None = None, **about: str) -> str:
    drawing = view(**about)
    return snippet(system(views=(drawing,)), drawing, target, options).text


@pytest.mark.parametrize("target", TARGETS)
def test_a_target_gets_the_file_that_it_shows_well(target: str) -> None:
    drawing = view()
    made = snippet(system(views=(drawing,)), drawing, target)
    wanted = next(kind for kind, targets in TAKES.items() if target in targets.split())
    assert [file.format for file in made.files] == [wanted]
    assert (made.files[0].path if target != "confluence" else "serving.png") in made.text


@pytest.mark.parametrize("target", TARGETS)
def test_everything_links_back_says_what_it_shows_and_takes_a_width(target: str) -> None:
    text = one(target, SnippetOptions(page=PAGE, width=640))
    assert "systems/shop.html" in text
    assert "People ask a ranker." in text
    takes_no_width = {"notion", "google", "slides", "slack"}
    assert ("640" in text or "480" in text) != (target in takes_no_width)  # 480 points are 640 pixels


@pytest.mark.parametrize("target", [name for name, target in TARGETS.items() if target.dark])
def test_a_pair_shows_both_files(target: str) -> None:
    text = one(target, SnippetOptions(dark=True))
    assert "serving.png" in text
    assert "serving.dark.png" in text


def test_a_pair_that_cannot_be_is_refused_with_the_reason() -> None:
    with pytest.raises(CannotShow, match="leave --dark out"):
        one("gitlab", SnippetOptions(dark=True))
    drawing = view()
    drawing.files[:] = [File(format="svg", path="x.svg", bytes=1)]
    with pytest.raises(CannotShow, match="build with --dark"):
        snippet(system(), drawing, "github", SnippetOptions(dark=True))
    with pytest.raises(CannotShow, match="takes PNG"):
        snippet(system(), drawing, "slack")


def test_a_paper_without_a_pdf_gets_the_png_and_a_word_about_it() -> None:
    drawing = view()
    assert "--pdf" not in snippet(system(), drawing, "latex").hint
    drawing.files.pop()
    made = snippet(system(), drawing, "latex")
    assert "serving.png" in made.text
    assert made.hint.endswith("build with --pdf.")


def test_all_snippets_are_those_that_the_files_allow() -> None:
    drawing = view()
    assert [made.target for made in snippets(system(), drawing)] == list(TARGETS)
    drawing.files[:] = [File(format="svg", path="x.svg", bytes=1)]
    left = {made.target for made in snippets(system(), drawing)}
    assert left == {*TAKES["svg"].split(), "gitlab", "org"}


@pytest.mark.parametrize("target", ["html", "github"])
def test_hostile_texts_stay_texts_in_html(target: str) -> None:
    text = one(target, SnippetOptions(page=PAGE, width=300, caption=True), caption=HOSTILE, alt=HOSTILE)
    found = Elements(text).found
    assert {tag for tag, _ in found} <= {"a", "img", "figure", "figcaption"}
    image = next(attributes for tag, attributes in found if tag == "img")
    assert image["alt"] == escapes.without_controls(HOSTILE)
    assert set(image) <= {"src", "width", "height", "loading", "alt"}


def test_hostile_texts_stay_texts_in_confluence() -> None:
    text = one("confluence", SnippetOptions(page=PAGE, caption=True), caption=HOSTILE, alt=HOSTILE)
    root = ET.fromstring(f'<r xmlns:ac="ac" xmlns:ri="ri">{text}</r>')
    [image] = root.iter("{ac}image")
    assert image.get("{ac}alt") == escapes.without_controls(HOSTILE)


@given(st.text())
def test_a_text_of_markdown_has_nothing_that_markdown_reads(text: str) -> None:
    escaped = escapes.escape_markdown(text)
    assert not re.search(r"[\\`*_\[\]{}<>$~^|@!]|&(?!#\d+;)|#(?!\d+;)|[\r\n]", escaped)


@given(st.text())
def test_a_string_of_typst_ends_where_it_should(text: str) -> None:
    assert re.fullmatch(r'"(?:[^"\\\n]|\\["\\])*"', escapes.escape_typst(text))


@given(st.text())
def test_a_text_of_latex_has_balanced_braces_and_no_bare_signs(text: str) -> None:
    escaped = escapes.escape_latex(text)
    bare = re.sub(r"\\[a-zA-Z]+\{\}|\\[&%$#_{},]|\$(?:-|\\[a-z]+)\$", "", escaped)
    assert not re.search(r"[\\&%$#_{}^<>|\"]", bare)


@given(st.text(), st.booleans())
def test_an_address_is_one_word_without_brackets(text: str, web: bool) -> None:
    address = escapes.escape_address(f"https://example.org/{text}" if web else f"notes/{text}")
    assert not re.search(r"[\s()<>\"\\\[\]`|{}]", address) or web
    assert not re.search(r"[\s<>\"\\`]", address)


def test_a_folder_with_blanks_and_brackets_is_addressed_as_each_target_does() -> None:
    options = SnippetOptions(
        place=lambda file: f"my notes (1)/{file.path}", page="../a b/systems/shop.html#view=serving"
    )
    assert "(my%20notes%20%281%29/images/shop/serving.svg)](../a%20b/systems/shop.html#view=serving)" in one(
        "github", options
    )
    assert 'image("my notes (1)/images/shop/serving.pdf"' in one("typst", options)
    for target in ("sphinx", "myst"):
        assert r"my\ notes\ (1)/images/shop/serving.svg" in one(target, options)
    assert "[file:my notes (1)/images/shop/serving.png]" in one("org", options)


def test_published_pictures_are_shown_where_the_target_would_need_an_upload() -> None:
    options = SnippetOptions(place=lambda file: f"https://example.org/{file.path}", page=PAGE)
    assert one("notion", options).startswith("[![")
    assert one("slack", options).splitlines() == [
        f"<{PAGE}|People ask a ranker.>",
        "https://example.org/images/shop/serving.png",
    ]
    assert 'ri:value="https://example.org/images/shop/serving.png"' in one("confluence", options)
    assert one("google", options).startswith("https://")


def test_a_frame_has_the_shape_of_its_drawing() -> None:
    [(tag, attributes)] = Elements(iframe(view(), "https://example.org/embed/shop/serving.html", 300)).found
    assert (tag, attributes["width"], attributes["height"]) == ("iframe", "300", "200")


def test_figures_that_a_caption_quotes_are_put_in() -> None:
    drawing = view(caption="Half of {rate}.")
    figure = Quantity(name="rate", label="Rate", value=2, unit="1/s", factor=1, number="2", shown="2/s")
    shop = msgspec.structs.replace(system(views=(drawing,)), estimate=[figure])
    assert 'caption: "Shop: Serving. Half of 2/s."' in snippet(shop, drawing, "typst").text


def test_help_lists_the_targets() -> None:
    shown = CliRunner().invoke(cli, ["embed", "--help"])
    assert shown.exit_code == 0
    assert "quarto" in shown.output
