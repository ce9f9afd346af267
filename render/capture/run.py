"""Run a file as the program that it is."""

from __future__ import annotations

import ast
import os
import re
import runpy
import sys
import threading
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import spawn
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any, NoReturn

from archfolio.render.capture.import_path import our_path
from archfolio.render.capture.replaced import replaced
from archfolio.render.capture.syntax import parsed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from contextlib import AbstractContextManager

_ASKS_WHICH_PROCESS = re.compile(rb"__name__|current_process|parent_process")
_FROM_A_DOT = re.compile(rb"from[\s\\]+\.")  # a text may say it too; it takes long to parse a file for it


@dataclass(frozen=True, slots=True)
class Outcome:
    """The names that a program leaves behind, and what ended it, if it did not end by itself."""

    namespace: dict[str, object]
    error: BaseException | None

    @property
    def missed_a_file(self) -> bool:
        """Whether it looked for a file, by a path from its working folder, that is not there."""
        error = self.error
        return isinstance(error, FileNotFoundError) and not Path(os.fsdecode(error.filename or os.sep)).is_absolute()


def _project_root(folder: Path) -> Path:
    """Return the folder of the repository or project around a folder; without any that of the package that it is in."""
    around = (one for one in folder.parents if (one / "pyproject.toml").is_file() or (one / ".git").exists())
    above = (one for one in folder.parents if not (one / "__init__.py").is_file())
    return next(around, None) or next(above, folder.parent)


def _import_roots(folder: Path, home: Path) -> list[Path]:
    """List where a module's imports are looked for last: up to the project's root, and in its `src/`."""
    above = [one for one in folder.parents if one.is_relative_to(home)]
    return [*above, home / "src"]


def _imports_relatively(path: Path) -> bool:
    """Return whether a file has an import that begins with a dot; what cannot be read has none."""
    content = path.read_bytes()
    if not _FROM_A_DOT.search(content):
        return False
    tree = parsed(content)
    return any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree)) if tree else False


def _run_in_package(path: Path, package: str) -> dict[str, object]:
    """Run a file as a program that belongs to a package, so that `from ._shared import x` finds its neighbours."""
    program = ModuleType("__main__")
    program.__file__, program.__package__ = str(path), package
    sys.modules["__main__"] = program
    code = compile(path.read_bytes(), str(path), "exec")
    exec(code, vars(program))  # noqa: S102  a module of an author's is run: that is what this is for
    return vars(program)


def run_script(path: Path, folder: Path, arguments: Sequence[str]) -> Outcome:
    """Run a file in a folder, with the arguments of a command line, and wait for the threads that it starts."""
    os.chdir(folder)
    home = _project_root(path.parent)
    sys.path.insert(0, str(path.parent))
    sys.path += [str(one) for one in _import_roots(path.parent, home)]
    sys.argv = [str(path), *arguments]
    before = set(threading.enumerate())
    try:
        package = ".".join(path.parent.relative_to(home).parts)
        with _exit_unwinds(), _no_processes_without_end(path):
            if package and _imports_relatively(path):
                namespace = _run_in_package(path, package)
            else:
                namespace = runpy.run_path(str(path), run_name="__main__")
    except SystemExit as stop:
        is_well = stop.code in (None, 0)
        return Outcome(_names_at(stop, path) if is_well else {}, None if is_well else stop)
    except BaseException as error:  # noqa: BLE001  an author's module may raise anything
        return Outcome({}, error)
    finally:
        for thread in threading.enumerate():
            if thread not in before and not thread.daemon:
                thread.join()
    return Outcome(namespace, None)


@contextmanager
def _exit_unwinds() -> Iterator[None]:
    """Let `os._exit` end the program as `sys.exit` does: its process also holds what was drawn.

    In processes that the program forks, and in its threads, it is what it was.
    """
    end_process, process, thread = os._exit, os.getpid(), threading.get_ident()

    def end(status: int) -> NoReturn:
        if (os.getpid(), threading.get_ident()) != (process, thread):
            end_process(status)
        raise SystemExit(status)

    os._exit = end
    try:
        yield
    finally:
        os._exit = end_process


def _no_processes_without_end(path: Path) -> AbstractContextManager[None]:
    """Refuse to start a process that runs the file again, where nothing in the file keeps that from starting another.

    Python would refuse it in the new process, and the file would wait for that for ever.
    """
    prepare = spawn.get_preparation_data

    def prepare_if_it_ends(name: str) -> dict[str, Any]:
        stack = traceback.walk_stack(None)
        lines = [line for frame, line in stack if frame.f_code.co_filename == str(path)]
        if lines and not _may_end(path.read_bytes(), lines):
            with our_path():
                from archfolio.author_error import AuthorError  # noqa: PLC0415  most files start none
            sentence = (
                "starts a process, which runs this file from its beginning, and so starts another one:"
                " write what draws, and what starts processes, below 'if __name__ == \"__main__\":'"
            )
            raise AuthorError(sentence, (str(path), lines[0]))
        return prepare(name)

    return replaced(spawn, "get_preparation_data", prepare_if_it_ends)


def _may_end(content: bytes, lines: Sequence[int]) -> bool:
    """Return whether a file that runs at these lines may not come to them in another process: it asks which it is in.

    It may ask anything, as the environment: so one of the lines stands below an `if`.
    """
    if _ASKS_WHICH_PROCESS.search(content):
        return True
    tree = parsed(content)
    conditions = [node for node in ast.walk(tree) if isinstance(node, ast.If)] if tree else []
    return any(node.lineno <= line <= (node.end_lineno or line) for node in conditions for line in lines)


def _names_at(stop: SystemExit, path: Path) -> dict[str, object]:
    """Return the names of a file at the moment when it ended itself."""
    frames = (frame for frame, _ in traceback.walk_tb(stop.__traceback__))
    return next((frame.f_globals for frame in frames if frame.f_code.co_filename == str(path)), {})
