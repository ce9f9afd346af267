"""What hangs on what in an estimate, and which inputs a reader changes first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery import prose

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Subject

_WORD = re.compile(r"[A-Za-z_]\w*")
_MOST = 4  # sliders, where the module names none


def key_inputs(subject: Subject) -> list[str]:
    """Return the inputs that the module names, or those on which most of the figures hang that the page quotes."""
    if subject.key_inputs:
        return list(subject.key_inputs)
    inputs_of = inputs_by_figure(subject)
    templates = [node.label_template for view in subject.views for node in view.nodes]
    templates += [edge.template for view in subject.views for edge in view.edges]
    quoted = [name for template in templates for name in prose.quoted(template)]
    computed = [quantity.name for quantity in subject.estimate if quantity.formula]
    wanted = [*computed, *subject.headline, *quoted]
    reach = {
        quantity.name: sum(quantity.name in inputs_of.get(name, ()) for name in wanted)
        for quantity in subject.estimate
        if not quantity.formula
    }
    best = sorted(reach, key=lambda name: -reach[name])[:_MOST]
    return [name for name in reach if name in best and reach[name]]


def figures_below(subject: Subject) -> dict[str, frozenset[str]]:
    """Return, for every figure, all figures that it is computed from, itself included."""
    found: dict[str, frozenset[str]] = {}
    for quantity in subject.estimate:
        names = [name for name in _WORD.findall(quantity.formula) if name in found]
        found[quantity.name] = frozenset({quantity.name}).union(*(found[name] for name in names))
    return found


def inputs_by_figure(subject: Subject) -> dict[str, frozenset[str]]:
    """Return, for every figure, the inputs it hangs on; for an input, itself."""
    found: dict[str, frozenset[str]] = {}
    for quantity in subject.estimate:
        if quantity.formula:
            names = _WORD.findall(quantity.formula)
            found[quantity.name] = frozenset().union(*(found.get(name, frozenset()) for name in names))
        else:
            found[quantity.name] = frozenset({quantity.name})
    return found
