"""The lookup of node classes: where a product or a concept is imported from."""

import importlib

import diagrams
import pytest

from archfolio import CONCEPTS
from archfolio.render.capture.ideas import ideas
from archfolio.render.capture.node_classes import find_all, find_concepts, find_node_classes, node_classes, node_modules


def imported() -> set[tuple[str, str]]:
    """Return what the library itself says: every public node class, by the module that defines it or names it anew."""
    found = set()
    for name in sorted(node_modules() - {"diagrams", "diagrams.cli"}):
        module = importlib.import_module(name)
        for key, value in vars(module).items():
            is_class = isinstance(value, type) and issubclass(value, diagrams.Node) and value is not diagrams.Node
            if is_class and not key.startswith("_") and value.__module__ == name:
                found.add((name, key))
    return found


def test_the_list_is_that_of_the_library_with_its_aliases_and_our_concepts() -> None:
    concepts = {("archfolio", name) for name in CONCEPTS}
    assert {(one.module, one.name) for one in node_classes()} == imported() | concepts


def test_every_icon_but_one_that_the_library_lacks_is_a_file() -> None:
    lacking = [one.name for one in node_classes() if one.icon is None or not one.icon.is_file()]
    assert lacking == ["Custom", "Mapnik"]


@pytest.mark.parametrize(
    ("word", "line"),
    [
        ("Kafka", "from diagrams.onprem.queue import Kafka"),
        ("kafka", "from diagrams.onprem.queue import Kafka"),
        ("S3", "from diagrams.aws.storage import S3"),  # an alias
        ("feature store", "from archfolio import FeatureStore"),
        ("post-gres", "from diagrams.onprem.database import PostgreSQL"),  # a beginning
        ("rediss", "from diagrams.onprem.inmemory import Redis"),  # a typing error
        ("mlflow", "from diagrams.onprem.mlops import Mlflow"),
    ],
)
def test_a_word_finds_its_class(word: str, line: str) -> None:
    assert find_node_classes(word)[0].import_line == line


@pytest.mark.parametrize(("word", "name"), [("llm", "FirewallManager"), ("cron", "Micronaut")])
def test_a_short_word_is_found_only_where_a_part_of_a_name_begins(word: str, name: str) -> None:
    assert name not in {one.name for one in find_node_classes(word)}


@pytest.mark.parametrize(
    ("idea", "name"),
    [
        ("vector database", "VectorIndex"),
        ("vector", "VectorIndex"),
        ("arms of an experiment", "Experiment"),
        ("agent", "Planner"),
    ],
)
def test_an_idea_finds_the_concept_that_means_it(idea: str, name: str) -> None:
    assert find_concepts(idea)[0].name == name


@pytest.mark.parametrize(
    ("said", "first", "others"),
    [
        ("llm", "ModelServer", {"PromptPart", "Bedrock", "AzureOpenAI"}),
        ("LLMs", "ModelServer", {"PromptPart"}),
        ("llm server", "ModelServer", {"Server"}),
        ("rag", "Retriever", {"VectorIndex"}),
        ("vector db", "VectorIndex", {"Vector", "Qdrant"}),
        ("human-in-the-loop", "ReviewQueue", {"Labeller"}),
        ("A/B test", "ABTesting", {"Experiment"}),
        ("mlops", "Mlflow", {"Polyaxon"}),  # a module
        ("gpu", "GPU", {"ModelPool"}),
    ],
)
def test_what_people_call_a_thing_finds_its_classes(said: str, first: str, others: set[str]) -> None:
    names = [one.name for one in find_all(said)]
    assert names[0] == first
    assert others <= set(names)


def test_every_idea_names_classes_that_there_are() -> None:
    known = {f"{one.module}.{one.name}" for one in node_classes()}
    assert {place for places in ideas().values() for place in places} <= known


def test_what_has_a_name_and_what_holds_it_are_both_found() -> None:
    names = [one.name for one in find_all("gateway")]
    assert names[0] == "Gateway"
    assert "APIGateway" in names


@pytest.mark.parametrize("word", ["", "  ", "--", "qqqqqqq"])
def test_a_word_that_means_nothing_finds_nothing(word: str) -> None:
    assert find_node_classes(word) == find_all(word) == ()
