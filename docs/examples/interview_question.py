"""Design the search for pictures of a shop.

Nobody types a word.
"""

from archfolio import Clarification, InterviewQuestion, assume

QUESTION = InterviewQuestion(
    title="Picture search",
    topic="Search",
    nearest="system/serving",
    why_nearest="The funnel is the same, the query is a picture.",
    clarifications=[
        Clarification("The same product, or one like it?", "The same first."),
        Clarification("How many ask?", "{rate}."),
        Clarification("May pictures be kept?", "No."),
    ],
    answer=["Pictures are encoded.", "The nearest are found.", "A ranker sorts them."],
    revisions={"rate": assume("Pictures", 90, "query/s")},
    compared=["rate"],
)
