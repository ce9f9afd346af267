"""`archfolio serve` follows `[tool.archfolio]`: an edit is built, and a mistake is told until it is mended."""

import pytest
from projects import SHOP
from served_project import Served, serving

SETTINGS = '[tool.archfolio]\ndark = false\n\n[tool.archfolio.site]\ntitle = "Acme"\naccent = "#1d4ed8"\n'


@pytest.fixture
def served(tmp_path):
    project = Served(tmp_path)
    project.write("shop.py", SHOP)
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    with serving(project):
        yield project


def test_edits_of_the_settings_are_built(served):
    settings = served.folder / "pyproject.toml"
    assert b"Acme" in served.get("/index.html")[1]
    settings.write_text(SETTINGS.replace("Acme", "Umbrella"))
    served.wait_for(b"Umbrella", "/index.html")
    fresh = served.folder / "fresh.toml"  # as editors save: a new file in the place of the old one
    fresh.write_text(SETTINGS.replace("Acme", "Initech").replace("dark = false", "dark = true"))
    fresh.rename(settings)
    served.wait_for(b"Initech", "/index.html")
    served.events.status(lambda _: [*served.site.glob("images/shop/*dark*")])
    settings.unlink()
    served.events.status(lambda _: b"Initech" not in served.get("/index.html")[1])
    settings.write_text(SETTINGS)
    served.wait_for(b"Acme", "/index.html")


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ("dark = false", "darc = false", 2, "there is no key 'darc' in [tool.archfolio]; did you mean 'dark'?"),
        ("title", "titel", 5, "there is no key 'titel' in [tool.archfolio.site]; did you mean 'title'?"),
        ("#1d4ed8", "#zzz", 6, "'accent' is '#zzz', which is no colour"),
        ("dark = false", "scale = 100", 2, "100.0 is not in the range"),
    ],
)
def test_a_mistake_in_the_settings_is_told_with_its_place_until_it_is_mended(served, old, new, line, sentence):
    settings = served.folder / "pyproject.toml"
    settings.write_text(SETTINGS.replace(old, new))
    problem = served.events.status(lambda status: status["problem"])["problem"]
    assert f"{settings}:{line}: " in problem
    assert sentence in problem
    served.edit("shop.py", "asks", "wants")
    told = served.events.status(lambda _: b"wants" in served.get("/systems/shop.html")[1])
    assert sentence in told["problem"]
    assert b"Acme" in served.get("/index.html")[1]
    settings.write_text(SETTINGS)
    served.events.status(lambda status: not status["problem"])


def test_another_output_folder_on_the_command_line_has_the_last_word(served):
    (served.folder / "pyproject.toml").write_text(SETTINGS.replace("dark = false", 'output = "away"\njobs = 1'))
    served.edit("shop.py", "asks", "wants")
    served.wait_for(b"wants", "/systems/shop.html")
    assert not (served.folder / "away").exists()
