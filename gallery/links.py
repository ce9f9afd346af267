"""Where every page and fragment lives, and which foreign addresses may become links."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Subject

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_SAFE_PATH = re.compile(r"[A-Za-z0-9._~/-]*")
_SAFE = re.compile(r"[A-Za-z0-9._~/:,-]*")  # what `quote` would leave as it is, and takes long over

INDEX = "index.html"
BLOCKS = "family-blocks"  # the section of the index with the building blocks
COMPONENTS = "components.html"
COMPARE = "compare.html"
NOT_FOUND = "404.html"
STUDY = "study.html"
PATHS = "paths.html"
REFERENCE = "reference.html"
SOURCES = "sources.html"
CONTENTS = "contents.html"
TAKEAWAYS = "study/takeaways.html"
INTERVIEW = "interview.html"
QUESTIONS = "questions.html"
MISTAKES = "mistakes.html"
MOCKS = "mocks.html"
PRACTICE = "practice.html"


@dataclass(frozen=True, slots=True)
class Link:
    """A text and the address it leads to, relative to the page that shows it."""

    text: str
    href: str


def root(path: str) -> str:
    """Climb from a page to the folder of the site: "" or "../"."""
    return "../" * path.count("/")


def page_of(subject: Subject) -> str:
    """Return the path of the page of a system, a building block or another subject."""
    return page(subject.folder, subject.slug)


def page(folder: str, slug: str) -> str:
    """Return the path of the page of a subject, by the folder of its kind."""
    return f"{folder}/{slug}.html"


def thumbnail_path(slug: str) -> str:
    """Return the path of the picture on a subject's card."""
    return f"thumbnails/{slug}.svg"


def drawing_script(slug: str, view: str) -> str:
    """Return the path of the script that holds a drawing, for pages that show it when it is wanted."""
    return f"drawings/{slug}/{view}.js"


def comparison_script(slug: str) -> str:
    """Return the path of the script that holds what is compared of a system."""
    return f"compare/{slug}.js"


def component(key: str) -> str:
    """Return the path of a component's page; a key that is no good file name gets a readable, unique one."""
    name = _UNSAFE.sub("-", key).strip(".-") or "unnamed"
    if name != key:
        name = f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"
    return f"components/{name}.html"


def study(slug: str) -> str:
    """Return the path of the page of a topic or a cheat sheet."""
    return f"study/{slug}.html"


def sheet_file(slug: str, form: str) -> str:
    """Return the path of a cheat sheet as a file of a form, "svg" or "pdf"."""
    return f"study/{slug}.{form}"


def decision(number: int) -> str:
    """Return the id of a decision's row on its system's page, by its number from 0."""
    return f"decision-{number}"


def failure(number: int) -> str:
    """Return the id of a failure mode's row on its system's page, by its number from 0."""
    return f"failure-{number}"


def practice(slug: str) -> str:
    """Return the path of a system's practice page."""
    return f"practice/{slug}.html"


def practice_script(slug: str) -> str:
    """Return the path of the script that holds a system's questions."""
    return f"practice/questions/{slug}.js"


def practice_sheet(slug: str) -> str:
    """Return the path of a system's sheet to print."""
    return f"practice/sheets/{slug}.html"


def practice_deck(slug: str) -> str:
    """Return the path of a system's deck for Anki."""
    return f"practice/anki/{slug}.apkg"


def address(path: str) -> str:
    """Write a path as the relative address that leads to it."""
    return path if _SAFE_PATH.fullmatch(path) else quote(path, safe="/._-~")


def state(view: str, *, node: str = "", step: int = 0) -> str:
    """Name a place on a system's page: the id of its element, and after "#" the link to it.

    >>> state("serving", node="ranker")
    'view=serving&node=ranker'
    """
    parts = [f"view={_word(view)}"]
    if node:
        parts.append(f"node={_word(node)}")
    if step:
        parts.append(f"step={step}")
    return "&".join(parts)


def _word(text: str) -> str:
    return text if _SAFE.fullmatch(text) else quote(text, safe="-._~/:,")


def web(url: str) -> str:
    """Return an address of the web, or nothing where it is anything else, such as `javascript:`."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"https", "http"} and parts.netloc else ""


def query(**values: str) -> str:
    """Write the state of the index or of a comparison, as it stands after "#"."""
    return "&".join(f"{name}={quote(value, safe='')}" for name, value in values.items() if value)
