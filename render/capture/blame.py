"""Whose line an exception is: from what was raised to a failure at the author's file and line."""

from __future__ import annotations

import os
import sysconfig
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.author_error import AuthorError
from archfolio.render.base.errors import Failure
from archfolio.render.base.source_folders import RENDER, is_ours
from archfolio.render.capture.dot_parser import NotDot
from archfolio.render.capture.explain import Raised, explain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archfolio.render.capture.discover import Script

_OURS = f"{RENDER}{os.sep}"
_INSTALLED = tuple(f"{sysconfig.get_path(name)}{os.sep}" for name in ("purelib", "platlib", "stdlib"))

_NULL_BYTES = "source code string cannot contain null bytes"  # a SyntaxError from Python 3.11.4 on


def blame(error: BaseException, script: Script, what: str) -> Failure:
    """Return what went wrong in an author's file, at the last of the author's lines that ran."""
    if isinstance(error, AuthorError):
        return Failure(what, error.sentence, error.file, error.line)
    if isinstance(error, NotDot):
        return Failure(what, f"could not be read: {error}", str(script.path))
    return _no_python(error, script, what) or _raised_while_it_ran(error, script, what)


def _no_python(error: BaseException, script: Script, what: str) -> Failure | None:
    """Return what is wrong with a file that is no Python; None if it is, or one that it runs is not."""
    fix = "save it as text, in UTF-8"
    if isinstance(error, ValueError) and str(error) == _NULL_BYTES:
        return Failure(what, f"is not Python: {error}; {fix}", str(script.path))
    if isinstance(error, RecursionError | MemoryError) and not _own_frames(error, script):
        sentence = "is nested deeper than Python goes: take its longest expression apart"
        return Failure(what, sentence, str(script.path))
    if not isinstance(error, SyntaxError) or (error.filename or "").startswith("<"):
        return None
    if error.lineno and "codec can't decode" not in error.msg:
        fix = "correct this line, or the one above it"
    quoted = "".join(_only(error)) if error.lineno else ""
    return Failure(
        what, f"is not Python: {error.msg}; {fix}", error.filename or str(script.path), error.lineno or 0, quoted
    )


def _raised_while_it_ran(error: BaseException, script: Script, what: str) -> Failure:
    """Return what a file's own code raised: what it means where that is known, else its words and its traceback."""
    frames = _frames(error)
    own = _own_frames(error, script)
    line = own[-1].lineno or 0 if own else 0
    if isinstance(error, ImportError) and (error.name or "").partition(".")[0] == "systems":  # where our names were
        sentence = "nothing can be imported from 'systems': write 'from archfolio import ...' with the same names"
        return Failure(what, sentence, str(script.path), line)
    place = next((frame for frame in reversed(frames) if _is_authors(frame.filename, script)), None)
    if place and (sentence := explain(_raised(error, place))):
        return Failure(what, sentence, place.filename, place.lineno or 0)
    said = " ".join(str(error).split())
    sentence = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if own and (elsewhere := _elsewhere(frames, script)):
        sentence = f"{sentence}, at {elsewhere}"
    # From the author's first line on: what ran the module is not the author's business.
    shown = frames[frames.index(own[0]) :] if own else [one for one in frames if not one.filename.startswith("<")]
    text = "".join(["Traceback (most recent call last):\n", *traceback.format_list(shown), *_only(error)])
    return Failure(what, sentence, str(script.path), line, text)


def _frames(error: BaseException) -> list[traceback.FrameSummary]:
    """Return the frames of a traceback that are not ours."""
    return [frame for frame in traceback.extract_tb(error.__traceback__) if not frame.filename.startswith(_OURS)]


def _own_frames(error: BaseException, script: Script) -> list[traceback.FrameSummary]:
    return [frame for frame in _frames(error) if frame.filename == str(script.path)]


def _elsewhere(frames: Sequence[traceback.FrameSummary], script: Script) -> str:
    """Return the place in another file of the project that raised, seen from the script; empty where it was its own."""
    theirs = [one for one in frames if _is_of_project(one.filename)]
    if not theirs or theirs[-1].filename == str(script.path):
        return ""
    return f"{os.path.relpath(theirs[-1].filename, script.path.parent)}:{theirs[-1].lineno}"


def _is_of_project(file: str) -> bool:
    """Return whether a file is neither installed nor ours; what a compiled library was made of is not there at all."""
    path = Path(file)
    return not file.startswith((*_INSTALLED, "<")) and path.is_file() and not is_ours(path)


def _is_authors(file: str, script: Script) -> bool:
    """Return whether a file is the script, or one that stands beside or below it."""
    return file == str(script.path) or (
        Path(file).is_relative_to(script.path.parent) and not file.startswith((*_INSTALLED, "<"))
    )


def _raised(error: BaseException, place: traceback.FrameSummary) -> Raised:
    steps = list(traceback.walk_tb(error.__traceback__))
    at = [index for index, (frame, _) in enumerate(steps) if frame.f_code.co_filename == place.filename]
    names: Iterable[str] = ()
    if at:
        frame = steps[at[-1]][0]
        names = (*frame.f_locals, *frame.f_globals)
    try:
        text = Path(place.filename).read_text(encoding="utf-8", errors="replace")
    except OSError:
        text = ""
    known = frozenset(name for name in names if not name.startswith("_"))
    return Raised(error, text, place.lineno or 0, known, is_direct=bool(at) and at[-1] == len(steps) - 1)


def _only(error: BaseException) -> list[str]:
    return traceback.format_exception_only(type(error), error)
