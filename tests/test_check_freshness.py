"""A build whose pictures are old, gone or changed is told, and with it the command that mends it."""

import shutil
from pathlib import Path

import pytest
from acme import archfolio
from check_shop import shop

from archfolio.render.build.build import build
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.request import BuildRequest
from archfolio.render.check.codes import chosen
from archfolio.render.check.run import CheckRequest, check

ONE_VIEW = shop()[: shop().index('@view("Learning")')]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the shop's first view once, in a look that is not the default one."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "systems").mkdir()
    (folder / "systems/shop.py").write_text(ONE_VIEW, encoding="utf-8")
    report = build(
        BuildRequest(folder / "systems", folder / "site", options=RenderOptions(title=False, scale=1.0)), lambda _: None
    )
    assert report.failures == []
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "copy"))


def told(folder: Path) -> list[tuple[str, str]]:
    findings = check(CheckRequest(folder / "systems", chosen(("F",), ()), output=folder / "site")).findings
    return [(finding.code, finding.where) for finding in findings]


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "systems/shop.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_build_is_current_in_any_look_and_whatever_lines_have_moved(site: Path) -> None:
    edit(site, "from diagrams import Cluster", "# moved\nfrom diagrams import Cluster")
    assert told(site) == []


def test_a_changed_view_is_told(site: Path) -> None:
    edit(site, '"page"', '"search"')
    [finding] = check(CheckRequest(site / "systems", chosen(("F",), ()), output=site / "site")).findings
    assert (finding.code, finding.view) == ("F502", "serving")
    assert f"run 'archfolio build shop -o {site / 'site'}'" in finding.sentence
    assert "@view" in (site / "systems/shop.py").read_text().splitlines()[finding.line - 1]


def test_a_view_that_is_new_and_one_that_is_gone_are_told(site: Path) -> None:
    edit(site, "def serving()", "def asking()")
    assert sorted(told(site)) == [("F501", "asking"), ("F502", "serving")]


def test_a_picture_that_is_gone_or_changed_is_told(site: Path) -> None:
    (site / "site/images/shop/serving.png").unlink()
    with (site / "site/images/shop/serving.svg").open("a") as picture:
        picture.write("<!-- mended by hand -->")
    assert told(site) == [("F503", "images/shop/serving.png"), ("F504", "images/shop/serving.svg")]


def test_the_command_that_mends_it_names_the_folder_of_systems_that_was_named(tmp_path: Path) -> None:
    module = tmp_path / "docs/architecture/shop.py"
    module.parent.mkdir(parents=True)
    module.write_text(ONE_VIEW, encoding="utf-8")
    where = ("--systems", "docs/architecture", "--output", "site")
    mends = "archfolio build --systems docs/architecture"
    assert f"run '{mends} -o site' first" in archfolio(tmp_path, "check", "--select", "F", *where).stderr
    archfolio(tmp_path, "build", "--no-png", *where)
    module.write_text(ONE_VIEW.replace('"page"', '"search"'), encoding="utf-8")
    assert f"run '{mends} shop -o site'" in archfolio(tmp_path, "check", "--select", "F", *where).stdout


def test_who_asks_for_freshness_is_told_of_the_usual_folder_of_builds(tmp_path: Path) -> None:
    module = tmp_path / "systems/shop.py"
    module.parent.mkdir()
    module.write_text(ONE_VIEW, encoding="utf-8")
    asked = archfolio(tmp_path, "check", "--select", "F")
    assert asked.returncode == 3
    assert "run 'archfolio build -o site' first" in asked.stderr
    assert archfolio(tmp_path, "check", "--select", "S101,S102").returncode == 0
    archfolio(tmp_path, "build", "--no-png")
    assert archfolio(tmp_path, "check", "--select", "S101,F5").returncode == 0
    module.write_text(ONE_VIEW.replace('"page"', '"search"'), encoding="utf-8")
    assert "F502" in archfolio(tmp_path, "check", "--select", "S101,F5").stdout
