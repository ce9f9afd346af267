"""The manifest seen across subjects: their order, and where every component is used."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.drawn_places import DrawnPlace, find_drawn
from archfolio.gallery.manifest import CommonMistake, MockInterview

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.manifest import (
        BuildingBlock,
        CompanyGuide,
        Component,
        Edge,
        InterviewFramework,
        InterviewQuestion,
        Manifest,
        Node,
        Subject,
        System,
        View,
    )
    from archfolio.gallery.sections import Quantity

_PROVIDERS = {
    "concept": "Concepts",
    "onprem": "Self-hosted software",
    "aws": "AWS",
    "azure": "Azure",
    "gcp": "Google Cloud",
    "k8s": "Kubernetes",
    "saas": "Software as a service",
    "programming": "Languages and flowchart shapes",
    "generic": "Generic",
    "custom": "Own icons",
    "own": "Concepts of this project",
}
_LOOKS = ("programming",)  # providers of languages and shapes
_FAMILIES = ("end-to-end", "applied", "building-block")


@dataclass(frozen=True, slots=True)
class Use:
    """A component standing somewhere: one node of one view of one subject."""

    subject: Subject
    view: View
    node: Node


@dataclass(frozen=True, slots=True)
class BlockUse:
    """A place at which a system has a building block, and what the block does there."""

    block: BuildingBlock
    place: DrawnPlace
    how: str


@dataclass(frozen=True, slots=True)
class GroupHeading:
    """What systems of the index stand under."""

    id: str
    title: str


@dataclass(frozen=True)
class Catalog:
    """Subjects in reading order, components by key, and who uses what."""

    manifest: Manifest

    @cached_property
    def systems(self) -> tuple[System, ...]:
        """List the systems: by group or family, by their place in the guide, then by title."""
        site = self.manifest.site
        order = list(dict.fromkeys([*site.groups, *site.families, *_FAMILIES]))

        def rank(system: System) -> tuple[int, str, int, str, str]:
            heading = self.heading(system).id
            place = order.index(heading) if heading in order else len(order)
            return place, heading, system.position, system.title.casefold(), system.slug

        return tuple(sorted(self.manifest.systems, key=rank))

    def heading(self, system: System) -> GroupHeading:
        """Return the heading under which a system stands: of its group, or else of its family."""
        group = system.module.group
        if group:
            return GroupHeading(group, self.manifest.site.groups.get(group) or group.replace("_", " ").capitalize())
        return GroupHeading(system.family or "drawings", system.family_title or "Drawings")

    @cached_property
    def blocks(self) -> tuple[BuildingBlock, ...]:
        """List the building blocks: by their place in the guide, then by title."""
        return tuple(sorted(self.manifest.blocks, key=lambda block: (block.position, block.title.casefold())))

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """List all that has a page of its own: systems, then the other kinds."""
        return (*self.architectures, *self.interview)

    @cached_property
    def architectures(self) -> tuple[System | BuildingBlock, ...]:
        """List what is drawn and estimated for its own sake: not what is drawn again, or wrongly, to be learnt from."""
        return (*self.systems, *self.blocks)

    @cached_property
    def interview(self) -> tuple[Subject, ...]:
        """List the interview part: framework, companies, questions, mistakes, mock interviews, each in its order."""
        return (*self.frameworks, *self.company_guides, *self.questions, *self.mistakes, *self.mocks)

    @cached_property
    def frameworks(self) -> tuple[InterviewFramework, ...]:
        """List the frameworks in order."""
        return tuple(sorted(self.manifest.frameworks, key=_position))

    @cached_property
    def company_guides(self) -> tuple[CompanyGuide, ...]:
        """List the company guides in order."""
        return tuple(sorted(self.manifest.company_guides, key=_position))

    @cached_property
    def questions(self) -> tuple[InterviewQuestion, ...]:
        """List the questions of the bank in order."""
        return tuple(sorted(self.manifest.questions, key=_position))

    @cached_property
    def mistakes(self) -> tuple[CommonMistake, ...]:
        """List the common mistakes in order."""
        return tuple(sorted(self.manifest.mistakes, key=_position))

    @cached_property
    def mocks(self) -> tuple[MockInterview, ...]:
        """List the mock interviews in order."""
        return tuple(sorted(self.manifest.mocks, key=_position))

    @cached_property
    def block_uses(self) -> tuple[BlockUse, ...]:
        """List where systems have building blocks, as far as what the blocks name is drawn."""
        return tuple(
            BlockUse(block, place, said.how)
            for block in self.blocks
            for said in block.used_by
            if (place := find_drawn(said.where, self.subjects)) is not None
        )

    @cached_property
    def block_uses_of_boxes(self) -> dict[tuple[str, str, str], list[BlockUse]]:
        """Return those of boxes, by the slugs of subject and view and the id of the box."""
        found: dict[tuple[str, str, str], list[BlockUse]] = {}
        for use in self.block_uses:
            if use.place.node and use.place.view:
                box = use.place.subject.slug, use.place.view.slug, use.place.node.id
                found.setdefault(box, []).append(use)
        return found

    @cached_property
    def icon_files(self) -> dict[str, str]:
        """Return the files of icons by the ids that these have in drawings, which say their content as the names do."""
        paths = (component.icon for component in self.manifest.components if component.icon)
        return {f"icon-{PurePosixPath(path).stem}": path for path in paths}

    @cached_property
    def families(self) -> tuple[tuple[System, ...], ...]:
        """Gather the systems under their headings, in order."""
        groups: dict[GroupHeading, list[System]] = {}
        for system in self.systems:
            groups.setdefault(self.heading(system), []).append(system)
        return tuple(tuple(group) for group in groups.values())

    @cached_property
    def by_slug(self) -> dict[str, Subject]:
        """Return the subjects by slug."""
        return {subject.slug: subject for subject in self.subjects}

    @cached_property
    def study_pages(self) -> dict[str, links.Link]:
        """Return the pages about all of the gallery by the names that study content has for them."""
        study = self.manifest.study
        pages = {
            "systems": links.Link("Systems", links.INDEX),
            "components": links.Link("Components", links.COMPONENTS),
        }
        pages["compare"] = links.Link("Compare", links.COMPARE)
        for name, title, path, listed in (
            ("interview", "Interview", links.INTERVIEW, self.interview),
            ("question-bank", "Question bank", links.QUESTIONS, self.questions),
            ("common-mistakes", "Spot the fault", links.MISTAKES, self.mistakes),
            ("mock-interviews", "Mock interviews", links.MOCKS, self.mocks),
            ("practice", "Practice", links.PRACTICE, any(one.decisions or one.failures for one in self.systems)),
        ):
            if listed:
                pages[name] = links.Link(title, path)
        if study is None:
            return pages
        pages["study"] = links.Link("Study", links.STUDY)
        for name, title, path, content in (
            ("paths", "Paths", links.PATHS, study.paths),
            ("takeaways", "Takeaways of a book review", links.TAKEAWAYS, study.takeaways),
            ("reference", "Estimation reference", links.REFERENCE, study.references),
            ("sources", "Sources", links.SOURCES, self.systems),
            ("contents", "Contents", links.CONTENTS, study.contents),
        ):
            if content:
                pages[name] = links.Link(title, path)
        pages |= {
            topic.slug: links.Link(topic.title, links.study(topic.slug))
            for topic in (*study.components, *study.principles)
        }
        return pages | {
            sheet.slug: links.Link(f"Cheat sheet: {sheet.title}", links.study(sheet.slug))
            for sheet in study.cheat_sheets
        }

    @cached_property
    def study_places(self) -> dict[str, str]:
        """Return what places on pages about all of the gallery are called, "paths#beginner" and so on."""
        study = self.manifest.study
        if study is None:
            return {}
        calculator = {"reference#calculator": study.calculator.title} if study.calculator else {}
        return {
            **{f"paths#{path.slug}": f"Path: {path.title}" for path in study.paths},
            **{f"takeaways#{path.slug}": f"Takeaways: {path.title}" for path in study.takeaways},
            "study#ways": "How to use it",
            "study#components": "Components of an ML system",
            "reference#constants": "Constants",
            "reference#method": "Method of estimation",
            "reference#drills": "Drills",
            **calculator,
        }

    @cached_property
    def components(self) -> dict[str, Component]:
        """Return every component that stands in a drawing, by key."""
        return {part.key: part for part in self.manifest.components if part.key in self.uses}

    @cached_property
    def kinds(self) -> dict[str, Component]:
        """Return the components that say what a box is: a language or a shape of a flowchart says how it looks."""
        return {key: part for key, part in self.components.items() if part.provider not in _LOOKS}

    @cached_property
    def uses(self) -> dict[str, tuple[Use, ...]]:
        """Return the uses of every component key, in reading order."""
        uses: dict[str, list[Use]] = {}
        for use in self._every_use():
            uses.setdefault(use.node.component, []).append(use)
        return {key: tuple(found) for key, found in uses.items()}

    @cached_property
    def first_uses(self) -> dict[str, tuple[Use, ...]]:
        """Return of every component key its first use in each subject that has it, in reading order."""
        first_uses: dict[str, dict[str, Use]] = {}
        for use in self._every_use():
            first_uses.setdefault(use.node.component, {}).setdefault(use.subject.slug, use)
        return {key: tuple(found.values()) for key, found in first_uses.items()}

    @cached_property
    def neighbours(self) -> dict[str, Counter[str]]:
        """Count, for every component key, in how many arrows each other component is at the far end."""
        counts: dict[str, Counter[str]] = {key: Counter() for key in self.uses}
        for subject in self.architectures:
            for view in subject.views:
                key = {node.id: node.component for node in view.nodes}
                for tail, head in _pairs(view.edges, key):
                    counts[tail][head] += 1
                    counts[head][tail] += 1
        return counts

    def _every_use(self) -> Iterator[Use]:
        """Go through what is drawn; not what is drawn wrongly, or step by step, or again from another view."""
        for subject in self.subjects:
            if not isinstance(subject, CommonMistake | MockInterview):
                for view in subject.views:
                    own = {node for change in view.changes for node in change.nodes}
                    yield from (Use(subject, view, node) for node in view.nodes if not view.base or node.id in own)


def _position(subject: Subject) -> tuple[int, str]:
    return subject.position, subject.title.casefold()


def _pairs(edges: list[Edge], key: dict[str, str]) -> Iterator[tuple[str, str]]:
    for edge in edges:
        tail, head = key.get(edge.tail), key.get(edge.head)  # an end may be a cluster
        if tail is not None and head is not None and tail != head:
            yield tail, head


def quantities_by_name(subject: Subject) -> dict[str, Quantity]:
    """Return the quantities of a subject's estimate by name."""
    return {quantity.name: quantity for quantity in subject.estimate}


def summary_text(subject: Subject) -> str:
    """Return the one sentence that says what a subject is, its figures put in."""
    return prose.to_text(subject.summary, quantities_by_name(subject))


def known_line(subject: Subject, number: int) -> tuple[int, ...]:
    """Return a line's number if the module has that line, and none where it is not known."""
    return (number,) if 1 <= number <= _count_lines(subject.module.text) else ()


@lru_cache(maxsize=1)  # asked for every box of a subject
def _count_lines(text: str) -> int:
    return len(text.splitlines())


def component_keys(subject: Subject) -> tuple[str, ...]:
    """List the components of a subject, each once, in the order in which they first stand in a drawing."""
    return tuple(dict.fromkeys(node.component for view in subject.views for node in view.nodes))


def svg_path(view: View) -> str:
    """Return the path of the drawing that follows the reader's theme, or of the first SVG there is.

    Raises ValueError where there is none.
    """
    paths = {file.theme: file.path for file in reversed(view.files) if file.format == "svg"}
    if not paths:
        message = f"the manifest names no SVG for the view '{view.slug}': build again"
        raise ValueError(message)
    return paths.get("auto") or next(reversed(paths.values()))


def provider_title(name: str) -> str:
    """Name where components come from: "onprem" is self-hosted software."""
    return _PROVIDERS.get(name, name.capitalize() or "Other")
