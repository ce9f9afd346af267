"""What the commands say on stderr: failures, and progress where somebody watches."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from archfolio.render.base.errors import Failure

_CLEAR_LINE = "\r\x1b[K"


def print_failures(failures: Iterable[Failure]) -> None:
    """Show each failure, after the traceback where the author's code raised."""
    for failure in failures:
        if failure.traceback:
            click.echo(failure.traceback.rstrip(), err=True)
        click.echo(click.style("failed: ", fg="red") + str(failure), err=True)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Count drawings on one line of a terminal; say nothing where nobody watches."""
    watched = sys.stderr.isatty()
    count = 0

    def advance(what: str) -> None:
        nonlocal count
        count += 1
        if watched:
            click.echo(f"{_CLEAR_LINE}{count} drawn: {what}", nl=False, err=True)

    try:
        yield advance
    finally:
        if watched and count:
            click.echo(_CLEAR_LINE, nl=False, err=True)
