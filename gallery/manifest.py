"""The seam between drawing and gallery: everything about a build that a page, a note or another tool may want.

`manifest.json` is this module's `Manifest`, encoded as JSON. Paths are relative to the folder that holds it, with
forward slashes. Lengths are CSS pixels at 100 %. Texts in which `{name}` stands quote a quantity of the subject's
estimate: put its `shown` there, or for `{name:n}` its `number`; drawings have that done already. Lists are in the
author's order. The format number changes when a reader would break; readers ignore keys they do not know.

What modules describe stands in a list for each kind: `systems`, `blocks`. All have what a `Subject` has; their slugs
are unique over all lists, and name their pictures: `images/SLUG/VIEW.svg`.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import msgspec

from archfolio.gallery.sections import (
    AntiPattern,
    Bias,
    BlockLink,
    Budget,
    Calculator,
    CaseStudy,
    Chart,
    Clarification,
    ComparedFigure,
    Decision,
    DecisionTable,
    Dimension,
    Evaluation,
    FailureMode,
    FeatureGroup,
    Field,
    FollowUp,
    FrameworkPhase,
    Framing,
    InterviewRank,
    Label,
    Loss,
    Metrics,
    Phase,
    Place,
    Quantity,
    Requirements,
    Source,
    Tags,
    Term,
    Turn,
    UsedBy,
    ViewChange,
)
from archfolio.gallery.study import Study  # noqa: TC001  msgspec reads it

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

FORMAT = 2
NAME = "manifest.json"
Kind = TypeVar("Kind", bound="Subject")


class File(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A written picture."""

    format: str  # svg, png or pdf
    path: str
    bytes: int
    scale: float = 1  # device pixels a CSS pixel
    theme: str = "auto"  # auto (follows the reader), light or dark
    hash: str = ""  # of everything that can change its bytes


class Box(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A rectangle on the drawing."""

    x: float
    y: float
    width: float
    height: float


class Node(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A box of a drawing."""

    id: str  # also in the SVG: <g class="node" data-node="ID">
    name: str  # the first line of the label, and those that it goes on in
    detail: str = ""  # the rest
    label_template: str = ""  # the label with its `{name}` quotes, where it has any
    component: str  # key into Manifest.components
    role: str = ""
    template: str = ""  # the role with its `{name}` quotes, where it has any
    cluster: str | None = None
    accent: str = "none"  # people, serving, data, model, operations, none or a project's own
    line: int = 0
    box: Box | None = None


class Cluster(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A titled group of a drawing."""

    id: str  # in the SVG: <g class="cluster" data-cluster="ID">
    label: str
    parent: str | None = None
    line: int = 0


class Edge(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An arrow of a drawing."""

    id: str  # in the SVG: <g class="edge KIND" data-edge="ID" data-tail="..." data-head="...">
    tail: str
    head: str
    label: str = ""
    template: str = ""  # the label with its `{name}` quotes, where it has any
    kind: str = "plain"  # request, response, stream, batch, control, feedback, plain or a project's own
    direction: str = "forward"  # forward, back, both or none
    line: int = 0
    step: int | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One numbered step of a walkthrough."""

    number: int
    sentence: str  # may quote quantities
    line: int
    edges: list[str]


class View(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One drawing: what it says, in order, and the files it was written to."""

    slug: str
    title: str
    caption: str  # may quote quantities
    alt: str  # one or two sentences for a reader who cannot see it
    outline: list[str]  # the text twin: what flows from where to where, in reading order
    direction: str
    details: Place | None = None  # what of another view it shows in detail
    width: float
    height: float
    line: int
    hash: str  # of everything that can change the bytes of its SVG
    files: list[File]
    nodes: list[Node]
    clusters: list[Cluster]
    edges: list[Edge]
    steps: list[Step] = []
    base: str = ""  # the view of another system that it begins from: "feed-ranking/serving"
    changes: list[ViewChange] = []  # in which it differs from that


class Module(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The Python that draws it."""

    path: str  # relative to the folder of systems
    text: str
    group: str = ""  # the folder below that of systems, in which it stands


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every module has whatever it describes; `systems`, `blocks` and so on hold more of each kind."""

    folder: ClassVar[str] = ""  # of its page in the site

    slug: str  # of no other subject, of whichever kind
    title: str
    summary: str = ""  # one sentence
    problem: list[str] = []  # paragraphs
    position: int = 0
    estimate: list[Quantity] = []
    headline: list[str] = []  # names of quantities: what a card shows
    key_inputs: list[str] = []  # names of inputs: the sliders of the viewer; empty: the page chooses
    sources: list[Source] = []
    module: Module
    views: list[View]


class System(Subject, frozen=True, kw_only=True):
    """A system with all its sections, or a plain `diagrams` script, whose sections are empty."""

    folder: ClassVar[str] = "systems"

    family: str = ""  # "end-to-end", "applied", "building-block"; empty for a plain script
    family_title: str = ""
    interview: InterviewRank | None = None
    tags: Tags = Tags()
    framing: Framing | None = None
    clarifications: list[Clarification] = []
    requirements: Requirements = Requirements()
    cost: str = ""  # the name of the quantity that is the cost of 1,000 requests
    budget: Budget | None = None
    labels: list[Label] = []
    training_example: list[Field] = []
    features: list[FeatureGroup] = []
    loss: Loss | None = None
    evaluation: Evaluation | None = None
    biases: list[Bias] = []
    decisions: list[Decision] = []
    failures: list[FailureMode] = []
    metrics: Metrics = Metrics()
    follow_ups: list[FollowUp] = []
    case_studies: list[CaseStudy] = []
    five_minutes: list[Phase] = []
    interview_plan: list[Phase] = []
    building_blocks: list[BlockLink] = []


class BuildingBlock(Subject, frozen=True, kw_only=True):
    """A part that many systems stand on."""

    folder: ClassVar[str] = "blocks"

    terms: list[Term] = []
    calculators: list[Calculator] = []
    tables: list[DecisionTable] = []
    checklist: list[str] = []
    anti_patterns: list[AntiPattern] = []
    questions: list[FollowUp] = []
    charts: list[Chart] = []
    used_by: list[UsedBy] = []


class InterviewQuestion(Subject, frozen=True, kw_only=True):
    """A question of the bank; its views are deltas of the nearest system's, or it has none."""

    folder: ClassVar[str] = "questions"

    topic: str
    nearest: str  # "feed-ranking/serving"
    why_nearest: str
    clarifications: list[Clarification] = []
    answer: list[str] = []  # sentences
    compared: list[ComparedFigure] = []


class CommonMistake(Subject, frozen=True, kw_only=True):
    """A wrong drawing and the right one: the views "wrong" and "right"."""

    folder: ClassVar[str] = "mistakes"

    fault: list[str] = []  # ids of the nodes and edges of the wrong drawing that are the fault
    hint: str = ""
    reason: str = ""
    cure: str = ""
    rule: str = ""  # the code of the rule that finds it
    finding: str = ""  # what that rule says of the wrong drawing
    no_rule: str = ""  # why none finds it
    done_right: list[str] = []  # "system/view/Node"


class MockInterview(Subject, frozen=True, kw_only=True):
    """Who says what in which minute, beside a drawing that grows by its steps."""

    folder: ClassVar[str] = "mocks"

    system: str  # the slug of the system that is designed
    level: str = ""
    turns: list[Turn] = []
    verdict: str = ""


class InterviewFramework(Subject, frozen=True, kw_only=True):
    """The phases of an interview."""

    folder: ClassVar[str] = "interview"

    phases: list[FrameworkPhase] = []


class CompanyGuide(Subject, frozen=True, kw_only=True):
    """What companies publish, side by side."""

    folder: ClassVar[str] = "interview"

    companies: list[str] = []
    dimensions: list[Dimension] = []
    read_on: str = ""
    left_out: str = ""


class Component(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A technology or a concept that stands in drawings."""

    key: str  # "onprem.queue.Kafka", "concept.Ranker"
    title: str  # "Kafka", "Ranker"
    provider: str  # "onprem", "aws", "concept", ...
    meaning: str = ""  # of a concept
    icon: str = ""  # path of a small PNG
    plate: str = ""  # "light", "dark" or "both": on which ground the icon needs a plate behind it


class Font(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A web font that the drawings are set in."""

    family: str
    weight: int
    path: str


class Site(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a project's pages say and show around its systems; empty where it has set nothing."""

    title: str = ""
    wordmark: str = ""
    logo: str = ""  # path of an SVG or PNG
    favicon: str = ""  # path of an SVG or PNG
    lead: str = ""
    footer: str = ""
    colours: dict[str, tuple[str, str]] = {}  # by the name of a custom property, on the light ground and the dark one
    lengths: dict[str, str] = {}  # by the name of a custom property
    language: str = "en"
    words: dict[str, str] = {}  # of the pages' own, by their English
    repository: str = ""  # address to which the path of a module is added
    families: list[str] = []  # in their order, before others
    groups: dict[str, str] = {}  # folders of systems, in their order, and their names


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """A build: a list for each kind of subject, and what all of them share."""

    format: int = FORMAT
    generator: str  # "archfolio 0.1.0"
    engine: str  # "Graphviz 14.1.5"
    systems: list[System]
    blocks: list[BuildingBlock] = []
    questions: list[InterviewQuestion] = []
    mistakes: list[CommonMistake] = []
    mocks: list[MockInterview] = []
    frameworks: list[InterviewFramework] = []
    company_guides: list[CompanyGuide] = []
    components: list[Component] = []
    fonts: list[Font] = []
    moved: dict[str, str] = {}  # views that were renamed, "SYSTEM/OLD" to "SYSTEM/NEW"
    study: Study | None = None  # none where nothing is said of how to study it
    site: Site = Site()

    @property
    def subjects(self) -> list[Subject]:
        """All subjects, kind by kind."""
        return list(chain.from_iterable(getattr(self, name) for name in KINDS))


KINDS: dict[str, type[Subject]] = {
    "systems": System,
    "blocks": BuildingBlock,
    "questions": InterviewQuestion,
    "mistakes": CommonMistake,
    "mocks": MockInterview,
    "frameworks": InterviewFramework,
    "company_guides": CompanyGuide,
}
"""The lists of a manifest that hold subjects, and of which kind each is."""


def by_kind(subjects: Iterable[Subject]) -> dict[str, Any]:
    """Sort subjects into the lists of a manifest."""
    given = list(subjects)
    return {name: [one for one in given if type(one) is kind] for name, kind in KINDS.items()}


def encode(manifest: Manifest) -> Iterator[bytes]:
    """Write a manifest as JSON text on one line, subject by subject: of a thousand systems all of it takes 32 MB."""
    for number, name in enumerate(manifest.__struct_fields__):
        value = getattr(manifest, name)
        yield f'{"," if number else "{"}"{name}":'.encode()
        if name in KINDS:
            yield b"["
            yield from (b"," * (place > 0) + msgspec.json.encode(subject) for place, subject in enumerate(value))
        yield b"]" if name in KINDS else msgspec.json.encode(value)
    yield b"}"


def as_read(subject: Kind) -> Kind:
    """Return a subject as the next build will read it, 2.0 not 2; a text that stands often is still one object.

    Raises what `msgspec` raises for what JSON cannot say.
    """
    msgspec.json.decode(msgspec.json.encode(subject), type=type(subject))
    return msgspec.convert(msgspec.to_builtins(subject), type=type(subject))


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
