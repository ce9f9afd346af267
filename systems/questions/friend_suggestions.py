"""Design "people you may know".

Two people must agree, and a suggestion tells each something about the other: an abusive former partner, a patient, a
colleague who has left. Friends of friends are cheap to find and so many that finding is not the problem.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Friend suggestions",
    position=21,
    topic="Social and graph",
    nearest="people-you-may-know/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Is the goal invites, accepted invites or ties that are used?",
            "Ties that are used within four weeks, because invites alone are bought with nuisance.",
        ),
        Clarification(
            "Which signals are off limits?",
            "Anything that one side has not consented to: location, contacts of third parties, sensitive groups.",
        ),
        Clarification(
            "How large is the graph?", "{members} members with {degree:n} connections each: {edges} directed edges."
        ),
    ],
    answer=[
        "A nightly two-hop job over {paths} capped paths, a live graph of {adjacency}, a vector index and consented contacts"
        " gather {gathered} people, and both sides' settings are checked before any model sees a name.",
        "A light ranker keeps {finalists:n} of {allowed}, and a ranker predicts invite, accept and use from pair features on"
        " {ranker_gpus} GPUs for {peak_rate:n} loads a second at peak.",
        "A two-sided re-ranker caps invites per receiver, spreads circles and explores for members with few ties; tests are"
        " randomised by ego cluster, because a tie has two ends.",
    ],
)
