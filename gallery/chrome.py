"""What stands around the content of every page: the project's name and signs, its colours, its language."""

from __future__ import annotations

from dataclasses import dataclass, field

from archfolio.gallery.manifest import Site

NAME = "archfolio"


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture in the bar, and what is said where it cannot be seen."""

    path: str
    alt: str


@dataclass(frozen=True)
class Chrome:
    """The signs of a site, with ours where it has none."""

    site: Site = field(default_factory=Site)

    @property
    def title(self) -> str:
        """What the site is called."""
        return self.site.title or NAME

    @property
    def wordmark(self) -> str:
        """The text in the bar; none beside a logo that says it."""
        return self.site.wordmark or ("" if self.site.logo else self.title)

    @property
    def logo(self) -> tuple[Logo, ...]:
        """The picture before the wordmark, where there is one."""
        return (Logo(self.site.logo, "" if self.wordmark else self.title),) if self.site.logo else ()

    @property
    def footer(self) -> tuple[str, ...]:
        """The sentence at the foot, where there is one."""
        return (self.site.footer,) if self.site.footer else ()

    @property
    def repository(self) -> tuple[str, ...]:
        """The address of the folder of modules, where it is known."""
        return (self.site.repository,) if self.site.repository else ()

    @property
    def icon(self) -> str:
        """The path of the picture in the window's tab."""
        return self.site.favicon or self.site.logo or "static/icon.svg"

    @property
    def icon_type(self) -> str:
        """The media type of that picture."""
        return "image/png" if self.icon.endswith(".png") else "image/svg+xml"

    def window(self, title: str) -> str:
        """Return the title of a window: that of a page, with the site's name where ours would stand."""
        return title if title.removesuffix(NAME) == title else title.removesuffix(NAME) + self.title

    def own(self, text: str) -> str:
        """Return a text that is one of the pages' own words in the language of the site."""
        return self.site.words.get(text, text)

    def style(self) -> str:
        """Write the site's colours and lengths over ours."""
        colours = self.site.colours.items()
        light = "".join(f"--{name}:{one};" for name, (one, _) in colours)
        both = "".join(f"--{name}:light-dark({one},{other});" for name, (one, other) in colours)
        lengths = "".join(f"--{name}:{length};" for name, length in self.site.lengths.items())
        if not light + lengths:
            return ""
        modern = f"@supports (color:light-dark(#000,#fff)){{:root{{{both}}}}}\n" if both else ""
        return f":root{{{light}{lengths}}}\n{modern}"


OURS = Chrome()
