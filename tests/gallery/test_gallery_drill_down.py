"""A box leads to the drawing that shows it in detail, and that drawing back."""

import pytest
from msgspec.structs import replace

from archfolio.gallery.drill_down import details, within
from archfolio.gallery.sections import Place


@pytest.fixture
def with_training(movies):
    """The movies, whose second drawing is changed."""

    def made(**changes):
        first, second = movies.views[:2]
        return replace(movies, views=[first, replace(second, **changes)])

    return made


def test_a_drawing_that_is_titled_as_a_box_shows_it_in_detail(with_training):
    system = with_training(title="Ranker")
    serving, training = system.views
    ranker = next(node for node in serving.nodes if node.name == "Ranker")
    assert details(system, serving, ranker) == ["training"]
    assert [(link.text, link.href) for link in within(system, training)] == [
        ("Serving \u203a Ranker", "#view=serving&node=online/ranker")
    ]


def test_an_author_says_which_group_a_drawing_shows(with_training):
    system = with_training(details=Place(text="serving/Online", view="serving", node="online"))
    serving, training = system.views
    inside = [node.id for node in serving.nodes if details(system, serving, node)]
    assert inside == [node.id for node in serving.nodes if node.cluster == "online"] != []
    assert [link.href for link in within(system, training)] == ["#view=serving"]


def test_what_nothing_shows_in_detail_leads_nowhere(movies):
    serving = movies.views[0]
    assert all(details(movies, serving, node) == [] for node in serving.nodes)
    assert within(movies, serving) == ()
