"""Design the search of a shop.

Watch what is asked first.
"""

from archfolio import MockInterview, Ranker, Retriever, Turn, request, step, view

MOCK = MockInterview(
    title="Mock: shop search",
    system="system",
    level="senior",
    turns=[
        Turn(0, "interviewer", "Design the search of a shop.", "C"),
        Turn(1, "candidate", "How many ask?", "C", note="Asks before drawing."),
        Turn(2, "interviewer", "{rate}.", "C"),
        Turn(15, "candidate", "One request, there and back.", "A", draws=1),
    ],
    verdict="Hire.",
)


@view("Board")
def board() -> None:
    """What stands on the board."""
    with step("A query is asked."):
        Retriever("Retriever") >> request("top 500") >> Ranker("Ranker")
