"""`archfolio embed`, the page for frames, renamed views, and views in notebooks."""

import base64
from pathlib import Path
from types import SimpleNamespace

import pytest
from msgspec import structs
from note_builds import built, png, svg, system, view, write_build
from note_project import run

from archfolio import notebook
from archfolio.gallery.catalog import Catalog
from archfolio.gallery.pages.embed import embed_page, embed_path, moved_pages
from archfolio.gallery.pages.subject_json import subject_data
from archfolio.gallery.pages.templates import render_page
from archfolio.gallery.sections import FollowUp, Place
from archfolio.render.build.renames import find_renames
from archfolio.views import View as Declared


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write_build(tmp_path / "site", built())


def test_the_result_is_the_snippet_and_nothing_else(site: Path) -> None:
    done = run("embed", "shop/training", "--for", "obsidian", "--width", "500", "--url", "https://e.org/a")
    assert done.code == 0
    assert done.out == (
        "[![People ask a ranker.|500](site/images/shop/training.svg)](https://e.org/a/systems/shop.html#view=training)\n"
    )
    assert done.err == "Put the file into the vault.\n"
    assert site.exists()


def test_paths_are_seen_from_the_note(site: Path) -> None:
    (site.parent / "notes/deep").mkdir(parents=True)
    done = run("embed", "shop", "--for", "github", "--note", "notes/deep")
    assert "](../../site/images/shop/serving.svg)" in done.out
    assert "does not link back" in done.err


def test_what_cannot_be_asked_for_is_said(site: Path) -> None:
    assert run("embed", "shop", "--for", "word").code == 2
    for arguments, said in (
        (("shpo", "--for", "html"), "did you mean 'shop'?"),
        (("shop", "--for", "slack", "--dark"), "leave --dark out"),
        (("shop", "--for", "slack", "--remote"), "--url"),
        (("shop", "--for", "slack", "--iframe"), "--for html"),
    ):
        done = run("embed", *arguments)
        assert (done.code, done.out) == (2, "")
        assert said in done.err
    assert site.exists()


def test_a_frame_leads_to_the_page_of_the_drawing(site: Path) -> None:
    assert 'src="site/embed/shop/serving.html"' in run("embed", "shop", "--for", "html", "--iframe").out
    assert site.exists()


def test_the_page_for_frames_is_whole_small_and_quiet() -> None:
    page = embed_page(system(), system().views[0])
    text = render_page(page).decode()
    assert page.frame.path == embed_path("shop", "serving") == "embed/shop/serving.html"
    assert '{"edges":["a-b"],"sentence":"They ask."}' in text
    assert '<noscript><img src="../../images/shop/serving.svg" alt="People ask a ranker."></noscript>' in text
    assert 'href="../../systems/shop.html#view=serving"' in text
    assert "<header" not in text
    assert len(text) < 3_000


def test_a_view_that_moved_leaves_a_sign() -> None:
    [page] = moved_pages(structs.replace(built(), moved={"shop/old": "shop/serving"}))
    assert page.frame.path == "embed/shop/old.html"
    assert 'content="0; url=../../embed/shop/serving.html"' in render_page(page).decode()


def test_a_system_that_was_renamed_leaves_a_sign_where_its_page_was() -> None:
    moved = {"kiosk/serving": "shop/serving", "kiosk/old": "shop/serving", "mall/one": "shop/serving"}
    moved |= {"mall/two": "news/serving", "news/old": "news/serving"}  # to two systems, and none that is gone
    *frames, page = moved_pages(structs.replace(built(), moved=moved))
    assert [one.frame.path for one in frames] == [embed_path(*name.split("/")) for name in moved]
    assert page.frame.path == "systems/kiosk.html"
    text = render_page(page).decode()
    assert '<noscript><meta http-equiv="refresh" content="0; url=../systems/shop.html"></noscript>' in text
    assert '<script src="../static/moved.js" defer></script>' in text
    assert 'The page kiosk is now <a href="../systems/shop.html">' in text


@pytest.mark.parametrize("is_asked_of", [True, False])
def test_what_a_system_is_practised_with_leaves_signs_too(is_asked_of: bool) -> None:
    asked = FollowUp(level="mid", question="Why?", answer="So.", weak="", where=Place(text=""))
    shop = structs.replace(system(), follow_ups=[asked] * is_asked_of)
    signs = moved_pages(structs.replace(built(), systems=[shop], moved={"kiosk/serving": "shop/serving"}))
    leads = {page.frame.path: page.href for page in signs if "practice" in page.frame.path}
    assert leads == (
        {
            "practice/kiosk.html": "../practice/shop.html",
            "practice/sheets/kiosk.html": "../../practice/sheets/shop.html",
        }
        if is_asked_of
        else {}
    )


def test_a_system_page_knows_what_its_own_views_were_called() -> None:
    moved = {"shop/old": "shop/serving", "news/old": "news/training", "shop/left": "news/serving"}
    made = structs.replace(built(), moved=moved)
    data = [subject_data(one, Catalog(made))["moved"] for one in made.systems]
    assert data == [{"old": "serving"}, {"old": "training"}]


def test_a_renamed_view_is_known_by_its_boxes() -> None:
    old, new = [system(views=(view("one"),))], [system(views=(view("two"),))]
    found = find_renames(old, new, {})
    assert found == {"shop/one": "shop/two"}
    assert find_renames(new, new, found) == found
    assert find_renames(new, old, found) == {"shop/two": "shop/one"}
    assert find_renames(old, [system(views=(view("one"), view("two")))], {}) == {}
    assert find_renames(old, [], {}) == {}
    again = find_renames(new, [system(views=(view("three"),))], found)
    assert again == {"shop/one": "shop/three", "shop/two": "shop/three"}


@pytest.fixture
def drawn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Declared:
    """A view, and a program that draws it."""
    (tmp_path / "serving.svg").write_bytes(svg(600, 400))
    (tmp_path / "serving.png").write_bytes(png(1200, 800))

    def draw(command: list[str], **_: object) -> SimpleNamespace:
        folder = Path(command[command.index("--output") + 1])
        for name in ("serving.svg", "serving.png"):
            (folder / name).write_bytes((tmp_path / name).read_bytes())
        return SimpleNamespace(stderr="")

    monkeypatch.setattr(notebook.subprocess, "run", draw)
    file = tmp_path / "shop.py"
    file.write_text("")
    return Declared(lambda: None, "Serving", "TB", "serving", "They ask.", str(file), 1)


def test_a_view_shows_itself_in_a_notebook(drawn: Declared) -> None:
    data, about = drawn._repr_mimebundle_(include=None, exclude=None)
    assert set(data) == {"text/html", "image/svg+xml", "image/png", "text/plain"}
    assert data["image/svg+xml"].startswith("<svg")
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert about == {"image/png": {"width": 600, "height": 400, "alt": "D"}, "image/svg+xml": {"alt": "D"}}


def test_a_drawing_in_a_notebook_follows_the_page_and_not_the_system(drawn: Declared, launch) -> None:
    html = drawn._repr_mimebundle_()[0]["text/html"]
    with launch() as browser:
        for scheme, ground in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(0, 0, 0)")):
            other = "dark" if scheme == "light" else "light"
            page = browser.new_page(color_scheme=other)
            page.set_content(f"<html style='color-scheme: {scheme}'><body>{html}</body></html>")
            assert page.evaluate("getComputedStyle(document.querySelector('svg rect')).fill") == ground
            assert page.get_by_role("img", name="D").count() == 1
            page.close()


def test_the_views_of_a_file_are_drawn_once(drawn: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    first = drawn._repr_mimebundle_()
    monkeypatch.setattr(notebook.subprocess, "run", None)
    assert drawn._repr_mimebundle_() == first


def test_a_view_that_cannot_be_shown_says_why(drawn: Declared, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Declared(drawn.draw, "Other", "TB", "other", "x", drawn.file, 1)
    assert "run archfolio render" in other._repr_mimebundle_()[0]["text/plain"]
    cell = Declared(drawn.draw, "Cell", "TB", "cell", "x", "<ipython-input-1>", 1)
    assert "put it into a file" in cell._repr_mimebundle_()[0]["text/plain"]
    notebook._drawn.cache_clear()
    monkeypatch.setattr(notebook.subprocess, "run", lambda *_, **__: SimpleNamespace(stderr="it failed\n"))
    assert drawn._repr_mimebundle_()[0] == {"text/plain": "the view 'serving' cannot be shown: it failed"}
    monkeypatch.setattr(notebook.shutil, "which", lambda *_, **__: None)
    assert "not installed" in drawn._repr_mimebundle_()[0]["text/plain"]
