import json

from msgspec import structs
from page_reader import Page

from archfolio.gallery.manifest import Tags
from archfolio.gallery.pages.index import index_page
from archfolio.gallery.site import assemble


def test_each_family_has_its_heading_and_its_cards(catalog):
    page = index_page(catalog)
    assert [(family.title, [card.title for card in family.cards]) for family in page.families][:2] == [
        ("End-to-end systems", ["Movie recommender"]),
        ("Applied systems", ["Spam filter"]),
    ]
    assert page.families[2].title == "Drawings"


def test_a_card_says_the_essentials(catalog):
    card = index_page(catalog).families[0].cards[0]
    assert card.summary == ("Choose 24 films for one viewer within 200 ms, at 34.7\u202fk/s.",)
    assert [fact.figure for fact in card.facts] == ["34.7\u202fk/s", "72", "200\u202fms"]
    assert card.remarks == ("No. 1 in interviews", "2 drawings")


def test_tags_are_counted(catalog):
    pattern = index_page(catalog).filters[0].facets[1]
    assert [(tag.name, tag.count) for tag in pattern.tags] == [
        ("retrieval-ranking funnel", 1),
        ("streaming features", 2),
    ]


def test_filters_are_offered_where_there_is_something_to_choose(tiny, read_tiny, site):
    assert len(Page(site["index.html"]).all("details", class_="facets")) == 1
    untagged = structs.replace(tiny, systems=[structs.replace(one, tags=Tags()) for one in tiny.systems])
    assert Page(assemble(untagged, read_tiny)["index.html"]).all("details", class_="facets") == []


def test_the_order_of_interviews_is_offered_where_there_is_one(catalog):
    assert [sort.href for sort in index_page(catalog).sorts] == ["place", "asked", "title"]


def test_cards_carry_their_tags_for_scripts(site):
    cards = Page(site["index.html"]).all("li", class_="card")
    assert json.loads(cards[0][0]["data-tags"]) == [
        "recommendation",
        "retrieval-ranking funnel",
        "streaming features",
        "events",
    ]
