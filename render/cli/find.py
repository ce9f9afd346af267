"""`archfolio find`: which class of nodes has an icon for this, and how it is imported."""

from __future__ import annotations

import base64
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from archfolio.render.base.errors import UsageProblem
from archfolio.render.capture.node_classes import find_all

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MOST = 12  # classes that are listed
_SIDE = 32  # px of an icon in a terminal
_KITTY_CHUNK = 4096  # bytes that kitty's protocol takes at once


@click.command("find")
@click.argument("words", metavar="WORD...", nargs=-1, required=True)
@click.option("--all", "every", is_flag=True, help=f"List all that match, not only the nearest {_MOST}.")
def find_command(words: tuple[str, ...], every: bool) -> None:
    """Find the class of nodes for a product or an idea: how it is imported, and its icon."""
    word = " ".join(words)
    found = find_all(word)
    shown = found if every else found[:_MOST]
    if not found:
        message = (
            f"no class of nodes is called like '{word}': try another word, or draw a Concept with a glyph of your own"
        )
        raise UsageProblem(message)
    picture = _picture_protocol()
    for one in shown:
        sign = f"{picture(one.icon)} " if picture and one.icon else ""
        click.echo(f"{sign}{one.import_line}")
    if len(shown) < len(found):
        click.echo(f"{len(found) - len(shown)} more: --all lists them", err=True)


def _picture_protocol() -> Callable[[Path], str] | None:
    """Return what writes a picture for this terminal: kitty's protocol or iTerm2's; None for one that shows none."""
    if not sys.stdout.isatty():
        return None
    if os.environ.get("KITTY_WINDOW_ID") or "kitty" in os.environ.get("TERM", ""):
        return _for_kitty
    if os.environ.get("TERM_PROGRAM") in ("iTerm.app", "WezTerm"):
        return _for_iterm
    return None


def _small_png(icon: Path) -> bytes:
    from PIL import Image  # noqa: PLC0415  only a terminal that shows pictures needs it

    out = io.BytesIO()
    with Image.open(icon) as picture:
        picture.convert("RGBA").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).save(out, "PNG")
    return out.getvalue()


def _for_iterm(icon: Path) -> str:
    """Return a picture as iTerm2 takes it: https://iterm2.com/documentation-images.html."""
    content = base64.b64encode(_small_png(icon)).decode("ascii")
    return f"\033]1337;File=inline=1;height=1:{content}\a"


def _for_kitty(icon: Path) -> str:
    """Return a picture as kitty takes it: https://sw.kovidgoyal.net/kitty/graphics-protocol/."""
    content = base64.b64encode(_small_png(icon)).decode("ascii")
    pieces = [content[at : at + _KITTY_CHUNK] for at in range(0, len(content), _KITTY_CHUNK)]
    head = "a=T,f=100,r=1"
    return "".join(
        f"\033_G{head + ',' if not at else ''}m={int(at < len(pieces) - 1)};{piece}\033\\"
        for at, piece in enumerate(pieces)
    )
