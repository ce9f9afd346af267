"""How `archfolio sync` writes notes: all or none of them, whoever ends it, with their modes, owners and links."""

import errno
import os
import signal
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from note_project import NOTE, run

from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.cli import sync
from archfolio.render.notes.replace_files import FileChange, replace_files
from archfolio.render.notes.sync import SyncPlan


def test_mode_and_links_stay(noted: Path) -> None:
    real = noted / "elsewhere.md"
    real.write_text(NOTE)
    real.chmod(0o640)
    link = noted / "docs/link.md"
    link.symlink_to(real)
    run("sync")
    assert link.is_symlink()
    assert "People ask" in real.read_text()
    assert real.stat().st_mode & 0o777 == 0o640


def test_a_note_that_changes_under_our_hands_is_left_alone(tmp_path: Path) -> None:
    note = tmp_path / "a.md"
    note.write_bytes(b"now")
    assert replace_files([FileChange(note, b"then", b"new")]) == (note,)
    assert note.read_bytes() == b"now"
    assert replace_files([FileChange(note, b"now", b"new")]) == ()
    assert note.read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_note_that_was_left_alone_is_not_told_as_written(noted: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (noted / "docs/b.md").write_text(NOTE)
    apply = sync.apply_sync

    def edited_meanwhile(todo: SyncPlan) -> tuple[Path, ...]:
        (noted / "docs/a.md").write_text("edited")
        return apply(todo)

    monkeypatch.setattr(sync, "apply_sync", edited_meanwhile)
    done = run("sync", "docs/a.md", "docs/b.md")
    assert (done.code, done.out.splitlines()) == (1, ["docs/b.md"])
    assert "docs/a.md: changed while it was read, and was left alone: run again" in done.err
    assert "1 file written or removed" in done.err


def test_a_crash_while_writing_leaves_the_note_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "a.md"
    note.write_bytes(b"old")

    def crash(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(EnvironmentProblem, match="no space left"):
        replace_files([FileChange(note, b"old", b"new")])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a.md", b"old")]


def test_without_room_for_one_note_none_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notes = [tmp_path / f"{number}.md" for number in range(5)]
    for note in notes:
        note.write_bytes(b"old")
    flush, full = os.fsync, count(1)

    def flush_few(file: int) -> None:
        if next(full) > 3:
            raise OSError(28, "No space left on device")
        flush(file)

    monkeypatch.setattr(os, "fsync", flush_few)
    with pytest.raises(EnvironmentProblem, match="no space left"):
        replace_files([FileChange(note, b"old", b"new") for note in notes])
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {note.name: b"old" for note in notes}


def test_a_kill_in_the_middle_leaves_whole_notes_and_the_next_run_ends_it(noted: Path) -> None:
    for number in range(9):
        (noted / f"docs/{number}.md").write_text(NOTE)
    dying = (
        "import os, sys; from archfolio.render.cli.main import main\n"
        "put = os.replace\n"
        "def some(*names):\n"
        "    os.kill(os.getpid(), 9) if str(names[1]).endswith('5.md') else put(*names)\n"
        "os.replace, sys.argv = some, ['archfolio', 'sync']\n"
        "main()\n"
    )
    assert subprocess.run([sys.executable, "-c", dying], check=False).returncode == -9
    texts = {path.name: path.read_text() for path in (noted / "docs").glob("*.md")}
    assert {name for name, text in texts.items() if text == NOTE} == {f"{number}.md" for number in range(5, 9)} | {
        "a.md"
    }
    assert len(list((noted / "docs").glob(".*.part"))) == 5
    assert run("sync").code == 0
    assert list((noted / "docs").glob(".*")) == []
    whole = (noted / "docs/0.md").read_text()
    assert {path.read_text() for path in (noted / "docs").glob("*.md")} == {whole}
    assert whole == texts["0.md"]


def test_a_new_note_is_nobodys_to_read_before_it_has_its_mode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    note = tmp_path / "a.md"
    note.write_bytes(b"old")
    note.chmod(0o600)
    modes, flush = [], os.fsync

    def look(file: int) -> None:
        modes.append(os.fstat(file).st_mode & 0o777)
        flush(file)

    monkeypatch.setattr(os, "fsync", look)
    replace_files([FileChange(note, b"old", b"new")])
    assert (modes, note.stat().st_mode & 0o777) == ([0o600], 0o600)


COMMAND = (sys.executable, "-c", "from archfolio.render.cli.main import main; main()", "sync")


@pytest.mark.parametrize("times", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_two_syncs_at_once_both_end_well(noted: Path, times: int) -> None:
    for turn in range(times):
        for number in range(60):
            (noted / f"docs/{number}.md").write_text(NOTE + str(turn))
        running = [subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(2)]
        said = [process.communicate(timeout=60)[1] for process in running]
        assert [process.returncode for process in running] == [0, 0], said
        assert list((noted / "docs").glob(".*.part")) == []
        assert run("sync", "--check").code == 0


@pytest.mark.parametrize("times", [5, pytest.param(50, marks=pytest.mark.slow)])
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_sync_that_is_ended_at_random_leaves_whole_notes_and_the_next_one_clears_up(
    noted: Path, times: int, how: signal.Signals
) -> None:
    for turn in range(times):
        texts = {f"{number}.md": f"{NOTE}{turn}" for number in range(60)}
        for name, text in texts.items():
            (noted / "docs" / name).write_text(text)
        process = subprocess.Popen(COMMAND, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        time.sleep(0.05 + 0.4 * turn / times)
        process.send_signal(how)
        process.communicate()
        left = list((noted / "docs").glob(".*.part"))
        assert how == signal.SIGKILL or left == []
        for name, text in texts.items():
            now = (noted / "docs" / name).read_text()
            assert now == text or (now.endswith(f"-->\n{turn}") and "sum=" in now)
        assert run("sync").code == 0
        assert list((noted / "docs").glob(".*.part")) == []


def test_a_note_with_two_names_stays_one_file(noted: Path) -> None:
    note, other = noted / "docs/a.md", noted / "same.md"
    other.hardlink_to(note)
    assert run("sync").code == 0
    assert "sum=" in other.read_text()
    assert note.samefile(other)
    assert list((noted / "docs").glob(".*")) == []


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="no extended attributes")
def test_extended_attributes_and_owner_stay(noted: Path) -> None:
    note = noted / "docs/a.md"
    try:
        os.setxattr(note, "user.colour", b"red")
    except OSError:
        pytest.skip("this disk has no extended attributes")
    if os.geteuid() == 0:
        os.chown(note, 12345, 54321)
    before = note.stat()
    assert run("sync").code == 0
    assert "sum=" in note.read_text()
    assert os.getxattr(note, "user.colour") == b"red"
    assert (note.stat().st_uid, note.stat().st_gid) == (before.st_uid, before.st_gid)


def test_an_owner_that_cannot_be_given_is_kept_by_writing_in_place(
    noted: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = noted / "docs/a.md"
    number = note.stat().st_ino
    monkeypatch.setattr(os, "listxattr", lambda _: ["user.x"], raising=False)
    monkeypatch.setattr(os, "getxattr", lambda *_: b"", raising=False)

    def refused(*_: object) -> None:
        raise PermissionError(errno.EPERM, "not yours")

    monkeypatch.setattr(os, "setxattr", refused, raising=False)
    assert run("sync").code == 0
    assert "sum=" in note.read_text()
    assert note.stat().st_ino == number
