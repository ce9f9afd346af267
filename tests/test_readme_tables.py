"""The tables of the README are made from the code; `make readme` rewrites them."""

from pathlib import Path

from render.readme import updated

README = Path(__file__).parent.parent / "README.md"


def test_the_tables_are_current() -> None:
    text = README.read_text(encoding="utf-8")
    assert text == updated(text), "run `make readme`"
