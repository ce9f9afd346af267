"""The page of a question of the bank: what to ask, what to answer, and what changes from the nearest system."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text, svg_path
from archfolio.gallery.drawn_places import find_drawn
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.depth import Table, table
from archfolio.gallery.pages.drawings import SCRIPTS, PageDrawings, drawings_of
from archfolio.gallery.pages.interview_lists import HUB, STYLES
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.pages.texts import Texts

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import InterviewQuestion, View


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """A change of the drawing, in words."""

    kind: str
    parts: str
    sentence: Markup


@dataclass(frozen=True, slots=True)
class NearestDrawing:
    """The drawing of the nearest system, for a question that has none of its own."""

    href: str
    title: str
    svg: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BankQuestionPage:
    """Everything that the page of a question prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "question.html"
    noun: ClassVar[str] = "question"

    frame: PageFrame
    title: str
    prompt: tuple[Markup, ...]
    problem: tuple[Markup, ...]
    clarifications: tuple[Section[Table], ...]
    answer: tuple[Markup, ...]
    nearest: Markup
    why_nearest: Markup
    drawings: PageDrawings
    changes: tuple[Section[tuple[ChangeLine, ...]], ...]
    shown: tuple[NearestDrawing, ...]
    compared: tuple[Section[Table], ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: tuple[Markup, ...]


def bank_question_page(question: InterviewQuestion, catalog: Catalog, read: Callable[[str], str]) -> BankQuestionPage:
    """Compute the page of a question; `read` gives the text of a file that the manifest names."""
    texts = Texts(question, catalog)
    path = links.page_of(question)
    root = links.root(path)
    crumbs = (
        links.Link(HUB.text, f"{root}{HUB.href}"),
        links.Link("Question bank", f"{root}{links.QUESTIONS}"),
        links.Link(question.title, ""),
    )
    scripts = SCRIPTS if question.views else ()
    return BankQuestionPage(
        frame=PageFrame(path, f"{question.title} · {NAME}", summary_text(question), crumbs, scripts, STYLES),
        title=question.title,
        prompt=(texts.html(question.summary),) if question.summary else (),
        problem=tuple(map(texts.html, question.problem)),
        clarifications=table(
            "clarifications",
            "Ask first",
            ("Question", "Answer assumed here"),
            ((texts.html(one.question), texts.html(one.answer)) for one in question.clarifications),
        ),
        answer=tuple(map(texts.html, question.answer)),
        nearest=texts.link_to(question.nearest),
        why_nearest=texts.html(question.why_nearest),
        drawings=drawings_of(question, catalog, read),
        changes=optional_section(
            "changes", "What changes", tuple(line for view in question.views for line in _changes(view, texts))
        ),
        shown=() if question.views else tuple(_nearest(question, catalog, root)),
        compared=_compared(question, texts),
        sources=optional_section("sources", "Sources", references(question, texts)),
        listing=optional_section("source", "Python source", listing(question)),
        beside=beside(question, catalog.questions),
        data=(data_block(subject_data(question, catalog)),) if question.views else (),
    )


def _compared(question: InterviewQuestion, texts: Texts) -> tuple[Section[Table], ...]:
    """Set figures beside those of the nearest system."""
    how = {True: Markup("assumed for this question"), False: Markup("computed by the same formula")}
    return table(
        "figures",
        "Figures beside those of the nearest system",
        ("Figure", "Here", "There", "How"),
        (
            (texts.html(one.label), Markup("{}").format(one.here), Markup("{}").format(one.there), how[one.is_input])
            for one in question.compared
        ),
    )


def _changes(view: View, texts: Texts) -> Iterator[ChangeLine]:
    nodes = {node.id: node.name for node in view.nodes}
    ends = nodes | {cluster.id: cluster.label for cluster in view.clusters}
    arrows = {edge.id: f"{ends.get(edge.tail, '')} \u2192 {ends.get(edge.head, '')}" for edge in view.edges}
    for change in view.changes:
        parts = [nodes[one] for one in change.nodes if one in nodes]
        named = parts or [arrows[one] for one in change.edges if one in arrows]
        yield ChangeLine(change.kind, ", ".join(dict.fromkeys(named)), texts.html(change.sentence))


def _nearest(question: InterviewQuestion, catalog: Catalog, root: str) -> Iterator[NearestDrawing]:
    place = find_drawn(question.nearest, catalog.subjects)
    if place and place.view:
        yield NearestDrawing(
            href=f"{root}{place.href}",
            title=place.title,
            svg=f"{root}{links.address(svg_path(place.view))}",
            alt=place.view.alt,
            width=round(place.view.width),
            height=round(place.view.height),
        )
