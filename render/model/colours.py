"""Colours as Graphviz's users write them, and their twins on the dark ground.

Names are X11's, not CSS's: of the names that both know, "green" and "gray" are other colours there. See
https://graphviz.org/docs/attr-types/color/ and https://graphviz.org/doc/info/colors.html.
"""

from __future__ import annotations

import colorsys
import re
from functools import cache

from PIL import ImageColor

from archfolio.render.model.style import CARD, GROUND, INK, MUTED, NOTHING, PANELS, Colour

_OTHERWISE_IN_X11 = {
    "gray": "#c0c0c0",
    "grey": "#c0c0c0",
    "green": "#00ff00",
    "maroon": "#b03060",
    "purple": "#a020f0",
    "lightgoldenrod": "#eedd82",
    "lightslateblue": "#8470ff",
    "mediumforestgreen": "#6b8e23",
    "navyblue": "#000080",
    "violetred": "#d02090",
    "crimson": "#dc143c",
    "invis": "transparent",
    "none": "transparent",
}
# Of each numbered name the first; 2, 3 and 4 are ever darker shades of it.
_X11 = """
snow fffafa seashell fff5ee antiquewhite ffefdb bisque ffe4c4 peachpuff ffdab9 navajowhite ffdead
lemonchiffon fffacd cornsilk fff8dc ivory fffff0 honeydew f0fff0 lavenderblush fff0f5 mistyrose ffe4e1
azure f0ffff slateblue 836fff royalblue 4876ff blue 0000ff dodgerblue 1e90ff steelblue 63b8ff
deepskyblue 00bfff skyblue 87ceff lightskyblue b0e2ff slategray c6e2ff lightsteelblue cae1ff lightblue bfefff
lightcyan e0ffff paleturquoise bbffff cadetblue 98f5ff turquoise 00f5ff cyan 00ffff darkslategray 97ffff
aquamarine 7fffd4 darkseagreen c1ffc1 seagreen 54ff9f palegreen 9aff9a springgreen 00ff7f green 00ff00
chartreuse 7fff00 olivedrab c0ff3e darkolivegreen caff70 khaki fff68f lightgoldenrod ffec8b lightyellow ffffe0
yellow ffff00 gold ffd700 goldenrod ffc125 darkgoldenrod ffb90f rosybrown ffc1c1 indianred ff6a6a
sienna ff8247 burlywood ffd39b wheat ffe7ba tan ffa54f chocolate ff7f24 firebrick ff3030
brown ff4040 salmon ff8c69 lightsalmon ffa07a orange ffa500 darkorange ff7f00 coral ff7256
tomato ff6347 orangered ff4500 red ff0000 deeppink ff1493 hotpink ff6eb4 pink ffb5c5
lightpink ffaeb9 palevioletred ff82ab maroon ff34b3 violetred ff3e96 magenta ff00ff orchid ff83fa
plum ffbbff mediumorchid e066ff darkorchid bf3eff purple 9b30ff mediumpurple ab82ff thistle ffe1ff
"""
_NUMBERED = _X11.split()
_FIRST_SHADES = dict(zip(_NUMBERED[::2], _NUMBERED[1::2], strict=True))
_SHADES = {"1": 1.0, "2": 0.932, "3": 0.804, "4": 0.545}
_LIGHT = 0.2  # relative luminance from which a ground is one for dark letters
_TINT = 0.24  # of a light ground that is left in its dark twin
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11
_LOST = 1.7  # contrast under which a text is not seen, as light grey on white is; orange on white, which many write, is
_Rgb = tuple[int, int, int]


@cache
def parse_colour(value: str) -> str | None:  # noqa: PLR0911  one for each way to write a colour
    """Return a colour as "#rrggbb" or "#rrggbbaa", "transparent", or None for what is none.

    Of a list ("red:blue") the first counts.
    """
    said = (
        value.split(":", maxsplit=1)[0]
        .split(";", maxsplit=1)[0]
        .strip()
        .lower()
        .removeprefix("/x11/")
        .removeprefix("/svg/")
        .strip("/")
    )
    if not said:
        return None
    if match := re.fullmatch(r"([\d.]+)[ ,]+([\d.]+)[ ,]+([\d.]+)", said):
        try:
            hue, saturation, brightness = (min(float(part), 1.0) for part in match.groups())
        except ValueError:
            return None
        return _hex(*(round(part * 255) for part in colorsys.hsv_to_rgb(hue, saturation, brightness)))
    said = _OTHERWISE_IN_X11.get(said, said)
    if said == "transparent":
        return said
    if match := re.fullmatch(r"gr[ae]y(\d{1,3})", said):
        return _hex(*[round(min(int(match[1]), 100) * 2.55)] * 3)
    if (match := re.fullmatch(r"([a-z]+)([1-4])", said)) and (
        name := match[1].replace("grey", "gray")
    ) in _FIRST_SHADES:
        return _hex(*(int(part * _SHADES[match[2]] + 0.5) for part in _rgb(f"#{_FIRST_SHADES[name]}")))
    if said.startswith("#") and not re.fullmatch(r"#(?:[0-9a-f]{3,4}){1,2}", said):
        return None
    try:
        parts = [min(part, 255) for part in ImageColor.getrgb(said)]  # rgb(300, 0, 0) is as red as can be
    except ValueError:
        return None
    if len(parts) > 3 and parts[3] < 255:  # noqa: PLR2004  an opacity
        return "transparent" if parts[3] == 0 else _hex(*parts)
    return _hex(*parts[:3])


def ground(value: str) -> Colour | None:
    """Return the colour of an area, with a dark twin: its hue over our dark ground, where it is light."""
    parsed = parse_colour(value)
    if parsed is None:
        return None
    if parsed == "transparent":
        return NOTHING
    if parsed == GROUND.light:
        return CARD
    dark = parsed
    if _luminance(parsed) > _LIGHT:
        dark = _mix(parsed[:7], PANELS[0].dark, _TINT) + parsed[7:]
    return _named(parsed, dark)


def line(value: str) -> Colour | None:
    """Return the colour of a line, with a twin that is seen on the dark ground."""
    return _seen_on_dark(value, LINE_CONTRAST)


def text(value: str) -> Colour | None:
    """Return the colour of a text, with a twin that can be read on the dark ground."""
    return _seen_on_dark(value, TEXT_CONTRAST)


def ink_on(under: Colour) -> tuple[Colour, Colour]:
    """Return the colours of a name and of a lesser text on a ground, readable in both themes."""
    if under in (NOTHING, CARD, GROUND, *PANELS):
        return INK, MUTED
    strong = _named(_ink(under.light, INK), _ink(under.dark, INK))
    weak = _named(_ink(under.light, MUTED), _ink(under.dark, MUTED))
    return strong, weak


def readable_on(colour: Colour, under: Colour, least: float = LINE_CONTRAST) -> Colour:
    """Return a colour, or the ink that can be read where its contrast with a ground is less than it has to be."""
    is_lost_on_light = contrast(colour.light, under.light) < least
    is_lost_on_dark = contrast(colour.dark, under.dark) < least
    if NOTHING in (colour, under) or not (is_lost_on_light or is_lost_on_dark):
        return colour
    ink = ink_on(under)[0]
    return _named(ink.light if is_lost_on_light else colour.light, ink.dark if is_lost_on_dark else colour.dark)


def text_on(value: str, under: Colour) -> Colour | None:
    """Return the colour of a text as its author wrote it, or ink where it would not be seen on this ground."""
    said = text(value)
    return said and readable_on(said, under, _LOST)


def is_dark(under: Colour) -> bool:
    """Return whether a ground is dark for every reader, as its author wants it: no veil through which white is seen."""
    if under == NOTHING:
        return False
    opacity = int(under.light[7:9] or "ff", 16) / 255
    return _luminance(_mix(under.light[:7], GROUND.light, opacity)) <= _LIGHT


def _ink(under: str, ink: Colour) -> str:
    """Choose between the two inks of a colour by what is under it."""
    if under in ("none", "transparent"):
        return ink.light
    return max((ink.light, ink.dark), key=lambda one: contrast(one, under))


def _seen_on_dark(value: str, least: float) -> Colour | None:
    parsed = parse_colour(value)
    if parsed is None:
        return None
    if parsed == "transparent":
        return NOTHING
    dark, share = parsed, 1.0
    while contrast(dark, CARD.dark) < least and share > 0:
        share -= 0.1
        dark = _mix(parsed[:7], "#ffffff", max(share, 0.0)) + parsed[7:]
    return _named(parsed, dark)


def _named(light: str, dark: str) -> Colour:
    """Name a colour after its twins; one that is the same on both grounds needs no name."""
    return Colour("" if light == dark else f"c{light[1:]}-{dark[1:]}", light, dark)


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2), 0 to 1."""
    parts = [part / 255 for part in _rgb(colour)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]  # noqa: PLR2004  the standard's
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast of two opaque colours (WCAG 2.2), 1 to 21; what is transparent is as the page."""
    bright, dark = sorted(
        (_luminance(GROUND.light if colour in ("none", "transparent") else colour) for colour in (one, other)),
        reverse=True,
    )
    return (bright + 0.05) / (dark + 0.05)


def _rgb(colour: str) -> _Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _hex(*parts: int) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)


def _mix(colour: str, other: str, share: float) -> str:
    """Mix two colours; `share` is that of the first."""
    return _hex(*(round(a * share + b * (1 - share)) for a, b in zip(_rgb(colour), _rgb(other), strict=True)))
