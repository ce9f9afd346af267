"""Templates: they print what a view model has computed, and nothing else."""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from jinja2.ext import Extension

from archfolio.gallery.chrome import OURS
from archfolio.gallery.words import print_word, translate_template

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archfolio.gallery.chrome import Chrome
    from archfolio.gallery.pages.page import Page
    from archfolio.gallery.pages.page_frame import NavigationEntry


class _InTheSitesLanguage(Extension):
    """Exchange the words of templates before they are compiled."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        """Return the source of a template in the language of the site."""
        del name, filename
        return translate_template(source, self.environment.globals["chrome"].site.words)  # type: ignore[attr-defined]


@lru_cache(maxsize=4)  # a process seldom makes the pages of several sites
def _environment(chrome: Chrome) -> Environment:
    environment = Environment(
        loader=PackageLoader("archfolio.gallery"),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=partial(_printed, chrome),
    )
    environment.globals["chrome"] = chrome
    environment.add_extension(_InTheSitesLanguage)
    return environment


def _printed(chrome: Chrome, value: Any) -> Any:
    return print_word(value, chrome.site.words)


def render_page(page: Page, entries: Sequence[NavigationEntry] = (), chrome: Chrome = OURS) -> bytes:
    """Print a page with its template, in the chrome of a site; `entries` are those of the main navigation."""
    template, places = _environment(chrome).get_template(page.template), page.frame.places(entries)
    return template.render(page=page, frame=page.frame, places=places).encode()
