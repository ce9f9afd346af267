"""Everything that is drawn, as plain shapes in painting order: from `Graph` and `Layout` to `Scene`.

A scene is painted by two printers that know nothing of graphs: `svg.py` and `raster.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from render import furniture, style
from render.curves import arrow_head, trimmed
from render.describe import name_of
from render.font import Weight
from render.geometry import Box, Point, Size
from render.graph import Direction, Edge, Graph, Node
from render.icons import Icon, icon
from render.shapes import Group, Image, Path, Polygon, Rect, Shape, Text
from render.size import card

if TYPE_CHECKING:
    from render.geometry import Layout, PlacedLabel, Route


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing as shapes. `body` is the part between title and legend."""

    size: Size
    body: Box
    title: str
    description: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What stands around a drawing."""

    title: bool = True
    legend: bool = True


def compose(graph: Graph, layout: Layout, description: str, options: Options | None = None) -> Scene:
    """Dress a placed graph: ground, title and caption, panels, lines, cards, labels, legend."""
    options = options or Options()
    width = layout.size.width
    head = furniture.head(graph, width) if options.title else furniture.NO_FURNITURE
    legend = furniture.legend(graph, width) if options.legend else furniture.NO_FURNITURE
    width = max(width, head.size.width, legend.size.width)
    left = style.MARGIN + (width - layout.size.width) / 2
    top = style.MARGIN + head.size.height
    size = Size(
        math.ceil(width + 2 * style.MARGIN),
        math.ceil(top + layout.size.height + legend.size.height + style.MARGIN),
    )
    shapes: list[Shape] = [Rect(Box(0, 0, *size), 0, style.GROUND)]
    if head.shapes:
        shapes.append(Group("head", head.shapes, Point(style.MARGIN, style.MARGIN)))
    shapes.append(Group("body", _body(graph, layout), Point(left, top)))
    if legend.shapes:
        shapes.append(Group("legend", legend.shapes, Point(style.MARGIN, top + layout.size.height)))
    body = Box(left, top, left + layout.size.width, top + layout.size.height)
    return Scene(size, body, graph.title, description, tuple(shapes))


def _body(graph: Graph, layout: Layout) -> tuple[Shape, ...]:
    edges = {edge.id: edge for edge in graph.edges}
    depths = _depths(graph)
    return (
        *(_panel(graph, layout, index, depths) for index in range(len(graph.clusters))),
        *(_line(edges[route.edge], route) for route in layout.routes if _visible(edges[route.edge])),
        *(_card(node, layout.nodes[node.id]) for node in graph.nodes),
        *(_label(edges[label.edge], label, _panel_under(label.box, layout, depths)) for label in layout.labels),
    )


def _depths(graph: Graph) -> dict[str, int]:
    """Count how deep each cluster lies; parents stand before their children."""
    depths: dict[str, int] = {}
    for cluster in graph.clusters:
        depths[cluster.id] = depths[cluster.parent] + 1 if cluster.parent else 0
    return depths


def _panel_colour(depth: int) -> style.Colour:
    return style.PANELS[min(depth, len(style.PANELS) - 1)]


def _panel(graph: Graph, layout: Layout, index: int, depths: dict[str, int]) -> Group:
    cluster = graph.clusters[index]
    own = dict(cluster.attrs)
    fill = style.painted(own.get("bgcolor", "")) or _panel_colour(depths[cluster.id])
    border = style.painted(own.get("pencolor", "")) or style.PANEL_BORDER
    shapes: list[Shape] = [Rect(layout.clusters[cluster.id], style.CLUSTER_RADIUS, fill, border, 1)]
    if cluster.label:
        title = layout.titles[cluster.id]
        place = Point(title.x0, title.y0 + style.DETAIL_SIZE * style.BASELINE)
        shapes.append(Text(cluster.label, place, style.DETAIL_SIZE, Weight.SEMIBOLD, style.MUTED))
    return Group("cluster", tuple(shapes), data=(("cluster", cluster.id),))


def _card(node: Node, box: Box) -> Group:
    text = card(node.label)
    accent = style.ACCENTS[node.accent]
    shapes: list[Shape] = [
        Rect(box, style.CARD_RADIUS, style.CARD, style.CARD_BORDER, 1),
        Rect(Box(box.x0, box.y0, box.x0 + style.ACCENT_WIDTH, box.y1), style.CARD_RADIUS, accent, left_only=True),
    ]
    x = box.x0 + style.ACCENT_WIDTH + style.CARD_PADDING
    if node.icon is not None:
        shapes.extend(_icon(icon(node.icon), Point(x, box.centre.y - style.ICON / 2)))
        x += style.ICON + style.CARD_PADDING
    lines = [(line, style.NAME_SIZE, Weight.SEMIBOLD, style.INK) for line in text.name]
    lines += [(line, style.DETAIL_SIZE, Weight.REGULAR, style.MUTED) for line in text.detail]
    y = box.centre.y - sum(size for _, size, _, _ in lines) * style.LINE_HEIGHT / 2
    for line, size, weight, colour in lines:
        shapes.append(Text(line, Point(x, y + size * style.BASELINE), size, weight, colour))
        y += size * style.LINE_HEIGHT
    name = name_of(node.label)
    return Group(
        f"node {node.accent}",
        tuple(shapes),
        title=f"{name}: {node.role}" if node.role else name,
        data=(("node", node.id),),
    )


def _icon(picture: Icon, at: Point) -> list[Shape]:
    box = Box(at.x, at.y, at.x + style.ICON, at.y + style.ICON)
    ground = Box(box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)
    shapes: list[Shape] = []
    if picture.plate_on_light:
        shapes.append(Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_LIGHT))
    if picture.plate_on_dark:
        shapes.append(Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_DARK))
    return [*shapes, Image(picture, box)]


def _visible(edge: Edge) -> bool:
    """Tell whether an edge is drawn: some authors use invisible ones to push nodes about."""
    return "invis" not in dict(edge.attrs).get("style", "")


def _look(edge: Edge) -> style.EdgeLook:
    """Return the look of an edge's kind, with what its author set by hand."""
    return style.dressed(style.EDGES[edge.kind], dict(edge.attrs))


def _line(edge: Edge, route: Route) -> Group:
    look = _look(edge)
    at_tail = edge.direction in (Direction.BACK, Direction.BOTH)
    at_head = edge.direction in (Direction.FORWARD, Direction.BOTH)
    points = trimmed(route.points, at_tail, at_head)
    shapes: list[Shape] = [Path(points, look.line, look.width, look.dashes)]
    fill = style.CARD if look.hollow else look.line
    for wanted, tip, base in ((at_tail, route.points[0], points[0]), (at_head, route.points[-1], points[-1])):
        if wanted:
            shapes.append(Polygon(arrow_head(base, tip), fill, look.line, look.width if look.hollow else 0))
    data = [("edge", edge.id), ("tail", edge.tail), ("head", edge.head)]
    if edge.step:
        data.append(("step", str(edge.step)))
    return Group(f"edge {edge.kind}", tuple(shapes), data=tuple(data))


def _panel_under(box: Box, layout: Layout, depths: dict[str, int]) -> style.Colour:
    """Return the colour of the deepest panel that a label's middle lies on."""
    middle = box.centre
    under = [
        depths[cluster]
        for cluster, panel in layout.clusters.items()
        if panel.x0 <= middle.x <= panel.x1 and panel.y0 <= middle.y <= panel.y1
    ]
    return _panel_colour(max(under)) if under else style.GROUND


def _label(edge: Edge, label: PlacedLabel, ground: style.Colour) -> Group:
    box, shape = label.box, label.shape
    pad_x, pad_y = style.LABEL_PADDING
    x = {"start": box.x0 + pad_x, "middle": box.centre.x, "end": box.x1 - pad_x}[label.anchor]
    shapes: list[Shape] = [Rect(box, 3, ground)] if label.on_line else []
    for index, line in enumerate(shape.lines):
        y = box.y0 + pad_y + index * style.DETAIL_SIZE * style.LINE_HEIGHT + style.DETAIL_SIZE * style.BASELINE
        text = _look(edge).text
        shapes.append(Text(line, Point(x, y), style.DETAIL_SIZE, Weight.REGULAR, text, label.anchor))
    return Group("label", tuple(shapes), data=(("edge", edge.id),))


