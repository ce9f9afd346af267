"""Everything that is drawn, as plain shapes in painting order: from `Graph` and `Layout` to `Scene`.

A scene is painted by two printers that know nothing of graphs: `svg.py` and `raster.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.layout.measure import card
from archfolio.render.model import style
from archfolio.render.model.alt_text import name_of
from archfolio.render.model.font import Weight
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.model.graph import Cluster, Direction, Edge, Graph, Node
from archfolio.render.model.icons import Icon, icon
from archfolio.render.paint import title_and_legend
from archfolio.render.paint.arrows import arrow_head, shorten_for_arrowheads
from archfolio.render.paint.shapes import Group, Image, Path, Polygon, Rect, Shape, Text

if TYPE_CHECKING:
    from archfolio.render.model.geometry import Layout, PlacedLabel, Route


HALF_PIXEL = (
    0.5  # px that a drawing is moved by: layouts lie on whole pixels, where a border of one pixel would smear over two
)


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
    """Return the shapes of a placed graph: ground, title and caption, panels, lines, cards, labels, legend."""
    options = options or Options()
    width = layout.size.width
    head = title_and_legend.heading(graph, width) if options.title else title_and_legend.NO_DECORATION
    legend = title_and_legend.legend(graph, width) if options.legend else title_and_legend.NO_DECORATION
    width = max(width, head.size.width, legend.size.width)
    left = style.MARGIN + round((width - layout.size.width) / 2)
    top = round(style.MARGIN + head.size.height)
    size = Size(
        math.ceil(width + 2 * style.MARGIN), math.ceil(top + layout.size.height + legend.size.height + style.MARGIN)
    )
    body = Box(
        left + HALF_PIXEL,
        top + HALF_PIXEL,
        left + HALF_PIXEL + layout.size.width,
        top + HALF_PIXEL + layout.size.height,
    )
    shapes: list[Shape] = [Rect(Box(0, 0, *size), 0, style.GROUND)]
    if head.shapes:
        shapes.append(Group("head", head.shapes, Point(style.MARGIN, style.MARGIN)))
    shapes.append(Group("body", _body(graph, layout), Point(body.x0, body.y0)))
    if legend.shapes:
        shapes.append(Group("legend", legend.shapes, Point(style.MARGIN, top + layout.size.height)))
    return Scene(size, body, graph.title, description, tuple(shapes))


def _body(graph: Graph, layout: Layout) -> tuple[Shape, ...]:
    edges = {edge.id: edge for edge in graph.edges if not style.is_invisible(dict(edge.attrs))}
    panels = _panels(graph, layout)
    return (
        *(_panel(cluster, layout, panel) for cluster, panel in zip(graph.clusters, panels, strict=True)),
        *(_line(edges[route.edge], route) for route in layout.routes if route.edge in edges),
        *(_card(node, layout.nodes[node.id]) for node in graph.nodes),
        *(_label(edges[label.edge], label, panels) for label in layout.labels if label.edge in edges),
    )


class _Panel(NamedTuple):
    box: Box
    fill: style.Colour


def _panels(graph: Graph, layout: Layout) -> list[_Panel]:
    """Find the place and the colour of each cluster; parents stand before their children."""
    depths: dict[str, int] = {}
    panels = []
    for cluster in graph.clusters:
        depths[cluster.id] = depths[cluster.parent] + 1 if cluster.parent else 0
        own = style.parse_colour(dict(cluster.attrs).get("bgcolor", ""))
        by_depth = style.PANELS[min(depths[cluster.id], len(style.PANELS) - 1)]
        panels.append(_Panel(layout.clusters[cluster.id], own or by_depth))
    return panels


def _panel(cluster: Cluster, layout: Layout, panel: _Panel) -> Group:
    border = style.parse_colour(dict(cluster.attrs).get("pencolor", "")) or style.PANEL_BORDER
    shapes: list[Shape] = [Rect(panel.box, style.CLUSTER_RADIUS, panel.fill, border, 1)]
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
        Rect(_sliver(box), style.CARD_RADIUS + HALF_PIXEL, accent, left_only=True),
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


def _sliver(card: Box) -> Box:
    """Place the accent over the left border of a card, outer edge on outer edge."""
    x0 = card.x0 - HALF_PIXEL
    return Box(x0, card.y0 - HALF_PIXEL, x0 + style.ACCENT_WIDTH, card.y1 + HALF_PIXEL)


def _icon(picture: Icon, at: Point) -> list[Shape]:
    x, y = at.x - HALF_PIXEL, at.y - HALF_PIXEL  # whole pixels again
    box = Box(x, y, x + style.ICON, y + style.ICON)
    ground = Box(box.x0 - 2, box.y0 - 2, box.x1 + 2, box.y1 + 2)
    shapes: list[Shape] = []
    if picture.plate_on_light:
        shapes.append(Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_LIGHT))
    if picture.plate_on_dark:
        shapes.append(Rect(ground, style.PLATE_RADIUS, style.PLATE_ON_DARK))
    return [*shapes, Image(picture, box)]


def _edge_style(edge: Edge) -> style.EdgeStyle:
    """Return the look of an edge's kind, with what its author set by hand."""
    return style.with_author_attrs(style.EDGES[edge.kind], dict(edge.attrs))


def _line(edge: Edge, route: Route) -> Group:
    look = _edge_style(edge)
    at_tail = edge.direction in (Direction.BACK, Direction.BOTH)
    at_head = edge.direction in (Direction.FORWARD, Direction.BOTH)
    points = shorten_for_arrowheads(route.points, at_tail, at_head)
    shapes: list[Shape] = [Path(points, look.line, look.width, look.dashes)]
    fill = style.CARD if look.hollow else look.line
    for wanted, tip, base in ((at_tail, route.points[0], points[0]), (at_head, route.points[-1], points[-1])):
        if wanted:
            shapes.append(Polygon(arrow_head(base, tip), fill, look.line, look.width if look.hollow else 0))
    data = [("edge", edge.id), ("tail", edge.tail), ("head", edge.head)]
    if edge.step:
        data.append(("step", str(edge.step)))
    return Group(f"edge {edge.kind}", tuple(shapes), data=tuple(data))


def _ground(box: Box, panels: list[_Panel]) -> list[Shape]:
    """Cover the line under a label with what is behind it, and no more: no patch where a panel begins."""
    pieces = [_Panel(box, style.GROUND)]
    for panel in panels:
        over = panel.box
        common = Box(max(box.x0, over.x0), max(box.y0, over.y0), min(box.x1, over.x1), min(box.y1, over.y1))
        if common == box:
            pieces = [_Panel(box, panel.fill)]
        elif common.width > 0 and common.height > 0:
            pieces.append(_Panel(common, panel.fill))
    return [Rect(piece.box, 3 if piece.box == box else 0, piece.fill) for piece in pieces]


def _label(edge: Edge, label: PlacedLabel, panels: list[_Panel]) -> Group:
    box, shape = label.box, label.shape
    pad_x, pad_y = style.LABEL_PADDING
    x = {"start": box.x0 + pad_x, "middle": box.centre.x, "end": box.x1 - pad_x}[label.anchor]
    shapes: list[Shape] = _ground(box, panels) if label.on_line else []
    for index, line in enumerate(shape.lines):
        y = box.y0 + pad_y + index * style.DETAIL_SIZE * style.LINE_HEIGHT + style.DETAIL_SIZE * style.BASELINE
        text = _edge_style(edge).text
        shapes.append(Text(line, Point(x, y), style.DETAIL_SIZE, Weight.REGULAR, text, label.anchor))
    return Group("label", tuple(shapes), data=(("edge", edge.id),))
