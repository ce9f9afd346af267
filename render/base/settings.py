"""The settings of a project: the tables of `[tool.archfolio]` as one frozen value, read once and handed down.

Each field says what it is for; `docs/settings.md` is written from here. Files are absolute once they are read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable

Doc = msgspec.Meta
_Size = Annotated[float, msgspec.Meta(ge=0, le=40)]


class Twins(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A colour on the light ground, and its twin on the dark one."""

    light: Annotated[str, Doc(description="`#rrggbb` on the light ground")]
    dark: Annotated[str, Doc(description="`#rrggbb` on the dark ground; ours where it is not given")] = ""


ColourSetting = str | Twins
"""`"#b45309"`, whose twin on the dark ground is found, or `{light = "#b45309", dark = "#fbbf24"}`."""


class SiteSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the pages of the gallery say and show around the systems."""

    title: Annotated[str, Doc(description="Heading of the index, and what windows are called after")] = ""
    wordmark: Annotated[str, Doc(description="Text at the left of the bar; the title without it")] = ""
    logo: Annotated[str, Doc(description="SVG or PNG file that stands before the wordmark")] = ""
    lead: Annotated[str, Doc(description="Sentence below the heading of the index")] = ""
    footer: Annotated[str, Doc(description="Sentence at the foot of each page")] = ""
    favicon: Annotated[str, Doc(description="SVG or PNG file for the window's tab; the logo without it")] = ""
    accent: Annotated[ColourSetting, Doc(description="Colour of links, bars and what is chosen")] = ""
    language: Annotated[str, Doc(description="Language of the pages' own words: `en`, or that of the file `words`")] = (
        "en"
    )
    words: Annotated[str, Doc(description="TOML file with words of the pages, each by its English")] = ""
    repository: Annotated[
        str, Doc(description='Address that the path of a module is added to, for "Edit this system"')
    ] = ""
    groups: Annotated[
        dict[str, str], Doc(description="Folders of systems, in their order on the index, and their names")
    ] = {}


class EdgeKindSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of edge: one of the project's own, or another look of one of the six."""

    like: Annotated[
        Literal["", "request", "response", "stream", "batch", "control", "feedback"],
        Doc(description="Which of the six it counts as, and looks like where nothing else is said"),
    ] = ""
    colour: Annotated[ColourSetting, Doc(description="Of its line and label")] = ""
    line: Annotated[Literal["", "solid", "dashed", "dotted", "dash-dot"], Doc(description="How its line is broken")] = (
        ""
    )
    width: Annotated[_Size, Doc(description="Of its line, in px")] = 0
    arrow: Annotated[
        Literal["", "filled", "hollow", "open", "diamond", "dot", "none"], Doc(description="Head of its arrows")
    ] = ""
    word: Annotated[str, Doc(description="Word in the legend; its name without it")] = ""


class PartSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of systems: one of the project's own, or another look of one of the five."""

    colour: Annotated[ColourSetting, Doc(description="Of the stripe on its cards")] = ""
    word: Annotated[str, Doc(description="Word in the legend; its name without it")] = ""
    components: Annotated[
        tuple[str, ...], Doc(description="Beginnings of components that belong to it: `saas`, `onprem.queue.Kafka`")
    ] = ()


class VocabularySettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that a project's systems may use besides ours, each with what it means."""

    families: Annotated[dict[str, str], Doc(description="Families, in their order on the index, and their names")] = {}
    tasks: Annotated[dict[str, str], Doc(description="Tasks, and what each means")] = {}
    patterns: Annotated[dict[str, str], Doc(description="Patterns, and what each means")] = {}
    data: Annotated[dict[str, str], Doc(description="Kinds of data, and what each means")] = {}
    building_blocks: Annotated[dict[str, str], Doc(description="Building blocks, and their names")] = {}
    edges: Annotated[dict[str, EdgeKindSettings], Doc(description="Kinds of edge, by name")] = {}
    parts: Annotated[dict[str, PartSettings], Doc(description="Parts of systems, by name")] = {}


class LimitSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much a drawing may hold before `archfolio check` speaks up."""

    fewest_nodes: Annotated[int, Doc(description="Nodes of a view at least")] = 7
    most_nodes: Annotated[int, Doc(description="Nodes of a view at most")] = 19


class CheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `archfolio check` asks of systems. What the command line selects takes the place of `select`."""

    select: Annotated[tuple[str, ...], Doc(description="Only codes that begin like these")] = ()
    ignore: Annotated[
        tuple[str, ...], Doc(description="No codes that begin like these; `build` warns of no ignored S111")
    ] = ()
    sections: Annotated[tuple[str, ...] | None, Doc(description="Sections that each system must have")] = None
    limits: Annotated[LimitSettings, Doc(description="How much a drawing may hold")] = LimitSettings()

    def asks(self, code: str) -> bool:
        """Return whether a code is selected, and not ignored."""

        def begins(said: Iterable[str]) -> bool:
            beginnings = (part.strip().upper() for one in said for part in one.split(","))
            return any(code.startswith(one) for one in beginnings if one)

        return (not self.select or begins(self.select)) and not begins(self.ignore)


class StyleSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How drawings look."""

    base: Annotated[Literal["", "auto", "house", "library"], Doc(description="As `--style`")] = ""
    palette: Annotated[dict[str, ColourSetting], Doc(description="Colours by name, checked for contrast")] = {}
    font: Annotated[tuple[str, ...], Doc(description="Font files: one variable font, or regular and semibold")] = ()
    radius: Annotated[_Size | None, Doc(description="Radius of the corners of cards, in px")] = None
    card_width: Annotated[
        Annotated[float, msgspec.Meta(ge=80, le=400)] | None,
        Doc(description="px of text on a card, from which on a name is broken into two lines; 150 otherwise"),
    ] = None


class ProjectSettings(msgspec.Struct, frozen=True):
    """All of them."""

    site: SiteSettings = SiteSettings()
    vocabulary: VocabularySettings = VocabularySettings()
    check: CheckSettings = CheckSettings()
    style: StyleSettings = StyleSettings()


TABLES: dict[str, type[msgspec.Struct]] = {
    "site": SiteSettings,
    "vocabulary": VocabularySettings,
    "check": CheckSettings,
    "style": StyleSettings,
}
"""The tables of `[tool.archfolio]` that are read here, and what each holds."""
