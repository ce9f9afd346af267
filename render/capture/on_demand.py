"""Pictures that a script uses after it has drawn them: they are made when the script first looks for them.

Plain Python writes a picture at the end of each block; we draw later, elsewhere and in other processes. A script that
opens, copies, moves or asks for its picture finds it under the name that it expects; what is left of those when the
script ends is taken away again, and what stood there before is put back.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archfolio.render.capture.replaced import replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import FrameType

    from archfolio.render.model.drawing import Drawing

    Painter = Callable[[Drawing, str], bytes]
    """Paint the picture of a drawing in a format."""

_OF_ONE_FILE = frozenset({"open", "os.remove", "os.rename", "os.link", "os.symlink", "os.chmod", "shutil.copyfile"})
_OF_A_FOLDER = frozenset({"os.listdir", "os.scandir"})
_OF_A_PROGRAM = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"})


class PicturesOnDemand:
    """The pictures that a script may look for."""

    def __init__(self, paint: Painter | None) -> None:
        """Paint pictures with `paint`; without it there are none."""
        self._paint = paint
        self._expected: dict[str, tuple[Drawing, str]] = {}  # by absolute path
        self._made: dict[str, tuple[bytes, bytes | None]] = {}  # what was put there, and what stood there before
        self._folders: list[Path] = []  # that were made for them, the innermost of each first
        self._is_busy = False
        self.is_watching = True

    def expect(self, drawing: Drawing, folder: Path) -> None:
        """Expect that the script looks for the pictures of a drawing that it made in a folder."""
        if self._paint is not None:
            for ending in drawing.formats:
                self._expected[_absolute(folder / f"{drawing.filename}.{ending}")] = drawing, ending

    def on_audit_event(self, event: str, args: tuple[Any, ...]) -> None:
        """Paint the pictures that are about to be looked for."""
        if not self._expected or self._is_busy:
            return
        if event in _OF_ONE_FILE:
            is_written = event == "open" and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR)
            if not is_written:
                self.look_for(args[0])
        elif event in _OF_A_FOLDER:
            folder = _absolute(args[0] if args[0] is not None else ".")
            self._make(path for path in self._expected if str(Path(path).parent) == folder)
        elif event in _OF_A_PROGRAM:
            self._make(self._expected)

    def look_for(self, name: Any) -> None:
        """Paint the picture of this name, if it is one."""
        path = _absolute(name)
        if path in self._expected and not self._is_busy:
            self._make([path])

    def _make(self, paths: Iterable[str]) -> None:
        self._is_busy = True
        try:
            for path in list(paths):
                drawing, ending = self._expected.pop(path)
                with suppress(Exception):  # the drawing fails once more when it is drawn, and is reported then
                    self._put(Path(path), self._paint(drawing, ending))  # type: ignore[misc]
        finally:
            self._is_busy = False

    def _put(self, path: Path, content: bytes) -> None:
        before = path.read_bytes() if path.is_file() else None
        missing = [folder for folder in path.parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        self._folders += missing
        path.write_bytes(content)
        self._made[str(path)] = content, before

    def take_away(self) -> None:
        """Leave every folder as it was, but for what the script itself made of its pictures."""
        self._expected.clear()
        for name, (content, before) in self._made.items():
            path = Path(name)
            with suppress(OSError):
                if path.is_file() and path.read_bytes() == content:
                    if before is None:
                        path.unlink()
                    else:
                        path.write_bytes(before)
        for folder in self._folders:
            with suppress(OSError):  # the script has put something into it
                folder.rmdir()


def _absolute(name: Any) -> str:
    if isinstance(name, (str, bytes, os.PathLike)):
        return os.path.abspath(os.fsdecode(name))  # noqa: PTH100  symbolic links are kept as they are written
    return ""  # a file that is open already


def _is_import(caller: FrameType) -> bool:
    """Return whether a folder is listed for a module, of a script's or of ours: nobody looks for a picture there."""
    return caller.f_code.co_filename.startswith("<frozen importlib")


@contextmanager
def pictures_on_demand(paint: Painter | None) -> Iterator[PicturesOnDemand]:
    """Paint the pictures that are looked for, for as long as the block lasts."""
    pictures = PicturesOnDemand(paint)
    if paint is None:
        yield pictures
        return
    stat = os.stat

    def hook(event: str, args: tuple[Any, ...]) -> None:
        if pictures.is_watching and not (event in _OF_A_FOLDER and _is_import(sys._getframe(1))):
            pictures.on_audit_event(event, args)

    def watched_stat(path: Any, *args: Any, **kwargs: Any) -> os.stat_result:
        pictures.look_for(path)
        return stat(path, *args, **kwargs)

    sys.addaudithook(hook)  # there is no way to take it out again
    try:
        with replaced(os, "stat", watched_stat):  # of which no hook is told
            yield pictures
    finally:
        pictures.is_watching = False
        pictures.take_away()
