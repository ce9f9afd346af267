"""Run a script under plain Python, and keep what the library draws: `plain_run.py OUTPUT SCRIPT ARGUMENT...`.

Each diagram becomes `0.svg`, `1.svg` ... with a `.png` beside it, laid out in the folder where the library does so.
"""

from __future__ import annotations

import os
import runpy
import subprocess
import sys
from pathlib import Path
from typing import Any

import graphviz


def main() -> None:
    """Run it."""
    output, script, *arguments = sys.argv[1:]
    numbers: dict[int, int] = {}
    kept: list[Any] = []  # so that no number of an object is used twice
    render = graphviz.Digraph.render

    def keep(self: Any, *args: Any, **kwargs: Any) -> Any:
        result = render(self, *args, **{**kwargs, "view": False})
        folder = Path(self.filepath).parent
        count = numbers.setdefault(id(self), len(numbers))
        kept.append(self)
        for ending in ("svg", "png"):
            target = Path(output, f"{count}.{ending}")
            command = ["dot", f"-T{ending}", "-o", str(target)]
            subprocess.run(command, input=self.source.encode(), cwd=folder, check=False, stderr=subprocess.DEVNULL)
        return result

    graphviz.Digraph.render = keep
    sys.argv = [script, *arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(script))  # noqa: PTH100, PTH120  as Python itself has it
    runpy.run_path(script, run_name="__main__")


if __name__ == "__main__":
    main()
