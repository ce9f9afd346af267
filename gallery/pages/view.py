"""A view as a page shows it: the drawing, its walkthrough, its text twin, its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import known_line, quantities_by_name, svg_path
from archfolio.gallery.drill_down import within
from archfolio.gallery.export.mermaid import mermaid
from archfolio.gallery.export.snippets import snippets
from archfolio.gallery.file_sizes import file_size
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.estimate import in_unit, with_unit
from archfolio.gallery.pages.spent import stages_after_steps

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archfolio.gallery.export.snippets import Snippet
    from archfolio.gallery.manifest import Component, File, Node, Subject, View
    from archfolio.gallery.sections import Budget
    from archfolio.gallery.svg.inline import InlineDrawing


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a drawing."""

    text: str
    size: str
    href: str


@dataclass(frozen=True, slots=True)
class ViewPart:
    """A box of the drawing, in words."""

    id: str  # of its row
    name: str
    details: tuple[str, ...]  # none or one
    kind: links.Link
    role: Markup
    lines: tuple[int, ...]  # none or one


@dataclass(frozen=True, slots=True)
class StepLine:
    """A sentence of the walkthrough."""

    id: str
    number: int
    sentence: Markup
    spent: tuple[Markup, ...] = ()  # of the latency budget, after this step


@dataclass(frozen=True, slots=True)
class TextToEmbed:
    """What is put into a note to show a drawing there, and a word on how, for all kinds of notes that take the same."""

    title: str
    hints: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class ViewSection:
    """One drawing with everything that is said about it."""

    id: str
    slug: str
    title: str
    caption: Markup
    within: tuple[links.Link, ...]  # the boxes of other drawings that this one shows in detail
    alt: str
    width: float
    height: float
    drawing: Markup
    walkthrough: tuple[tuple[StepLine, ...], ...]  # none or one
    outline: tuple[str, ...]
    parts: tuple[ViewPart, ...]
    mermaid: str
    downloads: tuple[Download, ...]
    svg: str  # address of the drawing alone
    texts: tuple[TextToEmbed, ...]


def view_section(
    subject: Subject, view: View, drawing: InlineDrawing, components: Mapping[str, Component], root: str
) -> ViewSection:
    """Compute what is shown of a view."""
    figures = quantities_by_name(subject)
    budget = subject.budget if isinstance(subject, System) else None
    over = stages_after_steps(budget, view, figures) or [0] * len(view.steps)
    steps = tuple(
        StepLine(
            links.state(view.slug, step=step.number),
            step.number,
            prose.to_html(step.sentence, figures),
            _spent(budget, done),
        )
        for step, done in zip(view.steps, over, strict=True)
    )
    return ViewSection(
        id=links.state(view.slug),
        slug=view.slug,
        title=view.title,
        caption=prose.to_html(view.caption, figures),
        within=within(subject, view),
        alt=view.alt,
        width=round(view.width),
        height=round(view.height),
        drawing=drawing.markup,
        walkthrough=(steps,) if steps else (),
        outline=tuple(prose.to_text(sentence, figures) for sentence in view.outline),
        parts=tuple(_part(subject, view, node, components, root) for node in view.nodes),
        mermaid=mermaid(view),
        downloads=tuple(_download(file, root) for file in view.files),
        svg=f"{root}{links.address(svg_path(view))}",
        texts=texts_to_embed(subject, view),
    )


def texts_to_embed(subject: Subject, view: View) -> tuple[TextToEmbed, ...]:
    """Write a view for every kind of note, each text once."""
    alike: dict[str, list[Snippet]] = {}
    for one in snippets(subject, view):
        alike.setdefault(one.text, []).append(one)
    return tuple(TextToEmbed(", ".join(one.title for one in ones), _hints(ones), text) for text, ones in alike.items())


def _hints(alike: list[Snippet]) -> tuple[str, ...]:
    """Return what is said of how to use a text, with the kinds of notes where it is said of some alone."""
    titles: dict[str, list[str]] = {}
    for one in alike:
        titles.setdefault(one.hint, []).append(one.title)
    if len(titles) == 1:
        return tuple(titles)
    return tuple(f"{', '.join(names)}: {hint}" for hint, names in titles.items())


def _spent(budget: Budget | None, stages: int) -> tuple[Markup, ...]:
    """Return how much of the budget the first stages take; none where no stage is over."""
    if budget is None or not stages:
        return ()
    unit = budget.unit
    spent, promise = sum(stage.share for stage in budget.stages[:stages]), budget.promise
    text = f"about {in_unit(spent, unit)} of {with_unit(promise, unit)}"
    fits = "yes" if spent <= promise else "no"
    return (Markup('<span data-spent="{}" data-fits="{}">{}</span>').format(stages, fits, text),)


def _part(subject: Subject, view: View, node: Node, components: Mapping[str, Component], root: str) -> ViewPart:
    figures = quantities_by_name(subject)
    component = components.get(node.component)
    title = component.title if component else node.component
    return ViewPart(
        id=links.state(view.slug, node=node.id),
        name=node.name or node.id,
        details=(prose.one_line(node.detail),) if node.detail else (),
        kind=links.Link(title, f"{root}{links.component(node.component)}"),
        role=prose.role(node, figures),
        lines=known_line(subject, node.line),
    )


def _download(file: File, root: str) -> Download:
    words = [file.format.upper()]
    if file.scale != 1:
        words.append(f"{file.scale:g}x")
    if file.theme == "dark":
        words.append(file.theme)
    return Download(" ".join(words), file_size(file.bytes), f"{root}{links.address(file.path)}")
