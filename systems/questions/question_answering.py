"""Design question answering over a company's documents.

The answer must be in the documents, and be said to be missing where it is not. Who asks decides what may be read. Fluent and
wrong is the worst outcome, and most of what it costs is tokens that nobody needed.
"""

from archfolio import Clarification, InterviewQuestion

QUESTION = InterviewQuestion(
    title="Question answering",
    position=16,
    topic="Search",
    nearest="chatbot-llm-system/serving",
    why_nearest="Retrieval, a prompt with evidence and a checked answer are that system without the chat.",
    clarifications=[
        Clarification(
            "Whose documents, and who may read which?",
            "A million pages of one company; access is checked at retrieval, for the person who asks.",
        ),
        Clarification("What if there is no answer?", "It says so and shows what is nearest: better silent than wrong."),
        Clarification(
            "How is quality judged?",
            "By graded answers on a fixed set, by citations that support what they stand behind, and by what users report.",
        ),
    ],
    answer=[
        "Hybrid retrieval under the asker's access rights finds passages, a cross-encoder keeps {kept:n}, and the prompt holds"
        " {evidence} tokens of evidence within {prompt} in all.",
        "A router sends {large} of turns to the large model; a prefix cache spares {cached} of prompt tokens, which is what"
        " brings prefill from {uncached_replicas} replicas to {prefill_replicas}.",
        "Each sentence cites a passage, a checker compares them and withdraws what is not supported, and a fixed set of"
        " questions gates every change of prompt, index or model.",
    ],
)
