"""A walkthrough as pictures: one of each step, its edges lit and its sentence above, and all of them as one that moves.

From a view and its SVG to SVG. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.gallery.export.escapes import without_controls
from archfolio.gallery.prose import to_text
from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import parse, part
from archfolio.gallery.svg.variant import Change, ChangedDrawing, Heading, change, inks, written

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Step, Subject, View

SECONDS = 4.0  # that a step is shown for
_FADE = 0.06  # of a step's time that lighting it takes


def sentence_of(system: Subject, step: Step) -> str:
    """Return what a step says, its figures put in."""
    return without_controls(to_text(step.sentence, {quantity.name: quantity for quantity in system.estimate}))


def heading_of(system: Subject, view: View, step: Step | None = None) -> Heading:
    """Return the words above a picture that stands alone: the system and the view, and the caption or the step."""
    title = without_controls(f"{system.title}: {view.title}")
    if step is not None:
        return Heading(f"{title}, step {step.number} of {len(view.steps)}", sentence_of(system, step))
    figures = {quantity.name: quantity for quantity in system.estimate}
    return Heading(title, without_controls(to_text(view.caption, figures)))


def step_pictures(system: Subject, view: View, svg: str, *, ratio: float | None = None) -> list[ChangedDrawing]:
    """Return the whole drawing, and one picture for each step; all have one size, their headings one height."""
    headings = [heading_of(system, view), *(heading_of(system, view, step) for step in view.steps)]
    lit = [None, *(frozenset(step.edges) for step in view.steps)]
    return [
        change(svg, view, Change(heading=heading, lit=edges, ratio=ratio, room_for=tuple(headings)))
        for heading, edges in zip(headings, lit, strict=True)
    ]


def animated(system: Subject, view: View, svg: str) -> str:
    """Return a drawing that lights one step after the other, for ever; all of it is lit where motion is not wanted.

    Raises ValueError for a view without steps.
    """
    if not view.steps:
        message = f"the view '{view.slug}' has no steps: draw its edges inside 'with step(...):'"
        raise ValueError(message)
    pictures = step_pictures(system, view, svg)
    root = parse(pictures[0].svg)
    count = len(view.steps)
    by_edge = {edge: step.number for step in view.steps for edge in step.edges}
    nodes: dict[str, set[int]] = {}
    for edge in view.edges:
        for end in (edge.tail, edge.head):
            nodes.setdefault(end, set()).update({by_edge[edge.id]} if edge.id in by_edge else ())
    for node in view.nodes:  # one in a cluster that an edge ends at
        nodes.setdefault(node.id, set()).update(nodes.get(node.cluster or "", ()))
    for kind in ("edge", "label"):
        for group in part(root, kind):
            number = by_edge.get(group.get("data-edge", ""))
            for element in inks(group):
                element.set("class", f"{element.get('class', '')} {f'w-{number}' if number else 'w-none'}".strip())
    for group in part(root, "node"):
        steps = sorted(nodes.get(group.get("data-node", ""), ()))
        group.set("class", f"{group.get('class')} n-{'-'.join(map(str, steps)) or 'none'}")
    [whole] = part(root, "head")
    whole.set("class", "head w-all")
    for number, picture in enumerate(pictures[1:], 1):
        [head] = part(parse(picture.svg), "head")
        head.set("class", f"head w-words s-{number}")
        root.append(head)
    style = ET.Element(f"{{{SVG}}}style", {"class": "walk"})
    style.text = _style(root, count)
    root.insert(3, style)
    return written(root)


def _style(root: ET.Element, count: int) -> str:
    """Return the rules of an animation: by class, when something is lit. All stands still where that is wanted."""
    classes = {name for element in root.iter() for name in element.get("class", "").split()}
    total = SECONDS * count
    rules = [".w-words{opacity:0}"]
    moving = [".w-all{opacity:0}"]
    for name in sorted(one for one in classes if one.startswith(("w-", "n-", "s-"))):
        if name in {"w-all", "w-words"}:
            continue
        lit = {int(number) for number in name.split("-")[1:] if number.isdigit()}
        dim = {"w": 0.13, "n": 0.38, "s": 0.0}[name[0]]
        moving.append(f"@keyframes {name}{{{_keyframes(lit, count, dim)}}}")
        moving.append(f".{name}{{animation:{name} {total:g}s linear infinite}}")
    return f"{''.join(rules)}@media (prefers-reduced-motion:no-preference){{{''.join(moving)}}}"


def _keyframes(lit: set[int], count: int, dim: float) -> str:
    """Return when something is lit, as percents of the whole."""
    frames = []
    for number in range(1, count + 1):
        value = 1 if number in lit else dim
        start, end = (number - 1 + _FADE) * 100 / count, (number - _FADE) * 100 / count
        frames.append(f"{start:.2f}%,{end:.2f}%{{opacity:{value:g}}}")
    return "".join(frames)
