"""Same input, same bytes: from another folder, in another process, with another hash seed."""

import shutil
from pathlib import Path


def everything(folder: Path) -> dict[str, bytes]:
    ours = {".archfolio.json", ".archfolio.stat.json"}
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and path.name not in ours)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_two_builds_are_the_same_to_the_byte(some, archfolio, tmp_path: Path) -> None:
    here = some("shop", "plain_script", "hostile")
    there = Path(shutil.copytree(here, tmp_path / "elsewhere" / "tiny"))
    first = archfolio("build", "--systems", here, "-o", "one", PYTHONHASHSEED="1")
    second = archfolio(
        "build", "--systems", there, "-o", "two", "-j", "1", cwd=tmp_path / "elsewhere", PYTHONHASHSEED="2"
    )
    assert (first.returncode, second.returncode) == (0, 0), first.stderr + second.stderr
    one, two = everything(tmp_path / "one"), everything(tmp_path / "elsewhere" / "two")
    assert one.keys() == two.keys()
    assert [path for path in one if one[path] != two[path]] == []
