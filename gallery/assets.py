"""The files that pages load: our own scripts and styles, and the fonts' style."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from importlib.resources.abc import Traversable

    from archfolio.gallery.manifest import Font

_SHIPPED = (".css", ".js", ".svg", ".txt")


def static_files() -> dict[str, bytes]:
    """Read everything in `gallery/static`, by its path below it. Nothing of the gallery reads but this file."""
    return dict(sorted(_walk(files("archfolio.gallery") / "static", "").items()))


def written_sources() -> Iterator[tuple[str, str]]:
    """Yield the text of each of our files that has words of pages in it, with its ending."""
    home = files("archfolio.gallery")
    for folder, ending in (("templates", "html"), ("static", "js"), ("pages", "py")):
        for entry in sorted((home / folder).iterdir(), key=lambda one: one.name):
            if entry.name.endswith(f".{ending}"):
                yield ending, entry.read_text(encoding="utf-8")


def font_style(fonts: Sequence[Font]) -> str:
    """Write the style sheet that loads the fonts of the drawings, from the folder below the site's."""
    rules = [
        f"@font-face{{font-family:{_string(font.family)};font-weight:{font.weight};font-display:swap;"
        f"src:url({_string('../' + font.path)}) format('woff2')}}\n"
        for font in fonts
    ]
    families = dict.fromkeys(_string(font.family) for font in fonts)
    rules += [f":root{{--family:{family}}}\n" for family in list(families)[:1]]
    return "".join(rules)


def _walk(folder: Traversable, below: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for entry in folder.iterdir():
        if entry.is_dir():
            found |= _walk(entry, f"{below}{entry.name}/")
        elif entry.name.endswith(_SHIPPED):
            found[below + entry.name] = entry.read_bytes()
    return found


def _string(text: str) -> str:
    escaped = "".join(f"\\{ord(char):x} " if char in "\"\\\n<>'" else char for char in text)
    return f'"{escaped}"'
