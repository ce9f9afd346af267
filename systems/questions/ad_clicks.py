"""Design ad click prediction.

The score is a price: the auction multiplies it with a bid, so it must be right as a probability and not only in its order.
It is learnt on what won earlier auctions, from clicks that are one in a hundred, within milliseconds, while ads come and go.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Ad click prediction",
    position=9,
    topic="Ads",
    nearest="ad-click-prediction/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Own surfaces, exchanges or both, and which auction?",
            "Both: a second price on own slots, a shaded first price on exchanges.",
        ),
        Clarification(
            "What do advertisers pay for?",
            "Clicks and conversions, so that both rates are needed and both must be calibrated.",
        ),
        Clarification(
            "How much time is there?",
            "{promise} from the exchange's clock, network included; a no-bid is always a valid answer.",
        ),
    ],
    answer=[
        "A targeting index and a two-tower index retrieve {retrieved} of {ads} ads, a calibrated light ranker keeps"
        " {ranked:n}, and a cross network over {tables} of embeddings predicts pCTR and pCVR for {scores:n} ads a second.",
        "Negatives are sampled at {negatives} and the calibrator undoes that once, since a bias of {bias} misprices"
        " {mispriced}; it is watched by slice against the last closed hour.",
        "Training follows the stream with weights for labels still to come, progressive validation gates every"
        " checkpoint, and deltas reach the fleet every {delta}.",
    ],
)
