"""A build, from a folder of modules to a folder of pictures, a manifest and a gallery: the stages in their order."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from render import manifest, state
from render.discover import discover, select
from render.errors import Failure
from render.look import Look
from render.write import prune, write

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from render.discover import Script


@dataclass(frozen=True, slots=True)
class Request:
    """What to build, from where, to where, and how."""

    systems: Path
    output: Path
    slugs: tuple[str, ...] = ()
    look: Look = Look()
    force: bool = False
    jobs: int | None = None

    def options(self) -> str:
        """Name everything here that changes what is written."""
        return repr((str(self.systems.resolve()), self.look))


@dataclass
class Report:
    """What a build did."""

    systems: int = 0
    views: int = 0
    drawn: int = 0
    written: int = 0
    pruned: int = 0
    failures: list[Failure] = field(default_factory=list)
    why: list[str] = field(default_factory=list)  # one reason for each module that was run again


def build(request: Request, told: Callable[[str], None]) -> Report:
    """Build what changed. `told` hears a line for each drawing.

    One drawing that fails costs only itself: its last good picture stays, and so does its place in the gallery.
    Raises Problem where nothing can be built at all.
    """
    scripts = discover(request.systems)
    chosen = select(scripts, request.slugs)
    last = state.load(request.output)
    if last.code != state.all_code() or last.options != request.options() or request.force:
        last = state.State(files=last.files)
    report = Report()
    stale = [script for script in chosen if _stale(script, last, request, report)]
    if not stale and _complete(scripts, last, request):
        return _nothing_to_do(request, report)
    return _rebuild(request, scripts, stale, last, report, told)


def _stale(script: Script, last: state.State, request: Request, report: Report) -> bool:
    """Tell whether a module must be run again, and note why."""
    known = last.modules.get(script.slug)
    reason = ""
    if known is None:
        reason = "is new" if last.modules else "nothing is known of an earlier build with this code and these options"
    elif known.failed:
        reason = "failed last time"
    elif known.source != state.of_file(script.path):
        reason = "changed"
    else:
        changed = [path for path, old in known.reads.items() if state.of_file(Path(path)) != old]
        damaged = [
            path
            for path, old in last.files.items()
            if path.startswith(f"images/{script.slug}/") and state.of_file(request.output / path) != old
        ]
        reason = f"uses {changed[0]}, which changed" if changed else f"{damaged[0]} is damaged" if damaged else ""
    if reason:
        report.why.append(f"{script.slug}: {reason}")
    return bool(reason)


def _complete(scripts: Sequence[Script], last: state.State, request: Request) -> bool:
    """Tell whether everything that the last build wrote is still there as written, and nothing too much."""
    if set(last.modules) != {script.slug for script in scripts}:
        return False
    return all(state.of_file(request.output / path) == old for path, old in last.files.items())


def _nothing_to_do(request: Request, report: Report) -> Report:
    built = manifest.read(request.output)
    report.systems = len(built.systems)
    report.views = sum(len(system.views) for system in built.systems)
    return report


def _rebuild(
    request: Request,
    scripts: Sequence[Script],
    stale: Sequence[Script],
    last: state.State,
    report: Report,
    told: Callable[[str], None],
) -> Report:
    from gallery import assemble  # noqa: PLC0415  an unchanged build does not need it
    from render.studio import Studio  # noqa: PLC0415

    old = _old_manifest(request.output)
    studio = Studio(request, told, report.failures)
    made = studio.make(stale, {system.slug: system for system in old.systems})
    records = {system.slug: system for system in old.systems} | made.systems
    kept = [records[script.slug] for script in scripts if script.slug in records]
    components = {component.key: component for component in old.components} | made.components
    used = {node.component for system in kept for view in system.views for node in view.nodes}
    fresh = manifest.Manifest(
        generator=f"archfolio {studio.version}",
        engine=studio.engine_version,
        systems=kept,
        components=[components[key] for key in sorted(used) if key in components],
        fonts=made.fonts,
    )
    files = dict(made.files)
    files[manifest.NAME] = manifest.encode(fresh)
    pictures = _picture_paths(fresh)
    hashes = {path: last.files[path] for path in pictures if path in last.files and path not in files}
    for path, content in files.items():
        report.written += write(request.output / path, content)
    pages = assemble(fresh, lambda path: (request.output / path).read_text(encoding="utf-8"))
    for path, content in pages.items():
        files[path] = content
        report.written += write(request.output / path, content)
    hashes |= {path: state.digest(content) for path, content in files.items()}
    report.pruned = prune(request.output, set(last.files) - set(hashes))
    modules = {slug: known for slug, known in last.modules.items() if slug in records} | made.modules
    now = state.State(code=state.all_code(), options=request.options(), modules=modules, files=hashes)
    write(request.output / state.NAME, state.encode(now))
    report.systems, report.drawn = len(kept), made.drawn
    report.views = sum(len(system.views) for system in kept)
    return report


def _old_manifest(folder: Path) -> manifest.Manifest:
    try:
        return manifest.read(folder)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return manifest.Manifest(generator="", engine="", systems=[])


def _picture_paths(built: manifest.Manifest) -> set[str]:
    """List the files that the records of a manifest stand for."""
    pictures = {file.path for system in built.systems for view in system.views for file in view.files}
    return pictures | {component.icon for component in built.components if component.icon}
