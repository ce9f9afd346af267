"""Programs that read notes, and what of a page they show."""

import os
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest

PATH = os.pathsep.join([os.environ["PATH"], *filter(None, [os.environ.get("READERS")])])


def reader(name: str) -> str:
    """Find a program, or skip the test."""
    found = shutil.which(name, path=PATH)
    if not found:
        pytest.skip(f"{name} is not installed")
    return found


def read(command: list[str | Path], text: str = "", cwd: Path | None = None) -> str:
    """Run a reader; it must have nothing to complain about that makes it fail."""
    done = subprocess.run(command, input=text, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr + done.stdout
    return done.stdout


class Page(HTMLParser):
    """The pictures of a page, each with the address it links to, and the page's text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.words: list[str] = []
        self._links: list[str | None] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._links.append(dict(attrs).get("href"))
        if tag in {"img", "embed", "object"}:
            self.images.append({**dict(attrs), "link": self._links[-1] if self._links else None})

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            self._links.pop()

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())
