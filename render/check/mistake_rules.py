"""Structure of a common mistake: the wrong drawing has the fault that it says it has, and the right one has not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.author_error import suggest
from archfolio.common_mistake import RIGHT, WRONG, CommonMistake
from archfolio.render.check.finding import Violation, rule
from archfolio.render.check.ml_rules import ML_RULES, violations_of
from archfolio.render.model.where import find_place, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.capture.module import Captured

FEWEST, MOST = 5, 9  # nodes of a drawing in which one looks for a fault


@rule(
    "S141",
    f"a mistake is drawn twice, as views 'wrong' and 'right' of {FEWEST} to {MOST} nodes",
    why="A fault is looked for, and found, in a drawing that one can take in.",
    mending="Draw both, with the fewest parts that show the fault and its cure.",
    wrong='@view("Wrong")\ndef broken() -> None: ...',
    right='@view("Wrong")\ndef wrong() -> None: ...',
)
def missing_pair(captured: Captured) -> Iterator[Violation]:
    """Find mistakes without one of the two drawings, and drawings that are too large to search."""
    mistake = captured.subject
    counts = {drawing.graph.slug: len(drawing.graph.nodes) for drawing in captured.drawings}
    line = mistake.line if mistake else 0
    if set(counts) != {WRONG, RIGHT}:
        yield Violation(line, f"a mistake has the views '{WRONG}' and '{RIGHT}', this one has: {', '.join(counts)}")
    for view, count in counts.items():
        if not FEWEST <= count <= MOST:
            yield Violation(line, f"the view '{view}' has {count} nodes: draw {FEWEST} to {MOST}", view)


@rule(
    "S142",
    "the fault of a mistake is drawn, and the rule that it names finds it there, once, and not in the right view",
    why="A page that shows a finding must have it from the rule.",
    mending="Name the node or the edge as the drawing has it, or draw more of what the rule asks for.",
    wrong='CommonMistake(fault=["Trianer"], rule="M201", ...)',
    right='CommonMistake(fault=["Trainer", "Trainer -> Model registry"], rule="M201", ...)',
)
def unfound_fault(captured: Captured) -> Iterator[Violation]:
    """Find mistakes that are not what they say."""
    mistake = captured.subject
    if not isinstance(mistake, CommonMistake):
        return
    graphs = [drawing.graph for drawing in captured.drawings if drawing.graph.slug == WRONG]
    places = {text: find_place(f"{WRONG}/{text}", graphs) for text in mistake.fault}
    for text, place in places.items():
        if place is None:
            hint = suggest(text, [name for graph in graphs for name in names(graph)])
            yield Violation(mistake.line, f"the wrong drawing has no '{text}'{hint}", text)
    if not mistake.rule:
        return
    codes = [one.code for one in ML_RULES]
    if mistake.rule not in codes:
        message = f"there is no rule '{mistake.rule}' for systems{suggest(mistake.rule, codes)}"
        yield Violation(mistake.line, message, mistake.rule)
        return
    parts = {place.node or place.edge for place in places.values() if place}
    found = violations_of(mistake.rule, captured, WRONG)
    if len(found) != 1 or found[0].where not in parts:
        said = "; ".join(one.sentence for one in found) or "nothing"
        yield Violation(
            mistake.line, f"{mistake.rule} finds in the wrong drawing: {said}; name that as the fault", WRONG
        )
    for one in violations_of(mistake.rule, captured, RIGHT):
        yield Violation(mistake.line, f"{mistake.rule} finds a fault in the right drawing too: {one.sentence}", RIGHT)


MISTAKE_RULES = (missing_pair, unfound_fault)
"""What holds for each common mistake."""
