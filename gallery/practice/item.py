"""What a practice item is: a question about a system, its answer, why that is the answer, and where it can be seen."""

from __future__ import annotations

import msgspec

MASKED, ORDER, CONSEQUENCE, ALTERNATIVE, ESTIMATE, EXPLAIN = (
    "masked",
    "order",
    "consequence",
    "alternative",
    "estimate",
    "explain",
)
RUNGS = {  # of the ladder, in its order; the walkthrough comes before them and the round after
    MASKED: "One part masked",
    ORDER: "Order the steps",
    CONSEQUENCE: "What breaks if it is gone",
    ALTERNATIVE: "Which alternative wins when",
    ESTIMATE: "Estimate within a factor of two",
    EXPLAIN: "Explain in your own words",
}


class Choice(msgspec.Struct, frozen=True, kw_only=True, tag_field="form", tag="choice"):
    """One option is right, the others are wrong for sure."""

    key: str
    distractors: tuple[str, ...]


class Ordering(msgspec.Struct, frozen=True, kw_only=True, tag_field="form", tag="order"):
    """Parts in their one order."""

    parts: tuple[str, ...]


class Magnitude(msgspec.Struct, frozen=True, kw_only=True, tag_field="form", tag="magnitude"):
    """A figure, of which every value from half to double is right."""

    label: str
    value: float  # in its unit
    unit: str
    shown: str


OTHERS, FEWEST_OTHERS = 3, 2  # distractors of a choice: how many it should have, and with how many it is one


class OpenAnswer(msgspec.Struct, frozen=True, kw_only=True, tag_field="form", tag="open"):
    """An answer in words, which readers compare with their own: the item's reason is it."""

    weak: str = ""  # what a weak answer says


def choice_or_open(key: str, distractors: tuple[str, ...]) -> Choice | OpenAnswer:
    """Return a choice, or where too few distractors are wrong for sure an answer in one's own words."""
    return Choice(key=key, distractors=distractors) if len(distractors) >= FEWEST_OTHERS else OpenAnswer()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """Where a system's page shows what an item asks for."""

    text: str
    fragment: str  # of the system's page


class ShownDrawing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A drawing that stands beside a question."""

    view: str
    hidden: str = ""  # the box that is hidden until the question is answered
    marked: str = ""  # the box that the question is about


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Who says so; the address may be missing."""

    text: str
    url: str = ""


class PracticeItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question. Its texts are plain, with the figures put in."""

    id: str  # of the system, the kind and what is asked about: the same after a rebuild and an edit elsewhere
    kind: str  # a key of RUNGS
    level: str  # mid, senior or staff
    prompt: str
    given: tuple[str, ...] = ()  # facts to start from
    drawing: ShownDrawing | None = None
    answer: Choice | Ordering | Magnitude | OpenAnswer
    reason: str
    where: Evidence
    source: Citation | None = None
