"""Paths that are ticked off, a calculator that computes as Python does, drills, sources, sheets on paper."""

import io
import json
import re
from html import unescape
from urllib.parse import unquote

import pypdfium2
import pytest

from archfolio.estimate import Estimate, assume, derive
from archfolio.gallery import manifest

KEY = "archfolio-study-1"


def test_paths_are_a_list_to_read_without_scripts(visit):
    page = visit("paths.html", java_script_enabled=False)
    assert page.locator("[data-step]:visible").count() == 7
    assert page.locator("[data-step] a:visible").count() == 6
    assert page.locator("[data-step] input, .star, [data-kept]:visible").count() == 0


def test_what_is_ticked_and_marked_is_there_again_after_a_reload(visit):
    page = visit("paths.html")
    page.get_by_role("checkbox", name="Done: Movie recommender \u203a Serving").check()
    page.get_by_role("button", name="Mark: Ranker").click()
    page.reload()
    assert page.get_by_role("checkbox", name="Done: Movie recommender \u203a Serving").is_checked()
    assert page.get_by_role("button", name="Mark: Ranker").get_attribute("aria-pressed") == "true"
    assert page.locator("#first-steps ~ [data-progress]").inner_text().strip() == "1 of 4"
    assert page.locator("[data-marked] li").all_inner_texts() == [
        "Ranker \u203a Movie recommender, Serving First steps"
    ]
    kept = json.loads(page.evaluate(f"localStorage.getItem('{KEY}')"))
    assert kept["done"] == ["first-steps/1/movie-recommender/serving"]


def test_a_reader_continues_where_they_were(visit):
    page = visit("paths.html")
    assert page.locator("[data-continue]").is_hidden()
    page.get_by_role("checkbox", name="Done: Movie recommender \u203a Serving").check()
    assert "Ranker" in page.locator("[data-continue]").inner_text(), "the first step after it that is not done"
    page.locator("#two-days ~ ol a").first.click()
    page.go_back()
    assert page.locator("[data-continue] a").get_attribute("href") == "systems/spam-filter.html", "the one last opened"


def test_everything_kept_can_be_forgotten(visit):
    page = visit("paths.html")
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Forget").click()
    assert not page.get_by_role("checkbox").first.is_checked()
    assert page.locator("[data-continue]").is_hidden()
    assert page.locator("[data-progress]:visible").count() == 0


@pytest.mark.parametrize("kept", ["not json", "[]", "null", '{"done": 7, "marked": [1], "last": {}}'])
def test_what_somebody_else_has_kept_under_the_name_is_no_harm(visit, kept):
    page = visit("paths.html")
    page.evaluate("([key, kept]) => localStorage.setItem(key, kept)", [KEY, kept])
    page.reload()
    page.get_by_role("checkbox").first.check()
    page.reload()
    assert page.get_by_role("checkbox").first.is_checked()


def test_paths_work_by_keyboard(visit):
    page = visit("paths.html")
    page.get_by_role("checkbox").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.locator(".star").first.get_attribute("aria-pressed") == "true"


def test_the_calculator_computes_what_python_computes_and_keeps_it_in_the_address(visit):
    page = visit("reference.html")
    page.get_by_label("Daily active users").fill("35 M")
    wanted = Estimate(
        users=assume("", 35e6, "user"),
        requests=assume("", 20, "request/user/day"),
        speed=assume("", 500, "request/s/machine"),
        daily=derive("", "users * requests", "request/day"),
        machines=derive("", "ceil(daily / speed)", "machine"),
    )
    shown = page.locator(".headline [data-figure=machines]").inner_text()
    assert shown == wanted["machines"].shown == "17"
    assert page.locator(".method [data-figure=daily]").inner_text() == wanted["daily"].number
    assert page.url.endswith("#users=35M")
    again = visit("reference.html#users=35M")
    assert again.locator(".headline [data-figure=machines]").inner_text() == "17"


def test_a_guess_within_a_factor_of_two_counts(visit):
    page = visit("reference.html")
    guess = page.get_by_label("Your estimate")
    verdicts = {}
    for text in ("72", "100", "40", "36", "144", "145", "1 k", "5", "many", "0", ""):
        guess.fill(text)
        guess.press("Enter")
        guess.blur()
        verdicts[text] = page.locator("[data-verdict]").inner_text()
    counted = [text for text, verdict in verdicts.items() if verdict.startswith("It counts")]
    assert counted == ["72", "100", "40", "36", "144"]
    assert verdicts["1 k"] == "Too high, off by a factor of 14."
    assert verdicts["5"] == "Too low, off by a factor of 14."
    assert "neither a scale" in verdicts["many"] or "Write a number" in verdicts["many"]
    assert verdicts["0"] == "Write a number above zero."
    assert verdicts[""] == ""
    assert page.locator(".working:visible").count() == 0, "the answer stays hidden"
    page.get_by_text("Answer", exact=True).click()
    assert page.locator(".working:visible").count() == 1


def test_sources_narrow_by_year_system_and_organisation(visit):
    page = visit("sources.html")
    page.get_by_label("Year").select_option("2016")
    assert page.locator(".sources li:visible").count() == 1
    assert page.url.endswith("#year=2016")
    page.get_by_label("Year").select_option("")
    page.get_by_label("Narrow the list").fill("films")
    assert page.locator(".sources li:visible a").first.inner_text() == "A paper on films"


def test_all_sources_are_listed_without_scripts(visit):
    page = visit("sources.html", java_script_enabled=False)
    assert page.locator(".sources li:visible").count() == 2
    assert page.locator(".finder:visible").count() == 0


def test_drills_hold_their_answers_without_scripts(visit):
    page = visit("reference.html", java_script_enabled=False)
    assert page.locator("[data-guess]:visible").count() == 0
    page.locator(".drills summary").click()
    assert page.locator(".working:visible").count() == 1


@pytest.mark.slow
def test_every_link_of_the_study_part_leads_to_a_place_of_the_built_site(gallery):
    ids = {}
    lost, followed = [], 0
    for path in [gallery / f"{name}.html" for name in ("study", "paths", "reference", "sources", "contents")] + sorted(
        (gallery / "study").glob("*.html")
    ):
        main = path.read_text(encoding="utf-8").partition("<main")[2].partition("</main>")[0]
        for href in map(unescape, re.findall(r'<a [^>]*?href="([^"]+)"', main)):
            address, _, fragment = href.partition("#")
            target = (path.parent / unquote(address)).resolve() if address else path
            if href.startswith("http"):
                continue
            followed += 1
            if target not in ids:
                text = target.read_text(encoding="utf-8") if target.suffix == ".html" and target.is_file() else ""
                ids[target] = {unescape(name) for name in re.findall(r' id="([^"]+)"', text)}
            state = target.name == "compare.html" and fragment.startswith("a=")
            if not target.is_file() or (fragment and not state and not {fragment, unquote(fragment)} & ids[target]):
                lost.append(f"{path.name}: {href}")
    assert lost == []
    assert followed > 1000


@pytest.mark.slow
def test_each_cheat_sheet_prints_on_one_page(visit, gallery):
    study = manifest.read(gallery).study
    assert len(study.cheat_sheets) >= 3
    for sheet in study.cheat_sheets:
        page = visit(f"study/{sheet.slug}.html", base=gallery.as_uri())
        printed = pypdfium2.PdfDocument(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
        assert len(printed) == 1, sheet.slug


@pytest.mark.slow
def test_every_input_of_the_blank_calculator_moves_what_python_moves(visit, gallery):
    calculator = manifest.read(gallery).study.calculator
    page = visit("reference.html", base=gallery.as_uri())
    inputs = [one for one in calculator.estimate if not one.formula]
    assert 8 <= len(inputs) <= 12
    for changed in inputs:
        value = changed.value * (0.5 if "percent" in changed.unit else 1.75)
        wanted = Estimate(
            **{
                one.name: derive(one.label, one.formula, one.unit)
                if one.formula
                else assume(one.label, value if one.name == changed.name else one.value, one.unit)
                for one in calculator.estimate
            }
        )
        page.evaluate("([name, value]) => estimate.change(new Map([[name, value]]))", [changed.name, value])
        for place in page.locator("[data-figure]").all():
            name, form = place.get_attribute("data-figure"), place.get_attribute("data-form")
            shown = wanted[name].number if form == "number" else wanted[name].shown
            assert place.text_content() == shown, (changed.name, name)


def test_the_search_finds_pages_of_the_study_part(visit):
    page = visit("study.html")
    page.keyboard.press("/")
    for words, title in (
        ("two days", "Paths"),
        ("monitoring", "Monitoring"),
        ("memory of a GPU", "Estimation reference"),
    ):
        page.locator(".palette input").fill(words)
        page.locator(".palette li a b", has_text=title).first.wait_for()


def test_a_wrong_address_among_the_pages_of_the_study_part_names_the_right_one(visit, served):
    page = visit("study/relibility.html", base=served, expected=["404"])
    page.get_by_text("Perhaps").get_by_role("link", name="Reliability").click()
    assert page.locator("h1").inner_text() == "Reliability"
