"""What can be found of the study part and of lists: their pages, by their titles and by what stands on them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.study import Study, StudyPath


# What readers call the pages that list a part of the gallery, beside their titles: kind, line, words.
_LISTS = {
    "interview": ("interview", "Framework, companies, questions, mistakes and mock interviews.", "prepare preparation"),
    "question-bank": ("interview", "What is asked in interviews, with short answers.", "questions asked list all"),
    "common-mistakes": (
        "interview",
        "Drawings in which a common mistake is to be found.",
        "common mistakes pitfalls errors",
    ),
    "mock-interviews": ("interview", "Interviews of 45 minutes to read along.", "mock interview transcript example"),
    "practice": (
        "study",
        "Questions on every subject, asked again until they stay.",
        "quiz flashcards cards anki questions",
    ),
    "compare": ("study", "Two systems side by side.", "comparison difference between two systems"),
}


def study_documents(catalog: Catalog) -> Iterator[tuple[str, str, str, str, str]]:
    """Yield kind, title, address, line and words of each page."""
    study = catalog.manifest.study
    said = _said(study) if study else {}
    for name, page in catalog.study_pages.items():
        if name in said:
            yield "study", page.text, page.href, *said[name]
        elif name in _LISTS:
            kind, line, words = _LISTS[name]
            yield kind, page.text, page.href, line, words


def _said(study: Study) -> dict[str, tuple[str, str]]:
    """Return line and words of the pages by name."""
    method = " ".join(step.title for step in study.method)
    constants = " ".join(figure.label for figure in study.references)
    drills = " ".join(drill.question for drill in study.drills)
    entries = " ".join(entry.title for part in study.contents for entry in part.entries)
    topics = (*study.components, *study.principles)
    return {
        "study": (study.sentence, " ".join(way.title for way in study.ways)),
        "paths": (
            "Ways through the gallery, step by step.",
            f"{_titles(study.paths)} where to begin, beginner, study plan, schedule, preparation",
        ),
        "takeaways": ("A book review's points, and the drawings that show them.", _titles(study.takeaways)),
        "reference": (
            "Constants, the method, a calculator from daily users to machines, and drills.",
            f"{method} {constants} {drills} back of the envelope",
        ),
        "sources": ("Papers, documents and articles, and what each was used for.", "papers bibliography references"),
        "contents": ("Every subject of the guide, and where it is.", entries),
        **{topic.slug: (topic.sentence, " ".join(topic.text)) for topic in topics},
        **{
            sheet.slug: (sheet.sentence, " ".join(table.title for table in sheet.tables))
            for sheet in study.cheat_sheets
        },
    }


def _titles(paths: list[StudyPath]) -> str:
    return " ".join(text for path in paths for text in (path.title, *(stage.title for stage in path.stages)))
