"""What our own code and the packages below it are: hashes that change when they could change what a build writes.

Those of pictures hang on what their bytes hang on, and on nothing else: the same drawing has the same hash on another
Python, and beside other versions of packages that have no say in it.
"""

from __future__ import annotations

import os
import re
import sys
import zlib
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.base.hashing import digest, read_file
from archfolio.render.base.source_folders import AUTHORING, GALLERY, RENDER

if TYPE_CHECKING:
    from pathlib import Path

# fmt: off
_PACKAGES = (
    "archfolio", "brotli", "diagrams", "fontpkg-inter", "graphviz", "jinja2", "latex2mathml",
    "markupsafe", "msgspec", "numpy", "pillow", "pygraphviz", "pypdfium2", "uharfbuzz", "zlib-ng",
)
# fmt: on
_OF_PICTURES = ("brotli", "fontpkg-inter", "pillow", "uharfbuzz")  # their fonts, widths of texts, icons
_OF_ENCODERS = ("pypdfium2", "zlib-ng")  # of what is no text: PNG and PDF
_PAINTING = ("base/counted.py", "model", "layout", "paint", "build/draw.py")


@cache
def painting_code() -> str:
    """Hash what can change the bytes of a picture besides its graph: our drawing code, fonts, and what makes icons.

    Graphviz is not in it: engines say their versions. Nor is what a graph is captured with: it is in the graph.
    """
    return _hash(_files(RENDER, _PAINTING), _versions(_OF_PICTURES))


@cache
def encoders() -> str:
    """Hash what can change the bytes of a PNG or PDF, while the SVG stays as it is."""
    return digest(*_versions(_OF_ENCODERS))


class DrawingCode(NamedTuple):
    """Hashes of what pictures are made with: fingerprints hang on them."""

    painting: str
    encoders: str


def drawing_code() -> DrawingCode:
    """Return the hashes of the code that is installed."""
    return DrawingCode(painting_code(), encoders())


@cache
def all_code() -> str:
    """Hash what can change anything that a build writes; other files of a gallery's modules are theirs."""
    return _hash([*_authoring(), *_files(RENDER, ("",)), *_files(GALLERY, ("",))], versions())


def _authoring() -> list[tuple[str, str]]:
    """List what modules are written with; the modules themselves are input."""
    return sorted((name, f"{AUTHORING}/{name}") for name in os.listdir(AUTHORING) if name.endswith(".py"))  # noqa: PTH208  names


def _files(top: Path, rooms: tuple[str, ...]) -> list[tuple[str, str]]:
    """List the files of rooms, or single files, by their path below `top`, sorted."""
    found: list[tuple[str, str]] = []
    for room in rooms:
        start = f"{top}/{room}".rstrip("/")
        if room.endswith(".py"):
            found.append((room, start))
        for folder, inner, names in os.walk(start):
            inner[:] = [name for name in inner if name != "__pycache__"]
            found += [
                (f"{folder}/{name}"[len(str(top)) + 1 :].replace(os.sep, "/"), f"{folder}/{name}") for name in names
            ]
    return sorted(found)


def _hash(files: list[tuple[str, str]], below: tuple[str, ...]) -> str:
    """Hash files, and the versions of what they stand on."""
    contents: list[str | bytes] = []
    for name, path in files:
        contents += [name, read_file(path)]
    return digest(*below, *contents)


@cache
def versions() -> tuple[str, ...]:
    """Name the interpreter and the packages that a build hangs on, with their versions."""
    return (f"Python {sys.version}", f"zlib {zlib.ZLIB_RUNTIME_VERSION}", *_versions(_PACKAGES))


def ours() -> str:
    """Name archfolio with its version."""
    [named] = _versions(("archfolio",))
    return named


def _versions(packages: tuple[str, ...]) -> tuple[str, ...]:
    found = _installed()
    return tuple(f"{name} {found.get(name, 'missing')}" for name in sorted(packages))


@cache
def _installed() -> dict[str, str]:
    """Return the version of each package that is installed, by its normal name.

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
    return found
