"""What our own code and the packages below it are: hashes that change when they could change what a build writes."""

from __future__ import annotations

import os
import re
import sys
import zlib
from functools import cache
from pathlib import Path

from render.state import digest

_ROOT = Path(__file__).parent.parent
# fmt: off
_PACKAGES = (
    "archfolio", "brotli", "diagrams", "fontpkg-inter", "fonttools", "graphviz", "jinja2", "markupsafe",
    "msgspec", "numpy", "pillow", "pint", "pygments", "pygraphviz", "pypdfium2", "uharfbuzz", "zlib-ng",
)
# Files of `render` that no byte of a picture can hang on; whatever is not listed counts.
_NOT_PAINTED = (
    "codebase.py", "completion.py", "config.py", "discover.py", "doctor.py", "errors.py", "keep.py", "listing.py",
    "lock.py", "manifest.py", "outputs.py", "pipeline.py", "pipeline_pages.py", "placing.py", "plan.py", "readme.py",
    "reads.py", "record.py", "scaffold.py", "state.py", "studio.py", "talk.py", "verify.py", "workers.py", "write.py",
)
# fmt: on
_NOT_PAINTED_ROOMS = ("check/", "notes/", "serve/", "cli")
LAYING_OUT = frozenset(
    f"{name}.py"
    for name in (
        *("candidates", "dot", "drawn", "engine", "faults", "geometry", "grid", "labels", "layout", "nudge", "route"),
        *("segments", "style", "titles"),
    )
)
"""The files of `render` that decide where things go: `layout.py` and all that it imports."""


@cache
def painting_code() -> str:
    """Hash what can change the bytes of a picture besides its module: our drawing code and the packages."""
    painted = [
        (name, path)
        for name, path in _files("render", (".py",))
        if name not in _NOT_PAINTED and not name.startswith(_NOT_PAINTED_ROOMS)
    ]
    return _hash(painted + _authors_words())


@cache
def layout_code() -> str:
    """Hash what can change where the things of a graph are put, once each has its size."""
    graphviz = next(version for version in versions() if version.startswith("pygraphviz "))
    return _hash([(name, path) for name, path in _files("render", (".py",)) if name in LAYING_OUT], (graphviz,))


@cache
def all_code() -> str:
    """Hash what can change anything that a build writes; other files of a gallery's modules are theirs."""
    return _hash(_files("render", (".py",)) + _authors_words() + _files("gallery"))


def _authors_words() -> list[tuple[str, str]]:
    """List what modules are written with; the modules themselves are input."""
    return [(name, path) for name, path in _files("systems", (".py",)) if name.startswith("_")]


def _files(package: str, endings: tuple[str, ...] = ("",)) -> list[tuple[str, str]]:
    """List the files of a package by their path in it, sorted."""
    found: list[tuple[str, str]] = []
    top = str(_ROOT / package)
    for folder, inner, names in os.walk(top):
        inner[:] = [name for name in inner if name != "__pycache__"]
        inside = folder[len(top) + 1 :].replace(os.sep, "/")
        found += [(f"{inside}/{name}".lstrip("/"), f"{folder}/{name}") for name in names if name.endswith(endings)]
    return sorted(found)


def _hash(files: list[tuple[str, str]], below: tuple[str, ...] | None = None) -> str:
    """Hash files, and the versions of what they stand on: of everything, unless that is named."""
    contents: list[str | bytes] = []
    for name, path in files:
        with open(path, "rb") as file:  # noqa: PTH123  two hundred times in a build that does nothing else
            contents += [name, file.read()]
    return digest(*(versions() if below is None else below), *contents)


@cache
def versions() -> tuple[str, ...]:
    """Name the interpreter and the packages that bytes hang on, with their versions.

    The names of the `dist-info` folders say them; importlib.metadata would take longer than all else that an
    unchanged build does.
    """
    found: dict[str, str] = {}
    for place in sys.path:
        try:
            names = os.listdir(place or ".")  # noqa: PTH208  names are all that is wanted
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                package, _, version = name.removesuffix(".dist-info").partition("-")
                found.setdefault(re.sub(r"[-_.]+", "-", package).lower(), version)
    known = (f"{name} {found.get(name, 'missing')}" for name in sorted(_PACKAGES))
    return (f"Python {sys.version}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *known)
