"""Structure of a module: it says what a system must say, and its figures hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.author_error import suggest
from archfolio.budget import UNITS
from archfolio.interview import DECISION
from archfolio.render.check.finding import Violation, rule
from archfolio.render.model.where import find_place, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.capture.module import Captured

_SECTIONS = {
    "requirements": "what it must do, and how well",
    "estimate": "its scale, from inputs with sources",
    "budget": "where the time of a request goes",
    "decisions": "what was chosen over what, and when the other wins",
    "failures": "what breaks, how one sees it, how it answers",
    "metrics": "what is measured before and after a release",
    "sources": "where its facts come from",
}
_ROUNDING = 1e-9


@rule(
    "S121",
    "a module's docstring begins with its summary and goes on with the problem",
    why="The first paragraph is the card in the gallery, the others begin the page.",
    mending="Write the docstring.",
    wrong='"""Sell things to people who look for them."""',
    right='"""Sell things to people who look for them.\n\nWhat is hard about it.\n"""',
)
def missing_docstring(captured: Captured) -> Iterator[Violation]:
    """Find modules that do not say what they are about."""
    if not captured.summary:
        yield Violation(1, "the module has no docstring: begin it with one sentence on what the system does", "summary")
    elif not captured.problem:
        yield Violation(
            1, "the docstring ends with its summary: say in a second paragraph what is hard about it", "problem"
        )


@rule(
    "S122",
    f"a system has every section: {', '.join(_SECTIONS)}",
    why="Pages are compared section by section.",
    mending="Add the section to `System(...)`, or say which ones your project wants (`check.sections`).",
    wrong='SYSTEM = System(title="Shop")',
    right='SYSTEM = System(title="Shop", requirements=Requirements(...), estimate=Estimate(...), ...)',
)
def missing_section(captured: Captured, wanted: Sequence[str] = tuple(_SECTIONS)) -> Iterator[Violation]:
    """Find sections that are missing of those that the project wants."""
    if (system := captured.system) is None:
        yield Violation(1, "the module has views and no system: describe it with SYSTEM = System(...)", "SYSTEM")
        return
    for section in wanted:
        if not getattr(system, section):
            meaning = f": say {_SECTIONS[section]}" if section in _SECTIONS else ", which this project wants: add it"
            yield Violation(system.line, f"the system has no '{section}'{meaning}", section)


@rule(
    "S123",
    "a serving view is walked through in steps",
    why="The way of one request is what readers look for first.",
    mending='Draw the edges inside `with step("..."):`.',
    wrong='people >> request("page") >> finder',
    right='with step("They ask for a page."):\n    people >> request("page") >> finder',
)
def missing_walkthrough(captured: Captured) -> Iterator[Violation]:
    """Find serving views without steps; a system without such a view needs steps in some view."""
    graphs = [drawing.graph for drawing in captured.drawings]
    serving = [graph for graph in graphs if "serving" in graph.slug]
    for graph in serving:
        if not graph.steps:
            sentence = f"the view '{graph.title}' has no walkthrough: draw its edges inside 'with step(\"...\"):'"
            yield Violation(graph.line, sentence, graph.slug)
    if graphs and not serving and not any(graph.steps for graph in graphs):
        line = captured.subject.line if captured.subject else 0
        yield Violation(
            line, "no view has a walkthrough: draw the way of a request inside 'with step(\"...\"):'", "steps"
        )


@rule(
    "S124",
    "the stages of a latency budget add up to no more than its promise",
    why="A design whose parts are slower than the whole does not work.",
    mending="Save time in a stage, or promise less.",
    wrong='Budget("p99", promise=50, stages={"search": 20, "score": 40})',
    right='Budget("p99", promise=50, stages={"search": 20, "score": 30})',
)
def exceeded_budget(captured: Captured) -> Iterator[Violation]:
    """Find budgets that promise more than their stages keep."""
    system = captured.system
    budget = system.budget if system else None
    if system is None or budget is None:
        return
    stages, promise = budget.computed(system.estimate), budget.promised(system.estimate)
    total = sum(stage.share for stage in stages)
    if total > promise * (1 + _ROUNDING):
        longest = max(stages, key=lambda stage: stage.share)
        taken, promised, over = (
            f"{time / UNITS[budget.unit]:g} {budget.unit}" for time in (total, promise, total - promise)
        )
        sentence = (
            f"the stages take {taken} and {promised} are promised:"
            f" save {over} (the longest stage is '{longest.name}'), or promise {taken}"
        )
        yield Violation(budget.at[1], sentence, "budget")


@rule(
    "S125",
    "every input of the estimate says where it comes from: a source, or an assumption",
    why="A figure from nowhere cannot be argued with.",
    mending="Name the source with `cite`, or admit the assumption with `assume`.",
    wrong='cite("Visits", 2, "visit/user/day", source="")',
    right='cite("Visits", 2, "visit/user/day", source="a survey")',
)
def input_without_source(captured: Captured) -> Iterator[Violation]:
    """Find figures that come from nowhere."""
    for figure in captured.subject.estimate.values() if captured.subject else ():
        if not figure.formula and not figure.source.strip():
            sentence = f"'{figure.name}' has an empty source: name it, or put the figure in with 'assume'"
            yield Violation(figure.line, sentence, figure.name)


@rule(
    "S126",
    "what a section points to is drawn, or decided",
    why="A reader who follows it must find it.",
    mending="Write the name as the drawing has it: `serving/Ranker`, `training/Orders -> Label join`.",
    wrong='@view("Scoring", details="serving/Scorr")\ndef scoring() -> None: ...',
    right='@view("Scoring", details="serving/Scorer")\ndef scoring() -> None: ...',
)
def dangling_reference(captured: Captured) -> Iterator[Violation]:
    """Find labels, features, biases, views and follow-up questions that point to what is neither drawn nor decided."""
    if (system := captured.system) is None:
        return
    graphs = [drawing.graph for drawing in captured.drawings]
    references = (
        *((f"the label '{one.event}'", one.where) for one in system.labels),
        *((f"the feature group '{one.name}'", one.store) for one in system.features),
        *((f"the bias '{one.name}'", one.where) for one in system.biases),
        *((f"the view '{one.graph.title}'", one.details) for one in captured.drawings if one.details),
        *((f"the follow-up '{one.question}'", one.where) for one in system.follow_ups),
    )
    for owner, where in references:
        if where.startswith(DECISION):
            beginning = where.removeprefix(DECISION).strip().casefold()
            if not any(one.chosen.casefold().startswith(beginning) for one in system.decisions):
                yield Violation(system.line, f"{owner} points to '{where}', and no decision begins so", where)
        elif find_place(where, graphs) is None:
            known = [f"{graph.slug}/{name}" for graph in graphs for name in names(graph)]
            hint = suggest(where, [*(graph.slug for graph in graphs), *known])
            sentence = (
                f"{owner} points to '{where}', which no drawing has: write 'view', 'view/box' or 'view/box -> box'"
            )
            yield Violation(system.line, f"{sentence}{hint}", where)


SUBJECT_RULES = (missing_docstring, input_without_source)
"""What holds for each system, building block or other subject."""

SYSTEM_RULES = (missing_section, missing_walkthrough, exceeded_budget, dangling_reference)
"""What holds for each system besides."""

SECTION_RULES = (*SUBJECT_RULES, *SYSTEM_RULES)
