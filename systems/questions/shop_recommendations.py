"""Design a recommendation system for an online shop.

Labels exist only for what was shown, purchases are rare and late, and half of the traffic is unknown. The prompt is so wide
that the first minutes decide which system is designed at all.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Shop recommendations",
    position=1,
    topic="Recommendation and ranking",
    nearest="recommendation-systems/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Which surface: home, product page, basket or mail?",
            "The home feed; the others reuse the funnel with other sources.",
        ),
        Clarification("Clicks, orders or margin?", "Margin per visitor, with returns and repeat visits as guardrails."),
        Clarification(
            "How large are catalogue and traffic?",
            "{catalogue} products, {users} daily users, {peak_rate:n} requests a second at peak.",
        ),
    ],
    answer=[
        "Three sources (a two-tower index, an item-to-item table, what is trending and new) retrieve {retrieved} of"
        " {catalogue} products, of which {eligible} are unique and may be sold.",
        "A light ranker keeps {ranked:n}, and a multi-task ranker predicts click, basket and order for those on {ranker_gpus}"
        " GPUs, within a p99 of {promise} for everything.",
        "A re-ranker adds diversity and {explored} of exploration; features are logged as served, labels join within"
        " {order_window}, and a gated bundle of all models is released with its index.",
    ],
)
