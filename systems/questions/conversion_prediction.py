"""Design conversion prediction for ads.

Conversions are three in ten thousand impressions, come up to a month after the click, and are reported by whom they
benefit. A young click without a conversion is not a negative, and by the time it is one the model is a month old.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Conversion prediction",
    position=12,
    topic="Ads",
    nearest="ad-click-prediction/training",
    why_nearest="It is the second head of that system; its training view has the delay model.",
    clarifications=[
        Clarification(
            "Which conversion, in which window, attributed how?",
            "A purchase within 30 days of a click, credited to the last click, as the advertiser's pixel reports it.",
        ),
        Clarification(
            "How many advertisers have enough of them?",
            "A few; most have fewer than ten a week, so that models must share.",
        ),
        Clarification(
            "What is the prediction used for?",
            "Bids by target cost: it is multiplied with pCTR and a value, and so must be calibrated by advertiser.",
        ),
    ],
    answer=[
        "Of {impressions:n} impressions a day {clicks:n} are clicked and {conversions:n} convert, so pCVR shares the click"
        " model's trunk and is learned as a factor over all impressions: on clicks alone it would be biased to users who click.",
        "A delay model gives each young click the probability that its conversion is still to come and weighs its row by that,"
        " so that training follows the stream instead of waiting for a month.",
        "Calibration is fitted by advertiser and age of click, shrunk toward the vertical where data is thin, and checked on"
        " clicks that have matured, with spend in the units of money that an error costs.",
    ],
)
