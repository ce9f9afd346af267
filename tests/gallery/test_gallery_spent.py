"""Stages of the budget are matched to the steps that spend them, in their order."""

import pytest
from msgspec.structs import replace

from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.pages.spent import stages_after_steps
from archfolio.gallery.sections import Budget, Stage


@pytest.fixture
def with_stages(movies):
    def made(*stages):
        budget = Budget(what="p99", promise=200, total=100, stages=[Stage(name=n, share=s) for n, s in stages])
        return replace(movies, budget=budget)

    return made


def after(system, *sentences):
    view = system.views[0]
    steps = [replace(view.steps[0], number=n, sentence=text, edges=[]) for n, text in enumerate(sentences, 1)]
    return stages_after_steps(system.budget, replace(view, steps=steps), quantities_by_name(system))


def test_a_share_or_common_words_bind_a_stage_to_a_step(with_stages):
    system = with_stages(("Read the profile", 15), ("Candidate retrieval from the index", 30), ("Ranking", 45))
    said = "The profile arrives.", "Candidates are retrieved from the index.", "One batch is scored in 45 ms."
    assert after(system, *said) == [0, 2, 3]


def test_the_order_of_stages_is_kept(with_stages):
    system = with_stages(("First", 10), ("Second", 20))
    assert after(system, "This takes 20 ms.", "This takes 10 ms.") in ([0, 1], [2, 2])


def test_network_and_slack_are_over_with_the_last_stage(with_stages):
    system = with_stages(("Rank", 45), ("Network hops and slack", 15))
    assert after(system, "A page is asked for.", "It is ranked in 45 ms.", "It is logged.") == [0, 2, 2]


def test_nothing_is_said_where_too_little_can_be_told(with_stages):
    system = with_stages(("Alpha", 1), ("Beta", 2), ("Gamma", 3))
    assert after(system, "Something else happens.", "And then more.") == []


def test_without_a_budget_nothing_is_spent(movies):
    assert after(replace(movies, budget=None), "One step.") == []
