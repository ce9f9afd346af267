"""Write down what a project's settings say of its pages, as the manifest says it; and the files that pages show."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from archfolio.gallery import manifest
from archfolio.render.base import hashing
from archfolio.render.base.errors import UsageProblem

if TYPE_CHECKING:
    from archfolio.render.base.settings import SiteSettings
    from archfolio.render.build.request import BuildRequest

_PROPERTIES = {  # custom properties of the pages, by the colours of drawings that they share
    "ground": "ground",
    "panel": "panel",
    "panel-2": "panel-deep",
    "panel-border": "border",
    "ink": "ink",
    "muted": "muted",
}
_ACCENT = ("link", "bar", "code-name")
_PAPER = (  # around the grounds of drawings: a little darker than these
    "color-mix(in srgb, var(--ground) 97%, var(--ink))",
    "color-mix(in srgb, var(--ground) 80%, #000)",
)
_LINK_GROUND = 12  # per cent of the accent in what is under a chosen link


def record_site(request: BuildRequest) -> tuple[manifest.Site, dict[str, bytes]]:
    """Return the record of a site, and its files by their path in the output folder."""
    said, conventions = request.site, request.options.conventions
    radius = conventions.look.radius
    looks = manifest.Site(
        colours=_colours(request),
        lengths={} if radius is None else {"radius": f"{radius:g}px"},
        families=[family for family, _ in dict(conventions.words).get("families", ())],
    )
    if said is None:
        return looks, {}
    files = {key: Path(getattr(said, key)) for key in ("logo", "favicon") if getattr(said, key)}
    paths = {key: f"brand/{key}{path.suffix.lower()}" for key, path in files.items()}
    site = msgspec.structs.replace(
        looks,
        title=said.title,
        wordmark=said.wordmark,
        lead=said.lead,
        footer=said.footer,
        language=said.language,
        words=_read_words(said),
        repository=_repository(request, said),
        groups=said.groups,
        **paths,
    )
    return site, {paths[key]: path.read_bytes() for key, path in files.items()}


def hash_of_site(request: BuildRequest) -> str:
    """Hash everything that the record of a site hangs on."""
    said = request.site
    if said is None:
        return ""
    files = {key: getattr(said, key) for key in ("logo", "favicon", "words")}
    elsewhere = {key: Path(file).suffix for key, file in files.items()}  # where they stand does not count
    words = repr(msgspec.structs.replace(said, **elsewhere))
    return hashing.digest(
        words, _repository(request, said), *(hashing.hash_file(file) if file else "" for file in files.values())
    )


def _colours(request: BuildRequest) -> dict[str, tuple[str, str]]:
    """Return the custom properties of the pages that have another colour here, light and dark."""
    drawn = dict(request.options.conventions.look.colours)
    colours = {name: (drawn[ours].light, drawn[ours].dark) for ours, name in _PROPERTIES.items() if ours in drawn}
    if "ground" in colours:
        colours["paper"] = _PAPER
    accent = _accent(request)
    if accent:
        light, dark = (f"color-mix(in srgb, {one} {_LINK_GROUND}%, var(--ground))" for one in accent)
        colours |= {**dict.fromkeys(_ACCENT, accent), "link-ground": (light, dark)}
    return colours


def _accent(request: BuildRequest) -> tuple[str, str] | None:
    """Return the colour of links, light and dark, where a project sets one."""
    if request.site is None or not request.site.accent:
        return None
    from archfolio.render.model.palette import accent_twins  # noqa: PLC0415  most projects set none

    return accent_twins(request.site.accent)


def _repository(request: BuildRequest, said: SiteSettings) -> str:
    """Return the address of the folder of modules."""
    if not said.repository or request.home is None:
        return said.repository
    folder = Path(os.path.relpath(request.folder, request.home.resolve())).as_posix()
    return f"{said.repository.rstrip('/')}/{folder}/" if not folder.startswith("..") else said.repository


def _read_words(said: SiteSettings) -> dict[str, str]:
    """Read the words of the pages in another language, by their English.

    Raises UsageProblem for a file that is not TOML, or has anything but texts in it.
    """
    if not said.words:
        return {}
    try:
        words = tomllib.loads(Path(said.words).read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageProblem(f"{said.words} is not TOML: {error}") from error
    for english, text in words.items():
        if not isinstance(text, str):
            raise UsageProblem(f'{said.words}: \'{english}\' is not a text: write "English" = "..."')
    return words
