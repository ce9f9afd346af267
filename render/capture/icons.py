"""Find the pictures that nodes name, as Graphviz would and a little better, and keep those that will not stay."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import TYPE_CHECKING

import diagrams

from archfolio.render.base.errors import Failure
from archfolio.render.base.files import write
from archfolio.render.base.source_folders import AUTHORING
from archfolio.render.capture.import_path import our_path
from archfolio.render.model.name import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_READ_BY_GRAPHVIZ = frozenset({".png", ".jpg", ".jpeg", ".gif"})
_RESOURCES = f"{Path(diagrams.__file__).resolve().parent.parent / 'resources'}{os.sep}"
_SURE = (_RESOURCES, f"{AUTHORING / 'glyphs'}{os.sep}")  # folders in which every icon is one


class IconFinder:
    """Looks for the icons of one drawing, and collects warnings of those that are not there."""

    def __init__(self, what: str, script: Path, folders: Iterable[Path]) -> None:
        """Look in these folders, in turn; `what` is the drawing, as warnings name it."""
        self._what, self._script, self._folders = what, script, tuple(folders)
        self.warnings: list[Failure] = []
        self.found: dict[str, Path] = {}

    def __call__(self, name: str, label: str, line: int) -> Path | None:
        """Find a picture that a node names; None, and a warning, where there is none."""
        if name not in self.found:
            found = Path(name) if name.startswith(_SURE) else self._look_for(name, label, line)
            if found is None:
                return None
            self.found[name] = found
        return self.found[name]

    def _look_for(self, name: str, label: str, line: int) -> Path | None:
        found = self._find(name)
        owner = name_of(label) if label.strip() else "a node without a label"
        if found is None:
            self._warn(f"the icon '{name}' of '{owner}' is not there: correct its path", line)
        elif not _is_picture(found):
            self._warn(f"the icon '{name}' of '{owner}' is no picture that can be read: replace the file", line)
            return None
        return found

    def _warn(self, sentence: str, line: int) -> None:
        self.warnings.append(Failure(self._what, sentence, str(self._script), line))

    def _find(self, name: str) -> Path | None:
        wanted = Path(os.path.expanduser(name.replace("\\", "/") if os.sep == "/" else name))  # noqa: PTH111  the home of nobody stays as it is
        places = [wanted] if wanted.is_absolute() else [folder.resolve() / wanted for folder in self._folders]
        # A folder that ".." leads out of need not be there.
        tried = dict.fromkeys(Path(os.path.normpath(place)) for place in places)
        with suppress(OSError, ValueError):  # a name that no file can have
            for path in tried:
                if path.is_file():
                    return path.resolve()
            for path in tried:
                near = _regardless_of_case(path)
                if near is not None:
                    return near
        return None


def _is_picture(path: Path) -> bool:
    with our_path():
        from archfolio.render.model.picture_files import is_picture  # noqa: PLC0415  few scripts bring pictures

        return is_picture(path)


def _regardless_of_case(path: Path) -> Path | None:
    """Find the one file of a path whose letters may be written large or small; None where there is none or several."""
    found = list(_matching(Path(path.anchor), path.parts[1:]))
    return found[0] if len(found) == 1 and found[0].is_file() else None


def _matching(folder: Path, parts: tuple[str, ...]) -> Iterator[Path]:
    if not parts:
        yield folder
        return
    first, *rest = parts
    if first == ".." or (folder / first).exists():
        yield from _matching(folder / first, tuple(rest))
        return
    with suppress(OSError):
        for entry in sorted(folder.iterdir()):
            if entry.name.casefold() == first.casefold():
                yield from _matching(entry, tuple(rest))


def kept(path: Path, content: bytes) -> Path:
    """Return a file that will still be there when the drawing is painted: the icon itself, or a copy of what it was."""
    with suppress(OSError):
        if path.read_bytes() == content:
            return path
    return _cached(content, path.suffix)


def _cached(content: bytes, suffix: str) -> Path:
    """Write a picture where it stays as long as the processes of this call."""
    copy = Path(get_temp_dir()) / "icons" / f"{hashlib.sha256(content).hexdigest()}{suffix}"
    write(copy, content)
    return copy


def for_graphviz(path: Path) -> Path:
    """Return a picture that Graphviz can show: the file itself, or a PNG of what it cannot read."""
    if path.suffix.lower() in _READ_BY_GRAPHVIZ:
        return path
    with our_path():
        from archfolio.render.model.icons import icon  # noqa: PLC0415  few pictures are vectors

        return _cached(icon(path).png, ".png")


def is_temporary(path: Path) -> bool:
    """Return whether an icon may be gone or changed when its script ends: all but those of the library may."""
    return not str(path).startswith(_RESOURCES)
