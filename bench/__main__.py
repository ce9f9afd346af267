"""`python -m bench`: measure, and print the table."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from bench.measure import adopt_orphans
from bench.rows import Row, rows
from bench.table import put, table

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"


def main() -> None:
    """Run the benchmark; minutes, as the references take their time."""
    options = _options()
    if not which("dot"):
        sys.exit("the references draw with the `dot` program: install Graphviz to measure against it")
    adopt_orphans()
    measured: list[Row] = []
    with TemporaryDirectory(prefix="archfolio-bench-") as folder:
        for row in rows(options.systems, Path(folder), options.rounds, options.grown):
            sys.stderr.write(f"{row.work} / {row.against}: {row.wall:.2f}\n")
            measured.append(row)
    printed = table(measured, options.date)
    sys.stdout.write(printed)
    if options.write:
        README.write_text(put(printed, README.read_text(encoding="utf-8")), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--date", default=os.environ.get("DATE", "a day unknown"), help="to print; DATE by default")
    parser.add_argument("--systems", type=Path, default=ROOT / "systems", help="folder of modules; ours by default")
    parser.add_argument("--rounds", type=int, default=3, help="how often each work is done")
    parser.add_argument("--grown", type=int, default=1000, help="made-up systems of the largest build; 0 for none")
    parser.add_argument("--write", action="store_true", help="put the table into the README")
    return parser.parse_args()


if __name__ == "__main__":
    main()
