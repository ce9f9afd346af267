import json

import pytest
from msgspec.structs import replace
from page_reader import Page

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.export.snippets import TARGETS
from archfolio.gallery.pages.loaded_scripts import MOST_ELSEWHERE, uses_script
from archfolio.gallery.pages.system import system_page
from archfolio.gallery.pages.view import texts_to_embed


@pytest.fixture(scope="module")
def page(site):
    return Page(site["systems/movie-recommender.html"])


def test_sections_stand_in_reading_order(page):
    assert [text.removesuffix(" #") for text in page.texts("h2")] == [
        "Drawings",
        "Problem",
        "Requirements",
        "Qualities and targets",
        "Latency budget",
        "Scale estimate",
        "Decisions",
        "Failure modes",
        "Metrics",
        "Building blocks",
        "Sources",
        "Python source",
        "Keyboard",
    ]


def test_a_plain_script_has_its_drawings_and_its_source_only(site):
    page = Page(site["systems/plain-script.html"])
    assert [text.removesuffix(" #") for text in page.texts("h2")] == ["Drawings", "Python source", "Keyboard"]


def test_the_outline_links_every_section(catalog, movies, read_tiny):
    page = system_page(movies, catalog, read_tiny)
    assert [link.href for link in page.outline][:3] == ["#drawings", "#problem", "#requirements"]
    assert len(page.outline) == 12


def test_figures_that_texts_quote_are_put_in(page):
    assert "Choose 24 films for one viewer within 200 ms, at 34.7 k/s." in page.texts("p", class_="summary")


def test_each_drawing_is_in_the_page_with_its_words(page):
    drawings = page.all("svg", class_="archfolio")
    assert drawings[0][0]["aria-label"].startswith("Viewers ask the ranker")
    assert [attributes["id"] for attributes, _ in page.all("section", class_="view")] == [
        "view=serving",
        "view=training",
    ]


def test_the_walkthrough_is_a_numbered_list(page):
    steps = [
        (attributes["id"], text) for attributes, text in page.all("li") if attributes.get("id", "").startswith("view=")
    ]
    assert steps[0] == ("view=serving&step=1", "The page asks at 34.7 k/s.")
    assert len(steps) == 3


def test_lines_and_boxes_are_linked_both_ways(page):
    hrefs = page.attributes("href")
    assert "#L19" in hrefs
    assert "#view=serving&node=online/ranker" in hrefs
    assert page.texts("a", class_="draws")[:2] == ["Viewers", "Ranker"]


def test_each_text_to_embed_stands_once_with_all_that_take_it(movies):
    texts = texts_to_embed(movies, movies.views[0])
    assert len({one.text for one in texts}) == len(texts)
    named = {one.title: one.hints for one in texts}
    assert named["GitHub, Jupyter, VS Code"] == (
        "GitHub: Copy the file beside the note, or write its path from there.",
        "Jupyter: For a Markdown cell.",
        "VS Code: The file must be in the workspace.",
    )
    assert named["Obsidian"] == ("Put the file into the vault.",)
    titles = [target.title for target in TARGETS.values()]
    assert sorted(", ".join(named).split(", ")) == sorted(titles)


def test_downloads_say_their_size(page):
    downloads = [text for attributes, text in page.all("li") if not attributes]
    assert "PNG 2x 384 kB" in downloads
    assert "PNG 143 kB" in downloads


def test_systems_lead_to_the_one_before_and_after(site):
    page = Page(site["systems/spam-filter.html"])
    assert page.texts("a", rel="prev") == ["PreviousMovie recommender"]
    assert page.texts("a", rel="next")[0].startswith("NextPlain")


def test_the_data_of_a_page_can_be_read_back(page):
    data = json.loads(page.texts("script", id="system-data")[0])
    assert data["views"]["serving"]["nodes"]["online/ranker"]["line"] == 19
    assert data["figures"][0]["factor"] == 1.0


def uses(catalog):
    name, _, data = uses_script(catalog).decode().strip().removesuffix(");").partition(", ")
    assert name == 'takeUses("uses"'
    return json.loads(data)


def test_one_script_of_the_gallery_knows_where_components_stand(catalog):
    ranker = uses(catalog)["components"]["concept.Ranker"]
    href = "systems/spam-filter.html#view=serving&node=scorer"
    there = {"slug": "spam-filter", "text": "Spam filter", "as": "as Scorer in Serving", "href": href}
    assert (ranker["count"], there in ranker["first"]) == (2, True)


def test_it_names_as_many_systems_as_a_panel_lists_and_one_for_its_own(catalog, movies):
    many = [replace(movies, slug=f"movies-{number:02}", title=f"Movies {number:02}") for number in range(30)]
    said = uses(Catalog(replace(catalog.manifest, systems=many)))
    ranker = said["components"]["concept.Ranker"]
    assert (said["most"], ranker["count"]) == (MOST_ELSEWHERE, 30)
    assert [other["text"] for other in ranker["first"]] == [f"Movies {n:02}" for n in range(MOST_ELSEWHERE + 1)]


def test_a_page_holds_nothing_of_where_else_its_components_stand(page):
    data = json.loads(page.texts("script", id="system-data")[0])
    assert "spam-filter" not in json.dumps(data["components"])


def test_a_view_without_svg_asks_for_a_build(catalog, movies, read_tiny):
    bare = replace(movies, views=[replace(movies.views[0], files=[])])
    with pytest.raises(ValueError, match="build again"):
        system_page(bare, catalog, read_tiny)
