"""A file is written where it says something else, and left alone where it does not."""

import tracemalloc

import pytest

from archfolio.render.base.files import write

LARGE = bytes(range(256)) * (1 << 13)  # two parts of those in which a file is compared


@pytest.mark.parametrize("content", [b"", b"short", LARGE, LARGE + b"and a rest"])
def test_a_file_that_says_the_same_is_left_alone(tmp_path, content) -> None:
    path = tmp_path / "folder" / "file"
    assert write(path, content)
    before = path.stat()
    assert not write(path, content)
    assert path.stat() == before


@pytest.mark.parametrize("at", [0, (1 << 20) - 1, 1 << 20, len(LARGE) - 1])
def test_one_byte_that_differs_is_seen_wherever_it_stands(tmp_path, at) -> None:
    path = tmp_path / "file"
    write(path, LARGE)
    other = LARGE[:at] + b"?" + LARGE[at + 1 :]
    assert other != LARGE
    assert write(path, other)
    assert path.read_bytes() == other


def test_a_large_file_is_not_taken_into_memory_to_be_compared(tmp_path) -> None:
    content = LARGE * 8
    write(tmp_path / "file", content)
    tracemalloc.start()
    write(tmp_path / "file", content)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < len(content) / 2
