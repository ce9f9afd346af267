"""Design community recommendation: which groups to join.

A join is cheap and means little; what counts is whether the member still comes a month later, and whether the group is the
better for it. Some groups must never be recommended, and some members must not be recommended to some groups.
"""

from archfolio import (
    Clarification,
    Encoder,
    FeatureStore,
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
    title="Community recommendation",
    position=23,
    topic="Social and graph",
    nearest="people-you-may-know/serving",
    why_nearest="Both recommend ties on a graph under privacy. A group is a node with content that many may join.",
    clarifications=[
        Clarification(
            "Is the goal joins, or members who take part?",
            "A second visit with a post or a comment within four weeks of joining.",
        ),
        Clarification(
            "Which groups are out of bounds?",
            "Secret ones always; those under review, and medical, political or adult ones unless searched for.",
        ),
        Clarification(
            "May we say why, 'three friends are members'?",
            "Only where each friend's membership is visible to this member.",
        ),
    ],
    answer=[
        "Groups that friends joined, groups near in topic and groups that members of one's own groups also joined give"
        " {gathered} candidates, and policy takes out what may not be recommended before any model sees it.",
        "A ranker predicts the join and, given the join, taking part within four weeks, for {finalists:n} of them; the product"
        " counts, so that large and loud groups do not win by curiosity.",
        "A re-ranker asks for the group's health (do newcomers get answers, can moderators keep up), mixes topics, gives new"
        " groups a share of views, and shows {shown:n}.",
    ],
    revisions={
        "visits": assume("Group pages an active member loads", 1, "load/member/day"),
        "nightly": assume("Candidates from the nightly table", 500, "person/load"),
        "live": assume("Candidates from groups of friends", 300, "person/load"),
        "nearest": assume("Candidates from the group ANN", 400, "person/load"),
        "known": assume("Candidates from contacts and cohorts", 0, "person/load"),
        "finalists": assume("Candidates after the light ranker", 200, "person/load"),
        "shown": assume("Groups shown", 10, "card/load"),
    },
    compared=["peak_rate", "gathered", "scores", "ranker_gpus"],
)


@view("Serving")
def serving() -> None:
    """The funnel of people, for groups: what a group is about, whether it is well, and whether one stays."""
    people = begin_from("people-you-may-know/serving")
    with added("A group has words and pictures: a new one is found by what it is about."):
        topics = Encoder("Topic encoder", tooltip="Embeds name, rules and last posts of each group")
        topics >> batch("group vectors") >> people["Member ANN index"]
    with added("Integrity scores take groups out before any model sees them."):
        integrity = FeatureStore("Integrity scores", tooltip="Holds which groups may be recommended, and to whom not")
        people["Privacy filter"] >> request("{gathered} groups") >> integrity
    changed(
        people["Live graph"],
        "Membership graph\nfriends' groups",
        tooltip="Returns groups that friends joined lately, where that may be known",
        because="The second hop ends at groups instead of people.",
        edges={
            people.edge("Live graph -> Merge"): "{live} groups",
            people.edge("Merge -> Privacy filter"): "groups not joined",
        },
    )
    changed(
        people["Candidate table"],
        "Candidate table\nScylla",
        tooltip="Holds groups that members of one's own groups also joined, computed ahead",
        because="Co-membership takes the place of two-hop friends.",
        edges={people.edge("Candidate table -> Merge"): "{nightly} groups"},
    )
    changed(
        people["Member ANN index"],
        "Group ANN index",
        tooltip="Holds groups by topic and members, rebuilt nightly",
        because="Groups are searched, by the member's vector.",
        edges={people.edge("Member ANN index -> Merge"): "{nearest} groups"},
    )
    changed(
        people["Ranker"],
        "Ranker\njoin, then stay",
        tooltip="Predicts the join, and a post or comment within four weeks given the join",
        because="Joining is cheap; the label that counts comes four weeks later.",
    )
    changed(
        people["Receiver load"],
        "Group health\nRedis",
        tooltip="Holds the share of newcomers who get an answer, and moderators' backlog",
        because="A group can take many, as long as newcomers are answered and moderators keep up.",
        edges={
            people.edge("Re-ranker -> Receiver load"): "{finalists} groups",
            people.edge("Re-ranker -> Card builder"): "{shown} groups",
        },
    )
    removed(people["Contacts and cohorts"], because="An address book names people, not groups.")
