"""The sections of a system in the manifest, word for word, with what they compute and what they point to."""

import pytest
from projects import Project
from recorded import recorded
from test_to_manifest import without

FULL = '''"""Find products for a query within 150 ms."""

from diagrams import Cluster
from diagrams.onprem.queue import Kafka

from archfolio import Bias, Budget, Decision, Estimate, FeatureGroup, FollowUp, Label, Loss, MathFormula, Parallel
from archfolio import InterviewRank, LabelJoin, System, Trainer, assume, derive, feedback, stream, view

SYSTEM = System(
    title="Shop search",
    interview=InterviewRank(3, "Often."),
    estimate=Estimate(
        ann=assume("ANN", 20, "ms"), look=assume("Lookup", 8, "ms"), both=derive("Both", "ann + look", "ms")
    ),
    budget=Budget("p99", promise=60, stages={"Find": Parallel({"ANN": "ann", "Trend": "look"}), "Rank": "2 * look"}),
    labels=[
        Label("Purchase", "1 day", "bought", "seen", "unseen", "a day", "position", "training/Orders -> Label join")
    ],
    training_example={"query": "red shoes", "bought": "1"},
    features=[FeatureGroup("Product", ["price"], "hourly", "training/Trainer", "sales of the day")],
    loss=Loss("Cross-entropy", [MathFormula("Loss", "-\\\\log p", "p is the probability")], "weekly"),
    biases=[Bias("Position", "the top is clicked", "inverse propensity", "training")],
    decisions=[Decision(name, "cheap", ["a: slow"], "it grows") for name in ("Two towers", "HNSW")],
    follow_ups=[FollowUp("senior", "Why?", "Because.", "No idea.", "decision: hnsw")],
    building_blocks=["feature-engineering"],
)


@view("Training")
def training() -> None:
    """Orders become labels."""
    with Cluster("Outer"):
        with Cluster("Inner"):
            orders = Kafka("Orders")
    join = LabelJoin("Label join")
    orders >> feedback("a day") >> join >> stream("rows") >> Trainer("Trainer")
'''


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    project = Project(tmp_path_factory.mktemp("full"))
    project.write("shop_search.py", FULL)
    assert project.build().failures == []
    built = recorded(project.site)
    return built["systems"][0] | {"components": {one["key"]: one for one in built["components"]}}


def test_a_concept_is_named_in_words_and_explained(full):
    assert full["components"]["concept.LabelJoin"]["title"] == "Label join"
    assert full["components"]["concept.LabelJoin"]["meaning"] != ""
    assert full["components"]["onprem.queue.Kafka"]["meaning"] == ""


def place(text: str, **found: object) -> dict[str, object]:
    return {"text": text, "view": "", "node": "", "edge": "", "decision": None} | found


def test_what_a_section_points_to_is_found(full):
    [training] = full["views"]
    nodes = {node["name"]: node["id"] for node in training["nodes"]}
    edge = training["edges"][0]["id"]
    assert full["labels"][0]["where"] == place("training/Orders -> Label join", view="training", edge=edge)
    assert full["features"][0]["store"] == place("training/Trainer", view="training", node=nodes["Trainer"])
    assert full["biases"][0]["where"] == place("training", view="training")
    assert full["follow_ups"][0]["where"] == place("decision: hnsw", decision=1)


def test_sections_are_recorded_word_for_word(full):
    assert without(full["labels"][0], "where") == {
        "event": "Purchase",
        "window": "1 day",
        "positive": "bought",
        "negative": "seen",
        "ignored": "unseen",
        "delay": "a day",
        "bias": "position",
    }
    assert without(full["features"][0], "store") == {
        "name": "Product",
        "features": ["price"],
        "freshness": "hourly",
        "leak": "sales of the day",
    }
    assert without(full["follow_ups"][0], "where") == {
        "level": "senior",
        "question": "Why?",
        "answer": "Because.",
        "weak": "No idea.",
    }
    assert full["interview"] == {"rank": 3, "remark": "Often."}
    assert full["training_example"] == [{"name": "query", "value": "red shoes"}, {"name": "bought", "value": "1"}]
    assert full["building_blocks"] == [{"slug": "feature-engineering", "title": "Feature engineering"}]
    assert [one["chosen"] for one in full["decisions"]] == ["Two towers", "HNSW"]
    assert (full["cost"], full["framing"], full["evaluation"]) == ("", None, None)


def test_a_loss_is_recorded_with_its_formulas_as_mathml(full):
    [formula] = full["loss"]["formulas"]
    assert (formula["name"], formula["tex"], formula["meaning"]) == ("Loss", r"-\log p", "p is the probability")
    assert formula["mathml"].startswith("<math")
    assert (full["loss"]["objective"], full["loss"]["calibration"]) == ("Cross-entropy", "weekly")


def test_a_budget_is_recorded_with_what_it_computes(full):
    budget = full["budget"]
    assert (budget["what"], budget["promise"], budget["promise_formula"], budget["total"]) == ("p99", 60, "60", 36)
    assert budget["stages"] == [
        {
            "name": "Find",
            "share": 20,
            "formula": "max(ann, look)",
            "branches": [
                {"name": "ANN", "share": 20, "formula": "ann", "branches": []},
                {"name": "Trend", "share": 8, "formula": "look", "branches": []},
            ],
        },
        {"name": "Rank", "share": 16, "formula": "2 * look", "branches": []},
    ]


def test_clusters_are_recorded_inside_each_other(full):
    [training] = full["views"]
    assert [(one["id"], one["label"], one["parent"]) for one in training["clusters"]] == [
        ("outer", "Outer", None),
        ("outer.inner", "Inner", "outer"),
    ]
    assert [node["cluster"] for node in training["nodes"]] == ["outer.inner", None, None]
