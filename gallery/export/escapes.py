"""Texts and addresses as each language of notes wants them: whatever an author writes stays text, on one line."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from archfolio.gallery.prose import one_line

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]+")
_MARKDOWN = {ord(char): f"&#{ord(char)};" for char in "\\`*_[]{}<>&$~^|#@!"}
_EMOJI = re.compile(r":(?=[\w+-]+:)")
_LATEX = {ord(char): f"\\{char}" for char in "&%$#_{}"} | {
    ord(char): text
    for char, text in {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "<": r"\textless{}",
        ">": r"\textgreater{}",
        "|": r"\textbar{}",
        '"': r"\textquotedbl{}",
        "\u00a0": "~",
        "\u2009": r"\,",
        "\u202f": r"\,",
        "\u2212": "$-$",
        "\u2192": r"$\rightarrow$",
        "\u00d7": r"$\times$",
        "\u2264": r"$\le$",
        "\u2265": r"$\ge$",
        "\u2248": r"$\approx$",
        "\u00b5": r"$\mu$",
        "\u03bc": r"$\mu$",
    }.items()
}
_SPOKEN = {"\u00a0": " ", "\u2009": " ", "\u202f": " ", "\u2212": "-", "\u2192": "to", "\u00d7": "x"}
_SPOKEN |= {"\u2264": "<=", "\u2265": ">=", "\u2248": "about", "\u00b5": "u", "\u03bc": "u"}
_SPOKEN_TABLE = str.maketrans(_SPOKEN)
_STOP = "\u200b"  # a space of no width: what Org's manual has for keeping its signs apart
_ORG_SIGN = re.compile(r"((?:^|(?<=[\s\-('\"{]))[*/=~+]|[\\^_\[{<@])|(\$)")
_RST_PLAIN = re.compile(r"[A-Za-z]{2,}[ ,.]? ")  # begins with a word: no bullet, no number, no field
_ORG_KEY = re.compile(r"(?<!\S):(?=[\w-]+(?:\s|$))")
_KEPT_IN_WEB = "/:?#@!$&'*+,;=%-._~"  # of an address somebody gives us: what it is made of stays
# A thousand notes show the same few drawings.
_known: Callable[[Callable[[str], str]], Callable[[str], str]] = lru_cache(1024)


@_known
def without_controls(text: str) -> str:
    """Write a text on one line, without characters that no document can hold."""
    return one_line(_CONTROL.sub(" ", text))


@_known
def escape_markdown(text: str) -> str:
    """Escape for Markdown of any breed: character references, which all of them take for text."""
    return _EMOJI.sub("&#58;", without_controls(text).translate(_MARKDOWN))


def markdown_value(text: str) -> str:
    """Write a double-quoted attribute of Markdown, in which brackets would still end a link around it."""
    return f'"{escape_markdown(text).replace(chr(34), "&#34;")}"'


def escape_html(text: str) -> str:
    """Escape for HTML and XML, quotes included."""
    return escape(without_controls(text))


def escape_latex(text: str) -> str:
    """Escape for LaTeX; figures and arrows become what its fonts have."""
    return without_controls(text).translate(_LATEX)


def latex_spoken(text: str) -> str:
    """Escape for a text of LaTeX that is read aloud: nothing in it may typeset mathematics."""
    return without_controls(text).translate(_SPOKEN_TABLE).translate(_LATEX)


def escape_typst(text: str) -> str:
    """Write a string of Typst."""
    return '"{}"'.format(without_controls(text).replace("\\", "\\\\").replace('"', '\\"'))


def yaml(text: str) -> str:
    """Write a double-quoted string of YAML."""
    return '"{}"'.format(without_controls(text).replace("\\", "\\\\").replace('"', '\\"'))


def escape_rst(text: str) -> str:
    """Escape for a paragraph of reStructuredText; an empty escape in front keeps one from being a list or a field."""
    escaped = re.sub(r"([\\*`|@]|_\b|:(?=\S))", r"\\\1", without_controls(text))
    return escaped if _RST_PLAIN.match(escaped) else f"\\ {escaped}"


def rst_path(path: str) -> str:
    """Write a path as the argument of a directive, which would lose its blanks."""
    return without_controls(path).replace("\\", "\\\\").replace(" ", "\\ ")


def escape_org(text: str) -> str:
    """Escape for a line of Org."""
    return _ORG_SIGN.sub(lambda sign: r"\dollar{}" if sign[2] else sign[1] + _STOP, without_controls(text))


def org_value(text: str) -> str:
    """Escape for the value of an attribute of Org, which a word such as `:width` would end."""
    return _ORG_KEY.sub("", without_controls(text))


@_known
def escape_address(target: str) -> str:
    """Write a path, or an address of the web, as an address that Markdown and HTML take whole."""
    if is_web(target):
        return quote(without_controls(target), safe=_KEPT_IN_WEB)
    path, mark, place = target.partition("#")
    return quote(path, safe="/._-~+") + (mark + quote(place, safe="=&%:,/._-~") if mark else "")


def latex_address(target: str) -> str:
    r"""Write an address for `\href` and a path for `\includegraphics`."""
    return "".join(f"\\{char}" if char in "#%&{}" else char for char in without_controls(target))


def is_web(target: str) -> bool:
    """Return whether an address is one of the web, not a path."""
    return urlsplit(target).scheme in {"http", "https"}
