"""Forty-five minutes in five phases: Clarify, List requirements, Estimate, Architect, Refine.

Most candidates who fail know enough. They run out of time in the phase that they like best, or answer a question that was
not asked. An order that one need not think about leaves the head free for the system, and each phase hands the next one
something that stands on the board: a scope, targets, four figures, a drawing, decisions.
"""

from diagrams import Cluster
from diagrams.onprem.client import User
from diagrams.programming.flowchart import Action, Decision, Document, MultipleDocuments

from archfolio import FrameworkPhase, InterviewFramework, feedback, left_of, request, response, same_row, view

FRAMEWORK = InterviewFramework(
    title="CLEAR in 45 minutes",
    position=1,
    phases=[
        FrameworkPhase(
            letter="C",
            name="Clarify",
            minutes="5 to 8",
            start=0,
            end=7,
            artefact="Scope note",
            purpose="Find out which of ten systems is meant, and whose success it is.",
            checklist=[
                "I have said the business goal in one sentence, and the interviewer has agreed to it.",
                "I know who decides with the answer, how soon they need it, and what a wrong one costs.",
                "I know the size within a factor of ten: users, items, requests.",
                "I have named one thing that is out of scope, and why.",
                "I have said what the simplest answer without a model would be.",
            ],
            sections=["Problem", "Framing", "Clarifying questions"],
            trap="Questions whose answers change nothing. Before you ask, know what you would draw for either answer.",
        ),
        FrameworkPhase(
            letter="L",
            name="List requirements",
            minutes="3 to 5",
            start=7,
            end=11,
            artefact="Target list",
            purpose="Turn the goal into lines that can be tested, before anything is drawn that could please them.",
            checklist=[
                "Three to five things that the system does, in the user's words.",
                "A latency target with its percentile and where it is measured.",
                "Freshness of features, of the index and of the model, each as a time.",
                "One offline metric, one online metric, two guardrails.",
                "What must hold by law or policy, whatever the score says.",
            ],
            sections=["Requirements", "Qualities and targets", "Metrics"],
            trap="'Scalable, reliable, low latency': a requirement without a figure rules nothing out.",
        ),
        FrameworkPhase(
            letter="E",
            name="Estimate",
            minutes="3 to 5",
            start=11,
            end=15,
            artefact="Four figures",
            purpose="Find the figure that decides the design, and say what it rules out.",
            checklist=[
                "Peak requests a second, from users and visits, with 86,400 rounded to 100,000.",
                "Scores a second (requests times candidates), and so the machines of the heaviest model.",
                "Bytes that must be in memory: index, features or tables.",
                "Training rows a day, and how late their labels are.",
                "One sentence that begins with 'therefore': what cannot be done at this size.",
            ],
            sections=["Scale estimate", "Latency budget"],
            trap="Arithmetic to three digits that changes no box of the drawing.",
        ),
        FrameworkPhase(
            letter="A",
            name="Architect",
            minutes="15 to 20",
            start=15,
            end=35,
            artefact="System drawing",
            purpose="Draw one request from end to end, then the loop that learns from it, then go deep twice.",
            checklist=[
                "One request is drawn from the user and back, with a count on each arrow, within eight minutes.",
                "The loop is closed: what was served is logged, labels join it, a gate stands before release.",
                "The baseline stands in the drawing, as a control arm or as the fallback.",
                "Two parts are opened: the model (features, label, loss) and the one that the estimate said is hard.",
                "I have asked which part to open next.",
            ],
            sections=["Drawings", "Labels", "Features", "Loss and calibration", "Evaluation"],
            trap="A tour of boxes at one depth. Breadth first and fast, then two holes that are really deep.",
        ),
        FrameworkPhase(
            letter="R",
            name="Refine",
            minutes="5 to 10",
            start=35,
            end=45,
            artefact="Decision log",
            purpose="Attack your own design before the interviewer does.",
            checklist=[
                "Two decisions with what was rejected, and the figure at which I would change my mind.",
                "Three failures: how one notices, who acts, what users see meanwhile.",
                "The bias that this design puts into its own data, and what measures it.",
                "What ten times the load breaks first.",
                "A last sentence: what I would build first, and what in the second quarter.",
            ],
            sections=["Decisions", "Failure modes", "Bias and cold start", "Follow-up questions"],
            trap="'We would add monitoring.' Say which number, which limit, and who is woken.",
        ),
    ],
)


@view("Five lanes of 45 minutes", direction="TB", aspect="tall")
def lanes() -> None:
    """Each lane is a phase with its minutes, what is done in it, and what it leaves on the board for the next."""
    interviewer = User("Interviewer", tooltip="Gives the prompt, answers, and says which part to open")
    with Cluster("C  Clarify, 0–7 min"):
        questions = Action("Five questions", tooltip="Goal, users, size, cost of errors, limits")
        scope = Document("Scope note", tooltip="Goal in a sentence, one thing out of scope, the simplest answer")
    with Cluster("L  Requirements, 7–11 min"):
        targets = Action("Targets with figures", tooltip="What it does, how fast, how fresh, what must hold")
        listing = Document("Target list", tooltip="Five lines, each of which a test could fail")
    with Cluster("E  Estimate, 11–15 min"):
        arithmetic = Action("Round arithmetic", tooltip="Peak rate, scores a second, bytes in memory, rows a day")
        figures = Document("Four figures", tooltip="And one 'therefore': what this size rules out")
    with Cluster("A  Architect, 15–35 min") as architect:
        whole = Action("End to end\n8 minutes", tooltip="One request there and back, then the loop that learns")
        dives = Action("Two deep dives\n12 minutes", tooltip="The model, and what the estimate said is hard")
        drawing = MultipleDocuments("System drawing", tooltip="A count on each arrow, a closed loop, a fallback")
    with Cluster("R  Refine, 35–45 min"):
        attack = Decision("What breaks?", tooltip="Failures, biases, ten times the load")
        log = Document("Decision log", tooltip="Chosen, rejected, and the figure at which to change it")

    same_row(questions, scope)
    same_row(targets, listing)
    same_row(arithmetic, figures)
    same_row(whole, dives)
    same_row(dives, drawing)
    same_row(attack, log)
    left_of(whole, dives)
    left_of(dives, drawing)
    left_of(attack, log)

    interviewer >> request("the prompt") >> questions >> response("by minute 7") >> scope
    scope >> response("goal, limits") >> targets >> response("by minute 11") >> listing
    listing >> response("what is promised") >> arithmetic >> response("by minute 15") >> figures
    (
        figures
        >> response("what it rules out")
        >> whole
        >> response("minute 23")
        >> dives
        >> response("minute 35")
        >> drawing
    )
    drawing >> response("what is drawn") >> attack >> response("by minute 45") >> log
    interviewer >> feedback("open this part") >> architect
