"""Old addresses of renamed views lead on."""

from pathlib import Path

import msgspec
import pytest

from archfolio.gallery import manifest
from archfolio.gallery.site import assemble

TINY = Path(__file__).parents[1] / "gallery" / "tiny"
MOVIES = "systems/movie-recommender.html"
MOVED = {
    "movie-recommender/online": "movie-recommender/serving",
    "movie-recommender/learning": "movie-recommender/training",
    "spam-filter/nightly": "spam-filter/serving",
}


@pytest.fixture
def renamed(visit, tmp_path):
    """Open a page of a gallery in which views were renamed."""
    made = msgspec.structs.replace(manifest.read(TINY), moved=MOVED)
    for path, content in assemble(made, lambda path: (TINY / path).read_text(encoding="utf-8")).items():
        target = tmp_path / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return lambda path: visit(path, base=tmp_path.as_uri())


def title(page):
    return page.locator(".view:visible h3").inner_text()


def test_the_old_address_of_a_view_leads_to_the_new_one(renamed):
    page = renamed(f"{MOVIES}#view=learning")
    assert title(page) == "Training"
    assert page.url.endswith("#view=training")


def test_what_else_the_old_address_names_is_kept(renamed):
    page = renamed(f"{MOVIES}#view=online&node=online/ranker")
    assert page.locator("[data-panel]:visible").get_by_role("heading", name="Ranker").is_visible()
    assert page.url.endswith("#view=serving&node=online/ranker")


def test_an_old_address_is_followed_on_an_open_page_and_back_leads_back(renamed):
    page = renamed(f"{MOVIES}#view=serving")
    page.evaluate("location.hash = '#view=learning'")
    page.wait_for_url("**#view=training")
    assert title(page) == "Training"
    page.go_back()
    page.wait_for_url("**#view=serving")
    assert title(page) == "Serving"


def test_names_that_no_view_had_lead_nowhere_else(renamed):
    for name in ("nightly", "constructor"):  # of another system; of every object
        page = renamed(f"{MOVIES}#view={name}")
        assert title(page) == "Serving"
        assert page.url.endswith(f"#view={name}")
