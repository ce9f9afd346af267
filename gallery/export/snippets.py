"""What to put into a note to show a drawing there: from a view and options to text, for every kind of note. Pure.

Each target takes the file that it shows well: SVG where fonts and themes inside it work, PDF for papers, else PNG.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from html import escape
from textwrap import indent
from typing import TYPE_CHECKING

from archfolio.gallery.export import escapes, notations
from archfolio.gallery.export.mermaid import mermaid
from archfolio.gallery.export.snippet_options import WIDTH, SnippetOptions, SnippetPicture

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from archfolio.gallery.manifest import File, Subject, View


class CannotShow(ValueError):  # noqa: N818  reads as a sentence
    """A target cannot show a drawing as it was wished; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text for one target, a word on how to use it, and the files it shows."""

    target: str
    title: str  # of the target
    text: str
    hint: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """A kind of note: which files it takes, best first, and how it writes a picture."""

    name: str
    title: str
    formats: tuple[str, ...]
    write: Callable[[SnippetPicture], str]
    hint: str = "Copy the file beside the note, or write its path from there."
    dark: bool = False  # it can show a pair
    captions: bool = False  # its pictures have captions unless told otherwise


def snippet(system: Subject, view: View, target: str, options: SnippetOptions | None = None) -> Snippet:
    """Write what shows a view in a target.

    Raises KeyError for a target that is none of `TARGETS`, and CannotShow where the build lacks the file it needs or
    the target cannot do what is wished.
    """
    options, kind = options or SnippetOptions(), TARGETS[target]
    if options.dark and not kind.dark:
        able = ", ".join(one.name for one in TARGETS.values() if one.dark)
        raise CannotShow(f"{kind.title} cannot show a dark twin: leave --dark out ({able} can)")
    file, dark = _pair(view, kind) if options.dark else (_light(view, kind.formats, kind), None)
    captioned = kind.captions if options.caption is None else options.caption
    picture = SnippetPicture(system, view, file, dark, options, captioned)
    hint = kind.hint if (file.format, kind.formats) != ("png", _PAPER) else f"{kind.hint} {_PAPER_HINT}".strip()
    return Snippet(target, kind.title, kind.write(picture), hint, (file, dark) if dark else (file,))


def snippets(system: Subject, view: View) -> tuple[Snippet, ...]:
    """Write a view for every target that the files of the build allow."""
    made = []
    for name in TARGETS:
        try:
            made.append(snippet(system, view, name))
        except CannotShow:
            continue
    return tuple(made)


def mermaid_block(view: View, note: str) -> str:
    """Write a view as Mermaid text where a kind of note looks for it: a fence, a directive, a block, an element."""
    text = mermaid(view)
    match note:
        case "html":
            return f'<pre class="mermaid">\n{escape(text)}</pre>'
        case "myst" | "quarto":
            return f"```{{mermaid}}\n{text}```"
        case "sphinx":
            return f".. mermaid::\n\n{indent(text.rstrip(), '   ')}"
        case "org":
            return f"#+begin_src mermaid\n{text}#+end_src"
        case _:
            return f"```mermaid\n{text}```"


def iframe(view: View, address: str, width: int | None) -> str:
    """Write a frame that shows the live page of a drawing."""
    wide = width or min(WIDTH, round(view.width))
    high = round(wide * view.height / view.width)
    return (
        f'<iframe src="{escapes.escape_html(escapes.escape_address(address))}" width="{wide}" height="{high}"'
        f' title="{escapes.escape_html(view.title)}" loading="lazy" style="border: 0; max-width: 100%"></iframe>'
    )


def _light(view: View, formats: Sequence[str], kind: Target) -> File:
    """Choose the file for light pages, or the one that follows its reader; the finest where there are several."""
    for name in formats:
        found = [file for file in view.files if file.format == name and file.theme != "dark"]
        if found:
            return max(found, key=lambda file: file.scale)
    wanted = " or ".join(name.upper() for name in formats)
    raise CannotShow(f"{kind.title} takes {wanted}, and the build has none of '{view.slug}': build it again")


def _pair(view: View, kind: Target) -> tuple[File, File]:
    """Choose two pictures that differ in nothing but the theme."""
    for dark in sorted(view.files, key=lambda file: (file.format != "svg", -file.scale)):
        if dark.theme == "dark" and dark.format in {"svg", "png"}:
            twins = [f for f in view.files if (f.format, f.scale) == (dark.format, dark.scale) and f.theme != "dark"]
            if twins:
                return twins[0], dark
    raise CannotShow(f"{kind.title} needs a dark picture of '{view.slug}', and there is none: build with --dark")


_PICTURE = ("svg", "png")
_PAPER = ("pdf", "png")
_PAPER_HINT = "Lines stay sharp with a PDF: build with --pdf."


_MARKDOWN = Target("github", "GitHub", _PICTURE, notations.markdown, dark=True)
_OFFICE = Target(
    "google",
    "Google Docs and Slides",
    ("png",),
    notations.upload,
    "Copy the picture above the drawing and paste it, or insert the file; then set its alt text.",
)


def _by_name(targets: Iterable[Target]) -> dict[str, Target]:
    return {target.name: target for target in targets}


TARGETS = _by_name(
    [
        _MARKDOWN,
        Target("gitlab", "GitLab", ("png", "svg"), notations.gitlab),
        Target("obsidian", "Obsidian", _PICTURE, notations.obsidian, "Put the file into the vault."),
        Target("logseq", "Logseq", _PICTURE, notations.logseq, "Put the file into the folder assets of the graph."),
        Target(
            "notion", "Notion", ("png",), notations.notion, "Upload the file, or show the published one with --remote."
        ),
        _OFFICE,
        replace(_OFFICE, name="slides", title="PowerPoint and Keynote"),
        Target("confluence", "Confluence", ("png",), notations.confluence, "Attach the file to the page first."),
        replace(_MARKDOWN, name="jupyter", title="Jupyter", hint="For a Markdown cell.", dark=False),
        replace(_MARKDOWN, name="vscode", title="VS Code", hint="The file must be in the workspace."),
        Target("quarto", "Quarto", _PICTURE, notations.quarto, dark=True, captions=True),
        Target("mkdocs", "MkDocs", _PICTURE, notations.mkdocs, "Needs the extension attr_list.", dark=True),
        Target("sphinx", "Sphinx", _PICTURE, notations.rst, dark=True, captions=True),
        Target("myst", "MyST", _PICTURE, notations.myst, dark=True, captions=True),
        Target("org", "Org", ("png", "svg"), notations.org, captions=True),
        Target("typst", "Typst", _PAPER, notations.typst, captions=True),
        Target("latex", "LaTeX", _PAPER, notations.latex, "Needs graphicx and hyperref.", captions=True),
        Target("html", "HTML", _PICTURE, notations.html, dark=True),
        Target(
            "slack", "Slack", ("png",), notations.slack, "Upload the file, or show the published one with --remote."
        ),
    ]
)
