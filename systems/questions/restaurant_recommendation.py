"""Design restaurant recommendation on a map: where to eat, near here, now.

Where somebody stands and what time it is decide more than taste does. Within reach there are hundreds of places, not
millions; each has few ratings, written by those who chose to go, and the table that was free has just been taken.
"""

from diagrams.onprem.inmemory import Redis

from archfolio import (
    Clarification,
    Encoder,
    GraphStore,
    InterviewQuestion,
    added,
    assume,
    batch,
    begin_from,
    changed,
    removed,
    request,
    view,
)

QUESTION = InterviewQuestion(
    title="Restaurant recommendation",
    position=5,
    topic="Recommendation and ranking",
    nearest="search-systems/serving",
    why_nearest="It is a search whose first filter is the map, often without words.",
    clarifications=[
        Clarification(
            "Is there a query, or only a map?", "Both: 'ramen' or nothing at all; the map's window is always given."
        ),
        Clarification(
            "What is a success that we can see?",
            "A visit within a day (a reservation, a route that was driven, a check-in), rather than a tap.",
        ),
        Clarification(
            "Which facts change by the minute?",
            "Open or closed, waiting time and free tables; menus and photos change by the week.",
        ),
    ],
    answer=[
        "The map's window becomes cells; shards by cell return the few hundred of {catalogue} places within reach that are"
        " open, by words and by a vector of their reviews where there is a query.",
        "One ranker of trees scores them by distance in minutes, fit to query and taste, hour and party, and a rating that is"
        " shrunk toward the mean of its kind, because twelve ratings are not two thousand.",
        "The page mixes kinds and prices, gives new places some views at known propensity, and asks for waiting time last, so"
        " that what is shown is true when it is read.",
    ],
    revisions={
        "users": assume("Daily active users", 30e6, "user"),
        "searches": assume("Map searches a user makes", 3, "query/user/day"),
        "catalogue": assume("Places", 10e6, "product"),
        "shown": assume("Places on the page", 20, "product/query"),
        "shard_hits": assume("Places a shard returns", 15, "product/query/shard"),
    },
    compared=["peak_rate", "searched_rate", "lexical_bytes", "shards", "hosts"],
)


@view("Serving")
def serving() -> None:
    """Search with the map as its first filter: hundreds within reach, and facts that are minutes old."""
    search = begin_from("search-systems/serving")
    with added("Distance is counted in minutes by the way that one would go, for the finalists only."):
        travel = GraphStore("Travel times", tooltip="Minutes on foot or by car, from a road graph with traffic")
        search["L1 ranker"] >> request("200 places") >> travel
    with added("Opening hours, waiting time and free tables are asked for last."):
        tables = Redis("Live tables", tooltip="Holds open or closed, waiting time and free tables, a minute old")
        search["Blender"] >> request("{shown} places") >> tables
    with added("Reviews are encoded ahead: a place is found by what guests say of it, not by its name."):
        reviews = Encoder("Review encoder", tooltip="Embeds the last reviews of a place, weighed by their age")
        reviews >> batch("place vectors") >> search["Hybrid shards"]
    changed(
        search["Shopper app"],
        "Map app",
        tooltip="Sends the map's window, place, hour, party and perhaps words",
        because="The window of the map is the query; words are optional.",
        edges={search.edge("Shopper app -> API gateway"): "window, words"},
    )
    changed(
        search["Hybrid shards"],
        "Place shards\nby map cell",
        tooltip="Inverted lists by S2 cell; words and vectors inside the cells of the window",
        because="Shards are cut by place: a query asks the two or three that hold its cells, not all of them.",
        edges={search.edge("Hybrid shards -> Merge"): "300 places", search.edge("Merge -> L1 ranker"): "300 places"},
    )
    changed(
        search["Result cache"],
        "Cell cache\nRedis",
        tooltip="First pages by cell, hour and arm, refilled each 60 s",
        because="Two people on one street see the same places: the key is the cell and the hour.",
    )
    changed(
        search.edge("L1 ranker -> Blender"),
        "200 scores",
        because="The trees' order is the last one, so all of it goes to the blender.",
    )
    removed(
        search["L2 cross-encoder"],
        search["Pair-score cache"],
        because="Names are short and within reach there is one ramen bar: no exactness is left for a cross-encoder to judge.",
    )
