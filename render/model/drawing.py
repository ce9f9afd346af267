"""What one block of a script or one view of a module amounts to, once the module has run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archfolio.render.model.graph import Graph


@dataclass(frozen=True, slots=True)
class Drawing:
    """One view or one `with Diagram(...)` block: its graph, and the library's own DOT of it."""

    graph: Graph
    dot: str
    filename: str  # that the script asked for, without ending; the slug for a view
    templates: tuple[tuple[str, str], ...] = ()  # edge id and label with its quotes, where it quotes
    caption: str = ""  # with its quotes; in the graph they are filled in
    roles: tuple[tuple[str, str], ...] = ()  # node id and role with its quotes
    formats: tuple[str, ...] = ()  # that the script asked for
    node_templates: tuple[tuple[str, str], ...] = ()  # node id and label with its quotes, where it quotes
    details: str = ""  # what of another view it shows in detail, as its author wrote it
