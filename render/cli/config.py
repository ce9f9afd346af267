"""`[tool.archfolio]` of the nearest pyproject.toml: defaults of options, and the project's settings."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import line_of, nearest_project_file, read_project_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    import click

    from archfolio.render.base.settings import ProjectSettings, SiteSettings
    from archfolio.render.build.options import RenderOptions
    from archfolio.render.model.conventions import Conventions

SITE = "site"  # where builds go unless somebody says otherwise
_OF_NOTES = ("notes", "sync")  # tables that `render.notes` reads and checks
_OF_SETTINGS = ("site", "vocabulary", "check", "style")  # tables that `render.cli.settings` reads and checks
_TABLE = "[tool.archfolio]"
_FOLDERS = ("output", "systems")  # relative to the file
_KINDS: dict[str, tuple[type, ...]] = {
    "output": (str,),
    "systems": (list, str),
    "jobs": (int,),
    "engine": (str,),
    "style": (str,),
    "scale": (int, float),
    "title": (bool,),
    "legend": (bool,),
    "png": (bool,),
    "pdf": (bool,),
    "dark": (bool,),
}
_WORDS = {str: "a text", int: "a whole number", float: "a number", bool: "true or false"}


@dataclass(frozen=True, slots=True)
class ProjectConfig:
    """What a file says: values by the names of options, and settings, None without any; folders are absolute."""

    values: tuple[tuple[str, object], ...] = ()
    given: ProjectSettings | None = None
    home: Path | None = None  # the folder of the file

    @property
    def settings(self) -> ProjectSettings:
        """The settings of the project, ours where it has none."""
        from archfolio.render.base.settings import ProjectSettings  # noqa: PLC0415  help and errors come fast

        return self.given or ProjectSettings()

    @property
    def site(self) -> SiteSettings | None:
        """What the pages say around the systems; None where the file has no settings."""
        return self.given.site if self.given else None

    @property
    def warns(self) -> bool:
        """Whether a build warns of what a drawing is given and does not show: where `check` tells of that (S111)."""
        return self.given is None or self.given.check.asks("S111")

    @property
    def conventions(self) -> Conventions:
        """How the project's drawings look, and its words."""
        from archfolio.render.model.conventions import OURS  # noqa: PLC0415  help and errors come fast

        if self.given is None:
            return OURS
        from archfolio.render.model.palette import conventions_of  # noqa: PLC0415  most projects have none

        return conventions_of(self.given)


def config_of(context: click.Context) -> ProjectConfig:
    """Return what was read when the command line began; nothing where a command is called by itself."""
    return context.find_object(ProjectConfig) or ProjectConfig()


def project_options() -> RenderOptions:
    """Return how the command that runs draws: as everywhere in its project."""
    import click  # noqa: PLC0415  it is there, since a command runs

    from archfolio.render.build.options import RenderOptions  # noqa: PLC0415  help and errors come fast

    return RenderOptions(conventions=config_of(click.get_current_context()).conventions)


def load_config(start: Path) -> ProjectConfig:
    """Read the nearest pyproject.toml, from a folder upwards; nothing where there is none or it does not speak of us.

    Raises UsageProblem for a file that is not TOML, a key that is none of ours, or a value of another kind.
    """
    file = read_project_file(start)
    if file is None:
        return ProjectConfig()
    path, text, table = file
    tables = {key: value for key, value in table.items() if key in _OF_SETTINGS and not isinstance(value, str)}
    values = {key: value for key, value in table.items() if key not in _OF_NOTES and key not in tables}
    settings = None
    if tables:
        from archfolio.render.cli.settings import read_settings_tables  # noqa: PLC0415  most projects have none

        settings = read_settings_tables(tables, path, text)
        if settings.style.base:
            values["style"] = settings.style.base
    checked = tuple((key, _checked(path, text, key, value)) for key, value in values.items())
    return ProjectConfig(checked, settings, path.parent)


def option_defaults(config: ProjectConfig, commands: Mapping[str, click.Command]) -> dict[str, dict[str, object]]:
    """Return for each command which of its options have another default, in the form of click's `default_map`.

    The output folder is that of builds: a command whose own default is another one keeps it, but for `check`, which
    looks at that folder where there is a build in it.
    """
    wanted = {}
    for name, command in commands.items():
        values = dict(config.values)
        options = {option.name: option for option in command.params if option.name in values}
        builds = options.get("output")
        if builds is not None and builds.default != SITE and name != "check":
            del options["output"]
        wanted[name] = {str(option): values[str(option)] for option in options}
    return wanted


def with_place(error: click.BadParameter) -> str:
    """Return the sentence about a value of the settings that its option refuses."""
    file = nearest_project_file(Path.cwd())
    key = str(error.param.name) if error.param else ""
    line = line_of(file.read_text(encoding="utf-8"), "tool.archfolio", key) if file else 0
    return f"{file}:{line}: '{key}' in [tool.archfolio]: {error.message.rstrip('.')}"


def _checked(path: Path, text: str, key: str, value: object) -> object:
    sentence = _mistake(key, value)
    if sentence:
        message = f"{path}:{line_of(text, 'tool.archfolio', key)}: {sentence}"
        raise UsageProblem(message)
    if key not in _FOLDERS:
        return value
    folders = [str((path.parent / str(one)).resolve()) for one in (value if isinstance(value, list) else [value])]
    return folders if key == "systems" else folders[0]


def _mistake(key: str, value: object) -> str:
    """Return a sentence about a key that is none, or a value of another kind; empty where there is no mistake."""
    if key in _OF_SETTINGS and key not in _KINDS:
        return f"'{key}' in {_TABLE} is a table: write [tool.archfolio.{key}] above its keys"
    if key not in _KINDS:
        import difflib  # noqa: PLC0415  mistakes are rare

        known = [*_KINDS, *_OF_SETTINGS[:3], *_OF_NOTES]
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(known)}"
        return f"there is no key '{key}' in {_TABLE}; {hint}"
    kinds = _KINDS[key]
    if isinstance(value, list) and key == "systems" and not (value and all(isinstance(one, str) for one in value)):
        return f"'systems' in {_TABLE} names no folder, or what is no text: write systems = [\"systems\"]"
    if not isinstance(value, kinds) or (isinstance(value, bool) and bool not in kinds):
        return f"'{key}' in {_TABLE} is {_WORDS[kinds[-1]]}, not {value!r}"
    return ""
