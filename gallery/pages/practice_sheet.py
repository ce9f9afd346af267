"""A sheet to print: a few questions of each kind on the first pages, their answers on the pages after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural
from archfolio.gallery.practice.item import (
    ALTERNATIVE,
    CONSEQUENCE,
    ESTIMATE,
    EXPLAIN,
    MASKED,
    ORDER,
    Choice,
    Magnitude,
    Ordering,
)
from archfolio.gallery.practice.stable import ranked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.practice.item import PracticeItem

_FEW = {MASKED: 3, ORDER: 2, CONSEQUENCE: 4, ALTERNATIVE: 4, ESTIMATE: 4, EXPLAIN: 2}
_LETTERS = "abcdefgh"


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A question on paper, and its answer."""

    number: str
    prompt: str
    given: tuple[str, ...]
    options: tuple[str, ...]  # each with its letter
    blank: tuple[str, ...]  # one where there is room to write
    answer: str
    reason: str
    source: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PracticeSheetPage:
    """Everything that the sheet prints."""

    template: ClassVar[str] = "practice_sheet.html"

    frame: PageFrame
    title: str
    practice: str
    questions: tuple[SheetQuestion, ...]


def practice_sheet_page(subject: Subject, items: Sequence[PracticeItem]) -> PracticeSheetPage:
    """Compute the sheet of a subject."""
    path = links.practice_sheet(subject.slug)
    root = links.root(path)
    practice = f"{root}{links.practice(subject.slug)}"
    chosen = [
        item
        for kind, few in _FEW.items()
        for item in ranked((one for one in items if one.kind == kind), lambda one: one.id, "sheet")[:few]
    ]
    return PracticeSheetPage(
        frame=PageFrame(
            path,
            f"Practice sheet: {subject.title} · {NAME}",
            f"{plural(len(chosen), 'question')} on {subject.title} to print, with the answers on the page after.",
            (
                links.Link("Practice", f"{root}{links.PRACTICE}"),
                links.Link(subject.title, practice),
                links.Link("Sheet", ""),
            ),
            styles=("practice.css",),
        ),
        title=subject.title,
        practice=practice,
        questions=tuple(_question(str(number), item) for number, item in enumerate(chosen, 1)),
    )


def _question(number: str, item: PracticeItem) -> SheetQuestion:
    answer = item.answer
    options: list[str] = []
    right = ""
    if isinstance(answer, Choice):
        options = ranked((answer.key, *answer.distractors), str, item.id)
        right = f"{_LETTERS[options.index(answer.key)]}. {answer.key}"
    elif isinstance(answer, Ordering):
        options = ranked(answer.parts, str, item.id)
        right = ", ".join(_LETTERS[options.index(part)] for part in answer.parts)
    elif isinstance(answer, Magnitude):
        right = answer.shown
    return SheetQuestion(
        number=number,
        prompt=item.prompt,
        given=item.given,
        options=tuple(f"{letter}. {option}" for letter, option in zip(_LETTERS, options, strict=False)),
        blank=() if options else ("",),
        answer=right,
        reason=item.reason if item.reason != right else "",
        source=(item.source.text,) if item.source else (),
    )
