"""What is asked of every page: axe, in both themes, wide and narrow, and the checker of HTML."""

import itertools
import subprocess

from npm import with_node

_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def assert_axe_finds_nothing(page, node_modules, narrow=360):
    """Fail where axe finds something in a page as it stands, which was opened with `bypass_csp`."""
    page.add_script_tag(path=node_modules / "axe-core" / "axe.min.js")
    for theme, width in itertools.product(("light", "dark"), (1440, narrow)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": width, "height": 900})
        found = page.evaluate("options => axe.run(document, options)", {"runOnly": _RULES, "preload": False})
        faults = [(rule["id"], node["target"]) for rule in found["violations"] for node in rule["nodes"]]
        assert faults == [], (theme, width)


def assert_html_is_valid(node_modules, paths):
    """Fail where the checker of HTML finds something in files."""
    program, config = node_modules / ".bin" / "html-validate", node_modules.parent / "gallery" / "htmlvalidate.json"
    checked = subprocess.run(
        [program, "--config", config, "--formatter", "text", *paths],
        capture_output=True,
        text=True,
        check=False,
        env=with_node(),
    )
    assert checked.returncode == 0, checked.stdout[-4000:] + checked.stderr[-2000:]
