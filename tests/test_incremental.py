"""A picture is drawn again if and only if something that can change its bytes has changed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys

import pytest
from PIL import Image
from projects import SHOP, TINY, Project

from archfolio.gallery import manifest
from archfolio.render.base import code_version
from archfolio.render.build import state
from archfolio.render.build.options import RenderOptions

EVERYTHING = ["bank/serving", "shop/serving"]


def reasons(project, *slugs, **more):
    report = project.build(*slugs, **more)
    return dict(reason.split(": ", 1) for reason in report.why)


def test_a_clean_build_draws_everything(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("shop.py", SHOP)
    assert reasons(project) == {"shop": "nothing is known of an earlier build"}
    assert project.drawn == ["shop/serving"]


def test_an_unchanged_build_does_nothing(project):
    before = project.tree()
    report = project.build()
    assert (report.why, project.drawn, report.written, report.pruned) == ([], [], 0, 0)
    assert (report.systems, report.views) == (2, 2)
    assert project.tree() == before


def test_an_unchanged_build_imports_nothing_that_draws(project):
    code = (
        "import sys; from pathlib import Path\n"
        "from archfolio.render.build.build import build\n"
        "from archfolio.render.build.request import BuildRequest\n"
        f"report = build(BuildRequest(Path({str(project.systems)!r}), Path({str(project.site)!r})), print);"
        "assert report.written == 0, report;"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    heavy = {"diagrams", "graphviz", "pygraphviz", "jinja2", "numpy", "PIL", "uharfbuzz", "pint"}
    assert not heavy & set(done.stdout.split())


def test_a_touched_file_is_not_a_changed_file(project):
    (project.systems / "shop.py").touch()
    assert reasons(project) == {}


def test_one_edited_module_costs_only_itself(project):
    project.edit("shop.py", "asks", "wants")
    assert reasons(project) == {"shop": "changed"}
    assert project.drawn == ["shop/serving"]
    assert project.tree() == project.clean_tree()


def test_an_edit_and_its_reverse_end_where_they_began(project):
    before = project.tree()
    project.edit("shop.py", "asks", "wants")
    project.build()
    project.edit("shop.py", "wants", "asks")
    project.build()
    assert project.tree() == before


def test_an_edit_of_words_alone_draws_nothing_but_reaches_the_page(project):
    picture = (project.site / "images/shop/serving.svg").read_bytes()
    project.edit("shop.py", "Sell a thing.", "Sell another thing.\n\nWith care.")
    assert reasons(project) == {"shop": "changed"}
    assert project.drawn == []
    assert (project.site / "images/shop/serving.svg").read_bytes() == picture
    assert "With care." in (project.site / "systems/shop.html").read_text(encoding="utf-8")
    assert project.tree() == project.clean_tree()


def test_windows_line_ends_are_no_change(project):
    (project.systems / "shop.py").write_bytes(SHOP.replace("\n", "\r\n").encode())
    project.build()
    assert reasons(project) == {}


def test_a_local_module_that_two_systems_use_draws_both_again(project):
    project.write("_words.py", 'ASKS = "asks"\n')
    for name in ("shop.py", "bank.py"):
        project.edit(name, 'request("asks")', "request(ASKS)")
        project.edit(name, "from archfolio import", "from _words import ASKS\nfrom archfolio import")
    project.build()
    project.write("_words.py", 'ASKS = "begs"\n')  # of the same size, and perhaps in the same second
    assert reasons(project) == dict.fromkeys(["bank", "shop"], "uses _words.py, which changed")
    assert project.drawn == EVERYTHING
    assert b"begs" in (project.site / "images/shop/serving.svg").read_bytes()


def test_a_module_of_a_module_counts_too(project):
    project.write("house/__init__.py", "from house.words import ASKS\n")
    project.write("house/words.py", 'ASKS = "asks"\n')
    project.edit("shop.py", "from archfolio import", "from house import ASKS\nfrom archfolio import")
    project.edit("shop.py", '"asks"', "ASKS")
    project.build()
    project.write("house/words.py", 'ASKS = "begs"\n')
    assert reasons(project) == {"shop": "uses house/words.py, which changed"}


def test_a_data_file_that_a_module_reads_counts(project):
    project.write("label.txt", "asks")
    project.edit("shop.py", '"asks"', 'open("label.txt").read()')
    project.build()
    project.write("label.txt", "begs")
    assert reasons(project) == {"shop": "uses label.txt, which changed"}
    assert project.drawn == ["shop/serving"]


def test_a_file_that_was_looked_for_and_now_is_there_counts(project):
    project.edit(
        "shop.py",
        "from archfolio import",
        "try:\n    SAID = open('said.txt').read()\nexcept OSError:\n    SAID = 'asks'\nfrom archfolio import",
    )
    project.edit("shop.py", '"asks"', "SAID")
    project.build()
    project.write("said.txt", "begs")
    assert reasons(project) == {"shop": "uses said.txt, which changed"}


def test_a_folder_that_a_module_lists_counts(project):
    (project.systems / "parts").mkdir()
    project.edit("shop.py", "from archfolio import", "import os\nfrom archfolio import")
    project.edit("shop.py", '"asks"', '" ".join(os.listdir("parts"))')
    project.build()
    project.write("parts/wheel", "")
    assert reasons(project) == {"shop": "uses parts, which changed"}


def with_icon(project):
    shutil.copy(TINY / "icon.png", project.systems / "mine.png")
    project.edit("shop.py", "from archfolio import", "from diagrams.custom import Custom\nfrom archfolio import")
    project.edit("shop.py", 'Kafka("Shop")', 'Custom("Shop", "./mine.png")')
    project.build()


def repaint(path):
    Image.new("RGBA", (64, 64), "red").save(path)


def test_an_icon_counts(project):
    with_icon(project)
    repaint(project.systems / "mine.png")
    assert reasons(project) == {"shop": "uses mine.png, which changed"}
    assert project.drawn == ["shop/serving"]
    assert project.tree() == project.clean_tree()


def test_a_system_that_shares_a_component_follows_when_the_first_of_them_goes(project):
    with_icon(project)
    shutil.copy(project.systems / "shop.py", project.systems / "attic.py")
    project.build()
    project.edit("attic.py", "mine.png", "other.png")
    repaint(project.systems / "other.png")
    assert reasons(project) == {"attic": "changed", "shop": "shares the component custom.shop with attic"}
    assert project.tree() == project.clean_tree()
    (project.systems / "attic.py").unlink()
    project.build()
    assert project.tree() == project.clean_tree()


def test_recorded_layouts_count(project):
    project.write("_layouts/shop.json", "{}")
    assert reasons(project) == {"shop": "uses _layouts/shop.json, which changed"}
    assert project.drawn == []  # it names other settings for neither


def test_our_code_and_its_packages_count(project, monkeypatch):
    monkeypatch.setattr(code_version, "all_code", lambda: "other")
    assert set(reasons(project).values()) == {"archfolio or a package below it changed"}
    assert project.drawn == []  # nothing that paints has changed
    monkeypatch.setattr(code_version, "all_code", lambda: "another")
    monkeypatch.setattr(code_version, "painting_code", lambda: "other")
    project.build()
    assert project.drawn == EVERYTHING


def test_another_encoder_draws_again_and_leaves_svg_files_alone(project, monkeypatch):
    svgs = {path: content for path, content in project.tree().items() if path.endswith(".svg")}
    monkeypatch.setattr(code_version, "all_code", lambda: "other")
    monkeypatch.setattr(code_version, "encoders", lambda: "other")
    project.build()
    assert project.drawn == EVERYTHING
    assert {path: content for path, content in project.tree().items() if path.endswith(".svg")} == svgs


@pytest.mark.parametrize(
    "options",
    [RenderOptions(scale=1), RenderOptions(legend=False), RenderOptions(title=False), RenderOptions(style="library")],
)
def test_an_option_that_changes_pictures_draws_them_again(project, options):
    assert set(reasons(project, options=options).values()) == {"the options changed"}
    assert project.drawn == EVERYTHING
    assert reasons(project, options=options) == {}


def test_force_draws_everything_again(project):
    assert set(reasons(project, force=True).values()) == {"you asked for everything again"}
    assert project.drawn == EVERYTHING


@pytest.mark.parametrize("harm", ["damaged", "missing"])
@pytest.mark.parametrize("kind", ["images/shop/serving.svg", "images/shop/serving.png", "icons/"])
def test_a_picture_that_is_not_as_it_was_written_is_made_again(project, kind, harm):
    before = project.tree()
    name = next(path for path in before if path.startswith(kind))
    if harm == "missing":
        (project.site / name).unlink()
    else:
        (project.site / name).write_bytes(before[name][:-20])
    assert reasons(project)["shop"] == f"{name} is {harm}"
    assert project.tree() == before


def test_a_damaged_picture_is_drawn_again_even_when_options_changed_too(project):
    (project.site / "images/shop/serving.png").write_bytes(b"")
    project.build(options=RenderOptions(pdf=True))
    project.build()
    assert project.tree() == project.clean_tree()


@pytest.mark.parametrize("name", ["index.html", "systems/shop.html", "static/site.css", "fonts/inter-400.woff2"])
def test_another_file_that_is_damaged_is_repaired_without_drawing(project, name):
    before = project.tree()
    (project.site / name).write_bytes(b"half")
    project.build()
    assert project.drawn == []
    assert project.tree() == before


@pytest.mark.parametrize("content", [b"", b"{", b'{"files": 3}', b"\xff\xfe", b"null"])
@pytest.mark.parametrize("name", [state.NAME, manifest.NAME])
def test_a_state_or_manifest_that_cannot_be_read_costs_time_only(project, name, content):
    before = project.tree()
    (project.site / name).write_bytes(content)
    project.build()
    assert project.tree() == before


def test_a_manifest_that_was_edited_is_not_believed(project):
    before = project.tree()
    path = project.site / manifest.NAME
    path.write_bytes(path.read_bytes().replace(b"Serving", b"Selling"))
    assert reasons(project)["shop"] == "manifest.json is damaged"
    assert project.tree() == before


def test_a_deleted_module_takes_its_outputs_along(project):
    (project.systems / "bank.py").unlink()
    report = project.build()
    assert report.pruned > 0
    assert [path for path in project.tree() if "bank" in path] == []
    assert not (project.site / "images/bank").exists()
    assert project.tree() == project.clean_tree()


def test_a_renamed_view_leaves_no_picture_of_its_old_name(project):
    project.edit("shop.py", "def serving", "def selling")
    project.build()
    assert sorted(path for path in project.tree() if path.startswith("images/shop/")) == [
        "images/shop/selling.png",
        "images/shop/selling.svg",
    ]
    # A clean build knows of no old name; this one leads from it to the new one.
    led = {".archfolio.json", "manifest.json", "embed/shop/serving.html"}
    tree, clean = project.tree(), project.clean_tree()
    page = "systems/shop.html"
    clean[page] = clean[page].replace(b'"moved":{}', b'"moved":{"serving":"selling"}')
    assert {path: text for path, text in tree.items() if path not in led} == {
        path: text for path, text in clean.items() if path not in led
    }
    assert "selling.html" in str(tree["embed/shop/serving.html"])


def test_a_wish_about_places_may_move_in_its_file(tmp_path, pool):
    project = Project(tmp_path, pool)
    wished = SHOP.replace("import request", "import request, same_row")
    wished += '    shop, stock = Kafka("East"), Kafka("West")\n    same_row(shop, stock)\n'
    project.write("shop.py", wished)
    assert project.build().failures == []
    project.edit("shop.py", "    same_row", "\n\n    same_row")
    project.build()
    assert project.drawn == []


def test_a_build_of_some_systems_keeps_the_others(project):
    before = project.tree()
    assert reasons(project, "shop") == {}
    project.edit("shop.py", "asks", "wants")
    project.edit("bank.py", "asks", "wants")
    assert reasons(project, "shop") == {"shop": "changed"}
    assert project.tree()["images/bank/serving.svg"] == before["images/bank/serving.svg"]
    assert [system["slug"] for system in json.loads((project.site / "manifest.json").read_bytes())["systems"]] == [
        "bank",
        "shop",
    ]
    assert reasons(project) == {"bank": "changed"}
    assert project.tree() == project.clean_tree()


def test_a_build_of_some_systems_with_other_options_does_not_pass_for_one_of_all(project):
    project.build("shop", options=RenderOptions(scale=1))
    assert reasons(project, options=RenderOptions(scale=1)) == {"bank": "was last drawn with other code or options"}
    assert project.drawn == ["bank/serving"]


def test_a_build_of_some_systems_repairs_the_others(project):
    before = project.tree()
    (project.site / "images/bank/serving.svg").unlink()
    assert reasons(project, "shop") == {"bank": "images/bank/serving.svg is missing"}
    assert project.tree() == before


def test_a_new_system_is_left_out_until_it_is_asked_for(project):
    project.write("attic.py", SHOP)
    assert reasons(project, "shop") == {}
    assert reasons(project) == {"attic": "is new"}


def test_a_view_that_fails_keeps_its_last_picture_and_its_place(project):
    project.write("shop.py", SHOP + SHOP[SHOP.index("@view") :].replace("Serving", "Other").replace("serving", "other"))
    project.build()
    good = (project.site / "images/shop/serving.svg").read_bytes()
    project.edit("shop.py", 'Kafka("Shop") >> request("asks")', 'Kafka(1 / 0) >> request("asks")')
    report = project.build()
    assert [failure.what for failure in report.failures] == ["shop/serving", "shop/other"]
    assert (project.site / "images/shop/serving.svg").read_bytes() == good
    [_, shop] = json.loads((project.site / "manifest.json").read_bytes())["systems"]
    assert [view["slug"] for view in shop["views"]] == ["serving", "other"]
    assert reasons(project) == {"shop": "failed last time"}
