"""The node classes that a module can import: those of `diagrams` and our concepts, read from their text, not imported.

`diagrams` has 2,700 of them in 250 files; to import them all would take longer than to draw a system.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.capture.ideas import ideas

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASS = re.compile(r"^class (\w+)\((\w+)\):((?:\n(?:    .*)?)*)", re.MULTILINE)
_ICON = re.compile(r'_icon = "([^"]+)"')
_FOLDER = re.compile(r'_icon_dir = "([^"]+)"')
_ALIAS = re.compile(r"^([A-Za-z]\w*) = ([A-Za-z]\w*)$", re.MULTILINE)
_SIGNS = re.compile(r"[\W_]+")
_MEANING = re.compile(r'^\s*"""(.*)"""')
_WORD = re.compile(r"\w+")
_ALIKE = 0.75  # of two names, as difflib measures it
_SHORTEST_PART = 3  # letters of a word that may begin a part of a name: Load in AutoLoadBalancer
_SHORTEST_INSIDE = 5  # letters of a word that may stand anywhere in a name
_PART = re.compile(r"(?<=[a-z0-9])[A-Z]|(?<=[A-Z])[A-Z](?=[a-z])")  # where a part of a name begins


@dataclass(frozen=True, slots=True)
class NodeClass:
    """A class of nodes: how it is called, the module that it is imported from, and the picture of its icon, if any."""

    name: str
    module: str  # "diagrams.onprem.queue"
    icon: Path | None = None
    meaning: str = ""  # of a concept

    @property
    def import_line(self) -> str:
        """The line of Python that imports it."""
        return f"from {self.module} import {self.name}"


@cache
def node_classes() -> tuple[NodeClass, ...]:
    """List every class of nodes by module and name, aliases among them: `S3` is `SimpleStorageServiceS3`."""
    return tuple(sorted((*_of_library(), *_concepts()), key=lambda one: (one.module, one.name)))


@cache
def node_modules() -> frozenset[str]:
    """Return the modules of `diagrams` that can be imported, packages among them."""
    root = _root("diagrams")
    files = (path.relative_to(root.parent).with_suffix("") for path in root.rglob("*.py"))
    return frozenset(".".join(path.parts).removesuffix(".__init__") for path in files)


def find_node_classes(word: str) -> tuple[NodeClass, ...]:
    """Return the classes that a word may mean, the nearest first; case and signs do not count ("post-gres").

    Those of that name; else those that begin with it, then those of which a part does, else those that hold it, else
    those spelt almost so.
    """
    wanted = _plain(word)
    named = _named()
    if not wanted:
        return ()
    if exact := [one for one, name in named if name == wanted]:
        return tuple(exact)
    if held := _holding(wanted):
        return held
    near = difflib.get_close_matches(wanted, {name for _, name in named}, n=5, cutoff=_ALIKE)
    return tuple(one for close in near for one, name in named if name == close)


def find_all(words: str) -> tuple[NodeClass, ...]:
    """Return the classes that words may mean, and those that hold them in their names, modules or meanings, too."""
    wanted = _plain(words)
    held = _holding(wanted) if wanted else ()
    kin = [one for one in node_classes() if wanted and _plain(one.module.rpartition(".")[2]) == wanted]
    named, meant = find_node_classes(words), (*_of_ideas(words), *kin)
    nearest = (*named, *held, *meant) if held else (*meant, *named)  # names that are only spelt alike come last
    return tuple(dict.fromkeys((*nearest, *find_concepts(words))))


def _of_ideas(words: str) -> Iterator[NodeClass]:
    """Yield the classes for what people call things: all of the words, then each; a plural is as good."""
    meant = {_plain(phrase): places for phrase, places in ideas().items()}
    known = {f"{one.module}.{one.name}": one for one in node_classes()}
    for phrase in (words, *_WORD.findall(words)):
        said = _plain(phrase)
        places = meant.get(said) or meant.get(said.removesuffix("s")) or []
        yield from (known[place] for place in places)


def _named() -> list[tuple[NodeClass, str]]:
    return [(one, _plain(one.name)) for one in node_classes()]


def _holding(wanted: str) -> tuple[NodeClass, ...]:
    """Return the classes that begin with a word, then those of which a part does, else those that hold it."""
    named = _named()
    first = [one for one, name in named if name.startswith(wanted)]
    within = [one for one, _ in named if _begins_part(one.name, wanted)] if len(wanted) >= _SHORTEST_PART else []
    if not (first or within) and len(wanted) >= _SHORTEST_INSIDE:
        within = [one for one, name in named if wanted in name]
    return tuple(dict.fromkeys((*first, *within)))


def find_concepts(words: str) -> tuple[NodeClass, ...]:
    """Return the concepts whose names and meanings have words that begin like these, those with the most first."""
    wanted = [word for word in _WORD.findall(words.casefold()) if len(word) >= _SHORTEST_PART]

    def counted(one: NodeClass) -> tuple[int, int]:
        named, meant = _PART.sub(lambda found: f" {found[0]}", one.name), one.meaning
        name, meaning = (_WORD.findall(text.casefold()) for text in (named, meant))
        held = [sum(any(word.startswith(each) for word in said) for each in wanted) for said in (name + meaning, name)]
        return held[0], held[1]

    counts = {one: counted(one) for one in _concepts()}
    found = (one for one, count in counts.items() if count > (0, 0))
    return tuple(sorted(found, key=lambda one: counts[one], reverse=True))


def _begins_part(name: str, wanted: str) -> bool:
    return any(_plain(name[part.start() :]).startswith(wanted) for part in _PART.finditer(name))


def _plain(word: str) -> str:
    return _SIGNS.sub("", word).casefold()


def _of_library() -> Iterator[NodeClass]:
    root = _root("diagrams")
    for path in sorted(root.rglob("*.py")):
        place = path.relative_to(root.parent).with_suffix("")
        module = ".".join(place.parts).removesuffix(".__init__")
        if module not in {"diagrams", "diagrams.cli"}:
            yield from _of_module(module, path.read_text(encoding="utf-8"), root.parent)


def _of_module(module: str, text: str, home: Path) -> Iterator[NodeClass]:
    """Yield the public classes of one of the library's modules, and their aliases."""
    folders: dict[str, str] = {}
    icons: dict[str, Path | None] = {}
    for name, base, body in _CLASS.findall(text):
        folder, icon = _FOLDER.search(body), _ICON.search(body)
        folders[name] = folder[1] if folder else folders.get(base, "")
        if not name.startswith("_"):
            icons[name] = home / folders[name] / icon[1] if icon and folders[name] else None
    yield from (NodeClass(name, module, icon) for name, icon in icons.items())
    yield from (NodeClass(alias, module, icons[name]) for alias, name in _ALIAS.findall(text) if name in icons)


def _concepts() -> Iterator[NodeClass]:
    root = _root("archfolio")
    text = (root / "concepts.py").read_text(encoding="utf-8")
    for name, base, body in _CLASS.findall(text):
        if base == "Concept":
            glyph = re.sub(r"(?<!^)(?=[A-Z])", "-", name).lower()
            meaning = _MEANING.match(body)
            yield NodeClass(name, "archfolio", root / "glyphs" / f"{glyph}.png", meaning[1] if meaning else "")


def _root(package: str) -> Path:
    """Return the folder of an installed package."""
    spec = find_spec(package)
    assert spec is not None  # noqa: S101  both are required
    assert spec.origin is not None  # noqa: S101  it is no namespace
    return Path(spec.origin).parent
