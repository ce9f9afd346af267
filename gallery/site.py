"""The recipe: from a manifest to every file of the site but the pictures. Pure; the caller writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from gallery import assets, catalog, links
from gallery.catalog import Catalog
from gallery.compare_page import compare_page
from gallery.component_pages import component_page, components_page
from gallery.embed_page import embed_pages, moved_pages
from gallery.index_page import index_page
from gallery.llms import llms_text
from gallery.not_found_page import not_found_page
from gallery.printing import print_page
from gallery.system_page import system_page
from gallery.thumbnail import thumbnail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from gallery.shell import Shell
    from render.manifest import Manifest


class Page(Protocol):
    """A view model: a frozen type that names its template."""

    @property
    def template(self) -> str:
        """The file in `templates/` that prints it."""

    @property
    def shell(self) -> Shell:
        """Its address, head and way back."""


def assemble(
    manifest: Manifest, read: Callable[[str], str], static: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Make the site of a build: every file by its path beside `manifest.json`, sorted, pictures not among them.

    `read` gives the text of a drawing by the path that the manifest has for it. `static` are the files that pages
    load; without it they are our own, and the vendored libraries if those are installed. Pages are whole without them.

    Raises ValueError for a drawing that cannot be taken into a page, and whatever `read` raises.
    """
    shipped = static if static is not None else assets.static_files()
    among = Catalog(manifest)
    made = {page.shell.path: print_page(page) for page in _pages(among, read, shipped)}
    made |= {
        links.thumbnail(system.slug): thumbnail(read(catalog.svg(system.views[0])))
        for system in among.systems
        if system.views
    }
    made["llms.txt"] = llms_text(among).encode()
    made |= {f"static/{name}": content for name, content in shipped.items()}
    fonts = assets.font_style(manifest.fonts).encode()
    made["static/fonts.css"] = fonts
    made["static/site.css"] = fonts + shipped["tokens.css"] + shipped["site.css"]  # pages wait for one style sheet
    return dict(sorted(made.items()))


def _pages(among: Catalog, read: Callable[[str], str], static: Mapping[str, bytes]) -> Iterator[Page]:
    yield index_page(among, static)
    for system in among.systems:
        yield system_page(system, among, read, static)
        yield from embed_pages(system, read)
    yield components_page(among)
    for component in among.components.values():
        yield component_page(component, among)
    yield from moved_pages(among.manifest.moved)
    yield compare_page(among)
    yield not_found_page(among, static)
