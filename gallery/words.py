"""The words of the pages' own: one catalogue of them, found where they are written, and a translation of it.

Templates and scripts are written in English. A text or label of a template, and a string of a script, is looked up as
it stands, with its placeholders, before the template is compiled or the script is shipped; a word that a view model
adds is marked by `word` and looked up when it is printed. Whatever a translation lacks stays English.
"""

from __future__ import annotations

import ast
import html
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from archfolio.gallery.assets import written_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_MARKUP = re.compile(r"(<[^<>]*(?:\{\{.*?\}\}[^<>]*)*>|\{%.*?%\}|\{#.*?#\})", re.DOTALL)
_LABELS = re.compile(r'\b(aria-label|placeholder|title|data-head|alt)="([^"]*)"')
_BODY = re.compile(r"<(script|style)\b.*?</\1>", re.DOTALL)
_EXPRESSION = re.compile(r"\{\{.*?\}\}")
_STRING = re.compile(r"//[^\n]*|/\*.*?\*/|\"((?:[^\"\\\n]|\\.)*)\"|`((?:[^`\\]|\\.)*)`", re.DOTALL)
_SAID = re.compile(r"[A-Z][a-z]+( |$|[.,:…])|[A-Za-z]{2,} [a-z{$]")  # reads as words, not as the name of something
_CODE = re.compile(r"[<>=\[\]#;|*]|\\|^[.:-]|^[a-z]+-|^(Arrow|Enter|Escape|Home|End|Page|Tab|Space|Error|Array|Object)")


class Word(str):
    """A text of the pages' own, with what is put into it: printed in the language of the site."""

    __slots__ = ("english", "values")

    english: str
    values: Mapping[str, object]

    def translated(self, words: Mapping[str, str]) -> str:
        """Return it in the language of a translation, or in English."""
        return words.get(self.english, self.english).format(**self.values)


def word(english: str, **values: object) -> Word:
    """Mark a text as one of the pages' own. `{name}` in it is put in from the values, in any language."""
    made = Word(english.format(**values))
    made.english, made.values = english, values
    return made


def print_word(value: Any, words: Mapping[str, str]) -> Any:
    """Return a marked word in the language of a translation, anything else as it is."""
    return value.translated(words) if isinstance(value, Word) else value


def translate_template(source: str, words: Mapping[str, str]) -> str:
    """Return the source of a template whose own words are in another language."""
    return "".join(_translated(piece, words) for piece in _pieces(source)) if words else source


def _pieces(source: str) -> list[str]:
    return _MARKUP.split(source)


def _translated(piece: str, words: Mapping[str, str]) -> str:
    if piece.startswith("{"):
        return piece if not piece.startswith("{{") else _text(piece, words)
    if piece.startswith("<"):
        return _LABELS.sub(lambda label: f'{label[1]}="{_looked_up(label[2], words)}"', piece)
    return _text(piece, words)


def _text(piece: str, words: Mapping[str, str]) -> str:
    said = piece.strip()
    return piece.replace(said, _looked_up(said, words), 1) if said else piece


def _looked_up(said: str, words: Mapping[str, str]) -> str:
    found = words.get(html.unescape(said))
    if found is None:
        return said
    kept = _EXPRESSION.split(found)
    expressions = [*_EXPRESSION.findall(found), ""]
    return "".join(html.escape(text, quote=True) + one for text, one in zip(kept, expressions, strict=True))


def translate_script(source: str, words: Mapping[str, str]) -> str:
    """Return a script whose own words are in another language."""

    def exchanged(match: re.Match[str]) -> str:
        for group, quote in ((1, '"'), (2, "`")):
            if match[group] is not None and match[group] in words:
                found = words[match[group]].replace("\\", "\\\\").replace(quote, f"\\{quote}").replace("\n", "\\n")
                return f"{quote}{found}{quote}"
        return match[0]

    return _STRING.sub(exchanged, source) if words else source


def _template_words(source: str) -> Iterator[str]:
    """Yield the words of a template's own, as they are looked up."""
    for piece in _pieces(_BODY.sub("", source)):
        said = [match[2] for match in _LABELS.finditer(piece)] if piece.startswith("<") else [piece.strip()]
        if not piece.startswith(("{%", "{#")):
            yield from (html.unescape(one) for one in said if re.search(r"[A-Za-z]{2}", _EXPRESSION.sub("", one)))


def _script_words(source: str) -> Iterator[str]:
    """Yield the strings of a script that read as words."""
    for match in _STRING.finditer(source):
        said = match[1] if match[1] is not None else match[2]
        bare = re.sub(r"\$\{[^}]*\}", "", said or "")
        if said and _SAID.search(bare) and not _CODE.search(bare):
            yield said


def _model_words(source: str) -> Iterator[str]:
    """Yield the words that a view model marks, titles of sections and heads of tables among them."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            yield from _constants(node.args[_MARKS[node.func.id] :][:1])
        elif isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["heads"]:
            yield from _constants(list(ast.walk(node.value)))


_MARKS = {"word": 0, "Section": 1, "optional_section": 1, "NavigationEntry": 0}
"""What is called with a word of the pages' own, and at which place: templates look up titles of sections."""


def _constants(nodes: Sequence[ast.AST]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def catalogue() -> tuple[str, ...]:
    """List every word of the pages' own, once, in the order of the files that have it."""
    readers = {"html": _template_words, "js": _script_words, "py": _model_words}
    found = (one for ending, text in written_sources() for one in readers[ending](text))
    return tuple(dict.fromkeys(found))
