"""Design query suggestions: what a search box proposes while one types.

Every keystroke is a request, so it is the most frequent call of all and must be the cheapest. What is proposed is published:
the box must not name, accuse or insult, and one person's search must never be another one's suggestion.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Query suggestions",
    position=14,
    topic="Search",
    nearest="autocomplete-typeahead/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Completions of the prefix only, or corrections and other word orders too?",
            "Prefix, any word order, and one or two typing errors.",
        ),
        Clarification(
            "Personal or the same for all?",
            "The list is cached without a user; a session re-ranks what misses the cache.",
        ),
        Clarification(
            "What may never be suggested?",
            "What fewer than {threshold} people searched, and whatever written policy excludes.",
        ),
    ],
    answer=[
        "The edge answers {edge_hits} of {peak_rate:n} requests a second from a key of locale, prefix, policy epoch and arm; the rest,"
        " {served_rate:n} a second, is answered from memory within {promise}.",
        "A weighted automaton, an inverted index and an entity segment give up to {candidates} candidates from {index_bytes},"
        " a policy filter passes once over all of them, and a hundred trees rank what is left.",
        "Counts are of distinct people with decay, a sketch of {sketch} adds what is rising within {trend_window}, and index,"
        " policy and cache keys are swapped as one version.",
    ],
)
