"""`archfolio export`: a drawing for other tools, as text, as slides, or as a picture that moves."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archfolio.gallery.export import walkthrough
from archfolio.gallery.export.d2 import d2
from archfolio.gallery.export.dot import dot_text
from archfolio.gallery.export.drawio import drawio
from archfolio.gallery.export.excalidraw import excalidraw
from archfolio.gallery.export.graph_json import graph_json
from archfolio.gallery.export.mermaid import mermaid
from archfolio.gallery.export.plantuml import plantuml
from archfolio.render.base.errors import EnvironmentProblem, UsageProblem
from archfolio.render.base.files import write
from archfolio.render.build.redraw import redraw
from archfolio.render.cli.built import load_build, read_svg, tell_of_edits
from archfolio.render.cli.completion import complete_view
from archfolio.render.cli.config import project_options
from archfolio.render.cli.options import direction_option, output_option, ratio_option, systems_option
from archfolio.render.notes.select import resolve

if TYPE_CHECKING:
    from collections.abc import Callable

    from archfolio.gallery.manifest import Manifest
    from archfolio.render.notes.select import ResolvedView

_GRAPHS = ("mermaid", "dot", "d2", "plantuml", "json")  # that say nothing of where things stand
_DRAWINGS = ("drawio", "excalidraw", "pptx", "animated-svg", "gif", "apng")
_BINARY = ("pptx", "gif", "apng")


@click.command("export")
@click.argument("name", metavar="SYSTEM[/VIEW]", shell_complete=complete_view)
@click.option("--format", "kind", type=click.Choice((*_GRAPHS, *_DRAWINGS)), required=True, help="For which tool.")
@click.option("--to", "file", type=click.Path(path_type=Path, dir_okay=False), help="File to write; stdout without it.")
@direction_option
@ratio_option
@output_option
@systems_option
def export_command(
    *,
    name: str,
    kind: str,
    file: Path | None,
    direction: str | None,
    ratio: tuple[int, int] | None,
    output: Path,
    systems: tuple[Path, ...],
) -> None:
    """Print a drawing for other tools: as text, as slides, or as a picture that moves.

    pptx has a slide for each step, of native shapes; animated-svg, gif and apng light one step after the other.
    """
    if file is None and output.suffix and not output.exists():
        raise UsageProblem(f"'{output}' is no folder of a build: name the file that is to be written with --to")
    _, built = load_build(output, None)
    resolved = resolve(built, name, built.moved)
    if not (direction or ratio):  # which draws the module as it is now
        tell_of_edits([resolved.system], systems)
    if (direction or ratio) and kind in _GRAPHS:
        raise UsageProblem(f"{kind} says nothing of where things stand: leave out --direction and --aspect")
    if kind in _BINARY and file is None and sys.stdout.isatty():
        raise UsageProblem(f"{kind} is no text for a terminal: name a file with --to, or redirect")
    content = _content(kind, built, resolved, _svg(resolved, output, systems, kind, direction, ratio))
    if file is None:
        click.echo(content, nl=False)
        return
    write(file, content.encode() if isinstance(content, str) else content)
    click.echo(os.path.relpath(file))


def _svg(
    resolved: ResolvedView,
    output: Path,
    systems: tuple[Path, ...],
    kind: str,
    direction: str | None,
    ratio: tuple[int, int] | None,
) -> str:
    """Return the drawing that is exported: the build's, or one drawn anew; none for what only needs the graph."""
    if direction or ratio:
        return redraw(
            systems, resolved.full_name, direction or "", ratio[0] / ratio[1] if ratio else None, project_options()
        )
    return "" if kind in _GRAPHS else read_svg(output, resolved)


def _content(kind: str, built: Manifest, resolved: ResolvedView, svg: str) -> str | bytes:
    system, view = resolved.system, resolved.view
    make: dict[str, Callable[[], str | bytes]] = {
        "mermaid": lambda: mermaid(view),
        "dot": lambda: dot_text(view),
        "d2": lambda: d2(view),
        "plantuml": lambda: plantuml(view),
        "json": lambda: graph_json(built, system, view, resolved.name),
        "drawio": lambda: drawio(view, svg),
        "excalidraw": lambda: excalidraw(view, svg),
        "pptx": lambda: _slides(resolved, svg),
        "animated-svg": lambda: _animated_svg(resolved, svg),
        "gif": lambda: _animation(resolved, svg, "gif"),
        "apng": lambda: _animation(resolved, svg, "apng"),
    }
    return make[kind]()


def _slides(resolved: ResolvedView, svg: str) -> bytes:
    from archfolio.gallery.export.pptx import pptx  # noqa: PLC0415  it may not be installed

    try:
        return pptx(resolved.system, resolved.view, svg)
    except ModuleNotFoundError as error:
        message = "slides need python-pptx, which is not here: pip install 'archfolio[slides]'"
        raise EnvironmentProblem(message) from error


def _animated_svg(resolved: ResolvedView, svg: str) -> str:
    from archfolio.render.build.finish_svg import with_glyphs  # noqa: PLC0415  asked for seldom

    _check_steps(resolved)
    return with_glyphs(walkthrough.animated(resolved.system, resolved.view, svg))


def _animation(resolved: ResolvedView, svg: str, kind: str) -> bytes:
    from archfolio.render.notes.animation import animate  # noqa: PLC0415  asked for seldom

    _check_steps(resolved)
    pictures = walkthrough.step_pictures(resolved.system, resolved.view, svg)
    return animate([picture.svg for picture in pictures], kind, walkthrough.SECONDS)


def _check_steps(resolved: ResolvedView) -> None:
    if not resolved.view.steps:
        able = ", ".join(f"{resolved.system.slug}/{view.slug}" for view in resolved.system.views if view.steps)
        fix = f"there are steps in {able}" if able else "draw its edges inside 'with step(...):'"
        raise UsageProblem(f"'{resolved.full_name}' has no walkthrough to move through: {fix}")
