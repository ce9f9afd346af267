"""How much of the latency budget a walkthrough has spent after each step.

Stages and steps both stand in the order of a request, and no module says which belongs to which. Each stage is
matched to a step by what both say, its share in ms and its words, so that the order is kept and the most is matched: a
longest common subsequence with weights. Where too few stages find a step, nothing is said.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery import prose

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.gallery.manifest import View
    from archfolio.gallery.sections import Budget, Quantity, Stage

_WORD = re.compile(r"[a-z]{4,}")
_STEM = 5  # letters by which words are compared: "ranker" and "ranking"
_SHARE = 3.0  # what a share in ms that a sentence names is worth, in words
_ENOUGH = 2.0  # words by which a stage and a step belong together
_MATCHED = 0.5  # of the stages


def stages_after_steps(budget: Budget | None, view: View, figures: Mapping[str, Quantity]) -> list[int]:
    """Return how many stages are over after each step of a view; nothing where that cannot be told."""
    if budget is None or not view.steps:
        return []
    stages = budget.stages
    worth = [[_worth(stage, view, step, figures) for step in range(len(view.steps))] for stage in stages]
    step_of = _matched(worth)
    if len(step_of) < _MATCHED * len(stages):
        return []
    over = [
        max((stage + 1 for stage, at in step_of.items() if at <= step), default=0) for step in range(len(view.steps))
    ]
    if step_of:
        last = max(step_of.values())
        over = [len(stages) if step >= last and _is_rest(stages, done) else done for step, done in enumerate(over)]
    return over


def _is_rest(stages: Sequence[Stage], done: int) -> bool:
    """Return whether what is left belongs to no step: network and slack."""
    return all(re.search("network|slack|queue|hop|overhead|jitter", stage.name.casefold()) for stage in stages[done:])


def _worth(stage: Stage, view: View, step: int, figures: Mapping[str, Quantity]) -> float:
    sentence = prose.to_text(view.steps[step].sentence, figures)
    edges = set(view.steps[step].edges)
    ends = {end for edge in view.edges if edge.id in edges for end in (edge.tail, edge.head)}
    names = " ".join(node.name for node in view.nodes if node.id in ends)
    mine = _stems(" ".join([stage.name, *(branch.name for branch in stage.branches)]))
    common = len(mine & _stems(f"{sentence} {names}"))
    named = re.search(rf"(?<![\d.,]){re.escape(f'{stage.share:g}')}\s?ms", sentence)
    return common + (_SHARE if named else 0.0)


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _WORD.findall(text.casefold())}


def _matched(worth: list[list[float]]) -> dict[int, int]:
    """Match stages to steps in order, several stages to a step if need be, so that their worth in all is largest."""
    steps = len(worth[0])
    best: list[list[tuple[float, dict[int, int]]]] = [[(0.0, {})] * steps]
    for stage, row in enumerate(worth):
        line: list[tuple[float, dict[int, int]]] = []
        for step in range(steps):
            choices = [best[-1][step]]
            if step:
                choices.append(line[step - 1])
            if row[step] >= _ENOUGH:
                total, before = best[-1][step]
                choices.append((total + row[step], {**before, stage: step}))
            line.append(max(choices, key=lambda choice: choice[0]))
        best.append(line)
    return best[-1][-1][1]
