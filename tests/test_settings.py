"""The settings of a project: what they change, what they do not, and what they refuse."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from acme import SETTINGS, archfolio, built, write_acme, write_font

from archfolio.gallery.words import catalogue
from archfolio.render.base.errors import UsageProblem
from archfolio.render.capture.discover import discover
from archfolio.render.cli.config import load_config

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def acme(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_acme(tmp_path_factory.mktemp("acme"))
    built(folder)
    return folder


def picture(folder: Path) -> str:
    return (folder / "site/images/tariffs/serving.svg").read_text(encoding="utf-8")


def page(folder: Path, name: str = "index.html") -> str:
    return (folder / "site" / name).read_text(encoding="utf-8")


def edited(folder: Path, old: str, new: str) -> Path:
    path = folder / "pyproject.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return folder


def test_pages_bear_the_projects_name_and_signs(acme: Path) -> None:
    index = page(acme)
    assert "<title>Acme Freight architecture</title>" in index
    assert "<h1>Acme Freight architecture</h1>" in index
    assert "How parcels find their price and their van." in index
    assert "<p>Kept by the platform team.</p>" in index
    assert '<link rel="icon" href="brand/logo.svg" type="image/svg+xml">' in index
    assert re.search(r'<a class="wordmark"[^>]*><img src="brand/logo.svg" alt="" height="24">Acme Freight</a>', index)
    assert "<title>Tariffs · Acme Freight architecture</title>" in page(acme, "systems/tariffs.html")
    assert "Acme Freight architecture" in page(acme, "404.html")
    assert (acme / "site/brand/logo.svg").is_file()


def test_the_accent_is_on_every_sheet(acme: Path) -> None:
    sheet = (acme / "site/static/site.css").read_text(encoding="utf-8")
    last = sheet.rpartition("--link:")[2]
    assert last.startswith("light-dark(#be123c,#")
    assert "--link:#be123c" in page(acme, "404.html")


def test_a_system_links_to_its_module_in_the_repository(acme: Path) -> None:
    assert 'href="https://example.org/acme/blob/main/systems/tariffs.py"' in page(acme, "systems/tariffs.html")


def test_own_words_head_the_index_and_tag_systems(acme: Path) -> None:
    assert re.search(r"<h2[^>]*>Pricing <", page(acme))
    assert "price setting" in page(acme)


def test_an_own_kind_of_edge_is_drawn_and_explained(acme: Path) -> None:
    svg = picture(acme)
    assert 'class="edge lineage"' in svg
    assert re.search(r'stroke="#a21caf" stroke-width="1.8" stroke-dasharray="6 2.5 1.5 2.5"', svg)
    assert ">data lineage</text>" in svg


def test_an_own_part_takes_what_is_its_own(acme: Path) -> None:
    svg = picture(acme)
    assert 'class="node partner"' in svg
    assert "f-partner{fill:light-dark(#0369a1," in svg
    assert ">partner</text>" in svg


def test_a_concept_of_the_project_has_its_glyph_and_its_meaning(acme: Path) -> None:
    components = json.loads((acme / "site/manifest.json").read_text(encoding="utf-8"))["components"]
    [own] = [one for one in components if one["key"] == "own.TariffModel"]
    assert (own["title"], own["meaning"]) == ("Tariff model", "Sets the price of a parcel from weight, way and load.")
    assert (acme / "site" / own["icon"]).is_file()


def test_colours_corners_and_widths_are_the_projects(acme: Path) -> None:
    svg = picture(acme)
    assert 'class="f-ground" fill="#fffaf5"' in svg
    assert 'rx="2"' in svg
    assert 'rx="8"' not in svg
    assert "--ground:light-dark(#fffaf5," in (acme / "site/static/site.css").read_text(encoding="utf-8")


def test_a_gallery_of_a_foreign_project_says_nothing_of_ours(acme: Path) -> None:
    ours = discover(ROOT / "systems")
    titles = [title for one in ours for title in re.findall(r'^ +title="([^"]+)"', one.path.read_text(), re.MULTILINE)]
    assert len(titles) >= 19
    said = "\n".join(
        path.read_text() for path in (acme / "site").rglob("*") if path.suffix in (".html", ".json", ".txt")
    )
    said = said.replace("Search systems, ", "")  # what the field of the search says
    assert [title for title in titles if title in said] == []
    assert [one.slug for one in ours if one.slug in said] == []


def test_a_changed_title_makes_pages_again_and_draws_nothing(tmp_path: Path) -> None:
    folder = write_acme(tmp_path)
    built(folder)
    before = picture(folder)
    edited(folder, "Acme Freight architecture", "Acme Parcels")
    assert "nothing to draw" in built(folder).stdout
    assert "<h1>Acme Parcels</h1>" in page(folder)
    assert "· Acme Parcels</title>" in page(folder, "systems/tariffs.html")
    assert picture(folder) == before


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ('colour = "#a21caf"', 'colour = "#7e22ce"', "#7e22ce"),
        ('ground = "#fffaf5"', 'ground = "#fff7ed"', "#fff7ed"),
        ("radius = 2", "radius = 3", 'rx="3"'),
        ('word = "data lineage"', 'word = "origin"', ">origin</text>"),
    ],
)
def test_a_changed_look_draws_again(tmp_path: Path, old: str, new: str, seen: str) -> None:
    folder = write_acme(tmp_path)
    built(folder)
    assert seen not in picture(folder)
    done = built(edited(folder, old, new), "--why")
    assert "1 drawn" in done.stdout
    assert "the options changed" in done.stderr
    assert seen in picture(folder)


def test_unchanged_settings_draw_nothing(acme: Path) -> None:
    assert "nothing to draw, 0 files written" in built(acme).stdout


def test_a_picture_drawn_by_other_settings_is_not_current(tmp_path: Path) -> None:
    folder = write_acme(tmp_path)
    built(folder)
    svg = "site/images/tariffs/serving.svg"
    assert archfolio(folder, "verify", svg).returncode == 0
    assert archfolio(folder, "check", "--select", "F").returncode == 0
    edited(folder, "radius = 2", "radius = 4")
    assert "is an older tariffs/serving" in archfolio(folder, "verify", svg).stdout
    assert "F502" in archfolio(folder, "check", "--select", "F").stdout


def test_a_font_of_the_project_is_measured_and_embedded(tmp_path: Path) -> None:
    folder = write_acme(tmp_path)
    built(folder)
    ours = picture(folder)
    font = write_font(folder)
    edited(folder, "[tool.archfolio.style]", f'[tool.archfolio.style]\nfont = ["{font}"]')
    built(folder)
    svg = picture(folder)
    [family] = set(re.findall(r"font-family=\"'([^']+)'", svg))
    assert re.fullmatch(r"Inter[\w ]* [0-9a-f]{8}", family)
    assert f"@font-face{{font-family:'{family}'" in svg
    assert re.search(r'viewBox="([^"]+)"', svg)[1] != re.search(r'viewBox="([^"]+)"', ours)[1]
    fonts = json.loads((folder / "site/manifest.json").read_text(encoding="utf-8"))["fonts"]
    assert {one["family"] for one in fonts} == {family}
    assert all((folder / "site" / one["path"]).read_bytes().startswith(b"wOF2") for one in fonts)


def test_a_project_elsewhere_has_the_same_bytes(tmp_path: Path) -> None:
    trees = []
    for name in ("here", "there/deeper"):
        folder = write_acme(tmp_path / name)
        font = write_font(folder)
        built(edited(folder, "[tool.archfolio.style]", f'[tool.archfolio.style]\nfont = ["{font}"]'))
        site = folder / "site"
        files = (path for path in site.rglob("*") if path.is_file() and path.name != ".archfolio.stat.json")
        trees.append({path.relative_to(site): path.read_bytes() for path in files})
    assert trees[0].keys() == trees[1].keys()
    assert [path for path, content in trees[0].items() if trees[1][path] != content] == []


def test_pages_speak_the_language_of_the_project(tmp_path: Path) -> None:
    folder = write_acme(tmp_path)
    (folder / "de.toml").write_text(
        '"Skip to the content" = "Zum Inhalt"\n"Systems" = "Systeme"\n"Search systems, boxes, decisions, questions" = '
        '"Systeme, Kästen, \\"Fragen\\""\n"No system fits." = "Kein System passt."\n',
        encoding="utf-8",
    )
    edited(folder, 'wordmark = "Acme Freight"', 'language = "de"\nwords = "de.toml"')
    built(folder)
    index = page(folder)
    assert '<html lang="de">' in index
    assert ">Zum Inhalt</a>" in index
    assert ">Systeme</a>" in index
    assert 'placeholder="Systeme, Kästen, &#34;Fragen&#34;"' in index or "&quot;Fragen&quot;" in index
    assert '"Kein System passt."' in (folder / "site/static/filter.js").read_text(encoding="utf-8")


MISTAKES = [
    (
        "[tool.archfolio.site]\ntitel = 'x'",
        2,
        "there is no key 'titel' in [tool.archfolio.site]; did you mean 'title'?",
    ),
    ("[tool.archfolio.site]\ntitle = 3", 2, "'title' in [tool.archfolio.site] is a text, not 3"),
    (
        "[tool.archfolio]\nsite = 3",
        2,
        "'site' in [tool.archfolio] is a table: write [tool.archfolio.site] above its keys",
    ),
    ("[tool.archfolio]\nsite = {title = 3}", 2, "'title' in [tool.archfolio.site] is a text, not 3"),
    ("[tool.archfolio.site]\ngroups = 'x'", 2, "'groups' in [tool.archfolio.site] is a table, not 'x'"),
    ("[tool.archfolio.site]\naccent = 3", 2, "'accent' in [tool.archfolio.site] is a text or a table, not 3"),
    ("[tool.archfolio.site.accent]\nlight = 3", 2, "'light' in [tool.archfolio.site.accent] is a text, not 3"),
    ("[tool.archfolio.site.accent]\ndark = '#ffffff'", 1, "[tool.archfolio.site.accent] lacks 'light': write light ="),
    ("[tool.archfolio.check]\nselect = ['P', 3]", 2, "[tool.archfolio.check] is a list of texts, not ['P', 3]"),
    (
        "[tool.archfolio.check.limits]\n\nmost_nodes = 9.5",
        3,
        "[tool.archfolio.check.limits] is a whole number, not 9.5",
    ),
    ("[tool.archfolio.site]\nlogo = 'none.svg'", 2, "[tool.archfolio.site] logo: there is no file 'none.svg'"),
    ("[tool.archfolio.site]\nlanguage = 'de'", 2, "name a file of them with 'words'"),
    ("[tool.archfolio.site]\naccent = '#fefefe'", 2, "'accent' (#fefefe) on 'ground' (#ffffff) has a contrast of 1.0"),
    ("[tool.archfolio.site]\naccent = 'rgb(400, 255, 255)'", 2, "'accent' (#ffffff) on 'ground' (#ffffff)"),
    ("[tool.archfolio.site]\naccent = 'transparent'", 2, "'accent' is 'transparent', which is no colour"),
    (
        "[tool.archfolio.vocabulary.edges.lineage]\ncolor = 'red'",
        2,
        "there is no key 'color' in [tool.archfolio.vocabulary.edges.lineage]; did you mean 'colour'?",
    ),
    (
        "[tool.archfolio.vocabulary.edges.lineage]\nline = 'wavy'",
        2,
        "'line' in [tool.archfolio.vocabulary.edges.lineage] is one of 'dash-dot', 'dashed', 'dotted' or 'solid',",
    ),
    ("[tool.archfolio.vocabulary.edges.lineage]\ncolour = 'no colour'", 1, "which is no colour: write '#rrggbb'"),
    (
        "[tool.archfolio.style.palette]\nink = '#cccccc'",
        2,
        "'ink' (#cccccc) on 'ground' (#ffffff) has a contrast of 1.6",
    ),
    (
        "[tool.archfolio.style.palette]\ngrund = '#cccccc'",
        2,
        "no colour 'grund' in the palette; did you mean 'ground'?",
    ),
    ("[tool.archfolio.style]\nfont = ['pyproject.toml']", 2, "no font can be read from 'pyproject.toml'"),
    ("[tool.archfolio.style]\nradius = 400", 2, "'radius' in [tool.archfolio.style] is a number from 0 to 40, not 400"),
    ("[tool.archfolio.chek]\nselect = []", 0, "there is no key 'chek' in [tool.archfolio]; did you mean 'check'?"),
    ("[tool.archfolio.check]\nlimits = {nodes = 3}", 2, "there is no key 'nodes' in [tool.archfolio.check.limits]"),
]


@pytest.mark.parametrize(("text", "line", "sentence"), MISTAKES, ids=[sentence[:40] for *_, sentence in MISTAKES])
def test_a_mistake_is_one_sentence_at_its_line(tmp_path: Path, text: str, line: int, sentence: str) -> None:
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageProblem) as caught:
        load_config(tmp_path)
    said = str(caught.value).replace("\n", " ")
    assert sentence in said
    assert said.startswith(f"{tmp_path / 'pyproject.toml'}:{line}: " if line else str(tmp_path / "pyproject.toml"))


def test_every_table_of_the_made_up_company_is_read(tmp_path: Path) -> None:
    config = load_config(write_acme(tmp_path))
    assert config.settings.site.title == "Acme Freight architecture"
    assert config.settings.site.logo == str(tmp_path / "brand/logo.svg")
    assert config.conventions.look.radius == 2
    assert dict(config.values)["output"] == str(tmp_path / "site")
    assert SETTINGS.count("[tool.archfolio.") == 6


def test_a_module_run_by_itself_knows_the_words_of_its_project(tmp_path: Path) -> None:
    write_acme(tmp_path)
    code = "from systems import tariffs; data, _ = tariffs.serving._repr_mimebundle_(); print(data['image/svg+xml'])"
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert 'class="edge lineage"' in done.stdout, done.stdout + done.stderr
    assert 'fill="#fffaf5"' in done.stdout


def test_the_catalogue_has_the_words_of_pages_and_no_code() -> None:
    words = catalogue()
    assert {"Skip to the content", "Search systems, boxes, decisions, questions", "Failure modes"} <= set(words)
    assert {"No system fits.", "Revisit when", "Systems"} <= set(words)
    bare = [re.sub(r"\$\{[^}]*\}", "", word) for word in words]  # of a script, what is put in is code
    assert [word for word in bare if "<" in word or "default-src" in word] == []
