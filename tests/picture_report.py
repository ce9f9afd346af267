"""A page that shows what changed in our pictures: old beside new."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!doctype html><meta charset="utf-8"><title>Changed pictures</title>
<style>body{{font:14px sans-serif;margin:24px}}div{{display:grid;grid-template-columns:1fr 1fr;gap:16px}}
img{{width:100%;border:1px solid #ccc}}p{{color:#666}}</style>
<h1>{count} changed</h1>
{rows}
"""
ROW = "<h2>{name}</h2>\n<div><section><p>old</p>{old}</section><section><p>new</p>{new}</section></div>\n"


def write_report(folder: Path, changed: dict[str, tuple[Path | None, Path | None]]) -> Path:
    """Write the page for pictures by name, each with its old and its new file, and return its path."""
    rows = "".join(
        ROW.format(name=escape(name), old=_picture(old), new=_picture(new)) for name, (old, new) in changed.items()
    )
    page = folder / "report.html"
    page.parent.mkdir(parents=True, exist_ok=True)
    page.write_text(PAGE.format(count=len(changed), rows=rows), encoding="utf-8")
    return page


def _picture(path: Path | None) -> str:
    return f'<img src="{path.resolve().as_uri()}" alt="">' if path else "<p>there is none here</p>"
