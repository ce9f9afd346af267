import base64
import io
import json
import re
import sqlite3
import zipfile
import zlib

import msgspec
import pytest
from page_reader import Page, check_links
from practice_system import DRAWINGS, SHOP, SHOP_GALLERY, TRAINING, view

from archfolio.gallery.export.anki import anki_deck
from archfolio.gallery.practice.flow import Flow, reached
from archfolio.gallery.practice.item import MASKED, RUNGS
from archfolio.gallery.practice.ladder import ladder
from archfolio.gallery.practice.stable import content_words, least_alike
from archfolio.gallery.practice.words import SubjectWords, listed, sentence
from archfolio.gallery.site import assemble

VIEWS = {one.slug: DRAWINGS[f"images/shop/{one.slug}.svg"] for one in SHOP.views}
HEAVIEST = 45_000  # bytes of the questions of a system


@pytest.fixture(scope="module")
def shop():
    return assemble(SHOP_GALLERY, DRAWINGS.__getitem__)


def called(script):
    """Return what a script hands to the page."""
    name, text = re.fullmatch(r"(\w+)\((.*)\);\n", script.decode(), re.DOTALL).groups()
    slug, value = json.loads(f"[{text}]")
    return name, slug, value


def test_a_system_has_a_page_a_sheet_a_deck_and_scripts(shop):
    assert {
        "practice.html",
        "practice/shop.html",
        "practice/sheets/shop.html",
        "practice/questions/shop.js",
        "drawings/shop/training.js",
        "practice/anki/shop.apkg",
    } <= shop.keys()
    check_links(shop, set(DRAWINGS))


def test_a_plain_script_has_no_practice(site):
    assert "practice/movie-recommender.html" in site
    assert not [path for path in site if "practice" in path and "plain-script" in path]
    assert not [link for link in Page(site["systems/plain-script.html"]).attributes("href") if "practice/" in link]


def test_system_and_practice_link_to_each_other(shop):
    assert "../practice/shop.html" in Page(shop["systems/shop.html"]).attributes("href")
    links = Page(shop["practice/shop.html"]).attributes("href")
    assert "../systems/shop.html" in links
    assert "../systems/shop.html#view=serving&step=1" in links
    assert "practice/shop.html" in Page(shop["practice.html"]).attributes("href")
    assert "practice.html" in Page(shop["index.html"]).attributes("href")


def test_the_page_shows_the_ladder(shop):
    titles = Page(shop["practice/shop.html"]).texts("b")
    assert titles == ["Walkthrough", *RUNGS.values(), "A 3-minute round"]


def test_questions_are_handed_over_whole(shop):
    name, slug, value = called(shop["practice/questions/shop.js"])
    assert (name, slug) == ("takeQuestions", "shop")
    assert [item["id"] for item in value["items"]] == [item.id for item in ladder(SHOP)]
    assert value["round"]["minutes"] == 3
    assert len(value["round"]["rubric"]) == 6
    assert len(shop["practice/questions/shop.js"]) < HEAVIEST


def test_a_drawing_that_is_asked_about_is_handed_over_when_it_is_wanted(shop):
    asked = {item.drawing.view for item in ladder(SHOP) if item.drawing}
    for view_slug in asked:
        said = re.fullmatch(r"takeDrawing\((.+)\);\n", shop[f"drawings/shop/{view_slug}.js"].decode())
        name, title, packed = json.loads(f"[{said[1]}]")
        markup = zlib.decompress(base64.b64decode(packed)).decode()
        assert (name, title) == (f"shop/{view_slug}", next(view.title for view in SHOP.views if view.slug == view_slug))
        assert markup.startswith('<svg class="sprite"')
        assert markup.count("<svg class=archfolio") == 1


def test_the_sheet_has_its_answers_after_its_questions(shop):
    page = Page(shop["practice/sheets/shop.html"])
    questions, answers = page.texts("section")
    assert "Visit rate" in questions
    assert "5,000/s" not in questions
    assert "5,000/s" in answers
    assert page.texts("h2")[:2] == ["Questions", "Answers"]
    assert b"break-before: page" in shop["static/practice.css"]


def test_a_mask_names_the_neighbours_and_not_the_box():
    [training] = [item for item in ladder(SHOP) if item.kind == MASKED and item.drawing.view == "training"]
    assert training.prompt == (
        "Training: one box is hidden. It gets \u201chourly dump\u201d from Product feed, and it sends"
        " \u201csound products\u201d to Lookup tree. What belongs there?"
    )
    assert training.answer.key == "Attribute cleaner"


def test_a_box_that_another_text_names_is_not_masked():
    told = msgspec.structs.replace(TRAINING, caption="The attribute cleaner, the joiner, the trainer and the rows.")
    asked = [item for item in ladder(msgspec.structs.replace(SHOP, views=[told, SHOP.views[0]])) if item.kind == MASKED]
    assert [item.drawing.view for item in asked] == ["serving"]


def test_on_a_loop_nothing_is_put_in_order():
    boxes = tuple(f"{name}|Part {name}|model|Turns" for name in "abcde")
    ring = view(
        "ring", "Ring", boxes, ("a>b|batch|one", "b>c|batch|two", "c>d|batch|three", "d>e|batch|four", "e>a|batch|five")
    )
    asked = ladder(msgspec.structs.replace(SHOP, views=[ring]))
    assert not [item for item in asked if item.kind == "order"]


@pytest.mark.parametrize(("two_headed", "parts"), [("a>b", "bcde"), ("d>e", "abcd"), ("", "abcde"), ("b>c", "")])
def test_no_arrow_with_two_heads_is_on_a_way_that_is_put_in_order(two_headed, parts):
    boxes = tuple(f"{name}|Part {name}|model|Turns" for name in "abcde")
    row = view("row", "Row", boxes, ("a>b|batch|one", "b>c|batch|two", "c>d|batch|three", "d>e|batch|four"))
    edges = [
        msgspec.structs.replace(edge, direction="both") if f"{edge.tail}>{edge.head}" == two_headed else edge
        for edge in row.edges
    ]
    drawn = msgspec.structs.replace(row, edges=edges)
    asked = [
        item for item in ladder(msgspec.structs.replace(SHOP, views=[drawn])) if item.id.startswith("shop/order/row/")
    ]
    assert [[part.removeprefix("Part ") for part in item.answer.parts] for item in asked] == (
        [[*parts]] if parts else []
    )


def test_what_nothing_feeds_is_not_among_those_that_do_not_notice():
    boxes = tuple(f"{name}|Part {name}|data|Keeps rows" for name in ("a", "b", "c", "d", "e", "side", "end"))
    chain = ("a>b|batch|one", "b>c|batch|two", "c>d|batch|three", "d>e|batch|four")

    def asked(*arrows):
        drawn = view("chain", "Chain", boxes, (*chain, *arrows))
        items = ladder(msgspec.structs.replace(SHOP, views=[drawn]))
        return [item for item in items if "/consequence/chain/" in item.id]

    assert asked("side>b|batch|more") == []  # two that are fed do not notice, where three are wanted
    [item] = asked("side>end|batch|other")
    assert {item.answer.key, *item.answer.distractors} == {"Part b", "Part c", "Part e", "Part end"}


def test_who_answers_calls_is_not_starved():
    boxes = ("a|Alpha|data|One", "b|Beta|model|Two", "c|Gamma|model|Three", "d|Delta|data|Four")
    drawn = view("calls", "Calls", boxes, ("a>b|stream|rows", "b>c|batch|sums", "c>d|request|look up"))
    asked = [item for item in ladder(msgspec.structs.replace(SHOP, views=[drawn])) if "/starved/" in item.id]
    assert not [item for item in asked if item.answer.key in {"Gamma", "Delta"}]


def test_failures_of_two_releases_are_no_distractors_for_each_other():
    release = msgspec.structs.replace(SHOP.failures[0], response="The previous version is restored.")
    other = msgspec.structs.replace(SHOP.failures[1], response="The canary is rolled back.")
    asked = ladder(msgspec.structs.replace(SHOP, failures=[release, other, *SHOP.failures[2:]]))
    [item] = [item for item in asked if item.prompt.startswith("The roof leaks")]
    assert not [text for text in item.answer.distractors if "canary" in text]


def test_decisions_of_one_concern_are_no_distractors_for_each_other():
    alike = msgspec.structs.replace(SHOP.decisions[1], why="Timber is delivered at night.")
    asked = ladder(msgspec.structs.replace(SHOP, decisions=[SHOP.decisions[0], alike, *SHOP.decisions[2:]]))
    [item] = [item for item in asked if "/when/" in item.id and "Timber" in item.prompt]
    assert not [text for text in item.answer.distractors if text.startswith("Night")]


def test_a_way_is_the_shortest_and_keeps_to_its_kinds():
    flow = Flow(TRAINING)
    assert [arrow.head for arrow in flow.way("clicks", "trainer", frozenset({"stream", "batch"}))] == [
        "joiner",
        "rows",
        "trainer",
    ]
    assert flow.way("clicks", "trainer", frozenset({"stream"})) == ()
    assert reached({"a": frozenset("b"), "b": frozenset("c"), "c": frozenset()}, "a", without="b") == {"a"}


def cited(used_for, reason, authors="B. Rook"):
    source = msgspec.structs.replace(SHOP.sources[0], used_for=used_for, authors=authors)
    return SubjectWords(msgspec.structs.replace(SHOP, sources=[source])).source(reason)


def test_a_source_is_cited_whose_use_is_said_in_three_fifths_of_its_words():
    use = "amber birch cedar doves eagle flint grass hazel ivory jumps"
    assert cited(use, "Amber, birch, cedar, doves, eagle and flint.")
    assert not cited(use, "Amber, birch, cedar, doves and eagle.")
    assert cited("amber birch cedar doves", "Amber, birch and cedar.")
    assert not cited("amber birch", "Amber and birch.")  # too few to tell


def test_a_source_is_cited_for_less_where_its_authors_are_named():
    assert cited("amber birch cedar doves", "Rook likes amber.")
    assert not cited("amber birch cedar doves", "Rook likes gold.")


def test_a_number_with_an_exponent_is_no_name_of_a_figure():
    rate = msgspec.structs.replace(SHOP.estimate[2], formula="users * visits * 1e-3 / max(-visits, 2.5E+6)")
    asked = ladder(msgspec.structs.replace(SHOP, headline=["rate"], estimate=[*SHOP.estimate[:2], rate]))
    [item] = [item for item in asked if item.id == "shop/estimate/rate"]
    written = "Users \u00d7 Visits a user makes \u00d7 1e-3 \u00f7 max(\u2212Visits a user makes, 2.5E+6)"
    assert item.reason.startswith(f"{written} = ")


def test_small_rules_of_words():
    assert sentence("pCTR is priced") == "pCTR is priced."
    assert sentence("late?") == "Late?"
    assert listed(["one", "two", "three"], "or") == "one, two or three"
    assert content_words("The freshest features") == content_words("fresh feature")
    apart = ["blue sky", "green sea", "dark wood"]
    assert sorted(least_alike("red roof", ["a red roof", *apart], "")) == sorted(apart)


def test_a_deck_has_equal_bytes_and_stable_ids():
    deck = anki_deck(SHOP, ladder(SHOP), VIEWS)
    assert deck == anki_deck(SHOP, ladder(SHOP), VIEWS)
    fewer = anki_deck(SHOP, ladder(SHOP)[1:], VIEWS)
    assert notes(fewer).items() <= notes(deck).items()


def opened(deck):
    archive = zipfile.ZipFile(io.BytesIO(deck))
    base = sqlite3.connect(":memory:")
    base.deserialize(archive.read("collection.anki2"))
    return archive, base


def notes(deck):
    _, base = opened(deck)
    return dict(base.execute("select guid, flds from notes"))


def test_a_deck_has_a_note_a_question_and_its_pictures():
    archive, base = opened(anki_deck(SHOP, ladder(SHOP), VIEWS))
    assert archive.testzip() is None
    assert {entry.compress_type for entry in archive.infolist()} == {zipfile.ZIP_DEFLATED}
    assert base.execute("pragma integrity_check").fetchone() == ("ok",)
    assert len(notes(anki_deck(SHOP, ladder(SHOP), VIEWS))) == len(ladder(SHOP))
    media = json.loads(archive.read("media"))
    assert sorted(media.values()) == ["archfolio-shop-serving.svg", "archfolio-shop-training.svg"]
    assert all(archive.read(number).startswith(b"<svg") for number in media)
    assert not any(re.search(rb"<title|<desc| data-", archive.read(number)) for number in media)
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_a_deck_covers_what_is_hidden_and_escapes_what_is_said():
    fields = [text.split("\x1f") for text in notes(anki_deck(SHOP, ladder(SHOP), VIEWS)).values()]
    [masked] = [one for one in fields if one[-1] == "shop/masked/training/cleaner"]
    cleaner = next(node.box for node in TRAINING.nodes if node.id == "cleaner")
    assert f"left:{cleaner.x / TRAINING.width:.2%}" in masked[1]
    assert masked[2] == "Attribute cleaner"
    [asked] = [one for one in fields if "explain" in one[-1]]
    assert "Why oak &amp; not &lt;i&gt;pine&lt;/i&gt;?" in asked[0]


def test_the_back_of_a_card_takes_the_cover_away():
    _, base = opened(anki_deck(SHOP, ladder(SHOP), VIEWS))
    [model] = json.loads(base.execute("select models from col").fetchone()[0]).values()
    [card] = model["tmpls"]
    assert "<style>.h { display: none; }</style>" in card["afmt"]
    assert "display: none" not in card["qfmt"] + model["css"]


def test_of_each_deck_the_database_says_nothing_of_this_machine():
    archive, _ = opened(anki_deck(SHOP, ladder(SHOP), VIEWS))
    assert archive.read("collection.anki2")[92:100] == bytes(8)
