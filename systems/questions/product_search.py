"""Design search ranking for a shop.

A query is three words that may be a name, a kind or a wish. Words find what is written and miss what is meant, vectors do
the opposite, and the most accurate model is a million times too slow to read everything.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Product search",
    position=13,
    topic="Search",
    nearest="search-systems/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Which corpus: products, documents or the web?", "{catalogue} products with attributes, prices and stock."
        ),
        Clarification(
            "What is relevant, and who says so?",
            "Graded judgements by trained raters for exactness; clicks and orders, corrected for position, for the rest.",
        ),
        Clarification(
            "How fresh, how fast?",
            "Stock and price within 30 s, a p99 of {promise} at {peak_rate:n} queries a second at peak.",
        ),
    ],
    answer=[
        "Words and vectors are searched inside one filter bitmap on {shards} shards, and reciprocal rank fuses the lists to"
        " {merged} candidates.",
        "Trees over {features:n} features keep {l1_kept:n}, and a cross-encoder reads {l2_read:n} pairs on {l2_gpus} GPUs; reading all"
        " merged ones would take {all_gpus}.",
        "A blender mixes relevance, conversion and diversity; caches answer {result_hits} of queries without a user in the"
        " key, and a few swapped neighbours keep position bias measurable.",
    ],
)
