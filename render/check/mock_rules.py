"""Structure of a mock interview: its drawing grows with what is said, to the end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from archfolio.mock_interview import MockInterview
from archfolio.render.check.finding import Violation, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.render.capture.module import Captured


@rule(
    "S143",
    "a mock interview has one view, whose steps are drawn by its turns, one after the other, all of them",
    why="The board must show what has been said, no more and no less.",
    mending="Number `draws=` of the turns from 1 to the last step.",
    wrong='Turn(17, "candidate", "Two sources.", "A", draws=3)  # after draws=1',
    right='Turn(17, "candidate", "Two sources.", "A", draws=2)',
)
def idle_board(captured: Captured) -> Iterator[Violation]:
    """Find mock interviews whose turns draw a step twice, out of order or not at all."""
    mock = captured.subject
    if not isinstance(mock, MockInterview):
        return
    if len(captured.drawings) != 1:
        yield Violation(mock.line, f"a mock interview has one view, this one has {len(captured.drawings)}", "turns")
        return
    steps = len(captured.drawings[0].graph.steps)
    drawn = [0, *(turn.draws for turn in mock.turns if turn.draws)]
    for before, after in pairwise(drawn):
        if after != before + 1:
            sentence = f"a turn draws step {after} where {before} stand: number them one after the other"
            yield Violation(mock.line, sentence, "turns")
    if drawn[-1] != steps:
        yield Violation(mock.line, f"the turns draw {drawn[-1]} of {steps} steps: let a turn draw each", "turns")


MOCK_RULES = (idle_board,)
"""What holds for each mock interview."""
