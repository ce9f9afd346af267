"""The practice page of one subject, its ladder, and the page that gathers what is due over all of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.plural import plural
from archfolio.gallery.practice.item import RUNGS
from archfolio.gallery.practice.ladder import has_practice

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.practice.item import PracticeItem

_SCRIPTS = (
    "figures.js",
    "read-figure.js",
    "practice-progress.js",
    "load.js",
    "practice-items.js",
    "drawing.js",
    "practice-drawing.js",
    "practice-question.js",
    "practice-session.js",
    "practice-keeping.js",
    "practice-round.js",
    "practice.js",
)
_STYLES = ("practice.css",)


@dataclass(frozen=True, slots=True)
class Rung:
    """A kind of question on the ladder."""

    kind: str
    title: str
    count: str


@dataclass(frozen=True, slots=True)
class PracticePage:
    """Everything that the page prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "practice.html"

    frame: PageFrame
    title: str
    count: str
    subject: links.Link
    walkthrough: tuple[links.Link, ...]
    rungs: tuple[Rung, ...]
    round: tuple[str, ...]
    sheet: str
    deck: str
    data: Markup


@dataclass(frozen=True, slots=True)
class PracticeGroup:
    """Subjects of one kind."""

    title: str
    subjects: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class PracticeIndexPage:
    """Everything that the page of what is due prints."""

    template: ClassVar[str] = "practice_index.html"

    frame: PageFrame
    groups: tuple[PracticeGroup, ...]
    data: Markup


def practice_page(subject: Subject, items: Sequence[PracticeItem]) -> PracticePage:
    """Compute the practice page of a subject."""
    path = links.practice(subject.slug)
    root = links.root(path)
    page = f"{root}{links.page_of(subject)}"
    stepped = [view for view in subject.views if view.steps][:1]
    plan = subject.interview_plan if isinstance(subject, System) else []
    return PracticePage(
        frame=PageFrame(
            path,
            f"Practice: {subject.title} · {NAME}",
            f"{plural(len(items), 'question')} on {subject.title}, from one hidden box to answers in your own words.",
            (links.Link("Practice", f"{root}{links.PRACTICE}"), links.Link(subject.title, "")),
            _SCRIPTS,
            _STYLES,
        ),
        title=subject.title,
        count=plural(len(items), "question"),
        subject=links.Link(subject.title, page),
        walkthrough=tuple(links.Link(view.title, f"{page}#{links.state(view.slug, step=1)}") for view in stepped),
        rungs=tuple(
            Rung(kind, title, plural(count, "question"))
            for kind, title in RUNGS.items()
            if (count := sum(item.kind == kind for item in items))
        ),
        round=(f"{sum(phase.minutes for phase in plan):g}",) if plan else (),
        sheet=f"{root}{links.practice_sheet(subject.slug)}",
        deck=f"{root}{links.practice_deck(subject.slug)}",
        data=data_block({"root": root, "subjects": [[subject.slug, subject.title]], "here": subject.slug}),
    )


def practice_index_page(catalog: Catalog) -> PracticeIndexPage:
    """Compute the page that gathers what is due."""
    kinds = (("Systems", catalog.systems), ("Building blocks", catalog.blocks))
    groups = {title: [subject for subject in subjects if has_practice(subject)] for title, subjects in kinds}
    known = [[subject.slug, subject.title] for subjects in groups.values() for subject in subjects]
    return PracticeIndexPage(
        frame=PageFrame(
            links.PRACTICE,
            f"Practice · {NAME}",
            "Questions about consequences, made from the drawings: those that are due today, of all subjects.",
            scripts=_SCRIPTS,
            styles=_STYLES,
        ),
        groups=tuple(
            PracticeGroup(title, tuple(links.Link(one.title, links.practice(one.slug)) for one in subjects))
            for title, subjects in groups.items()
            if subjects
        ),
        data=data_block({"root": "", "subjects": known, "here": ""}),
    )
