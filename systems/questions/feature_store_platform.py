"""Design a feature store.

The same feature is wanted in two places at two speeds: a million rows as of last March, and one row in five milliseconds.
All that it is for is that both are the same, and that nobody notices who computed it.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Feature store",
    position=24,
    topic="Infrastructure",
    nearest="data-intensive-ai-platform/serving",
    why_nearest="Its serving view is the online store, its training view the point-in-time join.",
    clarifications=[
        Clarification(
            "How many values, reads and writers?",
            "{values} values in memory, {reads:n} entity reads a second at peak, and a dozen teams that write.",
        ),
        Clarification(
            "How fresh must features be?",
            "Most by the day, counters within 5 s of the event, a few computed at the request.",
        ),
        Clarification(
            "What must never happen?",
            "That training sees a value from after the request, or that serving computes one differently.",
        ),
    ],
    answer=[
        "One definition of each feature is compiled to a batch job, a stream job or an on-demand transform, with an owner, a"
        " type, a freshness and a default.",
        "Online, {online} on {shards} shards with a copy in each of three zones answer from the reader's own zone; a near"
        " cache takes {near_hit} of item reads, and late shards give defaults.",
        "Offline, point-in-time joins on event time make training rows, served vectors are logged and compared with them"
        " daily, and a change of a definition is a new version beside the old one.",
    ],
)
