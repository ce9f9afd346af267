"""`python -m bench.ecosystem FOLDER`: draw strangers' scripts with plain Python, with the base and with what is here.

The scripts stay outside the repository. Each runs in a copy of its own top folder, without a network where the machine
can take it away. `index.json` in the folder may name scripts with the folder that they are started in and their
arguments; without it every Python file that imports `diagrams` is run where it stands.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import cache
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.ecosystem_page import page

ROOT = Path(__file__).parent.parent
SECONDS = 120.0
OUR_TRACEBACK = re.compile(r'File "[^"]*(?:archfolio|render|gallery)/[^"]*\.py", line')


@dataclass(frozen=True, slots=True)
class Script:
    """A script of the folder: its path and the folder it is started in, both from there, and its arguments."""

    id: str
    path: str
    cwd: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Contents:
    """What a picture shows: how many nodes, edges and clusters, and its words."""

    nodes: int
    edges: int
    clusters: int
    words: tuple[tuple[str, int], ...]


@dataclass
class Outcome:
    """What one program made of one script."""

    drawn: int = 0
    exit_code: int = 0
    seconds: float = 0.0
    house: int = 0
    traceback: bool = False
    says: str = ""
    pictures: list[str] = field(default_factory=list)  # PNGs, from the output folder
    lost: list[str] = field(default_factory=list)  # what plain shows and this does not
    not_honoured: list[str] = field(default_factory=list)


def main() -> None:
    """Run all of it, and print the table; the pairs are in OUTPUT/index.html."""
    options = _options()
    output = Path(options.output).resolve()
    output.mkdir(parents=True, exist_ok=True)
    scripts = [one for one in _scripts(Path(options.folder)) if not options.only or one.id in options.only.split(",")]
    with TemporaryDirectory(prefix="archfolio-ecosystem-") as temporary:
        codes = {"head": ROOT}
        if options.base:
            base = Path(temporary, "base")
            _git("worktree", "add", "--detach", str(base), options.base)
            codes["base"] = base
        try:
            outcomes: dict[str, dict[str, Outcome]] = {}
            for script in scripts:  # written as they come: a run over hundreds of scripts takes its time
                outcomes[script.id] = _of_script(script, Path(options.folder), output, codes, options.python)
                _write(output, outcomes, scripts)
        finally:
            if options.base:
                _git("worktree", "remove", "--force", str(base))
    for line in summary(outcomes):
        sys.stdout.write(f"{line}\n")


def _write(output: Path, outcomes: dict[str, dict[str, Outcome]], scripts: list[Script]) -> None:
    plain = {key: {name: asdict(one) for name, one in of.items()} for key, of in outcomes.items()}
    (output / "outcomes.json").write_text(json.dumps(plain, indent=1), encoding="utf-8")
    (output / "index.html").write_text(page(outcomes, {one.id: one.path for one in scripts}), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.ecosystem", description=__doc__)
    parser.add_argument("folder", help="of scripts")
    parser.add_argument("--base", default="", help="a commit to compare with")
    parser.add_argument("--output", default="ecosystem", help="folder for the pictures and the page")
    parser.add_argument("--python", default=sys.executable, help="that runs plain scripts")
    parser.add_argument("--only", default="", help="ids of scripts, with commas between")
    return parser.parse_args()


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *arguments], check=True, capture_output=True)


def _scripts(folder: Path) -> list[Script]:
    for index in (folder / "index.json", folder.parent / "index.json"):
        if index.is_file():
            entries = json.loads(index.read_text(encoding="utf-8"))
            return [Script(e["id"], e["path"], e["cwd"], tuple(e.get("args", ()))) for e in entries]
    found = []
    for path in sorted(folder.rglob("*.py")):
        if re.search(
            r"^\s*(?:from|import) diagrams\b", path.read_text(encoding="utf-8", errors="replace"), re.MULTILINE
        ):
            inside = path.relative_to(folder)
            found.append(Script(inside.as_posix(), inside.as_posix(), inside.parent.as_posix()))
    return found


def _of_script(script: Script, folder: Path, output: Path, codes: dict[str, Path], python: str) -> dict[str, Outcome]:
    sys.stderr.write(f"{script.id} {script.path}\n")
    own = output / re.sub(r"[^\w-]", "_", script.id)
    shutil.rmtree(own, ignore_errors=True)
    outcomes = {"plain": _plain(script, folder, own / "plain", python)}
    wanted = [_contents(path) for path in sorted((own / "plain").glob("*.svg"), key=lambda path: int(path.stem))]
    for name, code in codes.items():
        outcomes[name] = _ours(script, folder, own / name, code, wanted, _packages(python))
    for outcome in outcomes.values():
        outcome.pictures = [os.path.relpath(path, output) for path in outcome.pictures]
    return outcomes


@cache
def _packages(python: str) -> list[str]:
    """List the folders of packages of the Python that runs plain scripts, which ours may need as well."""
    code = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return subprocess.run([python, "-c", code], capture_output=True, text=True, check=True).stdout.split()


def _copy(script: Script, folder: Path, to: str) -> Path:
    top = Path(script.path).parts[0]
    source = folder / top
    if source.is_dir():
        shutil.copytree(source, Path(to, top), symlinks=True)
    else:
        shutil.copy(source, to)
    return Path(to, script.path)


def _run(command: list[str], cwd: Path, home: str, **env: str) -> tuple[subprocess.CompletedProcess[str], float]:
    if os.geteuid() == 0 and shutil.which("unshare"):
        command = ["unshare", "-n", *command]
    begin = time.perf_counter()
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "XDG_CACHE_HOME") if name in os.environ}
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    environment = {**kept, "XDG_CACHE_HOME": cache, "HOME": home, "NO_COLOR": "1", "LC_ALL": "C.UTF-8", **env}
    try:
        done = subprocess.run(
            command, cwd=cwd, env=environment, capture_output=True, text=True, errors="replace", timeout=SECONDS,
            check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        done = subprocess.CompletedProcess(command, 124, "", f"took longer than {SECONDS:g} s")
    return done, time.perf_counter() - begin


def _plain(script: Script, folder: Path, output: Path, python: str) -> Outcome:
    output.mkdir(parents=True)
    with TemporaryDirectory() as temporary:
        path = _copy(script, folder, temporary)
        runner = str(Path(__file__).with_name("plain_run.py"))
        done, seconds = _run(
            [python, runner, str(output), str(path), *script.args], Path(temporary, script.cwd), temporary
        )
    pictures = sorted(output.glob("*.png"), key=lambda one: int(one.stem))
    return Outcome(len(pictures), done.returncode, seconds, says=done.stderr[-600:], pictures=list(map(str, pictures)))


def _ours(
    script: Script, folder: Path, output: Path, code: Path, wanted: list[Contents], packages: list[str]
) -> Outcome:
    output.mkdir(parents=True)
    with TemporaryDirectory() as temporary:
        path = _copy(script, folder, temporary)
        Path(temporary, "packages").mkdir()
        Path(temporary, "packages", "sitecustomize.py").write_text(f"import sys\nsys.path += {packages!r}\n")
        arguments = ["--", *script.args] if script.args else []
        command = [sys.executable, "-m", "archfolio", "render", str(path), "-o", str(output), *arguments]
        done, seconds = _run(
            command, Path(temporary, script.cwd), temporary, PYTHONPATH=f"{code}{os.pathsep}{temporary}/packages"
        )
    lines = done.stdout.splitlines()
    pictures = [one for line in lines if (one := Path(temporary, script.cwd, line)).suffix == ".svg"]
    svgs = [Path(os.path.normpath(one)) for one in pictures]
    svgs = [one for one in svgs if one.is_file()]
    texts = [one.read_text(encoding="utf-8") for one in svgs]
    contents = [_contents(one) for one in svgs]
    return Outcome(
        drawn=len(svgs),
        exit_code=done.returncode,
        seconds=seconds,
        house=sum('<g class="body"' in text for text in texts),
        traceback=bool(OUR_TRACEBACK.search(done.stderr.replace(temporary, ""))),
        says=done.stderr.replace(temporary, "")[-600:],
        pictures=[str(one.with_suffix(".png")) for one in svgs],
        lost=_lost(wanted, contents),
        not_honoured=re.findall(r"^not honoured in '[^']*': (.*)$", done.stderr, re.MULTILINE),
    )


def _contents(svg: Path) -> Contents:
    """Count what an SVG of Graphviz's or of ours shows."""
    text = re.sub(r"<(title|desc|style)\b.*?</\1>", "", svg.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r'<g class="legend".*', "", text, flags=re.DOTALL)
    text = re.sub(r'<image [^>]*/blank/blank\.png"[^>]*/>', "", text)  # of the class Blank: nothing is to be seen

    def count(kind: str) -> int:
        # What is not to be seen has an empty group.
        return len(re.findall(rf'<g (?:id="[^"]*" )?class="{kind}(?: [^"]*)?"[^>]*>(?!\s*</g>)', text))

    words = Counter(
        word
        for found in re.findall(r"<text\b[^>]*>(.*?)</text>", text, re.DOTALL)
        for word in unescape(found).replace("\xa0", " ").split()
    )
    return Contents(count("node"), count("edge"), count("cluster"), tuple(sorted(words.items())))


def _lost(wanted: list[Contents], drawn: list[Contents]) -> list[str]:
    """List what the pictures of plain Python show and ours do not, picture by picture."""
    if len(drawn) < len(wanted):
        return [f"{len(wanted) - len(drawn)} pictures"]
    lost = []
    for theirs, ours in zip(wanted, drawn, strict=False):
        for name in ("nodes", "edges", "clusters"):
            shown, asked = getattr(ours, name), getattr(theirs, name)
            lost += [f"{shown} {name} for {asked}"] * (shown < asked)
        ours_joined = "".join(sorted("".join(word * count for word, count in ours.words)))
        missing = Counter(dict(theirs.words)) - Counter(dict(ours.words))
        if missing and Counter("".join(word * count for word, count in theirs.words)) - Counter(ours_joined):
            lost.append(f"words: {' '.join(sorted(missing))[:120]}")
    return lost


def summary(outcomes: dict[str, dict[str, Outcome]]) -> list[str]:
    """Sum up in a line for each program."""
    by_plain = [of for of in outcomes.values() if of["plain"].drawn]
    pictures = sum(of["plain"].drawn for of in by_plain)
    lines = [f"{len(outcomes)} scripts, of which plain Python draws {len(by_plain)} ({pictures} pictures)"]
    for name in ("base", "head"):
        ours = [of[name] for of in by_plain if name in of]
        if not ours:
            continue
        drawn = sum(of[name].drawn >= of["plain"].drawn for of in by_plain)
        all_drawn, house = sum(one.drawn for one in ours), sum(one.house for one in ours)
        traced = sum(of[name].traceback for of in outcomes.values())
        equal = sum(not one.lost for one in ours)
        ratio = sum(one.seconds for one in ours) / sum(of["plain"].seconds for of in by_plain)
        lines.append(
            f"{name}: draws {drawn} of {len(by_plain)} scripts ({drawn / len(by_plain):.1%}); {house} of {all_drawn}"
            f" pictures in the house style ({house / max(all_drawn, 1):.1%}); {equal} scripts with all parts and words"
            f" ({equal / len(by_plain):.1%}); {traced} tracebacks of ours; {ratio:.1f} times plain Python's time"
        )
    return lines


if __name__ == "__main__":
    main()
