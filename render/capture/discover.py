"""Find the modules in a folder of systems and in its groups: from a folder to scripts.

A group is a folder in it: `blocks/` holds building blocks. In a group only files that speak of archfolio, or draw a
diagram, are modules: beside `diagrams` scripts there may be folders of tests, of helpers, of anything. A folder with an
`__init__.py` is a package that modules import, and no group.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Union

from archfolio.render.base.errors import EnvironmentProblem, UsageProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Folders = Union[Path, "Sequence[Path]"]
"""One folder of systems, or several."""

_DRAWS = re.compile(r"^@view\b|\bDiagram\(|^SYSTEM = |^BLOCK = ", re.MULTILINE)
_US = b"archfolio"
_DRAWS_PLAINLY = re.compile(rb"^[ \t]*(?:from|import)[ \t]+diagrams\b(?s:.*?)\bDiagram\(", re.MULTILINE)
_NOT_IN_AN_ADDRESS = re.compile(r"_|[^\w.]+")


@dataclass(frozen=True, slots=True)
class Script:
    """One Python file that draws; its slug is part of every address below it.

    It is the file's name, with dashes for what would have to be escaped in an address: "R&D #1.py" is "R-D-1".
    """

    path: Path  # absolute
    slug: str
    group: str = ""  # the folder below that of systems
    home: Path | None = None  # that folder of systems; None for a script by itself
    way: str = ""  # to that folder from the first one, where there are several

    @property
    def module(self) -> str:
        """Its path from the first folder of systems, as addresses write it."""
        return "/".join(part for part in (self.way, self.group, self.path.name) if part)

    @property
    def title(self) -> str:
        """What it is called unless it says so itself."""
        return self.path.stem.replace("_", " ").strip().capitalize()

    @property
    def folder(self) -> Path:
        """The folder of systems in which it stands, or its own."""
        return self.home or self.path.parent


def script(path: Path) -> Script:
    """Build a script from one file."""
    return Script(path.resolve(), _slug(path))


def _slug(path: Path) -> str:
    stem = os.fsencode(path.stem).decode("utf-8", "replace")  # a name that is not UTF-8 is refused with its module
    return _NOT_IN_AN_ADDRESS.sub("-", stem).strip("-") or "unnamed"


def folders_of(systems: Folders) -> tuple[Path, ...]:
    """Return the folders of systems, of which there may be several; the first is where paths begin."""
    return (systems,) if isinstance(systems, Path) else tuple(systems)


def discover(systems: Folders) -> tuple[Script, ...]:
    """List the modules of each folder by name, then those of its groups; a name with "_" or "." first is not for us.

    Raises EnvironmentProblem where there is no such folder or nothing in it, and UsageProblem where two files would
    have one address, or one stands too deep to be found.
    """
    first, *_ = folders_of(systems)
    found = [one for folder in folders_of(systems) for one in _in_folder(folder, first)]
    by_slug: dict[str, Script] = {}
    for one in found:
        other = by_slug.setdefault(one.slug, one)
        if other is not one:
            message = f"'{other.module}' and '{one.module}' have one address, '{one.slug}': rename one of them"
            raise UsageProblem(message)
    return tuple(found)


def _in_folder(folder: Path, first: Path) -> list[Script]:
    if not folder.is_dir():
        message = (
            f"there is no folder of systems at '{folder}': begin one with 'archfolio new NAME',"
            " name one with --systems FOLDER, or see ours with --examples"
        )
        raise EnvironmentProblem(message)
    way = "" if folder == first else PurePath(os.path.relpath(folder.resolve(), first.resolve())).as_posix()
    home = folder.resolve()

    def scripts(place: Path, group: str, paths: Iterable[Path]) -> Iterator[Script]:
        inside = place.resolve()  # once: it takes longer than all else that is done here
        for path in paths:
            yield Script(path.resolve() if path.is_symlink() else inside / path.name, _slug(path), group, home, way)

    found = [*scripts(folder, "", _modules(folder))]
    for group in sorted(filter(_is_group, folder.iterdir())):
        if why_closed(group):
            found += scripts(folder, "", [group])  # whoever runs it says so, as of a module that cannot be read
            continue
        found += scripts(group, group.name, filter(_speaks_of_us, _modules(group)))
        _refuse_depth(group)
    if not found:
        message = f"no system in '{folder}': a system is a Python file there whose name has no leading underscore"
        raise EnvironmentProblem(message)
    return found


def _refuse_depth(group: Path) -> None:
    """Refuse modules below a group that draw: they would be left out in silence."""
    for below in sorted(filter(_is_group, group.iterdir())):
        for path in () if why_closed(below) else _modules(below):
            if not path.is_file() or not _DRAWS.search(path.read_text(encoding="utf-8", errors="replace")):
                continue
            message = (
                f"'{group.name}/{below.name}/{path.name}' stands two folders deep, where no system is looked for:"
                f" move it to '{group.name}', rename '{below.name}' to '_{below.name}', or name it with --systems"
            )
            raise UsageProblem(message)


def _modules(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.glob("*.py")) if not path.name.startswith(("_", "."))]


def _speaks_of_us(path: Path) -> bool:
    try:
        text = path.read_bytes() if path.is_file() else b""  # a pipe would never end
    except OSError:
        return True  # whoever runs it says why it cannot be read
    return _US in text or bool(_DRAWS_PLAINLY.search(text))


def draws_nothing(folder: Path) -> bool:
    """Return whether there is Python in a folder, and none of it draws: it is a package for something else."""
    files = [path for path in sorted(folder.rglob("*.py")) if path.is_file() and path.stat().st_size]
    return bool(files) and not any(map(_speaks_of_us, files))


def _is_group(path: Path) -> bool:
    return not path.name.startswith(("_", ".")) and path.is_dir() and not os.path.exists(path / "__init__.py")  # noqa: PTH110  that of a path raises where the folder is closed


def why_closed(folder: Path) -> str:
    """Return why what is in a folder cannot be listed and read; "" where it can."""
    try:
        os.scandir(folder).close()
        (folder / "..").stat()  # listing takes one right, reaching what is in it another
    except OSError as error:
        return (error.strerror or str(error)).lower()
    return ""


def select(scripts: Sequence[Script], slugs: Sequence[str]) -> tuple[Script, ...]:
    """Keep the scripts of these slugs, all where none is named, in the folder's order.

    Raises UsageProblem for a slug that is not there, with the nearest that is.
    """
    known = [one.slug for one in scripts]
    for slug in slugs:
        if slug not in known:
            import difflib  # noqa: PLC0415  mistakes are rare

            meant = _slug(Path(slug)) if slug.endswith(".py") else slug  # a shell completes paths
            near = difflib.get_close_matches(meant, known, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
            message = f"there is no system '{slug}'; {hint}"
            raise UsageProblem(message)
    return tuple(one for one in scripts if not slugs or one.slug in slugs)
