"""A build, from a folder of modules to a folder of pictures, a manifest and a gallery: the stages in their order."""

from __future__ import annotations

import gc
import sys
from functools import partial
from typing import TYPE_CHECKING

from archfolio.render.base import code_version, hashing
from archfolio.render.base.errors import EnvironmentProblem, Failure
from archfolio.render.base.lock import exclusive_lock
from archfolio.render.build import state
from archfolio.render.build.output_folder import OutputFolder
from archfolio.render.build.request import BuildReport
from archfolio.render.build.staleness import STUDY, plan_build, study_hash
from archfolio.render.capture.discover import discover, select

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from archfolio.gallery import manifest
    from archfolio.gallery.site import SiteFile
    from archfolio.gallery.study import Study
    from archfolio.render.build.pages import PageFiles
    from archfolio.render.build.processes import Workers
    from archfolio.render.build.request import BuildRequest
    from archfolio.render.build.staleness import BuildInputs, BuildPlan
    from archfolio.render.build.systems import BuildResult, SystemBuilder
    from archfolio.render.capture.discover import Script


def build(request: BuildRequest, on_progress: Callable[[str], None], pool: Workers | None = None) -> BuildReport:
    """Build what changed. `on_progress` is called with the name of each drawing; `pool` are workers that run already.

    One drawing that fails costs only itself: its last good picture stays, and so does its place in the gallery.
    Raises Problem where nothing can be built at all.
    """
    scripts = discover(request.systems)
    chosen = select(scripts, request.slugs)
    inputs = request.inputs()
    try:
        request.output.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"cannot write to '{request.output}' ({error.strerror}): choose another folder with --output"
        raise EnvironmentProblem(message) from error
    with exclusive_lock(request.output, _wait):
        outputs = OutputFolder(request.output, trusts_stats=not request.force)
        if not outputs.last.modules:
            chosen = scripts if (request.output / state.RECORD).exists() else chosen
        plan = plan_build(scripts, chosen, outputs, inputs)
        same = (outputs.last.study, outputs.last.site) == (study_hash(request.folder), inputs.site)
        if plan.nothing_to_run and same and outputs.last.finished and not any(outputs.defects()):
            return BuildReport(systems=outputs.last.systems, views=outputs.last.views)
        try:
            return _rebuild(request, scripts, plan, outputs, inputs, on_progress, pool)
        finally:
            gc.unfreeze()


def _wait() -> None:
    sys.stderr.write("another build is writing to this folder; waiting for it\n")


def _rebuild(
    request: BuildRequest,
    scripts: Sequence[Script],
    plan: BuildPlan,
    outputs: OutputFolder,
    inputs: BuildInputs,
    on_progress: Callable[[str], None],
    pool: Workers | None,
) -> BuildReport:
    from archfolio.render.build.processes import workers  # noqa: PLC0415  an unchanged build needs none of these

    if pool is None and plan.stale:
        with workers(request.jobs, request.seconds) as own:
            return _rebuild(request, scripts, plan, outputs, inputs, on_progress, own)
    from archfolio.gallery import manifest  # noqa: PLC0415  likewise
    from archfolio.render.build.pages import FEWEST, compile_ahead, loaded, site  # noqa: PLC0415  likewise
    from archfolio.render.build.site_record import record_site  # noqa: PLC0415  likewise
    from archfolio.render.build.study import read_study  # noqa: PLC0415  likewise
    from archfolio.render.build.systems import SystemBuilder  # noqa: PLC0415  likewise

    old = _old_manifest(request.output)
    if not outputs.last.files:  # before anything is drawn
        outputs.refuse_foreign([manifest.NAME, *(file.path for file in site(request.output, old))])
    report = BuildReport(why=list(plan.why))
    site_said, signs = record_site(request)
    if plan.stale:  # while modules run and are drawn
        compile_ahead(site_said)
    builder = SystemBuilder(request, inputs, outputs, old, on_progress, report)
    made = builder.build(plan.stale, pool)
    if pool and len(made.subjects) >= FEWEST:  # while it is gathered here what these pages say
        pool.load_ahead(loaded, len(made.subjects))
    study, problems = read_study(request.folder, old.study)
    fresh = _fresh_manifest(scripts, old, builder, made, outputs, study, site_said)
    outputs.keep(_pictures(fresh))
    unmade, unprinted = _write_site(request.output, outputs, old if builder.trusts_pages else None, fresh, signs, pool)
    report.failures += [*problems, *unmade, *unprinted]
    subjects = fresh.subjects
    report.systems, report.views, report.drawn = len(subjects), sum(len(one.views) for one in subjects), made.drawn
    now = state.BuildState(
        code=inputs.code,
        options=inputs.options,
        site=inputs.site,
        modules=_failed(_modules(scripts, made.modules, outputs.last, inputs), {failure.what for failure in unmade}),
        systems=report.systems,
        views=report.views,
        study="" if problems or unprinted else study_hash(request.folder),
    )
    report.pruned = outputs.finish(now)
    report.written = outputs.written
    return report


def _fresh_manifest(
    scripts: Sequence[Script],
    old: manifest.Manifest,
    builder: SystemBuilder,
    made: BuildResult,
    outputs: OutputFolder,
    study: Study | None,
    site_said: manifest.Site,
) -> manifest.Manifest:
    """Return what is said of the modules that are there: of those that ran what they say now, else what they said."""
    from archfolio.gallery import manifest  # noqa: PLC0415  as in `_rebuild`
    from archfolio.render.build.renames import find_renames  # noqa: PLC0415  likewise

    records = {subject.slug: subject for subject in old.subjects if subject.slug not in builder.ran} | made.subjects
    kept = [records[script.slug] for script in scripts if script.slug in records]
    return manifest.Manifest(
        generator=code_version.ours(),
        engine=builder.engine_version,
        **manifest.by_kind(kept),
        components=_components(kept, old.components, made, outputs),
        fonts=made.fonts,
        moved=find_renames(old.subjects, kept, old.moved),
        study=study,
        site=site_said,
    )


def _write_site(
    folder: Path,
    outputs: OutputFolder,
    trusted: manifest.Manifest | None,
    fresh: manifest.Manifest,
    signs: Mapping[str, bytes],
    pool: Workers | None,
) -> tuple[list[Failure], list[Failure]]:
    """Write the manifest and the pages that say otherwise than by the old one, where that is trusted.

    Returns what kept pages from being made, and cheat sheets from being printed.
    """
    from archfolio.gallery import manifest  # noqa: PLC0415  as in `_rebuild`
    from archfolio.render.build.pages import MOST_TO_SHARE, make_pages  # noqa: PLC0415  likewise

    wanted = _pages_to_make(folder, outputs, trusted, fresh)
    outputs.invalidate([manifest.NAME, *signs, *(file.path for file in wanted)])
    for path, content in signs.items():
        outputs.put(path, content)
    stamp = outputs.put_parts(manifest.NAME, manifest.encode(fresh))
    put_sheets = _print_sheets(outputs, trusted, fresh, pool)
    shared = pool if len(fresh.subjects) <= MOST_TO_SHARE else None
    return _put_pages(outputs, make_pages(folder, wanted, stamp, shared)), put_sheets()


def _pages_to_make(
    folder: Path, outputs: OutputFolder, old: manifest.Manifest | None, fresh: manifest.Manifest
) -> list[SiteFile]:
    """List the files of the site that say otherwise than by the old manifest, or are not there; keep the others."""
    from archfolio.gallery.unchanged import EVERYTHING, differences, unchanged  # noqa: PLC0415  as in `_rebuild`
    from archfolio.render.build.pages import site  # noqa: PLC0415  likewise

    same = unchanged(old, fresh) if old else frozenset()
    differs = differences(old, fresh) if old else EVERYTHING
    wanted = []
    for file in site(folder, fresh):
        is_same = file.subject in same if file.subject else not differs.touch(file.shows, file.components)
        if is_same and outputs.is_intact(file.path):
            outputs.keep([file.path])
        else:
            wanted.append(file)
    return wanted


def _put_pages(outputs: OutputFolder, made: Iterable[PageFiles]) -> list[Failure]:
    """Write pages; return what kept those of some subjects from being made, which stay as they were."""
    failures = []
    for pages in made:
        for path, page in pages.files:
            outputs.put(path, page)
        if pages.error:
            failures.append(Failure(pages.subject, f"its pages could not be made: {pages.error}"))
            outputs.keep_stale(pages.paths)
    return failures


def _print_sheets(
    outputs: OutputFolder, old: manifest.Manifest | None, fresh: manifest.Manifest, pool: Workers | None
) -> Callable[[], list[Failure]]:
    """Have those cheat sheets printed that say otherwise than those of the old manifest; return what puts them there.

    One that cannot be printed stays as it was.
    """
    if fresh.study is None or not fresh.study.cheat_sheets:
        return list
    from archfolio.gallery.catalog import Catalog  # noqa: PLC0415  few projects have cheat sheets
    from archfolio.gallery.cheat_sheets import filled_sheets  # noqa: PLC0415  likewise
    from archfolio.gallery.links import sheet_file  # noqa: PLC0415  likewise

    paths = [sheet_file(sheet.slug, form) for sheet in fresh.study.cheat_sheets for form in ("svg", "pdf")]
    sheets = filled_sheets(Catalog(fresh))
    if old is not None and filled_sheets(Catalog(old)) == sheets and all(map(outputs.is_intact, paths)):
        outputs.keep(paths)
        return list
    from archfolio.render.build.processes import WorkerFailed  # noqa: PLC0415  sheets change seldom
    from archfolio.render.build.worker import Named  # noqa: PLC0415  likewise

    print_sheets: Named[tuple[dict[str, bytes], list[Failure]]]
    print_sheets = Named("archfolio.render.build.cheat_sheets", "print_sheets")
    printing = pool.draw(print_sheets, sheets).result if pool else partial(print_sheets, sheets)

    def put() -> list[Failure]:
        try:
            files, failures = printing()
        except WorkerFailed as lost:
            files, failures = {}, [Failure(STUDY, f"its cheat sheets could not be printed: {lost}")]
        outputs.invalidate(files)
        for path, content in files.items():
            outputs.put(path, content)
        outputs.keep_stale(path for path in paths if path not in files)
        return failures

    return put


def _components(
    subjects: Iterable[manifest.Subject], old: Iterable[manifest.Component], made: BuildResult, outputs: OutputFolder
) -> list[manifest.Component]:
    """Gather what stands in the drawings; of two components of one name, that of the first subject counts."""
    before = {component.key: component for component in old}
    chosen: dict[str, manifest.Component] = {}
    for subject in subjects:
        fresh = made.components.get(subject.slug, {})
        for key in {node.component for view in subject.views for node in view.nodes} - chosen.keys():
            if key in fresh or key in before:
                chosen[key] = fresh.get(key) or before[key]
    paths = {component.icon for component in chosen.values()}
    icons = {path: content for path, content in made.icons.items() if path in paths}
    outputs.invalidate(icons)
    for path, content in icons.items():
        outputs.put(path, content)
    return [chosen[key] for key in sorted(chosen)]


def _modules(
    scripts: Sequence[Script], made: Mapping[str, state.ModuleState], last: state.BuildState, inputs: BuildInputs
) -> dict[str, state.ModuleState]:
    """Return what each module's part depends on; a part made with other code or options is to be made again."""
    same = (last.code, last.options) == (inputs.code, inputs.options)
    before = {script.slug: last.modules[script.slug] for script in scripts if script.slug in last.modules}
    if not same:
        before = {slug: one._replace(source=hashing.UNKNOWN) for slug, one in before.items()}
    return before | dict(made)


def _failed(modules: dict[str, state.ModuleState], slugs: set[str]) -> dict[str, state.ModuleState]:
    """Mark modules as failed, so that the next build tries them again."""
    return {slug: one._replace(failed=one.failed or slug in slugs) for slug, one in modules.items()}


def _old_manifest(folder: Path) -> manifest.Manifest:
    """Read the last manifest. What is in it is kept until the build ends: no collection need go through it."""
    from archfolio.gallery import manifest  # noqa: PLC0415  an unchanged build does not need it

    gc.disable()
    try:
        return manifest.read(folder)
    except (OSError, ValueError, RecursionError):
        return manifest.Manifest(generator="", engine="", systems=[])
    finally:
        gc.freeze()
        gc.enable()


def _pictures(built: manifest.Manifest) -> set[str]:
    """List the files that the records of a manifest stand for."""
    pictures = {file.path for subject in built.subjects for view in subject.views for file in view.files}
    fonts = {font.path for font in built.fonts}
    return pictures | fonts | {component.icon for component in built.components if component.icon}
