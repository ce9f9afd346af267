"""Design image search: a photo is the query, products or pictures that look like it are the answer.

What looks alike is not what is meant: the sofa, not the living room. Vectors are many and large, a retrained encoder makes
all of them worthless at once, and what people upload must be checked before anything else looks at it.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Image search",
    position=15,
    topic="Search",
    nearest="computer-vision-systems/serving",
    why_nearest="Its serving view is visual search: crop, embed, search, re-rank.",
    clarifications=[
        Clarification(
            "The same object, or something like it?", "The same first (exact product), then what is alike in style."
        ),
        Clarification(
            "How large is the index, and how does it change?",
            "{vectors} vectors, {added:n} new ones a day; an admission stays {stay}.",
        ),
        Clarification(
            "Which safety rules hold for queries and for results?",
            "Known illegal images are matched by hash before anything else; people are not identified.",
        ),
    ],
    answer=[
        "A detector crops what the user probably means, one shared backbone embeds each crop, and a product-quantised index of"
        " {index_bytes} on {shards} shards returns candidates, the best of which are re-scored with full vectors.",
        "Graph links over full vectors would take {hnsw_bytes} of memory instead of {index_bytes}; recall lost to codes comes"
        " back by re-scoring {rescored:n} on each shard.",
        "A re-ranker joins visual score, attributes and stock; a new encoder is rolled out as a second index beside the old"
        " one, and the switch is one pointer.",
    ],
)
