import json

from page_reader import Page

from archfolio.gallery.pages.index import index_page
from archfolio.gallery.pages.search_index import FIELDS, search_documents


def test_each_family_has_its_heading_and_its_cards(catalog):
    page = index_page(catalog, ())
    assert [(family.title, [card.title for card in family.cards]) for family in page.families][:2] == [
        ("End-to-end systems", ["Movie recommender"]),
        ("Applied systems", ["Spam filter"]),
    ]
    assert page.families[2].title == "Drawings"


def test_a_card_says_the_essentials(catalog):
    card = index_page(catalog, ()).families[0].cards[0]
    assert card.summary == ("Choose 24 films for one viewer within 200 ms, at 34.7\u202fk/s.",)
    assert [fact.figure for fact in card.facts] == ["34.7\u202fk/s", "72", "200\u202fms"]
    assert card.remarks == ("No. 1 in interviews", "2 drawings")


def test_tags_are_counted(catalog):
    pattern = index_page(catalog, ()).facets[1]
    assert [(tag.name, tag.count) for tag in pattern.tags] == [
        ("retrieval-ranking funnel", 1),
        ("streaming features", 2),
    ]


def test_the_order_of_interviews_is_offered_where_there_is_one(catalog):
    assert [sort.href for sort in index_page(catalog, ()).sorts] == ["place", "asked", "title"]


def test_the_library_is_loaded_where_it_is(catalog):
    assert "vendor/minisearch.min.js" in index_page(catalog, {"vendor/minisearch.min.js"}).frame.scripts
    assert "vendor/minisearch.min.js" not in index_page(catalog, ()).frame.scripts


def test_cards_carry_their_tags_for_scripts(site):
    cards = Page(site["index.html"]).all("li", class_="card")
    assert json.loads(cards[0][0]["data-tags"]) == [
        "recommendation",
        "retrieval-ranking funnel",
        "streaming features",
        "events",
    ]


def test_the_search_knows_systems_drawings_components_and_sources(catalog):
    found = search_documents(catalog)
    records = [dict(zip(FIELDS, record, strict=True)) for record in found["records"]]
    assert {record["kind"] for record in records} == {"system", "drawing", "component", "source"}
    kafka = next(record for record in records if record["title"] == "Kafka")
    assert kafka["href"] == "components/onprem.queue.Kafka.html"
    assert [found["slugs"][number] for number in kafka["systems"]] == ["movie-recommender", "spam-filter"]
    assert "Serving log" in kafka["more"]


def test_a_source_of_two_systems_is_found_once(tiny):
    from msgspec.structs import replace  # noqa: PLC0415

    from archfolio.gallery.catalog import Catalog  # noqa: PLC0415

    twin = next(system for system in tiny.systems if system.slug == "movie-recommender")
    both = replace(tiny, systems=[twin, replace(twin, slug="twin", title="Twin")])
    sources = [record for record in search_documents(Catalog(both))["records"] if record[0] == "source"]
    assert (sources[0][1], sources[0][-1]) == ("A paper on films", [0, 1])
