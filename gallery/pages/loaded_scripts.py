"""Questions, drawings, what is compared and icons as scripts, which pages load when they want them, from disk too."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import links
from archfolio.gallery.manifest import System
from archfolio.gallery.pages.compare import compared
from archfolio.gallery.pages.drawings import taken_in
from archfolio.gallery.practice.mock_round import mock_round
from archfolio.gallery.svg.inline import sprite

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject, View
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


def view_script(subject: Subject, view: View, read: Callable[[str], str], icons: Mapping[str, str]) -> bytes:
    """Write a drawing as a call that hands it to the page: its markup, and the icons and styles that it uses.

    `icons` has the files of icons by id. Raises ValueError for a drawing that cannot be taken into a page, and whatever
    `read` raises.
    """
    drawing = taken_in(subject, view, read)
    said = (f"{subject.slug}/{view.slug}", view.title, drawing.markup, sprite([drawing], icons))
    return f"takeDrawing({','.join(map(_literal, said))});\n".encode()


def compared_script(system: System, catalog: Catalog) -> bytes:
    """Write what is compared of a system as a call that hands it to the page."""
    return _call("takeSystem", system.slug, compared(system, catalog))


def icons_script(icons: Mapping[str, str], read: Callable[[str], bytes]) -> bytes:
    """Write the files of icons, by the ids that these have in drawings, as a call that hands them to the page as data.

    From disk a page can show a file but not read it, and a picture that it copies must hold its icons.
    """
    data = {name: f"data:image/png;base64,{b64encode(read(path)).decode('ascii')}" for name, path in icons.items()}
    return f"takeIcons({json.dumps(data, separators=(',', ':'))});\n".encode()


_ESCAPES = (("\\", r"\\"), ("'", r"\'"), ("\n", r"\n"), ("\r", r"\r"), ("\u2028", r"\u2028"), ("\u2029", r"\u2029"))


def _literal(text: str) -> str:
    """Write a text as JavaScript has it between single quotes, of which markup has none."""
    said = str(text)  # a plain one, also of markup, which would be escaped anew by each step
    for sign, escape in _ESCAPES:  # a tenth of the time that `str.translate` takes for texts of this length
        said = said.replace(sign, escape)
    return f"'{said}'"


def _call(name: str, key: str, value: object) -> bytes:
    plain = msgspec.to_builtins(value)
    return f"{name}({json.dumps(key)}, {json.dumps(plain, ensure_ascii=False, separators=(',', ':'))});\n".encode()
