"""The sections on modelling and on the interview: tables, formulas, questions with answers, talks by the minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from archfolio.gallery import links, prose
from archfolio.gallery.pages.section import Section, optional_section

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import Phase, Place, Quantity

_ARROW = "\u2192"
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


def depth(system: System, figures: Mapping[str, Quantity]) -> Depth:
    """Compute the sections of a system."""
    texts = _Texts(system, figures)
    return Depth(
        framing=_framing(system, texts),
        clarifications=_table(
            "clarifications",
            "Clarifying questions",
            ("Question", "Answer assumed here"),
            ((texts.html(one.question), texts.html(one.answer)) for one in system.clarifications),
        ),
        labels=_labels(system, texts),
        example=_table(
            "training-example",
            "One training row",
            ("Field", "Value"),
            ((texts.html(field.name), texts.html(field.value)) for field in system.training_example),
        ),
        features=_features(system, texts),
        loss=_loss(system, texts),
        evaluation=_evaluation(system, texts),
        biases=_table(
            "biases",
            "Bias and cold start",
            ("Bias", "Effect", "Cure", "Where"),
            (
                (texts.html(one.name), texts.html(one.effect), texts.html(one.cure), texts.link(one.where))
                for one in system.biases
            ),
        ),
        follow_ups=optional_section(
            "follow-ups",
            "Follow-up questions",
            tuple(
                Question(
                    level=one.level,
                    question=texts.html(one.question),
                    answer=texts.html(one.answer),
                    weak=texts.html(one.weak),
                    where=texts.link(one.where),
                )
                for one in system.follow_ups
            ),
        ),
        case_studies=_case_studies(system, texts),
        five_minutes=optional_section("five-minutes", "The answer in five minutes", _talk(system.five_minutes, texts)),
        interview_plan=optional_section("interview-plan", "Plan for 45 minutes", _talk(system.interview_plan, texts)),
    )


class _Texts:
    """Writes texts of one system, with its figures and with links into its drawings."""

    def __init__(self, system: System, figures: Mapping[str, Quantity]) -> None:
        self._system, self._figures = system, figures
        self._titles = {view.slug: view.title for view in system.views}

    def html(self, text: str) -> Markup:
        return prose.to_html(text, self._figures)

    def link(self, place: Place) -> Markup:
        """Link to what a text points to; what is not drawn is named without a link."""
        if place.decision is not None:
            chosen = self.html(self._system.decisions[place.decision].chosen)
            return Markup('<a href="#decisions">Decision: {}</a>').format(chosen)
        if not place.view:
            return Markup("{}").format(place.text)
        title = self._titles.get(place.view, place.view)
        inside = place.text.partition("/")[2].strip().replace("->", _ARROW)
        text = f"{title}: {inside}" if inside else title
        return Markup('<a href="#{}">{}</a>').format(links.state(place.view, node=place.node), text)


def _table(
    name: str, title: str, heads: tuple[str, ...], rows: Iterable[tuple[Markup, ...]]
) -> tuple[Section[Table], ...]:
    found = tuple(rows)
    form = "cards" if len(heads) > _MANY_COLUMNS else "columns"
    return (Section(name, title, Table(heads, found, form)),) if found else ()


def _framing(system: System, texts: _Texts) -> tuple[Section[Table], ...]:
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
    return _table("framing", "Framing", (), ((texts.html(name), texts.html(text)) for name, text in rows))


def _evaluation(system: System, texts: _Texts) -> tuple[Section[Table], ...]:
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
    return _table("evaluation", "Evaluation", (), ((texts.html(name), texts.html(text)) for name, text in rows))


def _labels(system: System, texts: _Texts) -> tuple[Section[Table], ...]:
    heads = ("Event", "Window", "Positive", "Negative", "Ignored", "Delay", "Bias", "Where")
    rows = (
        (
            *(texts.html(text) for text in (one.event, one.window, one.positive, one.negative)),
            *(texts.html(text) for text in (one.ignored, one.delay, one.bias)),
            texts.link(one.where),
        )
        for one in system.labels
    )
    return _table("labels", "Labels", heads, rows)


def _features(system: System, texts: _Texts) -> tuple[Section[Table], ...]:
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
    return _table("features", "Features", heads, rows)


def _loss(system: System, texts: _Texts) -> tuple[Section[LossSection], ...]:
    if (said := system.loss) is None:
        return ()
    formulas = tuple(
        ShownFormula(one.name, Markup(one.mathml), texts.html(one.meaning))  # noqa: S704  its letters are escaped
        for one in said.formulas
    )
    content = LossSection(texts.html(said.objective), formulas, texts.html(said.calibration))
    return (Section("loss", "Loss and calibration", content),)


def _case_studies(system: System, texts: _Texts) -> tuple[Section[Table], ...]:
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
    return _table("case-studies", "How teams do it", ("Team", "System", "What they chose differently", "Source"), rows)


def _talk(phases: Iterable[Phase], texts: _Texts) -> tuple[Talk, ...]:
    talks: list[Talk] = []
    start = 0.0
    for phase in phases:
        minutes, seconds = divmod(round(start * 60), 60)
        talks.append(Talk(f"{minutes}:{seconds:02}", f"{phase.minutes:g} min", phase.name, texts.html(phase.text)))
        start += phase.minutes
    return tuple(talks)
