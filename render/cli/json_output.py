"""What commands print with `--json`: one envelope for all of them, and the fields of each; see `docs/json.md`.

The number says which fields there are: it is raised when one changes its meaning or goes. Paths are as one types them
in the working folder, lines begin at 1, and 0 stands for a file as a whole.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Literal

import msgspec

from archfolio.render.check.layout_record import LayoutRecord  # noqa: TC001  the document of it reads these names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.render.base.errors import Failure

OUTPUT_FORMAT: Literal[1] = 1


class Output(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every command says first."""

    archfolio: Literal[1] = OUTPUT_FORMAT  # the number of these fields
    command: str  # as it is called: "check"
    ok: bool  # whether the command ends with 0


class Trouble(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that could not be had, or not as it was asked for."""

    what: str  # "shop", "shop/serving"
    sentence: str
    file: str = ""
    line: int = 0


class BuildOutput(Output, frozen=True, kw_only=True):
    """What `build` did."""

    index: str  # the gallery's first page
    systems: int
    views: int
    drawn: int
    written: int  # files
    why: list[str]  # why modules were run again
    warnings: list[Trouble]
    failures: list[Trouble]


class RenderedDiagram(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One drawing of a script."""

    diagram: str  # "SCRIPT/DIAGRAM"
    script: str
    style: str  # house or library
    files: list[str]
    not_honoured: list[str]


class RenderOutput(Output, frozen=True, kw_only=True):
    """What `render` drew."""

    diagrams: list[RenderedDiagram]
    warnings: list[Trouble]
    failures: list[Trouble]


class FindingRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Something to mend."""

    code: str
    rule: str  # what must hold
    sentence: str
    file: str
    line: int
    system: str
    view: str  # empty where it is about a system
    where: str  # node, edge or group of the view by id, or the section


class CheckOutput(Output, frozen=True, kw_only=True):
    """What `check` found."""

    systems: int
    views: int
    summary: str
    findings: list[FindingRecord]
    layouts: list[LayoutRecord] = []  # with --pictures


class RuleRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One rule of `check`."""

    code: str
    group: str
    what: str
    why: str
    wrong: str
    right: str
    mending: str


class ExplainOutput(Output, frozen=True, kw_only=True):
    """What `check --explain` tells."""

    rules: list[RuleRecord]


class VerdictRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a picture is."""

    picture: str
    state: str  # current, old or unknown
    system: str
    view: str
    sentence: str


class VerifyOutput(Output, frozen=True, kw_only=True):
    """What `verify` says of pictures."""

    pictures: list[VerdictRecord]
    failures: list[Trouble]


class EmbedOutput(Output, frozen=True, kw_only=True):
    """What `embed` prints, and the files that it shows."""

    name: str  # "SYSTEM/VIEW"
    target: str
    text: str
    hint: str
    files: list[str]


class NoteRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A sentence about a line of a note."""

    kind: str  # error, moved, edited or foreign
    sentence: str
    file: str
    line: int


class SyncOutput(Output, frozen=True, kw_only=True):
    """What `sync` did, or would do."""

    notes: int
    blocks: int
    pictures: int
    shown: int  # marks in code, which are left alone
    stale: list[str]  # files that are out of date, or were
    written: int
    findings: list[NoteRecord]


class SystemRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One subject of a folder."""

    slug: str
    group: str  # subfolder, empty for a system
    module: str
    title: str
    summary: str


class ListOutput(Output, frozen=True, kw_only=True):
    """What `list` finds in a folder."""

    systems: list[SystemRecord]


class AnswerRecord(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that drawing needs, and whether it is here."""

    what: str
    ok: bool
    found: str
    fix: str
    needed: bool


class DoctorOutput(Output, frozen=True, kw_only=True):
    """What `doctor` finds."""

    answers: list[AnswerRecord]


OUTPUTS: dict[str, type[Output]] = {
    "build": BuildOutput,
    "render": RenderOutput,
    "check": CheckOutput,
    "check --explain": ExplainOutput,
    "verify": VerifyOutput,
    "embed": EmbedOutput,
    "sync": SyncOutput,
    "list": ListOutput,
    "doctor": DoctorOutput,
}
"""The output of each command that has `--json`."""


def as_json(output: Output) -> str:
    """Write an output for programs."""
    return msgspec.json.format(msgspec.json.encode(output), indent=2).decode()


def troubles(failures: Iterable[Failure]) -> list[Trouble]:
    """Record failures, with paths as one types them here."""
    return [
        Trouble(what=one.what, sentence=one.sentence, file=os.path.relpath(one.file) if one.file else "", line=one.line)
        for one in failures
    ]
