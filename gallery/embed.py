"""What to paste into a note, a document or slides to show a drawing there, by target."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from gallery.quotes import one_line

if TYPE_CHECKING:
    from render.manifest import File, View

_WIDTH = 820
_LATEX = {char: f"\\{char}" for char in "&%$#_{}"} | {
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\\": r"\textbackslash{}",
}


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text for one target, and a word on how to use it."""

    target: str
    text: str
    hint: str


def snippets(view: View) -> tuple[Snippet, ...]:
    """Write the snippets of a view, for the targets that can show the files it has."""
    alt = one_line(view.alt) or view.title
    svg, png, pdf = (_path(view.files, name) for name in ("svg", "png", "pdf"))
    made = [*_vector(svg, alt), *_print(pdf or png, alt, view.caption or view.title)]
    if png:
        made.append(Snippet("Slides, Notion, Slack", png, "These take PNG: insert or upload this file."))
    return tuple(made)


def _vector(path: str, alt: str) -> tuple[Snippet, ...]:
    if not path:
        return ()
    name = path.rsplit("/", 1)[-1]
    beside = "Copy the file beside the note, or write its path from there."
    markdown = re.sub(r"([\\\[\]*_`<>])", r"\\\1", alt)
    return (
        Snippet("Markdown", f"![{markdown}]({path})", beside),
        Snippet("HTML", f'<img src="{escape(path)}" width="{_WIDTH}" alt="{escape(alt)}">', beside),
        Snippet("Obsidian", f"![[{name}|{_WIDTH}]]", "Put the file into the vault."),
        Snippet("reStructuredText", f".. figure:: {path}\n   :width: {_WIDTH}px\n   :alt: {alt}", beside),
        Snippet("MyST", f"```{{figure}} {path}\n:width: {_WIDTH}px\n:alt: {alt}\n```", beside),
        Snippet("Org", f"#+ATTR_HTML: :width {_WIDTH}px\n[[file:{path}]]", beside),
    )


def _print(path: str, alt: str, caption: str) -> tuple[Snippet, ...]:
    if not path:
        return ()
    typst, words = (text.replace("\\", "\\\\").replace('"', '\\"') for text in (alt, one_line(caption)))
    tex = "".join(_LATEX.get(char, char) for char in caption)
    return (
        Snippet("Typst", f'#figure(image("{path}", width: 100%, alt: "{typst}"), caption: "{words}")', ""),
        Snippet(
            "LaTeX",
            "\\begin{figure}\n"
            f"  \\includegraphics[width=\\linewidth]{{{path}}}\n"
            f"  \\caption{{{tex}}}\n"
            "\\end{figure}",
            "",
        ),
    )


def _path(files: list[File], kind: str) -> str:
    """Return the light or self-adapting file of a format, the finest one."""
    found = [file for file in files if file.format == kind and file.theme != "dark"]
    return max(found, key=lambda file: file.scale).path if found else ""
