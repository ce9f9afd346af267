"""Design a personalised home page: which modules, in which order, and what is in each.

A page is chosen as a whole: two good rows that show the same things are one good row. Only the first screen is seen by
everybody, what stands below it is read by few, and so each module's clicks say where it stood before they say what it was.
"""

from archfolio import (
    Cache,
    Catalogue,
    Clarification,
    InterviewQuestion,
    Ranker,
    added,
    assume,
    begin_from,
    changed,
    removed,
    request,
    same_row,
    view,
)

QUESTION = InterviewQuestion(
    title="Personalised home page",
    position=8,
    topic="Recommendation and ranking",
    nearest="recommendation-systems/serving",
    why_nearest="Each module is filled by that funnel. What is new is that the page is chosen over modules.",
    clarifications=[
        Clarification(
            "Who owns the modules, and may some be fixed?",
            "Forty modules of a dozen teams compete; the search box and one paid slot are fixed.",
        ),
        Clarification(
            "What is optimised, a module's clicks or the visit?",
            "The visit: orders within the session, with a guardrail on scrolling without a click.",
        ),
        Clarification(
            "How fast must it be, and all of it?",
            "The first screen within {promise}; what stands below may arrive while it is read.",
        ),
    ],
    answer=[
        "A module ranker picks 10 of 40 modules from the shopper's state before anything is retrieved, so that only those are"
        " filled, and a small share of pages explores the layout.",
        "The funnel runs once a module, in parallel and on one read of the profile: in all {ranked:n} candidates are ranked"
        " for {shown:n} places, at {peak_rate:n} pages a second.",
        "A slate builder walks down the page, gives each product one place and each module its worth beside those above it,"
        " and sends the first screen while the rest is still being filled.",
    ],
    revisions={
        "visits": assume("Home pages a user opens", 4, "request/user/day"),
        "ranked": assume("Candidates ranked, over all modules", 1500, "item/request"),
        "shown": assume("Products on the page, over all modules", 120, "item/request"),
        "seen": assume("Products that become visible, of those on the page", 20, "percent"),
    },
    compared=["peak_rate", "scores", "ranker_gpus", "impressions", "log_bytes"],
)


@view("Serving")
def serving() -> None:
    """The shop's funnel once a module, with a choice of modules before it and a slate over all of them after it."""
    shop = begin_from("recommendation-systems/serving")
    same_row(shop["User features"], shop["Merge"])
    with added("Modules are chosen before they are filled: thirty that would not be shown cost nothing."):
        modules = Catalogue("Module registry", tooltip="Forty modules with owner, sources, shape and rules of place")
        chooser = Ranker("Module ranker", tooltip="Predicts a module's worth to this visit; explores 2 % of layouts")
        shop["Orchestrator"] >> request("state") >> chooser >> request("40 modules") >> modules
    with added("What stands below the first screen is kept until it is scrolled to."):
        rest = Cache("Rest of the page", tooltip="Holds lower modules for one minute, keyed by page and arm")
        shop["Page assembly"] >> request("rest") >> rest
    changed(
        shop["Orchestrator"],
        "Orchestrator\none run a module",
        tooltip="Reads the profile once, runs the funnel for ten modules in parallel, drops a late module",
        because="One request is ten: they share profile, tower and experiment arm, and each has its own deadline.",
    )
    changed(
        shop["Re-ranker"],
        "Slate builder\nacross modules",
        tooltip="Walks down the page: one place a product, a module's worth beside those above it",
        because="A page is judged as a whole, so the last stage sees all modules at once.",
        edges={
            shop.edge("Ranker -> Re-ranker"): "{ranked} values",
            shop.edge("Re-ranker -> Page assembly"): "10 modules",
        },
    )
    changed(
        shop.edge("Page assembly -> Shopper app"),
        "first screen, {promise}",
        because="Only the first screen is waited for.",
    )
    removed(
        shop.edge("Orchestrator -> Trending and new"),
        because="Trending is a module of its own here, and no source of the others.",
    )
