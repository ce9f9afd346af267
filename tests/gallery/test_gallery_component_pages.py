import json

from msgspec.structs import replace
from page_reader import Page

from archfolio.gallery.catalog import Catalog
from archfolio.gallery.pages.compare import compare_page
from archfolio.gallery.pages.components import component_page, components_page


def test_concepts_come_first(tiny):
    before = [replace(part, provider="aws") if part.provider == "custom" else part for part in tiny.components]
    providers = components_page(Catalog(replace(tiny, components=before))).providers
    assert [provider.title for provider in providers] == ["Concepts", "AWS", "Self-hosted software"]


def test_components_stand_by_who_makes_them_and_by_name(catalog):
    providers = components_page(catalog).providers
    assert [provider.title for provider in providers] == ["Concepts", "Own icons", "Self-hosted software"]
    assert [entry.title for entry in providers[2].entries] == ["Kafka", "Redis", "Users"]


def test_a_component_lists_the_systems_that_use_it_and_neighbours(catalog):
    page = component_page(catalog.components["onprem.queue.Kafka"], catalog)
    assert page.lead == "In 2 systems, 3 drawings, 3 times in all."
    assert [home.subject.text for home in page.first_uses] == ["Movie recommender", "Spam filter"]
    assert [(entry.title, entry.count) for entry in page.neighbours[0]] == [("Ranker", "3 arrows")]
    assert page.first_uses[0].appearances[0].view.href == "../systems/movie-recommender.html#view=serving&node=log"


def test_an_icon_says_on_which_ground_it_needs_a_plate(site):
    assert 'class="plate-dark"' in site["components/onprem.queue.Kafka.html"].decode()


def test_without_scripts_the_comparison_is_a_table(site):
    page = Page(site["compare.html"])
    assert "Movie recommender" in page.texts("th", scope="row")
    assert "200 ms" in page.texts("td", class_="number")


def test_the_comparison_knows_the_views_of_every_system(catalog):
    page = compare_page(catalog)
    assert [[view.text for view in system.views] for system in page.systems] == [
        ["Serving", "Training"],
        ["Serving"],
        ["A & B </script>"],
    ]
    assert [system.components for system in page.systems] == [4, 3, 2]


def test_what_is_compared_of_a_system_is_a_script_of_its_own(site, movies):
    name, _, data = site["compare/movie-recommender.js"].decode().strip().removesuffix(");").partition(", ")
    assert name == 'takeSystem("movie-recommender"'
    said = json.loads(data)
    assert [view["slug"] for view in said["views"]] == [view.slug for view in movies.views]
    assert said["answers"]["Promise"] == ["200\u202fms, p99 at the API"]
    assert said["components"]["onprem.queue.Kafka"] == {"title": "Kafka", "href": "components/onprem.queue.Kafka.html"}


def test_the_comparison_holds_of_each_system_only_a_row(site, movies, plain):
    page = site["compare.html"].decode()
    for system in (movies, plain):
        assert all(view.alt not in page for view in system.views if view.alt)
