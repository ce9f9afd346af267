"""A file is written where it says something else, and left alone where it does not."""

import tracemalloc

import pytest

from archfolio.render.base import hashing
from archfolio.render.base.files import write, write_parts

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


@pytest.mark.parametrize("parts", [[], [b"short"], [LARGE, b"", b"and a rest"]])
def test_a_file_of_parts_is_written_as_one(tmp_path, parts) -> None:
    path, half = tmp_path / "folder" / "file", tmp_path / "half"
    assert write_parts(path, iter(parts), by=half)
    assert path.read_bytes() == b"".join(parts)
    before = path.stat()
    assert not write_parts(path, iter(parts), by=half)
    assert path.stat() == before
    assert write_parts(path, [*parts[:-1], b"?"], by=half)
    assert path.read_bytes() == b"".join(parts[:-1]) + b"?"
    assert not half.exists()


def test_parts_that_cannot_be_had_leave_a_file_as_it_was(tmp_path) -> None:
    path, half = tmp_path / "file", tmp_path / "half"
    path.write_bytes(b"before")

    def parts():
        yield b"half of "
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011  ours, from above
        write_parts(path, parts(), by=half)
    assert path.read_bytes() == b"before"
    assert not half.exists()


@pytest.mark.parametrize("content", [LARGE, LARGE + b"and a rest", LARGE[:-1]])
def test_a_large_file_has_the_hash_of_its_content_though_it_is_read_in_parts(tmp_path, content) -> None:
    path = tmp_path / "file"
    path.write_bytes(content * 4)
    tracemalloc.start()
    found = hashing.hash_file(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert found == hashing.digest(content * 4)
    assert most < len(content * 4) / 2
