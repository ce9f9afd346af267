"""Every picture of our systems looks as it did: its hash is in one file, and what changed is shown old beside new.

A change of the house style or of the layout changes them: look at the report, then record the new hashes with
`make pictures`. Those that were looked at are kept in `.pictures`, out of the repository, to be shown as the old ones.
"""

import json
import re
from pathlib import Path

import pytest
import xxhash
from picture_report import write_report

from archfolio.render.base.source_folders import EXAMPLES
from archfolio.render.build.build import build
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildRequest

HASHES = Path(__file__).with_name("picture_hashes.json")
SEEN = Path(__file__).parents[1] / ".pictures"
_FINGERPRINT = re.compile(rb' data-hash="[0-9a-f]+"')  # changes with our code, whatever is drawn


@pytest.fixture(scope="module")
def pictures(tmp_path_factory):
    """Draw all of our systems: each picture without its fingerprint, by its name."""
    site = tmp_path_factory.mktemp("site")
    report = build(BuildRequest(EXAMPLES, site, options=RenderOptions(png=False)), lambda _: None)
    assert report.failures == []
    images = site / "images"
    paths = {path.relative_to(images).with_suffix("").as_posix(): path for path in images.rglob("*.svg")}
    for path in paths.values():
        path.write_bytes(_FINGERPRINT.sub(b"", path.read_bytes(), count=1))
    return dict(sorted(paths.items()))


def test_every_picture_looks_as_it_did(pictures, request, tmp_path):
    now = {name: xxhash.xxh3_64_hexdigest(path.read_bytes()) for name, path in pictures.items()}
    if request.config.getoption("--rewrite-snapshots"):
        HASHES.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
    known = json.loads(HASHES.read_text(encoding="utf-8"))
    SEEN.mkdir(exist_ok=True)
    changed = {}
    for name in sorted(known.keys() | now.keys()):
        if known.get(name) == now.get(name):
            (SEEN / f"{now[name]}.svg").write_bytes(pictures[name].read_bytes())
            continue
        old = SEEN / f"{known.get(name)}.svg"
        changed[name] = (old if old.is_file() else None, pictures.get(name))
    if changed:
        page = write_report(tmp_path, changed)
        pytest.fail(f"{len(changed)} pictures changed: look at {page.as_uri()}, then run `make pictures`")


def test_a_report_shows_old_and_new(tmp_path):
    (tmp_path / "old.svg").write_text("<svg/>")
    page = write_report(tmp_path, {"a & b": (tmp_path / "old.svg", None)})
    text = page.read_text(encoding="utf-8")
    assert "a &amp; b" in text
    assert (tmp_path / "old.svg").as_uri() in text
    assert "there is none here" in text
