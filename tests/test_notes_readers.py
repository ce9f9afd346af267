"""What people read notes with shows our snippets: the picture is there, with its alt text, its size and its link.

Each test is skipped where its reader is not installed. `READERS` may name a folder with more programs, and
`READERS_NODE` one with `node_modules` (mermaid, jsdom, @maxgraph/core, @terrastruct/d2, @excalidraw/utils).
The heavy ones are marked slow.
"""

import base64
import json
import os
import re
import shutil
import subprocess
import zipfile
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs
from note_builds import HOSTILE, built, system, view, write_build
from note_programs import Page, read, reader
from note_project import run
from placed_view import placed

from archfolio.gallery import assets
from archfolio.gallery.export import escapes
from archfolio.gallery.export.excalidraw import excalidraw
from archfolio.gallery.pages.embed import embed_page
from archfolio.gallery.pages.loaded_scripts import view_script
from archfolio.gallery.pages.templates import render_page

ALT = escapes.without_controls(HOSTILE)
PAGE = "https://example.org/arch/systems/shop.html#view=serving"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build whose texts are hostile, and the working folder beside it."""
    monkeypatch.chdir(tmp_path)
    write_build(tmp_path / "site", built(system(views=(view(caption=HOSTILE, alt=HOSTILE),))))
    return tmp_path


def embedded(target: str, *more: str) -> str:
    done = run("embed", "shop", "--for", target, "--caption", "--url", "https://example.org/arch", *more)
    assert done.code == 0
    return done.out


def assert_shown(html: str, ending: str = ".svg", *, alt: str = ALT) -> None:
    page = Page(html)
    [image] = [image for image in page.images if ending in (image.get("src") or "")]
    assert image["alt"] == alt
    assert image["link"] == PAGE
    assert "star* _under_ __all__" in page.text.replace("\u200b", "")


@pytest.mark.parametrize("target", ["github", "vscode", "jupyter"])
def test_cmark_gfm(folder: Path, target: str) -> None:
    extensions = ["-e", "table", "-e", "strikethrough", "-e", "autolink", "-e", "tagfilter"]
    assert_shown(read([reader("cmark-gfm"), *extensions], embedded(target)))
    sized = read([reader("cmark-gfm"), "--unsafe", *extensions], embedded(target, "--width", "300"))
    assert_shown(sized)
    assert 'width="300"' in sized
    assert folder.exists()


def test_cmark_gfm_passes_a_pair_on(folder: Path) -> None:
    page = read([reader("cmark-gfm"), "--unsafe", "-e", "tagfilter"], embedded("github", "--dark"))
    assert '<source media="(prefers-color-scheme: dark)" srcset="site/images/shop/serving.dark.png">' in page
    assert_shown(page, "serving.png")
    assert folder.exists()


@pytest.mark.parametrize(("target", "dialect"), [("github", "gfm"), ("obsidian", "commonmark"), ("gitlab", "markdown")])
def test_pandoc(folder: Path, target: str, dialect: str) -> None:
    html = read([reader("pandoc"), "-f", f"{dialect}-smart", "-t", "html", "--wrap=none"], embedded(target))
    alt = f"{ALT.replace('|', '/')}|600" if target == "obsidian" else ALT
    assert_shown(html, ".png" if target == "gitlab" else ".svg", alt=alt)
    assert folder.exists()


def test_quarto_by_pandoc(folder: Path) -> None:
    html = read([reader("pandoc"), "-f", "markdown-smart", "-t", "html", "--wrap=none"], embedded("quarto"))
    [image] = Page(html).images
    assert image["data-fig-alt"] == ALT
    assert image["width"] == "600"
    assert image["link"] == PAGE
    assert folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "target", "dialect", "kinds"),
    [("docx", "github", "gfm", {".svg", ".png"}), ("pptx", "gitlab", "markdown-smart", {".png"})],
)
def test_pandoc_puts_the_picture_into_office_files(
    folder: Path, ending: str, target: str, dialect: str, kinds: set[str]
) -> None:
    reader("rsvg-convert")  # makes the PNG that stands beside an SVG for older readers
    read([reader("pandoc"), "-f", dialect, "-o", f"out.{ending}"], embedded(target), folder)
    with zipfile.ZipFile(folder / f"out.{ending}") as office:
        assert {Path(name).suffix for name in office.namelist() if "/media/" in name} == kinds
        if ending == "docx":  # in slides this pandoc leaves the alt text out
            assert 'descr="A &quot;quoted&quot;' in office.read("word/document.xml").decode()


def test_rsvg_draws_the_file(folder: Path) -> None:
    read([reader("rsvg-convert"), "site/images/shop/serving.svg", "-o", "out.png"])
    head = (folder / "out.png").read_bytes()[16:24]
    assert (int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")) == (600, 400)


@pytest.mark.slow
def test_inkscape_draws_the_file(folder: Path) -> None:
    read([reader("inkscape"), "site/images/shop/serving.svg", "--export-type=png", "-o", "out.png"], cwd=folder)
    head = (folder / "out.png").read_bytes()[16:24]
    assert (int.from_bytes(head[:4], "big"), int.from_bytes(head[4:], "big")) == (600, 400)


def test_docutils(folder: Path) -> None:
    html = read([reader("docutils"), "--writer", "html5", "--halt", "2"], embedded("sphinx", "--width", "300"))
    assert_shown(html)
    assert "width: 300px" in html
    assert folder.exists()


@pytest.mark.slow
def test_sphinx_and_myst(folder: Path) -> None:
    (folder / "conf.py").write_text('extensions = ["myst_parser"]\nexclude_patterns = ["site"]\n')
    (folder / "index.rst").write_text(f"Notes\n=====\n\n{embedded('sphinx')}\n\n.. toctree::\n\n   other\n")
    (folder / "other.md").write_text(f"# Other\n\n{embedded('myst', '--width', '300')}\n")
    read([reader("sphinx-build"), "-q", "-W", "-b", "html", ".", "out"], cwd=folder)
    for name in ("index", "other"):
        html = (folder / f"out/{name}.html").read_text()
        assert_shown(html, "serving.svg")
    assert "width: 300px" in html
    assert (folder / "out/_images/serving.svg").exists()


@pytest.mark.slow
def test_the_mermaid_directives_of_myst_and_sphinx(folder: Path) -> None:
    """`as=mermaid` in a marked block is what sphinxcontrib-mermaid takes for a drawing."""
    extensions = '["myst_parser", "sphinxcontrib.mermaid"]'
    (folder / "conf.py").write_text(f'extensions = {extensions}\nexclude_patterns = ["site"]\n')
    (folder / "index.rst").write_text(
        "Notes\n=====\n\n.. archfolio:begin shop/serving as=mermaid\n\n.. archfolio:end\n\n.. toctree::\n\n   other\n"
    )
    marks = "<!-- archfolio:begin shop/serving as=mermaid for=myst -->\n<!-- archfolio:end -->\n"
    (folder / "other.md").write_text(f"# Other\n\n{marks}")
    assert run("sync", "index.rst", "other.md").code == 0
    read([reader("sphinx-build"), "-q", "-W", "-b", "html", ".", "out"], cwd=folder)
    for name in ("index", "other"):
        html = (folder / f"out/{name}.html").read_text()
        assert 'class="mermaid"' in html.replace("mermaid-", "")
        assert "Ranker" in html


@pytest.mark.slow
def test_mkdocs_strict(folder: Path) -> None:
    (folder / "docs").mkdir()
    shutil.copytree(folder / "site/images", folder / "docs/site/images")
    (folder / "docs/index.md").write_text(embedded("mkdocs", "--width", "300"))
    (folder / "docs/dark.md").write_text(embedded("mkdocs", "--dark"))
    (folder / "mkdocs.yml").write_text(
        "site_name: N\nsite_dir: out\ntheme: {name: material, font: false}\nmarkdown_extensions: [attr_list]\n"
    )
    read([reader("mkdocs"), "build", "--strict", "--quiet"], cwd=folder)
    html = (folder / "out/index.html").read_text()
    assert_shown(html)
    assert 'width="300"' in html
    dark = Page((folder / "out/dark/index.html").read_text()).images
    assert [str(image["src"]).rpartition("/")[2] for image in dark] == [
        "serving.png#only-light",
        "serving.dark.png#only-dark",
    ]


@pytest.mark.slow
def test_nbconvert(folder: Path) -> None:
    cell = {"cell_type": "markdown", "metadata": {}, "id": "a", "source": embedded("jupyter").splitlines(keepends=True)}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (folder / "n.ipynb").write_text(json.dumps(notebook))
    read([reader("jupyter-nbconvert"), "--to", "html", "--embed-images", "n.ipynb"], cwd=folder)
    assert_shown((folder / "n.html").read_text(), "data:image/svg+xml")


def test_org(folder: Path) -> None:
    (folder / "n.org").write_text(embedded("org", "--width", "300"))
    export = '(progn (find-file "n.org") (org-mode) (princ (org-export-as (quote html) nil nil t)))'
    html = read([reader("emacs"), "--batch", "-Q", "-l", "ox-html", "--eval", export], cwd=folder)
    [image] = Page(html).images
    assert image["link"] == PAGE
    assert image["width"] == "300px"
    assert image["alt"] == ALT.replace(" :width ", " width ")
    assert "*star* _under_ __all__ $x^2$ ~s~ |bar| {brace}" in Page(html).text.replace("\u200b", "")


def test_typst(folder: Path) -> None:
    python = Path(reader("mkdocs")).with_name("python")  # the readers of PyPI live together
    (folder / "n.typ").write_text(embedded("typst"))
    done = subprocess.run(  # noqa: PLW1510  what it says tells a lack from a mistake
        [python, "-c", "import typst; typst.compile('n.typ', output='n.pdf')"],
        cwd=folder,
        capture_output=True,
        text=True,
    )
    if "No module named 'typst'" in done.stderr:
        pytest.skip("typst is not installed")
    assert done.returncode == 0, done.stderr
    text = " ".join(read([reader("pdftotext"), "n.pdf", "-"], cwd=folder).split())
    assert "star* _under_ __all__ $x^2$" in text


@pytest.mark.slow
def test_latex(folder: Path) -> None:
    body = embedded("latex").replace("日本", "")  # its fonts are a matter of the paper's class
    lines = [r"\documentclass{article}", r"\usepackage[T1]{fontenc}\usepackage{lmodern,graphicx,hyperref}"]
    (folder / "n.tex").write_text("\n".join([*lines, r"\begin{document}", body, r"\end{document}"]))
    read([reader("pdflatex"), "-interaction=nonstopmode", "-halt-on-error", "n.tex"], cwd=folder)
    text = " ".join(read([reader("pdftotext"), "n.pdf", "-"], cwd=folder).split())
    assert "*star* _under_" in text


def test_draw_io(folder: Path) -> None:
    home = os.environ.get("READERS_NODE")
    if not home or not Path(home, "node_modules/@maxgraph").exists():
        pytest.skip("READERS_NODE has no maxGraph")
    script = Path(__file__).parent / "note_readers" / "drawio.mjs"
    seen = json.loads(read([reader("node"), script, home], run("export", "shop", "--format", "drawio").out))
    assert seen["vertices"] == 5
    joined = [["cell:a", "cell:g.b"], ["cell:g.b", "cell:g.h"], ["cell:g.h", "cell:a"]]
    assert sorted(seen["edges"]) == joined
    assert folder.exists()


def test_mermaid(folder: Path) -> None:
    home = os.environ.get("READERS_NODE")
    if not home:
        pytest.skip("READERS_NODE names no folder")
    script = Path(__file__).parent / "note_readers" / "mermaid.mjs"
    seen = json.loads(read([reader("node"), script, home], run("export", "shop", "--format", "mermaid").out))
    assert (seen["edges"], seen["groups"]) == (3, 2)
    assert "Ranker<br>kept" in seen["texts"]
    assert folder.exists()


def test_d2(folder: Path) -> None:
    home = os.environ.get("READERS_NODE")
    if not home or not (Path(home) / "node_modules/@terrastruct/d2").is_dir():
        pytest.skip("READERS_NODE has no D2")
    script = Path(__file__).parent / "note_readers" / "d2.mjs"
    system_ = system(views=(structs.replace(view(), title=HOSTILE),))
    write_build(folder / "site", built(system_))
    seen = json.loads(read([reader("node"), script, home], run("export", "shop", "--format", "d2").out))
    labels = dict(seen["shapes"])
    assert labels["title"] == HOSTILE
    assert (labels["c1.n2"], labels["c1.c2.n3"]) == ("Ranker\nkept", 'Log "1"\nkept')
    assert [edge[:3] for edge in seen["edges"]] == [
        ["n1", "c1.n2", "ask\nnow"],
        ["c1.n2", "c1.c2", ""],
        ["c1.c2", "n1", ""],
    ]
    assert seen["svg"]


@pytest.mark.parametrize("title", ["Serving", HOSTILE])
def test_plantuml(folder: Path, title: str) -> None:
    system_ = system(views=(structs.replace(view(), title=title),))
    write_build(folder / "site", built(system_))
    text = run("export", "shop", "--format", "plantuml").out
    drawn = read([reader("plantuml"), "-tsvg", "-pipe", "-failfast2"], text)
    assert "Syntax Error" not in drawn
    words = " ".join("".join(part.itertext()) for part in ET.fromstring(drawn).iter() if part.tag.endswith("text"))
    assert "Ranker" in words
    assert 'Log "1"' in words.replace("\u00a0", " ")
    assert drawn.count("\nlink ") == 3
    if title == HOSTILE:
        assert "*star*" in words.replace("\u00a0", " ")


@pytest.mark.slow
def test_excalidraw(launch) -> None:
    home = os.environ.get("READERS_NODE")
    bundle = Path(home or "nowhere") / "node_modules/@excalidraw/utils/dist/prod"
    if not bundle.is_dir():
        pytest.skip("READERS_NODE has no @excalidraw/utils")
    _, shown, svg_ = placed()
    scene = json.loads(excalidraw(shown, svg_))
    with closing(launch()) as browser:
        tab = browser.new_page()

        def serve(route) -> None:
            path = bundle / route.request.url.rpartition("/prod/")[2]
            kind = "text/javascript" if path.suffix == ".js" else "application/octet-stream"
            if path.is_file():
                route.fulfill(body=path.read_bytes(), content_type=kind)
            else:
                route.fulfill(body="<!doctype html>", content_type="text/html")

        tab.route("**/*", serve)
        tab.goto("http://localhost/prod/index.html")
        seen = tab.evaluate(
            """async (scene) => {
                const {exportToSvg} = await import("/prod/index.js");
                const svg = await exportToSvg({data: scene});
                return [svg.outerHTML, svg.querySelectorAll("image").length];
            }""",
            scene,
        )
    words = re.sub(r"<[^>]+>", " ", seen[0])
    assert all(node.name in " ".join(words.split()) for node in shown.nodes)
    assert seen[1] == len({node.component for node in shown.nodes})


PAGE_OF_NOTES = """<!doctype html><meta name="color-scheme" content="light dark"><title>N</title>
<iframe id="frame" src="embed/shop/serving.html#step=1" width="600" height="440" style="border: 0"></iframe>
{}"""


@pytest.mark.slow
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_chromium(folder: Path, theme: str, launch) -> None:
    site = folder / "site"
    texts = {file.path: (site / file.path) for file in system().views[0].files}
    shown = built(system(views=(view(),))).systems[0]
    page = embed_page(shown, shown.views[0])
    script = view_script(shown, shown.views[0], lambda path: texts[path].read_text(), {})
    for name, content in {page.frame.path: render_page(page), "drawings/shop/serving.js": script}.items():
        path = site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    (site / "static").mkdir()
    for name, content in assets.static_files().items():
        if name.startswith(("embed.", "drawing.")):
            (site / "static" / name).write_bytes(content)
    (site / "static/fonts.css").write_text("")
    images = embedded("html", "--note", "site") + embedded("html", "--dark", "--note", "site")
    (site / "note.html").write_text(PAGE_OF_NOTES.format(images))
    with closing(launch()) as browser:
        tab = browser.new_page(color_scheme=theme)
        errors: list[str] = []
        tab.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto((site / "note.html").as_uri())
        tab.wait_for_load_state("load")
        sizes = tab.evaluate("[...document.images].map((image) => [image.naturalWidth > 0, image.alt, image.width])")
        assert sizes == [[True, ALT, 600]] * 2
        assert tab.evaluate("document.images[1].currentSrc").endswith(".dark.png" if theme == "dark" else "serving.png")
        ground = tab.locator("img").first.screenshot()
        assert (_middle(tab, ground)[0] < 128) == (theme == "dark")
        frame = tab.frame_locator("#frame")
        assert frame.locator(".sentence").inner_text() == "They ask."
        assert frame.locator(".lit").count() == 3
        frame.locator("body").evaluate("() => { location.hash = 'node=a&theme=dark' }")
        assert frame.locator(".sentence").is_hidden()
        assert frame.locator("html").evaluate("(html) => getComputedStyle(html).colorScheme") == "dark"
        assert errors == []


@pytest.mark.slow
def test_firefox(folder: Path) -> None:
    image = pytest.importorskip("PIL.Image")
    note = folder / "site/note.html"
    # A screenshot does not wait for a lazy picture.
    picture = embedded("html", "--no-caption", "--note", "site").replace(' loading="lazy"', "")
    note.write_text(f'<!doctype html><body style="margin: 0; background: #0c0">{picture}')
    (folder / "profile").mkdir()
    size = ["--window-size", "800,600", "--screenshot", folder / "out.png"]
    read(
        [reader("firefox-esr"), "--headless", "--no-remote", "--profile", folder / "profile", *size, note.as_uri()],
        cwd=folder,
    )
    shot = image.open(folder / "out.png").convert("RGB")
    assert shot.getpixel((20, 20)) == (0xCC, 0, 0)  # a box of the drawing
    assert shot.getpixel((590, 390)) == (0xFF, 0xFF, 0xFF)  # its ground, to the very corner
    assert shot.getpixel((610, 20)) == (0, 0xCC, 0)  # the page


def _middle(tab, picture: bytes) -> list[int]:
    """Return the colour in the middle of a PNG, where nothing is drawn."""
    source = "data:image/png;base64," + base64.b64encode(picture).decode()
    return tab.evaluate(
        """async (source) => {
            const image = new Image(); image.src = source; await image.decode();
            const canvas = document.createElement("canvas"); canvas.width = image.width; canvas.height = image.height;
            const context = canvas.getContext("2d"); context.drawImage(image, 0, 0);
            return [...context.getImageData(image.width / 2, image.height / 2, 1, 1).data];
        }""",
        source,
    )
