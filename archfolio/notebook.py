"""A view that shows itself at the end of a notebook's cell.

As HTML the drawing is part of the page, so that it is light or dark as the page is, and not as the system is.
The command line draws it, as a program of its own: a module here knows nothing of how drawings are made, and a kernel,
which has threads, is no place for worker processes.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
import sys
import tempfile
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from archfolio.views import View

_SVG = "http://www.w3.org/2000/svg"
_PROGRAM = "archfolio"
_SCALE = 2  # pixels of the PNG a CSS pixel
_SECONDS = 120


def mimebundle(view: View) -> tuple[dict[str, str], dict[str, Any]]:
    """Return a view as Jupyter wants it: HTML, SVG, PNG and words, and how large and what the pictures are.

    A view that cannot be drawn is words alone, which say why.
    """
    file = Path(view.file)
    if not file.is_file():
        why = f"the view '{view.slug}' is defined in a cell: put it into a file, and import it from there"
        return {"text/plain": why}, {}
    try:
        drawn = _drawn(str(file), file.stat().st_mtime_ns)
    except (OSError, subprocess.SubprocessError, _NotDrawn) as error:
        return {"text/plain": f"the view '{view.slug}' cannot be shown: {error}"}, {}
    if view.slug not in drawn:
        return {"text/plain": f"the view '{view.slug}' cannot be shown: run archfolio render {file}"}, {}
    svg, png = drawn[view.slug]
    words = _description(svg) or view.title
    data = {
        "text/html": _inline(svg.decode(), words),
        "image/svg+xml": svg.decode(),
        "image/png": base64.b64encode(png).decode("ascii"),
        "text/plain": words,
    }
    width, height = (int.from_bytes(png[at : at + 4], "big") // _SCALE for at in (16, 20))
    return data, {"image/png": {"width": width, "height": height, "alt": words}, "image/svg+xml": {"alt": words}}


def _inline(svg: str, words: str) -> str:
    """Return a drawing as a part of a page, no wider than the page, named by what it shows."""
    drawing = re.sub(r' aria-labelledby="[^"]*"', "", svg.strip(), count=1)
    shown = f'<svg style="max-width:100%;height:auto" aria-label="{escape(words)}" '
    return drawing.replace("<svg ", shown, 1)


def _description(svg: bytes) -> str:
    """Read what a drawing says of itself, its figures put in."""
    return ET.fromstring(svg).findtext(f"{{{_SVG}}}desc", "")  # noqa: S314  we have drawn it


class _NotDrawn(Exception):  # noqa: N818  reads as a sentence
    """The command line drew no such view; it said why."""


@lru_cache(maxsize=16)
def _drawn(file: str, changed: int) -> dict[str, tuple[bytes, bytes]]:  # noqa: ARG001  part of the key
    """Draw the views of a file, once as long as it does not change, and return SVG and PNG of each."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which(_PROGRAM, path=beside) or shutil.which(_PROGRAM)
    if program is None:
        message = f"the command '{_PROGRAM}' is not installed"
        raise _NotDrawn(message)
    with tempfile.TemporaryDirectory(prefix="archfolio-") as folder:
        command = [program, "render", file, "--output", folder, "--scale", str(_SCALE)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603  our own
        found = {path.stem: path for path in sorted(Path(folder).glob("*.svg"))}
        if not found:
            raise _NotDrawn(done.stderr.strip() or f"{file} draws nothing")
        return {name: (path.read_bytes(), path.with_suffix(".png").read_bytes()) for name, path in found.items()}
