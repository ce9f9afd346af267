"""The page that shows what each script looked like: plain Python, the base, and what is here."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.ecosystem import Outcome

_HEAD = """<!doctype html><meta charset="utf-8"><title>Ecosystem</title><style>
body{font:14px system-ui;margin:24px;background:#eef1f5}section{background:#fff;padding:12px;margin:0 0 18px}
.row{display:flex;gap:12px;align-items:flex-start}figure{margin:0;flex:1;min-width:0}img{max-width:100%;max-height:640px}
h2{font-size:15px}.changed{border-left:4px solid #c2410c}pre{white-space:pre-wrap;font-size:12px;color:#7f1d1d}
</style>"""


def page(outcomes: dict[str, dict[str, Outcome]], paths: dict[str, str]) -> str:
    """Write the page; what changed between base and head comes first."""
    ordered = sorted(outcomes, key=lambda key: (not _changed(outcomes[key]), key))
    return _HEAD + "".join(_section(key, paths[key], outcomes[key]) for key in ordered)


def _changed(of: dict[str, Outcome]) -> bool:
    base, head = of.get("base"), of["head"]
    return base is not None and (base.drawn, base.house, base.lost) != (head.drawn, head.house, head.lost)


def _section(key: str, path: str, of: dict[str, Outcome]) -> str:
    mark = ' class="changed"' if _changed(of) else ""
    columns = "".join(_column(name, one) for name, one in of.items())
    return f'<section{mark}><h2>{escape(key)} {escape(path)}</h2><div class="row">{columns}</div></section>\n'


def _column(name: str, one: Outcome) -> str:
    notes = [f"{one.drawn} drawn, {one.house} house, {one.seconds:.1f} s", *one.lost]
    notes += [f"not honoured: {wish}" for wish in one.not_honoured]
    pictures = "".join(f'<img loading="lazy" src="{escape(path)}">' for path in one.pictures)
    says = f"<pre>{escape(one.says)}</pre>" if one.exit_code else ""
    return f"<figure><figcaption>{name}: {escape('; '.join(notes))}</figcaption>{pictures}{says}</figure>"
