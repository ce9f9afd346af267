"""The rows of the table: what is measured against what, and the goal that each has."""

from __future__ import annotations

import math
import os
import re
import shutil
import sys
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from archfolio.gallery.manifest import read
from archfolio.render.capture.discover import discover
from bench.generated import VIEWS, write_systems
from bench.measure import Cost, run
from bench.notes import BLOCKS, NOTES, write_notes
from bench.references import references
from bench.served import served

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from bench.measure import Command

    Rounds = Sequence[Mapping[str, Cost]]

_SHORT_ROUNDS = 5  # times as many of what takes less than a second
_CAPTION = re.compile(r'(@view\(.*?\)\ndef \w+\(\) -> None:\n    """)', re.DOTALL)
_LABEL = re.compile(r'request\("([^"{]+)"\)')
_FEW = 4  # times fewer systems, which growth is told from


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    work: str
    against: str
    wall: float  # the ratio of the times that passed
    cpu: float  # the ratio of the times that processors worked; not a number where it was not measured
    peak: float  # MB of the largest process, likewise
    goal: str


def rows(systems: Path, folder: Path, rounds: int, grown: int) -> Iterator[Row]:
    """Measure everything, in a folder for what is made meanwhile."""
    yield from _cold(systems, folder, rounds)
    yield from _unchanged(systems, folder, rounds * _SHORT_ROUNDS)
    yield _edited(systems, folder, rounds)
    yield _shown(systems, folder, rounds)
    yield from _synced(systems, folder, rounds)
    if grown:
        yield _growth(folder, grown)


def _build(systems: Path, output: Path, *options: str) -> Command:
    return (sys.executable, "-m", "archfolio", "build", "--systems", str(systems), "--output", str(output), *options)


def _in_turn(works: Mapping[str, Callable[[], Cost]], rounds: int) -> Rounds:
    """Do each work once a round, so that a busy machine is as hard on one as on another."""
    return [{name: work() for name, work in works.items()} for _ in range(rounds)]


def _row(work: str, against: str, measured: Rounds, names: tuple[str, str], goal: str) -> Row:
    ours, theirs = ([costs[name] for costs in measured] for name in names)
    pairs = list(zip(ours, theirs, strict=True))
    return Row(
        work,
        against,
        median(one.wall / other.wall for one, other in pairs),
        median(one.cpu / other.cpu for one, other in pairs),
        max(one.peak for one in ours),
        goal,
    )


def _cold(systems: Path, folder: Path, rounds: int) -> Iterator[Row]:
    plain = folder / "plain"
    plain.mkdir()
    known = references(systems, plain)
    out = folder / "cold"

    def clean(*options: str) -> Cost:
        shutil.rmtree(out, ignore_errors=True)
        return run(_build(systems, out, *options))

    works = {
        # Graphviz gives up on a drawing now and then; that it then works less is its gain.
        "scripts": lambda: run(*known.scripts, forgiving=True),
        "scripts, 2": lambda: run(*known.scripts, at_once=2, forgiving=True),
        "dot": lambda: run(*known.dots, forgiving=True),
        "clean": clean,
        "svg": lambda: clean("--no-png"),
    }
    measured = _in_turn(works, rounds)
    clean_build = f"clean build, gallery included: {len(known.dots)} drawings"
    yield _row(clean_build, "plain scripts, one by one", measured, ("clean", "scripts"), "0.20")
    yield _row(clean_build, "plain scripts, two at once", measured, ("clean", "scripts, 2"), "0.45")
    yield _row(clean_build, "`dot` alone, one by one", measured, ("clean", "dot"), "0.55")
    yield _row("the same with `--no-png`", "plain scripts, one by one", measured, ("svg", "scripts"), "0.05")


def _unchanged(systems: Path, folder: Path, rounds: int) -> Iterator[Row]:
    out = folder / "unchanged"
    run(_build(systems, out))
    works = {"build": lambda: run(_build(systems, out)), "python": lambda: run((sys.executable, "-c", "pass"))}
    measured = _in_turn(works, rounds)
    yield _row("build of what has not changed", "`python -c pass`", measured, ("build", "python"), "6")


def _edited(systems: Path, folder: Path, rounds: int) -> Row:
    mine, out, alone = folder / "edited", folder / "edited-site", folder / "alone"
    shutil.copytree(systems, mine, ignore=shutil.ignore_patterns("__pycache__"))
    run(_build(mine, out))
    scripts = discover(mine)
    chosen = scripts[len(scripts) // 2]

    def edit() -> Cost:
        text = chosen.path.read_text(encoding="utf-8")
        chosen.path.write_text(_CAPTION.sub(r"\1Again: ", text), encoding="utf-8")
        return run(_build(mine, out))

    def only() -> Cost:
        shutil.rmtree(alone, ignore_errors=True)
        return run(_build(mine, alone, chosen.slug))

    measured = _in_turn({"edit": edit, "only": only}, rounds)
    work = f"build after an edit of all drawings of one system of {len(scripts)}"
    return _row(work, "clean build of that system alone", measured, ("edit", "only"), "1.15")


def _shown(systems: Path, folder: Path, rounds: int) -> Row:
    mine, plain = folder / "served", folder / "served-plain"
    shutil.copytree(systems, mine, ignore=shutil.ignore_patterns("__pycache__"))
    plain.mkdir()
    references(mine, plain)
    script = discover(mine)[0]
    text = script.path.read_text(encoding="utf-8")
    label = _LABEL.search(text, text.index('@view("Serving")'))
    assert label  # noqa: S101  every view has labels
    times = range(rounds * _SHORT_ROUNDS)
    dot = ("dot", "-Tsvg", "-o", os.devnull, str(plain / f"{script.slug}-serving.dot"))
    theirs = [run(dot, forgiving=True).wall for _ in times]
    with served(mine, folder / "served-site") as page:
        ours = [
            page.seconds_to_picture(
                f"images/{script.slug}/serving.svg",
                script.path,
                f"{text[: label.start(1)]}edit {number}{text[label.end(1) :]}",
            )
            for number in times
        ]
    work = "from an edit of a label to the picture in an open page, under `serve`"
    ratio = median(ours) / median(theirs)
    return Row(work, "`dot -Tsvg` alone, of that drawing", ratio, math.nan, math.nan, "5")


def _synced(systems: Path, folder: Path, rounds: int) -> Iterator[Row]:
    measured = []
    for number in range(rounds):
        site, project = folder / f"notes-site-{number}", folder / f"notes-{number}"
        costs = {"draw": run(_build(systems, site))}
        views = [f"{system.slug}/{view.slug}" for system in read(site).systems for view in system.views]
        write_notes(project, site, views)
        for name in ("first", "next"):
            os.sync()  # what was written before is not to be paid for now
            costs[name] = run(("env", "-C", str(project), sys.executable, "-m", "archfolio", "sync"))
        measured.append(costs)
    notes = f"sync of {NOTES:,} notes with {NOTES * BLOCKS:,} blocks"
    yield _row(f"first {notes}", "a clean build, which draws their pictures", measured, ("first", "draw"), "0.10")
    yield _row(f"next {notes}, which touches nothing", "the same", measured, ("next", "draw"), "0.10")


def _growth(folder: Path, count: int) -> Row:
    few = max(count // _FEW, 1)
    measured: dict[str, Cost] = {}
    for name, size in (("few", few), ("all", count)):
        made = folder / f"generated-{size}"
        write_systems(made, size)
        cost = run(_build(made, folder / f"generated-{size}-site"))
        measured[name] = Cost(cost.wall / size, cost.cpu / size, cost.peak)
    work = f"clean build of {count} made-up systems of {VIEWS} views, a system"
    return _row(work, f"the same of {few} systems", [measured], ("all", "few"), "1, 250 MB")
