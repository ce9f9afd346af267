"""`archfolio sync`: folders of pictures and notes, through the command line, on builds made by hand."""

import os
import re
import time
from pathlib import Path

import pytest
from msgspec import structs
from note_builds import built, system, view, write_build
from note_project import CONFIG, NOTE, run, tree

from archfolio.gallery.manifest import File, read
from archfolio.render.cli import export
from archfolio.render.notes import variants
from archfolio.render.notes.find import find_notes
from archfolio.render.notes.paths import Locations


def test_everything_is_brought_in_step_and_then_left_alone(noted: Path) -> None:
    done = run("sync")
    assert done.code == 0
    assert "docs/a.md\n" in done.out
    names = sorted(path.name for path in (noted / "docs/assets").iterdir())
    assert names[:5] == [
        ".archfolio-sync.json",
        "shop--serving--dark.png",
        "shop--serving.pdf",
        "shop--serving.png",
        "shop--serving.svg",
    ]
    assert len(names) == 9
    note = (noted / "docs/a.md").read_text()
    assert "](assets/shop--serving.svg)](https://example.org/arch/systems/shop.html#view=serving)" in note
    before = tree(noted)
    again = run("sync")
    assert (again.code, again.out) == (0, "")
    assert tree(noted) == before
    assert run("sync", "--check").code == 0


def test_check_shows_a_diff_and_writes_nothing(noted: Path) -> None:
    before = tree(noted)
    done = run("sync", "--check")
    assert done.code == 1
    assert done.out.startswith("--- a/docs/a.md\n+++ b/docs/a.md\n@@")
    assert "copy docs/assets/shop--serving.svg\n" in done.out
    assert run("sync", "--dry-run").code == 0
    assert tree(noted) == before


@pytest.mark.parametrize(
    "command",
    [("sync",), ("sync", "--check"), ("embed", "shop", "--for", "github"), ("export", "shop", "--format", "dot")],
)
def test_who_shows_a_build_is_told_which_modules_were_edited_since(noted: Path, command: tuple[str, ...]) -> None:
    known, module = read(noted / "site").subjects[0].module, noted / "systems" / "shop.py"
    said = f"edited since this build, which shows it as it was: {Path('systems/shop.py')}; run archfolio build\n"
    assert known.path == module.name
    assert said not in run(*command).err
    module.parent.mkdir()
    module.write_text(known.text)
    assert said not in run(*command).err
    module.write_text(f"{known.text}# more\n")
    assert said in run(*command).err
    assert said in run(*command, "--systems", "systems", "--systems", "elsewhere").err
    assert said not in run(*command, "--systems", "elsewhere").err


@pytest.mark.parametrize(
    "command", [("embed", "shop", "--for", "github"), ("export", "shop", "--format", "animated-svg")]
)
@pytest.mark.parametrize("wish", [("--direction", "LR"), ("--aspect", "16:9")])
def test_what_is_drawn_anew_is_of_the_module_as_it_is(
    noted: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], wish: tuple[str, str]
) -> None:
    module, [svg] = noted / "systems" / "shop.py", sorted((noted / "site").rglob("serving.svg"))[:1]
    module.parent.mkdir()
    module.write_text("# more\n")
    for home in (export, variants):
        monkeypatch.setattr(home, "redraw", lambda *_: svg.read_text())
    assert "edited" in run(*command).err
    done = run(*command, *wish)
    assert (done.code, "edited" in done.err) == (0, False)


def test_a_module_that_cannot_be_read_keeps_nobody_from_its_build(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module, read_text = noted / "systems" / "shop.py", Path.read_text
    module.parent.mkdir()
    module.write_text("# more\n")

    def refused(path: Path, *args: object, **kwargs: object) -> str:
        if path.name == module.name:
            raise PermissionError(path)
        return read_text(path, *args, **kwargs)

    monkeypatch.setattr(Path, "read_text", refused)
    done = run("sync")
    assert (done.code, "edited" in done.err) == (0, False)


def test_a_mistake_anywhere_keeps_everything_from_being_written(noted: Path) -> None:
    (noted / "docs/b.md").write_text("\n<!-- archfolio:begin shop/srving -->\n<!-- archfolio:end -->\n")
    before = tree(noted)
    done = run("sync")
    assert done.code == 1
    assert "docs/b.md:2: there is no view 'srving' of 'shop'; did you mean 'shop/serving'?" in done.err
    assert tree(noted) == before


def test_an_edited_block_is_shown_and_kept_while_others_are_renewed(noted: Path) -> None:
    run("sync")
    note = noted / "docs/a.md"
    note.write_text(note.read_text().replace("People ask.*", "My caption.*"))
    (noted / "docs/b.md").write_text(NOTE)
    done = run("sync")
    assert done.code == 1
    assert "docs/a.md:3: the block was edited by hand" in done.err
    assert "-*Shop: Serving. My caption.*\n+*Shop: Serving. People ask.*\n" in done.out
    assert "My caption" in note.read_text()
    assert "People ask" in (noted / "docs/b.md").read_text()
    assert run("sync", "--check").code == 1
    assert run("sync", "--force").code == 0
    assert "My caption" not in note.read_text()


def test_only_named_notes_are_touched(noted: Path) -> None:
    (noted / "docs/b.md").write_text(NOTE)
    assert run("sync", "docs/b.md").out == "docs/b.md\n"
    assert (noted / "docs/a.md").read_text() == NOTE
    assert not (noted / "docs/assets").exists()


def test_pictures_that_are_no_longer_wanted_go_if_they_are_ours(noted: Path) -> None:
    run("sync")
    assets = noted / "docs/assets"
    (assets / "mine.svg").write_text("mine")
    (assets / "shop--serving.svg").write_text("edited")
    (noted / "pyproject.toml").write_text(CONFIG.replace('["shop"]', '["news/training"]'))
    done = run("sync", "--dry-run")
    assert "remove docs/assets/shop--serving.png" in done.out
    run("sync")
    left = sorted(path.name for path in assets.iterdir() if path.suffix == ".svg")
    assert left == ["mine.svg", "news--training.svg", "shop--serving.svg"]


def test_a_picture_in_the_way_is_not_overwritten(noted: Path) -> None:
    assets = noted / "docs/assets"
    assets.mkdir()
    (assets / "shop--serving.svg").write_text("mine")
    done = run("sync")
    assert done.code == 1
    assert "docs/assets/shop--serving.svg: is not as it was written here" in done.err
    assert (assets / "shop--serving.svg").read_text() == "mine"
    assert (assets / "shop--training.svg").exists()
    assert run("sync", "--check").code == 1
    assert run("sync", "--force").code == 0
    assert (assets / "shop--serving.svg").read_text() != "mine"


def test_a_record_that_names_files_elsewhere_cannot_reach_them(noted: Path) -> None:
    run("sync")
    outside = noted / "docs/outside.svg"
    outside.write_text("x")
    record = noted / "docs/assets/.archfolio-sync.json"
    record.write_text(record.read_text().replace('"files": {', '"files": {"../outside.svg": "0",'))
    assert run("sync", "--force").code == 0
    assert outside.exists()


def test_a_record_that_cannot_be_read_is_named(noted: Path) -> None:
    run("sync")
    (noted / "docs/assets/.archfolio-sync.json").write_text("{")
    done = run("sync")
    assert done.code == 3
    assert "docs/assets/.archfolio-sync.json' cannot be read" in done.err
    assert "remove it, and run again" in done.err


def test_a_renamed_view_is_said_by_check_and_followed_by_sync(noted: Path) -> None:
    run("sync")
    manifest = write_build(noted / "site", built(system(views=(view("online"),)))) / "manifest.json"
    text = manifest.read_text().rstrip().removesuffix("}") + ', "moved": {"shop/serving": "shop/online"}}\n'
    manifest.write_text(text)
    done = run("sync", "--check")
    assert done.code == 1
    assert "docs/a.md:3: 'shop/serving' is now 'shop/online': sync renames it here" in done.err
    assert run("sync").code == 0
    assert "archfolio:begin shop/online sum=" in (noted / "docs/a.md").read_text()
    assert not (noted / "docs/assets/shop--serving.svg").exists()
    assert run("sync", "--check").code == 0


RENAMED = """
[[tool.archfolio.sync]]
destination = "docs/assets"
select = ["{}"]
"""


@pytest.mark.parametrize("shown", ["shop", "shop/serving"])
def test_a_note_follows_a_system_whose_module_was_renamed(noted: Path, shown: str) -> None:
    (noted / "pyproject.toml").write_text('[tool.archfolio.notes]\nfiles = ["docs"]\n')
    (noted / "docs/a.md").write_text(NOTE.replace("shop/serving", shown))
    assert run("sync").code == 0
    made = built(system("store", (view("serving", "store"),)))
    write_build(noted / "site", structs.replace(made, moved={"shop/serving": "store/serving"}))
    now = shown.replace("shop", "store")
    assert f"docs/a.md:3: '{shown}' is now '{now}': sync renames it here" in run("sync", "--check").err
    assert run("sync").code == 0
    assert f"archfolio:begin {now} sum=" in (noted / "docs/a.md").read_text()
    assert run("sync", "--check").code == 0
    (noted / "pyproject.toml").write_text(RENAMED.format(shown))
    assert f"'{shown}' names no drawing; it is now '{now}'" in run("sync").err


def test_a_view_that_a_renamed_system_has_no_more_is_looked_for_under_its_new_name(noted: Path) -> None:
    (noted / "pyproject.toml").write_text('[tool.archfolio.notes]\nfiles = ["docs"]\n')
    (noted / "docs/a.md").write_text(NOTE.replace("shop/serving", "shop/training"))
    made = built(system("store", (view("serving", "store"),)))
    write_build(noted / "site", structs.replace(made, moved={"shop/serving": "store/serving"}))
    assert "there is no view 'training' of 'store'; there are: serving" in run("sync").err


def test_each_folder_sees_a_picture_from_where_it_is(noted: Path) -> None:
    places = {
        "docs/b.md": "assets",
        "docs/deep/c.md": "../assets",
        "docs/deep/deeper/d.md": "../../assets",
        "docs/assets/e.md": "",
    }
    for place in places:
        (noted / place).parent.mkdir(parents=True, exist_ok=True)
        (noted / place).write_text(NOTE)
    assert run("sync").code == 0
    for place, way in places.items():
        path = f"{way}/shop--serving.svg".removeprefix("/")
        assert f"]({path})]" in (noted / place).read_text()


def test_blocks_of_one_drawing_differ_where_they_ask_for_different_things(noted: Path) -> None:
    asked = ["", " as=img", " for=obsidian", " for=obsidian width=300", " link=no", " as=mermaid"]
    (noted / "docs/a.md").write_text("\n".join(NOTE.replace("serving", f"serving{one}") for one in asked))
    (noted / "docs/b.qmd").write_text(NOTE)
    (noted / "docs/c.rst").write_text(".. archfolio:begin shop/serving\n.. archfolio:end\n")
    assert run("sync").code == 0
    bodies = re.findall(r"begin shop/serving.*?\n(.*?)<!-- archfolio:end", (noted / "docs/a.md").read_text(), re.DOTALL)
    assert len(set(bodies)) == len(asked)
    assert "fig-alt=" in (noted / "docs/b.qmd").read_text()
    assert ".. figure:: assets/shop--serving.svg" in (noted / "docs/c.rst").read_text()


def test_notes_are_found_once_in_order_and_behind_no_link_to_a_folder(tmp_path: Path) -> None:
    for name in ("b/x.md", "b.md", "b-c/x.MD", "a/y.txt", ".git/z.md", "node_modules/z.md", "site/z.md"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    for name in ("index.html", "manifest.json"):
        (tmp_path / "site" / name).write_text("")
    (tmp_path / "linked.md").symlink_to(tmp_path / "a")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "z.md").symlink_to(tmp_path / "b.md")
    found = [path.relative_to(tmp_path).as_posix() for path in find_notes([tmp_path, tmp_path / "b/x.md"])]
    assert found == ["b/x.md", "b-c/x.MD", "z.md"]


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("[tool.archfolio", "is not TOML"),
        (
            "[tool.archfolio.notes]\nfolder = 1",
            "pyproject.toml:2: there is no key 'folder' in [tool.archfolio.notes]; there are: url, remote, files",
        ),
        (
            '[[tool.archfolio.sync]]\ndestinatoin="x"',
            "toml:2: there is no key 'destinatoin' in [[tool.archfolio.sync]]; did you mean 'destination'?",
        ),
        (
            '\n[[tool.archfolio.sync]]\ndestination="x"\nformats=["gif"]',
            "4: 'formats' in [[tool.archfolio.sync]] is a list of 'pdf', 'png', 'png-dark' or 'svg', not ['gif']",
        ),
        ("[tool.archfolio.notes]\nurl = 3", "toml:2: 'url' in [tool.archfolio.notes] is a text, not 3"),
        (
            "[tool.archfolio.notes]\nfiles = 'docs'",
            "toml:2: 'files' in [tool.archfolio.notes] is a list of texts, not 'do",
        ),
        (
            "[tool.archfolio]\nnotes = 3",
            "toml:2: 'notes' in [tool.archfolio] is a table: write [tool.archfolio.notes] abo",
        ),
        (
            "# ours\n[tool.archfolio.sync]\ndestination='x'",
            "2: 'sync' in [tool.archfolio] is a list of tables: write [[tool.archfolio.sync]]",
        ),
        (
            "[[tool.archfolio.sync]]\ndestination='x'\n[[tool.archfolio.sync]]\nselect=['x']",
            "toml:3: [[tool.archfolio.sync]] lacks 'destination': write destination = ... below it",
        ),
        (
            "[[tool.archfolio.sync]]\ndestination='x'\n[[tool.archfolio.sync]]\ndestination=3",
            "toml:4: 'destination' in [[tool.archfolio.sync]] is a text, not 3",
        ),
        (
            "[tool.archfolio]\nsync = [{destination = 3}]",
            "toml:2: 'destination' in [[tool.archfolio.sync]] is a text, not 3",
        ),
        (
            '[[tool.archfolio.sync]]\ndestination="x"\nselect=["shpo/*"]',
            "sync]] of pyproject.toml, for 'x': 'shpo/*' names no drawing",
        ),
        ('[tool.archfolio.notes]\nfiles=["nowhere"]', "there is no note or folder 'nowhere'"),
        ('[tool.archfolio.notes]\nfiles=["pyproject.toml"]', "is no kind of note"),
        ("", 'there is nothing to sync: name notes, or write files = ["docs"] below [tool.archfolio.notes]'),
        ("tool = 3", "there is nothing to sync"),
        ("# caf\xe9\n[tool.ruff]", "there is nothing to sync"),
    ],
)
def test_a_mistake_in_the_settings_is_a_sentence(noted: Path, config: str, said: str) -> None:
    (noted / "pyproject.toml").write_text(config, encoding="latin-1")
    done = run("sync")
    assert done.code == 2
    assert said in done.err


def test_without_a_build_there_is_nothing_to_show(noted: Path) -> None:
    done = run("sync", "--output", "nowhere")
    assert done.code == 3
    assert "run archfolio build" in done.err
    (noted / "site/manifest.json").write_text("{}")
    assert run("sync").code == 3


def test_published_pictures_are_shown_by_their_address(noted: Path) -> None:
    (noted / "pyproject.toml").write_text(
        '[tool.archfolio.notes]\nurl = "https://e.org/a/"\nremote = true\nfiles = ["docs"]'
    )
    run("sync")
    assert "](https://e.org/a/images/shop/serving.svg)" in (noted / "docs/a.md").read_text()


def test_frames_and_mermaid_are_blocks_too(noted: Path) -> None:
    (noted / "docs/a.html").write_text(NOTE.replace("serving", "serving as=iframe width=400"))
    (noted / "docs/a.md").write_text(NOTE.replace("serving", "serving as=mermaid"))
    assert run("sync").code == 0
    assert 'src="https://example.org/arch/embed/shop/serving.html" width="400"' in (noted / "docs/a.html").read_text()
    assert "```mermaid\nflowchart TB\n" in (noted / "docs/a.md").read_text()


@pytest.mark.slow
def test_a_thousand_notes_sync_in_a_glance(noted: Path) -> None:
    """Not a limit: `pytest -m slow -s` prints the figures."""
    text = "\n".join(["word " * 60] * 40)
    names = ["shop/serving", "news/training", "shop"]
    for number in range(1000):
        blocks = (f"{text}\n<!-- archfolio:begin {name} -->\n<!-- archfolio:end -->\n" for name in names)
        (noted / "docs" / f"{number}.md").write_text("\n".join(blocks))
    for what in ("first", "second"):
        start = time.perf_counter()
        done = run("sync")
        print(f"{what}: {time.perf_counter() - start:.2f} s; {done.err.strip()}")  # noqa: T201  the figures
        assert done.code == 0
    assert "3001 blocks" in done.err
    assert done.out == ""


def test_what_is_no_file_to_read_is_no_note(noted: Path) -> None:
    os.mkfifo(noted / "docs/pipe.md")
    (noted / "docs/.#a.md").symlink_to("somebody@host.1234")
    (noted / "docs/dangling.md").symlink_to("nowhere.md")
    (noted / "docs/folder.md").mkdir()
    assert find_notes([noted / "docs"]) == (noted / "docs/a.md",)
    assert run("sync").code == 0
    assert "is no file" in run("sync", "docs/pipe.md").err
    assert "there is no note" in run("sync", "docs/dangling.md").err


def test_a_pipe_or_a_dead_link_where_a_picture_belongs_stays(noted: Path) -> None:
    (noted / "docs/assets").mkdir()
    os.mkfifo(noted / "docs/assets/shop--serving.svg")
    (noted / "docs/assets/shop--serving.png").symlink_to("nowhere")
    done = run("sync")
    assert done.code == 1
    assert done.err.count("is not as it was written here") == 2
    assert (noted / "docs/assets/shop--serving.svg").is_fifo()


def test_a_width_of_thousands_of_digits_is_a_mistake_with_its_place(noted: Path) -> None:
    (noted / "docs/a.md").write_text(NOTE.replace("serving -->", f"serving width={'9' * 5000} -->"))
    assert "docs/a.md:3: 'width=999" in run("sync").err


def test_of_several_copies_a_note_shows_the_nearest() -> None:
    copies = tuple(
        Path(folder, "shop--serving.svg") for folder in ("/notes/other", "/notes/deep/pictures", "/elsewhere")
    )
    file = File(format="svg", path="images/shop/serving.svg", bytes=1)
    places = Locations(Path("/site"), copies={file.path: copies})
    assert places.picture(file, Path("/notes/deep")) == "pictures/shop--serving.svg"
