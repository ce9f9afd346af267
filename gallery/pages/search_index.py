"""What the search knows: a short record for every system, view, component and source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archfolio.gallery import links, prose
from archfolio.gallery.catalog import provider_title, quantities_by_name, summary_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archfolio.gallery.catalog import Catalog
    from archfolio.gallery.manifest import System
    from archfolio.gallery.sections import Source

FIELDS = ("kind", "title", "where", "more", "href", "systems")
"""Of a record: what it is, its name, a line about it, further words to find it by, its address, and the cards on the
index that a hit keeps, by their number in the list of slugs. A record is a list, since there are many of them."""

Record = list[str | list[int]]


def search_documents(catalog: Catalog) -> dict[str, object]:
    """List the slugs of the systems, and the records."""
    slugs = [system.slug for system in catalog.systems]
    records = [record for number, system in enumerate(catalog.systems) for record in _of_system(system, number)]
    records += _of_sources(catalog)
    for key, component in catalog.components.items():
        uses = catalog.uses[key]
        names = dict.fromkeys(use.node.name for use in uses if use.node.name != component.title)
        numbers = sorted({slugs.index(use.system.slug) for use in uses})
        records.append(
            [
                "component",
                component.title,
                component.meaning or provider_title(component.provider),
                " ".join(names),
                links.component(key),
                numbers,
            ]
        )
    return {"fields": FIELDS, "slugs": slugs, "records": records}


def _of_system(system: System, number: int) -> Iterator[Record]:
    figures = quantities_by_name(system)
    page = links.system(system.slug)
    tags = (*system.tags.task, *system.tags.pattern, *system.tags.data)
    yield ["system", system.title, summary_text(system), " ".join(tags), page, [number]]
    for view in system.views:
        caption = prose.to_text(view.caption, figures)
        href = f"{page}#{links.state(view.slug)}"
        yield ["drawing", f"{system.title}: {view.title}", caption, "", href, [number]]


def _of_sources(catalog: Catalog) -> Iterator[Record]:
    """Go through the sources, each once, however many systems rest on it."""
    users: dict[tuple[str, str], list[int]] = {}
    sources: dict[tuple[str, str], Source] = {}
    for number, system in enumerate(catalog.systems):
        for source in system.sources:
            sources.setdefault((source.title, source.authors), source)
            users.setdefault((source.title, source.authors), []).append(number)
    for key, source in sources.items():
        first = catalog.systems[users[key][0]]
        titles = ", ".join(catalog.systems[number].title for number in dict.fromkeys(users[key]))
        where = f"{source.authors}, {source.venue} {source.year}; in {titles}"
        yield [
            "source",
            source.title,
            where,
            "",
            f"{links.system(first.slug)}#sources",
            list(dict.fromkeys(users[key])),
        ]
