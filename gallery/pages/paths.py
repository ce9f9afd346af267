"""Ways through the gallery: paths that the reader ticks off, and takeaways that lead from a sentence to drawings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from archfolio.gallery import links
from archfolio.gallery.named_places import link_to
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.study import Study, StudyPath, StudyStage

_SCRIPTS = ("paths.js",)


@dataclass(frozen=True, slots=True)
class PathStep:
    """A place to go to, where it is there, and what to do."""

    key: str  # by which a browser remembers that it is done
    name: str
    link: tuple[links.Link, ...]
    unlinked: tuple[str, ...]  # its name, where nothing is there yet
    text: str


@dataclass(frozen=True, slots=True)
class PathStage:
    """Steps that belong together."""

    title: str
    text: tuple[str, ...]
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class PathSection:
    """A path through the gallery, stage by stage."""

    id: str
    title: str
    sentence: str
    stages: tuple[PathStage, ...]


@dataclass(frozen=True, slots=True)
class PathGroup:
    """Paths for readers of one kind."""

    title: str
    paths: tuple[PathSection, ...]


@dataclass(frozen=True, slots=True)
class PathsPage:
    """Everything that the page of paths prints, or that of takeaways."""

    template: ClassVar[str] = "paths.html"

    frame: PageFrame
    title: str
    lead: str
    tickable: tuple[bool, ...]  # one value where steps are ticked off, none where they are not
    groups: tuple[PathGroup, ...]


def paths_page(study: Study, catalog: Catalog) -> PathsPage:
    """Compute the page of paths."""
    lead = (
        "Ways through the gallery, step by step. What you tick off and what you mark is kept in this browser, "
        "and nowhere else."
    )
    crumbs = (links.Link("Study", links.STUDY), links.Link("Paths", ""))
    frame = PageFrame(links.PATHS, f"Paths · {NAME}", lead, crumbs, _SCRIPTS, ("study.css",))
    return PathsPage(frame, "Paths", lead, (True,), tuple(_groups(study.paths, catalog, "")))


def takeaways_page(study: Study, catalog: Catalog) -> PathsPage:
    """Compute the page of takeaways."""
    root = links.root(links.TAKEAWAYS)
    title = catalog.study_pages["takeaways"].text
    lead = (
        "A review of Alex Xu's “System Design Interview” names four takeaways for machine-learning engineers, "
        "three points each, what production asks for, and three applications: each leads to drawings that show it."
    )
    crumbs = (links.Link("Study", f"{root}{links.STUDY}"), links.Link(title, ""))
    frame = PageFrame(links.TAKEAWAYS, f"{title} · {NAME}", lead, crumbs, (), ("study.css",))
    return PathsPage(frame, title, lead, (), tuple(_groups(study.takeaways, catalog, root)))


def _groups(paths: Sequence[StudyPath], catalog: Catalog, root: str) -> Iterator[PathGroup]:
    for title in dict.fromkeys(path.group for path in paths):
        yield PathGroup(title, tuple(_section(path, catalog, root) for path in paths if path.group == title))


def _section(path: StudyPath, catalog: Catalog, root: str) -> PathSection:
    stages = tuple(_stage(path.slug, number, stage, catalog, root) for number, stage in enumerate(path.stages, 1))
    return PathSection(path.slug, path.title, path.sentence, stages)


def _stage(path: str, number: int, stage: StudyStage, catalog: Catalog, root: str) -> PathStage:
    titles = {block.slug: block.title for system in catalog.systems for block in system.building_blocks}
    steps = []
    for step in stage.steps:
        link = link_to(step.to, catalog, root)
        title = link[0].text if link else titles.get(step.to.partition("/")[0], "")
        unlinked = () if link or not title else (title,)
        steps.append(PathStep(f"{path}/{number}/{step.to}", title or step.text, link, unlinked, step.text))
    return PathStage(stage.title, (stage.text,) if stage.text else (), tuple(steps))
