"""Both towers are retrained nightly. The query tower is deployed when it is done, the index when it is built.

The query tower is done at three, the index at seven. For four hours every night queries are written in a language that the
index does not read: two trainings of one network have no reason to use the same axes. Retrieval returns neighbours, with
scores that look as always, of nothing.
"""

from diagrams.generic.device import Mobile
from diagrams.onprem.mlops import Mlflow

from archfolio import (
    CommonMistake,
    EmbeddingTower,
    Evaluator,
    Gate,
    Ranker,
    Trainer,
    VectorIndex,
    batch,
    control,
    request,
    response,
    view,
)

MISTAKE = CommonMistake(
    title="Index and tower of two versions",
    position=15,
    fault=["Model registry -> Query tower", "Index build -> Vector index", "Query tower -> Vector index"],
    hint="Near. It is four in the morning: which version wrote the query, which one the index?",
    reason="A dot product means something only between vectors of one training. Here each half is released when it is"
    " ready, so that between the two releases queries meet an index of another version, and nothing in the answer shows it.",
    cure="Release them as one bundle: build the index with the new item tower, probe its recall with the new query tower,"
    " then flip one version pointer for both. Hosts hold both versions until the flip, and a mixed pair is refused.",
    no_rule="A rule can see that an index is built, not that it is built by the version that queries it: that stands in words.",
    done_right=["recommendation-systems/indexing/Version pointer", "search-systems/indexing"],
)


@view("Wrong")
def wrong() -> None:
    """Two towers and an index, and how each night they are renewed."""
    app = Mobile("App", tooltip="Asks for items")
    tower = EmbeddingTower("Query tower", tooltip="Version of tonight, from 03:00")
    index = VectorIndex("Vector index", tooltip="Vectors of last night until 07:00")
    ranker = Ranker("Ranker", tooltip="Sorts what is found")
    trainer = Trainer("Tower trainer", tooltip="Trains both towers from the same pairs")
    gate = Gate("Recall gate", tooltip="Tests the pair of tonight")
    registry = Mlflow("Model registry", tooltip="Keeps both towers")
    build = EmbeddingTower("Index build", tooltip="Encodes 100 M items with the item tower, for four hours")

    app >> request("context") >> tower >> request("query vector") >> index >> response("500 items") >> ranker
    trainer >> batch("both towers") >> gate >> control("passed") >> registry
    registry >> control("at 03:00") >> tower
    registry >> control("item tower") >> build >> batch("at 07:00") >> index


@view("Right")
def right() -> None:
    """One pointer flips both, once the new index has been probed with the new tower."""
    app = Mobile("App", tooltip="Asks for items")
    tower = EmbeddingTower("Query tower", tooltip="Loads the version that the pointer names")
    index = VectorIndex("Vector index", tooltip="Holds the old and the new vectors until the flip")
    ranker = Ranker("Ranker", tooltip="Sorts what is found")
    trainer = Trainer("Tower trainer", tooltip="Trains both towers from the same pairs")
    gate = Gate("Recall gate", tooltip="Tests the pair of tonight")
    build = EmbeddingTower("Index build", tooltip="Encodes 100 M items with the item tower of tonight")
    probe = Evaluator("Recall probe", tooltip="New queries against the new index, beside exact search")
    pointer = Mlflow("Version pointer", tooltip="Names one version for tower and index")

    app >> request("context") >> tower >> request("query vector") >> index >> response("500 items") >> ranker
    trainer >> batch("both towers") >> gate >> control("passed") >> build >> batch("version 42") >> index
    index >> batch("sample answers") >> probe >> control("recall 97 %") >> pointer
    pointer >> control("flip to 42") >> tower
    pointer >> control("flip to 42") >> index
