"""Any two systems side by side: a table of all of them, and of each what a script sets beside another's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from archfolio.gallery import links
from archfolio.gallery.catalog import component_keys, svg_path
from archfolio.gallery.pages.comparison import answers
from archfolio.gallery.pages.estimate import with_unit
from archfolio.gallery.pages.page_frame import NAME, PageFrame

if TYPE_CHECKING:
    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import System, View

_NONE = "\u2013"
_SCRIPTS = ("state.js", "load.js", "compare.js")


@dataclass(frozen=True, slots=True)
class ComparedSystem:
    """A row of the table of all systems."""

    slug: str
    title: str
    href: str
    views: tuple[links.Link, ...]
    latency: str
    components: int
    tags: str


@dataclass(frozen=True, slots=True)
class ComparePage:
    """Everything that the comparison prints."""

    template: ClassVar[str] = "compare.html"

    frame: PageFrame
    systems: tuple[ComparedSystem, ...]


def compare_page(catalog: Catalog) -> ComparePage:
    """Compute the comparison."""
    lead = "Two systems side by side: the same view of both, the components they share and those only one has."
    return ComparePage(
        frame=PageFrame(links.COMPARE, f"Compare · {NAME}", lead, scripts=_SCRIPTS),
        systems=tuple(_compared_system(system, catalog) for system in catalog.systems),
    )


def _compared_system(system: System, catalog: Catalog) -> ComparedSystem:
    page = links.page_of(system)
    return ComparedSystem(
        slug=system.slug,
        title=system.title,
        href=page,
        views=tuple(links.Link(view.title, f"{page}#{links.state(view.slug)}") for view in system.views),
        latency=with_unit(system.budget.promise, system.budget.unit) if system.budget else _NONE,
        components=sum(key in catalog.kinds for key in component_keys(system)),
        tags=", ".join((*system.tags.task, *system.tags.pattern)) or _NONE,
    )


def compared(system: System, catalog: Catalog) -> dict[str, Any]:
    """Return what is compared of a system: its answers, its drawings with their boxes, and the components in them."""
    kinds = {key: catalog.kinds[key] for key in component_keys(system) if key in catalog.kinds}
    return {
        "title": system.title,
        "href": links.page_of(system),
        "answers": answers(system),
        "views": [_view(system, view) for view in system.views],
        "components": {key: {"title": kind.title, "href": links.component(key)} for key, kind in kinds.items()},
    }


def _view(system: System, view: View) -> dict[str, Any]:
    return {
        "slug": view.slug,
        "title": view.title,
        "alt": view.alt,
        "image": links.address(svg_path(view)),
        "width": round(view.width),
        "height": round(view.height),
        "href": f"{links.page_of(system)}#{links.state(view.slug)}",
        "components": list(dict.fromkeys(node.component for node in view.nodes)),
        "boxes": [
            [node.component, round(box.x), round(box.y), round(box.width), round(box.height)]
            for node in view.nodes
            for box in [node.box]
            if box is not None
        ],
    }
