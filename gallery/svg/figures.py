"""Figures in the texts of a drawing become elements of their own, bound by name, so that a page can recompute them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.gallery import prose

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archfolio.gallery.manifest import View
    from archfolio.gallery.sections import Quantity

SVG = "http://www.w3.org/2000/svg"


@dataclass(frozen=True, slots=True)
class Quotes:
    """What the boxes and arrows of a view quote: templates by id, and how each figure is printed."""

    nodes: tuple[tuple[str, str], ...] = ()
    edges: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    shown: tuple[tuple[str, str], ...] = ()


def quotes(view: View, figures: Mapping[str, Quantity]) -> Quotes:
    """Gather the quotes of a view."""
    nodes = tuple((node.id, node.label_template) for node in view.nodes if node.label_template)
    edges = tuple((edge.id, edge.template) for edge in view.edges if edge.template)
    names = dict.fromkeys(name for _, template in (*nodes, *edges) for name in prose.quoted(template))
    named = [figures[name] for name in names if name in figures]
    return Quotes(nodes, edges, tuple((q.name, q.number) for q in named), tuple((q.name, q.shown) for q in named))


def bind(root: ET.Element, quoted: Quotes) -> None:
    """Wrap each quoted figure of a drawing in `<tspan data-figure="NAME" data-form="shown or number">`.

    Where a figure is broken over two lines, what stands on the second is `<tspan data-rest="NAME">`.
    Raises ValueError where a text does not say what its template says.
    """
    for kind, key, templates in (("node", "data-node", quoted.nodes), ("label", "data-edge", quoted.edges)):
        wanted = dict(templates)
        for group in root.iter(f"{{{SVG}}}g"):
            template = wanted.get(group.get(key, "")) if kind in group.get("class", "").split() else None
            if template:
                _bind_lines(list(group.iter(f"{{{SVG}}}text")), template, quoted)


def _bind_lines(texts: list[ET.Element], template: str, quoted: Quotes) -> None:
    """Find the figures by what the lines say between their blanks, for any of these may be a line's end."""
    joined = "\n".join(text.text or "" for text in texts)
    places = [place for place, char in enumerate(joined) if not char.isspace()]
    pieces = [("".join(piece.split()), name, form) for piece, name, form in _pieces(template, quoted)]
    if not any(name for _, name, _ in pieces):
        return
    if "".join(piece for piece, _, _ in pieces) != "".join(joined.split()):
        message = f"a drawing says {joined!r} where its template is {template!r}: build again"
        raise ValueError(message)
    spans = []
    at = 0
    for piece, name, form in pieces:
        if name and piece:
            spans.append((places[at], places[at + len(piece) - 1] + 1, name, form))
        at += len(piece)
    start = 0
    for text in texts:
        end = start + len(text.text or "")
        inside = [
            (max(first, start) - start, min(last, end) - start, name, form, first >= start)
            for first, last, name, form in spans
            if first < end and last > start
        ]
        _split(text, inside)
        start = end + 1


def _split(text: ET.Element, spans: Iterable[tuple[int, int, str, str, bool]]) -> None:
    """Build the spans of a text element."""
    whole = text.text or ""
    at = 0
    before: ET.Element | None = None
    for first, last, name, form, begins in spans:
        between = whole[at:first]
        if before is None:
            text.text = between
        else:
            before.tail = between
        data = {"data-figure": name, "data-form": form} if begins else {"data-rest": name}
        before = ET.SubElement(text, f"{{{SVG}}}tspan", data)
        before.text = whole[first:last]
        at = last
    if before is not None:
        before.tail = whole[at:]


def _pieces(template: str, quoted: Quotes) -> Iterator[tuple[str, str, str]]:
    """Yield what a template comes to: a text, or a figure as it is printed with its name and form."""
    numbers, shown = dict(quoted.numbers), dict(quoted.shown)
    end = 0
    for match in prose.QUOTE.finditer(template):
        name = match[1]
        if name is not None and name not in shown:
            continue
        yield template[end : match.start()], "", ""
        if name is None:
            yield match[0][0], "", ""
        elif match[2]:
            yield numbers[name], name, "number"
        else:
            yield shown[name], name, "shown"
        end = match.end()
    yield template[end:], "", ""
