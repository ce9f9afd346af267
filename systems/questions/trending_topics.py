"""Design trending topics for a social network: what is talked about now, more than it usually is.

Frequent is not trending: the weather is talked about each day. What rises must be told from what returns at this hour, from
ten spellings of one name, and from four hundred accounts that want to be on the list.
"""

from archfolio import (
    Assembler,
    Clarification,
    Encoder,
    InterviewQuestion,
    ReviewQueue,
    added,
    assume,
    batch,
    begin_from,
    changed,
    control,
    removed,
    stream,
    view,
)

QUESTION = InterviewQuestion(
    title="Trending topics",
    position=22,
    topic="Social and graph",
    nearest="autocomplete-typeahead/index",
    why_nearest="Its stream half already finds rising queries by a sketch and counts people; here that half is the product.",
    clarifications=[
        Clarification(
            "Trending for whom: the world, a country, a circle of friends?",
            "By country and language, and mixed with the member's interests on the page.",
        ),
        Clarification(
            "How soon must a topic be there?",
            "Within {trend_window} of its rise; a false one is worse than a late one.",
        ),
        Clarification(
            "Who decides that something must not trend?",
            "Written policy, with people on call for what is rising and sensitive.",
        ),
    ],
    answer=[
        "Posts become topics (hashtags, entities, near-duplicate phrases) and a count-min sketch of {sketch} counts distinct"
        " people by topic and place over {trend_window}.",
        "A topic trends when its count stands far above what this hour and place usually have, from at least {threshold}"
        " people whose accounts are not one campaign: the score is a surprise, not a size.",
        "Rising topics are clustered, described by one post, checked by policy with people on call, ranked by surprise and by"
        " the reader's interests, and leave the list as the surprise decays.",
    ],
    revisions={
        "users": assume("Daily active members", 300e6, "user"),
        "searches_each": assume("Posts and shares a member makes", 2, "search/user/day"),
        "threshold": assume("Distinct people before a topic is listed", 1000, "user"),
    },
    compared=["sketch", "sketch_error"],
)


@view("Detection")
def detection() -> None:
    """The stream half of autocomplete, as a product: surprise over the usual, counted in people, checked before it is shown."""
    suggest = begin_from("autocomplete-typeahead/index")
    with added("Posts are not queries: hashtags, entities and near-copies become one topic before they are counted."):
        topics = Encoder("Topic extractor", tooltip="Hashtags, entities, near-duplicate phrases, by language")
        (
            suggest["Event log"]
            >> stream("posts, shares")
            >> topics
            >> stream("topic, place, person")
            >> suggest["Trend detector"]
        )
    with added("What rises together is one story, with one post to describe it."):
        stories = Assembler("Story clustering", tooltip="Joins topics by shared posts and people, picks a post")
        (
            suggest["Trend detector"]
            >> stream("rising topics")
            >> stories
            >> stream("stories")
            >> suggest["Policy exclusion"]
        )
    with added("Sensitive stories wait for a person on call, minutes at most."):
        desk = ReviewQueue("Trends desk", tooltip="People on call decide by written policy, by reach")
        (
            suggest["Policy exclusion"]
            >> stream("sensitive")
            >> desk
            >> control("list or hold")
            >> suggest["Fresh segment"]
        )
    changed(
        suggest["Event log"],
        "Event log\nKafka",
        tooltip="Carries posts, shares and views, with place and language",
        because="Posts and shares come in the place of searches.",
    )
    changed(
        suggest["Trend detector"],
        "Trend detector\nFlink",
        tooltip="Count-min by topic and place over {trend_window} against the same hour of four weeks; counts people",
        because="The measure is surprise over what this hour usually has, by place.",
    )
    changed(
        suggest["Bot filter"],
        "Campaign filter\nSpark",
        tooltip="Removes accounts that post together, hourly, and takes their counts back",
        because="To be on this list is worth money, so accounts are judged as groups.",
    )
    changed(
        suggest["Time-decayed score"],
        "Usual counts\nSpark",
        tooltip="How many people an hour and a place usually have for each topic, over four weeks",
        because="The slow half no longer ranks: it says what is usual, which is the other half of a surprise.",
        edges={suggest.edge("Distinct-user threshold -> Canonicaliser"): "kept topics"},
    )
    removed(
        suggest.edge("Time-decayed score -> Policy exclusion"),
        because="What is usual is no trend: it is compared with, and never shown.",
    )
    with added("What is usual comes to where what is now is counted."):
        suggest["Time-decayed score"] >> batch("usual counts") >> suggest["Trend detector"]
    changed(
        suggest["Fresh segment"],
        "Trend list",
        tooltip="Twenty stories by country, expires in an hour unless renewed",
        because="The short-lived list is what is shown; it is no supplement to an index.",
    )
    removed(
        suggest["Index compiler"],
        suggest["Index verifier"],
        suggest["Snapshot store"],
        suggest["Version pointer"],
        because="Twenty stories a country need no index: the list is replaced whole.",
    )
    removed(suggest["Entity catalogue"], because="Names come from what is posted, not from a catalogue.")
