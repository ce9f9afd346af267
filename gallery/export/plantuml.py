"""A view as PlantUML text: packages, rectangles and arrows, coloured by kind. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archfolio.gallery.export.kinds import ACCENTS, DASHED, accent_of_node, accents_of, label_of, line_colour
from archfolio.gallery.export.nested import nested_lines

if TYPE_CHECKING:
    from archfolio.gallery.manifest import Edge, View

_SPECIAL = re.compile(
    r"[<>\"\\~%$&|{}\[\]#]|(?<=[*_\-/'.=])[*_\-/'.=]|^[=*#!@.\-]"
)  # PlantUML's own signs and Creole's
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f]")


def plantuml(view: View) -> str:
    """Write a view as a PlantUML deployment diagram. What would be read as a sign is written by its number."""
    names = {node.id: f"n{number}" for number, node in enumerate(view.nodes, 1)}
    names |= {cluster.id: f"c{number}" for number, cluster in enumerate(view.clusters, 1)}
    lines = [
        "@startuml",
        f"title {_text(view.title)}",
        "left to right direction" if view.direction in {"LR", "RL"} else "top to bottom direction",
        "skinparam shadowing false",
        "skinparam defaultTextAlignment center",
        "skinparam package {\n  BackgroundColor #F4F6F9\n  BorderColor #DDE3EA\n}",
        *(
            f"skinparam rectangle<<{one}>> {{\n  BackgroundColor #FFFFFF\n  BorderColor {ACCENTS[one]}\n}}"
            for one in accents_of(view.nodes)
        ),
        "hide stereotype",
        *nested_lines(
            view,
            lambda node: f'rectangle "{_text(label_of(node))}" as {names[node.id]} <<{accent_of_node(node)}>>',
            lambda cluster: [f'package "{_text(cluster.label)}" as {names[cluster.id]} {{'],
            "}",
        ),
        *(_edge(edge, names) for edge in view.edges),
        "@enduml",
    ]
    return "\n".join(lines) + "\n"


def _edge(edge: Edge, names: dict[str, str]) -> str:
    tail, head = names.get(edge.tail, "missing"), names.get(edge.head, "missing")
    style = f"[{line_colour(edge)}{',dashed' if edge.kind in DASHED else ''}]"
    before, after = {"forward": ("", ">"), "back": ("<", ""), "both": ("<", ">")}.get(edge.direction, ("", ""))
    label = f" : {_text(edge.label)}" if edge.label else ""
    return f"{tail} {before}-{style}-{after} {head}{label}"


def _text(text: str) -> str:
    """Write a text on one line: signs by number, line ends as PlantUML writes them."""
    lines = (_SPECIAL.sub(lambda sign: f"<U+{ord(sign[0]):04X}>", line) for line in _CONTROL.sub(" ", text).split("\n"))
    return "\\n".join(lines)
