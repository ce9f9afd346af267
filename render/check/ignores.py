"""Comments that silence a finding on their line: `# archfolio: ignore[M201]`, or several codes with commas."""

from __future__ import annotations

import io
import re
import tokenize
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.author_error import suggest
from archfolio.render.check.finding import RuleText

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from archfolio.render.check.finding import Finding

UNKNOWN, UNUSED = "I601", "I602"
IGNORE_RULES = (
    RuleText(
        UNKNOWN,
        "an ignore comment names codes that exist",
        why="A misspelt code silences nothing.",
        mending="Write `# archfolio: ignore[CODE]`; only findings of S, M, P, L and F can be silenced.",
        wrong='ranker >> stream("events") >> log  # archfolio: ignore[S155] their own name',
        right='ranker >> stream("events") >> log  # archfolio: ignore[S105] their own name',
    ),
    RuleText(
        UNUSED,
        "an ignore comment silences something",
        why="It would hide the next mistake on that line.",
        mending="Drop it.",
        wrong='ranker >> stream("list") >> log  # archfolio: ignore[S105] was long once',
        right='ranker >> stream("list") >> log',
    ),
)
_COMMENT = re.compile(r"#\s*archfolio:\s*ignore(?:\[(?P<codes>[^\]]*)\])?")


@dataclass(frozen=True, slots=True)
class Ignore:
    """One code that is ignored on one line; empty where a comment names none."""

    line: int
    code: str


def ignores(text: str) -> tuple[Ignore, ...]:
    """List what a module's comments ignore; a module that is not Python ignores nothing."""
    found: list[Ignore] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and (match := _COMMENT.search(token.string)):
                codes = [code.strip() for code in (match["codes"] or "").split(",")]
                found += [Ignore(token.start[0], code) for code in codes]
    except (tokenize.TokenError, SyntaxError):
        return ()
    return tuple(found)


def split_ignored(findings: Iterable[Finding], ignored: Collection[Ignore]) -> tuple[list[Finding], frozenset[Ignore]]:
    """Leave out what is ignored; return the others, and what was of use."""
    wanted = {(one.line, one.code): one for one in ignored}
    reported, used = [], set()
    for finding in findings:
        if one := wanted.get((finding.line, finding.code)):
            used.add(one)
        else:
            reported.append(finding)
    return reported, frozenset(used)


def unused_ignores(
    ignored: Iterable[Ignore], used: Collection[Ignore], known: Collection[str], ran: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    """List the comments that do nothing, as code, line and sentence; of rules that did not run one cannot tell."""
    for one in ignored:
        if not one.code:
            yield UNKNOWN, one.line, "the comment ignores no code: write '# archfolio: ignore[CODE]'"
        elif one.code not in known:
            yield UNKNOWN, one.line, f"there is no code '{one.code}' to ignore{suggest(one.code, known) or ': drop it'}"
        elif one.code in ran and one not in used:
            yield UNUSED, one.line, f"nothing on this line needs 'ignore[{one.code}]': drop it"
