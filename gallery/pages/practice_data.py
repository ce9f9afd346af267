"""The questions and drawings of a subject as scripts, which practice pages load when they want them, from disk too."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import links
from archfolio.gallery.catalog import svg_path
from archfolio.gallery.manifest import System
from archfolio.gallery.practice.mock_round import mock_round
from archfolio.gallery.svg.inline import inline, sprite

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.practice.item import PracticeItem


def questions_script(subject: Subject, items: Sequence[PracticeItem]) -> bytes:
    """Write the questions of a subject, and its round if it has one, as a call that hands them to the page."""
    value = {
        "title": subject.title,
        "page": links.page_of(subject),
        "items": items,
        "round": mock_round(subject) if isinstance(subject, System) else None,
    }
    return _call("takeQuestions", subject.slug, value)


def drawings_script(subject: Subject, items: Sequence[PracticeItem], read: Callable[[str], str]) -> bytes:
    """Write the drawings that questions show, by view: markup, and the icons and styles that they share."""
    wanted = {item.drawing.view for item in items if item.drawing}
    drawings = {
        view.slug: inline(read(svg_path(view)), prefix=f"{subject.slug}-{view.slug}", label=view.title)
        for view in subject.views
        if view.slug in wanted
    }
    titles = {view.slug: view.title for view in subject.views if view.slug in wanted}
    return _call(
        "takeDrawings",
        subject.slug,
        {
            "sprite": str(sprite(drawings.values())),
            "views": {slug: {"title": titles[slug], "markup": str(one.markup)} for slug, one in drawings.items()},
        },
    )


def _call(name: str, slug: str, value: object) -> bytes:
    plain = msgspec.to_builtins(value)
    return f"{name}({json.dumps(slug)}, {json.dumps(plain, ensure_ascii=False, separators=(',', ':'))});\n".encode()
