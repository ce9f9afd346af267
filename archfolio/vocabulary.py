"""The words that all systems share, so that filters, links and comparisons have good answers. One line each."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FAMILIES = {"end-to-end": "End-to-end systems", "applied": "Applied systems", "building-block": "Building blocks"}

TASKS = {
    "recommendation": "choose items for a person",
    "ranking": "order what was asked for or gathered",
    "search": "find what a query means",
    "classification": "decide which class a thing belongs to",
    "detection": "find and locate things or anomalies",
    "generation": "write text or take action with a language model",
    "forecasting": "predict a quantity over time",
    "matching": "decide whether two things are the same or belong together",
    "platform": "run the models and data of other systems",
}

PATTERNS = {
    "retrieval-ranking funnel": "each stage spends more compute on fewer items",
    "streaming features": "features are updated from events within seconds",
    "human in the loop": "people decide or label part of the traffic",
    "retrieval-augmented generation": "a model answers from retrieved passages",
    "multi-task model": "one model predicts several outcomes",
    "embedding retrieval": "nearest neighbours of a learned vector",
    "graph features": "relations between entities carry the signal",
    "rules and model": "explicit policy decides together with a score",
    "exploration": "a share of traffic buys unbiased data",
    "cascade": "cheap models answer first, dear ones only where needed",
    "batch scoring": "answers are computed ahead and looked up",
    "edge inference": "a model runs near the device",
    "multi-tenant serving": "many models or customers share a fleet",
    "scale-up path": "the design grows by stages",
}

DATA = {
    "events": "what people and systems did",
    "text": "documents, messages, queries",
    "images": "pictures",
    "video": "moving pictures",
    "graph": "nodes and links",
    "tabular": "rows of attributes",
    "time series": "values over time",
    "transactions": "money that moves",
}

BUILDING_BLOCKS = {
    "data-management": "Data management",
    "feature-engineering": "Feature engineering",
    "model-training": "Model training",
    "model-serving": "Model serving",
    "monitoring-observability": "Monitoring and observability",
    "scalability-performance": "Scalability and performance",
    "reliability-fault-tolerance": "Reliability and fault tolerance",
    "security-privacy": "Security and privacy",
    "embeddings-retrieval": "Embeddings and retrieval",
    "llm-genai": "LLM and generative AI",
    "fairness-responsible-ai": "Fairness and responsible AI",
    "online-experimentation": "Online experimentation",
    "capacity-cost-planning": "Capacity and cost planning",
    "ml-system-lifecycle": "ML system lifecycle",
}

KINDS = {
    "request": "a call: the caller waits for the answer",
    "response": "an answer, or what one stage hands to the next",
    "stream": "events, as they happen",
    "batch": "bulk work on a schedule",
    "control": "changes configuration, versions or routing",
    "feedback": "outcomes and judgements that close a loop",
}
"""The kinds of edge."""

COMMON_BLOCKS = (
    "data-management",
    "model-training",
    "model-serving",
    "monitoring-observability",
    "reliability-fault-tolerance",
    "scalability-performance",
    "capacity-cost-planning",
)
"""What every system in production stands on: a list that ends with these begins with what sets a system apart."""

LEARNING_BLOCKS = ("feature-engineering", "online-experimentation")
"""What a system that learns from behaviour stands on too."""

RESPONSIBILITY_BLOCKS = ("security-privacy", "fairness-responsible-ai")
"""What a system owes to the people whom it decides about."""


_TABLES: dict[str, dict[str, str]] = {
    "families": FAMILIES,
    "tasks": TASKS,
    "patterns": PATTERNS,
    "data": DATA,
    "building_blocks": BUILDING_BLOCKS,
    "edges": KINDS,
}
"""The tables that a project may add words to (`[tool.archfolio.vocabulary]`), by their names there."""


def is_vocabulary(known: object) -> bool:
    """Return whether something is one of the tables."""
    return any(known is table for table in _TABLES.values())


def words_of_project(file: str) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """Yield the words that the project around a file names, by table; none where there is none, or it cannot be read."""
    path = next((one for folder in Path(file).parents if (one := folder / "pyproject.toml").is_file()), None)
    if path is None:
        return
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))["tool"]["archfolio"]["vocabulary"]
        for table in _TABLES:
            yield table, [(word, str(meaning)) for word, meaning in said.get(table, {}).items()]
    except (OSError, ValueError, KeyError, AttributeError):
        return


def add_words(words: Iterable[tuple[str, Iterable[tuple[str, str]]]]) -> None:
    """Add a project's own words to the tables of this process: of each table its words, with what they mean."""
    for table, own in words:
        if table in _TABLES:
            _TABLES[table].update({word: meaning for word, meaning in own if word not in _TABLES[table]})
