"""Each rule speaks up when the shop lacks what it asks for, at the line to change, and only then."""

import textwrap
from pathlib import Path

import pytest
from check_shop import SHOP, shop

from archfolio.render.base.errors import UsageProblem
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import Captured, capture
from archfolio.render.check import (
    block_rules,
    freshness_rules,
    layout_rules,
    mistake_rules,
    ml_rules,
    mock_rules,
    section_rules,
    view_rules,
)
from archfolio.render.check.codes import CODES, IGNORABLE, RULE_TEXTS, chosen
from archfolio.render.check.finding import GROUPS, Finding, Rule
from archfolio.render.check.run import apply_ignores, judge

ASK = 'with step("They ask, {rate:n} times a second."):'
SCORE = 'with step("The items are scored."):'
KEEP = 'with step("What was shown is kept."):'
SOURCES = SHOP[SHOP.index("    sources=[") : SHOP.index("\n)\n\n\n@view")]
DOCSTRING = SHOP[: SHOP.index("from diagrams")]
GATED = 'trainer >> batch("candidate") >> gate >> control("good enough") >> registry'
UNGATED = 'gate >> control("idle") >> monitor\n    trainer >> batch("candidate") >> registry'
STORE = '        store = FeatureStore("Feature store", tooltip="Latest values")\n'
MORE = " for n in range(13)]\n    "

# What is found, what of the shop is replaced by what, and words of the line that is blamed.
WATCHED = 'scorer >> stream("scores") >> monitor\n'
PAGED = (
    '    pager = Pagerduty("Pager", tooltip="Wakes somebody")\n'
    '    monitor >> control("score drop") >> pager >> control("restart") >> scorer\n'
)
BROKEN = [
    ("S101", [(KEEP, 'Kafka("Lonely", tooltip="Alone")\n    ' + KEEP)], '"Lonely"'),
    ("S102", [('request("page")', 'Edge(label="page")')], 'Edge(label="page")'),
    ("S103", [('request("page")', "request()")], "request()"),
    ("S104", [('"Gathers"', '""')], '"Finder"'),
    ("S105", [('request("items")', 'request("all of the items left")')], "all of the items"),
    ("S105", [('"Finder"', r'"Finder\nfirst\nsecond"')], '"Finder'),
    ("S105", [('Cluster("Data")', 'Cluster("Data and what becomes thereof")')], "what becomes"),
    ("S106", [(STORE, ""), (' >> request("features") >> store', "")], 'view("Serving")'),
    (
        "S106",
        [(ASK, 'people >> request("asks") >> [Retriever(f"More {n}", tooltip="Gathers")' + MORE + ASK)],
        'view("Serving")',
    ),
    ("S107", [('"Popular list"', '"Finder"')], "in the scorer's place"),
    (
        "S107",
        [(KEEP, 'log >> stream("copy") >> [Kafka("Copy", tooltip="Keeps") for _ in "ab"]\n    ' + KEEP)],
        '"Copy"',
    ),
    (
        "S108",
        [(SCORE, 'with step("Elsewhere."):\n        scorer >> stream("list") >> log\n    ' + SCORE)],
        'stream("list")',
    ),
    ("S109", [("within {wait}", "within {wait} days")], "Label join"),
    ("S111", [('tooltip="Gathers"', 'tooltip="Gathers", lable="F"')], '"Finder"'),
    ("S111", [('tooltip="Gathers"', 'tooltip="Gathers", shape="starr"')], '"Finder"'),
    ("S111", [('Cluster("Data")', 'Cluster("Data", graph_attr={"bgcolr": "red"})')], 'Cluster("Data"'),
    ("S111", [('request("page")', 'request("page", color="rd")')], 'request("page"'),
    ("S121", [(DOCSTRING, "")], "from diagrams import Cluster, Edge"),
    ("S121", [("\nWhat is hard about it.\n", "")], '"""Sell'),
    ("S122", [('    decisions=[Decision("one", rejected=["another"], revisit_when="it rains")],\n', "")], "SYSTEM ="),
    ("S122", [(SOURCES, "")], "SYSTEM ="),
    ("S123", [(ASK, "if True:"), (SCORE, "if True:"), (KEEP, "if True:")], 'view("Serving")'),
    ("S124", [("promise=50", "promise=49")], "Budget("),
    (
        "S126",
        [
            (
                "metrics=Metrics(",
                'biases=[Bias("Position", "the top wins", "a tower", "serving/Scorr")],\n    metrics=Metrics(',
            ),
            ("    Budget,", "    Bias, Budget,"),
        ],
        "SYSTEM = System(",
    ),
    (
        "S126",
        [
            (
                "metrics=Metrics(",
                'follow_ups=[FollowUp("mid", "Why?", "So.", "No.", "decision: two")],\n    metrics=Metrics(',
            ),
            ("    Budget,", "    Budget, FollowUp,"),
        ],
        "SYSTEM = System(",
    ),
    (
        "S110",
        [('request("features") >> store', 'request("features") >> store\n        store >> request("more") >> index')],
        "store >> request",
    ),
    ("S125", [('source="a survey"', 'source=""')], "visits=cite"),
    ("M201", [(GATED, UNGATED)], "Scorer trainer"),
    ("M202", [('Mlflow("Model registry"', 'Kafka("Shelf"')], "Scorer trainer"),
    ("M203", [("; takes a bad one back: rollback", "")], "Model registry"),
    ("M204", [('Monitor("Score', 'Retriever("Score')], '"Scores, and'),
    ("M205", [("Serving log", "Click queue")], "Feature store"),
    ("M206", [("Orders within {wait}", "Orders")], "Label join"),
    ("M207", [(", and explores with a share of the list", "")], "Scorer trainer"),
    (
        "M208",
        [
            ("[scorer, index]", "scorer"),
            ('        index = VectorIndex("Item index", tooltip="Nearest items, by version")\n', ""),
        ],
        "Item index",
    ),
    ("M209", [('Fallback("Popular', 'Retriever("Popular')], '"Scores, and'),
    (
        "M210",
        [
            ("from diagrams.onprem.queue", "from diagrams.saas.alerting import Pagerduty\nfrom diagrams.onprem.queue"),
            (WATCHED, WATCHED + PAGED),
        ],
        "restart",
    ),
    ("M211", [("Orders within {wait}", "Orders within {wait}; random split of the rows")], "Label join"),
    ("L401", [("https://example.org/one", "http://example.org/one")], "http://example.org/one"),
    ("L401", [("example.org/one", "example.org/page one")], "page one"),
    ("L401", [("https://example.org/one", "https://localhost/one")], "localhost"),
    ("L402", [("example.org/two", "example.org/one/")], "RecSys 2017"),
    ("E001", [("people >> request", "nobody >> request")], "nobody"),
    ("E001", [('"""People ask {rate:n} times a second."""', "")], "@view"),
]


@pytest.fixture
def captured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Capture a shop with some words replaced, in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(*edits: tuple[str, str], text: str = "") -> Captured:
        path = tmp_path / "shop.py"
        path.write_text(text or shop(*edits), encoding="utf-8")
        return capture(script(path))

    return run


def found(captured: Captured) -> list[Finding]:
    return list(apply_ignores(captured, judge(captured), set(IGNORABLE)))


def codes(captured: Captured) -> set[str]:
    return {finding.code for finding in found(captured)}


def test_a_shop_that_has_everything_is_left_in_peace(captured) -> None:
    assert found(captured()) == []


@pytest.mark.parametrize(("code", "edits", "blamed"), BROKEN, ids=[f"{case[0]}-{at}" for at, case in enumerate(BROKEN)])
def test_a_rule_speaks_up_at_the_line_to_change(captured, code: str, edits: list[tuple[str, str]], blamed: str) -> None:
    broken = captured(*edits)
    [finding] = found(broken)
    assert finding.code == code
    line = broken.text.splitlines()[finding.line - 1]
    assert blamed in line or (code == "L402" and "example.org/one/" in line)
    assert ": " in finding.sentence
    assert finding.system == "shop"


def test_every_rule_without_a_layout_or_a_build_was_seen_to_speak_up() -> None:
    elsewhere = {
        rule.code
        for rule in (
            *layout_rules.LAYOUT_RULES,
            *freshness_rules.FRESHNESS_RULES,
            *block_rules.BLOCK_RULES,
            *block_rules.FOLDER_RULES,
            *mistake_rules.MISTAKE_RULES,
            *mock_rules.MOCK_RULES,
        )
    }
    assert {case[0] for case in BROKEN} - {"E001"} == IGNORABLE - elsewhere


def test_codes_are_one_to_a_rule_and_belong_to_their_group() -> None:
    rules: tuple[Rule, ...] = (
        *view_rules.VIEW_RULES,
        *section_rules.SECTION_RULES,
        *block_rules.BLOCK_RULES,
        *block_rules.FOLDER_RULES,
        *ml_rules.ML_RULES,
        *layout_rules.LAYOUT_RULES,
        *freshness_rules.FRESHNESS_RULES,
    )
    assert len({rule.code for rule in rules}) == len(rules)
    assert {code[0] for code in CODES} == set(GROUPS)
    assert ml_rules.release_without_evaluation.text.group == "machine learning"


def test_what_trains_nothing_is_asked_nothing_about_training(captured) -> None:
    assert codes(captured(text=SHOP[: SHOP.index('@view("Learning")')])) == {"M204", "M208"}


def test_what_serves_no_model_is_asked_nothing_about_models(captured) -> None:
    text = shop(("ModelServer(", "Retriever("), ("VectorIndex(", "Retriever("), ("Fallback(", "Retriever("))
    assert codes(captured(text=text[: text.index('@view("Learning")')])) == set()


def test_views_without_a_system_are_told(captured) -> None:
    text = shop()
    start, end = text.index("SYSTEM = System("), text.index('@view("Serving")')
    bare = text[:start] + text[end:].replace("{rate:n}", "many").replace("{wait}", "a while")
    assert [finding.sentence for finding in found(captured(text=bare)) if finding.code == "S122"] == [
        "the module has views and no system: describe it with SYSTEM = System(...)"
    ]


def test_a_step_may_go_on_from_a_group_that_was_reached(captured) -> None:
    grouped = [
        ('with Cluster("Online"):\n        finder', 'with Cluster("Online") as online:\n        finder'),
        (
            'people >> request("page") >> finder >> request("query vector") >> index',
            'people >> request("page") >> online',
        ),
        (
            'finder >> request("items") >> scorer',
            'finder >> request("items") >> [index, scorer] >> request("hit") >> store; scorer',
        ),
    ]
    assert codes(captured(*grouped)) == set()


def test_a_plain_script_is_only_asked_what_every_drawing_is(captured) -> None:
    plain = (
        "from diagrams import Diagram\n"
        "from diagrams.onprem.queue import Kafka\n"
        "with Diagram('Plain', show=False):\n"
        "    Kafka('One') >> Kafka('Two')\n"
        "    Kafka('Three')\n"
    )
    [finding] = found(captured(text=plain))
    assert (finding.code, finding.line, finding.view) == ("S101", 5, "plain")


def test_of_a_module_that_is_broken_in_part_nothing_is_said_as_a_whole(captured) -> None:
    broken = captured(("trainer >> batch", "nobody >> batch"), ("promise=50", "promise=49"), ('"Gathers"', '""'))
    assert codes(broken) == {"E001", "S104"}


@pytest.mark.parametrize(
    ("comment", "left"),
    [
        ("# archfolio: ignore[S104]", []),
        ("# archfolio: ignore[M201, S104]  for a reason", ["I602"]),
        ("# archfolio: ignore[S105]", ["I602", "S104"]),
        ("# archfolio: ignore[S1O4]", ["I601", "S104"]),
        ("# archfolio: ignore[E001]", ["I601", "S104"]),
        ("# archfolio: ignore", ["I601", "S104"]),
    ],
)
def test_a_comment_silences_its_line_and_must_be_of_use(captured, comment: str, left: list[str]) -> None:
    line = 'finder = Retriever("Finder", tooltip="")'
    commented = captured(('finder = Retriever("Finder", tooltip="Gathers")', f"{line}  {comment}"))
    assert sorted(finding.code for finding in found(commented)) == left


def test_a_comment_in_a_text_is_a_text(captured) -> None:
    assert codes(captured(('"Gathers"', '"# archfolio: ignore[S104]"'))) == set()


def test_of_a_rule_that_did_not_run_no_comment_is_idle(captured) -> None:
    commented = captured((KEEP, f"{KEEP}  # archfolio: ignore[P303]"))
    assert list(apply_ignores(commented, judge(commented), IGNORABLE - {"P303"})) == []
    [finding] = apply_ignores(commented, judge(commented), set(IGNORABLE))
    assert finding.code == "I602"


def test_codes_are_chosen_by_their_beginning() -> None:
    assert chosen((), ()) == set(CODES)
    assert chosen(("m2",), ("M209",)) == {"E001", *(code for code in CODES if code[0] == "M")} - {"M209"}
    assert "E001" not in chosen((), ("E",))


@pytest.mark.parametrize("wrong", ["X", "M2O1", "S1011"])
def test_a_code_that_does_not_exist_is_named_with_the_nearest(wrong: str) -> None:
    with pytest.raises(UsageProblem, match=r"did you mean|codes begin with"):
        chosen((wrong,), ())


ELSEWHERE = {"S121", "S122", "S123", "S126", "M208", "I601", "I602"}  # of more than a line of the shop
OTHER_KINDS = ("S13", "S14")  # of what is no system
EXAMPLES = [
    text
    for code, text in RULE_TEXTS.items()
    if code[0] in "ESML" and code not in ELSEWHERE and not code.startswith(OTHER_KINDS)
]


@pytest.mark.parametrize("text", EXAMPLES, ids=lambda text: text.code)
def test_the_example_of_a_rule_breaks_it_and_its_mending_does_not(captured, text) -> None:
    if text.right in SHOP:
        assert text.code not in codes(captured())
        assert text.code in codes(captured((text.right, text.wrong)))
    else:
        end = '        people >> feedback("clicks") >> log\n'

        def added(more: str) -> tuple[str, str]:
            return end, f"{end}{textwrap.indent(more, '    ')}\n"

        assert text.code in codes(captured(added(text.wrong)))
        assert text.code not in codes(captured(added(text.right)))
