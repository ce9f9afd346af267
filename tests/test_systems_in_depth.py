"""Every one of our systems says all that a design review and an interview ask, and what it says hangs together."""

import contextlib
import math
import re
from itertools import permutations
from pathlib import Path

import pytest
from in_depth import depends_on, words

from archfolio import ASSUMPTION, Parallel
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture
from archfolio.units import Amount, MismatchError, parse_unit

SYSTEMS = Path(__file__).parent.parent / "systems"
SCRIPTS = {script.slug: script for script in discover(SYSTEMS) if not script.group}
SECTIONS = (
    *("interview", "framing", "clarifications", "requirements", "estimate", "headline", "cost", "budget", "labels"),
    *("training_example", "features", "loss", "evaluation", "biases", "decisions", "failures", "metrics"),
    *("follow_ups", "case_studies", "five_minutes", "interview_plan", "building_blocks", "sources"),
)
UNASKED = {"interview"}  # the guide ranks its fifteen end-to-end systems only


@pytest.fixture(scope="module", params=SCRIPTS)
def captured(request):
    with contextlib.chdir(SYSTEMS):
        return capture(SCRIPTS[request.param])


@pytest.fixture
def system(captured):
    return captured.system


def test_has_every_section(system):
    missing = [name for name in SECTIONS if not getattr(system, name)]
    assert set(missing) <= UNASKED


def test_draws_its_model(captured):
    [model] = [drawing.graph for drawing in captured.drawings if drawing.graph.slug == "model"]
    parts = {node.component for node in model.nodes}
    assert parts & {"concept.Head", "concept.LossFunction", "concept.PromptPart"}


def test_follow_up_questions_are_for_every_level_and_are_answered_in_a_minute(system):
    assert len(system.follow_ups) >= 8
    assert {question.level for question in system.follow_ups} == {"mid", "senior", "staff"}
    lengths = {question.question: words(question.answer) for question in system.follow_ups}
    assert {question: count for question, count in lengths.items() if not 40 <= count <= 95} == {}


def test_decisions_say_why_and_what_lost(system):
    for decision in system.decisions:
        assert 15 <= words(decision.why) <= 70, decision.chosen
        assert decision.rejected, decision.chosen
        assert words(decision.revisit_when) >= 3, decision.chosen
    assert sum(len(decision.rejected) >= 2 for decision in system.decisions) >= len(system.decisions) / 2


def test_failures_are_sentences(system):
    for mode in system.failures:
        assert all(words(text) >= 3 for text in (mode.failure, mode.detection, mode.response)), mode.failure


def test_budget_stages_are_formulas_of_the_estimate(system):
    def formulas(stages):
        for name, said in stages.items():
            if isinstance(said, Parallel):
                yield from formulas(said.branches)
            else:
                yield name, said

    named = [("promise", system.budget.promise), *formulas(system.budget.stages)]
    literal = [name for name, said in named if not set(re.findall(r"[a-z_]\w*", str(said))) & set(system.estimate)]
    assert literal == []


def test_a_percentage_says_what_it_is_a_share_of(system):
    bare = [
        figure.label
        for figure in system.estimate.values()
        if figure.unit == "percent"
        and not re.search(r"\bof\b|\bover\b|\brelative\b|\bload\b|, in\b|utilisation", figure.label, re.IGNORECASE)
    ]
    assert bare == []


def test_no_assumption_is_the_result_of_others(system):
    """A value typed in that is a product or quotient of others breaks the chain: what it hangs on may be changed."""
    figures = dict(system.estimate)
    counted = {word for figure in figures.values() for word in re.findall(r"[A-Za-z_]+", figure.unit)}
    amounts = {name: Amount(figure.value, parse_unit(figure.unit, counted)) for name, figure in figures.items()}
    below = {name: depends_on(figures, name) for name in figures}
    posing = []
    for name, figure in figures.items():
        digits = f"{figure.value:.6g}".replace(".", "").partition("e")[0].strip("0")
        if (
            figure.source != ASSUMPTION
            or len(digits) < 3
            or not amounts[name].unit.dimension
            or math.log2(figure.value).is_integer()
        ):
            continue  # 50, 2.5 and 128 are as likely typed as computed
        free = [other for other in figures if name not in below[other] and amounts[other].value]
        for one, other in permutations(free, 2):
            for result in (amounts[one] * amounts[other], amounts[one] / amounts[other]):
                try:
                    value = result.to(amounts[name].unit).value
                except MismatchError:
                    continue
                if abs(value / figure.value - 1) < 0.002:
                    posing.append((name, one, other))
    assert posing == []


def test_case_studies_and_sources_are_enough(system):
    assert 2 <= len(system.case_studies) <= 4
    assert len(system.sources) >= 5


def test_the_spoken_answer_takes_five_minutes_at_a_speaking_pace(system):
    assert 450 <= sum(words(phase.text) for phase in system.five_minutes) <= 850
