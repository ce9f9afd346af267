"""The estimation reference: constants and who uses them, the method, a blank calculator, and drills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.dependencies import figures_below, inputs_by_figure
from archfolio.gallery.formula import in_figures, in_words
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.estimate import RowGroup, row_groups
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.page_frame import NAME, PageFrame
from archfolio.gallery.pages.section import Section, optional_section
from archfolio.gallery.pages.subject_json import figures_data

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markupsafe import Markup

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.study import BlankCalculator, Drill, ReferenceFigure, Study

_SCRIPTS = ("state.js", "figures.js", "formula.js", "read-figure.js", "estimate.js", "whatif.js", "drills.js")
_ASSUMED = "assumption"
_DERIVED = ""


@dataclass(frozen=True, slots=True)
class Constant:
    """A published figure, and the estimates that hang on it."""

    id: str
    label: str
    shown: str
    unit: str
    source: str
    link: tuple[links.Link, ...]
    year: str
    note: str
    used_by: tuple[links.Link, ...]


@dataclass(frozen=True, slots=True)
class ConstantGroup:
    """Constants of one kind."""

    title: str
    constants: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class WorkedStep:
    """A step of the method, worked with the figures of the calculator."""

    title: str
    text: Markup


@dataclass(frozen=True, slots=True)
class CalculatorSection:
    """The blank calculator."""

    question: str
    reading: str
    results: tuple[CalculatorResult, ...]
    figures: Section[tuple[RowGroup, ...]]


@dataclass(frozen=True, slots=True)
class CalculatorResult:
    """A figure that the reader wants, and what it is."""

    label: str
    figure: Markup


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a drill gives."""

    label: str
    shown: str


@dataclass(frozen=True, slots=True)
class Working:
    """A line of arithmetic."""

    label: str
    words: str
    numbers: str
    shown: str


@dataclass(frozen=True, slots=True)
class DrillItem:
    """A question, what is given, and the answer with its arithmetic."""

    id: str
    question: str
    given: tuple[Given, ...]
    working: tuple[Working, ...]
    value: str  # in its unit, for scripts
    unit: str
    shown: str
    system: links.Link


@dataclass(frozen=True, slots=True)
class ReferencePage:
    """Everything that the page prints."""

    template: ClassVar[str] = "reference.html"

    frame: PageFrame
    lead: str
    constants: tuple[Section[tuple[ConstantGroup, ...]], ...]
    cited: tuple[Section[tuple[Constant, ...]], ...]
    method: tuple[Section[tuple[WorkedStep, ...]], ...]
    calculator: tuple[Section[CalculatorSection], ...]
    drills: tuple[Section[tuple[DrillItem, ...]], ...]
    data: Markup

    @property
    def outline(self) -> tuple[links.Link, ...]:
        """The headings of the page, in reading order."""
        found = (*self.method, *self.calculator, *self.drills, *self.constants, *self.cited)
        return tuple(links.Link(section.title, f"#{section.id}") for section in found)


def reference_page(study: Study, catalog: Catalog) -> ReferencePage:
    """Compute the page of reference figures, with the method of estimation, a calculator and drills."""
    lead = (
        "The figures that estimates here import, with source and year; the way from daily users to machines; "
        "a calculator to try your own; and drills."
    )
    crumbs = (links.Link("Study", links.STUDY), links.Link("Estimation reference", ""))
    return ReferencePage(
        frame=PageFrame(links.REFERENCE, f"Estimation reference · {NAME}", lead, crumbs, _SCRIPTS, ("study.css",)),
        lead=lead,
        constants=optional_section("constants", "Constants", tuple(_groups(study, catalog))),
        cited=optional_section("cited", "Cited by one system", tuple(_cited(study, catalog))),
        method=optional_section("method", "From daily users to machines", _method(study)),
        calculator=_calculator(study.calculator) if study.calculator else (),
        drills=optional_section(
            "drills", "Drills", tuple(item for drill in study.drills for item in _drill(drill, catalog))
        ),
        data=data_block(
            {
                "figures": figures_data(study.calculator.estimate) if study.calculator else [],
                "keyInputs": [],
                "budget": None,
            }
        ),
    )


def _groups(study: Study, catalog: Catalog) -> Iterator[ConstantGroup]:
    for title in sorted({figure.group for figure in study.references}):
        yield ConstantGroup(
            title, tuple(_constant(figure, catalog) for figure in study.references if figure.group == title)
        )


def _constant(figure: ReferenceFigure, catalog: Catalog) -> Constant:
    url, imported = links.web(figure.url), (figure.label, _written(figure))
    return Constant(
        id=f"constant-{figure.name}",
        label=figure.label,
        shown=figure.shown,
        unit=figure.unit,
        source=figure.source,
        link=(links.Link(figure.source, url),) if url else (),
        year=str(figure.year),
        note=figure.note,
        used_by=tuple(
            _figure(system, quantity.name)
            for system in catalog.architectures
            for quantity in system.estimate
            if (quantity.label, quantity.source) == imported
        ),
    )


def _figure(subject: Subject, name: str) -> links.Link:
    """Link to a figure on its subject's page: to its row, or to the calculators of a building block."""
    place = f"figure-{name}" if isinstance(subject, System) else "estimate"
    return links.Link(subject.title, f"{links.page_of(subject)}#{place}")


def _written(figure: ReferenceFigure) -> str:
    """Return the source of a figure as an estimate that imports it says it."""
    return f"{figure.source}, {figure.year}"


def _cited(study: Study, catalog: Catalog) -> Iterator[Constant]:
    imported = {(figure.label, _written(figure)) for figure in study.references}
    for system in catalog.architectures:
        for quantity in system.estimate:
            if quantity.source in {_ASSUMED, _DERIVED} or (quantity.label, quantity.source) in imported:
                continue
            yield Constant(
                id=f"cited-{system.slug}-{quantity.name}",
                label=quantity.label,
                shown=quantity.shown,
                unit=quantity.unit,
                source=quantity.source,
                link=(),
                year="",
                note=quantity.note,
                used_by=(_figure(system, quantity.name),),
            )


def _method(study: Study) -> tuple[WorkedStep, ...]:
    figures = {quantity.name: quantity for quantity in study.calculator.estimate} if study.calculator else {}
    return tuple(WorkedStep(step.title, prose.to_html(step.text, figures)) for step in study.method)


def _calculator(calculator: BlankCalculator) -> tuple[Section[CalculatorSection], ...]:
    figures = {quantity.name: quantity for quantity in calculator.estimate}
    content = CalculatorSection(
        question=calculator.question,
        reading=calculator.reading,
        results=tuple(
            CalculatorResult(figures[name].label, prose.figure(figures[name]))
            for name in calculator.results
            if name in figures
        ),
        figures=Section("figures", calculator.title, row_groups(calculator.estimate, figures)),
    )
    return (Section("calculator", calculator.title, content),)


def _drill(drill: Drill, catalog: Catalog) -> Iterator[DrillItem]:
    system = catalog.by_slug.get(drill.system)
    figures = quantities_by_name(system) if system else {}
    wanted = figures.get(drill.quantity)
    if system is None or wanted is None:
        return
    yield DrillItem(
        id=f"drill-{system.slug}-{wanted.name}",
        question=prose.to_text(drill.question, figures),
        given=tuple(_given(system, drill.quantity)),
        working=tuple(_working(system, drill.quantity)),
        value=repr(wanted.value),
        unit=wanted.unit,
        shown=wanted.shown,
        system=_figure(system, wanted.name),
    )


def _given(system: Subject, name: str) -> Iterator[Given]:
    inputs = inputs_by_figure(system)[name]
    for quantity in system.estimate:
        if quantity.name in inputs:
            counted = quantity.unit.partition("/")[0].strip()
            unit = f" {quantity.unit}" if quantity.shown == quantity.number and counted else ""
            yield Given(quantity.label, f"{quantity.shown}{unit}")


def _working(system: Subject, name: str) -> Iterator[Working]:
    """List what is computed on the way to a figure, and the figure last."""
    figures = quantities_by_name(system)
    needed = figures_below(system)[name]
    for quantity in system.estimate:
        if quantity.name in needed and quantity.formula:
            words, numbers = (write(quantity.formula, figures) for write in (in_words, in_figures))
            yield Working(quantity.label, words, numbers, quantity.shown)
