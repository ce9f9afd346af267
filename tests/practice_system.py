"""A small system of which every kind of question can be asked, and its drawings."""

from markupsafe import escape

from archfolio.gallery.manifest import Box, Component, Edge, File, Manifest, Module, Node, Step, System, View
from archfolio.gallery.sections import Decision, FailureMode, FollowUp, Phase, Place, Quantity, Source

WIDE, TALL = 900, 400


def view(slug, title, boxes, arrows, steps=()):
    """Draw boxes in two rows: `boxes` are "id|Name|accent|role", `arrows` are "tail>head|kind|label[|step]"."""
    nodes = []
    for at, text in enumerate(boxes):
        name, label, accent, role = text.split("|")
        box = Box(x=20 + at % 4 * 220, y=20 + at // 4 * 180, width=180, height=60)
        nodes.append(Node(id=name, name=label, component=f"part.{name}", accent=accent, role=role, box=box))
    edges = []
    for text in arrows:
        ends, kind, label, *step = text.split("|")
        tail, head = ends.split(">")
        edges.append(
            Edge(
                id=f"{tail}--{head}", tail=tail, head=head, kind=kind, label=label, step=int(step[0]) if step else None
            )
        )
    walk = [
        Step(number=number, sentence=sentence, line=1, edges=[edge.id for edge in edges if edge.step == number])
        for number, sentence in enumerate(steps, 1)
    ]
    files = [File(format="svg", path=f"images/shop/{slug}.svg", bytes=1)]
    return View(
        slug=slug,
        title=title,
        caption=f"{title}.",
        alt=title,
        outline=[],
        direction="LR",
        width=WIDE,
        height=TALL,
        line=1,
        hash="",
        files=files,
        nodes=nodes,
        clusters=[],
        edges=edges,
        steps=walk,
    )


def svg(drawn):
    """Write a drawing as ours are."""
    parts = [
        f'<g class="node {node.accent}" data-node="{node.id}"><title>{escape(node.name)}: {escape(node.role)}</title>'
        f'<rect x="{node.box.x}" y="{node.box.y}" width="{node.box.width}" height="{node.box.height}"/>'
        f'<text x="{node.box.x + 10}" y="{node.box.y + 30}">{escape(node.name)}</text></g>'
        for node in drawn.nodes
    ]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="archfolio" role="img" width="{WIDE}" height="{TALL}"'
        f' viewBox="0 0 {WIDE} {TALL}" data-body="0 0 {WIDE} {TALL}">{"".join(parts)}</svg>'
    )


TRAINING = view(
    "training",
    "Training",
    (
        "clicks|Click log|data|Keeps what was shown",
        "joiner|Outcome joiner|model|Waits a day for each outcome",
        "rows|Example rows|data|Kept for sixty days",
        "trainer|Nightly trainer|model|Learns from the newest rows",
        "gate|Quality bar|operations|Refuses what is worse",
        "feed|Product feed|data|Arrives hourly",
        "cleaner|Attribute cleaner|serving|Drops broken products",
        "finder|Lookup tree|serving|Finds products by words",
    ),
    (
        "clicks>joiner|stream|impressions",
        "joiner>rows|batch|labelled",
        "rows>trainer|batch|sixty days",
        "trainer>gate|batch|candidate",
        "feed>cleaner|stream|hourly dump",
        "cleaner>finder|batch|sound products",
    ),
)
SERVING = view(
    "serving",
    "Serving",
    (
        "shopper|Shopper|people|Looks for shoes",
        "door|Front door|serving|Checks who asks",
        "mixer|Page mixer|serving|Owns the deadline",
        "scorer|Deep scorer|model|Scores candidates",
        "cupboard|Warm cupboard|data|Holds popular pages",
        "watcher|Anomaly watcher|operations|Counts pages",
    ),
    (
        "shopper>door|request|visit|1",
        "door>mixer|request|page wanted|2",
        "mixer>scorer|request|candidates|3",
        "scorer>cupboard|response|scored page|4",
        "cupboard>watcher|stream|pages|5",
    ),
    (
        "A shopper visits.",
        "The door asks for a page.",
        "The mixer sends candidates.",
        "A page is scored.",
        "Pages count.",
    ),
)
QUANTITIES = [
    Quantity(
        name="users",
        label="Users",
        value=50e6,
        unit="user",
        factor=1,
        number="50\u202fM",
        shown="50\u202fM",
        source="A report, 2024",
    ),
    Quantity(
        name="visits",
        label="Visits a user makes",
        value=8.64,
        unit="visit/user/day",
        factor=1 / 86400,
        number="8.64",
        shown="8.64/day",
        source="assumption",
    ),
    Quantity(
        name="rate",
        label="Visit rate",
        value=5000,
        unit="visit/s",
        factor=1,
        number="5,000",
        shown="5,000/s",
        formula="users * visits",
    ),
]
SHOP = System(
    slug="shop",
    title='Shop & "co" <b>',
    summary="Shows shoes.",
    family="applied",
    estimate=QUANTITIES,
    headline=["rate"],
    decisions=[
        Decision(
            chosen="Oak shelves",
            why="They last.",
            rejected=["Pine: bends under weight"],
            revisit_when="timber doubles in price",
        ),
        Decision(
            chosen="Night shifts",
            why="Streets are empty.",
            rejected=["Dawn shifts: buyers wake up early"],
            revisit_when="neighbours complain",
        ),
        Decision(
            chosen="Paper maps",
            why="No batteries.",
            rejected=["Compass alone: drifts near iron"],
            revisit_when="rain never stops",
        ),
        Decision(
            chosen="Red paint",
            why="Seen from afar.",
            rejected=["Green paint: vanishes in forests"],
            revisit_when="pilots get confused",
        ),
    ],
    failures=[
        FailureMode(failure="The roof leaks.", detection="Puddles on Tuesday.", response="Buckets are set out."),
        FailureMode(failure="Mice eat grain.", detection="Holes in sacks.", response="Cats move in."),
        FailureMode(failure="Ink dries.", detection="Blank pages.", response="Pens are soaked."),
        FailureMode(failure="A wheel squeaks.", detection="Noise near corners.", response="Grease goes on."),
    ],
    follow_ups=[
        FollowUp(
            level="senior",
            question="Why oak & not <i>pine</i>?",
            answer="Pine bends.",
            weak="It is pretty.",
            where=Place(text="serving", view="serving", node="mixer"),
        )
    ],
    interview_plan=[
        Phase(minutes=1, name="Frame", text="Ask who buys."),
        Phase(minutes=2, name="Draw", text="One page."),
    ],
    sources=[
        Source(
            authors="A. Tree",
            title="Oaks",
            venue="Wood",
            year=2020,
            url="https://example.org/oak",
            used_for="oak shelves that last",
        )
    ],
    module=Module(path="shop.py", text=""),
    views=[SERVING, TRAINING],
)
COMPONENTS = [
    Component(key=node.component, title=node.name, provider="part") for one in SHOP.views for node in one.nodes
]
SHOP_GALLERY = Manifest(generator="", engine="", systems=[SHOP], components=COMPONENTS)
DRAWINGS = {f"images/shop/{one.slug}.svg": svg(one) for one in SHOP.views}
