"""A building block beside the systems of the small gallery: every section, hostile texts, a system's drawing."""

from msgspec.structs import replace

from archfolio.gallery import sections
from archfolio.gallery.manifest import BuildingBlock, Manifest, Module

CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><script>alert(1)</script>'
    '<path id="line" d="M0 0L40 20" onclick="alert(1)" style="stroke: var(--bar, #2563eb)"/>'
    '<text x="2" y="9" fill="currentColor" font-size="6">Wait</text></svg>'
)


def figure(name: str, value: float, formula: str = "", unit: str = "") -> sections.Quantity:
    return sections.Quantity(
        name=name, label=f"The {name}", value=value, unit=unit, factor=1, number=f"{value:g}", shown=f"{value:g}",
        formula=formula, source="" if formula else "assumption",
    )  # fmt: skip


def question(level: str, text: str, where: sections.Place) -> sections.FollowUp:
    return sections.FollowUp(level=level, question=text, answer="By {load} in all.", weak="No idea.", where=where)


def block(gallery: Manifest) -> BuildingBlock:
    """Make a block whose one drawing is that of the first system that has three boxes."""
    mail = next(system for system in gallery.systems if system.slug == "spam-filter")
    own = sections.Place(text="serving/Scorer", view="serving", node="scorer")
    return BuildingBlock(
        slug="queues",
        title="Queues & <b>lines</b>",
        summary="Keep {rate} a second waiting.",
        problem=["A queue is short until it is not."],
        position=1,
        estimate=[
            figure("rate", 900),
            figure("time", 0.5),
            figure("spare", 7),
            figure("load", 450, "rate * time"),
            figure("root", 6.10925, "log(load)"),
        ],
        headline=["load"],
        sources=mail.sources,
        module=Module(path="blocks/queues.py", text='"""Keep requests waiting."""\n'),
        views=mail.views,
        terms=[
            sections.Term(
                name="Little's law",
                definition="What waits is {load}.",
                formula=sections.MathFormula(
                    name="Little", tex="L", mathml="<math><mi>L</mi></math>", meaning="L is what is inside"
                ),
            ),
            sections.Term(name="Bound", definition="What a queue holds at most."),
        ],
        calculators=[
            sections.Calculator(
                title="Load", question="How many of {rate}?", results=["load"], reading="{load}: a lot."
            ),
            sections.Calculator(title="Root", question="Of the same?", results=["root"], reading="Little."),
        ],
        tables=[
            sections.DecisionTable(
                title="Who waits",
                criteria=["At {rate}", "Lost <i>"],
                options=[
                    sections.Option(name="Queue", values=["{load}", "none"], wins_when="It may be late."),
                    sections.Option(name="Shed", values=["0", "all"], wins_when="It must not."),
                ],
            )
        ],
        checklist=["Every queue has a bound of {load}", "What does not fit is <told>"],
        anti_patterns=[
            sections.AntiPattern(name="No bound", symptom="It grows", cure="Bound it", where=own),
            sections.AntiPattern(
                name="No answer",
                symptom="It hangs",
                cure="Answer",
                where=sections.Place(text="movie-recommender/serving/Ranker"),
            ),
        ],
        questions=[question("mid", "How long?", own), question("staff", "And then?", own)],
        charts=[
            sections.Chart(
                title="Waiting", caption="At {rate}", alt='A line "falls"', script="charts/waiting.py", svg=CHART
            )
        ],
        used_by=[
            sections.UsedBy(where="movie-recommender/serving/Ranker", how="It waits for {load}."),
            sections.UsedBy(where="movie-recommender/training", how="All of it."),
            sections.UsedBy(where="nowhere/serving", how="Not there."),
        ],
    )


def with_block(gallery: Manifest) -> Manifest:
    """Put the block into a gallery."""
    return replace(gallery, blocks=[block(gallery)])
