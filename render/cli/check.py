"""`archfolio check` and `archfolio verify`: the commands that judge and change nothing."""

from __future__ import annotations

import os
import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from archfolio.gallery import manifest
from archfolio.render.base.errors import UsageProblem
from archfolio.render.base.project_file import line_of, nearest_project_file
from archfolio.render.check import report, run
from archfolio.render.check import verify as pictures_of
from archfolio.render.check.codes import CODES, OF_THE_HOUSE_STYLE, chosen, explained
from archfolio.render.check.explain_rule import explain_rules
from archfolio.render.cli import json_output
from archfolio.render.cli.completion import complete_code, complete_picture, complete_slug
from archfolio.render.cli.config import SITE, config_of
from archfolio.render.cli.options import json_option, systems_option
from archfolio.render.cli.progress import print_failures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from archfolio.render.base.settings import CheckSettings
    from archfolio.render.check.finding import RuleText
    from archfolio.render.check.verify import Verdict


@click.command("check")
@click.argument("slugs", metavar="[SYSTEM]...", nargs=-1, shell_complete=complete_slug)
@systems_option
@click.option("--pictures", is_flag=True, help="Lay every view out, too, and tell what cannot be read.")
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="A build: are its pictures current and whole?",
)
@click.option(
    "--explain", metavar="CODE", shell_complete=complete_code, help="Tell what a rule is about, and check nothing."
)
@click.option("--select", metavar="CODE", multiple=True, help="Only codes that begin like these: M2,S105.")
@click.option("--ignore", metavar="CODE", multiple=True, help="No codes that begin like these: M2,S105.")
@json_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="For people, for programs, or as annotations of a GitHub workflow.",
)
@click.pass_context
def check_command(
    context: click.Context,
    /,
    slugs: tuple[str, ...],
    systems: tuple[Path, ...],
    pictures: bool,
    output: Path | None,
    explain: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    as_json: bool,
    form: str,
) -> None:
    """Tell what to mend in systems before they are committed; exit 1 if there is anything.

    A comment '# archfolio: ignore[CODE]' silences a finding on its line. '--explain CODE' tells what a code is about.
    """
    if explain is not None:
        texts = explained(explain)
        click.echo(_rules_output(texts) if as_json or form == "json" else explain_rules(texts))
        return
    config = config_of(context)
    rules = config.settings.check
    codes = chosen(select, ignore) & _codes_of_project(rules, is_selected=bool(select))
    if dict(config.values).get("style") == "library":
        codes -= OF_THE_HOUSE_STYLE
    is_said = context.get_parameter_source("output") is ParameterSource.COMMANDLINE
    groups = {code[0] for code in codes} if select else frozenset[str]()  # that somebody asks for by name
    compared = output if is_said else _build_of_the_project(output, is_asked_for="F" in groups)
    given = systems if context.get_parameter_source("systems") is ParameterSource.COMMANDLINE else ()
    build = " ".join(["archfolio build", *(f"--systems {shlex.quote(os.path.relpath(folder))}" for folder in given)])
    found = run.check(
        run.CheckRequest(
            systems, codes, slugs, pictures or "P" in groups, compared, config.conventions, _asked(rules), build
        )
    )
    formats = {"text": report.format_text, "json": _check_output, "github": report.format_github}
    click.echo(formats["json" if as_json else form](found))
    sys.exit(1 if found.findings else 0)


def _build_of_the_project(output: Path | None, *, is_asked_for: bool) -> Path | None:
    """Return where the project builds to, as one would type it; nothing where no build is there or asked for."""
    if output is None:
        return Path(SITE) if is_asked_for else None
    output = Path(os.path.relpath(output))
    return output if is_asked_for or (output / manifest.NAME).is_file() else None


def _codes_of_project(rules: CheckSettings, *, is_selected: bool) -> frozenset[str]:
    """Return the codes that a project asks for; where others are selected, those that it does not ignore.

    Raises UsageProblem, with file and line, for what is the beginning of no code.
    """
    key = "select"
    try:
        selected = chosen(() if is_selected else rules.select, ())
        key = "ignore"
        return selected & chosen((), rules.ignore)
    except UsageProblem as problem:
        file = nearest_project_file(Path.cwd())
        line = line_of(file.read_text(encoding="utf-8"), "tool.archfolio.check", key) if file else 0
        message = f"{file}:{line}: [tool.archfolio.check] {key}: {problem}"
        raise UsageProblem(message) from problem


def _asked(settings: CheckSettings) -> run.Asked:
    """Return what rules are asked with, by their codes; nothing where the project has set nothing."""
    limits = settings.limits
    asked: list[tuple[str, tuple[tuple[str, object], ...]]] = []
    if settings.sections is not None:
        asked.append(("S122", (("wanted", settings.sections),)))
    if limits != type(limits)():
        asked.append(("S106", (("fewest", limits.fewest_nodes), ("most", limits.most_nodes))))
    return tuple(asked)


def _check_output(found: run.CheckReport) -> str:
    findings = [
        json_output.FindingRecord(**asdict(one) | {"file": report.display_path(one), "rule": CODES[one.code]})
        for one in found.findings
    ]
    return json_output.as_json(
        json_output.CheckOutput(
            command="check",
            ok=not findings,
            systems=found.systems,
            views=found.views,
            summary=report.summary_sentence(found),
            findings=findings,
            layouts=list(found.layouts),
        )
    )


def _rules_output(texts: Iterable[RuleText]) -> str:
    rules = [
        json_output.RuleRecord(
            code=text.code,
            group=text.group,
            what=text.doc,
            why=text.why,
            wrong=text.wrong,
            right=text.right,
            mending=text.mending,
        )
        for text in texts
    ]
    return json_output.as_json(json_output.ExplainOutput(command="check --explain", ok=True, rules=rules))


@click.command("verify")
@click.argument(
    "pictures",
    metavar="PICTURE...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    shell_complete=complete_picture,
)
@systems_option
@json_option
@click.pass_context
def verify_command(
    context: click.Context, /, pictures: tuple[Path, ...], systems: tuple[Path, ...], as_json: bool
) -> None:
    """Say which view an SVG or PNG shows and whether it is current; exit 1 if one is not."""
    verified = pictures_of.verify(pictures, systems, config_of(context).conventions)
    print_failures(verified.failures)
    is_current = all(verdict.state == pictures_of.CURRENT for verdict in verified.verdicts)
    if as_json:
        output = json_output.VerifyOutput(
            command="verify",
            ok=is_current,
            pictures=[_record(verdict) for verdict in verified.verdicts],
            failures=json_output.troubles(verified.failures),
        )
        click.echo(json_output.as_json(output))
    else:
        for verdict in verified.verdicts:
            click.echo(f"{os.path.relpath(verdict.picture)}: {verdict.state}: {verdict.sentence}")
    sys.exit(0 if is_current else 1)


def _record(verdict: Verdict) -> json_output.VerdictRecord:
    return json_output.VerdictRecord(
        picture=os.path.relpath(verdict.picture),
        state=verdict.state,
        system=verdict.system,
        view=verdict.view,
        sentence=verdict.sentence,
    )
