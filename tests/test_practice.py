"""The questions of every one of our systems: what must hold for each, checked against the graph and the words again."""

import math
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qs

import msgspec
import pytest

from archfolio.gallery.manifest import BuildingBlock, System
from archfolio.gallery.practice.flow import Flow, box_name
from archfolio.gallery.practice.item import ALTERNATIVE, EXPLAIN, MASKED, RUNGS, Choice, Magnitude, OpenAnswer, Ordering
from archfolio.gallery.practice.ladder import ladder
from archfolio.gallery.practice.mock_round import mock_round
from archfolio.gallery.practice.words import SubjectWords
from archfolio.render.build.to_manifest import record_subject, record_view
from archfolio.render.capture.discover import discover
from archfolio.render.capture.module import capture

SYSTEMS = Path(__file__).parent.parent / "systems"
SCRIPTS = {script.slug: script for script in discover(SYSTEMS)}
of_systems = pytest.mark.parametrize(
    "subject", [slug for slug, script in SCRIPTS.items() if not script.group], indirect=True
)  # what stands in groups is no system
SECTIONS = {"follow-ups", "questions", "anti-patterns", "estimate"}


def recorded(script):
    """Record a module as a build does, its drawings left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(SYSTEMS)
        captured = capture(script)
        views = [record_view(drawing) for drawing in captured.drawings]
        return record_subject(captured, views)


@pytest.fixture(scope="module", params=SCRIPTS)
def subject(request):
    return recorded(SCRIPTS[request.param])


@pytest.fixture(scope="module")
def items(subject):
    return ladder(subject)


@pytest.fixture
def system(subject):
    assert isinstance(subject, System)
    assert subject.family
    return subject


def choices(items):
    return [item for item in items if isinstance(item.answer, Choice)]


def test_a_building_block_has_questions_of_every_kind_but_orders(subject, items):
    if isinstance(subject, BuildingBlock):
        assert {item.kind for item in items} >= RUNGS.keys() - {"order"}
        assert len(items) >= 25


@of_systems
def test_has_thirty_questions_on_every_rung_of_the_ladder(system, items):
    assert len(items) >= 30
    assert {item.kind for item in items} == RUNGS.keys(), system.slug
    assert sum(not isinstance(item.answer, OpenAnswer) for item in items) >= 18


def test_ids_are_of_the_system_and_there_once(subject, items):
    ids = [item.id for item in items]
    assert len(set(ids)) == len(ids)
    assert all(one.startswith(f"{subject.slug}/{item.kind}/") for one, item in zip(ids, items, strict=True))
    assert all(re.fullmatch(r"[\w./-]+", one) for one in ids)


def test_the_same_system_gives_the_same_questions(subject, items):
    again = msgspec.json.decode(msgspec.json.encode(subject), type=type(subject))
    assert ladder(again) == items


@of_systems
def test_an_edit_elsewhere_leaves_ids_alone(system, items):
    ids = {item.id for item in items}
    for section, kept in (("failures", "/consequence/failure/"), ("follow_ups", f"/{EXPLAIN}/"), ("estimate", "")):
        fewer = msgspec.structs.replace(system, **{section: getattr(system, section)[1:]}) if kept else system
        prompts = {item.id: item.prompt for item in ladder(fewer)}
        assert all(prompts.get(item.id, item.prompt)[:40] == item.prompt[:40] for item in items), section
        left = prompts.keys()
        assert all(kept in one for one in ids - left), section
        assert len(ids - left) <= 1
    reworded = [msgspec.structs.replace(one, why="For another reason.") for one in system.decisions]
    asked = {item.id for item in ladder(msgspec.structs.replace(system, decisions=reworded))}
    assert all(f"/{ALTERNATIVE}/" in one for one in ids ^ asked)


def test_the_key_is_one_of_the_options_and_no_distractor_holds_it(items):
    for item in choices(items):
        key, *others = (text.casefold().strip(" .") for text in (item.answer.key, *item.answer.distractors))
        assert 2 <= len(others) <= 3, item.id
        assert len({key, *others}) == len(others) + 1, item.id
        assert not [other for other in others if key in other or other in key], item.id


def test_each_question_has_a_reason_a_level_and_no_loose_ends(items):
    for item in items:
        assert item.prompt.strip()
        assert item.reason.strip()
        assert item.level in {"mid", "senior", "staff"}
        said = [item.prompt, item.reason, *item.given]
        if isinstance(item.answer, Choice):
            said += [item.answer.key, *item.answer.distractors]
        assert not [text for text in said if re.search(r"\{\w+(:n)?\}|  |\.\.", text)], item.id


def test_what_a_question_points_to_is_there(subject, items):
    views = {view.slug: {node.id for node in view.nodes} for view in subject.views}
    figures = {f"figure-{quantity.name}" for quantity in subject.estimate}
    rows = {f"decision-{at}" for at, _ in enumerate(getattr(subject, "decisions", ()))} | {"decisions"}
    rows |= {f"failure-{at}" for at, _ in enumerate(getattr(subject, "failures", ()))}
    for item in items:
        assert item.where.text
        if item.where.fragment in SECTIONS | figures | rows:
            continue
        place = parse_qs(item.where.fragment, strict_parsing=True)
        assert place.keys() <= {"view", "node", "step"}
        assert not place.get("node") or place["node"][0] in views[place["view"][0]], item.id
        if item.drawing:
            assert {item.drawing.hidden, item.drawing.marked} - {""} <= views[item.drawing.view]


def test_what_is_hidden_is_said_nowhere_else_in_its_drawing(subject, items):
    for item in (item for item in items if item.kind == MASKED):
        view = next(view for view in subject.views if view.slug == item.drawing.view)
        others = [node for node in view.nodes if node.id != item.drawing.hidden]
        texts = [text for node in others for text in (node.name, node.detail)] + [edge.label for edge in view.edges]
        said = " ".join([*texts, *(cluster.label for cluster in view.clusters), view.caption, item.prompt]).casefold()
        assert item.answer.key.casefold() not in said, item.id
        assert not {box_name(node) for node in view.nodes} & set(item.answer.distractors), item.id


def test_a_distractor_of_a_hidden_box_has_no_like_neighbour(subject, items):
    def near(name):
        for view in subject.views:
            flow = Flow(view)
            for node in (node for node in view.nodes if box_name(node) == name):
                yield from (("before", flow.name(arrow.tail)) for arrow in flow.entering[node.id])
                yield from (("after", flow.name(arrow.head)) for arrow in flow.following[node.id])

    for item in (item for item in items if item.kind == MASKED):
        assert not [one for one in item.answer.distractors if {*near(one)} & {*near(item.answer.key)}], item.id


def test_an_order_has_no_other_that_is_right(subject, items):
    for item in (item for item in items if isinstance(item.answer, Ordering)):
        _, _, slug, what = item.id.split("/", 3)
        view = next(view for view in subject.views if view.slug == slug)
        flow = Flow(view)
        assert len(set(item.answer.parts)) == len(item.answer.parts) >= 4
        if what == "steps":
            words = SubjectWords(subject)
            numbers = {words.plain(step.sentence): step.number for step in view.steps}
            assert sorted(item.answer.parts, key=numbers.__getitem__) == list(item.answer.parts)
            continue
        ids = [next(node.id for node in view.nodes if box_name(node) == part) for part in item.answer.parts]
        for one, other in pairwise(ids):
            assert other in {arrow.head for arrow in flow.following[one]}, item.id
            assert one not in flow.below(other), item.id


def starve(flow, gone):
    """Tell who is fed without a box, by trying again until nothing changes: slow, and not as the code does it."""
    feeds = [(arrow.tail, arrow.head) for arrow in flow.arrows if arrow.edge.kind != "control"]
    feeds += [
        (head, tail)
        for tail, head in feeds
        if any(a.edge.kind == "request" and (a.tail, a.head) == (tail, head) for a in flow.arrows)
    ]
    alone = {node.id for node in flow.view.nodes if node.accent in {"people", "none"}}
    fed = {node for node in flow.nodes if node in alone or not any(head == node for _, head in feeds)}
    while more := {head for tail, head in feeds if tail in fed and tail != gone} - fed:
        fed |= more
    return flow.nodes.keys() - fed


def test_who_is_starved_is_starved_and_no_other(subject, items):
    for item in (item for item in items if "/starved/" in item.id or "/unharmed/" in item.id):
        view = next(view for view in subject.views if view.slug == item.drawing.view)
        flow = Flow(view)
        gone = item.drawing.marked
        dry = {box_name(flow.nodes[node]) for node in starve(flow, gone) - starve(flow, "")}
        below = {flow.name(node) for node in flow.below(gone)}
        starved = [item.answer.key] if "/starved/" in item.id else list(item.answer.distractors)
        spared = list(item.answer.distractors) if "/starved/" in item.id else [item.answer.key]
        assert set(starved) <= dry, item.id
        assert not set(spared) & (dry | below), item.id


def test_an_estimate_is_what_its_formula_gives(subject, items):
    base = {one.name: one.value * one.factor for one in subject.estimate}
    functions = {
        "ceil": lambda value: math.ceil(value * (1 - 1e-12)),
        "min": min,
        "max": max,
        "log": math.log,
        "exp": math.exp,
        "sqrt": math.sqrt,
    }
    figures = {f"{subject.slug}/estimate/{one.name}": one for one in subject.estimate}
    asked = [item for item in items if isinstance(item.answer, Magnitude)]
    assert len(asked) >= 5 or not getattr(subject, "family", "")
    for item in asked:
        figure = figures[item.id]
        computed = eval(figure.formula, {"__builtins__": {}}, {**base, **functions})  # noqa: S307  our own formulas
        assert computed / figure.factor == pytest.approx(item.answer.value, rel=1e-6), item.id
        assert item.answer.value > 0
        assert len(item.given) >= 2


@of_systems
def test_a_condition_reopens_its_own_decision(system, items):
    words = SubjectWords(system)
    asked = [item for item in items if f"/{ALTERNATIVE}/when/" in item.id]
    assert len(asked) == len([one for one in system.decisions if one.rejected])
    for item in asked:
        chosen = item.where.text.removeprefix("Decision: ")
        [own] = [one for one in system.decisions if words.plain(one.chosen) == chosen]
        condition = re.sub(r", as (in|at|with|for) [^,;.:]+", "", words.plain(own.revisit_when)).rstrip(".?")
        assert condition[1:] in item.prompt, item.id
        if isinstance(item.answer, Choice):
            assert item.answer.key.startswith(chosen[1:], 1), item.id


@of_systems
def test_a_reason_against_an_alternative_is_its_own(system, items):
    words = SubjectWords(system)
    told = {
        words.plain(text).partition(":")[2].strip(" ."): at
        for at, one in enumerate(system.decisions)
        for text in one.rejected
    }
    for item in (item for item in items if f"/{ALTERNATIVE}/lost/" in item.id):
        whose = [
            next(at for reason, at in told.items() if reason[1:] == text.strip(" .")[1:])
            for text in (item.answer.key, *item.answer.distractors)
        ]
        assert whose[0] not in whose[1:], item.id


def test_a_source_is_one_of_the_system(subject, items):
    titles = [source.title for source in subject.sources]
    said = [quantity.source for quantity in subject.estimate]
    for item in (item for item in items if item.source):
        assert [one for one in (*titles, *said) if one and one in item.source.text], item.id


@of_systems
def test_a_round_has_45_minutes_and_six_lines(system):
    made = mock_round(system)
    assert made.minutes == 45
    assert made.minutes == sum(phase.minutes for phase in made.phases)
    assert len(made.rubric) == 6
    assert all(line.look_for and phase.plan for line in made.rubric for phase in made.phases)
