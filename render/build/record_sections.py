"""Write down what a subject says besides its drawings: each kind of subject has one function here."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from archfolio import (
    BuildingBlock,
    CommonMistake,
    CompanyGuide,
    InterviewFramework,
    InterviewQuestion,
    MockInterview,
    System,
)
from archfolio.common_mistake import WRONG
from archfolio.gallery import manifest, sections
from archfolio.interview import DECISION
from archfolio.render.check.ml_rules import violations_of
from archfolio.render.model.where import find_place
from archfolio.vocabulary import BUILDING_BLOCKS, FAMILIES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archfolio import Budget, Decision, Estimate, Loss, MathFormula, Requirements
    from archfolio.render.capture.module import Captured
    from archfolio.render.model.graph import Graph
    from archfolio.subject import Subject


def sections_of(captured: Captured) -> tuple[type[manifest.Subject], dict[str, Any]]:
    """Return of which kind a module's record is, and its sections by the names of the fields of that.

    Whatever the manifest names as the author's type does is taken over as it is; the rest is said by kind.
    """
    subject = captured.subject
    if subject is None:
        return manifest.System, {}
    kind, of_kind = _KINDS[type(subject)]
    said: dict[str, object] = {"estimate": [*subject.estimate.values()], **of_kind(subject, captured)}
    types = _types(kind)
    fields = [name for name in kind.__struct_fields__ if (name in said or hasattr(subject, name)) and name != "title"]
    return kind, {
        name: msgspec.convert(said.get(name, getattr(subject, name, None)), types[name], from_attributes=True)
        for name in fields
    }


@cache
def _types(kind: type[manifest.Subject]) -> dict[str, Any]:
    return get_type_hints(kind)


def read_types() -> None:
    """Read what all records are made of, as `msgspec` and this do once, so that processes forked from here have it."""
    for kind in manifest.KINDS.values():
        _types(kind)
        msgspec.json.Decoder(kind)


def _of_system(system: System, captured: Captured) -> dict[str, object]:
    """Return what a system says otherwise than the manifest."""
    places = partial(find_named, graphs=_graphs(captured), decisions=system.decisions)
    names = {**FAMILIES, **BUILDING_BLOCKS, **dict(captured.names)}
    return {
        "family_title": names.get(system.family, _in_words(system.family)),
        "requirements": _requirements(system.requirements) if system.requirements else sections.Requirements(),
        "budget": _budget(system.budget, system.estimate) if system.budget else None,
        "training_example": [{"name": name, "value": value} for name, value in system.training_example.items()],
        "labels": [vars(label) | {"where": places(label.where)} for label in system.labels],
        "features": [vars(group) | {"store": places(group.store)} for group in system.features],
        "biases": [vars(bias) | {"where": places(bias.where)} for bias in system.biases],
        "follow_ups": [vars(question) | {"where": places(question.where)} for question in system.follow_ups],
        "loss": _loss(system.loss) if system.loss else None,
        "metrics": system.metrics or sections.Metrics(),
        "building_blocks": [
            {"slug": slug, "title": names.get(slug, _in_words(slug))} for slug in system.building_blocks
        ],
    }


def _in_words(slug: str) -> str:
    """Return the title of a word that a module has added to the vocabulary, which its own process alone knows."""
    return slug.replace("-", " ").capitalize()


def _requirements(said: Requirements) -> dict[str, object]:
    return {
        "functional": said.functional,
        "qualities": [{"name": name, "target": target} for name, target in said.qualities.items()],
    }


def _budget(said: Budget, estimate: Estimate) -> dict[str, object]:
    stages = said.computed(estimate)
    return {
        "what": said.what,
        "promise": said.promised(estimate),
        "promise_formula": str(said.promise),
        "total": sum(stage.share for stage in stages),
        "stages": stages,
        "note": said.note,
        "unit": said.unit,
    }


def _loss(said: Loss) -> dict[str, object]:
    return vars(said) | {"formulas": list(map(_formula, said.formulas))}


def _formula(said: MathFormula) -> dict[str, object]:
    return vars(said) | {"mathml": said.mathml()}


def _of_block(block: BuildingBlock, captured: Captured) -> dict[str, object]:
    """Return what a building block says otherwise than the manifest."""
    places = partial(find_named, graphs=_graphs(captured))
    return {
        "headline": list(dict.fromkeys(calculator.results[0] for calculator in block.calculators)),
        "terms": [vars(term) | {"formula": _formula(term.formula) if term.formula else None} for term in block.terms],
        "anti_patterns": [vars(one) | {"where": places(one.where)} for one in block.anti_patterns],
        "questions": [vars(question) | {"where": places(question.where)} for question in block.questions],
    }


def _of_question(question: InterviewQuestion, _: Captured) -> dict[str, object]:
    """Set figures beside those of the nearest system: the inputs that were revised, and what was asked for."""
    names = list(dict.fromkeys((*question.revisions, *question.compared)))
    there = question.base_estimate
    return {
        "compared": [
            {
                "label": question.estimate[name].label,
                "here": question.estimate[name].shown,
                "there": there[name].shown,
                "is_input": name in question.revisions,
            }
            for name in names
        ]
    }


def _of_mistake(mistake: CommonMistake, captured: Captured) -> dict[str, object]:
    """Find the fault in the wrong drawing, and let the rule that the mistake names say what it says of it."""
    wrong = [graph for graph in _graphs(captured) if graph.slug == WRONG]
    places = [place for text in mistake.fault if (place := find_place(f"{WRONG}/{text}", wrong))]
    found = violations_of(mistake.rule, captured, WRONG)
    return {"fault": [place.node or place.edge for place in places], "finding": found[0].sentence if found else ""}


def _as_it_is(_: Subject, __: Captured) -> dict[str, object]:
    """Return nothing: the record says all as the author does."""
    return {}


_KINDS: Mapping[type[Subject], tuple[type[manifest.Subject], Callable[[Any, Captured], dict[str, object]]]] = {
    System: (manifest.System, _of_system),
    BuildingBlock: (manifest.BuildingBlock, _of_block),
    InterviewQuestion: (manifest.InterviewQuestion, _of_question),
    CommonMistake: (manifest.CommonMistake, _of_mistake),
    MockInterview: (manifest.MockInterview, _as_it_is),
    InterviewFramework: (manifest.InterviewFramework, _as_it_is),
    CompanyGuide: (manifest.CompanyGuide, _as_it_is),
}


def _graphs(captured: Captured) -> list[Graph]:
    return [drawing.graph for drawing in captured.drawings]


def find_named(text: str, graphs: Sequence[Graph], decisions: Sequence[Decision] = ()) -> sections.Place:
    """Record what a text of `where` points to; one that points to nothing keeps its words."""
    if text.startswith(DECISION):
        beginning = text.removeprefix(DECISION).strip().casefold()
        numbers = (number for number, one in enumerate(decisions) if one.chosen.casefold().startswith(beginning))
        return sections.Place(text=text, decision=next(numbers, None))
    place = find_place(text, graphs)
    return (
        sections.Place(text=text, view=place.view, node=place.node, edge=place.edge)
        if place
        else sections.Place(text=text)
    )
