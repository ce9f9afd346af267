"""The recipe: from a manifest to every file of the site but the pictures. Pure; the caller writes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from archfolio.gallery import assets, links
from archfolio.gallery.catalog import Catalog, svg_path
from archfolio.gallery.chrome import Chrome
from archfolio.gallery.manifest import (
    BuildingBlock,
    CommonMistake,
    CompanyGuide,
    InterviewFramework,
    InterviewQuestion,
    MockInterview,
    System,
)
from archfolio.gallery.pages.bank_question import bank_question_page
from archfolio.gallery.pages.block import block_page
from archfolio.gallery.pages.company_guide import company_guide_page
from archfolio.gallery.pages.compare import compare_page
from archfolio.gallery.pages.components import component_page, components_page
from archfolio.gallery.pages.embed import embed_page, moved_pages
from archfolio.gallery.pages.embed import embed_path as embedded
from archfolio.gallery.pages.framework import framework_page
from archfolio.gallery.pages.index import index_page
from archfolio.gallery.pages.interview_lists import interview_pages
from archfolio.gallery.pages.llms_txt import llms_text
from archfolio.gallery.pages.loaded_scripts import (
    compared_script,
    icons_script,
    questions_script,
    uses_script,
    view_script,
)
from archfolio.gallery.pages.mistake import mistake_page
from archfolio.gallery.pages.mock import mock_page
from archfolio.gallery.pages.not_found import not_found_page
from archfolio.gallery.pages.page_frame import navigation
from archfolio.gallery.pages.practice import practice_index_page, practice_page
from archfolio.gallery.pages.practice_sheet import practice_sheet_page
from archfolio.gallery.pages.study_pages import study_pages
from archfolio.gallery.pages.system import system_page
from archfolio.gallery.pages.templates import compile_templates, render_page
from archfolio.gallery.practice.ladder import has_practice, ladder
from archfolio.gallery.search import index as search
from archfolio.gallery.svg.thumbnail import thumbnail
from archfolio.gallery.unchanged import Shown
from archfolio.gallery.words import translate_script

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from archfolio.gallery.manifest import Manifest, Site, Subject, View
    from archfolio.gallery.pages.page import Page
    from archfolio.gallery.pages.page_frame import NavigationEntry
    from archfolio.gallery.practice.item import PracticeItem


_ICONS = "icons.js"  # in static/
_USES = "uses.js"


@dataclass(frozen=True, slots=True)
class SiteFile:
    """A file of the site: where it goes, and how it is made once it is wanted."""

    path: str
    make: Callable[[], bytes]
    subject: str = ""  # the slug of the one subject that it shows; none where it shows several
    shows: frozenset[Shown] = frozenset(Shown)  # what of subjects it hangs on, where it shows several
    components: frozenset[str] = frozenset()  # those whose subjects it shows, where it does not show all of them


def assemble(
    manifest: Manifest,
    read: Callable[[str], str],
    static: Mapping[str, bytes] | None = None,
    read_icon: Callable[[str], bytes] | None = None,
) -> dict[str, bytes]:
    """Render the site of a build: every file by its path beside `manifest.json`, sorted, pictures not among them."""
    listed = sorted(files(manifest, read, static, read_icon), key=lambda file: file.path)
    return {file.path: file.make() for file in listed}


def precompile(site: Site) -> None:
    """Compile the templates that every site with a system needs, while nothing else is done."""
    compile_templates(Chrome(site))


def files(
    manifest: Manifest,
    read: Callable[[str], str],
    static: Mapping[str, bytes] | None = None,
    read_icon: Callable[[str], bytes] | None = None,
) -> Iterator[SiteFile]:
    """List the files of the site, to be made one by one: a large one needs no memory for all of them.

    `read` gives the text of a drawing by the path that the manifest has for it. `static` are the files that pages load;
    without it they are our own. `read_icon` gives a component's icon by its path; without it no script holds them.

    Making one raises ValueError for a drawing that cannot be taken into a page, and whatever `read` raises.
    """
    shipped = static if static is not None else assets.static_files()
    catalog, chrome = Catalog(manifest), Chrome(manifest.site)
    entries = navigation(catalog)

    def overview(path: str, page: Callable[[], Page], *shows: Shown, of: Iterable[str] = ()) -> SiteFile:
        return SiteFile(
            path, lambda: render_page(page(), entries, chrome), shows=frozenset(shows), components=frozenset(of)
        )

    yield overview(links.INDEX, lambda: index_page(catalog), Shown.WORDS)
    yield overview(links.COMPONENTS, lambda: components_page(catalog), Shown.WORDS)
    for component in catalog.components.values():
        key = component.key
        yield overview(links.component(key), partial(component_page, component, catalog), Shown.WORDS, of=[key])
    yield overview(links.COMPARE, lambda: compare_page(catalog), Shown.WORDS)
    yield from _of_subjects(catalog, entries, read, chrome)
    for page in _pages(catalog, shipped, chrome):
        yield _file(page, entries, chrome)
    for page in study_pages(catalog):
        yield _file(page, entries, chrome)
    yield SiteFile("llms.txt", lambda: llms_text(catalog).encode())
    yield SiteFile(f"static/{search.PATH}", lambda: search.search_script(catalog))
    yield SiteFile(f"static/{_USES}", partial(uses_script, catalog), shows=frozenset({Shown.WORDS}))
    if read_icon is not None:
        yield SiteFile(f"static/{_ICONS}", partial(icons_script, catalog.icon_files, read_icon))
    yield from _static(manifest, shipped, chrome)


def files_of_subjects(manifest: Manifest, read: Callable[[str], str]) -> Iterator[SiteFile]:
    """List those of the files that show one subject each."""
    catalog = Catalog(manifest)
    return _of_subjects(catalog, navigation(catalog), read, Chrome(manifest.site))


def _of_subjects(
    catalog: Catalog, entries: Sequence[NavigationEntry], read: Callable[[str], str], chrome: Chrome
) -> Iterator[SiteFile]:
    for system in catalog.systems:
        yield SiteFile(links.comparison_script(system.slug), partial(compared_script, system, catalog), system.slug)
    for subject in catalog.subjects:
        yield from _of_subject(subject, catalog, entries, read, chrome)


def _static(manifest: Manifest, shipped: Mapping[str, bytes], chrome: Chrome) -> Iterator[SiteFile]:
    """List the files that all pages load; one sheet has what a page would otherwise wait for one by one."""
    fonts = assets.font_style(manifest.fonts).encode()
    sheet = fonts + shipped["tokens.css"] + shipped["site.css"] + chrome.style().encode()
    for name, content in {**shipped, "fonts.css": fonts, "site.css": sheet}.items():
        yield SiteFile(f"static/{name}", partial(_shipped, name, content, manifest.site.words))


def _shipped(name: str, content: bytes, words: Mapping[str, str]) -> bytes:
    """Return a file that pages load; scripts in the language of the site."""
    return translate_script(content.decode(), words).encode() if words and name.endswith(".js") else bytes(content)


def _of_subject(
    subject: Subject, catalog: Catalog, entries: Sequence[NavigationEntry], read: Callable[[str], str], chrome: Chrome
) -> Iterator[SiteFile]:
    """List what hangs on one subject, and on others only as far as `unchanged` says."""
    slug = subject.slug
    page = _PAGES[type(subject)]
    yield SiteFile(links.page_of(subject), lambda: render_page(page(subject, catalog, read), entries, chrome), slug)
    for view in subject.views:
        script = partial(view_script, subject, view, read, catalog.icon_files)
        yield SiteFile(links.drawing_script(slug, view.slug), script, slug)
        yield SiteFile(embedded(slug, view.slug), partial(_embedded, subject, view, chrome), slug)
    if subject.views and isinstance(subject, (System, BuildingBlock)):  # they have cards in the index
        yield SiteFile(links.thumbnail_path(slug), lambda: thumbnail(read(svg_path(subject.views[0]))), slug)
    if has_practice(subject):
        yield from _practice(subject, read, entries, chrome)


def _practice(
    subject: Subject, read: Callable[[str], str], entries: Sequence[NavigationEntry], chrome: Chrome
) -> Iterator[SiteFile]:
    """List what a subject is practised with; its questions are derived once, when the first of these is wanted."""
    slug = subject.slug
    items = cache(lambda: ladder(subject))

    def page(make: Callable[[Subject, Sequence[PracticeItem]], Page]) -> bytes:
        return render_page(make(subject, items()), entries, chrome)

    yield SiteFile(links.practice(slug), lambda: page(practice_page), slug)
    yield SiteFile(links.practice_sheet(slug), lambda: page(practice_sheet_page), slug)
    yield SiteFile(links.practice_script(slug), lambda: questions_script(subject, items()), slug)
    yield SiteFile(links.practice_deck(slug), lambda: _deck(subject, items(), read), slug)


def _deck(subject: Subject, items: Sequence[PracticeItem], read: Callable[[str], str]) -> bytes:
    from archfolio.gallery.export.anki import anki_deck  # noqa: PLC0415  a build in which nothing changed needs no deck

    return anki_deck(subject, items, {view.slug: read(svg_path(view)) for view in subject.views})


_PAGES: Mapping[type[Subject], Callable[[Any, Catalog, Callable[[str], str]], Page]] = {
    System: system_page,
    BuildingBlock: block_page,
    InterviewQuestion: bank_question_page,
    CommonMistake: mistake_page,
    MockInterview: mock_page,
    InterviewFramework: framework_page,
    CompanyGuide: company_guide_page,
}


def _embedded(subject: Subject, view: View, chrome: Chrome) -> bytes:
    return render_page(embed_page(subject, view), (), chrome)


def _file(page: Page, entries: Sequence[NavigationEntry], chrome: Chrome) -> SiteFile:
    return SiteFile(page.frame.path, lambda: render_page(page, entries, chrome))


def _pages(catalog: Catalog, static: Mapping[str, bytes], chrome: Chrome) -> Iterator[Page]:
    yield from moved_pages(catalog.manifest)
    yield from interview_pages(catalog)
    yield practice_index_page(catalog)
    yield not_found_page(catalog, static, chrome)
