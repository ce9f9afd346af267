"""The scale estimate and the latency budget: arithmetic in words and in numbers, bars that add up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from archfolio.gallery import prose
from archfolio.gallery.formula import formula_parts, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archfolio.gallery.sections import Budget, Quantity, Stage


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: what it is, what it comes to, and how."""

    name: str
    kind: str  # "input" or "computed"
    label: str
    shown: Markup
    words: str  # the formula over the labels of its figures
    numbers: Markup  # the same over their values
    source: Markup
    note: Markup
    line: int


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Inputs, or what is computed from them."""

    title: str
    rows: tuple[Row, ...]


def rows(estimate: Iterable[Quantity], figures: Mapping[str, Quantity]) -> tuple[Row, ...]:
    """List an estimate in the author's order."""
    return tuple(
        Row(
            name=quantity.name,
            kind="computed" if quantity.formula else "input",
            label=quantity.label,
            shown=prose.figure(quantity),
            words=in_words(quantity.formula, figures),
            numbers=numbers(quantity.formula, figures),
            source=prose.to_html(quantity.source, figures),
            note=prose.to_html(quantity.note, figures),
            line=quantity.line,
        )
        for quantity in estimate
    )


def row_groups(estimate: Iterable[Quantity], figures: Mapping[str, Quantity]) -> tuple[RowGroup, ...]:
    """Group an estimate: inputs first, each group in the author's order."""
    found = rows(estimate, figures)
    groups = (("Inputs", "input"), ("Computed", "computed"))
    return tuple(
        RowGroup(title, tuple(row for row in found if row.kind == kind))
        for title, kind in groups
        if any(row.kind == kind for row in found)
    )


def numbers(formula: str, figures: Mapping[str, Quantity]) -> Markup:
    """Write a formula with figures for names, which the page can recompute: 50 M times 20."""
    written = (
        escape(part) if isinstance(part, str) else prose.figure(part) for part in formula_parts(formula, figures)
    )
    return Markup("").join(written)


@dataclass(frozen=True, slots=True)
class StageBar:
    """A stage's share of the budget and where its bar stands, in per cent of the whole bar."""

    id: str  # "0" for the first stage, "0.1" for its second branch
    name: Markup
    share: str
    until: str  # the sum up to and with this stage; of branches the first says that they are parallel
    start: str
    width: str
    branches: tuple[StageBar, ...] = ()


@dataclass(frozen=True, slots=True)
class BudgetBar:
    """A budget as a bar that adds up, against its promise."""

    what: Markup
    unit: str
    total: str
    promise: str
    verdict: str
    fits: str  # "yes" or "no"
    promise_at: str
    stages: tuple[StageBar, ...]
    note: Markup


def budget_bar(budget: Budget, figures: Mapping[str, Quantity]) -> BudgetBar:
    """Lay the stages end to end on a bar as long as the sum or the promise, whichever is more."""
    whole, unit = max(budget.total, budget.promise) or 1.0, budget.unit

    def bar(stage: Stage, number: str, start: float, until: str) -> StageBar:
        return StageBar(
            id=number,
            name=prose.to_html(stage.name, figures),
            share=in_unit(stage.share, unit),
            until=until,
            start=_percent(start / whole),
            width=_percent(stage.share / whole),
            branches=tuple(
                bar(one, f"{number}.{at}", start, "" if at else "in parallel") for at, one in enumerate(stage.branches)
            ),
        )

    stages: list[StageBar] = []
    start = 0.0
    for number, stage in enumerate(budget.stages):
        until = start + stage.share
        stages.append(bar(stage, str(number), start, in_unit(until, unit)))
        start = until
    fits = budget.total <= budget.promise
    return BudgetBar(
        what=prose.to_html(budget.what, figures),
        unit=UNITS[unit][2],
        total=in_unit(budget.total, unit),
        promise=in_unit(budget.promise, unit),
        verdict=_verdict(budget.promise - budget.total, unit),
        fits="yes" if fits else "no",
        promise_at=_percent(budget.promise / whole),
        stages=tuple(stages),
        note=prose.to_html(budget.note, figures),
    )


def _verdict(left: float, unit: str) -> str:
    if in_unit(abs(left), unit) == "0":
        return "no headroom"
    return f"{with_unit(left, unit)} headroom" if left > 0 else f"{with_unit(-left, unit)} over"


UNITS = {"ms": (1.0, 1, "ms"), "s": (1e-3, 2, "s"), "us": (1e3, 1, "µs")}
"""Units of budgets: how many are in a ms, how many decimals are shown, and how each is written."""


def in_unit(value: float, unit: str) -> str:
    """Write a share of so many ms in a unit, with as few decimals as it has: "20", "1,234.5"."""
    factor, decimals, _ = UNITS[unit]
    text = f"{float(f'{value * factor:.12g}'):,.{decimals}f}"  # what arithmetic leaves behind must not decide a tie
    return text.rstrip("0").removesuffix(".")


def with_unit(value: float, unit: str) -> str:
    """Write a share of so many ms with its unit."""
    return f"{in_unit(value, unit)}\u202f{UNITS[unit][2]}"


def _percent(share: float) -> str:
    return f"{share * 100:.3f}%"
