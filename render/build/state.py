"""What the last build was made of, so that the next one does only what changed. By content, never by time.

Kept as `.archfolio.json` in the output folder. A state that is missing or damaged is no state: everything is made
again. Nothing here imports what draws, nor more than the standard library, so that an unchanged build costs next to
nothing.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".archfolio.json"
RECORD = "manifest.json"  # is `manifest.NAME`, for those that can do without the rest of it


class ModuleState(NamedTuple):
    """What one module's part of a build hung on, and what was made of it."""

    source: str  # hash of its file, UNKNOWN to have it run again
    reads: dict[str, str] = {}  # what it read, by path from the folder of modules  # noqa: RUF012  nobody changes it
    makes: list[str] = []  # its pictures and icons, in the output folder  # noqa: RUF012  nobody changes it
    own_parts: list[str] = []  # its components with icons of its own, which another module may have too  # noqa: RUF012  nobody changes it
    failed: bool = False  # then it is tried again


class BuildState(NamedTuple):
    """What a build was made of, and what it wrote."""

    code: str = ""
    options: str = ""
    site: str = ""
    modules: dict[str, ModuleState] = {}  # by slug  # noqa: RUF012  nobody changes it
    files: dict[str, str] = {}  # path in the output folder to hash  # noqa: RUF012  nobody changes it
    finished: bool = False  # else a build was cut short, and there may be files of ours that are not listed
    systems: int = 0
    views: int = 0
    study: str = ""  # hash of what is said of how to study the systems


def load_state(folder: Path) -> BuildState:
    """Read the state of a folder; an empty one where there is none that can be used."""
    try:
        said = json.loads((folder / NAME).read_bytes())
        modules = {slug: ModuleState(**module) for slug, module in said.pop("modules", {}).items()}
        state = BuildState(**said, modules=modules)
        return state if _is_whole(state) else BuildState()
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return BuildState()


def encode_state(state: BuildState) -> bytes:
    """Write a state as JSON; laid out it would take ten times as long to write."""
    modules = {slug: module._asdict() for slug, module in state.modules.items()}
    return json.dumps(state._asdict() | {"modules": modules}, sort_keys=True).encode() + b"\n"


def _is_whole(state: BuildState) -> bool:
    """Return whether everything in a state is of its type; JSON may say anything."""
    return (
        _are(str, state.code, state.options, state.study, state.site, *state.files.values())
        and _are(int, state.systems, state.views)
        and _are(bool, state.finished)
        and all(
            _are(str, one.source, *one.reads.values(), *one.makes, *one.own_parts)
            and _are(list, one.makes, one.own_parts)
            and _are(bool, one.failed)
            for one in state.modules.values()
        )
    )


def _are(kind: type, *values: Any) -> bool:
    return set(map(type, values)) <= {kind}
