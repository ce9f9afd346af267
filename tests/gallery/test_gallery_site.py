import ast
import re
import subprocess
import sys

import msgspec
import pytest
from conftest import TINY
from jinja2 import Environment
from page_reader import Page, check_links

from archfolio.gallery import assets, compiled_templates
from archfolio.gallery.chrome import Chrome
from archfolio.gallery.manifest import Manifest, encode, read
from archfolio.gallery.pages.templates import _environment_of, compile_templates
from archfolio.gallery.site import assemble, files, files_of_subjects
from archfolio.render.base.source_folders import GALLERY

HOME = GALLERY
PAGES = [
    "index.html",
    "systems/movie-recommender.html",
    "components.html",
    "components/concept.Ranker.html",
    "compare.html",
    *("study.html", "paths.html", "reference.html", "sources.html", "contents.html"),
    *("study/takeaways.html", "study/monitoring.html", "study/cheat-sheet.html"),
]


def html(site):
    return {path: content.decode() for path, content in site.items() if path.endswith(".html")}


def test_makes_every_kind_of_page(site):
    assert {*PAGES, "404.html", "llms.txt", "static/site.css", "thumbnails/movie-recommender.svg"} <= set(site)


def test_what_shows_one_subject_is_the_same_whether_all_files_are_listed_or_only_these(tiny, read_tiny, site):
    ours = {file.path: file for file in files_of_subjects(tiny, read_tiny)}
    of_subjects = [file for file in files(tiny, read_tiny) if file.subject]
    assert [(file.path, file.subject) for file in of_subjects] == [(file.path, file.subject) for file in ours.values()]
    assert {path: file.make() for path, file in ours.items()} == {path: site[path] for path in ours}


def test_every_link_picture_and_fragment_resolves(site):
    check_links(site, {path.relative_to(TINY).as_posix() for path in TINY.rglob("*.*")})


def test_the_same_manifest_gives_the_same_bytes(tiny, read_tiny, site):
    again = assemble(tiny, read_tiny)
    assert list(again.items()) == list(site.items())


def test_bytes_do_not_hang_on_the_hash_seed():
    program = (
        "import hashlib, sys; from pathlib import Path\n"
        "from archfolio.gallery.site import assemble; from archfolio.gallery import manifest\n"
        "tiny = Path(sys.argv[1])\n"
        "made = assemble(manifest.read(tiny), lambda path: (tiny / path).read_text('utf-8'))\n"
        "print(hashlib.sha256(repr(made).encode()).hexdigest())"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", program, str(TINY)],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(HOME.parent)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(prints) == 1


def test_an_empty_gallery_says_how_to_begin():
    site = assemble(Manifest(generator="", engine="", systems=[]), lambda path: path)
    assert "archfolio new" in site["index.html"].decode()
    check_links(site)


def test_pages_load_nothing_that_is_not_ours(site):
    own = set(assets.static_files()) | {"fonts.css", "search-data.js", "uses.js"}
    assert {path.removeprefix("static/") for path in site if path.startswith("static/")} == own


@pytest.mark.parametrize("path", [*PAGES, "systems/plain-script.html", "404.html"])
def test_no_script_runs_that_is_not_ours(site, path):
    page = Page(site[path])
    policy = next(attributes["content"] for attributes, _ in page.all("meta") if "http-equiv" in attributes)
    assert "unsafe-inline" not in re.search(r"script-src ([^;]*)", policy)[1]
    assert "unsafe-eval" not in policy
    for attributes, _ in page.all("script"):
        assert "src" in attributes or attributes.get("type") == "application/json" or path == "404.html"
    assert not [name for _, attributes, _ in page.elements for name in attributes if name.startswith("on")]


def test_no_javascript_link_survives(site):
    links = [link for content in html(site).values() for link in Page(content).attributes("href")]
    assert not [link for link in links if link.lower().strip().startswith("javascript:")]
    assert "A link that must not survive" in site["systems/movie-recommender.html"].decode()


def test_hostile_texts_stay_texts(site):
    for path, content in html(site).items():
        scripts = Page(content).texts("script")
        assert all("alert" not in script or script.startswith(("{", "[")) for script in scripts), path
        assert "<script>alert" not in content, path
        assert "<i>Box</i>" not in content, path
        assert '<b>"' not in content, path
    assert Page(site["systems/plain-script.html"]).texts("h1") == ['Plain <script> & "co" مرحبا 🦊']


def test_foreign_links_give_nothing_away(site):
    page = Page(site["systems/movie-recommender.html"])
    foreign = [attributes for attributes, _ in page.all("a") if attributes["href"].startswith("http")]
    assert foreign
    assert all("noopener" in attributes["rel"] for attributes in foreign)


@pytest.mark.parametrize("path", PAGES)
def test_each_page_has_one_title_one_h1_and_landmarks(site, path):
    page = Page(site[path])
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert page.texts("title")[0]
    assert page.all("html")[0][0]["lang"] == "en"
    assert all("alt" in attributes for attributes, _ in page.all("img"))


def test_templates_print_and_view_models_think():
    for template in (HOME / "templates").glob("*.html"):
        logic = re.findall(r"{%-? *(if|elif|else|set|filter|call)\b|{{[^}]*\|", template.read_text(encoding="utf-8"))
        assert not logic, f"{template.name} decides: {logic}"


def test_the_gallery_knows_the_manifest_and_nothing_else_of_this_project():
    for module in HOME.rglob("*.py"):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        froms = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        names = froms | {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        roots = {name.partition(".")[0] for name in names}
        assert not roots & {"diagrams", "graphviz", "pygraphviz"}, module.name


def test_only_assets_and_manifest_touch_the_disk():
    for module in HOME.rglob("*.py"):
        words = re.findall(
            r"\bopen\(|read_text|read_bytes|write_text|write_bytes|\bPath\(", module.read_text(encoding="utf-8")
        )
        assert not words or module.stem in {"assets", "manifest"}, f"{module.name}: {words}"


def test_a_manifest_that_is_written_in_parts_is_read_as_it_was(tiny, tmp_path):
    (tmp_path / "manifest.json").write_bytes(b"".join(encode(tiny)))
    assert read(tmp_path) == tiny


def compiled(monkeypatch, work):
    """Name the templates that are compiled while some work is done, with none compiled before."""
    names = []
    compile_one = Environment.compile

    def noting(self, source, name=None, *args, **kwargs):
        names.append(name)
        return compile_one(self, source, name, *args, **kwargs)

    monkeypatch.setattr(Environment, "compile", noting)
    work()
    return names


def test_the_templates_that_are_compiled_ahead_are_all_that_a_site_with_a_system_needs(
    tiny, movies, read_tiny, monkeypatch
):
    site = msgspec.structs.replace(tiny.site, title="Compiled ahead")
    alone = Manifest(generator="", engine="", systems=[movies], components=tiny.components, site=site)
    ahead = compiled(monkeypatch, lambda: compile_templates(Chrome(site)))
    assert "system.html" in ahead
    assert compiled(monkeypatch, lambda: assemble(alone, read_tiny)) == []


def test_templates_are_compiled_once_for_all_builds_of_a_site(tiny, read_tiny, monkeypatch):
    site = msgspec.structs.replace(tiny.site, title="Built twice")
    again = msgspec.structs.replace(tiny, site=site)
    assert compiled(monkeypatch, lambda: assemble(again, read_tiny))
    assert compiled(monkeypatch, lambda: assemble(again, read_tiny)) == []


def test_a_template_that_another_process_has_compiled_is_not_compiled_again(tiny, read_tiny, monkeypatch, tmp_path):
    monkeypatch.setattr(compiled_templates, "_handed_on", [])
    compiled_templates.hand_on_templates(tmp_path)
    site = msgspec.structs.replace(tiny.site, title="Handed on")
    shown = msgspec.structs.replace(tiny, site=site)
    in_another_process = _environment_of.cache_clear  # which remembers no template
    in_another_process()
    pages = assemble(shown, read_tiny)
    in_another_process()
    again = {}
    assert compiled(monkeypatch, lambda: again.update(assemble(shown, read_tiny))) == []
    assert again == pages
    in_another_process()
    other = msgspec.structs.replace(tiny, site=msgspec.structs.replace(site, words={"Components": "Bauteile"}))
    assert "index.html" in compiled(monkeypatch, lambda: assemble(other, read_tiny))


def test_templates_are_compiled_where_none_can_be_handed_on(tiny, read_tiny, monkeypatch, tmp_path):
    monkeypatch.setattr(compiled_templates, "_handed_on", [tmp_path / "gone"])
    _environment_of.cache_clear()
    assert "index.html" in compiled(monkeypatch, lambda: assemble(tiny, read_tiny))


def test_no_page_says_one_of_many(tiny, movies, read_tiny):
    replace = msgspec.structs.replace
    alone = replace(
        movies, views=[replace(movies.views[0], steps=movies.views[0].steps[:1])], sources=movies.sources[:1]
    )
    topics = [replace(topic, instances=topic.instances[:1]) for topic in tiny.study.components]
    few = replace(tiny, systems=[alone], study=replace(tiny.study, components=topics))
    said = {path: " ".join(Page(page).texts("body")) for path, page in html(assemble(few, read_tiny)).items()}
    assert {found for text in said.values() for found in re.findall(r"(?<![\d.,])\b1 (?:place|system|drawing)\b", text)}
    wrong = {(path, found) for path, text in said.items() for found in re.findall(r"(?<![\d.,])\b1 [a-z]{3,}s\b", text)}
    assert wrong == set()
