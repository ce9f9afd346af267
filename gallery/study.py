"""What a gallery says about how to study it: paths, topics, drills, a method. Written beside its systems, as data.

`to` and `of` name a place as `gallery/named_places.py` reads it: "feed-ranking", "feed-ranking/serving/Ranker",
"feed-ranking#decisions", "feed-ranking decision: Pull from", "page:reference". Whatever quotes a figure says of which
estimate.
"""

from __future__ import annotations

import msgspec

from archfolio.gallery.sections import Quantity  # noqa: TC001  msgspec reads it


class StudyStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A place to go to, and what to do or see there."""

    to: str
    text: str = ""


class StudyStage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Steps that belong together: a week's subject, a day, a point of a takeaway."""

    title: str
    text: str = ""
    steps: list[StudyStep] = []


class StudyPath(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way through the gallery."""

    slug: str
    group: str  # the heading under which it stands
    title: str
    sentence: str
    stages: list[StudyStage]


class Way(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way to use the gallery."""

    title: str
    text: str
    to: list[str]


class Instance(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A decision, a failure mode or a box of a system, and why it is one of its topic."""

    of: str
    why: str


class Topic(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A component of machine-learning systems or a principle of their design, and where systems have it."""

    slug: str
    title: str
    sentence: str
    text: list[str]  # paragraphs
    instances: list[Instance]


class MethodStep(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A step of the method of estimation; its texts quote figures of the calculator."""

    title: str
    text: str


class BlankCalculator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An estimate that belongs to no system: the reader puts in the figures."""

    title: str
    question: str
    reading: str
    results: list[str]  # names of its figures, the most wanted first
    estimate: list[Quantity]


class Drill(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure of a system's estimate to be estimated by the reader."""

    system: str
    quantity: str
    question: str  # may quote figures of the system


class ReferenceFigure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A published figure that estimates import, as it is written."""

    name: str
    group: str
    label: str
    shown: str
    unit: str
    source: str
    year: int
    url: str
    note: str = ""


class SheetRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a cheat sheet: of a system or a building block, or with a name of its own.

    Its cells quote figures, here of reference too, and sections: `{peak}`, `{reference.h100_memory}`,
    `{budget.promise}`, `{label.1}` and `{window.1}`, `{metric.offline}`, `{metric.online}` and `{metric.guardrail}`,
    the first of each; of blocks `{table.1}` and `{options.1}`.
    """

    system: str = ""
    name: str = ""
    cells: list[str]


class SheetTable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A table of a cheat sheet, whose first column names the row or its system."""

    title: str
    heads: list[str]
    rows: list[SheetRow]
    note: str = ""


class CheatSheet(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page of A4."""

    slug: str
    title: str
    sentence: str
    tables: list[SheetTable]


class ContentsEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of the contents of what this gallery covers: its places here, or why it has none."""

    title: str
    to: list[str] = []
    note: str = ""


class ContentsPart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A chapter."""

    title: str
    entries: list[ContentsEntry]


class Study(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All of it."""

    sentence: str
    ways: list[Way] = []
    paths: list[StudyPath] = []
    takeaways: list[StudyPath] = []
    components: list[Topic] = []
    principles: list[Topic] = []
    method: list[MethodStep] = []
    calculator: BlankCalculator | None = None
    drills: list[Drill] = []
    references: list[ReferenceFigure] = []
    cheat_sheets: list[CheatSheet] = []
    contents: list[ContentsPart] = []
