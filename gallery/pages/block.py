"""The page of one building block: its view model, computed from the manifest."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, ClassVar

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.catalog import summary_text
from archfolio.gallery.dependencies import figures_below
from archfolio.gallery.pages.beside import Beside, beside
from archfolio.gallery.pages.check_lines import CheckLine, check_lines
from archfolio.gallery.pages.depth import Question, ShownFormula, Table, questions, shown_formula, table
from archfolio.gallery.pages.drawings import SCRIPTS, PageDrawings, drawings_of
from archfolio.gallery.pages.estimate import Row, rows
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.practice_link import practice_link
from archfolio.gallery.pages.references import Reference, references
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.source import Listing, listing
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.pages.texts import Texts
from archfolio.gallery.svg.inline import inline

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import BuildingBlock


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A concept with its definition, and its formula if there is one."""

    name: str
    definition: Markup
    formulas: tuple[ShownFormula, ...]


@dataclass(frozen=True, slots=True)
class CalculatorForm:
    """A question, the inputs that its answer hangs on, the answer, how it is computed and how to read it."""

    id: str
    title: str
    question: Markup
    inputs: tuple[Row, ...]
    results: tuple[Row, ...]
    steps: tuple[Row, ...]  # figures on the way, and the results with their formulas
    reading: Markup


@dataclass(frozen=True, slots=True)
class OptionTable:
    """Options compared on the same criteria."""

    id: str
    title: str
    content: Table


@dataclass(frozen=True, slots=True)
class ChartFigure:
    """A measured or simulated figure."""

    title: str
    drawing: Markup
    caption: Markup
    script: str


@dataclass(frozen=True, slots=True)
class BlockPage:
    """Everything that the page of a building block prints. What may be absent is a tuple of none or one."""

    template: ClassVar[str] = "block.html"
    noun: ClassVar[str] = "building block"

    frame: PageFrame
    slug: str
    title: str
    summary: tuple[Markup, ...]
    practice: tuple[links.Link, ...]
    drawings: PageDrawings
    problem: tuple[Section[tuple[Markup, ...]], ...]
    terms: tuple[Section[tuple[TermEntry, ...]], ...]
    calculators: tuple[Section[tuple[CalculatorForm, ...]], ...]
    charts: tuple[Section[tuple[ChartFigure, ...]], ...]
    tables: tuple[Section[tuple[OptionTable, ...]], ...]
    checklist: tuple[Section[tuple[CheckLine, ...]], ...]
    anti_patterns: tuple[Section[Table], ...]
    questions: tuple[Section[tuple[Question, ...]], ...]
    used_by: tuple[Section[Table], ...]
    sources: tuple[Section[tuple[Reference, ...]], ...]
    listing: tuple[Section[Listing], ...]
    beside: Beside
    data: Markup

    @property
    def outline(self) -> tuple[links.Link, ...]:
        """The headings of the page, in reading order."""
        sections: chain[Section[object]] = chain(
            *(self.problem, self.terms, self.calculators, self.charts, self.tables, self.checklist),
            *(self.anti_patterns, self.questions, self.used_by, self.sources, self.listing),
        )
        return (
            links.Link("Drawings", "#drawings"),
            *(links.Link(section.title, f"#{section.id}") for section in sections),
        )


def block_page(block: BuildingBlock, catalog: Catalog, read: Callable[[str], str]) -> BlockPage:
    """Compute the page of a building block; `read` gives the text of a file that the manifest names."""
    texts = Texts(block, catalog)
    path = links.page_of(block)
    crumbs = (
        links.Link("Building blocks", f"{links.root(path)}{links.INDEX}#{links.BLOCKS}"),
        links.Link(block.title, ""),
    )
    description = summary_text(block) or block.title
    return BlockPage(
        frame=PageFrame(path, f"{block.title} · {NAME}", description, crumbs, (*SCRIPTS, "checklist.js")),
        slug=block.slug,
        title=block.title,
        summary=(texts.html(block.summary),) if block.summary else (),
        practice=practice_link(block),
        drawings=drawings_of(block, catalog, read),
        problem=optional_section("problem", "What is hard about it", tuple(map(texts.html, block.problem))),
        terms=optional_section("terms", "Terms", tuple(_terms(block, texts))),
        calculators=optional_section("estimate", "Calculators", tuple(_calculators(block, texts))),
        charts=optional_section("charts", "Measured", tuple(_charts(block, texts))),
        tables=optional_section("decisions", "Which one when", tuple(_tables(block, texts))),
        checklist=optional_section("checklist", "Checklist", check_lines(block.checklist, texts)),
        anti_patterns=table(
            "anti-patterns",
            "Anti-patterns",
            ("Habit", "How it shows", "Cure", "Where"),
            (
                (texts.html(one.name), texts.html(one.symptom), texts.html(one.cure), texts.link(one.where))
                for one in block.anti_patterns
            ),
        ),
        questions=optional_section("questions", "Questions", questions(block.questions, texts)),
        used_by=table(
            "used-by",
            "Used by",
            ("Where", "What it does there"),
            ((texts.link_to(one.where), texts.html(one.how)) for one in block.used_by),
        ),
        sources=optional_section("sources", "Sources", references(block, texts)),
        listing=optional_section("source", "Python source", listing(block)),
        beside=beside(block, catalog.blocks),
        data=data_block(subject_data(block, catalog)),
    )


def _terms(block: BuildingBlock, texts: Texts) -> list[TermEntry]:
    return [
        TermEntry(term.name, texts.html(term.definition), (shown_formula(term.formula, texts),) if term.formula else ())
        for term in block.terms
    ]


def _calculators(block: BuildingBlock, texts: Texts) -> list[CalculatorForm]:
    """List the calculators; figures that belong to none, but are quoted elsewhere, follow as one of their own."""
    by_name = {row.name: row for row in rows(block.estimate, texts.figures)}
    below = figures_below(block)
    forms: list[CalculatorForm] = []
    left = set(by_name)
    for number, one in enumerate(block.calculators, 1):
        wanted = frozenset().union(*(below[name] for name in one.results if name in below))
        left -= wanted
        forms.append(
            CalculatorForm(
                id=f"calculator-{number}",
                title=one.title,
                question=texts.html(one.question),
                inputs=tuple(row for name, row in by_name.items() if name in wanted and row.kind == "input"),
                results=tuple(by_name[name] for name in one.results if name in by_name),
                steps=tuple(row for name, row in by_name.items() if name in wanted and row.kind == "computed"),
                reading=texts.html(one.reading),
            )
        )
    if left:
        others = tuple(row for name, row in by_name.items() if name in left)
        computed = tuple(row for row in others if row.kind == "computed")
        behind = frozenset().union(*(below[row.name] for row in others))
        inputs = tuple(row for name, row in by_name.items() if name in behind and row.kind == "input")
        forms.append(
            CalculatorForm("calculator-others", "Other figures", Markup(), inputs, computed, computed, Markup())
        )
    return forms


def _charts(block: BuildingBlock, texts: Texts) -> list[ChartFigure]:
    return [
        ChartFigure(
            one.title,
            inline(one.svg, prefix=f"chart-{number}", label=one.alt, has_sprite=False).markup,
            texts.html(one.caption),
            one.script,
        )
        for number, one in enumerate(block.charts, 1)
    ]


def _tables(block: BuildingBlock, texts: Texts) -> list[OptionTable]:
    return [
        OptionTable(
            f"table-{number}",
            one.title,
            Table(
                (Markup("Option"), *map(texts.html, one.criteria), Markup("Wins when")),
                tuple(
                    (texts.html(option.name), *map(texts.html, option.values), texts.html(option.wins_when))
                    for option in one.options
                ),
            ),
        )
        for number, one in enumerate(block.tables, 1)
    ]
