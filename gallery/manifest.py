"""The seam between drawing and gallery: everything about a build that a page, a note or another tool may want.

`manifest.json` is this module's `Manifest`, encoded as JSON. Paths are relative to the folder that holds it, with
forward slashes. Lengths are CSS pixels at 100 %. Texts in which `{name}` stands quote a quantity of the system's
estimate: put its `shown` there, or for `{name:n}` its `number`; drawings have that done already. Lists are in the
author's order. The format number changes when a reader would break; readers ignore keys they do not know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 1
NAME = "manifest.json"


class Record(msgspec.Struct, frozen=True):
    """The base of everything in a manifest: immutable, checked when it is read."""


class File(Record, frozen=True, kw_only=True):
    """A written picture."""

    format: str  # svg, png or pdf
    path: str
    bytes: int
    scale: float = 1  # device pixels a CSS pixel
    theme: str = "auto"  # auto (follows the reader), light or dark


class Box(Record, frozen=True, kw_only=True):
    """A rectangle on the drawing."""

    x: float
    y: float
    width: float
    height: float


class Node(Record, frozen=True, kw_only=True):
    """A box of a drawing."""

    id: str  # also in the SVG: <g class="node" data-node="ID">
    name: str  # first line of the label
    detail: str = ""  # the rest
    component: str  # key into Manifest.components
    role: str = ""
    cluster: str | None = None
    accent: str = "none"  # people, serving, data, model, operations or none
    line: int = 0
    box: Box | None = None


class Cluster(Record, frozen=True, kw_only=True):
    """A titled group of a drawing."""

    id: str  # in the SVG: <g class="cluster" data-cluster="ID">
    label: str
    parent: str | None = None
    line: int = 0


class Edge(Record, frozen=True, kw_only=True):
    """An arrow of a drawing."""

    id: str  # in the SVG: <g class="edge KIND" data-edge="ID" data-tail="..." data-head="...">
    tail: str
    head: str
    label: str = ""
    template: str = ""  # the label with its `{name}` quotes, where it has any
    kind: str = "plain"  # request, stream, batch, control, feedback or plain
    direction: str = "forward"  # forward, back, both or none
    line: int = 0
    step: int | None = None


class Step(Record, frozen=True, kw_only=True):
    """One numbered step of a walkthrough."""

    number: int
    sentence: str  # may quote quantities
    line: int
    edges: list[str]


class View(Record, frozen=True, kw_only=True):
    """One drawing: what it says, in order, and the files it was written to."""

    slug: str
    title: str
    caption: str  # may quote quantities
    alt: str  # one or two sentences for a reader who cannot see it
    outline: list[str]  # the text twin: what flows from where to where, in reading order
    direction: str
    width: float
    height: float
    line: int
    hash: str  # of everything that can change its bytes
    files: list[File]
    nodes: list[Node]
    clusters: list[Cluster]
    edges: list[Edge]
    steps: list[Step] = []


class Asked(Record, frozen=True, kw_only=True):
    """How often interviews ask for it."""

    rank: int
    remark: str


class Tags(Record, frozen=True, kw_only=True):
    """What it can be found by."""

    task: list[str] = []
    pattern: list[str] = []
    data: list[str] = []


class Quality(Record, frozen=True, kw_only=True):
    """One quality and its target."""

    name: str
    target: str


class Requirements(Record, frozen=True, kw_only=True):
    """What it must do, and how well."""

    functional: list[str] = []
    qualities: list[Quality] = []


class Quantity(Record, frozen=True, kw_only=True):
    """A figure of the estimate: an input, or computed by a formula over the names above it."""

    name: str
    label: str
    value: float  # in its unit
    unit: str
    factor: float  # value * factor is in seconds, bytes, counts and their products, in which formulas compute
    number: str  # "34.7 k"
    shown: str  # "34.7 k/s"
    formula: str = ""  # + - * / ** ceil min max over names; empty for an input
    source: str = ""  # "assumption" or where it comes from; empty for a formula
    note: str = ""
    line: int = 0


class Stage(Record, frozen=True, kw_only=True):
    """A share of the latency budget."""

    name: str
    share: float  # ms


class Budget(Record, frozen=True, kw_only=True):
    """A latency budget in ms."""

    what: str
    promise: float
    total: float
    stages: list[Stage]
    note: str = ""


class Decision(Record, frozen=True, kw_only=True):
    """A choice."""

    chose: str
    over: str
    when: str


class Failure(Record, frozen=True, kw_only=True):
    """A failure mode."""

    failure: str
    detection: str
    answer: str


class Metrics(Record, frozen=True, kw_only=True):
    """What is measured."""

    offline: list[str] = []
    online: list[str] = []
    guardrail: list[str] = []


class Source(Record, frozen=True, kw_only=True):
    """Where facts come from."""

    authors: str
    title: str
    venue: str
    year: int
    url: str
    used_for: str = ""


class BuildingBlock(Record, frozen=True, kw_only=True):
    """A building block that a system is made of."""

    slug: str
    title: str


class Module(Record, frozen=True, kw_only=True):
    """The Python that draws it."""

    path: str  # relative to the folder of systems
    text: str


class System(Record, frozen=True, kw_only=True):
    """One module: a system with all its sections, or a plain `diagrams` script, whose sections are empty."""

    slug: str
    title: str
    summary: str = ""  # one sentence
    problem: list[str] = []  # paragraphs
    family: str = ""  # "end-to-end", "applied", "building-block"; empty for a plain script
    family_title: str = ""
    place: int = 0
    asked: Asked | None = None
    tags: Tags = Tags()
    requirements: Requirements = Requirements()
    estimate: list[Quantity] = []
    headline: list[str] = []  # names of quantities
    budget: Budget | None = None
    decisions: list[Decision] = []
    failures: list[Failure] = []
    metrics: Metrics = Metrics()
    building_blocks: list[BuildingBlock] = []
    sources: list[Source] = []
    module: Module
    views: list[View]


class Component(Record, frozen=True, kw_only=True):
    """A technology or a concept that stands in drawings."""

    key: str  # "onprem.queue.Kafka", "concept.Ranker"
    title: str  # "Kafka", "Ranker"
    provider: str  # "onprem", "aws", "concept", ...
    meaning: str = ""  # of a concept
    icon: str = ""  # path of a small PNG
    plate: str = ""  # "light", "dark" or "both": on which ground the icon needs a plate behind it


class Font(Record, frozen=True, kw_only=True):
    """A web font that the drawings are set in."""

    family: str
    weight: int
    path: str


class Manifest(Record, frozen=True, kw_only=True):
    """A build."""

    format: int = FORMAT
    generator: str  # "archfolio 0.1.0"
    engine: str  # "Graphviz 14.1.5"
    systems: list[System]
    components: list[Component] = []
    fonts: list[Font] = []
    moved: dict[str, str] = {}  # views that were renamed, "SYSTEM/OLD" to "SYSTEM/NEW"


def encode(manifest: Manifest) -> bytes:
    """Write a manifest as JSON text, on one line: laid out it would be half as long again."""
    return msgspec.json.encode(manifest)  # no newline: of a thousand systems a copy takes 30 MB


def as_read(system: System) -> System:
    """Return a system as the next build will read it: what is kept and what is made anew are then alike, 2.0 not 2."""
    return msgspec.json.decode(msgspec.json.encode(system), type=System)


def read(folder: Path) -> Manifest:
    """Read the manifest of a build.

    Raises FileNotFoundError where there is none, and ValueError where it is not one that this version can read.
    """
    try:
        manifest = msgspec.json.decode((folder / NAME).read_bytes(), type=Manifest)
    except msgspec.DecodeError as error:
        message = f"{folder / NAME} is not a manifest of this version ({error}): build again"
        raise ValueError(message) from error
    if manifest.format != FORMAT:
        message = f"{folder / NAME} has format {manifest.format}, this version reads {FORMAT}: build again"
        raise ValueError(message)
    return manifest
