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

    from archfolio.render.capture.discover import Script
    from bench.measure import Command

    Rounds = Sequence[Mapping[str, Cost]]

_SHORT_ROUNDS = 5  # times as many of what takes less than a second
_CAPTION = re.compile(r'(@view\(.*?\)\ndef \w+\(\) -> None:\n    """)', re.DOTALL)
_SERVING = re.compile(r'^@view\("Serving"', re.MULTILINE)
_LABEL = re.compile(r'request\("([^"{]+)"\)')
_SCRIPTS = 20  # that are drawn with one command
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
    yield from _rendered(systems, folder, rounds)
    yield from _unchanged(systems, folder, rounds * _SHORT_ROUNDS)
    yield _edited(systems, folder, rounds)
    yield _shown(systems, folder, rounds)
    yield from _synced(systems, folder, rounds)
    if grown:
        yield _growth(folder, grown)
        yield _edited_of_many(folder, grown, rounds)


def serving_systems(systems: Path) -> list[Script]:
    """List the modules of a folder that have a view "Serving" whose labels can be edited: its systems."""
    found = []
    for script in discover(systems):
        text = script.path.read_text(encoding="utf-8")
        serving = _SERVING.search(text)
        if serving and _LABEL.search(text, serving.end()):
            found.append(script)
    return found


def _copy(systems: Path, to: Path, *without: str) -> Path:
    shutil.copytree(systems, to, ignore=shutil.ignore_patterns("__pycache__", *without))
    return to


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
    known = references(discover(systems), plain)
    unrecorded, out = _copy(systems, folder / "unrecorded", "_layouts"), folder / "cold"

    def clean(modules: Path, *options: str) -> Cost:
        shutil.rmtree(out, ignore_errors=True)
        return run(_build(modules, out, *options))

    works = {
        # Graphviz gives up on a drawing now and then; that it then works less is its gain.
        "scripts": lambda: run(*known.scripts, forgiving=True),
        "scripts, 2": lambda: run(*known.scripts, at_once=2, forgiving=True),
        "dot": lambda: run(*known.dots, forgiving=True),
        "clean": lambda: clean(systems),
        "svg": lambda: clean(systems, "--no-png"),
        "searched": lambda: clean(unrecorded),
    }
    measured = _in_turn(works, rounds)
    clean_build = f"clean build, gallery included: {len(known.dots)} drawings"
    yield _row(clean_build, "plain scripts, one by one", measured, ("clean", "scripts"), "0.15")
    yield _row(clean_build, "plain scripts, two at once", measured, ("clean", "scripts, 2"), "0.30")
    yield _row(clean_build, "`dot` alone, one by one", measured, ("clean", "dot"), "0.55")
    yield _row("the same with `--no-png`", "plain scripts, one by one", measured, ("svg", "scripts"), "0.07")
    unknown = "the same where no layout is recorded"
    yield _row(unknown, "plain scripts, one by one", measured, ("searched", "scripts"), "0.35")


def _rendered(systems: Path, folder: Path, rounds: int) -> Iterator[Row]:
    plain, out = folder / "rendered-plain", folder / "rendered"
    plain.mkdir()
    scripts = references(serving_systems(systems), plain).scripts[:_SCRIPTS]
    paths = [path for _, path in scripts]
    ours = (sys.executable, "-m", "archfolio", "render", "--output", str(out))
    works = {
        "one": lambda: run((*ours, paths[0])),
        "one, plain": lambda: run(scripts[0], forgiving=True),
        "all": lambda: run((*ours, *paths)),
        "all, plain": lambda: run(*scripts, forgiving=True),
    }
    measured = _in_turn(works, rounds * _SHORT_ROUNDS)
    yield _row("`archfolio render` of one plain script", "`python` on it", measured, ("one", "one, plain"), "2.0")
    every = f"`archfolio render` of {len(paths)} plain scripts"
    yield _row(every, "`python` on them, one by one", measured, ("all", "all, plain"), "0.6")


def _unchanged(systems: Path, folder: Path, rounds: int) -> Iterator[Row]:
    out = folder / "unchanged"
    run(_build(systems, out))
    works = {"build": lambda: run(_build(systems, out)), "python": lambda: run((sys.executable, "-c", "pass"))}
    measured = _in_turn(works, rounds)
    yield _row("build of what has not changed", "`python -c pass`", measured, ("build", "python"), "5")


def _edited(systems: Path, folder: Path, rounds: int) -> Row:
    mine, out, alone = _copy(systems, folder / "edited"), folder / "edited-site", folder / "alone"
    run(_build(mine, out))
    chosen = _middle(serving_systems(mine))

    def edit() -> Cost:
        text = chosen.path.read_text(encoding="utf-8")
        chosen.path.write_text(_CAPTION.sub(r"\1Again: ", text), encoding="utf-8")
        return run(_build(mine, out))

    def only() -> Cost:
        shutil.rmtree(alone, ignore_errors=True)
        return run(_build(mine, alone, chosen.slug))

    measured = _in_turn({"edit": edit, "only": only}, rounds)
    work = f"build after an edit of all drawings of one system, among {len(discover(mine))} modules"
    return _row(work, "clean build of that system alone", measured, ("edit", "only"), "1.15")


def _middle(scripts: Sequence[Script]) -> Script:
    return scripts[len(scripts) // 2]


def _shown(systems: Path, folder: Path, rounds: int) -> Row:
    mine, plain = _copy(systems, folder / "served"), folder / "served-plain"
    plain.mkdir()
    script = _middle(serving_systems(mine))
    references([script], plain)
    text = script.path.read_text(encoding="utf-8")
    serving = _SERVING.search(text)
    label = serving and _LABEL.search(text, serving.end())
    assert label  # noqa: S101  `serving_systems` has seen it
    times = range(rounds * _SHORT_ROUNDS)
    dot = ("dot", "-Tsvg", "-o", os.devnull, str(plain / f"{script.slug}-serving.dot"))

    def drawn() -> list[float]:
        return [run(dot, forgiving=True).wall for _ in times]

    theirs = drawn()
    with served(mine, folder / "served-site") as page:
        ours = [
            page.seconds_to_picture(
                f"images/{script.slug}/serving.svg",
                script.path,
                f"{text[: label.start(1)]}edit {number}{text[label.end(1) :]}",
            )
            for number in times
        ]
    theirs += drawn()  # for the machine may be slower, or faster, than before
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
        made, out = _made_up(folder, size)
        write_systems(made, size)
        cost = run(_build(made, out))
        measured[name] = Cost(cost.wall / size, cost.cpu / size, cost.peak)
    work = f"clean build of {count} made-up systems of {VIEWS} views, a system"
    return _row(work, f"the same of {few} systems", [measured], ("all", "few"), "1, 200 MB")


def _made_up(folder: Path, size: int) -> tuple[Path, Path]:
    """Name the folder of so many made-up systems, and that of their build."""
    return folder / f"generated-{size}", folder / f"generated-{size}-site"


def _edited_of_many(folder: Path, size: int, rounds: int) -> Row:
    made, out = _made_up(folder, size)
    chosen, numbers = _middle(discover(made)), iter(range(rounds))

    def edit() -> Cost:
        text = chosen.path.read_text(encoding="utf-8")
        chosen.path.write_text(_LABEL.sub(f'request("edit {next(numbers)}")', text, count=1), encoding="utf-8")
        return run(_build(made, out))

    second = Cost(1.0, 1.0, math.nan)
    measured = _in_turn({"edit": edit, "second": lambda: second}, rounds)
    work = f"build after an edit of one label, of {size} made-up systems of {VIEWS} views"
    return _row(work, "a second", measured, ("edit", "second"), "1.5, 200 MB")
