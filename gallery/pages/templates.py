"""Templates: they print what a view model has computed, and nothing else."""

from __future__ import annotations

from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

from archfolio.gallery.chrome import OURS, Chrome
from archfolio.gallery.compiled_templates import handed_on_templates
from archfolio.gallery.manifest import Site
from archfolio.gallery.words import print_word, translate_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.pages.page import Page
    from archfolio.gallery.pages.page_frame import NavigationEntry


class _InTheSitesLanguage(Extension):
    """Exchange the words of templates before they are compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template in the language of the site."""
        del name, filename
        return translate_template(source, self.environment.globals["chrome"].site.words)  # type: ignore[attr-defined]


def _environment(chrome: Chrome) -> Environment:
    return _environment_of(msgspec.json.encode(chrome.site))


@lru_cache(maxsize=4)  # a process seldom makes the pages of several sites, but those of one again and again
def _environment_of(site: bytes) -> Environment:
    """Return the environment of a site, given as JSON: templates are compiled once for all builds of it."""
    chrome = Chrome(msgspec.json.decode(site, type=Site))
    environment = Environment(
        loader=PackageLoader("archfolio.gallery"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=handed_on_templates(site),
        finalize=partial(_printed, chrome) if chrome.site.words else None,  # for each of a hundred thousand values
    )
    environment.globals["chrome"] = chrome
    environment.add_extension(_InTheSitesLanguage)
    return environment


def _printed(chrome: Chrome, value: Any) -> Any:
    return print_word(value, chrome.site.words)


_OF_A_SYSTEM = (
    *("404", "base", "budget", "compare", "component", "components", "embed", "estimate", "foot_sections", "index"),
    *("macros", "named_source", "practice", "practice_index", "practice_keeping", "practice_session"),
    *("practice_sheet", "problem", "source", "subject", "system", "view"),
)


def compile_templates(chrome: Chrome) -> None:
    """Compile the templates that every site with a system needs: a tenth of a second, for while nothing else is done.

    A template that cannot be compiled is left to the page that needs it, which says why.
    """
    environment = _environment(chrome)
    for name in _OF_A_SYSTEM:
        with suppress(Exception):
            environment.get_template(f"{name}.html")


def render_page(page: Page, entries: Sequence[NavigationEntry] = (), chrome: Chrome = OURS) -> bytes:
    """Print a page with its template, in the chrome of a site; `entries` are those of the main navigation."""
    template, places = _environment(chrome).get_template(page.template), page.frame.places(entries)
    return template.render(page=page, frame=page.frame, places=places).encode()
