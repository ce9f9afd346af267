"""Questions, drawings, what is compared and icons as scripts, which pages load when they want them, from disk too."""

from __future__ import annotations

import json
from base64 import b64encode
from typing import TYPE_CHECKING

import msgspec
from zlib_ng import zlib_ng

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

MOST_ELSEWHERE = 6  # subjects that a box links; the page of its component lists all of them
_COMPRESSION = 6  # zlib-ng's own choice


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
    """Write a drawing as a call that hands it to the page: the icons and styles that it uses, and its markup.

    They are packed, for the page of the subject has them as text: in base64 of what zlib makes of them they are a
    quarter. `icons` has the files of icons by id. Raises ValueError for a drawing that cannot be taken into a page, and
    whatever `read` raises.
    """
    drawing = taken_in(subject, view, read)
    packed = b64encode(zlib_ng.compress(f"{sprite([drawing], icons)}{drawing.markup}".encode(), _COMPRESSION))
    said = (f"{subject.slug}/{view.slug}", view.title, packed.decode("ascii"))
    return f"takeDrawing({json.dumps(said, ensure_ascii=False, separators=(',', ':'))[1:-1]});\n".encode()


def compared_script(system: System, catalog: Catalog) -> bytes:
    """Write what is compared of a system as a call that hands it to the page."""
    return _call("takeSystem", system.slug, compared(system, catalog))


def uses_script(catalog: Catalog) -> bytes:
    """Write where the components of the gallery stand as a call that hands it to the page that a box is chosen on.

    Of each component so many subjects that there are enough without the one whose page it is.
    """
    value = {
        key: {
            "count": len(uses),
            "first": [
                {
                    "slug": use.subject.slug,
                    "text": use.subject.title,
                    "as": f"as {use.node.name or use.node.id} in {use.view.title}",
                    "href": f"{links.page_of(use.subject)}#{links.state(use.view.slug, node=use.node.id)}",
                }
                for use in uses[: MOST_ELSEWHERE + 1]
            ],
        }
        for key, uses in sorted(catalog.first_uses.items())
    }
    return _call("takeUses", "uses", {"most": MOST_ELSEWHERE, "components": value})


def icons_script(icons: Mapping[str, str], read: Callable[[str], bytes]) -> bytes:
    """Write the files of icons, by the ids that these have in drawings, as a call that hands them to the page as data.

    From disk a page can show a file but not read it, and a picture that it copies must hold its icons.
    """
    data = {name: f"data:image/png;base64,{b64encode(read(path)).decode('ascii')}" for name, path in icons.items()}
    return f"takeIcons({json.dumps(data, separators=(',', ':'))});\n".encode()


def _call(name: str, key: str, value: object) -> bytes:
    plain = msgspec.to_builtins(value)
    return f"{name}({json.dumps(key)}, {json.dumps(plain, ensure_ascii=False, separators=(',', ':'))});\n".encode()
