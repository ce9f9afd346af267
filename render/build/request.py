"""What a build is asked for, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base import code_version
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.staleness import BuildInputs
from archfolio.render.capture.discover import folders_of

if TYPE_CHECKING:
    from archfolio.render.base.errors import Failure
    from archfolio.render.base.settings import SiteSettings
    from archfolio.render.capture.discover import Folders
    from archfolio.render.layout import engine


@dataclass(frozen=True, slots=True)
class BuildRequest:
    """What to build, from where, to where, and how."""

    systems: Folders
    output: Path
    slugs: tuple[str, ...] = ()
    options: RenderOptions = field(default_factory=RenderOptions)
    force: bool = False
    jobs: int | None = None
    seconds: float | None = None  # that one module or one drawing may take
    site: SiteSettings | None = None  # what the pages say, where the project says it
    home: Path | None = None  # the folder of the project
    warns: bool = True  # of what drawings are given and do not show

    @property
    def folder(self) -> Path:
        """The first folder of systems, from which paths are counted."""
        return folders_of(self.systems)[0].resolve()

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that the settings of the project name."""
        site = (self.site.logo, self.site.favicon, self.site.words) if self.site else ()
        return tuple(
            Path(name) for name in (*site, *(font.path for font in self.options.conventions.look.fonts)) if name
        )

    def inputs(self) -> BuildInputs:
        """Name everything besides the modules that changes what is written.

        Raises EnvironmentProblem where Graphviz was asked for and is not there.
        """
        options = repr(replace(self.options, scale=float(self.options.scale)))  # 2 is 2.0
        if self.options.engine != "bundled":  # the bundled one is a package, and counted among them
            options += engine_version(self.options.engine)
        site = ""
        if self.site is not None:
            from archfolio.render.build.site_record import hash_of_site  # noqa: PLC0415  most projects have none

            site = hash_of_site(self)
        return BuildInputs(str(self.folder), code_version.all_code(), options, self.force, site)


@dataclass
class BuildReport:
    """What a build did."""

    systems: int = 0
    views: int = 0
    drawn: int = 0
    written: int = 0
    pruned: int = 0
    failures: list[Failure] = field(default_factory=list)
    warnings: list[Failure] = field(default_factory=list)  # of what was drawn all the same
    why: list[str] = field(default_factory=list)  # one reason for each module that was run again


def engine_version(name: str) -> str:
    """Return which Graphviz an engine is.

    Raises EngineMissing, an EnvironmentProblem, where it is not there.
    """
    from archfolio.render.layout import engine  # noqa: PLC0415  an unchanged build does not need it

    chosen: type[engine.Engine] = engine.Bundled if name == "bundled" else engine.SystemDot
    return chosen().version()
