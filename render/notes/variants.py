"""A picture that a note wishes otherwise than the build has it: a step lit, a part, another direction, a slide's shape.

It is made of the build's own SVG where that is enough, else drawn anew from its module, and is written below the build.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from msgspec import structs

from archfolio.gallery.export.walkthrough import heading_of, sentence_of
from archfolio.gallery.manifest import File
from archfolio.gallery.prose import braces
from archfolio.gallery.svg.variant import Change, Heading, change, members_of
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.files import write
from archfolio.render.build.finish_svg import png_of, with_glyphs
from archfolio.render.build.redraw import redraw

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from archfolio.gallery.manifest import View
    from archfolio.gallery.svg.variant import ChangedDrawing
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.notes.select import ResolvedView

FOLDER = "notes"  # below a build: pictures that only notes show
_SCALE = 2.0  # pixels of the PNG a CSS pixel
_SMALLEST_TEXT = 9.0  # px, as it is shown


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is to be otherwise."""

    step: int | None = None
    only: str = ""  # the label of a cluster
    direction: str = ""
    ratio: tuple[int, int] | None = None  # of width to height
    title: bool = True

    @property
    def any(self) -> bool:
        """Whether anything is wished."""
        return self != Wishes()

    @property
    def suffix(self) -> str:
        """What of it a file's name says: "--step-2--16x9"."""
        said = (
            f"step-{self.step}" if self.step else "",
            f"only-{re.sub(r'[^a-z0-9]+', '-', self.only.casefold()).strip('-')}" if self.only else "",
            self.direction.lower(),
            "{}x{}".format(*self.ratio) if self.ratio else "",
            "" if self.title else "untitled",
        )
        return "".join(f"--{one}" for one in said if one)


def write_variant(
    resolved: ResolvedView, svg: str, wishes: Wishes, site: Path, systems: Sequence[Path], options: RenderOptions
) -> ResolvedView:
    """Write the picture that is wished below a build, and return the view as one that has only this picture.

    Raises UsageProblem for a step or a cluster that is not there.
    """
    view, name = resolved.view, resolved.full_name
    ratio = wishes.ratio[0] / wishes.ratio[1] if wishes.ratio else None
    if wishes.direction or ratio:
        svg = redraw(systems, name, wishes.direction, ratio, options)
    changed = _changed(resolved, svg, wishes, ratio)
    finished = with_glyphs(changed.svg)
    stem = f"{FOLDER}/{name}{wishes.suffix}"
    contents = {"svg": (finished.encode(), 1.0), "png": (png_of(finished, _SCALE), _SCALE)}
    files = []
    for ending, (content, scale) in contents.items():
        write(site / f"{stem}.{ending}", content)
        theme = "auto" if ending == "svg" else "light"
        files.append(File(format=ending, path=f"{stem}.{ending}", bytes=len(content), scale=scale, theme=theme))
    made = structs.replace(
        view,
        title=_title(view, wishes),
        alt=_alt(resolved, wishes),
        caption=_caption(resolved, wishes),
        width=changed.width,
        height=changed.height,
        files=files,
    )
    return replace(resolved, view=made)


def _changed(resolved: ResolvedView, svg: str, wishes: Wishes, ratio: float | None) -> ChangedDrawing:
    system, view = resolved.system, resolved.view
    step = next((one for one in view.steps if one.number == wishes.step), None) if wishes.step else None
    if wishes.step and step is None:
        there = f"there are {len(view.steps)}" if view.steps else "it has none"
        raise UsageProblem(f"'{view.slug}' has no step {wishes.step}: {there}")
    heading: Heading | None = None
    if wishes.title:
        heading = heading_of(system, view, step)
        if wishes.only and step is None:
            heading = Heading(f"{system.title}: {_cluster(view, wishes.only)[1]}", f"A part of '{view.title}'.")
    members = members_of(view, _cluster(view, wishes.only)[0]) if wishes.only else None
    lit = frozenset(step.edges) if step else None
    return change(svg, view, Change(heading=heading, lit=lit, members=members, ratio=ratio))


def _cluster(view: View, wanted: str) -> tuple[str, str]:
    """Find a cluster by its label or its id, and return both. Raises UsageProblem where there is none."""
    plain = wanted.casefold().strip()
    for cluster in view.clusters:
        if plain in {cluster.label.casefold().strip(), cluster.id.casefold()}:
            return cluster.id, cluster.label
    there = ", ".join(f"'{cluster.label}'" for cluster in view.clusters) or "none"
    raise UsageProblem(f"'{view.slug}' has no cluster '{wanted}': there are {there}")


def _title(view: View, wishes: Wishes) -> str:
    """Name the picture among those of its system."""
    part = _cluster(view, wishes.only)[1] if wishes.only else ""
    step = f"step {wishes.step} of {len(view.steps)}" if wishes.step else ""
    return ", ".join(one for one in (view.title, part, step) if one)


def _alt(resolved: ResolvedView, wishes: Wishes) -> str:
    """Say what the picture shows, for whoever cannot see it."""
    view, system = resolved.view, resolved.system
    if wishes.step:
        step = view.steps[wishes.step - 1]
        return braces(
            f"Step {step.number} of {len(view.steps)} of {system.title}, {view.title}: {sentence_of(system, step)}"
        )
    if wishes.only:
        cluster, label = _cluster(view, wishes.only)
        inside = members_of(view, cluster)
        names = [node.name for node in view.nodes if node.id in inside]
        return braces(f"{label}, a part of {system.title}, {view.title}. It shows {', '.join(names)}.")
    return view.alt


def _caption(resolved: ResolvedView, wishes: Wishes) -> str:
    if wishes.step:
        return resolved.view.steps[wishes.step - 1].sentence
    return resolved.view.caption


def too_small(name: str, view: View, smallest: float, width: int) -> str:
    """Return what to say of a picture whose text would be too small at a width; nothing where it can be read."""
    shown = smallest * width / view.width
    if not smallest or shown >= _SMALLEST_TEXT:
        return ""
    below = math.floor(10 * shown) / 10  # rounded, it might read as large enough
    needed = -(-_SMALLEST_TEXT * view.width // smallest)
    return (
        f"'{name}' is too large for {width} px: its text would be {below:.1f} px high; give it {needed:.0f} px,"
        " or show a part of it with --only"
    )


def smallest_text(svg: str) -> float:
    """Return the size of the smallest text of an SVG, in px at 100 %; 0 where it has none."""
    return min(map(float, re.findall(r'font-size="([\d.]+)"', svg)), default=0.0)
