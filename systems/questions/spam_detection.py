"""Design spam detection for mail or messages.

Spam comes in campaigns, from accounts by the thousand, and changes the moment it is stopped. A lost invoice is worse than a
seen advertisement, and what users mark as spam is often only what they have ceased to want.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Spam detection",
    position=18,
    topic="Trust and safety",
    nearest="content-moderation/hashing",
    why_nearest="Known campaigns are found by near-duplicate hashes as known bad images are; the classifiers stand in its"
    " serving view.",
    clarifications=[
        Clarification(
            "Which channel, and is the content readable?",
            "Mail, readable; for encrypted messages only sender, rate and reports are left.",
        ),
        Clarification(
            "What does a false positive cost?",
            "A lost letter weighs as much as a hundred seen spams, so the folder is the rule and rejection the exception.",
        ),
        Clarification(
            "Who are the adversaries?", "Campaigns by rented machines, and taken-over accounts with a good name."
        ),
    ],
    answer=[
        "Sender reputation and authentication reject the bulk at the connection; near-duplicate hashes over {bands} bands then"
        " find known campaigns in about {look_up} of CPU time.",
        "What is new is scored by text, links, sender's graph and rate, with a threshold from costs, and is delivered, filed"
        " as spam or held for an hour, in which a campaign shows itself.",
        "Reports are weighed by who reports, a random sample of the inbox is labelled by people, and features that spammers"
        " control are retrained daily, those of the graph hourly.",
    ],
)
