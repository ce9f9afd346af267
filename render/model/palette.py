"""From a project's settings to its conventions: every colour with its twin, each seen on what it stands on."""

from __future__ import annotations

import difflib
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base import hashing
from archfolio.render.base.settings import Twins
from archfolio.render.model import colours, style
from archfolio.render.model.conventions import Conventions, KindLook, Look, LookFont, PartLook
from archfolio.render.model.font_files import family_of
from archfolio.render.model.graph import Kind
from archfolio.render.model.look import part_colour
from archfolio.render.model.style import Colour

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archfolio.render.base.settings import (
        ColourSetting,
        EdgeKindSettings,
        PartSettings,
        ProjectSettings,
        StyleSettings,
        VocabularySettings,
    )
    from archfolio.render.model.graph import Attrs

_SURFACES = {"ground": style.GROUND, "card": style.CARD, "panel": style.PANELS[0], "panel_deep": style.PANELS[1]}
"""The colours that something stands on, as settings name them."""

_INKS = {"ink": style.INK, "muted": style.MUTED}
NAMED = {**_SURFACES, **_INKS, "card_border": style.CARD_BORDER, "panel_border": style.PANEL_BORDER}
_ARROWS = {"filled": "normal", "hollow": "onormal", "open": "vee", "diamond": "diamond", "dot": "dot", "none": "none"}
_STYLE = "style"
_TABLES = ("families", "tasks", "patterns", "data", "building_blocks", "edges", "parts")


class WrongColour(ValueError):  # noqa: N818  reads as a sentence
    """A colour that is none, or cannot be seen: its table, its key, and the sentence."""

    def __init__(self, table: str, key: str, sentence: str) -> None:
        """Blame a key of a table."""
        super().__init__(sentence)
        self.table, self.key, self.sentence = table, key, sentence


def conventions_of(settings: ProjectSettings) -> Conventions:
    """Return what a project's settings say of drawings and words.

    Raises WrongColour for a colour that is none, or cannot be seen on what it stands on.
    """
    palette = dict(_named_colours(settings.style))
    for ink in _INKS:
        _check_seen(palette[ink], palette, colours.TEXT_CONTRAST, _STYLE, ink)
    kinds = [(name, one, _line_twins(one.colour, name)) for name, one in settings.vocabulary.edges.items()]
    parts = [(name, one, _line_twins(one.colour, name)) for name, one in settings.vocabulary.parts.items()]
    for name, _, colour in (*kinds, *parts):
        if colour:
            _check_seen(colour, palette, colours.LINE_CONTRAST, "vocabulary", name)
    accent = _twins(settings.site.accent, colours.text, "site", "accent")
    if accent:
        _check_seen(accent, palette, colours.TEXT_CONTRAST, "site", "accent")
    look = Look(
        colours=tuple(sorted(_exchanges(palette, kinds, parts), key=itemgetter(0))),
        kinds=tuple(_kind(name, one, colour) for name, one, colour in kinds),
        parts=tuple(_part(name, one) for name, one, _ in parts),
        fonts=_fonts(settings.style.font),
        radius=settings.style.radius,
        card_width=settings.style.card_width,
    )
    return Conventions(look, _words(settings.vocabulary))


def accent_twins(setting: ColourSetting) -> tuple[str, str] | None:
    """Return a colour of texts on the light ground and on the dark one; None where none is set."""
    found = _twins(setting, colours.text, "site", "accent")
    return (found.light, found.dark) if found else None


def _words(vocabulary: VocabularySettings) -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    said = ((table, getattr(vocabulary, table)) for table in _TABLES)
    return tuple(
        (table, tuple((word, one if isinstance(one, str) else one.word or word) for word, one in words.items()))
        for table, words in said
        if words
    )


def _twins(said: ColourSetting, twin: Callable[[str], Colour | None], table: str, key: str) -> Colour | None:
    """Return a colour with its twin, found where it is not given; None where there is none."""
    if not said:
        return None

    def seen(one: str) -> Colour:
        found = twin(one)
        if found is None or found.light == "none":
            raise WrongColour(table, key, f"'{key}' is {one!r}, which is no colour: write '#rrggbb'")
        return found

    light, dark = (said.light, said.dark) if isinstance(said, Twins) else (said, "")
    first = seen(light)
    return Colour("", first.light, seen(dark).light if dark else first.dark)


def _line_twins(said: ColourSetting, name: str) -> Colour | None:
    """Return the colour of an edge kind or a part with its twin; None where there is none."""
    return _twins(said, colours.line, "vocabulary", name)


def _named_colours(settings: StyleSettings) -> Iterator[tuple[str, Colour]]:
    for name, ours in NAMED.items():
        yield name, ours
    for name, said in settings.palette.items():
        if name not in NAMED:
            near = difflib.get_close_matches(name, NAMED, n=1)
            hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(NAMED)}"
            raise WrongColour(_STYLE, name, f"there is no colour '{name}' in the palette; {hint}")
        found = _twins(said, partial(_beside, NAMED[name]), _STYLE, name)
        if found:
            yield name, Colour(NAMED[name].name, found.light, found.dark)


def _beside(ours: Colour, said: str) -> Colour | None:
    """Return a colour on the light ground with the twin of ours."""
    parsed = colours.parse_colour(said)
    return None if parsed is None else Colour("", parsed, ours.dark)


def _check_seen(colour: Colour, palette: dict[str, Colour], least: float, table: str, key: str) -> None:
    """Refuse a colour, set by a key of a table, whose contrast with one of the surfaces is less than it has to be."""
    for under in _SURFACES:
        for theme in ("light", "dark"):
            one, other = getattr(colour, theme), getattr(palette[under], theme)
            seen = colours.contrast(one, other)
            if seen < least:
                what = "texts" if least == colours.TEXT_CONTRAST else "lines"
                sentence = (
                    f"'{key}' ({one}) on '{under}' ({other}) has a contrast of {seen:.1f} in the {theme} theme:"
                    f" {what} need {least:g}"
                )
                raise WrongColour(table, key, sentence)


def _exchanges(
    palette: dict[str, Colour],
    kinds: list[tuple[str, EdgeKindSettings, Colour | None]],
    parts: list[tuple[str, PartSettings, Colour | None]],
) -> Iterator[tuple[str, Colour]]:
    """Yield each colour that takes the place of another, by the name of that one."""
    for name, ours in NAMED.items():
        if palette[name] != ours:
            yield ours.name, palette[name]
    for name, _, colour in parts:
        if colour:
            yield part_colour(name).name, Colour(part_colour(name).name, colour.light, colour.dark)
    for _, _, colour in kinds:
        for drawn in (colours.line(colour.light), colours.text(colour.light)) if colour else ():
            if drawn and colour and drawn.name:
                yield drawn.name, Colour(drawn.name, drawn.light, colour.dark)


def _kind(name: str, said: EdgeKindSettings, colour: Colour | None) -> KindLook:
    attrs = {
        "color": colour.light if colour else "",
        "style": said.line,
        "penwidth": f"{said.width:g}" if said.width else "",
        "arrowhead": _ARROWS.get(said.arrow, ""),
    }
    own: Attrs = tuple(sorted((key, value) for key, value in attrs.items() if value))
    return KindLook(name, said.word or name, said.like or (name if name in set(Kind) else ""), own)


def _part(name: str, said: PartSettings) -> PartLook:
    return PartLook(name, said.word or name, said.components)


def _fonts(files: tuple[str, ...]) -> tuple[LookFont, ...]:
    digest = hashing.digest(*(hashing.hash_file(file) for file in files))[:8] if files else ""
    return tuple(LookFont(f"{family_of(Path(file))} {digest}", file) for file in files)
