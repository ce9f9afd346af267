"""A view and the SVG that we paint of it, captured and drawn once: what exports and variants are tested with."""

from __future__ import annotations

import atexit
import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from check_shop import shop
from projects import Project

from archfolio.gallery import manifest
from archfolio.render.build.options import RenderOptions


@cache
def site() -> Path:
    """Build the shop once for all tests of a run, and return the folder of its site."""
    project = Project(Path(mkdtemp(prefix="archfolio-placed-")))
    atexit.register(shutil.rmtree, project.folder, ignore_errors=True)
    project.write("shop.py", shop(('the list")', 'the list, <b> & \\"all\\" of it")')))
    report = project.build(options=RenderOptions(png=False))
    assert report.failures == []
    return project.site


def placed(slug: str = "serving") -> tuple[manifest.System, manifest.View, str]:
    """Return the shop, a view of it, and the view's SVG."""
    [system] = manifest.read(site()).systems
    view = next(one for one in system.views if one.slug == slug)
    [svg] = [file for file in view.files if file.format == "svg"]
    return system, view, (site() / svg.path).read_text(encoding="utf-8")
