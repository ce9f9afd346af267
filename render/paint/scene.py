"""Everything that is drawn, as plain shapes in painting order: from `Graph` and `Layout` to `Scene`.

A scene is painted by printers that know nothing of graphs: `svg.py`, `png.py` and `pdf.py`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from archfolio.render.model import style
from archfolio.render.model.card import is_junction
from archfolio.render.model.cluster_style import ClusterLook, cluster_style, page_style, title_lines
from archfolio.render.model.colours import ink_on, is_dark, readable_on
from archfolio.render.model.edge_style import edge_style, end_lines, is_invisible, shaped
from archfolio.render.model.geometry import Box, Point, Size
from archfolio.render.paint import title_and_legend
from archfolio.render.paint.arrows import head_shapes, heads_length, shorten_for_arrowheads
from archfolio.render.paint.curves import joined, turned
from archfolio.render.paint.node_shapes import node_group
from archfolio.render.paint.options import Options
from archfolio.render.paint.outline_ends import lead_on, node_outline
from archfolio.render.paint.shapes import HALF_PIXEL, Group, Path, Rect, Shape, exchange_colours, in_the_dark
from archfolio.render.paint.text_shapes import text_shapes

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from archfolio.render.model.geometry import Layout, PlacedLabel, Route
    from archfolio.render.model.graph import Cluster, Edge, Graph
    from archfolio.render.model.rich_text import TextLine


@dataclass(frozen=True, slots=True)
class Scene:
    """A drawing as shapes. `body` is the part between title and legend."""

    size: Size
    body: Box
    title: str
    description: str
    shapes: tuple[Shape, ...]


def compose(graph: Graph, layout: Layout, description: str, options: Options | None = None) -> Scene:
    """Return the shapes of a placed graph: ground, title and caption, panels, lines, cards, labels, legend."""
    options = options or Options()
    page = page_style(graph)
    width = layout.size.width
    head = (
        title_and_legend.heading(graph, width, options.look.family) if options.title else title_and_legend.NO_DECORATION
    )
    legend = title_and_legend.legend(graph, width, options.look) if options.legend else title_and_legend.NO_DECORATION
    width = max(width, head.size.width, legend.size.width)
    margin, below = page.margin, page.is_title_below
    left = margin + round((width - layout.size.width) / 2)
    top = round(margin + (0 if below else head.size.height))
    foot = top + layout.size.height + legend.size.height
    size = Size(math.ceil(width + 2 * margin), math.ceil(foot + (head.size.height if below else 0) + margin))
    body = Box(
        left + HALF_PIXEL,
        top + HALF_PIXEL,
        left + HALF_PIXEL + layout.size.width,
        top + HALF_PIXEL + layout.size.height,
    )
    shapes: list[Shape] = [Rect(Box(0, 0, *size), 0, page.ground)]
    if head.shapes:
        aside = {"c": (width - head.size.width) / 2, "r": width - head.size.width}.get(page.justify, 0.0)
        at = Point(margin + round(aside), round(foot + style.HEAD_GAP) if below else margin)
        shapes.append(Group("head", head.shapes, at))
    shapes.append(Group("body", tuple(_body(graph, layout)), Point(body.x0, body.y0)))
    if legend.shapes:
        shapes.append(Group("legend", legend.shapes, Point(margin, top + layout.size.height)))
    painted = exchange_colours(shapes, dict(options.look.colours))
    if is_dark(page.ground):
        painted = in_the_dark(painted)
    return Scene(size, body, graph.title.replace("\n", " "), description, painted)


def _body(graph: Graph, layout: Layout) -> Iterator[Shape]:
    edges = {edge.id: edge for edge in graph.edges if not is_invisible(edge)}
    panels = _panels(graph, layout)
    page = page_style(graph).ground
    ground = style.GROUND if page == style.NOTHING else page
    yield from (_panel(cluster, layout, panel) for cluster, panel in zip(graph.clusters, panels, strict=True))
    turn = page_style(graph).turn
    junctions = {node.id: layout.nodes[node.id].centre for node in graph.nodes if is_junction(node)}
    outlines = {node.id: node_outline(node, layout.nodes[node.id]) for node in graph.nodes}
    for route in layout.routes:
        if route.edge in edges:
            points = route.points if turn is None else turned(route.points, turn)
            edge = edges[route.edge]
            ends = ((edge.tail, points[0]), (edge.head, points[-1]))
            reached = [end if _is_at(layout, end, tip) else "" for end, tip in ends]
            led = lead_on(points, *(outlines.get(end, ()) for end in reached))
            yield _line(edge, replace(route, points=joined(led, *map(junctions.get, reached))))
    busy = [*_arrow_heads(layout), *(label.box for label in layout.labels)]
    dots = _dots(edges.values(), junctions)
    yield from (node_group(node, layout.nodes[node.id], busy, dots.get(node.id)) for node in graph.nodes)
    for label in layout.labels:
        if label.edge in edges:
            yield _label(edges[label.edge], label, [_Panel(_EVERYWHERE, ground), *panels])
    for route in layout.routes:
        if route.edge in edges:
            yield from _end_labels(edges[route.edge], route)


def _is_at(layout: Layout, node: str, tip: Point) -> bool:
    """Return whether a line ends at a node, and not at the panel that it stands for."""
    box = layout.nodes.get(node)
    return box is not None and box.x0 <= tip.x <= box.x1 and box.y0 <= tip.y <= box.y1


_MEETING = 3  # lines at a junction: two run on as one


def _dots(edges: Iterable[Edge], junctions: Container[str]) -> dict[str, style.Colour]:
    """Find the junctions at which lines meet that could as well cross, and the colour of each one's dot."""
    lines: dict[str, list[style.Colour]] = {}
    for edge in edges:
        for end in {edge.tail, edge.head}:
            if end in junctions:
                lines.setdefault(end, []).append(edge_style(edge).line)
    return {node: colours[0] for node, colours in lines.items() if len(colours) >= _MEETING}


def _arrow_heads(layout: Layout) -> Iterator[Box]:
    """Draw a box around each end of each line, as large as an arrow head."""
    reach = style.ARROW_LENGTH
    for route in layout.routes:
        for x, y in (route.points[0], route.points[-1]):
            yield Box(x - reach, y - reach, x + reach, y + reach)


_EVERYWHERE = Box(-math.inf, -math.inf, math.inf, math.inf)


class _Panel(NamedTuple):
    box: Box
    fill: style.Colour


def _panels(graph: Graph, layout: Layout) -> list[_Panel]:
    """Find the place and the colour of each cluster; parents stand before their children."""
    depths: dict[str, int] = {}
    panels: list[_Panel] = []
    fills: dict[str, style.Colour] = {}
    for cluster in graph.clusters:
        depths[cluster.id] = depths[cluster.parent] + 1 if cluster.parent else 0
        by_depth = style.PANELS[depths[cluster.id] % len(style.PANELS)]
        around = fills[cluster.parent] if cluster.parent else page_style(graph).ground
        own = cluster_style(cluster).fill
        fills[cluster.id] = around if own == style.NOTHING else own or by_depth
        panels.append(_Panel(layout.clusters[cluster.id], fills[cluster.id]))
    return panels


def _panel(cluster: Cluster, layout: Layout, panel: _Panel) -> Group:
    look = cluster_style(cluster)
    fill = style.NOTHING if look.fill == style.NOTHING else panel.fill
    box = panel.box
    shapes: list[Shape] = []
    if fill != style.NOTHING or look.border != style.NOTHING:
        shapes.append(Rect(box, style.CLUSTER_RADIUS, fill, look.border, look.width, dashes=look.dashes))
    if look.is_double:
        inner = Box(box.x0 + 4, box.y0 + 4, box.x1 - 4, box.y1 - 4)
        shapes.append(Rect(inner, style.CLUSTER_RADIUS - 3, fill, look.border, look.width, dashes=look.dashes))
    lines = title_lines(cluster)
    if lines:
        x, y, anchor = _title_place(look, layout.titles[cluster.id], box)
        ink = ink_on(panel.fill)[1]
        for line in lines:
            shapes.extend(text_shapes(line, Point(x, y), anchor, ink, panel.fill))
            y += line.height
    attrs = dict(cluster.attrs)
    link, tip = attrs.get("URL") or attrs.get("href") or "", attrs.get("tooltip", "")
    return Group("cluster", tuple(shapes), title=tip, link=link, data=(("cluster", cluster.id),))


def _title_place(look: ClusterLook, title: Box, panel: Box) -> tuple[float, float, str]:
    """Place a title where layout put it, or to the side that its author wants."""
    if look.justify == "c":
        return panel.centre.x, title.y0, "middle"
    if look.justify == "r":
        return panel.x1 - (title.x0 - panel.x0 if title.x0 - panel.x0 < panel.width / 4 else 14.0), title.y0, "end"
    return title.x0, title.y0, "start"


_HALO = 5.0  # px that the ground of a line that was added or changed is wider than the line


def _line(edge: Edge, route: Route) -> Group:
    look = edge_style(edge)
    at_tail, at_head = heads_length(look.tail, look.scale), heads_length(look.head, look.scale)
    points = shorten_for_arrowheads(route.points, at_tail, at_head)
    shapes: list[Shape] = [Path(points, look.line, look.width, look.dashes)]
    mark = style.REVISIONS.get(edge.revision)
    if mark and mark.halo.light != "none":
        shapes.insert(0, Path(points, mark.halo, look.width + _HALO))
    if look.second is not None:
        shapes.append(Path(points, look.second, look.width / 2.5, look.dashes))
    for heads, tip, base in ((look.tail, route.points[0], points[0]), (look.head, route.points[-1], points[-1])):
        shapes.extend(head_shapes(heads, look, base, tip))
    data = [("edge", edge.id), ("tail", edge.tail), ("head", edge.head)]
    if edge.step:
        data.append(("step", str(edge.step)))
    attrs = dict(edge.attrs)
    name = " ".join(filter(None, ("edge", edge.kind, edge.revision)))
    link, said = attrs.get("URL") or attrs.get("href") or "", attrs.get("edgetooltip") or attrs.get("tooltip", "")
    return Group(name, tuple(shapes), title=said, link=link, data=tuple(data))


def _ground(box: Box, panels: list[_Panel]) -> list[_Panel]:
    """Cover the line under a label with what is behind it, and no more: no patch where a panel begins."""
    pieces: list[_Panel] = []
    for panel in panels:
        over = panel.box
        common = Box(max(box.x0, over.x0), max(box.y0, over.y0), min(box.x1, over.x1), min(box.y1, over.y1))
        if common == box:
            pieces = [_Panel(box, panel.fill)]
        elif common.width > 0 and common.height > 0:
            pieces.append(_Panel(common, panel.fill))
    return pieces


def _label(edge: Edge, label: PlacedLabel, panels: list[_Panel]) -> Group:
    box = label.box
    pad_x, pad_y = style.LABEL_PADDING
    x = {"start": box.x0 + pad_x, "middle": box.centre.x, "end": box.x1 - pad_x}[label.anchor]
    grounds = _ground(box, panels)
    shapes: list[Shape] = []
    if label.on_line:
        shapes += [Rect(piece.box, 3 if piece.box == box else 0, piece.fill) for piece in grounds]
    look = edge_style(edge)
    under = grounds[-1].fill if grounds else style.NOTHING
    ink = readable_on(look.ink, under)
    y = box.y0 + pad_y
    for line in shaped(edge, label.shape.lines):
        shapes.extend(text_shapes(line, Point(x, y), label.anchor, ink, under))
        y += look.label.size * style.LINE_HEIGHT
    attrs = dict(edge.attrs)
    tip = attrs.get("labeltooltip") or attrs.get("tooltip", "")
    return Group("label", tuple(shapes), title=tip, data=(("edge", edge.id),))


_END_ALONG, _END_ASIDE = 3.0, 7.0  # px of a label at an end from that end, and from the line


def _end_labels(edge: Edge, route: Route) -> Iterator[Group]:
    """Write the labels at the ends of an edge beside its line."""
    at_tail, at_head = end_lines(edge)
    ends = ((at_tail, route.points[0], route.points[1:4]), (at_head, route.points[-1], route.points[-4:-1][::-1]))
    for lines, tip, after in ends:
        if lines:
            yield Group("label", tuple(_beside(lines, tip, after, edge)), data=(("edge", edge.id),))


def _beside(lines: tuple[TextLine, ...], tip: Point, after: tuple[Point, ...], edge: Edge) -> Iterator[Shape]:
    toward = next((point for point in after if math.dist(point, tip) > 1), tip)
    length = math.dist(toward, tip) or 1.0
    dx, dy = (toward.x - tip.x) / length, (toward.y - tip.y) / length
    height = sum(line.height for line in lines)
    if abs(dx) > abs(dy):  # a level line: above it
        x, y = tip.x + dx * _END_ALONG, tip.y - height - 2
        anchor = "start" if dx > 0 else "end"
    else:
        x = tip.x + _END_ASIDE
        y = tip.y + (dy * _END_ALONG if dy > 0 else dy * _END_ALONG - height)
        anchor = "start"
    for line in lines:
        yield from text_shapes(line, Point(x, y), anchor, edge_style(edge).ink, style.NOTHING)
        y += line.height
