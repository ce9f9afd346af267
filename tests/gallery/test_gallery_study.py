"""The study part: what its pages say, and that a gallery without one has none of them."""

import msgspec
import pytest
from conftest import TINY
from page_reader import Page, check_links

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.cheat_sheets import filled_sheets
from archfolio.gallery.named_places import place_named
from archfolio.gallery.pages.sources import organisations
from archfolio.gallery.site import assemble
from archfolio.gallery.unchanged import unchanged

STUDY = (
    *("study.html", "paths.html", "reference.html", "sources.html", "contents.html", "study/takeaways.html"),
    *("study/monitoring.html", "study/reliability.html", "study/cheat-sheet.html"),
)


def hrefs(site, path):
    return [attributes["href"] for attributes, _ in Page(site[path]).all("a")]


def source_part(source, start, end):
    """Read a part of a page alone, from one tag to another."""
    text = source.decode()
    at = text.index(start)
    return Page(text[at : text.index(end, at) + len(end)])


def rows(site, path):
    """List the rows of the tables in the main part of a page."""
    return source_part(site[path], "<main", "</main>").texts("tr")


def test_every_page_of_the_study_part_is_made_and_says_that_it_belongs_to_it(site):
    for path in STUDY:
        current = [text for attributes, text in Page(site[path]).all("a") if attributes.get("aria-current") != "false"]
        assert "Study" in current, path


def test_a_gallery_of_which_nothing_is_said_has_no_such_page_and_no_way_to_one(tiny, read_tiny):
    plain = assemble(msgspec.structs.replace(tiny, study=None), read_tiny)
    assert not [path for path in plain if path in STUDY or path.startswith("study/")]
    assert all("study.html" not in content.decode() for path, content in plain.items() if path.endswith(".html"))
    check_links(plain, {path.relative_to(TINY).as_posix() for path in TINY.rglob("*.*")})


def test_a_gallery_that_gets_a_study_part_renders_every_page_again(tiny):
    without = msgspec.structs.replace(tiny, study=None)
    assert unchanged(without, tiny) == frozenset()
    assert unchanged(tiny, tiny) == {system.slug for system in tiny.systems}


@pytest.mark.parametrize(
    ("text", "title", "address"),
    [
        ("movie-recommender", "Movie recommender", "systems/movie-recommender.html"),
        (
            "movie-recommender#estimate",
            "Movie recommender \u203a Scale estimate",
            "systems/movie-recommender.html#estimate",
        ),
        (
            "movie-recommender/serving",
            "Movie recommender \u203a Serving",
            "systems/movie-recommender.html#view=serving",
        ),
        (
            "movie-recommender/serving/Ranker",
            "Ranker \u203a Movie recommender, Serving",
            "systems/movie-recommender.html#view=serving&node=online/ranker",
        ),
        (
            "movie-recommender decision: Features logged",
            "Features logged when served \u203a Movie recommender",
            "systems/movie-recommender.html#decision-1",
        ),
        (
            "movie-recommender failure: GPU",
            "GPU overload \u203a Movie recommender",
            "systems/movie-recommender.html#failure-1",
        ),
        ("page:paths#two-days", "Path: Two days", "paths.html#two-days"),
        ("page:monitoring", "Monitoring", "study/monitoring.html"),
    ],
)
def test_a_place_has_a_name_and_an_address(catalog, text, title, address):
    place = place_named(text, catalog)
    assert (place.title, place.address) == (title, address)


def test_what_is_not_there_is_no_place(catalog):
    absent = [
        *("nothing", "movie-recommender/nothing", "movie-recommender/serving/Nothing", "page:nothing"),
        *("movie-recommender decision: Nothing", "movie-recommender failure: Nothing", "nothing decision: A", ""),
    ]
    assert [text for text in absent if place_named(text, catalog)] == []


def test_a_step_leads_to_its_place_and_one_whose_place_is_not_there_yet_stays_words(site):
    page = Page(site["paths.html"])
    steps = [attributes["data-step"] for attributes, _ in page.all("li") if "data-step" in attributes]
    assert steps[:3] == [
        "first-steps/1/movie-recommender/serving",
        "first-steps/1/movie-recommender/serving/Ranker",
        "first-steps/1/not-written-yet",
    ]
    assert len(set(steps)) == len(steps) == 7
    assert 'Read about rankers & <b>"towers"</b>.' in page.texts("p")
    assert "systems/movie-recommender.html#view=serving" in hrefs(site, "paths.html")


def test_a_topic_gathers_what_its_systems_say(site):
    page = Page(site["study/monitoring.html"])
    assert {"Movie recommender", "Spam filter"} <= set(page.texts("h2"))
    assert "Component: 4 places in 2 systems." in page.texts("p")
    assert {"Failure mode Stale features", "Decision Features logged when served"} <= set(page.texts("p"))
    assert any(text.startswith("Detection ") for text in page.texts("p"))
    assert any(text.startswith("Revisit when ") for text in page.texts("p"))
    assert "../systems/movie-recommender.html#failure-0" in hrefs(site, "study/monitoring.html")


def test_a_decision_can_be_linked_to_on_its_systems_page(site):
    ids = Page(site["systems/movie-recommender.html"]).attributes("id")
    assert {"decision-0", "decision-1", "failure-0", "failure-1"} <= set(ids)


def test_a_constant_says_which_estimates_hang_on_it(site):
    page = Page(site["reference.html"])
    [peak] = page.texts("tr", id="constant-peak")
    assert peak == 'Peak over averageone country3 A. Author, "Peaks" 2020Movie recommender'
    [memory] = page.texts("tr", id="constant-memory")
    assert memory.endswith("2024")
    assert "systems/movie-recommender.html#figure-peak_factor" in hrefs(site, "reference.html")
    assert not [href for href in hrefs(site, "reference.html") if href.startswith("javascript")]


def test_the_method_is_worked_with_the_figures_of_the_calculator(site):
    assert "10 M users make 200 M requests a day." in Page(site["reference.html"]).texts("p")


def test_a_drill_gives_inputs_and_hides_the_arithmetic(site):
    page = Page(site["reference.html"])
    [(drill, _)] = [(attributes, text) for attributes, text in page.all("li") if "data-drill" in attributes]
    assert (drill["data-value"], drill["data-unit"]) == ("72.0", "host")
    [answer] = [text for text in page.texts("details") if text.startswith("Answer")]
    assert answer.startswith(
        "Answer Average visit rate = Daily active users \u00d7 Visits per user= 50 M \u00d7 20/day = 11.6 k/s"
    )
    assert "= 72" in answer
    given = source_part(site["reference.html"], '<dl class="given">', "</dl>")
    pairs = list(zip(given.texts("dt"), given.texts("dd"), strict=True))
    assert pairs == [
        ("Daily active users", "50 M user"),
        ("Visits per user", "20/day"),
        ("Peak over average", "3"),
        ("Rate per host at safe load", "2,000/s"),
    ]


def test_a_drill_does_not_follow_the_calculator_although_figures_share_names(site):
    page = Page(site["reference.html"])
    bound = {attributes["data-figure"] for attributes, _ in page.all("span") if "data-figure" in attributes}
    assert bound == {"users", "requests", "speed", "daily", "machines"}


def test_sources_are_listed_once_with_what_each_was_used_for(site):
    page = Page(site["sources.html"])
    entries = [(attributes, text) for attributes, text in page.all("li") if "data-narrow" in attributes]
    assert [attributes["data-year"] for attributes, _ in entries] == ["2020", "2016"]
    assert entries[1][1] == "A paper on films P. Author, RecSys Movie recommender: candidate counts"
    assert entries[1][0]["data-system"] == "movie-recommender"


@pytest.mark.parametrize(
    ("authors", "whose"),
    [
        ("Q. N. Le, K. Kaehler (Roblox)", ("Roblox",)),
        ("X. He et al. (Facebook)", ("Meta",)),
        ("Z. Bar-Yossef, N. Kraus (Google, Technion)", ("Google", "Technion")),
        ("NVIDIA", ("NVIDIA",)),
        ("Uber Engineering", ("Uber",)),
        ("OCC, Federal Reserve, FDIC", ("OCC", "Federal Reserve", "FDIC")),
        ("Amazon Web Services", ("AWS",)),
        ("I. Fellegi, A. Sunter", ()),
        ("Greshake et al.", ()),
    ],
)
def test_the_organisation_of_a_source_is_read_from_its_authors(authors, whose):
    assert organisations(authors) == whose


def test_cells_of_a_cheat_sheet_quote_figures_sections_and_references(catalog):
    [sheet] = filled_sheets(catalog)
    rates, constants = sheet.tables
    metric = next(system for system in catalog.systems if system.slug == "movie-recommender").metrics.offline[0]
    assert [(row.name, row.cells) for row in rates.rows] == [
        ("Movie recommender", ("34.7\u202fk/s", "200\u202fms", metric))
    ], "the row of a system that is not there is left out"
    assert [(row.name, row.cells) for row in constants.rows] == [("GPU", ("80\u202fGB",))]


def test_a_cheat_sheet_follows_its_figures(tiny):
    systems = [
        msgspec.structs.replace(
            system,
            estimate=[
                msgspec.structs.replace(one, shown="7/s") if one.name == "peak" else one for one in system.estimate
            ],
        )
        for system in tiny.systems
    ]
    [sheet] = filled_sheets(Catalog(msgspec.structs.replace(tiny, systems=systems)))
    assert sheet.tables[0].rows[0].cells[0] == "7/s"


def test_the_contents_name_a_place_or_a_reason(site):
    assert rows(site, "contents.html")[1:] == [
        "RecommendationMovie recommenderMovie recommender \u203a Scale estimate",
        "OpinionsNothing to draw.",
    ]
