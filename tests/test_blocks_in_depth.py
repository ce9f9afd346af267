"""Every one of our building blocks teaches what it is there for, and what it says hangs together."""

import contextlib
import re
from pathlib import Path

import pytest
from in_depth import depends_on, words

from archfolio import ASSUMPTION, BuildingBlock
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.vocabulary import BUILDING_BLOCKS

SYSTEMS = Path(__file__).parent.parent / "systems"
SCRIPTS = {script.slug: script for script in discover(SYSTEMS) if script.group == "blocks"}
SHARE = re.compile(r"\b(of|over|relative|load|in|per|for|by|that|each|share)\b|utilisation", re.IGNORECASE)


@pytest.fixture(scope="module", params=SCRIPTS)
def captured(request):
    with contextlib.chdir(SYSTEMS):
        return capture(SCRIPTS[request.param])


@pytest.fixture
def block(captured):
    assert captured.failures == ()
    assert isinstance(captured.subject, BuildingBlock)
    return captured.subject


def test_every_block_that_systems_name_is_there():
    assert set(SCRIPTS) == set(BUILDING_BLOCKS)


def test_it_is_called_as_systems_call_it(captured):
    assert captured.title == BUILDING_BLOCKS[captured.script.slug]


def test_its_place_in_the_guide_is_its_own(captured, block):
    assert block.position == list(BUILDING_BLOCKS).index(captured.script.slug) + 1


def test_it_says_its_purpose_and_what_is_hard(captured):
    assert 8 <= words(captured.summary) <= 40
    assert captured.problem


def test_terms_are_defined_in_a_sentence_and_some_in_a_formula(block):
    assert 6 <= len(block.terms) <= 11
    lengths = {term.name: words(term.definition) for term in block.terms}
    assert {name: count for name, count in lengths.items() if not 8 <= count <= 60} == {}
    assert sum(term.formula is not None for term in block.terms) >= 2
    assert len({term.name for term in block.terms}) == len(block.terms)


def test_calculators_have_inputs_and_say_how_to_read_them(block):
    assert 1 <= len(block.calculators) <= 4
    for calculator in block.calculators:
        assert all(block.estimate[name].formula for name in calculator.results), calculator.title
        assert words(calculator.reading) >= 15, calculator.title


def test_every_figure_stands_in_a_calculator(block):
    figures = dict(block.estimate)
    reached = {name for one in block.calculators for result in one.results for name in depends_on(figures, result)}
    assert set(figures) - reached == set()


def test_a_percentage_says_what_it_is_a_share_of(block):
    assumed = [figure for figure in block.estimate.values() if figure.source == ASSUMPTION]
    assert [one.label for one in assumed if one.unit == "percent" and not SHARE.search(one.label)] == []


def test_options_are_compared_and_win_somewhere(block):
    for table in block.tables:
        assert len(table.options) >= 2, table.title
        assert all(words(option.wins_when) >= 2 for option in table.options), table.title


def test_the_checklist_can_be_tested_line_by_line(block):
    assert 8 <= len(block.checklist) <= 30
    assert {line: words(line) for line in block.checklist if not 4 <= words(line) <= 40} == {}
    assert len(set(block.checklist)) == len(block.checklist)


def test_anti_patterns_show_and_are_cured(block):
    assert 3 <= len(block.anti_patterns) <= 6
    for one in block.anti_patterns:
        assert words(one.symptom) >= 4, one.name
        assert words(one.cure) >= 4, one.name


def test_questions_are_for_every_level_and_answered_in_a_minute(block):
    assert len(block.questions) >= 5
    assert {question.level for question in block.questions} == {"mid", "senior", "staff"}
    lengths = {question.question: words(question.answer) for question in block.questions}
    assert {question: count for question, count in lengths.items() if not 40 <= count <= 95} == {}


def test_drawings_are_few_and_their_first_can_be_taken_in(captured):
    assert 2 <= len(captured.drawings) <= 6


def test_systems_have_it_in_several_places(block):
    systems = {use.where.partition("/")[0] for use in block.used_by}
    assert len(block.used_by) >= 4
    assert len(systems) >= 3


def test_sources_are_enough(block):
    assert 6 <= len(block.sources) <= 14
