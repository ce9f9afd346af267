"""Estimate within a factor of two: a figure from the figures that it hangs on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.formula import in_figures, in_words, tokens
from archfolio.gallery.manifest import BuildingBlock
from archfolio.gallery.practice.item import ESTIMATE, Citation, Evidence, Magnitude, PracticeItem
from archfolio.gallery.practice.stable import ranked
from archfolio.gallery.practice.words import SubjectWords, sentence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.sections import Quantity

_MOST = 8
_FUNCTIONS = {"ceil", "min", "max", "log", "exp", "sqrt"}
_DANGLING = re.compile(r"\b(the same|such|that|these|those)\b", re.IGNORECASE)  # labels that lean on the line above
_FEWEST, _MANY = 2, 5
_HIDDEN = "\u2026"  # in the place of the figure that is asked for


def estimate_items(subject: Subject) -> Iterator[PracticeItem]:
    """Ask for the figures that a subject puts first, then for others, with what they are computed from."""
    words = SubjectWords(subject)
    askable = [quantity for quantity in subject.estimate if _askable(quantity, words)]
    wanted = [*subject.headline]
    if isinstance(subject, BuildingBlock):
        wanted += [name for one in subject.calculators for name in one.results]
    first = [quantity for quantity in askable if quantity.name in wanted]
    rest = ranked([one for one in askable if one not in first], lambda one: one.name, subject.slug)
    chosen = {one.name for one in (*first, *rest)[:_MOST]}
    for quantity in askable:
        if quantity.name in chosen:
            yield _item(quantity, words)


def _item(quantity: Quantity, words: SubjectWords) -> PracticeItem:
    names = _names(quantity)
    note = f" {sentence(words.plain(quantity.note))}" if quantity.note else ""
    shape = quantity.shown.replace(quantity.number, _HIDDEN).strip()
    worked = (write(quantity.formula, words.figures) for write in (in_words, in_figures))
    return PracticeItem(
        id=f"{words.subject.slug}/{ESTIMATE}/{quantity.name}",
        kind=ESTIMATE,
        level="mid" if len(names) == _FEWEST else "senior",
        prompt=f"{quantity.label}{f' ({shape})' if shape != _HIDDEN else ''}: how much is it, within a factor of two?",
        given=tuple(f"{words.figures[name].label}: {words.figures[name].shown}" for name in names),
        answer=Magnitude(label=quantity.label, value=quantity.value, unit=quantity.unit, shown=quantity.shown),
        reason=f"{' = '.join((*worked, quantity.shown))}.{note}",
        where=_where(quantity, words),
        source=_source(names, words),
    )


def _where(quantity: Quantity, words: SubjectWords) -> Evidence:
    """Lead to a figure: to its row on the page of a system, to the calculators on that of a building block."""
    if isinstance(words.subject, BuildingBlock):
        return Evidence(text=f"Calculators: {quantity.label}", fragment="estimate")
    return Evidence(text=f"Scale estimate: {quantity.label}", fragment=f"figure-{quantity.name}")


def _askable(quantity: Quantity, words: SubjectWords) -> bool:
    """Return whether a figure is worth the head: from two to five others, and not a share or a plain sum of two."""
    names = _names(quantity)
    return (
        bool(quantity.formula)
        and _FEWEST <= len(names) <= _MANY
        and quantity.value > 0
        and quantity.unit != "percent"
        and not _DANGLING.search(quantity.label)
        and all(name in words.figures for name in names)
        and ("*" in quantity.formula or "/" in quantity.formula)
    )


def _names(quantity: Quantity) -> list[str]:
    """List the figures that a formula names, in its order."""
    return [one for one in dict.fromkeys(tokens(quantity.formula)) if one.isidentifier() and one not in _FUNCTIONS]


def _source(names: list[str], words: SubjectWords) -> Citation | None:
    """Cite where the first of the inputs comes from that is no assumption."""
    for name in names:
        said = words.plain(words.figures[name].source)
        if said and said != "assumption":
            return Citation(text=f"{words.figures[name].label}: {said}")
    return None
