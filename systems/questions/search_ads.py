"""Design the ranking of search ads: which ads stand on a results page, in which order, at which price.

Somebody has said what they want, so relevance is half of the price, and showing no ad is often the best page. Advertisers
bid on words; most queries have never been seen before, and no advertiser has named them.
"""

from archfolio import (
    Clarification,
    InterviewQuestion,
    Ranker,
    added,
    assume,
    begin_from,
    changed,
    removed,
    request,
    view,
)

QUESTION = InterviewQuestion(
    title="Search ads",
    position=10,
    topic="Ads",
    nearest="ad-click-prediction/serving",
    why_nearest="Calibration, pacing and the log are the same; demand comes from words instead of audiences.",
    clarifications=[
        Clarification(
            "How many slots, and may they stay empty?",
            "Up to four above the results; every one of them may stay empty.",
        ),
        Clarification(
            "What do advertisers bid on, and what do they pay for?",
            "On keywords with a match type; they pay a second price for each click.",
        ),
        Clarification(
            "How much may ads cost the search?",
            "Nothing that users notice: {promise} in parallel with the results, and a guardrail on searches per user.",
        ),
    ],
    answer=[
        "The query is rewritten to keywords that advertisers named, and a query-ad index adds what means the same; together"
        " {retrieved} of {ads} ads pass budget and policy.",
        "A ranker predicts a calibrated pCTR by query, ad and slot for {ranked:n} of them, and a relevance model drops what a"
        " human rater would call off topic, whatever it bids.",
        "The auction fills slots by bid times pCTR times quality over a reserve, charges the least that would have kept the"
        " slot, and leaves a slot empty when the page is better without it.",
    ],
    revisions={
        "users": assume("Daily active searchers", 200e6, "user"),
        "slots": assume("Searches of a user that ask for ads", 3, "request/user/day"),
        "offered": assume("Exchange bid requests per day", 0, "request/day"),
        "targeted": assume("Ads from the keyword index", 150, "ad/request"),
        "similar": assume("Further ads from the query-ad index", 50, "ad/request"),
        "ranked": assume("Ads scored by the ranker", 40, "ad/request"),
        "click_rate": assume("Clicks, of impressions", 4, "percent"),
    },
    compared=["scored", "peak_rate", "scores", "ranker_gpus", "clicks"],
)


@view("Serving")
def serving() -> None:
    """The ad path with a query at its head: keywords find the ads, relevance can veto them, slots may stay empty."""
    ads = begin_from("ad-click-prediction/serving")
    with added("A relevance model can veto an ad, at any bid: what is off topic costs searches."):
        judge = Ranker("Relevance model", tooltip="Reads query, ad and landing page; trained on raters' verdicts")
        ads["Ranker"] >> request("{ranked} pairs") >> judge
    changed(
        ads["Own app"],
        "Results page",
        tooltip="Sends query, place and language; shows up to four ads above the results",
        because="The request carries a query, which says more than any profile.",
        edges={ads.edge("Own app -> Bid edge"): "query, slots"},
    )
    changed(
        ads["Pre-targeting"],
        "Query rewriting",
        tooltip="Spelling, intent and expansion to the keywords that advertisers named",
        because="Most queries are new: they must be led to words that somebody bid on.",
        edges={
            ads.edge("Pre-targeting -> Targeting index"): "keywords",
            ads.edge("Pre-targeting -> Two-tower ANN"): "query vector",
        },
    )
    changed(
        ads["Targeting index"],
        "Keyword index",
        tooltip="Exact, phrase and broad match, with negative keywords and budgets",
        because="Demand is words with a match type, not audiences.",
    )
    changed(
        ads["Two-tower ANN"],
        "Query-ad ANN",
        tooltip="Finds ads whose page means what the query means, under broad match only",
        because="It serves the queries that no keyword names.",
    )
    changed(
        ads["Ranker"],
        "Ranker\npCTR by slot",
        tooltip="Cross network over query, ad, advertiser and slot",
        because="A click depends on the slot, and the auction needs the rate in each of four.",
    )
    changed(
        ads["Own auction"],
        "Slot auction",
        tooltip="Bid x pCTR x quality over a reserve; the least price that keeps the slot; slots may stay empty",
        because="Several slots are sold at once, in an order, and an empty one is allowed.",
    )
    removed(ads["Ad exchanges"], ads["Bid shader"], because="The page is our own: nobody else's auction has to be won.")
