"""Read what a folder of systems says of how to study them: `study/*.toml` becomes the manifest's `Study`.

The files are tables of one whole: each may have any of its parts, and none has a part that another has. Estimates are
computed as those of modules are, and figures of reference are those that modules import.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import msgspec

from archfolio.author_error import AuthorError
from archfolio.estimate import Estimate, Formula, Input, assume, cite, derive
from archfolio.gallery.study import Study
from archfolio.reference_figures import REFERENCES, reference
from archfolio.render.base.errors import Failure
from archfolio.render.build.staleness import STUDY, study_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class _BadStudyError(Exception):
    """A file that cannot be used; its only argument is the sentence that says why."""


def read_study(systems: Path, last: Study | None) -> tuple[Study | None, list[Failure]]:
    """Return what they say, and why a file cannot be used; then what the last build knew stays as it was."""
    files = study_files(systems)
    parts: dict[str, Any] = {}
    try:
        for file in files:
            parts |= _parts(file, parts)
    except _BadStudyError as error:
        return last, [Failure(STUDY, str(error), str(file))]
    if not parts:
        return None, []
    try:
        return _study(parts), []
    except (_BadStudyError, msgspec.ValidationError, AuthorError) as error:
        sentence = error.sentence if isinstance(error, AuthorError) else str(error)
        return last, [Failure(STUDY, sentence, str(systems / STUDY))]


def _parts(file: Path, before: dict[str, Any]) -> dict[str, Any]:
    try:
        parts = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        message = f"is not TOML: {error}"
        raise _BadStudyError(message) from error
    if twice := sorted(parts.keys() & before.keys()):
        message = f"has '{twice[0]}', which another file of the folder has too: write it in one of them"
        raise _BadStudyError(message)
    return parts


def _study(parts: dict[str, Any]) -> Study:
    """Return the whole. Raises _BadStudyError for a word that means nothing, ValidationError and AuthorError."""
    if "calculator" in parts:
        calculator = parts["calculator"]
        figures = calculator.pop("figures", {})
        whole = parts | {"calculator": calculator | {"estimate": [*_estimate(figures).values()]}}
    else:
        whole = parts
    made = msgspec.convert(whole | {"references": list(_references())}, Study, from_attributes=True)
    for path in _unknown(parts, msgspec.to_builtins(made)):
        message = f"'{path}' means nothing here: correct the word or leave it out"
        raise _BadStudyError(message)
    return made


def _estimate(figures: dict[str, dict[str, Any]]) -> Estimate:
    """Compute the figures of a calculator, written by name: with a formula, a value and its source, or a reference."""
    made: dict[str, Input | Formula] = {}
    for name, given in figures.items():
        figure = dict(given)
        try:
            if "reference" in figure:
                made[name] = reference(figure.pop("reference"), **figure)
            elif "formula" in figure:
                made[name] = derive(**figure)
            else:
                made[name] = cite(**figure) if "source" in figure else assume(**figure)
        except TypeError:
            message = f"the figure '{name}' has a word too many or too few: write label, unit, and value or formula"
            raise _BadStudyError(message) from None
    return Estimate(**made)


def _references() -> Iterator[dict[str, Any]]:
    for name, figure in REFERENCES.items():
        yield {
            "name": name,
            "group": figure.group,
            "label": figure.label,
            "shown": figure.shown,
            "unit": figure.unit,
            "source": figure.source,
            "year": figure.year,
            "url": figure.url,
            "note": figure.note,
        }


def _unknown(given: object, known: object, at: str = "") -> Iterator[str]:
    """Name the keys of what was given that nothing was made of."""
    if isinstance(given, dict) and isinstance(known, dict):
        for key, value in given.items():
            if key in known:
                yield from _unknown(value, known[key], f"{at}{key}.")
            else:
                yield f"{at}{key}"
    elif isinstance(given, list) and isinstance(known, list):
        for number, (one, other) in enumerate(zip(given, known, strict=False)):
            yield from _unknown(one, other, f"{at}{number}.")
