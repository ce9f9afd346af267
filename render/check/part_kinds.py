"""How the rules of machine learning know a part of a system: by its class, or by what its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from archfolio.render.model.graph import Accent

if TYPE_CHECKING:
    from archfolio.render.model.graph import Node


def word_pattern(pattern: str) -> re.Pattern[str]:
    """Look for words that begin like this, in any case."""
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


class KnownPart(Protocol):
    """What must be known of a part to tell its kind."""

    @property
    def name(self) -> str:
        """What it is called in a drawing."""

    @property
    def nodes(self) -> tuple[tuple[str, Node], ...]:
        """The nodes that stand for it, with their views."""

    @property
    def components(self) -> frozenset[str]:
        """The classes that draw it."""


@dataclass(frozen=True, slots=True)
class PartKind:
    """A kind of part: the classes that draw it, and words of a name that stands for it."""

    components: frozenset[str]
    names: re.Pattern[str] | None = None

    def matches(self, part: KnownPart) -> bool:
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


def is_person(part: KnownPart) -> bool:
    """Return whether somebody stands there: what is drawn in the colour of people."""
    return any(node.accent is Accent.PEOPLE for _, node in part.nodes)
