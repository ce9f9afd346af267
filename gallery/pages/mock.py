"""The page of a mock interview: who says what in which minute, beside a drawing that grows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.drawings import PageDrawings, drawings_of
from archfolio.gallery.pages.interview_lists import HUB, STYLES
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import MockInterview

_NAMES = {"C": "Clarify", "L": "List requirements", "E": "Estimate", "A": "Architect", "R": "Refine"}


@dataclass(frozen=True, slots=True)
class TurnLine:
    """What one of the two says; the heading is there where a phase begins."""

    id: str
    clock: str  # "17:00"
    speaker: str
    form: str  # the class that it is set in
    text: Markup
    notes: tuple[Markup, ...]
    drawn: int  # steps that stand once it is said
    step: tuple[Markup, ...]  # the sentence of the step that it draws
    heading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MockPage:
    """Everything that the page of a mock interview prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "mock.html"
    noun: ClassVar[str] = "mock interview"

    frame: PageFrame
    title: str
    prompt: Markup
    watch: tuple[Markup, ...]
    system: Markup
    level: str
    turns: tuple[TurnLine, ...]
    drawings: PageDrawings
    verdict: Markup
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: Markup


def mock_page(mock: MockInterview, catalog: Catalog, read: Callable[[str], str]) -> MockPage:
    """Compute the page of a mock interview; `read` gives the text of a file that the manifest names."""
    texts = Texts(mock, catalog)
    path = links.page_of(mock)
    root = links.root(path)
    crumbs = (
        links.Link(HUB.text, f"{root}{HUB.href}"),
        links.Link("Mock interviews", f"{root}{links.MOCKS}"),
        links.Link(mock.title, ""),
    )
    turns = tuple(_turns(mock, texts))
    return MockPage(
        frame=PageFrame(path, f"{mock.title} · {NAME}", summary_text(mock), crumbs, ("mock.js",), STYLES),
        title=mock.title,
        prompt=texts.html(mock.summary),
        watch=tuple(map(texts.html, mock.problem)),
        system=texts.link_to(mock.system),
        level=mock.level,
        turns=turns,
        drawings=drawings_of(mock, catalog, read),
        verdict=texts.html(mock.verdict),
        sources=optional_section("sources", "Sources", references(mock, texts)),
        listing=optional_section("source", "Python source", listing(mock, boxes=False)),
        beside=beside(mock, catalog.mocks),
        data=data_block({"drawn": [turn.drawn for turn in turns]}),
    )


def _turns(mock: MockInterview, texts: Texts) -> Iterator[TurnLine]:
    steps = [step.sentence for view in mock.views[:1] for step in view.steps]
    drawn, phase = 0, ""
    for number, turn in enumerate(mock.turns, 1):
        drawn = turn.draws or drawn
        step = steps[turn.draws - 1 : turn.draws] if turn.draws else []
        yield TurnLine(
            id=f"turn-{number}",
            clock=f"{int(turn.minute)}:{round(turn.minute % 1 * 60):02d}",
            speaker=turn.speaker.capitalize(),
            form=turn.speaker,
            text=texts.html(turn.text),
            notes=(texts.html(turn.note),) if turn.note else (),
            drawn=drawn,
            step=tuple(map(texts.html, step)),
            heading=(f"{turn.phase}  {_NAMES[turn.phase]}",) if turn.phase != phase else (),
        )
        phase = turn.phase
