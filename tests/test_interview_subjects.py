"""Questions, mistakes and mock interviews: what their modules say, what is drawn of it, and what is checked."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archfolio.render.build.layout_all import place_all
from archfolio.render.build.to_manifest import record_subject
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.check.ignores import ignores
from archfolio.render.check.ml_rules import violations_of
from archfolio.render.check.run import judge
from archfolio.render.layout import resume
from archfolio.render.layout.lockfile import record_layout
from archfolio.render.model.graph import Revision
from archfolio.render.paint.title_and_legend import legend

if TYPE_CHECKING:
    from archfolio.render.capture.module import Captured

SYSTEMS = Path(__file__).parents[1] / "systems"
SHOP = '''"""Sell things.

It is hard.
"""
from archfolio import *
from diagrams.onprem.client import Users
from diagrams.onprem.queue import Kafka

SYSTEM = System(title="Shop", estimate=Estimate(
    users=assume("Users", 86_400, "user"),
    visits=assume("Visits", 2, "visit/user/day"),
    rate=derive("Rate", "users * visits", "visit/s"),
))


@view("Serving")
def serving():
    """People ask."""
    people = Users("People", tooltip="Ask")
    ranker = Ranker("Ranker\\nGPU", tooltip="Sorts")
    index = VectorIndex("Index", tooltip="Finds")
    log = Kafka("Log", tooltip="Keeps")
    with step("They ask."):
        people >> request("{rate}") >> ranker >> request("nearest") >> index
    ranker >> stream("lists") >> log
'''
MUSIC = '''"""Design music.

Tracks are short.
"""
from archfolio import *

QUESTION = InterviewQuestion(
    title="Music",
    position=1,
    topic="Ranking",
    nearest="shop/serving",
    why_nearest="A funnel.",
    clarifications=[Clarification("Which?", "Radio."), Clarification("How?", "Fast."), Clarification("Who?", "All.")],
    answer=["One.", "{rate} ask.", "Three."],
    revisions={"visits": assume("Plays", 20, "visit/user/day")},
    compared=["rate"],
)


@view("Serving")
def serving():
    """The shop, for tracks, at {rate}."""
    shop = begin_from("shop/serving")
    with added("Sound places a track."):
        sound = Encoder("Sound encoder", tooltip="Embeds")
        sound >> batch("vectors") >> shop["Index"]
    changed(
        shop["Ranker"], "Ranker\\nskip", tooltip="Skips", because="A skip is the label.",
        edges={shop.edge("People -> Ranker"): "next track"},
    )
    removed(shop["Log"], because="Nothing is kept.")
'''
PLAIN = MUSIC.partition("\n\n@view")[0]


@pytest.fixture
def captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Capture a question beside its system, with some words replaced, in this process."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "questions").mkdir()
    (tmp_path / "shop.py").write_text(SHOP, encoding="utf-8")

    def run(*edits: tuple[str, str], text: str = MUSIC) -> Captured:
        for old, new in edits:
            assert old in text, old
            text = text.replace(old, new)
        path = tmp_path / "questions" / f"music_{len(list(tmp_path.glob('questions/*')))}.py"
        path.write_text(text, encoding="utf-8")
        return capture(replace(script(path), group="questions"))

    return run


def drawn(captured: Captured):
    assert [failure.sentence for failure in captured.failures] == []
    [drawing] = captured.drawings
    return drawing.graph


def test_the_words_of_a_revised_figure_quote_no_other_figure(captured) -> None:
    drawn(captured(('"visit/user/day")}', '"visit/user/day", note="of {all} players")}')))


def test_a_delta_view_has_every_part_of_its_base_and_says_what_became_of_it(captured) -> None:
    graph = drawn(captured())
    assert graph.base == "shop/serving"
    assert {node.label: node.revision for node in graph.nodes} == {
        "People": Revision.KEPT,
        "Ranker\nskip": Revision.CHANGED,
        "Index": Revision.KEPT,
        "Log": Revision.REMOVED,
        "Sound encoder": Revision.ADDED,
    }


def test_arrows_of_a_delta_view_are_added_relabelled_and_removed_with_their_boxes(captured) -> None:
    edges = {(edge.tail, edge.head): (edge.label, edge.revision) for edge in drawn(captured()).edges}
    assert edges == {
        ("people", "ranker"): ("next track", Revision.CHANGED),
        ("ranker", "index"): ("nearest", Revision.KEPT),
        ("ranker", "log"): ("lists", Revision.REMOVED),
        ("sound-encoder", "index"): ("vectors", Revision.ADDED),
    }


def test_a_delta_view_is_laid_out_from_where_its_base_stood(captured, tmp_path: Path) -> None:
    captured()
    [music] = tmp_path.glob("questions/*.py")
    [base] = place_all([script(tmp_path / "shop.py")], {})
    [alone] = place_all([replace(script(music), group="questions")], {})
    assert base.graph
    assert base.placed
    known = {"shop/serving": record_layout(base.graph, base.placed)}
    [led] = place_all([replace(script(music), group="questions")], known)
    assert alone.placed
    assert led.placed
    assert led.placed.layout.candidate == resume.NAME != alone.placed.layout.candidate


def test_each_change_is_a_sentence_in_the_author_s_order(captured) -> None:
    changes = drawn(captured()).changes
    assert [(change.kind.value, change.sentence) for change in changes] == [
        ("added", "Sound places a track."),
        ("changed", "A skip is the label."),
        ("removed", "Nothing is kept."),
    ]


def test_the_steps_of_the_base_are_not_those_of_the_delta(captured) -> None:
    assert drawn(captured()).steps == ()


def test_figures_follow_the_inputs_that_a_question_revises(captured) -> None:
    question = captured()
    assert question.subject.estimate["rate"].shown == "20/s"
    assert question.subject.base_estimate["rate"].shown == "2/s"
    assert drawn(question).caption == "The shop, for tracks, at 20/s."
    unlabelled = drawn(captured((',\n        edges={shop.edge("People -> Ranker"): "next track"}', "")))
    assert unlabelled.edges[0].label == "20/s"


def test_a_question_is_recorded_with_figures_beside_those_of_the_nearest_system(captured) -> None:
    record = record_subject(captured(), [])
    assert [(one.label, one.here, one.there, one.is_input) for one in record.compared] == [
        ("Plays", "20/day", "2/day", True),
        ("Rate", "20/s", "2/s", False),
    ]


def test_added_changed_and_removed_are_told_by_word_and_sign_on_the_card_and_in_the_legend(captured) -> None:
    graph = drawn(captured())
    words = [text for group in legend(graph, 800).shapes for text in _texts(group)]
    assert {"added", "changed", "removed", "+", "~", "\u00d7"} <= set(words)
    plain = [text for group in legend(_without_changes(graph), 800).shapes for text in _texts(group)]
    assert "added" not in plain


def _texts(shape):
    if hasattr(shape, "text"):
        yield shape.text
    for inner in getattr(shape, "shapes", ()):
        yield from _texts(inner)


def _without_changes(graph):
    keep = Revision.KEPT
    return replace(
        graph,
        nodes=tuple(replace(node, revision=keep) for node in graph.nodes),
        edges=tuple(replace(edge, revision=keep) for edge in graph.edges),
    )


def test_a_question_without_a_view_is_words_alone(captured) -> None:
    assert captured(text=PLAIN).failures == ()
    assert captured(text=PLAIN).drawings == ()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"shop/serving",\n    why', '"shop/servin",\n    why', "did you mean 'serving'?"),
        ('nearest="shop/', 'nearest="shp/', "did you mean 'shop'?"),
        ('shop["Index"]', 'shop["Indx"]', "did you mean 'Index'?"),
        ('edge("People -> Ranker")', 'edge("People -> Log")', "no arrow runs from 'people' to 'log'"),
        ('edge("People -> Ranker")', 'edge("People")', "write 'box -> box'"),
        ('{"visits": assume', '{"rate": assume', "'rate' is no input of the estimate"),
        ('"One.", ', "", "a question of the bank has 3"),
        ('    shop = begin_from("shop/serving")\n', "    shop = {}\n", "begin this one with begin_from()"),
        ('removed(shop["Log"], ', "removed(", "removed() names nothing"),
        (
            '    shop = begin_from("shop/serving")\n',
            '    Encoder("First", tooltip="x")\n    shop = begin_from("shop/serving")\n',
            "begin_from() comes first",
        ),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_at_its_line(captured, old: str, new: str, said: str) -> None:
    broken = captured((old, new))
    [failure] = broken.failures
    assert said in failure.sentence
    assert failure.file.startswith(str(broken.script.path.parent))
    assert failure.line > 0


def mistakes() -> list[Path]:
    return sorted((SYSTEMS / "faults").glob("*.py"))


def test_there_are_fifteen_mistakes() -> None:
    assert len(mistakes()) == 15


@pytest.mark.parametrize("path", mistakes(), ids=lambda path: path.stem)
def test_the_rule_that_a_mistake_names_finds_exactly_it_on_the_wrong_drawing_and_nothing_on_the_right(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    module = capture(replace(script(path), group="faults"))
    assert [finding.sentence for finding in judge(module)] == []
    assert not ignores(module.text)
    mistake, record = module.subject, record_subject(module, [])
    assert record.fault
    if mistake.rule:
        [violation] = violations_of(mistake.rule, module, "wrong")
        assert violation.where in record.fault
        assert record.finding == violation.sentence
        assert violations_of(mistake.rule, module, "right") == []
    else:
        assert record.finding == ""
        assert mistake.no_rule


BAD_MISTAKES = [
    ("S141", [("def right()", "def rigth()")], "has the views 'wrong' and 'right'"),
    ("S142", [('rule="M201"', 'rule="M999"')], "there is no rule 'M999'"),
    ("S142", [('rule="M201"', 'rule="M206"')], "M206 finds in the wrong drawing: nothing"),
    ("S142", [('fault=["Trainer", ', 'fault=["Trianer", ')], "did you mean 'Trainer'?"),
    (
        "S142",
        [
            ("CommonMistake, Gate,", "CommonMistake, Planner,"),
            ('Gate("Offline gate", tooltip="Row counts, next-day metrics', 'Planner("Desk", tooltip="Row counts'),
            ('control("passed")', 'control("next")'),
            ("every version that passed", "every version"),
        ],
        "in the right drawing too",
    ),
]


@pytest.mark.parametrize(
    ("code", "edits", "said"), BAD_MISTAKES, ids=[f"{case[0]}-{at}" for at, case in enumerate(BAD_MISTAKES)]
)
def test_a_mistake_that_is_not_what_it_says_is_a_finding(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, edits: list[tuple[str, str]], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = (SYSTEMS / "faults" / "released_without_gate.py").read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "mistake.py"
    path.write_text(text, encoding="utf-8")
    found = list(judge(capture(script(path))))
    assert [finding.code for finding in found] == [code] * len(found) != []
    assert said in found[0].sentence


@pytest.mark.parametrize("path", sorted((SYSTEMS / "mocks").glob("*.py")), ids=lambda path: path.stem)
def test_a_mock_interview_takes_forty_five_minutes_and_draws_every_step(
    path: Path, tmp_path: Path, monkeypatch
) -> None:
    monkeypatch.chdir(tmp_path)
    module = capture(replace(script(path), group="mocks"))
    assert [finding.sentence for finding in judge(module)] == []
    turns = module.subject.turns
    assert turns[0].minute == 0
    assert 43 <= turns[-1].minute < 45
    assert [turn.phase for turn in turns] == sorted((turn.phase for turn in turns), key="CLEAR".index)
    assert {turn.phase for turn in turns} == set("CLEAR")
    assert sum(bool(turn.note) for turn in turns) >= 6


def test_a_board_that_does_not_grow_as_it_is_said_to_is_a_finding(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(SYSTEMS / "feed_ranking.py", tmp_path)
    text = (SYSTEMS / "mocks" / "mock_feed_ranking.py").read_text(encoding="utf-8")
    (tmp_path / "mock.py").write_text(text.replace("draws=3", "draws=4"), encoding="utf-8")
    assert {finding.code for finding in judge(capture(script(tmp_path / "mock.py")))} == {"S143"}
