"""A check, from a folder of modules to findings: capture, apply the rules, take out what comments ignore."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from archfolio import System
from archfolio.render.build.lost_module import lost_module
from archfolio.render.build.processes import workers
from archfolio.render.capture.discover import discover, select
from archfolio.render.capture.module import Captured, capture
from archfolio.render.check import block_rules, freshness_rules, layout_rules, ml_rules, view_rules
from archfolio.render.check.codes import BROKEN, IGNORABLE, RULES_OF_KIND, RULES_OF_VIEWS, SUBJECT_RULES
from archfolio.render.check.finding import Finding
from archfolio.render.check.fingerprints import Fingerprints
from archfolio.render.check.ignores import ignores, split_ignored, unused_ignores
from archfolio.render.check.layout_record import LayoutRecord
from archfolio.render.check.system_graph import merge_views
from archfolio.render.model.conventions import OURS, Conventions

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from archfolio.render.build.processes import Workers
    from archfolio.render.capture.discover import Folders, Script
    from archfolio.render.check.finding import Rule, Subject, Violation


Asked = tuple[tuple[str, tuple[tuple[str, object], ...]], ...]
"""What rules are asked with besides their subject, by their codes."""


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """What to check, and by which codes."""

    systems: Folders
    codes: frozenset[str]
    slugs: tuple[str, ...] = ()
    pictures: bool = False  # lay every view out, too
    output: Path | None = None  # a build, to see whether it is current
    conventions: Conventions = OURS  # of the project
    asked: Asked = ()  # by the project
    build: str = "archfolio build"  # how what is not current is drawn anew


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found, in the order in which it is reported."""

    findings: tuple[Finding, ...]
    systems: int
    views: int
    layouts: tuple[LayoutRecord, ...] = ()  # of each view, where they were laid out


def check(request: CheckRequest) -> CheckReport:
    """Check the modules of a folder. Raises Problem where there is nothing to check, or no build to compare with."""
    every = discover(request.systems)
    with workers() as pool:
        systems = capture_all(pool, select(every, request.slugs), request.conventions)
        found = [finding for captured in systems for finding in judge(captured, request.asked)]
        found += _pointing(pool, systems, every, request.conventions)
    ran = set(IGNORABLE) - {rule.code for rule in (*layout_rules.LAYOUT_RULES, *freshness_rules.FRESHNESS_RULES)}
    costs: list[LayoutRecord] = []
    if request.pictures:
        found += _pictures(systems, request, costs)
        ran |= {rule.code for rule in layout_rules.LAYOUT_RULES}
    if request.output:
        found += _freshness(systems, request, request.output)
        ran |= {rule.code for rule in freshness_rules.FRESHNESS_RULES}
    reported = [finding for captured in systems for finding in apply_ignores(captured, found, ran)]
    return CheckReport(
        tuple(sorted((one for one in reported if one.code in request.codes), key=lambda finding: finding.order)),
        len(systems),
        sum(len(captured.drawings) for captured in systems),
        tuple(costs),
    )


def capture_all(pool: Workers, scripts: Iterable[Script], conventions: Conventions) -> list[Captured]:
    """Run modules, each in a process of its own; one that dies has a failure and nothing else."""
    found = []
    for script, work in [(script, pool.run_module(capture, script, (), None, conventions)) for script in scripts]:
        try:
            found.append(work.result())
        except Exception as error:  # noqa: BLE001  whatever it is, it is this module's
            found.append(lost_module(script, error))
    return found


def judge(captured: Captured, asked: Asked = ()) -> Iterator[Finding]:
    """Apply all rules that need no layout and no build.

    A plain script is only asked what every drawing is. Of a module that is broken in part nothing is said as a whole.
    """
    for failure in captured.failures:
        view = failure.what.partition("/")[2]
        file = failure.file or str(captured.script.path)
        yield Finding(BROKEN, failure.sentence, file, failure.line, captured.script.slug, view)
    rules = RULES_OF_VIEWS.get(type(captured.subject), view_rules.VIEW_RULES)
    for drawing in captured.drawings:
        graph = drawing.graph
        yield from _apply(_with(rules, asked), graph, captured, graph.slug, graph.line)
    has_views = any(drawing.caption for drawing in captured.drawings)  # a plain drawing has no caption
    if (captured.subject or has_views) and not captured.failures:
        yield from _apply(_with(SUBJECT_RULES, asked), captured, captured)
        of_kind = RULES_OF_KIND[type(captured.subject) if captured.subject else System]
        yield from _apply(_with(of_kind, asked), captured, captured)
    if captured.system and not captured.failures:
        yield from _apply(ml_rules.ML_RULES, merge_views(captured), captured)


def _with(rules: Iterable[Rule[Subject]], asked: Asked) -> Iterator[Rule[Subject]]:
    """Return rules with what the project has them asked with."""
    known = {code: dict(said) for code, said in asked}
    for rule in rules:
        ask: Any = rule.violations
        yield replace(rule, violations=partial(ask, **known[rule.code])) if rule.code in known else rule


def _pointing(
    pool: Workers, systems: Sequence[Captured], every: Sequence[Script], conventions: Conventions
) -> Iterator[Finding]:
    """Follow what subjects other than systems point to, into modules that were not asked for too."""
    blocks = [one for one in systems if one.subject and not one.system and not one.failures]
    named = {where.partition("/")[0] for block in blocks for _, where in block_rules.named_places(block)}
    known = {one.script.slug for one in systems}
    others = capture_all(pool, [script for script in every if script.slug in named - known], conventions)
    drawn = {one.script.slug: tuple(drawing.graph for drawing in one.drawings) for one in (*systems, *others)}
    for block in blocks:
        yield from _apply(block_rules.FOLDER_RULES, block_rules.BlockInFolder(block, drawn), block)


def _pictures(systems: Iterable[Captured], request: CheckRequest, costs: list[LayoutRecord]) -> Iterator[Finding]:
    """Lay views out; yield what is wrong with them, and add what else their layouts cost."""
    from archfolio.render.check.layout_views import laid_out_views  # noqa: PLC0415  Graphviz is not loaded where no layout is asked for

    by_slug = {captured.script.slug: captured for captured in systems}
    for slug, laid in laid_out_views(
        [captured.script for captured in by_slug.values()], request.systems, request.conventions
    ):
        yield from _apply(layout_rules.LAYOUT_RULES, laid, by_slug[slug], laid.graph.slug, laid.graph.line)
        if faults := laid.faults:
            costs.append(
                LayoutRecord(
                    view=f"{slug}/{laid.graph.slug}",
                    crossings=len(faults.crossings) + len(faults.in_bicliques),
                    in_bicliques=len(faults.in_bicliques),
                    misaligned=len(faults.misaligned),
                    neighbours=faults.neighbours,
                    bends=len(faults.bends),
                    detours=len(faults.detours),
                    astride=len(faults.astride),
                    void=faults.void,
                    text=faults.text,
                )
            )


def _freshness(systems: Iterable[Captured], request: CheckRequest, output: Path) -> Iterator[Finding]:
    today = Fingerprints(request.systems, request.conventions)
    for built in freshness_rules.compare_with_build(systems, output, today, request.build):
        yield from _apply(freshness_rules.FRESHNESS_RULES, built, built.captured)


def _apply(
    rules: Iterable[Rule[Subject]], subject: Subject, captured: Captured, view: str = "", line: int = 0
) -> Iterator[Finding]:
    for rule in rules:
        for violation in rule.violations(subject):
            yield _finding(rule.code, violation, captured, view, line)


def _finding(code: str, violation: Violation, captured: Captured, view: str, line: int) -> Finding:
    return Finding(
        code=code,
        sentence=violation.sentence,
        file=str(captured.script.path),
        line=violation.line or line,
        system=captured.script.slug,
        view=violation.view or view,
        where=violation.where,
    )


def apply_ignores(captured: Captured, found: Iterable[Finding], ran: set[str]) -> Iterator[Finding]:
    """Take out what the comments of a module ignore, and add the comments that do nothing.

    `ran` are the codes of the rules that were applied: a comment for another one is not idle.
    """
    slug = captured.script.slug
    comments = ignores(captured.text)
    reported, used = split_ignored((finding for finding in found if finding.system == slug), comments)
    yield from reported
    for code, line, sentence in unused_ignores(comments, used, IGNORABLE, set() if captured.failures else ran):
        yield Finding(code, sentence, str(captured.script.path), line, slug)
