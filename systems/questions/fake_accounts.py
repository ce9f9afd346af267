"""Design fake account detection.

At sign-up there is nearly nothing to look at; later there is too much, and the harm is done. Fakes are made in farms, so that
each looks ordinary and only all of them together look strange. A wrong ban hits somebody who has nowhere to complain.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Fake accounts",
    position=19,
    topic="Trust and safety",
    nearest="fraud-detection/serving",
    why_nearest="A decision at an event, with velocity counters, graph scores, a policy by cost, a challenge and a random"
    " release: an account is the payment here.",
    clarifications=[
        Clarification(
            "Fake in which sense: bots, impersonation, several accounts of one person?",
            "Accounts made or run in bulk to deceive; a second account of a person is none of ours.",
        ),
        Clarification(
            "When must we decide?",
            "At sign-up within {promise}, and again at the first friend requests, messages and payments.",
        ),
        Clarification(
            "Which answers are there besides a ban?",
            "A challenge (phone, picture), limits on reach, and review; a ban can be appealed.",
        ),
    ],
    answer=[
        "At sign-up velocity by device, network and address and a few trees decide within {promise} between pass, challenge"
        " and block; most farms end at the challenge, which costs them and hardly anybody else.",
        "Later an hourly graph job finds accounts that share devices, times and targets, and a score of the cluster is a"
        " feature of each member, so that a farm falls together.",
        "Thresholds come from costs, {released} of would-be blocks are released at random to measure what is wrong with them,"
        " and reviewers label clusters instead of single accounts.",
    ],
)
