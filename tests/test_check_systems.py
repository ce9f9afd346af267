"""Our own systems are held to what `archfolio check` asks of everybody's."""

from pathlib import Path

import pytest

from archfolio.render.check.codes import chosen
from archfolio.render.check.report import format_text
from archfolio.render.check.run import CheckRequest, check

SYSTEMS = Path(__file__).parent.parent / "systems"


def test_in_our_own_systems_there_is_nothing_to_mend() -> None:
    report = check(CheckRequest(SYSTEMS, chosen((), ())))
    assert report.findings == (), format_text(report)
    assert report.systems >= 19
    assert report.views >= 104


@pytest.mark.slow
def test_in_our_own_pictures_there_is_nothing_to_mend() -> None:
    report = check(CheckRequest(SYSTEMS, chosen(("P",), ()), pictures=True))
    assert report.findings == (), format_text(report)
