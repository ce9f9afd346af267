import re

from archfolio.gallery.assets import font_style, static_files
from archfolio.gallery.manifest import Font
from archfolio.render.model import style

TOKENS = static_files()["tokens.css"].decode()


def token(name):
    return re.search(rf"--{name}: light-dark\((#\w+), (#\w+)\)", TOKENS).groups()


def test_pages_and_drawings_share_their_colours():
    for name, colour in {
        "ground": style.GROUND,
        "panel": style.PANELS[0],
        "panel-deep": style.PANELS[1],
        "border": style.PANEL_BORDER,
        "ink": style.INK,
        "muted": style.MUTED,
    }.items():
        assert token(name) == (colour.light, colour.dark), name


def test_a_browser_that_does_not_know_light_dark_gets_the_light_page():
    head, twin = TOKENS.split("@supports")
    for name, light in re.findall(r"--([\w-]+): light-dark\((#\w+),", twin):
        assert f"--{name}: {light};" in head, name


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_text_can_be_read_on_every_ground():
    for text in ("ink", "muted", "link", "code-word", "code-text", "code-number", "code-name", "code-remark"):
        for ground in ("paper", "ground", "panel"):
            pairs = zip(token(text), token(ground), strict=True)
            assert min(contrast(*pair) for pair in pairs) >= 4.5, (text, ground)


def test_fonts_are_loaded_from_beside_the_pages():
    css = font_style([Font(family='In"ter', weight=400, path="fonts/inter-400.woff2")])
    assert 'url("../fonts/inter-400.woff2")' in css
    assert 'In"ter' not in css


def test_scripts_begin_with_what_they_are_for():
    for name, content in static_files().items():
        if name.endswith(".js"):
            text = content.decode()
            assert text.startswith("// "), name
            assert '\n"use strict";\n' in text, name
            assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text), name
            assert "fetch(" not in text or name == "picture.js", (
                name
            )  # which reads the fonts, and does without from disk
