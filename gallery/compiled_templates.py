"""Templates that one process has compiled, left for the others: all of them take as long as a drawing."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from typing import TYPE_CHECKING

from jinja2 import FileSystemBytecodeCache

if TYPE_CHECKING:
    from pathlib import Path

    from jinja2.bccache import Bucket

_handed_on: list[Path] = []  # the folder, if any, in which they lie


def hand_on_templates(folder: Path) -> None:
    """Have the processes that are told the same folder compile each template once."""
    _handed_on[:] = [folder]


def handed_on_templates(site: bytes) -> FileSystemBytecodeCache | None:
    """Return what is handed on of a site, given as JSON, whose language its templates are in."""
    return _Compiled(str(_handed_on[0]), f"{hashlib.sha256(site).hexdigest()}-%s") if _handed_on else None


class _Compiled(FileSystemBytecodeCache):
    def dump_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError):  # the others compile it themselves
            super().dump_bytecode(bucket)
