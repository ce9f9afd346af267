"""Drawings in words: what a reader who cannot see one is told."""

from itertools import pairwise

import pytest

from archfolio.render.model.alt_text import describe, outline
from archfolio.render.model.graph import Accent, Cluster, Direction, Edge, Graph, Kind, Node
from archfolio.render.model.name import name_and_detail, name_of


def node(name, label="", cluster=None):
    return Node(name, label or name, "generic", None, "", cluster, Accent.NONE, 0)


def edge(tail, head, label="", kind=Kind.REQUEST, direction=Direction.FORWARD, attrs=()):
    return Edge(f"{tail}--{head}", tail, head, label, kind, direction, 0, attrs=attrs)


def graph(*edges, nodes=(), clusters=(), caption="", title="Serving"):
    names = dict.fromkeys(end for each in edges for end in (each.tail, each.head))
    return Graph("view", title, caption, "TB", nodes or tuple(map(node, names)), clusters, edges)


def chain(names, **look):
    return [edge(tail, head, **look) for tail, head in pairwise(names)]


def test_a_description_says_what_it_is_about_where_it_runs_and_what_it_is_made_of():
    clusters = (Cluster("c", "Online", None, 0), Cluster("d", "State", None, 0), Cluster("e", "Inner", "d", 0))
    nodes = (node("Members"), node("Gateway", cluster="c"), node("Ranker", cluster="e"))
    line = chain(["Members", "Gateway", "Ranker"])
    drawn = graph(*line, nodes=nodes, clusters=clusters, caption="A page is ranked.")
    assert describe(drawn) == (
        "A page is ranked. The main line runs from Members to Gateway to Ranker."
        " It shows 3 components, 2 of them in Online and State, and 2 connections."
    )


def test_where_all_stand_in_groups_their_number_is_not_said_again():
    nodes = (node("a", cluster="c"), node("b", cluster="c"))
    drawn = graph(edge("a", "b"), nodes=nodes, clusters=(Cluster("c", "Online", None, 0),))
    assert describe(drawn).endswith("It shows 2 components in Online, and 1 connection.")


def test_the_title_stands_in_for_a_caption():
    assert describe(graph(edge("a", "b"))) == "Serving. It shows 2 components and 1 connection."
    assert describe(graph(edge("a", "b"), title="")) == "It shows 2 components and 1 connection."


def test_the_main_line_is_the_longest_and_ends_at_no_look_up():
    drawn = graph(edge("app", "gateway"), edge("gateway", "cache"), *chain(["gateway", "ranker", "log"]))
    assert "from app to gateway to ranker to log." in describe(drawn)


def test_a_long_line_is_shortened_in_its_middle():
    assert "from a to b to c to d to e to f and on to k." in describe(graph(*chain(list("abcdefghijk"))))


def test_the_main_line_follows_no_way_back_and_no_feedback():
    drawn = graph(edge("a", "b"), edge("b", "a"), edge("b", "c", kind=Kind.FEEDBACK))
    assert "main line" not in describe(drawn)


def test_where_all_is_control_the_main_line_is_control():
    assert "from a to b to c." in describe(graph(*chain(list("abc"), kind=Kind.CONTROL)))


def test_many_groups_are_counted():
    clusters = tuple(Cluster(name, name, None, 0) for name in "ABCDEF")
    assert "in A, B, C and 3 more, and" in describe(graph(edge("a", "b"), clusters=clusters))


def test_a_drawing_of_nothing_is_described():
    assert describe(graph(title="")) == "It shows 0 components and 0 connections."


@pytest.mark.parametrize(("label", "name"), [("Cache\nRedis", "Cache"), ("", "unnamed"), ("\nx", "x")])
def test_a_name_is_the_first_line_of_a_label_that_says_something(label, name):
    assert name_of(label) == name


@pytest.mark.parametrize(
    ("label", "name", "detail"),
    [
        ("foundation-\nadmins", "foundation-admins", ""),
        ("config-\npolicy-\ncontroller\nv2", "config-policy-controller", "v2"),
        ("Web App /\nAPI Backend", "Web App / API Backend", ""),
        ("src/\nmain.py", "src/main.py", ""),
        ("Airflow +\nLocalStack", "Airflow + LocalStack", ""),
        ("IAM Roles\n& Policies", "IAM Roles & Policies", ""),
        ("Similar Items and\ntheir Reviews", "Similar Items and their Reviews", ""),
        ("Queue (of\norders)\nSQS", "Queue (of orders)", "SQS"),
        ("Postgres, Redis,\nKafka", "Postgres, Redis, Kafka", ""),
        ("\U0001f512\nAuth\nKeycloak", "\U0001f512 Auth", "Keycloak"),
        ("Is the answer\nin the cache\nalready?\nRedis", "Is the answer in the cache already?", "Redis"),
        ("Guard\nSafe to show?", "Guard", "Safe to show?"),
        ("Late?\nretry", "Late?", "retry"),
        ("Band\nKafka", "Band", "Kafka"),
        ("Zone A\n10.0.0.0/24", "Zone A", "10.0.0.0/24"),
        ("Sign in\nCognito", "Sign in", "Cognito"),
        ("Kafka -\nevents", "Kafka -", "events"),
        ("Benefits:\nfast", "Benefits:", "fast"),
        ("Auth Service\n- Login", "Auth Service", "- Login"),
        ("Module\n./modules/api", "Module", "./modules/api"),
        ("Chat\n(id, message,\nresponse)", "Chat", "(id, message,\nresponse)"),
        ("CDN\n+ DDoS + DNS", "CDN", "+ DDoS + DNS"),
    ],
)
def test_a_name_goes_on_where_its_line_cannot_end(label, name, detail):
    assert name_and_detail(label) == (name, detail)


@pytest.mark.parametrize(
    ("connection", "line"),
    [
        (edge("a", "b", "200 ms\ndeadline"), "a to b: 200 ms deadline (request)"),
        (edge("a", "b", kind=Kind.PLAIN), "a to b"),
        (edge("a", "b", "rows", Kind.BATCH, Direction.BACK), "b to a: rows (batch)"),
        (edge("a", "b", direction=Direction.BOTH), "a to and from b (request)"),
        (edge("a", "b", direction=Direction.NONE), "a with b (request)"),
    ],
)
def test_an_outline_says_what_flows_from_where_to_where(connection, line):
    assert outline(graph(connection)) == [line]


def test_an_outline_has_what_stands_alone_and_names_groups():
    drawn = graph(
        edge("a", "group"),
        nodes=(node("a", "App\nweb"), node("b", "Log")),
        clusters=(Cluster("group", "Models", None, 0),),
    )
    assert outline(drawn) == ["App to Models (request)", "Log stands alone"]


def test_an_edge_that_nobody_sees_is_not_told_of():
    drawn = graph(edge("a", "b", attrs=(("style", "invis"),)))
    assert outline(drawn) == ["a stands alone", "b stands alone"]
    assert "0 connections" in describe(drawn)
