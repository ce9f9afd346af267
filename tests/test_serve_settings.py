"""`archfolio serve` follows `[tool.archfolio]`: an edit is built, and a mistake is told until it is mended."""

import time
from contextlib import closing

import pytest
from acme import write_font
from projects import SHOP
from served_project import PATIENCE, Served, serving

SETTINGS = (
    '[tool.archfolio]\ndark = false\n\n[tool.archfolio.site]\ntitle = "Acme"\naccent = "#1d4ed8"\nlogo = "logo.svg"\n'
)
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} 24" width="{wide}" height="24"/>'


@pytest.fixture
def served(tmp_path):
    project = Served(tmp_path)
    project.write("shop.py", SHOP)
    (tmp_path / "pyproject.toml").write_text(SETTINGS)
    (tmp_path / "logo.svg").write_text(LOGO.format(wide=80))
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


def test_an_edit_of_a_file_that_the_settings_name_is_built(served):
    logo = served.folder / "logo.svg"
    logo.write_text(LOGO.format(wide=90))
    served.wait_for(b'width="90"', "/brand/logo.svg")
    fresh = served.folder / "fresh.svg"
    fresh.write_text(LOGO.format(wide=100))
    fresh.rename(logo)
    served.wait_for(b'width="100"', "/brand/logo.svg")
    logo.unlink()
    assert "there is no file 'logo.svg'" in served.events.status(lambda status: status["problem"])["problem"]
    logo.write_text(LOGO.format(wide=110))
    served.events.status(lambda status: not status["problem"])
    served.wait_for(b'width="110"', "/brand/logo.svg")


def test_a_font_that_the_settings_name_is_drawn_with_once_it_is_edited(served):
    def drawn_otherwise(than):
        deadline = time.monotonic() + PATIENCE
        while (now := served.get("/images/shop/serving.svg")[1]) == than:
            assert time.monotonic() < deadline
            time.sleep(0.1)
        return now

    before = served.get("/images/shop/serving.svg")[1]
    font = write_font(served.folder)
    (served.folder / "pyproject.toml").write_text(f'{SETTINGS}\n[tool.archfolio.style]\nfont = ["{font}"]\n')
    before = drawn_otherwise(than=before)
    for _ in range(2):  # the first may be seen because another file is watched now
        with (served.folder / font).open("ab") as file:
            file.write(bytes(4))
        before = drawn_otherwise(than=before)


LOOK = """() => [
  document.querySelector(".wordmark img").naturalWidth,
  getComputedStyle(document.documentElement).getPropertyValue("--link"),
]"""


def test_an_open_page_shows_what_the_settings_say_now(served, launch):
    with closing(launch()) as browser:
        page = browser.new_page()
        page.goto(f"{served.address}systems/shop.html")
        for path, content, look in (
            ("logo.svg", LOGO.format(wide=90), (90, "#1d4ed8")),
            ("pyproject.toml", SETTINGS.replace("#1d4ed8", "#b91c1c"), (90, "#b91c1c")),
        ):
            page.wait_for_selector("html[data-build]")  # it knows how things stand
            with page.expect_navigation(timeout=10_000):
                (served.folder / path).write_text(content)
            width, colour = page.evaluate(LOOK)
            assert (width, look[1] in colour) == (look[0], True)


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
