"""An hour in two phases, so that the drawing is done before the time is."""

from diagrams.programming.flowchart import Document

from archfolio import FrameworkPhase, InterviewFramework, response, view

FRAMEWORK = InterviewFramework(
    title="Ask, then draw",
    phases=[
        FrameworkPhase(
            letter="A",
            name="Ask",
            minutes="10 to 15",
            start=0,
            end=15,
            artefact="Scope note",
            purpose="Find out what is wanted.",
            checklist=["I know whose success it is."],
            sections=["Problem", "Clarifying questions"],
            trap="Questions whose answers change nothing.",
        ),
        FrameworkPhase(
            letter="D",
            name="Draw",
            minutes="25 to 30",
            start=15,
            end=45,
            artefact="System drawing",
            purpose="Show the way of a request, and how the model learns.",
            checklist=["Every box has an arrow in and an arrow out."],
            sections=["Drawings"],
            trap="Boxes before the goal.",
        ),
    ],
)


@view("Two lanes")
def lanes() -> None:
    """What each phase hands to the next."""
    (
        Document("Scope note", tooltip="Goal, size, limits")
        >> response("goal")
        >> Document("Drawing", tooltip="What is built")
    )
