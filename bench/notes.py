"""A thousand notes, each with three blocks, as a team may have them that keeps its architecture beside its code."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NOTES = 1_000
BLOCKS = 3  # in each note
_FOLDERS = 10
_WORDS = ("A paragraph about a system that somebody wrote, with some words in it. " * 6 + "\n\n") * 2
_SETTINGS = """[tool.archfolio]
output = "{site}"

[tool.archfolio.notes]
url = "https://example.org/architecture/"
files = ["docs"]

[[tool.archfolio.sync]]
destination = "docs/assets"
"""


def write_notes(project: Path, site: Path, views: Sequence[str]) -> None:
    """Write a project whose notes show views ("feed-ranking/serving") of a build, each in its turn."""
    project.mkdir()
    (project / "pyproject.toml").write_text(_SETTINGS.format(site=site), encoding="utf-8")
    shown = cycle(views)
    for number in range(NOTES):
        folder = project / "docs" / f"part-{number % _FOLDERS}"
        folder.mkdir(parents=True, exist_ok=True)
        blocks = (f"{_WORDS}<!-- archfolio:begin {next(shown)} -->\n<!-- archfolio:end -->\n\n" for _ in range(BLOCKS))
        (folder / f"note-{number}.md").write_text(f"# Note {number}\n\n{''.join(blocks)}", encoding="utf-8")
