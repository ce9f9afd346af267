"""Design misinformation detection.

Whether something is false is rarely in the text. It takes evidence, people who are trusted to weigh it, and time, while the
post spreads at its fastest; and a machine that decides about truth by itself is a worse problem than the one it solves.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Misinformation",
    position=20,
    topic="Trust and safety",
    nearest="content-moderation/review",
    why_nearest="The decision is a person's; the system finds what to ask, in which order, and where the answer holds.",
    clarifications=[
        Clarification("Who decides what is false?", "Independent fact-checkers; the system never rates truth itself."),
        Clarification(
            "Which topics, which actions?",
            "Health and elections first; labels, less distribution and sharing friction before removal.",
        ),
        Clarification(
            "How is success measured?",
            "Views of rated-false claims, of all views, and how soon after the first post they fall.",
        ),
    ],
    answer=[
        "Posts are grouped into claims by near-duplicates and meaning, and a ranker orders claims by predicted reach times"
        " likelihood of being rated false, so that scarce checkers see what matters.",
        "A verdict on one claim spreads to all posts that make it, in text, picture or video, by hashes and embeddings with a"
        " threshold that was set for precision, because a wrong match accuses somebody.",
        "Action follows the verdict and the policy: labels and demotion at once, appeals to the checkers, and a random sample"
        " of views that people label says what was missed.",
    ],
)
