"""The sections of a system, as a manifest has them. Texts may quote figures of the estimate."""

from __future__ import annotations

import msgspec


class InterviewRank(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How often interviews ask for it."""

    rank: int
    remark: str


class Tags(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What it can be found by."""

    task: list[str] = []
    pattern: list[str] = []
    data: list[str] = []


class Quality(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One quality and its target."""

    name: str
    target: str


class Requirements(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What it must do, and how well."""

    functional: list[str] = []
    qualities: list[Quality] = []


class Quantity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure of the estimate: an input, or computed by a formula over the names above it."""

    name: str
    label: str
    value: float  # in its unit
    unit: str
    factor: float  # value * factor is in seconds, bytes, counts and their products, in which formulas compute
    number: str  # "34.7 k"
    shown: str  # "34.7 k/s"
    formula: str = ""  # + - * / ** ceil min max log exp sqrt over names; empty for an input
    source: str = ""  # "assumption" or where it comes from; empty for a formula
    note: str = ""
    line: int = 0


class Stage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A share of the latency budget."""

    name: str
    share: float  # ms
    formula: str = ""  # over the figures of the estimate, in time; a number alone is of the budget's unit
    branches: list[Stage] = []  # that run side by side: the slowest is the share


class Budget(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A latency budget in ms, shown in its unit."""

    what: str
    promise: float
    promise_formula: str = ""
    total: float
    stages: list[Stage]
    note: str = ""
    unit: str = "ms"  # ms, s or us


class Place(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something that a text points to: a view, a node or an edge of it by id, or a decision by its number from 0."""

    text: str  # as the author wrote it
    view: str = ""  # empty where nothing of that name is drawn
    node: str = ""
    edge: str = ""
    decision: int | None = None


class Framing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """From the business goal to the metric."""

    goal: str
    decision: str
    task: str
    label: str
    metric: str
    not_optimised: str
    baseline: str


class Clarification(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question to ask first, and the answer that is assumed."""

    question: str
    answer: str


class Label(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a model learns from."""

    event: str
    window: str
    positive: str
    negative: str
    ignored: str
    delay: str
    bias: str
    where: Place


class Field(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A field of the example row."""

    name: str
    value: str


class FeatureGroup(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Features of one kind."""

    name: str
    features: list[str]
    freshness: str
    store: Place
    leak: str


class MathFormula(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A formula, as its author wrote it and as pages show it."""

    name: str
    tex: str
    mathml: str
    meaning: str


class Loss(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What training minimises."""

    objective: str
    formulas: list[MathFormula]
    calibration: str


class Evaluation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a model is judged."""

    offline: str
    disagreement: str
    unit: str
    duration: str
    power: str
    guardrails: str


class Bias(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way in which data misleads, and its cure."""

    name: str
    effect: str
    cure: str
    where: Place


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A choice."""

    chosen: str
    why: str = ""
    rejected: list[str] = []
    revisit_when: str


class FailureMode(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What can fail."""

    failure: str
    detection: str
    response: str


class FollowUp(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question that an interviewer asks next."""

    level: str  # mid, senior or staff
    question: str
    answer: str
    weak: str
    where: Place


class CaseStudy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A system that a team has published."""

    team: str
    system: str
    difference: str
    source: str  # the address of one of the system's sources


class Phase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A part of a talk or of an interview."""

    minutes: float
    name: str
    text: str


class Metrics(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is measured."""

    offline: list[str] = []
    online: list[str] = []
    guardrail: list[str] = []


class Source(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where facts come from."""

    authors: str
    title: str
    venue: str
    year: int
    url: str
    used_for: str = ""


class BlockLink(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A building block that a system is made of."""

    slug: str
    title: str


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A concept of the field."""

    name: str
    definition: str
    formula: MathFormula | None = None


class Calculator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A question that figures of the estimate answer, and how to read the answer."""

    title: str
    question: str
    results: list[str]  # names of quantities
    reading: str


class Option(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of a decision table."""

    name: str
    values: list[str]  # one a criterion
    wins_when: str


class DecisionTable(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Options compared on the same criteria."""

    title: str
    criteria: list[str]
    options: list[Option]


class AntiPattern(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A habit that does harm, and its cure."""

    name: str
    symptom: str
    cure: str
    where: Place  # one that names no view of its own may name "system/view/Node" in its text


class UsedBy(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where a system has a building block."""

    where: str  # "system/view" or "system/view/Node"
    how: str


class Chart(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A measured or simulated figure."""

    title: str
    caption: str
    alt: str
    script: str  # that computes it, beside the module
    svg: str  # the text of the file


class ViewChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change of a view that begins from another one, and the ids of what it is about."""

    kind: str  # added, changed or removed
    sentence: str
    nodes: list[str] = []
    edges: list[str] = []
    line: int = 0


class ComparedFigure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A figure beside what it is in the nearest system."""

    label: str
    here: str
    there: str
    is_input: bool


class Turn(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one of the two says in a mock interview."""

    minute: float
    speaker: str  # interviewer or candidate
    text: str
    phase: str  # C, L, E, A or R
    draws: int = 0  # steps of the drawing that stand once it is said; 0 where it draws nothing
    note: str = ""  # of the interviewer


class FrameworkPhase(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A phase of an interview."""

    letter: str
    name: str
    minutes: str
    start: int
    end: int
    artefact: str
    purpose: str
    checklist: list[str]
    sections: list[str]  # titles of the sections of a system's page that belong to it
    trap: str


class CompanyFact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a company publishes on one dimension."""

    company: str
    text: str
    source: str
    where: list[str] = []


class Dimension(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A row of the company guide."""

    name: str
    facts: list[CompanyFact]
