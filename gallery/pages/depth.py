"""The sections on modelling and on the interview: tables, formulas, questions with answers, talks by the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from archfolio.gallery import links
from archfolio.gallery.pages.section import Section, optional_section

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.manifest import System
    from archfolio.gallery.pages.texts import Texts
    from archfolio.gallery.sections import FollowUp, MathFormula, Phase

_MANY_COLUMNS = 4  # a table of more reads better as cards


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its column heads, and its rows, whose first cell names the row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Markup, ...], ...]
    form: str = "columns"  # or "cards", a row each, where there are too many columns to stand side by side


@dataclass(frozen=True, slots=True)
class Question:
    """A follow-up question, its answers, and where the drawings show it."""

    level: str
    question: Markup
    answer: Markup
    weak: Markup
    where: Markup


@dataclass(frozen=True, slots=True)
class ShownFormula:
    """A formula, and what it says."""

    name: str
    mathml: Markup
    meaning: Markup


@dataclass(frozen=True, slots=True)
class LossSection:
    """What training minimises."""

    objective: Markup
    formulas: tuple[ShownFormula, ...]
    calibration: Markup


@dataclass(frozen=True, slots=True)
class Talk:
    """A phase of a talk or an interview, with the minute in which it begins."""

    start: str
    minutes: str
    name: str
    text: Markup


@dataclass(frozen=True, slots=True)
class Depth:
    """The sections that go beyond the drawing; what a system does not say is a tuple of none."""

    framing: tuple[Section[Table], ...]
    clarifications: tuple[Section[Table], ...]
    labels: tuple[Section[Table], ...]
    example: tuple[Section[Table], ...]
    features: tuple[Section[Table], ...]
    loss: tuple[Section[LossSection], ...]
    evaluation: tuple[Section[Table], ...]
    biases: tuple[Section[Table], ...]
    follow_ups: tuple[Section[tuple[Question, ...]], ...]
    case_studies: tuple[Section[Table], ...]
    five_minutes: tuple[Section[tuple[Talk, ...]], ...]
    interview_plan: tuple[Section[tuple[Talk, ...]], ...]


def depth(system: System, texts: Texts) -> Depth:
    """Compute the sections of a system."""
    return Depth(
        framing=_framing(system, texts),
        clarifications=table(
            "clarifications",
            "Clarifying questions",
            ("Question", "Answer assumed here"),
            ((texts.html(one.question), texts.html(one.answer)) for one in system.clarifications),
        ),
        labels=_labels(system, texts),
        example=table(
            "training-example",
            "One training row",
            ("Field", "Value"),
            ((texts.html(field.name), texts.html(field.value)) for field in system.training_example),
        ),
        features=_features(system, texts),
        loss=_loss(system, texts),
        evaluation=_evaluation(system, texts),
        biases=table(
            "biases",
            "Bias and cold start",
            ("Bias", "Effect", "Cure", "Where"),
            (
                (texts.html(one.name), texts.html(one.effect), texts.html(one.cure), texts.link(one.where))
                for one in system.biases
            ),
        ),
        follow_ups=optional_section("follow-ups", "Follow-up questions", questions(system.follow_ups, texts)),
        case_studies=_case_studies(system, texts),
        five_minutes=optional_section("five-minutes", "The answer in five minutes", _talk(system.five_minutes, texts)),
        interview_plan=optional_section("interview-plan", "Plan for 45 minutes", _talk(system.interview_plan, texts)),
    )


def questions(asked: Iterable[FollowUp], texts: Texts) -> tuple[Question, ...]:
    """Write questions that fold open."""
    return tuple(
        Question(
            level=one.level,
            question=texts.html(one.question),
            answer=texts.html(one.answer),
            weak=texts.html(one.weak),
            where=texts.link(one.where),
        )
        for one in asked
    )


def shown_formula(said: MathFormula, texts: Texts) -> ShownFormula:
    """Write a formula."""
    return ShownFormula(said.name, Markup(said.mathml), texts.html(said.meaning))  # noqa: S704  its letters are escaped


def table(
    name: str, title: str, heads: tuple[str, ...], rows: Iterable[tuple[Markup, ...]]
) -> tuple[Section[Table], ...]:
    """Build the section of a table; none where it has no rows."""
    found = tuple(rows)
    form = "cards" if len(heads) > _MANY_COLUMNS else "columns"
    return (Section(name, title, Table(heads, found, form)),) if found else ()


def _framing(system: System, texts: Texts) -> tuple[Section[Table], ...]:
    if (said := system.framing) is None:
        return ()
    rows = (
        ("Business goal", said.goal),
        ("Decision", said.decision),
        ("ML task", said.task),
        ("Label", said.label),
        ("Metric", said.metric),
        ("Not optimised", said.not_optimised),
        ("Without machine learning", said.baseline),
    )
    return table("framing", "Framing", (), ((texts.html(name), texts.html(text)) for name, text in rows))


def _evaluation(system: System, texts: Texts) -> tuple[Section[Table], ...]:
    if (said := system.evaluation) is None:
        return ()
    rows = (
        ("Offline", said.offline),
        ("Why offline can disagree", said.disagreement),
        ("Unit of the test", said.unit),
        ("Duration", said.duration),
        ("Power", said.power),
        ("Guardrails", said.guardrails),
    )
    return table("evaluation", "Evaluation", (), ((texts.html(name), texts.html(text)) for name, text in rows))


def _labels(system: System, texts: Texts) -> tuple[Section[Table], ...]:
    heads = ("Event", "Window", "Positive", "Negative", "Ignored", "Delay", "Bias", "Where")
    rows = (
        (
            *(texts.html(text) for text in (one.event, one.window, one.positive, one.negative)),
            *(texts.html(text) for text in (one.ignored, one.delay, one.bias)),
            texts.link(one.where),
        )
        for one in system.labels
    )
    return table("labels", "Labels", heads, rows)


def _features(system: System, texts: Texts) -> tuple[Section[Table], ...]:
    heads = ("Group", "Features", "Freshness", "Store", "How it can leak")
    rows = (
        (
            texts.html(one.name),
            Markup("; ").join(map(texts.html, one.features)),
            texts.html(one.freshness),
            texts.link(one.store),
            texts.html(one.leak),
        )
        for one in system.features
    )
    return table("features", "Features", heads, rows)


def _loss(system: System, texts: Texts) -> tuple[Section[LossSection], ...]:
    if (said := system.loss) is None:
        return ()
    formulas = tuple(shown_formula(one, texts) for one in said.formulas)
    content = LossSection(texts.html(said.objective), formulas, texts.html(said.calibration))
    return (Section("loss", "Loss and calibration", content),)


def _case_studies(system: System, texts: Texts) -> tuple[Section[Table], ...]:
    def source(url: str) -> Markup:
        title = next((one.title for one in system.sources if one.url == url), url)
        address = links.web(url)
        if not address:
            return Markup("{}").format(title)
        return Markup('<a href="{}" rel="noopener noreferrer external">{}</a>').format(address, title)

    rows = (
        (texts.html(one.team), texts.html(one.system), texts.html(one.difference), source(one.source))
        for one in system.case_studies
    )
    return table("case-studies", "How teams do it", ("Team", "System", "What they chose differently", "Source"), rows)


def _talk(phases: Iterable[Phase], texts: Texts) -> tuple[Talk, ...]:
    talks: list[Talk] = []
    start = 0.0
    for phase in phases:
        minutes, seconds = divmod(round(start * 60), 60)
        talks.append(Talk(f"{minutes}:{seconds:02}", f"{phase.minutes:g} min", phase.name, texts.html(phase.text)))
        start += phase.minutes
    return tuple(talks)
