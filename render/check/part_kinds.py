"""The parts of a system, and how the rules of machine learning know them: by class, or by what a name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.render.model.graph import Accent

if TYPE_CHECKING:
    from archfolio.render.model.graph import Node


def word_pattern(pattern: str) -> re.Pattern[str]:
    """Look for words that begin like this, in any case."""
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


@dataclass(frozen=True)
class SystemPart:
    """What has one name in a system: the nodes that stand for it, in the order of the views."""

    name: str
    nodes: tuple[tuple[str, Node], ...]  # view, node

    @property
    def line(self) -> int:
        """Where it is made first."""
        return self.nodes[0][1].line

    @property
    def view(self) -> str:
        """The first view that has it."""
        return self.nodes[0][0]

    @property
    def id(self) -> str:
        """Its id in that view."""
        return self.nodes[0][1].id

    @cached_property
    def components(self) -> frozenset[str]:
        """The classes that draw it."""
        return frozenset(node.component for _, node in self.nodes)

    @cached_property
    def text(self) -> str:
        """All that its labels and roles say."""
        return "\n".join(f"{node.label}\n{node.role}" for _, node in self.nodes)

    def mentions(self, words: re.Pattern[str]) -> bool:
        """Return whether its labels or roles have these words."""
        return bool(words.search(self.text))


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: the classes that draw it, and words of a name that stands for it."""

    components: frozenset[str]
    names: re.Pattern[str] | None = None

    def matches(self, part: SystemPart) -> bool:
        """Return whether a part is of this kind."""
        return bool(self.components & part.components or (self.names and self.names.search(part.name)))


def _part_kind(*components: str, names: str = "") -> PartKind:
    """Build a kind; a component without a dot is a concept of ours."""
    keys = frozenset(key if "." in key else f"concept.{key}" for key in components)
    return PartKind(keys, word_pattern(names) if names else None)


TRAINER = _part_kind(
    "Trainer",
    "onprem.workflow.Kubeflow",
    "onprem.workflow.KubeFlow",
    "aws.ml.SagemakerTrainingJob",
    names=r"trainers?\b|training (?:pipeline|job|script|run)s?\b",
)
SERVER = _part_kind("ModelServer", "ModelPool", "Ranker", "Forecaster", "EmbeddingTower")
GATE = _part_kind("Gate", "Evaluator", "programming.flowchart.Decision", "programming.flowchart.Inspection")
REGISTRY = _part_kind("onprem.mlops.Mlflow", names=r"model (?:registry|store|file|catalogue)\b")
MONITOR = _part_kind(
    "Monitor",
    "onprem.monitoring.Prometheus",
    "onprem.monitoring.Grafana",
    names=r"monitor|drift|metrics\b|live quality|observab|skew check",
)
FEATURE_STORE = _part_kind("FeatureStore")
LABEL_JOIN = _part_kind("LabelJoin", names=r"(?:label|outcome|event)s? join\b|attribution\b|label maturation\b")
INDEX = _part_kind("VectorIndex")
FALLBACK = _part_kind("Fallback")
PAGER = _part_kind("saas.alerting.Pagerduty", "saas.alerting.Opsgenie", names=r"pager\b")
LOG = PartKind(frozenset(), word_pattern(r"(?:log|logs|impressions|decisions|traces|history)\b"))

RANDOM_SPLIT_WORDS = word_pattern(r"random(?:ly)? (?:train[/ ]test )?split|split (?:at )?random|shuffled split")
EVALUATION_WORDS = word_pattern(
    r"gate[sd]?\b|evaluat|validat|backtest|h[eo]ld-?out|passed\b|check(?:s|ed)?\b|approv|recall estimate"
)
ROLLBACK_WORDS = word_pattern(r"roll(?:s|ed|ing)?[- ]?back|previous\b|last good\b|restores?\b|reverts?\b")
AS_SERVED_WORDS = word_pattern(
    r"(?:as|when) (?:served|used|scored)|point[- ]in[- ]time|as of (?:then|the)|logged features|served features"
)
DURATION = re.compile(
    r"\d\s*-?(?:ms|s|sec|min|h|hours?|days?|weeks?|months?)\b"
    r"|\b(?:windows?|delay|matur|at once|until|hourly|daily|weekly|same day)",
    re.IGNORECASE,
)
EXPLORATION_WORDS = word_pattern(
    r"explor|hold-?(?:out|back)|random(?![- ](?:walk|forest))|control group|propensit|bandit|counterfactual|unbiased"
    r"|interleav|off-policy"
)
INDEX_BUILD_WORDS = word_pattern(
    r"(?:index|ann|hnsw|segment)s?\b.*\b(?:build|builder|compiler|publish|swap)|rebuild|re-index|publish"
)
FALLBACK_WORDS = word_pattern(
    r"fall(?:s|ing)?[ -]?backs?\b|degrad(?:e[sd]?|ing|ation)\b|(?:on|at a) timeout|time[sd]? out|late,|last good\b"
    r"|safe mode|defaults?\b|fails? (?:open|closed)"
)


def is_person(part: SystemPart) -> bool:
    """Return whether somebody stands there: what is drawn in the colour of people."""
    return any(node.accent is Accent.PEOPLE for _, node in part.nodes)
