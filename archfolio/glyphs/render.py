"""Render every glyph beside this script from SVG to PNG.

The SVG files are our own hand-written sources for ML concepts without a
product icon; the 144 px PNG files are what the ``diagrams`` library embeds.

Run from the repository root, after editing a glyph, in an environment with
``resvg_py`` installed::

    python archfolio/glyphs/render.py
"""

from __future__ import annotations

from pathlib import Path

import resvg_py

GLYPHS = Path(__file__).resolve().parent
SIZE_PX = 144


def render(source: Path) -> Path:
    """Render one SVG file to a square PNG next to it and return its path."""
    png = resvg_py.svg_to_bytes(svg_string=source.read_text(encoding="utf-8"), width=SIZE_PX, height=SIZE_PX, dpi=96)
    target = source.with_suffix(".png")
    target.write_bytes(png)
    return target


def main() -> None:
    """Render all glyphs in name order and print each PNG name."""
    for source in sorted(GLYPHS.glob("*.svg")):
        print(render(source).name)


if __name__ == "__main__":
    main()
