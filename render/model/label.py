"""Read labels as Graphviz does: escapes, entities, and HTML-like labels.

A label becomes lines of spans: https://graphviz.org/docs/attr-types/escString/ and
https://graphviz.org/doc/info/shapes.html#html.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from functools import cache
from html.parser import HTMLParser
from itertools import accumulate
from typing import Any

from archfolio.render.model.record_fields import RecordField, parse_record

_ESCAPE = re.compile(r"\\(.)|\n", re.DOTALL)
_ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_KEPT_ESCAPES = frozenset("NGETHL")  # names of the thing itself, which nobody reads
_TAGS = frozenset(["table", "tr", "td", "hr", "vr", "br", "img", "font", "b", "i", "u", "o", "s", "sub", "sup"])
_CELL_GAP = "\u2003"  # between two cells of a row
_ALIGNMENTS = {"l": "left", "r": "right", "left": "left", "right": "right"}


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of one line in one style. What is "" or 0 is as its surroundings."""

    text: str
    is_bold: bool = False
    is_italic: bool = False
    underline: bool = False
    strike: bool = False
    colour: str = ""
    family: str = ""
    size: float = 0.0  # in points, as the author gave it
    shift: int = 0  # 1 for superscript, -1 for subscript


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a label; its alignment is "", "left" or "right"."""

    spans: tuple[Span, ...]
    align: str = ""
    rule: bool = False  # a line is drawn above it: it begins another field or part of a table

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class RichLabel:
    """The lines of a label, and the first picture that it shows."""

    lines: tuple[Line, ...]
    image: str = ""
    ground: str = ""  # colour of a table

    @property
    def text(self) -> str:
        """The words, a line each."""
        return "\n".join(line.text for line in self.lines)


def is_enclosed(label: str) -> bool:
    """Return whether a text stands in angle brackets of which the first ends with the last, as in `<a <b> c>`."""
    if not (label.startswith("<") and label.endswith(">")):
        return False
    bare = f"<{_COMMENT.sub('', label[1:-1])}>"
    depths = list(accumulate((character == "<") - (character == ">") for character in bare))
    return depths[-1] == 0 and all(depth > 0 for depth in depths[:-1])


def is_html(label: str) -> bool:
    """Return whether a label is an HTML-like one that Graphviz would read: in angle brackets, of tags that it knows."""
    if not is_enclosed(label):
        return False
    tags = re.findall(r"<\s*/?\s*([A-Za-z]*)", _COMMENT.sub("", label[1:-1]))
    return all(tag.lower() in _TAGS for tag in tags)


def unescape(label: str) -> tuple[Line, ...]:
    r"""Resolve the escapes and entities of a plain label: newlines centre a line, `\l` and `\r` push it aside."""
    lines: list[Line] = []
    text, at = "", 0
    for match in _ESCAPE.finditer(label):
        text += label[at : match.start()]
        at = match.end()
        escape = match[1]
        if escape in ("n", "l", "r") or escape is None:
            lines.append(Line((Span(_decoded(text)),), _ALIGNMENTS.get(escape or "", "")))
            text = ""
        else:
            text += match[0] if escape in _KEPT_ESCAPES else escape
    text += label[at:]
    if text or not lines:
        lines.append(Line((Span(_decoded(text)),)))
    return tuple(lines)


def _decoded(text: str) -> str:
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


@cache
def read_label(label: str) -> RichLabel:
    """Read a label of either kind."""
    if not is_html(label):
        return RichLabel(unescape(label))
    reader = _Reader()
    reader.feed(label[1:-1])
    reader.close()
    return reader.label()


def plain_label(text: str) -> RichLabel:
    """Build a label from a text that was read before: its lines, and nothing else in it means anything."""
    return RichLabel(tuple(Line((Span(line),)) for line in text.split("\n")))


def read_record(label: str) -> RichLabel:
    """Read the label of a record: each field is a line of its own, those within braces stand beside each other."""
    lines: list[Line] = []
    for number, field in enumerate(_outer_fields(label)):
        words = _CELL_GAP.join(text for text in field.texts() if text)
        own = [line for line in unescape(words) if line.text.strip()]
        lines += [replace(line, rule=bool(number and lines and not at)) for at, line in enumerate(own)]
    return RichLabel(tuple(lines))


def _outer_fields(label: str) -> tuple[RecordField, ...]:
    """Return the fields of a record; braces around all of them turn it, and are no field."""
    fields = parse_record(label)
    return fields[0].fields if len(fields) == 1 and fields[0].fields else fields


class _Reader(HTMLParser):
    """Collects the lines of an HTML-like label."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._styles: list[tuple[str, Span]] = [("", Span(""))]
        self._lines: list[Line] = []
        self._spans: list[Span] = []
        self._aligns: list[str] = [""]
        self._rule = False
        self._image = self._ground = ""

    def label(self) -> RichLabel:
        """Return what was read."""
        if any(span.text.strip() for span in self._spans):
            self._break("")
        lines = list(self._lines)
        while lines and not lines[-1].text.strip():
            lines.pop()
        return RichLabel(tuple(lines), self._image, self._ground)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a style, a line or a cell."""
        said = {key.lower(): value or "" for key, value in attrs}
        match tag:
            case "br":
                self._break(_ALIGNMENTS.get(said.get("align", "").lower(), ""))
                return
            case "hr":
                self._end_line()
                self._rule = True
                return
            case "img":
                self._image = self._image or said.get("src", "")
                return
            case "vr":
                return
            case "table":
                self._end_line()
                self._ground = self._ground or said.get("bgcolor", "")
            case "tr":
                self._end_line()
            case "td":
                if any(span.text.strip() for span in self._spans):
                    self._spans.append(Span(_CELL_GAP))
                self._ground = self._ground or said.get("bgcolor", "")
                self._aligns.append(_ALIGNMENTS.get(said.get("align", "").lower(), ""))
        self._styles.append((tag, _inside(tag, said, self._styles[-1][1])))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take a tag without content."""
        self.handle_starttag(tag, attrs)
        if tag not in ("br", "hr", "vr", "img"):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a style, a row or a table."""
        if tag in ("tr", "table"):
            self._end_line()
        if tag == "td" and len(self._aligns) > 1:
            self._aligns.pop()
        if any(open_tag == tag for open_tag, _ in self._styles):
            while self._styles.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Add words in the style of the place."""
        text = re.sub(r"[ \t\r\n]+", " ", data)
        if text.strip(" ") or (text and self._spans and not any(tag == "table" for tag, _ in self._styles)):
            self._spans.append(replace(self._styles[-1][1], text=text))

    def _end_line(self) -> None:
        if any(span.text.strip() for span in self._spans):
            self._break("")
        self._spans = []

    def _break(self, align: str) -> None:
        spans = _trimmed(self._spans)
        self._lines.append(Line(spans, align or self._aligns[-1], rule=self._rule and bool(self._lines)))
        self._spans, self._rule = [], False


_STYLES: dict[str, dict[str, Any]] = {
    "b": {"is_bold": True},
    "i": {"is_italic": True},
    "u": {"underline": True},
    "s": {"strike": True},
    "sub": {"shift": -1},
    "sup": {"shift": 1},
}


def _inside(tag: str, said: dict[str, str], style: Span) -> Span:
    """Return the style of what stands inside a tag, which stands in a style itself."""
    if tag == "font":
        return replace(
            style,
            colour=said.get("color", style.colour),
            family=said.get("face", style.family),
            size=_number(said.get("point-size", ""), style.size),
        )
    return replace(style, **_STYLES[tag]) if tag in _STYLES else style


def _trimmed(spans: list[Span]) -> tuple[Span, ...]:
    """Drop white space at both ends of a line."""
    kept = [span for span in spans if span.text]
    while kept and not kept[0].text.strip(" "):
        kept.pop(0)
    while kept and not kept[-1].text.strip(" "):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(" "))
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(" "))
    return tuple(kept)


def _number(text: str, otherwise: float) -> float:
    try:
        return float(text)
    except ValueError:
        return otherwise
