"""Is everything here that drawing needs? Each diagnosis with what to do about it."""

from __future__ import annotations

import os
import re
import shutil
import sys
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_OLDEST = (3, 11)
_REINSTALL = "install it again: pip install --force-reinstall archfolio"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing that was looked for."""

    what: str
    ok: bool
    found: str
    fix: str = ""  # one sentence, where it is not ok
    needed: bool = True  # else it is only good to have


def examine(output: Path, systems: tuple[Path, ...]) -> Iterator[Diagnosis]:
    """Look for everything in turn."""
    yield _python()
    yield _packages()
    yield _engine()
    yield _font()
    yield _systems(systems)
    yield _writable(output)
    yield _system_dot()
    yield _browser()


def _python() -> Diagnosis:
    found = ".".join(map(str, sys.version_info[:3]))
    return Diagnosis("Python", sys.version_info >= _OLDEST, found, "install Python 3.11 or newer")


def _packages() -> Diagnosis:
    """Look for each package that we require, extras aside; whether its version fits is for installers to see to."""
    names = [
        re.split(r"[^\w.-]", requirement, maxsplit=1)[0]
        for requirement in requires("archfolio") or []
        if "extra ==" not in requirement
    ]
    lacking = [f"{name} is missing" for name in names if not _is_installed(name)]
    return Diagnosis("Packages", not lacking, "; ".join(lacking) or f"{len(names)} are there", _REINSTALL)


def _is_installed(package: str) -> bool:
    try:
        return bool(version(package))
    except PackageNotFoundError:
        return False


def _engine() -> Diagnosis:
    from archfolio.render.layout.engine import Bundled, EngineMissing

    try:
        return Diagnosis("Graphviz", ok=True, found=Bundled().version())
    except EngineMissing as missing:
        return Diagnosis("Graphviz", ok=False, found="missing", fix=str(missing))


def _font() -> Diagnosis:
    try:
        from archfolio.render.model.font import FAMILY, Typeface, webfont

        webfont(frozenset("a"), Typeface())
    except Exception as error:  # noqa: BLE001  whatever a broken package raises
        return Diagnosis("Font", ok=False, found=str(error), fix=_REINSTALL)
    return Diagnosis("Font", ok=True, found=FAMILY)


def _systems(folders: tuple[Path, ...]) -> Diagnosis:
    from archfolio.render.base.errors import Problem
    from archfolio.render.capture.discover import discover

    try:
        return Diagnosis("Systems", ok=True, found=f"{len(discover(folders))} in {', '.join(map(str, folders))}")
    except Problem as problem:
        return Diagnosis("Systems", ok=False, found="none", fix=str(problem))


def _writable(output: Path) -> Diagnosis:
    """Ask about the folder, or where it would be made."""
    there = next(folder for folder in (output.resolve(), *output.resolve().parents) if folder.exists())
    fine = there.is_dir() and os.access(there, os.W_OK | os.X_OK)
    return Diagnosis("Output", fine, str(output), f"'{there}' cannot be written: choose another folder with --output")


def _system_dot() -> Diagnosis:
    found = shutil.which("dot")
    return Diagnosis(
        "dot program", bool(found), found or "none", "only `--engine dot` needs Graphviz installed", needed=False
    )


def _browser() -> Diagnosis:
    """Look for what the browser tests run in."""
    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    found = next((path for name in names if (path := shutil.which(name))), None)
    return Diagnosis("Browser", bool(found), found or "none", "only our own tests need Chromium", needed=False)
