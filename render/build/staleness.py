"""Decide which modules must be run again, and say why. Compares hashes; runs and imports nothing that draws."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio.render.base import hashing
from archfolio.render.build import state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from archfolio.render.build.output_folder import OutputFolder
    from archfolio.render.capture.discover import Script

STUDY = "study"  # the folder, inside that of the modules, of what is said of how to study them


@dataclass(frozen=True, slots=True)
class BuildInputs:
    """What a build hangs on besides its modules."""

    folder: str  # of the modules
    code: str
    options: str
    force: bool = False
    site: str = ""  # a hash of what the pages say around the systems


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """What is to be done."""

    stale: tuple[Script, ...]  # to run again, in the folder's order
    why: tuple[str, ...]  # a sentence for each of them
    deleted: frozenset[str]  # slugs of modules that are no longer there

    @property
    def nothing_to_run(self) -> bool:
        """Return whether every module is as it was."""
        return not self.stale and not self.deleted


def plan_build(
    scripts: Sequence[Script], chosen: Iterable[Script], outputs: OutputFolder, inputs: BuildInputs
) -> BuildPlan:
    """Compare what there is with what the last build was made of.

    Of the modules that were not chosen, only those are run again whose own pictures are not there any more.
    """
    known = outputs.last.modules
    wanted = {script.slug for script in chosen}
    hashes = _Hashes(inputs.folder)
    reasons: dict[str, str] = {}
    for script in scripts:
        module = known.get(script.slug)
        found: Iterator[str] = iter(())
        if script.slug in wanted:
            found = _reasons(script, module, outputs, inputs, hashes)
        elif module:
            found = outputs.defects((state.RECORD, *module.makes))
        for reason in found:
            reasons[script.slug] = reason
            break
    deleted = frozenset(known) - {script.slug for script in scripts}
    reasons |= _sharers(known, deleted | reasons.keys(), {script.slug for script in scripts})
    stale = tuple(script for script in scripts if script.slug in reasons)
    return BuildPlan(stale, tuple(f"{script.slug}: {reasons[script.slug]}" for script in stale), deleted)


def _reasons(
    script: Script, module: state.ModuleState | None, outputs: OutputFolder, inputs: BuildInputs, hashes: _Hashes
) -> Iterator[str]:
    """Yield the reasons why a module must be run again; the first is enough."""
    last = outputs.last
    if inputs.force:
        yield "you asked for everything again"
    if not last.modules:
        yield "nothing is known of an earlier build"
    elif last.code != inputs.code:
        yield "archfolio or a package below it changed"
    elif last.options != inputs.options:
        yield "the options changed"
    if module is None:
        yield "is new"
        return
    if module.failed:
        yield "failed last time"
    if module.source == hashing.UNKNOWN:
        yield "was last drawn with other code or options"
    elif module.source != hashing.hash_file(script.path):
        yield "changed"
    for path in hashes.differing(module.reads):
        yield f"uses {'the list of what is in its folder' if path == '.' else path}, which changed"
    yield from outputs.defects((state.RECORD, *module.makes))


def _sharers(known: dict[str, state.ModuleState], changing: Iterable[str], there: set[str]) -> dict[str, str]:
    """Find the modules that give a component of the same name an icon of their own: the first of them decides."""
    reasons = {}
    for slug in changing:
        mine = set(known[slug].own_parts) if slug in known else set()
        for other, module in known.items():
            shared = mine & set(module.own_parts)
            if other != slug and other in there and shared:
                reasons[other] = f"shares the component {min(shared)} with {slug}"
    return {slug: reason for slug, reason in reasons.items() if slug not in set(changing)}


def study_files(systems: Path) -> list[Path]:
    """List the files that say how to study the systems of a folder."""
    return sorted((systems / STUDY).glob("*.toml"))


def study_hash(systems: Path) -> str:
    """Hash them; nothing where there are none."""
    files = study_files(systems)
    return hashing.digest(*(part for file in files for part in (file.name, hashing.hash_file(file)))) if files else ""


class _Hashes:
    """Hashes of what modules read, each file once."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._known: dict[str, str] = {}

    def differing(self, reads: Mapping[str, str]) -> Iterator[str]:
        """Yield the files that have other hashes than these, by their paths from the folder of modules."""
        for path in reads.keys() - self._known.keys():
            self._known[path] = hashing.hash_file(f"{self._folder}/{path}")
        known = self._known
        yield from (path for path, old in reads.items() if known[path] != old)
