"""The words of a subject as plain text: figures put in, names as they stand in a sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.manifest import System
from archfolio.gallery.practice.item import Citation, Evidence
from archfolio.gallery.practice.stable import content_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archfolio.gallery.manifest import Edge, Node, Subject, View
    from archfolio.gallery.sections import Place, Quantity, Source

_MOSTLY = 0.6  # of the words of what a source is used for
_ALIKE = 3  # words that a source and a reason share, so that the one may stand behind the other


@dataclass(frozen=True)
class SubjectWords:
    """Writes what a system or another subject says."""

    subject: Subject

    @cached_property
    def figures(self) -> Mapping[str, Quantity]:
        """Return the figures of its estimate by name."""
        return quantities_by_name(self.subject)

    def plain(self, text: str) -> str:
        """Write a text with its figures put in, on one line."""
        return prose.one_line(prose.to_text(text, self.figures))

    def role(self, node: Node) -> str:
        """Write what a box is for."""
        return self.plain(node.template or prose.braces(node.role))

    def label(self, edge: Edge) -> str:
        """Write what goes along an arrow."""
        return self.plain(edge.template or prose.braces(edge.label))

    def view_title(self, view: View) -> str:
        """Name a drawing."""
        return prose.one_line(view.title)

    def place(self, place: Place) -> Evidence | None:
        """Lead to what a text points to on the page of its subject; None for what is not drawn there."""
        if place.decision is not None and isinstance(self.subject, System):
            return Evidence(
                text=f"Decision: {self.plain(self.subject.decisions[place.decision].chosen)}",
                fragment=links.decision(place.decision),
            )
        if not place.view:
            return None
        title = next((view.title for view in self.subject.views if view.slug == place.view), "")
        if not title:
            return None
        inside = place.text.partition("/")[2].strip().replace("->", "\u2192")
        return Evidence(
            text=f"{title}: {inside}" if inside else title, fragment=links.state(place.view, node=place.node)
        )

    def source(self, reason: str) -> Citation | None:
        """Cite the source that a reason speaks of: its organisation is named, or its use is the same in most words."""
        said = content_words(reason)
        best: tuple[int, Source] | None = None
        for source in self.subject.sources:
            use = content_words(source.used_for)
            alike = len(use & said)
            named = bool(content_words(source.authors) & said)
            if (alike >= 1 and named) or alike >= max(_ALIKE, _MOSTLY * len(use)):
                rank = alike + (2 if named else 0)
                if best is None or rank > best[0]:
                    best = (rank, source)
        return _cite_source(best[1]) if best else None


def _cite_source(source: Source) -> Citation:
    """Write a source on one line."""
    return Citation(
        text=prose.one_line(f"{source.authors}: {source.title}, {source.venue} {source.year}"),
        url=links.web(source.url),
    )


def sentence(text: str) -> str:
    """Write a text as a sentence: a capital at its beginning, a stop at its end."""
    text = text.strip()
    if not text[1:2].isupper():  # "pCTR" stays as it is
        text = text[:1].upper() + text[1:]
    return text if text.endswith((".", "?", "!", ".'", ".\u201d")) else f"{text}."


def listed(parts: Sequence[str], word: str = "and") -> str:
    """Write a list as it stands in a sentence."""
    if len(parts) < 2:  # noqa: PLR2004  two parts need a word between them
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
