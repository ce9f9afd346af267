"""Format a report: as text, or as annotations of a GitHub workflow."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from archfolio.render.base.counted import counted
from archfolio.render.check.finding import GROUPS

if TYPE_CHECKING:
    from archfolio.render.check.finding import Finding
    from archfolio.render.check.layout_record import LayoutRecord
    from archfolio.render.check.run import CheckReport


def format_text(report: CheckReport) -> str:
    """Write a line for each finding, and a sentence that sums up."""
    lines = [f"{display_path(one)}:{_line(one)}: {one.code} {one.sentence}" for one in report.findings]
    return "\n".join([*lines, *map(_costs, report.layouts), summary_sentence(report)])


def _costs(layout: LayoutRecord) -> str:
    """Write what a layout costs: none of it is a fault."""
    in_bicliques = f" ({layout.in_bicliques} in bicliques)" if layout.in_bicliques else ""
    return (
        f"{layout.view}: {counted(layout.crossings, 'crossing')}{in_bicliques},"
        f" {layout.misaligned} of {layout.neighbours} neighbours out of line, {counted(layout.detours, 'detour')},"
        f" {counted(layout.bends, 'label')} over a bend, {layout.astride} across a border,"
        f" {layout.void:.0%} empty in one piece, smallest text {layout.text:.1f} px"
    )


def format_github(report: CheckReport) -> str:
    """Write workflow commands that show each finding at its line of a pull request, and the sentence."""
    lines = [
        f"::error file={_property(_checkout_path(one))},line={_line(one)},title={_property(f'archfolio {one.code}')}::"
        f"{_message(one.sentence)}"
        for one in report.findings
    ]
    return "\n".join([*lines, summary_sentence(report)])


def summary_sentence(report: CheckReport) -> str:
    """Return one sentence on what was checked and what was found."""
    looked = f"{counted(report.systems, 'module')}, {counted(report.views, 'view')}"
    if not report.findings:
        return f"{looked}: nothing to mend."
    groups = Counter(one.code[0] for one in report.findings)
    by_group = ", ".join(f"{GROUPS[letter]} {groups[letter]}" for letter in GROUPS if groups[letter])
    return f"{looked}: {counted(len(report.findings), 'finding')} to mend ({by_group})."


def display_path(finding: Finding) -> str:
    """Write a path as a person types it here."""
    return os.path.relpath(finding.file)


def _checkout_path(finding: Finding) -> str:
    """Write a path as GitHub reads it: from the root of the checkout, wherever the command was started."""
    root = os.environ.get("GITHUB_WORKSPACE", "")
    path = os.path.relpath(finding.file, root) if root else ""
    return path if path and not path.startswith(os.pardir) else display_path(finding)


def _line(finding: Finding) -> int:
    """Give the first line to what is about a whole file, so that an editor can go there."""
    return finding.line or 1


def _message(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _message(value).replace(":", "%3A").replace(",", "%2C")
