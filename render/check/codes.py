"""All codes, and which of them are asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio import (
    BuildingBlock,
    CommonMistake,
    CompanyGuide,
    InterviewFramework,
    InterviewQuestion,
    MockInterview,
    System,
)
from archfolio.author_error import suggest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.check import (
    block_rules,
    freshness_rules,
    layout_rules,
    link_rules,
    mistake_rules,
    ml_rules,
    mock_rules,
    section_rules,
    view_rules,
)
from archfolio.render.check import ignores as comments
from archfolio.render.check.finding import GROUPS, RuleText

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.render.capture.module import Captured
    from archfolio.render.check.finding import Rule
    from archfolio.render.model.graph import Graph
    from archfolio.subject import Subject

BROKEN = "E001"  # what cannot be run or drawn; always reported, unless it is ignored by name
SUBJECT_RULES = (*section_rules.SUBJECT_RULES, *link_rules.LINK_RULES)
"""What holds for each subject of whichever kind."""

RULES_OF_KIND: Mapping[type[Subject], Sequence[Rule[Captured]]] = {
    System: section_rules.SYSTEM_RULES,
    BuildingBlock: block_rules.BLOCK_RULES,
    CommonMistake: mistake_rules.MISTAKE_RULES,
    InterviewQuestion: (),
    MockInterview: mock_rules.MOCK_RULES,
    InterviewFramework: (),
    CompanyGuide: (),
}
"""What holds besides, by kind of subject."""

RULES_OF_VIEWS: Mapping[type, Sequence[Rule[Graph]]] = {
    type(None): view_rules.SCRIPT_RULES,
    CommonMistake: tuple(one for one in view_rules.VIEW_RULES if one is not view_rules.node_count),  # see S141
}
"""What holds for the views of a kind of subject, where it is not all of `VIEW_RULES`."""

_RULES = (
    *view_rules.VIEW_RULES,
    *section_rules.SECTION_RULES,
    *block_rules.BLOCK_RULES,
    *block_rules.FOLDER_RULES,
    *mistake_rules.MISTAKE_RULES,
    *mock_rules.MOCK_RULES,
    *ml_rules.ML_RULES,
    *layout_rules.LAYOUT_RULES,
    *link_rules.LINK_RULES,
    *freshness_rules.FRESHNESS_RULES,
)
_BROKEN_TEXT = RuleText(
    BROKEN,
    "a module runs, and each of its views draws something",
    why="A gallery with a hole, or with the picture of last week, helps nobody.",
    mending="Go to the line; `archfolio build` shows the traceback.",
    wrong='people >> "page" >> finder',
    right='people >> request("page") >> finder',
)
RULE_TEXTS: dict[str, RuleText] = {
    text.code: text
    for text in (
        _BROKEN_TEXT,
        *sorted((rule.text for rule in _RULES), key=lambda text: (list(GROUPS).index(text.code[0]), text.code)),
        *comments.IGNORE_RULES,
    )
}
"""What is told of each rule, by code."""

CODES: dict[str, str] = {code: text.doc for code, text in RULE_TEXTS.items()}
"""What must hold, by code."""

IGNORABLE = frozenset(rule.code for rule in _RULES)
"""What a comment can silence: not what is broken, nor other comments."""

OF_THE_HOUSE_STYLE = frozenset({view_rules.attribute_without_effect.code})
"""What is not asked where drawings have the library's look: Graphviz draws them, and all that it is given."""


def chosen(select: Sequence[str], ignore: Sequence[str]) -> frozenset[str]:
    """Choose codes by their beginnings ("M", "M2", "M201", or "M2,S105"); all where none is selected.

    Raises UsageProblem, with the nearest code, for a beginning that no code has.
    """
    wanted = _matching(select) | {BROKEN} if select else frozenset(CODES)
    return wanted - _matching(ignore)


def explained(code: str) -> tuple[RuleText, ...]:
    """Return what is told of the rules whose codes begin so.

    Raises UsageProblem for a beginning that no code has.
    """
    found = _matching([code])
    return tuple(text for code, text in RULE_TEXTS.items() if code in found)


def _matching(beginnings: Sequence[str]) -> frozenset[str]:
    found: set[str] = set()
    for given, beginning in ((one, part.strip()) for one in beginnings for part in one.split(",")):
        if not beginning:
            message = f"'{given}' holds an empty code: write one, or several with a comma between them, as in 'M2,S105'"
            raise UsageProblem(message)
        codes = {code for code in CODES if code.startswith(beginning.upper())}
        if not codes:
            hint = suggest(beginning.upper(), CODES) or f"; codes begin with {', '.join(sorted({c[0] for c in CODES}))}"
            message = f"no code begins with '{beginning}'{hint}"
            raise UsageProblem(message)
        found |= codes
    return frozenset(found)
