"""Options that several commands share."""

from __future__ import annotations

import math
import re
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.source_folders import EXAMPLES
from archfolio.render.cli.config import SITE

if TYPE_CHECKING:
    from collections.abc import Callable

SYSTEMS = "systems"  # the folder of modules, unless somebody says otherwise

systems_folders_option = click.option(
    "--systems",
    type=click.Path(path_type=Path),
    multiple=True,
    default=(SYSTEMS,),
    show_default=True,
    help="Folder of modules; may be repeated.",
)
_examples_option = click.option("--examples", is_flag=True, help="The systems that come with archfolio instead.")


def systems_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command the folder of modules: that of --systems, or of --examples that of the systems that we bring."""

    @systems_folders_option
    @_examples_option
    @wraps(command)
    def with_folder(*args: Any, systems: tuple[Path, ...], examples: bool, **options: Any) -> Any:
        if examples and click.get_current_context().get_parameter_source("systems") == ParameterSource.COMMANDLINE:
            message = "--examples has a folder of its own: leave out --systems, or --examples"
            raise UsageProblem(message)
        return command(*args, systems=(EXAMPLES,) if examples else systems, **options)

    return with_folder


def _ratio(_: click.Context, __: click.Parameter, value: str | None) -> tuple[int, int] | None:
    """Read "16:9"."""
    if not value:
        return None
    found = re.fullmatch(r"([1-9]\d{0,3})[:x/]([1-9]\d{0,3})", value.strip())
    if not found:
        message = f"'{value}' is no ratio of width to height: write --aspect 16:9"
        raise UsageProblem(message)
    return int(found[1]), int(found[2])


direction_option = click.option(
    "--direction", type=click.Choice(("TB", "BT", "LR", "RL")), default=None, help="Drawn anew in this direction."
)
ratio_option = click.option(
    "--aspect", "ratio", metavar="16:9", callback=_ratio, help="Drawn anew to fill a page of this shape."
)
json_option = click.option(
    "--json", "as_json", is_flag=True, help="For programs: one JSON document on stdout; docs/json.md has its fields."
)
output_option = click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    default=SITE,
    show_default=True,
    help="Folder of the build.",
)


class _Scale(click.FloatRange):
    """A number of a range; "nan" lies in every one, as click compares."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read it, or say what is wrong with it."""
        number = float(super().convert(value, param, ctx))
        if math.isnan(number):
            self.fail(f"'{value}' is not a number.", param, ctx)
        return number


_RENDER_OPTIONS = (
    click.option(
        "--engine",
        type=click.Choice(["bundled", "dot"]),
        default="bundled",
        show_default=True,
        help="Graphviz: the bundled one, or the dot program of this machine.",
    ),
    click.option(
        "--style",
        type=click.Choice(["auto", "house", "library"]),
        default="auto",
        show_default=True,
        help="House style, or the library's own look; auto keeps what an author dressed.",
    ),
    click.option("--scale", type=_Scale(0.25, 8), default=2, show_default=True, help="Pixels of the PNG a CSS pixel."),
    click.option("--title/--no-title", default=True, help="Title and caption in the drawing."),
    click.option("--legend/--no-legend", default=True, help="Legend in the drawing."),
    click.option("--png/--no-png", default=True, help="PNG beside the SVG; it takes most of the time."),
    click.option("--pdf", is_flag=True, help="Write a PDF too."),
    click.option("--dark", is_flag=True, help="Write a dark PNG too; the SVG follows its reader anyway."),
)


def render_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add to a command the options of `RenderOptions`, under the names of its fields."""
    for option in reversed(_RENDER_OPTIONS):
        command = option(command)
    return command
