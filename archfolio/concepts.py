"""Nodes for what has no product icon. Few, so that the same idea has the same glyph in every system.

Each is an ordinary `diagrams` node class whose glyph was drawn for this project (`glyphs/`). Its docstring is its
meaning, and `accent` the part of a system that it belongs to.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import ClassVar

from diagrams import Node

from archfolio.author_error import AuthorError, where

_GLYPHS = Path(__file__).parent / "glyphs"


class Concept(Node):
    """An idea of machine-learning systems, drawn with a glyph of its own.

    A project's own concept is a class of one line and a docstring, which is its meaning. `glyph` is an SVG or PNG file,
    as seen from the file of the class, `accent` the part of a system that it belongs to:

        class TariffModel(Concept, glyph="glyphs/tariff.svg", accent="model"):
            '''Sets the price of a parcel from weight, way and load.'''

    Raises AuthorError for a glyph that is not there.
    """

    _provider = "concept"
    _type = "concept"
    _icon_dir = str(_GLYPHS)
    accent: ClassVar[str] = "serving"

    def __init_subclass__(cls, *, glyph: str = "", accent: str = "") -> None:
        """Take the glyph that is given, or for a concept of ours the one that is named after its class."""
        super().__init_subclass__()
        if accent:
            cls.accent = accent
        if glyph:
            path = Path(where()[0]).parent / glyph
            if not path.is_file():
                message = (
                    f"the glyph of {cls.__name__} is not there: '{glyph}' is looked for beside {Path(where()[0]).name}"
                )
                raise AuthorError(message)
            cls._icon_dir, cls._icon = str(path.parent), path.name
        elif cls.__module__ == __name__:
            cls._icon = re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower() + ".png"
        elif cls.__base__ is Concept:
            message = (
                f"{cls.__name__} has no glyph: write class {cls.__name__}(Concept, glyph='FILE.svg', accent='model')"
            )
            raise AuthorError(message)


class Ranker(Concept):
    """Scores candidates and orders them: light ranker, ranker, re-ranker, cross-encoder."""

    accent = "model"


class EmbeddingTower(Concept):
    """Turns one side of a pair into a vector: user tower, item tower."""

    accent = "model"


class Encoder(Concept):
    """Turns text, an image or a clip into a vector or tokens."""

    accent = "model"


class Retriever(Concept):
    """Gathers candidates from one source, cheaply and with high recall."""

    accent = "serving"


class VectorIndex(Concept):
    """Finds the nearest vectors: ANN index, vector search service."""

    accent = "data"


class FeatureStore(Concept):
    """Holds the latest feature values by entity, defined once for training and serving."""

    accent = "data"


class ModelServer(Concept):
    """Runs one model behind an interface: a host's process, a model endpoint."""

    accent = "model"


class ModelPool(Concept):
    """A fleet of hosts or accelerators that load a released bundle."""

    accent = "serving"


class Trainer(Concept):
    """Fits a model to data."""

    accent = "model"


class Distiller(Concept):
    """Fits a small model to the scores of a large one."""

    accent = "model"


class Calibrator(Concept):
    """Turns scores into probabilities, thresholds or prices."""

    accent = "model"


class Evaluator(Concept):
    """Measures a candidate on data it has not seen, or an answer against a rubric."""

    accent = "operations"


class Monitor(Concept):
    """Watches inputs, scores or quality over time."""

    accent = "operations"


class Gate(Concept):
    """Lets a candidate pass or stops it."""

    accent = "operations"


class Guard(Concept):
    """Filters what may pass: safety, policy, eligibility, access."""

    accent = "operations"


class RuleEngine(Concept):
    """Decides by explicit rules that people wrote."""

    accent = "operations"


class Experiment(Concept):
    """Assigns units to arms, or reads what the arms did."""

    accent = "operations"


class Fallback(Concept):
    """Gives the next poorer answer when the better one is late or broken."""

    accent = "serving"


class Planner(Concept):
    """Decides what happens next: planner, controller, scheduler of work, agent."""

    accent = "operations"


class Cache(Concept):
    """Keeps a fast copy or a fresh segment in memory."""

    accent = "data"


class Catalogue(Concept):
    """Registers data, features, items or schemas."""

    accent = "data"


class Labeller(Concept):
    """Produces labels: annotation tool, weak supervision, judge."""

    accent = "people"


class Assembler(Concept):
    """Merges, blends or assembles: candidates to a list, passages to a prompt, parts to a page."""

    accent = "serving"


class Forecaster(Concept):
    """Predicts a quantity over time."""

    accent = "model"


class GraphStore(Concept):
    """Holds or computes relations between entities."""

    accent = "data"


class Simulator(Concept):
    """Replays or simulates, away from production."""

    accent = "operations"


class ReviewQueue(Concept):
    """Holds items that wait for a person's decision."""

    accent = "people"


class LabelJoin(Concept):
    """Attributes outcomes to what was served, within a stated window."""

    accent = "data"


class Features(Concept):
    """A group of named inputs of a model."""

    accent = "data"


class EmbeddingTable(Concept):
    """Holds a learned vector for every id: users, items, words."""

    accent = "model"


class Interaction(Concept):
    """Crosses features with each other: cross network, attention, factorisation machine."""

    accent = "model"


class Expert(Concept):
    """Layers of a network: shared trunk, expert, tower, gate."""

    accent = "model"


class Head(Concept):
    """Makes one prediction of a model: a probability, a value, a class, the next token."""

    accent = "model"


class LossFunction(Concept):
    """Says how far predictions are from labels: what training minimises."""

    accent = "model"


class PromptPart(Concept):
    """A span of a language model's context window: system prompt, passages, history, question."""

    accent = "data"


CONCEPTS: dict[str, type[Concept]] = {concept.__name__: concept for concept in Concept.__subclasses__()}
"""Every concept by name, in the order above."""
