"""What a rule is about, as text for a terminal and as the page of all rules."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

from archfolio.render.check.finding import GROUPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archfolio.render.check.finding import RuleText

RULE_SOURCES = (
    "M. Zinkevich (Google), Rules of Machine Learning, rules 9, 29 and 32:"
    " https://developers.google.com/machine-learning/guides/rules-of-ml",
    "E. Breck et al. (Google), The ML Test Score, IEEE Big Data 2017: tests Infra 4 to 7, Monitor 1 to 7",
    "O. Chapelle (Criteo), Modeling Delayed Feedback in Display Advertising, KDD 2014",
    "D. Sculley et al. (Google), Hidden Technical Debt in Machine Learning Systems, NeurIPS 2015: feedback loops",
    "J. Dean, L. Barroso (Google), The Tail at Scale, Communications of the ACM 2013",
    "R. Ewaschuk (Google), Monitoring Distributed Systems, Site Reliability Engineering, O'Reilly 2016:"
    " https://sre.google/sre-book/monitoring-distributed-systems/",
)
"""What the reasons of rules cite by number, from 1."""

_CITED = re.compile(r"\[(\d)\]")
_COLUMNS = 100
_HEAD = """# What `archfolio check` checks

`archfolio check` answers one question: is this good to commit? A finding names file, line and code, and says what to
mend. There are no warnings: what need not be mended is not a rule. Plain `diagrams` scripts are only asked S101 and
S107, and what the pictures of all are asked.

* `--explain M201` prints what is below, `--explain M` all rules of a group.
* `--select M2,S1` and `--ignore S105` choose codes by their beginning; E001 is told even if it is not selected.
  `--select P` lays every view out, `--select F` compares with the project's build.
* `# archfolio: ignore[M201]` at the end of a line, with the reason behind it, silences a finding at that line.
* `--pictures` lays every view out and adds P3xx; `--output FOLDER` compares with a build and adds F5xx.
* `--json` is for programs, `--format github` annotates a pull request. Exit: 0 nothing, 1 findings, 2 usage,
  3 environment.

`archfolio verify PICTURE...` answers the other one, for a picture in a slide or a wiki: which view is this, and is it
current? It reads the fingerprint inside the SVG or PNG and draws nothing.

This page is made from the rules by `make readme`.
"""
_GROUP_NOTES = {
    "M": (
        "The rules look at all views of a system together; parts of one name are one part. They go by the classes of\n"
        "nodes and by the words of labels, roles, edges and steps, so a rule that speaks up is right more often than\n"
        "its silence is: it cannot see whether what is drawn is true.\n"
    )
}


def explain_rules(texts: Iterable[RuleText]) -> str:
    """Write rules for a terminal: what must hold, why, an example, how to mend it, and what the reason cites."""
    return "\n\n".join(map(_explained, texts))


def _explained(text: RuleText) -> str:
    parts = [
        f"{text.code}: {text.doc}",
        f"Why: {text.why}",
        f"Wrong:\n\n{textwrap.indent(text.wrong, '    ')}",
        f"Right:\n\n{textwrap.indent(text.right, '    ')}",
        f"Mend it: {text.mending}",
        *(f"[{number}] {RULE_SOURCES[number - 1]}" for number in _cited(text)),
    ]
    return "\n\n".join(part if "\n" in part else textwrap.fill(part, _COLUMNS) for part in parts)


def _cited(text: RuleText) -> list[int]:
    return sorted({int(number) for number in _CITED.findall(f"{text.why} {text.mending}")})


def rules_page(texts: Iterable[RuleText]) -> str:
    """Write the page of all rules, `docs/checks.md`."""
    all_texts = list(texts)
    sources = "".join(f"{number}. {source}.\n" for number, source in enumerate(RULE_SOURCES, 1))
    groups = (_group(letter, [text for text in all_texts if text.code[0] == letter]) for letter in GROUPS)
    return "\n".join([_HEAD, *groups, f"## Sources\n\n{sources}"])


def _group(letter: str, texts: list[RuleText]) -> str:
    rows = "\n".join(f"| [`{text.code}`](#{text.code.lower()}) | {text.doc} |" for text in texts)
    table = f"| code | what must hold |\n|---|---|\n{rows}\n"
    note = f"{_GROUP_NOTES[letter]}\n" if letter in _GROUP_NOTES else ""
    return f"## {letter}: {GROUPS[letter]}\n\n{note}{table}\n{''.join(_sections(texts))}".rstrip("\n") + "\n"


def _sections(texts: Iterable[RuleText]) -> Iterator[str]:
    for text in texts:
        language = "sh" if text.code[0] == "F" else "python"
        yield (
            f"### {text.code}\n\n{text.doc[0].upper()}{text.doc[1:]}. {text.why}\n\n"
            f"Wrong:\n\n```{language}\n{text.wrong}\n```\n\nRight:\n\n```{language}\n{text.right}\n```\n\n"
            f"{text.mending}\n\n"
        )
