"""A walkthrough as pictures: one of each step, its edges lit and its sentence above, and all of them as one that moves.

From a view and its SVG to SVG. Pure.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from archfolio.gallery.catalog import quantities_by_name
from archfolio.gallery.export.escapes import without_controls
from archfolio.gallery.prose import to_text
from archfolio.gallery.svg.figures import SVG
from archfolio.gallery.svg.inline import parse, part
from archfolio.gallery.svg.variant import Change, ChangedDrawing, Heading, change, inks, written

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Step, Subject, View

SECONDS = 4.0  # that a step is shown for
_WHOLE, _WORDS, _LINE, _BOX = "walk-whole", "walk-words-", "walk-line-", "walk-box-"  # classes of what is lit, and when
_PALENESS = {_WORDS: 0.0, _LINE: 0.13, _BOX: 0.38}  # opacity of what is not
_FADE = 0.06  # of a step's time that lighting it takes


def sentence_of(system: Subject, step: Step) -> str:
    """Return what a step says, its figures put in."""
    return without_controls(to_text(step.sentence, quantities_by_name(system)))


def heading_of(system: Subject, view: View, step: Step | None = None) -> Heading:
    """Return the words above a picture that stands alone: the system and the view, and the caption or the step."""
    title = without_controls(f"{system.title}: {view.title}")
    if step is not None:
        return Heading(f"{title}, step {step.number} of {len(view.steps)}", sentence_of(system, step))
    return Heading(title, without_controls(to_text(view.caption, quantities_by_name(system))))


def step_pictures(system: Subject, view: View, svg: str) -> list[ChangedDrawing]:
    """Return the whole drawing, and one picture for each step; all have one size, their headings one height."""
    headings = [heading_of(system, view), *(heading_of(system, view, step) for step in view.steps)]
    lit = [None, *(frozenset(step.edges) for step in view.steps)]
    return [
        change(svg, view, Change(heading=heading, lit=edges, room_for=tuple(headings)))
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
                _add_class(element, f"{_LINE}{number or 'none'}")
    for group in part(root, "node"):
        steps = sorted(nodes.get(group.get("data-node", ""), ()))
        _add_class(group, f"{_BOX}{'-'.join(map(str, steps)) or 'none'}")
    [whole] = part(root, "head")
    _add_class(whole, _WHOLE)
    for number, picture in enumerate(pictures[1:], 1):
        [head] = part(parse(picture.svg), "head")
        _add_class(head, f"{_WORDS}{number}")
        root.append(head)
    style = ET.Element(f"{{{SVG}}}style", {"class": "walk"})
    style.text = _style(root, count)
    root.insert(3, style)
    return written(root)


def _add_class(element: ET.Element, name: str) -> None:
    element.set("class", f"{element.get('class', '')} {name}".strip())


def _style(root: ET.Element, count: int) -> str:
    """Return the rules of an animation: by class, when something is lit. All stands still where that is wanted."""
    classes = {name for element in root.iter() for name in element.get("class", "").split()}
    seconds = SECONDS * count
    still, moving = [], [f".{_WHOLE}{{opacity:0}}"]
    for name in sorted(classes):
        prefix = next((one for one in _PALENESS if name.startswith(one)), "")
        if not prefix:
            continue
        lit = {int(number) for number in name.removeprefix(prefix).split("-") if number.isdigit()}
        moving.append(f"@keyframes {name}{{{_keyframes(lit, count, _PALENESS[prefix])}}}")
        moving.append(f".{name}{{animation:{name} {seconds:g}s linear infinite}}")
        if prefix == _WORDS:
            still.append(f".{name}{{opacity:0}}")
    return f"{''.join(still)}@media (prefers-reduced-motion:no-preference){{{''.join(moving)}}}"


def _keyframes(lit: set[int], count: int, dim: float) -> str:
    """Return when something is lit, as percents of the whole."""
    frames = []
    for number in range(1, count + 1):
        value = 1 if number in lit else dim
        start, end = (number - 1 + _FADE) * 100 / count, (number - _FADE) * 100 / count
        frames.append(f"{start:.2f}%,{end:.2f}%{{opacity:{value:g}}}")
    return "".join(frames)
