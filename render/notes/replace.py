"""Replace a person's file: whole or not at all, with its mode, through its link, and only if it is still as read."""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress
from typing import TYPE_CHECKING

from render.errors import EnvironmentProblem

if TYPE_CHECKING:
    from pathlib import Path


def replace(path: Path, before: bytes, after: bytes) -> bool:
    """Write a file that was read before; tell whether it was, which it is not if it has changed since.

    Raises EnvironmentProblem, with what was there still whole, where it cannot be written.
    """
    real = path.resolve()
    try:
        mode = stat.S_IMODE(real.stat().st_mode)
        handle, name = tempfile.mkstemp(prefix=f".{real.name}.", suffix=".part", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(after)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(name, mode)  # noqa: PTH101
            unchanged = real.read_bytes() == before
            if unchanged:
                os.replace(name, real)  # noqa: PTH105
            return unchanged
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)  # noqa: PTH108
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EnvironmentProblem(
            f"cannot write '{path}': {reason}; it is as it was, mend this and run again"
        ) from error
