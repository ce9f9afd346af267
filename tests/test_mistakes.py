"""What an author's mistake is answered with: one sentence with the fix, at the author's own line."""

import re
from pathlib import Path

import pytest
from mistakes import MISTAKES, Mistake

from archfolio.render.base.errors import Failure
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture

TECHNICAL = re.compile(r"\b\w*(?:Error|Exception)\b|__\w+__|object has no|site-packages|NoneType|<\w+")
FIX = re.compile(
    r"\b(?:write|did you mean|keep|put|draw|move|take|choose|leave|name|make|install|correct|rename|change|end|call"
    r"|begin|say|there are|see|its text is|mend)\b",
    re.IGNORECASE,
)


@pytest.fixture
def failures(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))

    def run(mistake: Mistake) -> list[Failure]:
        path = tmp_path / "shop.py"
        path.write_text(mistake.module, encoding="utf-8")
        captured = capture(script(path))
        return [*captured.failures, *captured.warnings]

    return run


def test_there_are_a_hundred_and_no_two_are_one() -> None:
    assert len(MISTAKES) >= 100
    assert len({one.text for one in MISTAKES}) == len({one.name for one in MISTAKES}) == len(MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_a_mistake_is_answered_with_one_sentence_at_its_line(mistake: Mistake, failures, tmp_path: Path) -> None:
    assert [(one.file, one.line, one.sentence) for one in failures(mistake)] == [
        (str(tmp_path / "shop.py"), mistake.line, mistake.sentence)
    ]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda one: one.name)
def test_the_sentence_says_what_to_do_in_an_authors_words(mistake: Mistake) -> None:
    assert not TECHNICAL.search(mistake.sentence)
    assert FIX.search(mistake.sentence)
    assert len(mistake.sentence) <= 220
    assert "\n" not in mistake.sentence
