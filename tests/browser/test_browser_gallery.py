"""Every page of the gallery of this repository: what is promised of the small one holds for each of its systems."""

import pytest

from archfolio.gallery import manifest

SMALLEST = 9  # px, of a name on the stage of a laptop
LONGEST = 6000  # px, of a page on a phone before anything is folded out

FIRST_DRAWING = """() => {
  const view = document.querySelector(".view:not([hidden])");
  const svg = view.querySelector(".stage svg");
  const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
  const parts = [...view.querySelectorAll(".node, .cluster, .edge")].map((part) => part.getBoundingClientRect());
  const names = [...view.querySelectorAll(".node")].map((node) => node.querySelector("text")).filter(Boolean);
  const stage = view.querySelector(".stage").getBoundingClientRect();
  return {
    names: Math.min(...names.map((name) => parseFloat(getComputedStyle(name).fontSize) * scale)),
    inStage: parts.every((part) => part.left >= stage.left && part.right <= stage.right + 1
      && part.top >= stage.top && part.bottom <= stage.bottom + 1),
    bottom: stage.bottom,
    page: document.documentElement.scrollHeight,
  };
}"""


@pytest.fixture
def first_drawings(visit, gallery):
    """Look at the first drawing of each system in a window of that size."""

    def look(width, height):
        found = {}
        page = visit("index.html", base=gallery.as_uri(), viewport={"width": width, "height": height})
        for system in manifest.read(gallery).systems:
            page.goto(f"{gallery.as_uri()}/systems/{system.slug}.html")
            found[system.slug] = page.evaluate(FIRST_DRAWING)
        return found

    return look


def test_a_laptop_shows_each_first_drawing_whole_and_its_names_can_be_read(first_drawings):
    seen = first_drawings(1440, 900)
    assert [slug for slug, one in seen.items() if not one["inStage"] or one["bottom"] > 900] == []
    assert {slug: one["names"] for slug, one in seen.items() if one["names"] < SMALLEST} == {}


def test_a_phone_shows_each_first_drawing_whole_on_a_page_that_ends(first_drawings):
    seen = first_drawings(390, 844)
    assert [slug for slug, one in seen.items() if not one["inStage"] or one["bottom"] > 844] == []
    assert {slug: one["page"] for slug, one in seen.items() if one["page"] > LONGEST} == {}
