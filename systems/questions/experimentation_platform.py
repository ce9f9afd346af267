"""Design an experimentation platform.

A thousand tests run at once on the same users, each owner looks at their own every morning, and a metric that moves by half a
percent is worth millions. Most of what can go wrong looks like a result.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Experimentation platform",
    position=25,
    topic="Infrastructure",
    nearest="recommendation-systems/operations",
    why_nearest="Assignment, analysis, holdback and ramp stand there as parts of one system; the platform is those parts for"
    " all of them.",
    clarifications=[
        Clarification(
            "How many tests at once, on which units?",
            "A thousand, most on users; markets, clusters or sessions where users affect each other.",
        ),
        Clarification(
            "How small an effect must be seen?",
            "A relative lift of {test_lift} in a rate of {test_base} takes {test_size} visitors in each arm.",
        ),
        Clarification(
            "Who decides, by which rule?",
            "Owners, on a metric and an end that were written down before; guardrails can stop a test by themselves.",
        ),
    ],
    answer=[
        "Assignment is a hash of unit and layer, computed in process from a config that is seconds old, and exposure is logged"
        " where the arms first differ, so that only those who could notice are counted.",
        "A daily job joins exposures with outcomes, checks the split of arms before anything else, reduces variance with"
        " behaviour before the test, and shows intervals that stay valid for those who look each morning.",
        "Layers keep tests apart that may not mix, a holdback of all launches measures their sum over a quarter, and every"
        " result keeps its metric, its dates and its decision for the next who has the idea.",
    ],
)
