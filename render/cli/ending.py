"""How a run ends: with streams that are closed, broken or full, by a signal, and with the codes that each has."""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from archfolio.render.base.errors import EnvironmentProblem, Problem

if TYPE_CHECKING:
    from collections.abc import Callable

_ENVIRONMENT = EnvironmentProblem.code
_SHOWN = 200  # characters of a path in a sentence
_BY_SIGNAL = 128  # what shells add to the number of a signal
_NOBODY_READS = _BY_SIGNAL + getattr(signal, "SIGPIPE", 13)


def run_to_the_end(command: Callable[[], Any]) -> None:
    """Run a command and exit: a problem we can explain is one sentence, and a signal leaves whole what is whole."""
    received = _Signals()
    stdout = sys.stdout
    code: int | str | None = 0
    try:
        command()
        sys.stdout.flush()
    except (click.exceptions.Abort, KeyboardInterrupt):
        _tell("stopped; what was finished is kept")
        code = _BY_SIGNAL + (received.number or signal.SIGINT)
    except click.ClickException as error:
        with suppress(OSError):
            error.show()
        code = error.exit_code
    except Problem as problem:
        _tell(f"archfolio: {problem}")
        code = problem.code
    except BrokenPipeError:  # whoever read our output has enough, as `head` has
        code = _NOBODY_READS
    except OSError as error:
        _tell(f"archfolio: {_sentence(error)}")
        code = _ENVIRONMENT
    except SystemExit as stop:
        code = stop.code if sys.stdout is stdout else _NOBODY_READS  # click has put one in its place that says nothing
    finally:
        code = code if _flush() else code or _ENVIRONMENT
    gc.freeze()  # Python would go through all objects once more, which takes a sixth of an unchanged build
    sys.exit(code)


def _sentence(error: OSError) -> str:
    try:
        os.getcwd()  # noqa: PTH109  tried, and not wanted
    except OSError:
        return "the working folder is gone: change to one that is there"
    reason = (error.strerror or str(error)).lower()
    name = os.fsdecode(error.filename) if isinstance(error.filename, str | bytes | os.PathLike) else ""
    shown = name if len(name) <= _SHOWN else f"{name[:_SHOWN]}..."
    return f"cannot use '{shown}': {reason}" if name else f"cannot write the result: {reason}"


class _Signals:
    """Turns SIGTERM and SIGHUP into what Ctrl-C is, so that what was begun is cleared up; the second one is ignored."""

    def __init__(self) -> None:
        self.number = 0
        for name in ("SIGTERM", "SIGHUP"):
            known = getattr(signal, name, None)
            if known is not None and signal.getsignal(known) is signal.SIG_DFL:
                with suppress(ValueError):  # not in the main thread: somebody runs us as a library
                    signal.signal(known, self._stop)

    def _stop(self, number: int, _: object) -> None:
        self.number = number
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt


def _tell(sentence: str) -> None:
    with suppress(OSError):
        click.echo(sentence, err=True)


def _flush() -> bool:
    """Write out what is left; where that cannot be done lead it nowhere, or Python complains of it at the very end."""
    done = True
    for number, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            stream.flush()
        except (OSError, ValueError):
            done = False
            with suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), number)
    return done
