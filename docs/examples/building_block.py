"""Keep the work of a fleet in hand: how many replicas, and how long a request waits.

A queue grows without bound before its servers are all busy.
"""

from archfolio import (
    AntiPattern,
    BuildingBlock,
    Calculator,
    Chart,
    DecisionTable,
    Estimate,
    FollowUp,
    MathFormula,
    Option,
    Term,
    UsedBy,
    assume,
    derive,
)

ESTIMATE = Estimate(
    rate=assume("Requests", 900, "request/s"),
    service=assume("Service time", 20, "ms"),
    load=assume("Load, of what a replica bears", 70, "percent"),
    replicas=derive("Replicas", "ceil(rate * service / load)", "request"),
)
BLOCK = BuildingBlock(
    title="Queues",
    estimate=ESTIMATE,
    terms=[
        Term(
            "Little's law",
            "What is in a system is its arrival rate times the time that each stays.",
            MathFormula("Little's law", r"L = \lambda W", "L is the requests inside, W the seconds that each takes"),
        )
    ],
    calculators=[
        Calculator("Replicas", "How many replicas bear {rate}?", ["replicas"], "Beyond 80 % load the queue decides.")
    ],
    tables=[
        DecisionTable(
            "Who waits",
            ["Waiting", "Lost work"],
            [
                Option("Queue", ["grows", "none"], "The work may be late."),
                Option("Shed load", ["bounded", "the excess"], "A late answer is worth nothing."),
            ],
        )
    ],
    checklist=["Every queue has a bound, and an answer for what does not fit"],
    anti_patterns=[
        AntiPattern("Unbounded queue", symptom="Latency climbs for an hour", cure="Bound it, and shed the rest")
    ],
    questions=[
        FollowUp(
            "senior",
            "Why not run at 95 % load?",
            answer="At random arrivals a request then waits for twenty service times.",
            weak="It is risky.",
            where="serving/Queue",
        )
    ],
    charts=[
        Chart(
            "charts/waiting.svg",
            "Waiting over load",
            caption="With random arrivals the time in the system is one over the idle share.",
            alt="The time in the system rises slowly to 70 % load, and steeply after it.",
            script="charts/waiting.py",
        )
    ],
    used_by=[UsedBy("feed-ranking/serving", "The ranker's fleet is sized by it.")],
)
