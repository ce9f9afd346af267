"""A 45-minute round: the phases of the system's interview plan, and six lines by which readers grade themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery.plural import plural
from archfolio.gallery.practice.words import SubjectWords, listed, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.gallery.manifest import System

_FEW = 3  # examples on a line


class RoundPhase(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the round."""

    name: str
    minutes: float
    plan: str  # what the system's own plan does in it; shown afterwards


class RubricLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the self-grade, and what this system would put on it."""

    title: str
    look_for: str


class MockRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round: the task, its phases, and the six lines."""

    task: str
    minutes: float
    phases: tuple[RoundPhase, ...]
    rubric: tuple[RubricLine, ...]


def mock_round(system: System) -> MockRound | None:
    """Return the round of a system; None where it has no interview plan."""
    if not system.interview_plan:
        return None
    words = SubjectWords(system)
    phases = tuple(
        RoundPhase(name=words.plain(one.name), minutes=one.minutes, plan=words.plain(one.text))
        for one in system.interview_plan
    )
    lines = (
        ("Framed the problem before solving it", _framing(system, words)),
        ("Sized it, with the figures that decide", _sizing(system, words)),
        ("Drew the way of one request", _path(system, words)),
        ("Gave reasons, and what was set aside", _choices(system, words)),
        ("Said where labels come from, and how a model is judged", _judging(system, words)),
        ("Operated it: what fails, what must not get worse", _operation(system, words)),
    )
    return MockRound(
        task=f"Design: {system.title}. {words.plain(system.summary)}".strip(),
        minutes=sum(phase.minutes for phase in phases),
        phases=phases,
        rubric=tuple(RubricLine(title=title, look_for=look_for) for title, look_for in lines),
    )


def _framing(system: System, words: SubjectWords) -> str:
    said = system.framing
    return f"Goal: {sentence(words.plain(said.goal))} Metric: {sentence(words.plain(said.metric))}" if said else ""


def _sizing(system: System, words: SubjectWords) -> str:
    figures = [words.figures[name] for name in system.headline if name in words.figures]
    return "; ".join(f"{figure.label}: {figure.shown}" for figure in figures)


def _path(system: System, words: SubjectWords) -> str:
    """Name the parts of the drawing that has a walkthrough, in its order."""
    view = next((view for view in system.views if view.steps), None)
    if view is None:
        return ""
    groups = [words.plain(cluster.label) for cluster in view.clusters if cluster.parent is None]
    return f"{words.view_title(view)}: {listed(groups)}, {plural(len(view.steps), 'step')}." if groups else ""


def _choices(system: System, words: SubjectWords) -> str:
    told = [
        f"{words.plain(one.chosen)} over {words.plain(one.rejected[0]).partition(':')[0]}"
        for one in system.decisions
        if one.rejected
    ]
    return _some(told)


def _judging(system: System, words: SubjectWords) -> str:
    labels = [f"{words.plain(one.event)} ({words.plain(one.delay)})" for one in system.labels]
    said = system.evaluation
    unit = f" Unit of the test: {sentence(words.plain(said.unit))}" if said else ""
    return f"{_some(labels)}{unit}".strip()


def _operation(system: System, words: SubjectWords) -> str:
    failures = [words.plain(one.failure).rstrip(".") for one in system.failures]
    guardrails = [words.plain(one) for one in system.metrics.guardrail]
    return " ".join(
        part for part in (_some(failures), f"Guardrails: {_some(guardrails)}" if guardrails else "") if part
    )


def _some(parts: Iterable[str]) -> str:
    return sentence("; ".join(list(parts)[:_FEW])) if parts else ""
