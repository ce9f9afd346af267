"""The small gallery with an interview part, made of the drawings of its movie recommender."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from archfolio.gallery.manifest import CommonMistake, CompanyGuide, InterviewFramework, InterviewQuestion, MockInterview
from archfolio.gallery.sections import (
    Clarification,
    CompanyFact,
    ComparedFigure,
    Dimension,
    FrameworkPhase,
    Source,
    Turn,
    ViewChange,
)

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Manifest

INTERVIEW_PAGES = (
    *("interview.html", "questions.html", "mistakes.html", "mocks.html"),
    *("questions/series.html", "questions/films.html", "mistakes/no-gate.html", "mocks/mock-movies.html"),
    *("interview/clear.html", "interview/companies.html"),
)
_PHASES = (
    ("C", "Clarify", 0, 7),
    ("L", "List requirements", 7, 11),
    ("E", "Estimate", 11, 15),
    ("A", "Architect", 15, 35),
)
CITED = Source(authors="A. Author", title="On faults", venue="Conf", year=2020, url="https://example.org/faults")
_SECTIONS = {"C": ["Problem"], "L": ["Requirements"], "E": ["Scale estimate"], "A": ["Drawings"], "R": ["Decisions"]}


def with_interview(manifest: Manifest) -> Manifest:
    """Return a manifest of the small gallery with one page or more of each kind of the interview part."""
    movies = next(system for system in manifest.systems if system.slug == "movie-recommender")
    serving = movies.views[0]
    shared = {"summary": "A prompt.", "problem": ["What is hard."], "module": movies.module}
    node, edge = serving.nodes[1], serving.edges[0]
    delta = replace(
        serving,
        steps=[],
        base="movie-recommender/serving",
        changes=[
            ViewChange(kind="added", sentence="It is new.", nodes=[node.id]),
            ViewChange(kind="removed", sentence="It is gone.", edges=[edge.id]),
        ],
    )
    nearest = {
        "nearest": "movie-recommender/serving",
        "why_nearest": "It is near.",
        "topic": "Ranking",
        "clarifications": [Clarification(question="Which?", answer="This.")],
        "answer": ["One.", "Two.", "Three."],
        "estimate": movies.estimate,
    }
    questions = [
        InterviewQuestion(slug="films", title="Films", position=1, views=[], **shared, **nearest),
        InterviewQuestion(
            slug="series",
            title="Series",
            position=2,
            views=[delta],
            compared=[ComparedFigure(label="Viewers", here="2 M", there="1 M", is_input=True)],
            **shared,
            **nearest,
        ),
    ]
    mistake = CommonMistake(
        slug="no-gate",
        title="No gate",
        position=1,
        views=[replace(serving, slug="wrong", steps=[]), replace(serving, slug="right", steps=[])],
        fault=[node.id],
        hint="What is missing?",
        reason="Nothing stops it.",
        cure="A gate does.",
        rule="M201",
        finding="what 'Trainer' trains is released unseen",
        done_right=["movie-recommender/serving"],
        sources=[CITED],
        **shared,
    )
    turns = [
        Turn(minute=0, speaker="interviewer", text="Design it.", phase="C"),
        *(
            Turn(minute=number * 5, speaker="candidate", text=f"Step {number}.", phase="A", draws=number, note="Good.")
            for number in range(1, len(serving.steps) + 1)
        ),
    ]
    mock = MockInterview(
        slug="mock-movies",
        title="Mock: movies",
        position=1,
        views=[serving],
        system="movie-recommender",
        level="senior",
        turns=turns,
        verdict="Hire.",
        sources=[CITED],
        estimate=movies.estimate,
        **shared,
    )
    phases = [
        FrameworkPhase(
            letter=letter,
            name=name,
            minutes="5",
            start=start,
            end=end,
            artefact="Note",
            purpose="To know.",
            checklist=["I know.", "I have said so."],
            sections=_SECTIONS[letter],
            trap="Haste.",
        )
        for letter, name, start, end in (*_PHASES, ("R", "Refine", 35, 45))
    ]
    framework = InterviewFramework(
        slug="clear", title="CLEAR", position=1, views=[replace(serving, steps=[])], phases=phases, **shared
    )
    address = "https://example.org/guide"
    source = Source(authors="A Company", title="A guide", venue="its site, read in", year=2026, url=address)
    fact = CompanyFact(company="Acme", text="Forty-five minutes.", source=address, where=["movie-recommender/serving"])
    companies = CompanyGuide(
        slug="companies",
        title="Companies",
        position=2,
        views=[],
        companies=["Acme", "Initech"],
        dimensions=[Dimension(name="Length", facts=[fact])],
        read_on="28 November 2026",
        left_out="Weights.",
        sources=[source],
        **shared,
    )
    return replace(
        manifest,
        questions=questions,
        mistakes=[mistake],
        mocks=[mock],
        frameworks=[framework],
        company_guides=[companies],
    )
