"""Design content moderation for a social network.

Half a billion posts a day in a hundred languages, adversaries who adapt, and two kinds of error that hurt different people.
Some decisions take milliseconds and some need a person, and every one of them may be appealed.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Post moderation",
    position=17,
    topic="Trust and safety",
    nearest="content-moderation/serving",
    why_nearest="It is that system.",
    clarifications=[
        Clarification(
            "Which policies, and which of them by law?",
            "A dozen written ones; child safety and terror are matched first and reported.",
        ),
        Clarification(
            "Before or after a post is public?",
            "The certain ones before, within a second; the rest while it spreads, by reach.",
        ),
        Clarification(
            "What is the measure of success?",
            "Prevalence: views of violating posts, of all views, estimated by random samples that people label.",
        ),
    ],
    answer=[
        "Hashes of known bad come first, then one classifier per modality over {images:n} pictures and frames a day, on {vision_gpus}"
        " vision GPUs; {passed} of posts pass and {acted} are acted on.",
        "A large model reads only the grey band of {grey} with the policy's words, on {llm_gpus} GPUs where reading all posts"
        " would take {llm_all}; what stays uncertain goes to people by expected harm.",
        "Thresholds come from costs (removal pays above {cost_threshold} here), {reviewers} reviewers and their appeals give"
        " labels, and prevalence and precision by language are what is reported.",
    ],
)
