"""The interview part from above: a page that leads to everything in it, and a list of each kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import CommonMistake, Subject

HUB = links.Link("Interview", links.INTERVIEW)
STYLES = ("interview.css",)


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A page of the interview part, in a list."""

    number: int
    title: str
    href: str
    line: str
    remark: str


@dataclass(frozen=True, slots=True)
class ListGroup:
    """Entries under a heading, with a link to all of them where these are not all."""

    id: str
    title: str
    line: str
    entries: tuple[ListEntry, ...]
    all: tuple[links.Link, ...] = ()


@dataclass(frozen=True, slots=True)
class InterviewListPage:
    """A list of the interview part."""

    template: ClassVar[str] = "interview.html"

    frame: PageFrame
    title: str
    lead: str
    groups: tuple[ListGroup, ...]

    @property
    def trail(self) -> tuple[tuple[links.Link, ...], ...]:
        """The way back, where there is one."""
        return (self.frame.crumbs,) if len(self.frame.crumbs) > 1 else ()


def interview_pages(catalog: Catalog) -> Iterator[InterviewListPage]:
    """Compute the pages; none where a gallery has no interview part."""
    if not catalog.interview:
        return
    yield _hub(catalog)
    if catalog.questions:
        yield _list(links.QUESTIONS, "Question bank", _BANK, _topics(catalog))
    if catalog.mistakes:
        drawings = replace(_mistakes(catalog), title="By what is said")
        yield _list(links.MISTAKES, "Spot the fault", _FAULTS, [drawings, _habits(catalog), _names(catalog)])
    if catalog.mocks:
        yield _list(links.MOCKS, "Mock interviews", _MOCKS, [replace(_mocks(catalog), title="To read along")])


_BANK = (
    "What is asked, what to ask back, and an answer in three sentences. Where no system here answers a question, its"
    " drawing shows what changes from the one that is nearest."
)
_FAULTS = (
    "Small drawings, each with something wrong in it that is often drawn in interviews. Find it and click it; the page"
    " tells hot from cold, then the reason, what archfolio check says, and how it is drawn right."
)
_MOCKS = (
    "Interviews of 45 minutes, word for word, beside a drawing that grows as they go, with what the interviewer writes"
    " in the margin. The figures are those of the system's own estimate."
)
_NAMES = "The answers, for when you have looked: what is wrong, and which rule of archfolio check finds it."
_HABITS = (
    "Asking nothing before one draws, naming no alternative, saying no word about the business, running out of time:"
    " these are mistakes of the hour, not of a box. The framework has minutes and a checklist against each."
)


def fault_name(mistake: CommonMistake) -> str:
    """Name a mistake without saying what is wrong."""
    return f"Fault {mistake.position}"


def _hub(catalog: Catalog) -> InterviewListPage:
    groups = []
    if catalog.frameworks or catalog.company_guides:
        groups.append(
            ListGroup(
                "guide",
                "Before you begin",
                "The order of the hour, and what companies themselves say of it.",
                tuple(_entries((*catalog.frameworks, *catalog.company_guides), "")),
            )
        )
    if catalog.mocks:
        groups.append(_mocks(catalog))
    if catalog.mistakes:
        every = links.Link(f"All {len(catalog.mistakes)}", links.MISTAKES)
        groups.append(replace(_mistakes(catalog), all=(every,)))
    if catalog.questions:
        deltas = [one for one in catalog.questions if one.views]
        group = ListGroup(
            "deltas",
            "Questions drawn as changes of a system",
            "Transfer is what interviews test: the nearest system, with what is added, changed and removed.",
            tuple(_entries(deltas, "")),
            (links.Link(f"All {plural(len(catalog.questions), 'question')}", links.QUESTIONS),),
        )
        groups.append(group)
    lead = "How to use 45 minutes, what is asked, what goes wrong, and three interviews to read along."
    frame = PageFrame(links.INTERVIEW, f"Interview · {NAME}", lead, (HUB,), styles=STYLES)
    return InterviewListPage(frame, "Interview", lead, tuple(groups))


def _list(path: str, title: str, lead: str, groups: Sequence[ListGroup]) -> InterviewListPage:
    frame = PageFrame(path, f"{title} · {NAME}", lead, (HUB, links.Link(title, "")), styles=STYLES)
    return InterviewListPage(frame, title, lead, tuple(groups))


def _topics(catalog: Catalog) -> list[ListGroup]:
    topics = dict.fromkeys(question.topic for question in catalog.questions)
    return [
        ListGroup(
            f"topic-{number}",
            topic,
            "",
            tuple(
                _entry(one, "drawn as changes" if one.views else "") for one in catalog.questions if one.topic == topic
            ),
        )
        for number, topic in enumerate(topics, 1)
    ]


def _mistakes(catalog: Catalog) -> ListGroup:
    """List the drawings by what the candidate says of them: a name would give the fault away."""
    entries = tuple(
        ListEntry(one.position, fault_name(one), links.page_of(one), summary_text(one), "") for one in catalog.mistakes
    )
    return ListGroup(
        "faults", "Spot the fault", "A wrong drawing each, and what is said over it. Look, click, and be told.", entries
    )


def _names(catalog: Catalog) -> ListGroup:
    def remark(one: CommonMistake) -> str:
        return f"fault {one.position}, " + (f"found by {one.rule}" if one.rule else "no rule sees it")

    entries = tuple(_entry(one, remark(one), "") for one in catalog.mistakes)
    return ListGroup("names", "By name", _NAMES, entries)


def _habits(catalog: Catalog) -> ListGroup:
    """Name what no drawing can show, and lead to what helps."""
    frameworks = tuple(links.Link(one.title, links.page_of(one)) for one in catalog.frameworks)
    return ListGroup("habits", "Four that no drawing shows", _HABITS, (), frameworks)


def _mocks(catalog: Catalog) -> ListGroup:
    entries = tuple(_entry(one, f"{one.level}, {plural(len(one.turns), 'turn')}") for one in catalog.mocks)
    return ListGroup("mocks", "Mock interviews", "Played by the arrow keys, at your pace.", entries)


def _entries(subjects: Iterable[Subject], remark: str) -> Iterator[ListEntry]:
    return (_entry(one, remark) for one in subjects)


def _entry(subject: Subject, remark: str, line: str | None = None) -> ListEntry:
    said = summary_text(subject) if line is None else line
    return ListEntry(subject.position, subject.title, links.page_of(subject), said, remark)
