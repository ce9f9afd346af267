"""Errors: ours are one sentence with the fix; those in an author's file show that file, its line and its traceback."""

from __future__ import annotations

from dataclasses import dataclass


class Problem(Exception):  # noqa: N818  the word a person reads
    """Something we can explain in one sentence, with the fix. The command line prints it and exits with `code`."""

    code = 1


class UsageProblem(Problem):
    """What was asked for cannot be asked for."""

    code = 2


class EnvironmentProblem(Problem):
    """The machine lacks something: a program, a folder, room on the disk."""

    code = 3


@dataclass(frozen=True, slots=True)
class Failure:
    """One drawing or one module that could not be had, while the others could."""

    what: str  # "feed-ranking" or "feed-ranking/serving"
    sentence: str
    file: str = ""
    line: int = 0
    traceback: str = ""  # of the author's code, empty where it would say no more than the sentence

    def __str__(self) -> str:
        """Read as `file:line: what: sentence`."""
        place = f"{self.file}:{self.line}: " if self.file and self.line else f"{self.file}: " if self.file else ""
        return f"{place}{self.what}: {self.sentence}"
