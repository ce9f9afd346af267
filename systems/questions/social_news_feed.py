"""Design the news feed of a social network.

The inventory differs for every member, because it is what their friends wrote; privacy must hold at the moment of reading; and
posts, photos, links and ads compete in one list for goals that pull apart.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Social news feed",
    position=6,
    topic="Recommendation and ranking",
    nearest="feed-ranking/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Friends only, or strangers' posts too?",
            "Both: {from_authors} candidates from followed authors, {from_outside} from outside.",
        ),
        Clarification(
            "What is a good feed?",
            "One that members return to within 28 days; reactions, dwell and surveys are what we can predict today.",
        ),
        Clarification(
            "How fresh must it be, and how exact is privacy?",
            "A post is there within seconds; a block or a narrowed audience holds on the very next load.",
        ),
    ],
    answer=[
        "Posts are pulled at read time from {shards} author shards, because pushing would cost {inbox_writes:n} inbox writes a"
        " second on average and {star:n} for one post of the largest author.",
        "{gathered} candidates are checked against audience rules before any model sees them; a light ranker keeps"
        " {ranked:n}, and a ranker with ten heads scores {scores:n} posts a second at peak on {ranker_gpus} GPUs.",
        "A value model weighs calibrated heads and integrity, a re-ranker spaces authors and media and explores, the page is"
        " checked once more, and the served list is logged whole.",
    ],
)
