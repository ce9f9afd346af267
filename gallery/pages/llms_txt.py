"""`llms.txt`: the site for a reader that takes text only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name, summary_text
from archfolio.gallery.pages.page_frame import NAME

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import Subject


_LEAD = "Architectures of machine-learning systems, each one Python module, drawn as SVG and PNG."


def llms_text(catalog: Catalog) -> str:
    """List every system with its drawings in words, in the form of llmstxt.org."""
    lines = [
        f"# {catalog.manifest.site.title or NAME}",
        "",
        f"> {catalog.manifest.site.lead or _LEAD}",
        "",
        "Everything below, with every box, arrow and figure, is in [manifest.json](manifest.json).",
    ]
    for group in catalog.families:
        lines += ["", f"## {prose.one_line(catalog.heading(group[0]).title)}"]
        for system in group:
            lines += ["", *_subject(system)]
    if catalog.blocks:
        lines += ["", "## Building blocks"]
    for block in catalog.blocks:
        lines += ["", *_subject(block)]
    lines += ["", "## Components", ""]
    for key, part in catalog.components.items():
        meaning = f": {prose.one_line(part.meaning)}" if part.meaning else ""
        lines.append(f"- [{_name(part.title)}]({links.component(key)}){meaning}")
    return "\n".join(lines) + "\n"


def _subject(subject: Subject) -> Iterator[str]:
    figures = quantities_by_name(subject)
    yield f"### [{_name(subject.title)}]({links.page_of(subject)})"
    if subject.summary:
        yield ""
        yield prose.one_line(summary_text(subject))
    for view in subject.views:
        yield ""
        yield f"#### {prose.one_line(view.title)}"
        yield ""
        yield prose.one_line(prose.to_text(view.caption, figures))
        yield ""
        for sentence in view.outline:
            yield f"- {prose.one_line(prose.to_text(sentence, figures))}"


def _name(text: str) -> str:
    return prose.one_line(text).replace("[", "(").replace("]", ")")
