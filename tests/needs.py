"""What tests want of the machine."""

from __future__ import annotations

import os

import pytest


def missing(what: str) -> None:
    """Skip where a person works, fail where everything has to be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what}: CI needs it")
    pytest.skip(what)
