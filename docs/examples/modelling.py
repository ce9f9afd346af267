"""What the model learns, from what, and how one knows that it is good."""

from archfolio import Bias, Clarification, Evaluation, FeatureGroup, Framing, Label, Loss, MathFormula

FRAMING = Framing(
    goal="More purchases from search",
    decision="Which 24 products, in which order",
    task="Ranking by the probability of a purchase",
    label="A purchase within a day of the click",
    metric="NDCG@24 on the next day",
    not_optimised="Clicks: they reward pictures that mislead",
    baseline="BM25 with popularity",
)
CLARIFICATIONS = [Clarification("Are results personal?", "No: the query alone decides, in the first version.")]
LABELS = [
    Label(
        event="Purchase",
        window="1 day",
        positive="bought",
        negative="seen and not bought",
        ignored="not seen",
        delay="a day",
        bias="what stands on top is seen more",
        where="training/Orders -> Label join",
    )
]
FEATURES = [
    FeatureGroup(
        "Product",
        ["price", "rating", "embedding"],
        freshness="hourly",
        store="serving/Feature store",
        leak="sales of the day itself",
    )
]
LOSS = Loss(
    objective="Cross-entropy over the products that were seen",
    formulas=[MathFormula("Loss", r"-\log \frac{e^{s_i}}{\sum_j e^{s_j}}", "s is the score of a product")],
    calibration="Isotonic regression, weekly",
)
EVALUATION = Evaluation(
    offline="NDCG@24 on the next day",
    disagreement="Offline sees only what the old ranker showed",
    unit="user",
    duration="two weeks",
    power="a lift of 1 % with 2 million users an arm",
    guardrails="p99 latency, returns",
)
BIASES = [Bias("Position", effect="the top is clicked more", cure="inverse propensity", where="training/Trainer")]
