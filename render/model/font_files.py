"""The fonts of this machine, and those that `archfolio[fonts]` installs: which file has a family, or a character.

Nothing here is asked unless an author names a family, or a PNG or PDF needs a character that ours lacks.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import uharfbuzz as hb

from archfolio.render.base.errors import EnvironmentProblem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PACKAGES = ("manimgx_fonts", "manimgx_fonts_cjk")  # of Noto's fonts, as Noto publishes them
_ENDINGS = frozenset({".ttf", ".otf", ".ttc", ".otc"})
_OURS = frozenset({"", "inter", "sans", "sansserif", "systemui", "helvetica", "arial", "uisansserif", "helveticaneue"})
"""Names of families for which ours stands in: those that mean "a plain sans", however they are spelled."""
_ALIASES = {
    "courier": ("couriernew", "liberationmono", "nimbusmonops", "freemono"),
    "couriernew": ("courier", "liberationmono", "nimbusmonops"),
    "times": ("timesnewroman", "liberationserif", "nimbusroman", "freeserif"),
    "timesroman": ("times", "timesnewroman", "liberationserif", "nimbusroman"),
    "timesnewroman": ("times", "liberationserif", "nimbusroman"),
    "monospace": ("dejavusansmono", "liberationmono", "couriernew", "menlo", "consolas"),
    "mono": ("dejavusansmono", "liberationmono", "couriernew", "menlo", "consolas"),
    "serif": ("dejavuserif", "liberationserif", "timesnewroman", "times", "georgia"),
}
"""Families of the same measures, or the same sort where a generic name is given."""
_STYLES = re.compile(
    r"[\s,_-]+(bold|semibold|demibold|demi|heavy|black|italic|oblique|regular|roman|normal|book)$", re.IGNORECASE
)
_BOLD = frozenset({"bold", "semibold", "demibold", "demi", "heavy", "black"})
_ITALIC = frozenset({"italic", "oblique"})


@dataclass(frozen=True, slots=True)
class FontFile:
    """One face in a file."""

    path: Path
    index: int
    family: str
    is_bold: bool
    is_italic: bool
    weight: int = 0  # that is wanted of a variable font, 0 for its own


@dataclass(frozen=True, slots=True)
class FontName:
    """What an author wrote as a font name: the family, "" for ours, and the styles in it."""

    family: str
    is_bold: bool
    is_italic: bool


@cache
def parse_name(name: str) -> FontName:
    """Read a Graphviz font name: "Times bold", "Courier New", "Helvetica-Oblique", "Arial:bold"."""
    family, is_bold, is_italic = name.replace(":", " ").strip(), False, False
    while match := _STYLES.search(family):
        style = match[1].lower()
        is_bold, is_italic = is_bold or style in _BOLD, is_italic or style in _ITALIC
        family = family[: match.start()].rstrip(" ,-_")
    family = family.split(",")[0].strip().strip("'\"")
    return FontName("" if _key(family) in _OURS else family, is_bold, is_italic)


def inter(*, is_italic: bool) -> Path:
    """Return the file of our own family.

    fontpkg would look through what all packages say of themselves, which takes as long as a small layout.
    """
    package = find_spec("fontpkg_inter")
    if package is None or package.origin is None:
        message = "the package fontpkg-inter is missing: install archfolio again"
        raise EnvironmentProblem(message)
    files = json.loads(Path(package.origin).with_name("metadata.json").read_text(encoding="utf-8"))["files"]
    style = "italic" if is_italic else "normal"
    return Path(package.origin).parent / str(next(file["path"] for file in files if file["style"] == style))


def _key(family: str) -> str:
    return re.sub(r"[^\w]", "", family).lower()


def is_here(family: str) -> bool:
    """Return whether a family, or one that stands for it, can be found."""
    return not family or find_font(family, is_bold=False, is_italic=False) is not None


_of_projects: dict[str, list[FontFile]] = {}  # by family, whose name says what is in its files


def family_of(path: Path) -> str:
    """Return the family of the font in a file, "" where there is none."""
    return next((face.family for face in _faces(path)), "")


def add_project_fonts(fonts: Iterable[tuple[str, str]]) -> None:
    """Make fonts of a project known to this process: the family, named so that no other has it, and a file of it."""
    for family, file in fonts:
        known = _of_projects.setdefault(_key(family), [])
        if all(str(face.path) != file for face in known):
            known += list(_faces(Path(file)))


@cache
def _project_font(family: str, *, is_bold: bool, is_italic: bool) -> FontFile | None:
    faces = _of_projects[family]
    return min(faces, key=lambda face: (face.is_italic != is_italic, face.is_bold != is_bold, str(face.path)))


@cache
def find_font(family: str, *, is_bold: bool, is_italic: bool) -> FontFile | None:
    """Find the face of a family that is nearest to a style; None where there is none of the family."""
    key = _key(family)
    if key in _of_projects:
        return _project_font(key, is_bold=is_bold, is_italic=is_italic)
    for wanted in (key, *_ALIASES.get(key, ())):
        faces = [face for face in installed() if _key(face.family) == wanted]
        if faces:
            return min(faces, key=lambda face: (face.is_italic != is_italic, face.is_bold != is_bold, str(face.path)))
    return None


@cache
def with_character(character: str, *, is_bold: bool = False) -> FontFile | None:
    """Find a face that can show a character: of the packages first, then of the machine, the plainest that has it."""
    code = ord(character)
    for faces in (_packaged(), installed()):
        having = [face for face in faces if code in _characters(face)]
        if having:
            return min(having, key=lambda face: (_rank(face), face.is_italic, face.is_bold != is_bold, str(face.path)))
    return None


def _rank(face: FontFile) -> int:
    name = _key(face.family)
    return 0 if "notosans" in name or "coloremoji" in name else 1 if "sans" in name or "emoji" in name else 2


@cache
def _characters(face: FontFile) -> frozenset[int]:
    with suppress(Exception):  # a font that cannot be read has none
        return frozenset(hb.Face(hb.Blob.from_file_path(str(face.path)), face.index).unicodes)
    return frozenset()


@cache
def _packaged() -> tuple[FontFile, ...]:
    """List the faces of the packages of `archfolio[fonts]`, as far as they are installed."""
    paths = [path for folder in packaged_folders() for path in sorted(folder.glob("*.tt[fc]"))]
    return tuple(face for path in paths for face in _faces(path))


def packaged_folders() -> list[Path]:
    """List the folders of the packages of `archfolio[fonts]` that are installed."""
    specs = [spec for package in _PACKAGES if (spec := find_spec(package))]
    return [Path(folder) for spec in specs for folder in spec.submodule_search_locations or ()]


@cache
def installed() -> tuple[FontFile, ...]:
    """List the faces of the machine's fonts."""
    return tuple(face for path in sorted(set(_font_files())) for face in _faces(path))


def _font_files() -> Iterator[Path]:
    for folder in font_folders():
        for parent, _, names in os.walk(folder, followlinks=True):
            yield from (Path(parent, name) for name in names if Path(name).suffix.lower() in _ENDINGS)


def font_folders() -> list[Path]:
    """List the folders in which this machine keeps its fonts."""
    home = Path.home()
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library/Fonts"]
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", str(home))
        return [Path(os.environ.get("WINDIR", "C:/Windows")) / "Fonts", Path(local) / "Microsoft/Windows/Fonts"]
    data = os.environ.get("XDG_DATA_HOME", str(home / ".local/share"))
    return [Path("/usr/share/fonts"), Path("/usr/local/share/fonts"), Path(data) / "fonts", home / ".fonts"]


def _faces(path: Path) -> Iterator[FontFile]:
    with suppress(Exception):  # a file that is no font has no faces
        blob = hb.Blob.from_file_path(str(path))
        for index in range(max(hb.Face(blob).count, 1)):
            face = hb.Face(blob, index)
            family = face.get_name(hb.OTNameIdPredefined.TYPOGRAPHIC_FAMILY) or face.get_name(
                hb.OTNameIdPredefined.FONT_FAMILY
            )
            style = face.get_name(hb.OTNameIdPredefined.TYPOGRAPHIC_SUBFAMILY) or face.get_name(
                hb.OTNameIdPredefined.FONT_SUBFAMILY
            )
            words = set(re.findall("[a-z]+", (style or "").lower()))
            if family:
                yield FontFile(path, index, family, bool(words & _BOLD), bool(words & _ITALIC))
