"""Practice items as a deck for Anki: an `.apkg` with equal bytes on every machine.

What would differ is fixed: ids come from hashes, times from the deck's id, and a database in memory does not say which
SQLite wrote it. A hidden box is covered by a rectangle over the drawing: what an image shows cannot be read aloud
either.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import sqlite3
from typing import TYPE_CHECKING

import genanki
from markupsafe import Markup, escape

from archfolio.gallery.export.zip_archive import zip_archive
from archfolio.gallery.practice.item import RUNGS, Choice, Magnitude, OpenAnswer, Ordering
from archfolio.gallery.practice.stable import ranked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.gallery.manifest import Subject
    from archfolio.gallery.practice.item import PracticeItem

_EPOCH, _SPAN = 1_500_000_000, 100_000_000  # seconds: notes of all decks are dated 2017 to 2020, each deck apart
_FIELDS = ("Question", "Picture", "Answer", "Reason", "Source", "Item")
_FRONT = '<div class="q">{{Question}}</div>{{Picture}}'
# The answer's side shows the question's again, without the cover over what was hidden.
_UNCOVER = "<style>.h { display: none; }</style>"
_BACK = (
    _UNCOVER
    + '{{FrontSide}}<hr id="answer"><div class="a">{{Answer}}</div><p>{{Reason}}</p><p class="s">{{Source}}</p>'
)
_STYLE = """
.card { font: 16px/1.45 system-ui, sans-serif; text-align: left; max-width: 46em; margin: 0 auto; padding: 0.5em; }
.a { font-weight: 600; } .s { font-size: 0.85em; opacity: 0.8; } li { margin: 0.25em 0; }
.p { position: relative; margin: 0.75em 0; } .p img { display: block; width: 100%; }
.h { position: absolute; background: #1d4ed8; color: #fff; border-radius: 6px; text-align: center; font-weight: 700; }
"""


_UNSEEN = re.compile(r' data-[\w-]+="[^"]*"|<title\b[^>]*>[^<]*</title>|<desc\b[^>]*>[^<]*</desc>')
"""What an SVG says that an image does not show: names for scripts, and the words of tooltips."""


def anki_deck(subject: Subject, items: Sequence[PracticeItem], drawings: Mapping[str, str]) -> bytes:
    """Write the deck of a subject; `drawings` has the SVG of every view that an item shows."""
    model = genanki.Model(
        _number("archfolio practice"),
        "archfolio practice",
        fields=[{"name": name} for name in _FIELDS],
        templates=[{"name": "Card", "qfmt": _FRONT, "afmt": _BACK}],
        css=_STYLE,
    )
    deck = genanki.Deck(_number(subject.slug), f"archfolio::{subject.title}")
    for item in items:
        deck.add_note(
            genanki.Note(
                model=model,
                fields=[str(field) for field in (*_note(item, subject), item.id)],
                guid=hashlib.sha256(item.id.encode()).hexdigest()[:10],
                tags=[item.kind, item.level],
            )
        )
    wanted = {item.drawing.view for item in items if item.drawing}
    media = {
        f"archfolio-{subject.slug}-{view}.svg": _UNSEEN.sub("", drawings[view]).encode() for view in sorted(wanted)
    }
    return _package(deck, media)


def _number(name: str) -> int:
    """Return an id of 31 bits, as Anki wants them, that a name always has."""
    return (1 << 30) + int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % (1 << 30)


def _note(item: PracticeItem, subject: Subject) -> tuple[Markup, Markup, Markup, Markup, Markup]:
    """Write question, picture, answer, reason and source as HTML."""
    question = Markup("<p>{}</p>").format(item.prompt)
    if item.given:
        question += _list("ul", item.given)
    right = ""
    answer = item.answer
    if isinstance(answer, Choice):
        question += _list("ol", ranked((answer.key, *answer.distractors), str, item.id))
        right = answer.key
    elif isinstance(answer, Ordering):
        question += _list("ul", ranked(answer.parts, str, item.id))
        right = " \u2192 ".join(answer.parts)
    elif isinstance(answer, Magnitude):
        right = answer.shown
    reason = escape(item.reason)
    if isinstance(answer, OpenAnswer) and answer.weak:
        reason += Markup("<br><b>A weak answer</b> {}").format(answer.weak)
    cited = f"{subject.title}, {item.where.text}" + (f". Source: {item.source.text}" if item.source else "")
    return question, _picture(item, subject), escape(right or RUNGS[item.kind]), reason, escape(cited)


def _list(tag: str, parts: Sequence[str]) -> Markup:
    lines = Markup("").join(Markup("<li>{}</li>").format(part) for part in parts)
    return Markup("<{0}>{1}</{0}>").format(tag, lines)


def _picture(item: PracticeItem, subject: Subject) -> Markup:
    """Show the drawing, with the hidden box covered."""
    if item.drawing is None:
        return Markup("")
    view = next(view for view in subject.views if view.slug == item.drawing.view)
    box = next((node.box for node in view.nodes if node.id == item.drawing.hidden), None)
    cover = Markup("")
    if box is not None:
        sides = (
            ("left", box.x / view.width),
            ("top", box.y / view.height),
            ("width", box.width / view.width),
            ("height", box.height / view.height),
        )
        style = ";".join(f"{side}:{share:.2%}" for side, share in sides)
        cover = Markup('<div class="h" style="{}">?</div>').format(style)
    name = f"archfolio-{subject.slug}-{view.slug}.svg"
    return Markup('<div class="p"><img src="{}" alt="{}">{}</div>').format(name, view.title, cover)


def _package(deck: genanki.Deck, media: Mapping[str, bytes]) -> bytes:
    """Zip a database and its media; what genanki takes from the clock is taken from the deck's id."""
    time = _EPOCH + deck.deck_id % _SPAN
    connection = sqlite3.connect(":memory:")
    try:
        genanki.Package(deck).write_to_db(connection.cursor(), float(time), itertools.count(time * 1000))
        connection.commit()
        database = connection.serialize()
    finally:
        connection.close()
    names = json.dumps({str(number): name for number, name in enumerate(media)})
    entries = {"collection.anki2": database, "media": names.encode()}
    entries |= {str(number): content for number, content in enumerate(media.values())}
    return zip_archive(entries)
