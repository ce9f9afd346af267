"""How the rules of machine learning know a part of a system: by its class, or by what its name says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.check.system_graph import Part


def words(pattern: str) -> re.Pattern[str]:
    """Look for words that begin like this, in any case."""
    return re.compile(rf"\b(?:{pattern})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Sort:
    """A sort of part: the classes that draw it, and words of a name that stands for it."""

    components: frozenset[str]
    names: re.Pattern[str] | None = None

    def has(self, part: Part) -> bool:
        """Tell whether a part is of this sort."""
        return bool(self.components & part.components or (self.names and self.names.search(part.name)))


def _sort(*components: str, names: str = "") -> Sort:
    """Make a sort; a component without a dot is a concept of ours."""
    keys = frozenset(key if "." in key else f"concept.{key}" for key in components)
    return Sort(keys, words(names) if names else None)


TRAINER = _sort(
    "Trainer",
    "onprem.workflow.Kubeflow",
    "onprem.workflow.KubeFlow",
    "aws.ml.SagemakerTrainingJob",
    names=r"trainers?\b|training (?:pipeline|job|script|run)s?\b",
)
SERVER = _sort("ModelServer", "ModelPool", "Ranker", "Forecaster", "EmbeddingTower")
GATE = _sort("Gate", "Evaluator", "programming.flowchart.Decision", "programming.flowchart.Inspection")
REGISTRY = _sort("onprem.mlops.Mlflow", names=r"model (?:registry|store|file|catalogue)\b")
MONITOR = _sort(
    "Monitor",
    "onprem.monitoring.Prometheus",
    "onprem.monitoring.Grafana",
    names=r"monitor|drift|metrics\b|live quality|observab|skew check",
)
FEATURE_STORE = _sort("FeatureStore")
LABEL_JOIN = _sort("LabelJoin", names=r"(?:label|outcome|event)s? join\b|attribution\b|label maturation\b")
INDEX = _sort("VectorIndex")
FALLBACK = _sort("Fallback")
LOG = Sort(frozenset(), words(r"(?:log|logs|impressions|decisions|traces|history)\b"))

A_VERDICT = words(r"gate[sd]?\b|evaluat|validat|backtest|h[eo]ld-?out|passed\b|check(?:s|ed)?\b|approv|recall estimate")
A_WAY_BACK = words(r"roll(?:s|ed|ing)?[- ]?back|previous\b|last good\b|restores?\b|reverts?\b")
AS_SERVED = words(
    r"(?:as|when) (?:served|used|scored)|point[- ]in[- ]time|as of (?:then|the)|logged features|served features"
)
A_TIME = re.compile(
    r"\d\s*-?(?:ms|s|sec|min|h|hours?|days?|weeks?|months?)\b"
    r"|\b(?:windows?|delay|matur|at once|until|hourly|daily|weekly|same day)",
    re.IGNORECASE,
)
UNBIASED = words(
    r"explor|hold-?(?:out|back)|random(?![- ](?:walk|forest))|control group|propensit|bandit|counterfactual|unbiased"
    r"|interleav|off-policy"
)
A_BUILD = words(r"(?:index|ann|hnsw|segment)s?\b.*\b(?:build|builder|compiler|publish|swap)|rebuild|re-index|publish")
A_LESSER_ANSWER = words(
    r"fall(?:s|ing)?[ -]?backs?\b|degrad(?:e[sd]?|ing|ation)\b|(?:on|at a) timeout|time[sd]? out|late,|last good\b"
    r"|safe mode|defaults?\b|fails? (?:open|closed)"
)
