"""Mistakes that authors make, and the one sentence that each is answered with; `# !` marks the line that is blamed."""

# ruff: noqa: E501  a mistake and its sentence are read in one look

import textwrap
from dataclasses import dataclass

PREAMBLE = '''"""Sell things.

A shop sells things.
"""
from diagrams import Cluster, Diagram, Edge
from diagrams.onprem.queue import Kafka
from archfolio import *
'''
VIEW = '''
@view("Serving")
def serving() -> None:
    """People buy."""
    log, shop = Kafka("Log"), Ranker("Shop")
    shop >> stream("events") >> log
'''


ANOTHER = '''
import functools


@functools.cache
def kept(label):
    return Kafka(label)


@view("Pages")
def pages() -> None:
    """People look."""
    kept("Page") >> stream("views") >> Ranker("Counter")

'''


@dataclass(frozen=True)
class Mistake:
    name: str
    text: str  # of a module, without its preamble
    sentence: str

    @property
    def module(self) -> str:
        return PREAMBLE + self.text

    @property
    def line(self) -> int:
        """The line that is blamed; 0 where it is the file as a whole."""
        lines = enumerate(self.module.splitlines(), 1)
        return next((number for number, line in lines if line.endswith("# !")), 0)


def inside(body: str) -> str:
    """Return a view that draws a log and a shop, and then this."""
    head = '@view("Serving")\ndef serving():\n    """People buy."""\n    log, shop = Kafka("Log"), Ranker("Shop")\n'
    return head + textwrap.indent(body, "    ") + "\n"


def beside(body: str) -> str:
    """Return this, and a view that is right."""
    return f"{body}\n{VIEW}"


MISTAKES = [
    Mistake(
        "view without parens",
        '@view  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "'@view' lacks its title: write @view(\"Serving\") above 'serving'",
    ),
    Mistake(
        "view empty parens",
        '@view()  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "view lacks 'title': write view(title, ...)",
    ),
    Mistake(
        "view title not text",
        '@view(1)  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "'title' of view is 1: write a text",
    ),
    Mistake(
        "view with param",
        '@view("S")  # !\ndef serving(x):\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "a view is drawn without arguments: take 'x' out of the parentheses of 'serving'",
    ),
    Mistake(
        "view on class",
        '@view("S")  # !\nclass Serving:\n    """People buy."""\n',
        "a view is a function, 'Serving' is none: write 'def serving():' below '@view(...)'",
    ),
    Mistake(
        "view no docstring",
        '@view("S")  # !\ndef serving():\n    Kafka("Log") >> Kafka("B")\n',
        "the view 'serving' has no docstring: write one below 'def', it is the caption",
    ),
    Mistake(
        "view dir",
        '@view("S", direction="down")  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "a view runs TB, BT, LR or RL, not 'down': choose one of the four",
    ),
    Mistake(
        "view dir lower",
        '@view("S", direction="lr")  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "a view runs TB, BT, LR or RL, not 'lr': write direction=\"LR\"",
    ),
    Mistake(
        "view aspect",
        '@view("S", aspect="16:9")  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "a view is auto, wide or tall, not '16:9': choose one of the three",
    ),
    Mistake(
        "view title kw typo",
        '@view("S", tilte="x")  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "view has no 'tilte'; did you mean 'title'?",
    ),
    Mistake(
        "view direction typo",
        '@view("S", directon="LR")  # !\ndef serving():\n    """People buy."""\n    Kafka("Log") >> Kafka("B")\n',
        "view has no 'directon'; did you mean 'direction'?",
    ),
    Mistake(
        "view draws nothing",
        '@view("S")  # !\ndef serving():\n    """People buy."""\n',
        "draws nothing: make at least one node in it",
    ),
    Mistake(
        "view async",
        '@view("S")  # !\nasync def serving():\n    """People buy."""\n    Kafka("a") >> Kafka("b")\n',
        "the view 'serving' does not run by being called: leave 'async' out",
    ),
    Mistake(
        "view generator",
        '@view("S")  # !\ndef serving():\n    """People buy."""\n    yield Kafka("a") >> Kafka("b")\n',
        "the view 'serving' does not run by being called: leave 'yield' out",
    ),
    Mistake(
        "view with Diagram inside",
        '@view("S")\ndef serving():\n    """People buy."""\n    with Diagram("x"):  # !\n        Kafka("a") >> Kafka("b")\n',
        "a view is a drawing already: take 'with Diagram(...):' out and draw in the function itself",
    ),
    Mistake(
        "two views",
        '@view("S")\ndef serving():\n    """People buy."""\n    Kafka("a") >> Kafka("b")\n@view("T")\ndef serving():  # !\n    """People buy."""\n    Kafka("a") >> Kafka("b")\n',
        "a view 'serving' stands at line 9 already: rename one of the two",
    ),
    Mistake(
        "no view",
        "x = 1\n",
        "draws nothing: write a view, or a 'with Diagram(...):' block that runs; where it is to draw nothing, begin its name with '_'",
    ),
    Mistake(
        "view undecorated",
        'def serving():  # !\n    """People buy."""\n    Kafka("a") >> Kafka("b")\n',
        "draws nothing: write @view(\"Serving\") above 'def serving'",
    ),
    Mistake(
        "task text",
        beside('SYSTEM = System(title="Shop", tags=Tags(task="classification"))  # !'),
        "'classification' stands where a list is needed: write ['classification']",
    ),
    Mistake(
        "task unknown",
        beside('SYSTEM = System(title="Shop", tags=Tags(task=["clasification"]))  # !'),
        "'clasification' is not a task of the vocabulary; did you mean 'classification'?",
    ),
    Mistake(
        "tags dict",
        beside('SYSTEM = System(title="Shop", tags={"task": ["search"]})  # !'),
        "'tags' is {'task': ['search']}: write tags=Tags(...)",
    ),
    Mistake(
        "tags kw",
        beside('SYSTEM = System(title="Shop", tags=Tags(tasks=["search"]))  # !'),
        "Tags has no 'tasks'; did you mean 'task'?",
    ),
    Mistake(
        "headlines",
        beside('SYSTEM = System(title="Shop", headlines=["a"])  # !'),
        "System has no 'headlines'; did you mean 'headline'?",
    ),
    Mistake("title missing", beside("SYSTEM = System()  # !"), "System lacks 'title': write System(title=..., ...)"),
    Mistake(
        "title positional",
        beside('SYSTEM = System("Shop")  # !'),
        "System is given more values by place than it takes: write System(title=..., ...)",
    ),
    Mistake(
        "title empty",
        beside('SYSTEM = System(title="")  # !'),
        "System has an empty 'title': say it in a few words or leave the System out",
    ),
    Mistake(
        "family",
        beside('SYSTEM = System(title="Shop", family="aplied")  # !'),
        "'aplied' is not a family; did you mean 'applied'?",
    ),
    Mistake(
        "headline unknown",
        beside('SYSTEM = System(title="Shop", headline=["rate"])  # !'),
        "'rate' is not a figure of the estimate: there is none yet, put one in",
    ),
    Mistake(
        "requirements missing",
        beside('SYSTEM = System(title="Shop", requirements=Requirements(["sell"]))  # !'),
        "Requirements lacks 'qualities': write Requirements(functional, qualities)",
    ),
    Mistake(
        "requirements text",
        beside('SYSTEM = System(title="Shop", requirements=Requirements("sell", {"Latency": "1 s"}))  # !'),
        "'functional' of Requirements is one text: write a list, ['...', '...']",
    ),
    Mistake(
        "qualities list",
        beside('SYSTEM = System(title="Shop", requirements=Requirements(["sell"], ["fast"]))  # !'),
        "'qualities' of Requirements is no dict: write qualities={'Latency': 'p99 within 200 ms', ...}",
    ),
    Mistake(
        "decision missing revisit",
        beside('SYSTEM = System(title="Shop", decisions=[Decision(chosen="A", rejected=["B: dear"])])  # !'),
        "Decision has an empty 'revisit_when': say it in a few words or leave the Decision out",
    ),
    Mistake(
        "decision when",
        beside(
            'SYSTEM = System(title="Shop", decisions=[Decision(chosen="A", rejected=["B: dear"], revisit="x")])  # !'
        ),
        "Decision has no 'revisit'; did you mean 'revisit_when'?",
    ),
    Mistake(
        "decisions not a list",
        beside('SYSTEM = System(title="Shop", decisions=Decision(chosen="A", rejected=["B"], revisit_when="x"))  # !'),
        "'decisions' is no list: write decisions=[Decision(...), ...]",
    ),
    Mistake(
        "decision rejected text",
        beside('SYSTEM = System(title="Shop", decisions=[Decision(chosen="A", rejected="B", revisit_when="x")])  # !'),
        "'rejected' of Decision is one text: write a list, ['...', '...']",
    ),
    Mistake(
        "failure missing",
        beside('SYSTEM = System(title="Shop", failures=[FailureMode("a", "b")])  # !'),
        "FailureMode lacks 'response': write FailureMode(failure, detection, response)",
    ),
    Mistake(
        "failures texts",
        beside('SYSTEM = System(title="Shop", failures=["it fails"])  # !'),
        "'failures' holds 'it fails': write FailureMode(...)",
    ),
    Mistake(
        "metrics missing",
        beside('SYSTEM = System(title="Shop", metrics=Metrics(offline=["auc"], online=["ctr"]))  # !'),
        "Metrics lacks 'guardrail': write Metrics(offline, online, guardrail)",
    ),
    Mistake(
        "metrics text",
        beside('SYSTEM = System(title="Shop", metrics=Metrics(offline="auc", online="ctr", guardrail="latency"))  # !'),
        "'offline' of Metrics is one text: write a list, ['...', '...']",
    ),
    Mistake(
        "blocks",
        beside('SYSTEM = System(title="Shop", building_blocks=["model serving"])  # !'),
        "'model serving' is not a building block; did you mean 'model-serving'?",
    ),
    Mistake(
        "source form",
        beside('SYSTEM = System(title="Shop", sources=[Source("A paper", "https://a.org/", "x")])  # !'),
        "write a source as 'authors, \"title\", venue year', not as 'A paper'; the title alone, between quotation marks, will do",
    ),
    Mistake(
        "source url",
        beside('SYSTEM = System(title="Shop", sources=[Source(\'A. B, "C", KDD 2020\', "a.org", "x")])  # !'),
        "'a.org' is not a web address: begin with https://",
    ),
    Mistake(
        "estimate dict",
        beside('SYSTEM = System(title="Shop", estimate={"rate": 3})  # !'),
        "'estimate' is {'rate': 3}: write estimate=Estimate(...)",
    ),
    Mistake(
        "estimate number",
        beside('SYSTEM = System(title="Shop", estimate=Estimate(rate=3))  # !'),
        '\'rate\' of the estimate is 3: write rate=assume("Label", value, "unit")',
    ),
    Mistake(
        "estimate unknown name",
        beside(
            'SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", 5, "user"), a=derive("A", "usrs * 2", "user")))  # !'
        ),
        "'usrs' is not a figure above this one; did you mean 'users'?",
    ),
    Mistake(
        "estimate unit",
        beside(
            'SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", 5, "user"), a=derive("A", "users * 2", "usr")))  # !'
        ),
        "the unit 'usr' has a word that no input's unit uses: 'usr'; did you mean 'user'?",
    ),
    Mistake(
        "estimate mismatch",
        beside(
            'SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", 5, "user"), a=derive("A", "users * 2", "user/s")))  # !'
        ),
        "'users * 2' gives user where user / s is needed: correct the formula or the unit 'user/s'",
    ),
    Mistake(
        "estimate order",
        beside(
            'SYSTEM = System(title="Shop", estimate=Estimate(a=derive("A", "users * 2", "user"), users=assume("U", 5, "user")))  # !'
        ),
        "'users' is not a figure above this one: put 'users' in above it, or correct the name",
    ),
    Mistake(
        "estimate value text",
        beside('SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", "5M", "user")))  # !'),
        "the value of 'U' is '5M': write a number",
    ),
    Mistake(
        "estimate formula not text",
        beside(
            'SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", 5, "user"), a=derive("A", 3, "user")))  # !'
        ),
        'the formula 3 is no text: write names and signs, "users * 2"',
    ),
    Mistake(
        "estimate cite no source",
        beside('SYSTEM = System(title="Shop", estimate=Estimate(users=cite("U", 5, "user")))  # !'),
        "cite lacks 'source': write cite(label, value, source=..., ...)",
    ),
    Mistake(
        "quote unknown in edge",
        'SYSTEM = System(title="Shop", estimate=Estimate(users=assume("U", 5, "user")))\n\n@view("Serving")\ndef serving() -> None:\n    """People buy."""\n    log = Kafka("Log")\n    shop = Ranker("Shop")\n    shop >> stream("{user} events") >> log  # !\n',
        "'{user}' quotes a figure that the estimate does not have; did you mean 'users'?",
    ),
    Mistake(
        "budget stages",
        beside('SYSTEM = System(title="Shop", budget=Budget("p99", 100, ["a"]))  # !'),
        "a budget needs stages by name: stages={'Ranker': 'ranker_time', ...}",
    ),
    Mistake(
        "budget missing promise",
        beside('SYSTEM = System(title="Shop", budget=Budget("p99", stages={"a": 3}))  # !'),
        "Budget lacks 'promise': write Budget(what, promise, stages, ...)",
    ),
    Mistake(
        "budget unit",
        beside(
            'SYSTEM = System(title="Shop", budget=Budget("p99", 100, {"a": "users"}), estimate=Estimate(users=assume("U", 5, "user")))  # !'
        ),
        "'users' gives user where ms is needed: correct the formula or the unit 'ms'",
    ),
    Mistake(
        "edge to text",
        inside('shop >> "fallback"  # !'),
        "an edge leads to a node or a group, and 'fallback' is a text: make it a node, or the edge's label, request('fallback')",
    ),
    Mistake(
        "edge from text",
        inside('"shop" >> log  # !'),
        "an edge leads to a node or a group, and 'shop' is a text: make it a node, or the edge's label, request('shop')",
    ),
    Mistake(
        "edge text label between",
        inside('shop >> "asks" >> log  # !'),
        "an edge leads to a node or a group, and 'asks' is a text: make it a node, or the edge's label, request('asks')",
    ),
    Mistake(
        "edge to None",
        inside("shop >> None  # !"),
        "an edge leads to a node or a group, not to None: name the node that is meant",
    ),
    Mistake(
        "edge kind without call",
        inside("shop >> request >> log  # !"),
        "'request' is not called: write request(\"...\")",
    ),
    Mistake("edge class", inside("shop >> Kafka  # !"), "'Kafka' is not called: write Kafka(\"...\")"),
    Mistake(
        "edge label number",
        inside("shop >> request(5) >> log  # !"),
        'the label of the request is 5: write a text, request("...")',
    ),
    Mistake(
        "edge unknown kind",
        inside('shop >> async_request("x") >> log  # !'),
        "'async_request' is not defined; did you mean 'request'?",
    ),
    Mistake(
        "edge kw",
        inside('shop >> request(text="x") >> log  # !'),
        "an edge has no 'text': its text is its label, the first argument",
    ),
    Mistake(
        "edge label kw twice",
        inside('shop >> request("x", label="y") >> log  # !'),
        "'label' of request is given twice, by place and by name: keep one",
    ),
    Mistake(
        "edge list list",
        inside('[shop] >> request("x") >> [log]  # !'),
        "Python has no '>>' between two lists: draw from one node to a list, node >> [...], in a loop",
    ),
    Mistake("edge gt", inside("shop > log  # !"), "'>' compares, and draws nothing: draw an edge with >> or <<"),
    Mistake(
        "edge to int",
        inside("shop >> 3  # !"),
        "an edge leads to a node or a group, not to 3: name the node that is meant",
    ),
    Mistake(
        "step without text",
        inside('with step:  # !\n    shop >> request("x") >> log'),
        "'step' is not called: write 'with step(\"...\"):'",
    ),
    Mistake(
        "step no arg",
        inside('with step():  # !\n    shop >> request("x") >> log'),
        "step lacks 'sentence': write step(sentence)",
    ),
    Mistake(
        "step empty sentence",
        inside('with step(""):  # !\n    shop >> request("x") >> log'),
        "step has an empty 'sentence': say it in a few words or leave the step out",
    ),
    Mistake(
        "step not with",
        inside('step("One")  # !\nshop >> request("x") >> log'),
        "a step is made and does not begin: write 'with step(...):' and draw its edges inside",
    ),
    Mistake(
        "step no edges",
        inside('with step("One"):  # !\n    pass\nshop >> request("x") >> log'),
        "a step draws no edge: draw its edges inside 'with step(...):'",
    ),
    Mistake(
        "step nested",
        inside('with step("One"):\n    with step("Two"):  # !\n        shop >> request("x") >> log'),
        "a step stands inside another: end the first one before",
    ),
    Mistake(
        "cluster no with",
        inside('Cluster("A")  # !\nshop >> request("x") >> log'),
        "the group 'A' holds nothing: write 'with Cluster(...):' and draw its nodes inside",
    ),
    Mistake(
        "cluster edge outside",
        inside('with Cluster("A") as a:  # !\n    pass\na >> request("x") >> log'),
        "the group 'A' holds nothing: write 'with Cluster(...):' and draw its nodes inside",
    ),
    Mistake(
        "node label number",
        inside('Kafka(3) >> request("x") >> log  # !'),
        'the label of the Kafka is 3: write a text, Kafka("...")',
    ),
    Mistake(
        "node tooltip kw positional",
        inside('Kafka("a", "does") >> request("x") >> log  # !'),
        "a node takes one text, its label: write the others by name, Kafka('a', tooltip='does')",
    ),
    Mistake(
        "node outside view",
        'LOG = Kafka("Log")  # !\n' + VIEW,
        "a node or a group stands outside of a drawing: move it into a view, or into 'with Diagram(...):'",
    ),
    Mistake(
        "cluster outside view",
        'C = Cluster("Log")  # !\n' + VIEW,
        "a node or a group stands outside of a drawing: move it into a view, or into 'with Diagram(...):'",
    ),
    Mistake(
        "custom icon missing",
        inside('from diagrams.custom import Custom\nCustom("a", "nope.png") >> request("x") >> log  # !'),
        "the icon 'nope.png' of 'a' is not there: correct its path",
    ),
    Mistake(
        "custom without icon",
        inside('from diagrams.custom import Custom\nCustom("a") >> request("x") >> log  # !'),
        "Custom lacks 'icon_path': write Custom(label, icon_path, ...)",
    ),
    Mistake(
        "import wrong product module",
        "from diagrams.aws.queue import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in diagrams.aws.queue: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import wrong module of right provider",
        "from diagrams.onprem.stream import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in diagrams.onprem.stream: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import wrong case",
        "from diagrams.onprem.queue import kafka  # !\n" + VIEW,
        "diagrams.onprem.queue has no 'kafka'; did you mean 'Kafka'? Write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import kafka from compute",
        "from diagrams.onprem.compute import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in diagrams.onprem.compute: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import misspelt class",
        "from diagrams.onprem.database import Postgress  # !\n" + VIEW,
        "diagrams.onprem.database has no 'Postgress'; did you mean 'PostgreSQL'? Write 'from diagrams.onprem.database import PostgreSQL'",
    ),
    Mistake(
        "import misspelt package",
        "from diagram.onprem.queue import Kafka  # !\n" + VIEW,
        "there is no package 'diagram'; did you mean 'diagrams'?",
    ),
    Mistake(
        "import misspelt provider",
        "from diagrams.onpremise.queue import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in diagrams.onpremise.queue: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import module as attr",
        "import diagrams.onprem.kafka  # !\n" + VIEW,
        "there is no module 'diagrams.onprem.kafka': write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import unknown class",
        "from diagrams.onprem.queue import Zzyzx  # !\n" + VIEW,
        "diagrams.onprem.queue has no 'Zzyzx', nor has any module of diagrams: draw it with Custom(\"Zzyzx\", \"icon.png\"), or find what there is with 'archfolio find WORD'",
    ),
    Mistake(
        "import archfolio typo",
        "from archfolio import Systm  # !\n" + VIEW,
        "archfolio has no 'Systm'; did you mean 'System'?",
    ),
    Mistake(
        "import archfolio typo2",
        "from archfolio import requests  # !\n" + VIEW,
        "archfolio has no 'requests'; did you mean 'request'?",
    ),
    Mistake(
        "import archfolio Kafka",
        "from archfolio import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in archfolio: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import concept from diagrams",
        "from diagrams import Ranker  # !\n" + VIEW,
        "Ranker is in archfolio, not in diagrams: write 'from archfolio import Ranker'",
    ),
    Mistake(
        "import Kafka from diagrams",
        "from diagrams import Kafka  # !\n" + VIEW,
        "Kafka is in diagrams.onprem.queue, not in diagrams: write 'from diagrams.onprem.queue import Kafka'",
    ),
    Mistake(
        "import edges",
        "from archfolio.edge import request  # !\n" + VIEW,
        "request is in archfolio, not in archfolio.edge: write 'from archfolio import request'",
    ),
    Mistake(
        "import other package",
        "import torch_nope  # !\n" + VIEW,
        "there is no package 'torch_nope' here: install it, put its file beside this one, or correct the name",
    ),
    Mistake(
        "import own missing",
        "from shared_parts import x  # !\n" + VIEW,
        "there is no package 'shared_parts' here: install it, put its file beside this one, or correct the name",
    ),
    Mistake(
        "name not imported",
        inside('Redis("Cache") >> request("x") >> log  # !'),
        "'Redis' is not imported: write 'from diagrams.onprem.inmemory import Redis'",
    ),
    Mistake(
        "name not imported concept",
        inside('Rankr("Cache") >> request("x") >> log  # !'),
        "'Rankr' is not defined; did you mean 'Ranker'?",
    ),
    Mistake(
        "name variable typo", inside('shop >> request("x") >> logg  # !'), "'logg' is not defined; did you mean 'log'?"
    ),
    Mistake(
        "syntax paren",
        inside('shop >> request("x" >> log  # !'),
        "is not Python: '(' was never closed; correct this line, or the one above it",
    ),
    Mistake(
        "attr on node",
        inside("shop.connect_to(log)  # !"),
        "'connect_to' is nothing that a node can do: draw an edge with >>, and set the node's texts where it is made",
    ),
    Mistake(
        "wish text",
        inside('shop >> request("x") >> log\nleft_of("Shop", "Log")  # !'),
        "left_of() takes nodes, and 'Shop' is none: write the name that the node was given, left_of(log, ...)",
    ),
    Mistake(
        "wish one",
        inside('shop >> request("x") >> log\nleft_of(shop)  # !'),
        "left_of lacks 'other': write left_of(node, other)",
    ),
    Mistake(
        "wish list",
        inside('shop >> request("x") >> log\nsame_row([shop, log])  # !'),
        "same_row() takes nodes, and a list is none: write the name that the node was given, same_row(log, ...)",
    ),
    Mistake(
        "wish group",
        inside(
            'with Cluster("Stores") as stores:\n    Kafka("Copy") << stream("x") << log\nshop >> request("x") >> log\nbelow(stores, shop)  # !'
        ),
        "below() takes nodes, and a group is none: write the name that the node was given, below(log, ...)",
    ),
    Mistake(
        "wish alone",
        inside('shop >> request("x") >> log\nsame_row(shop)  # !'),
        "same_row() takes two nodes or more: name those that stand side by side",
    ),
    Mistake(
        "wish itself",
        inside('shop >> request("x") >> log\nbelow(shop, shop)  # !'),
        "below() names 'Shop' twice: name another node",
    ),
    Mistake(
        "wish elsewhere",
        ANOTHER + inside('shop >> request("x") >> log\nsame_row(kept("Page"), log)  # !'),
        "'Page' stands in another drawing: make a node for it in this one",
    ),
    Mistake(
        "edge from elsewhere",
        ANOTHER + inside('shop >> request("x") >> log\nkept("Page") >> request("x") >> log  # !'),
        "'Page' stands in another drawing: make a node for it in this one",
    ),
    Mistake(
        "edge to elsewhere",
        ANOTHER + inside('shop >> request("x") >> log >> stream("x") >> kept("Page")  # !'),
        "'Page' stands in another drawing: make a node for it in this one",
    ),
    Mistake(
        "details",
        '@view("S", details=3)  # !\ndef serving():\n    """People buy."""\n    Kafka("a") >> Kafka("b")\n',
        "'details' of a view is 3: name a box or a group of another view, \"overview/Learning\"",
    ),
    Mistake(
        "bibliography list",
        beside('SYSTEM = System(title="Shop", sources=bibliography(["a"]))  # !'),
        "a bibliography is one text: write it between triple quotes, a citation and below it its address",
    ),
    Mistake(
        "sources text",
        beside('SYSTEM = System(title="Shop", sources="https://a.org")  # !'),
        "'sources' is no list: write sources=[Source(...), ...]",
    ),
    Mistake(
        "system twice",
        beside('SYSTEM = System(title="Shop")\nOTHER = System(title="Other")  # !'),
        "describes 'Shop' and 'Other': keep one System in a module",
    ),
    Mistake(
        "system text",
        beside('SYSTEM = "Shop"  # !'),
        "SYSTEM is 'Shop' (str), and no System: write SYSTEM = System(title=..., ...)",
    ),
    Mistake(
        "system in a tuple",
        beside('SYSTEM = (System(title="Shop"),)  # !'),
        "SYSTEM is (System(title='Shop', position=0, estima... (tuple), and no System:"
        " write SYSTEM = System(title=..., ...)",
    ),
    Mistake(
        "views in a loop",
        'for region in "eu", "us":\n    @view(region)\n    def serving():  # !\n        """C."""\n        Kafka("a") >> Kafka("b")\n',
        "of a view in a loop only the last is kept: write a function like 'serving' for each",
    ),
    Mistake(
        "view in a function",
        'def make():\n    @view("S")\n    def inner():  # !\n        """C."""\n        Kafka("a") >> Kafka("b")\n\n\nmake()\n'
        + VIEW,
        "the view is made in 'make' and not kept: take it out of 'make'",
    ),
    Mistake(
        "block draws nothing",
        'with Diagram("A", show=False):  # !\n    pass\n',
        "draws nothing: make at least one node in it",
    ),
    Mistake(
        "system without a name",
        beside('System(title="Shop")  # !'),
        "its System has no name, and is not found: write SYSTEM = System(...)",
    ),
    Mistake(
        "question class",
        "QUESTION = InterviewQuestion  # !\n",
        "QUESTION is the class InterviewQuestion, and no InterviewQuestion: write QUESTION = InterviewQuestion(title=..., ...)",
    ),
    Mistake(
        "interview rank",
        beside('SYSTEM = System(title="Shop", interview=InterviewRank("1", "often"))  # !'),
        "a rank is a whole number from 1, this is '1': write InterviewRank(1, ...)",
    ),
    Mistake(
        "followup level",
        beside('SYSTEM = System(title="Shop", follow_ups=[FollowUp("junior", "q", "a", "b", "serving")])  # !'),
        "'junior' is not a level; did you mean 'senior'?",
    ),
    Mistake(
        "reference",
        beside('SYSTEM = System(title="Shop", estimate=Estimate(a=reference("h100_mem")))  # !'),
        "'h100_mem' is no reference figure; did you mean 'h100_memory'?",
    ),
]
