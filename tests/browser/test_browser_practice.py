"""Practice in a browser: by keys, by day, as a file, on a phone, and for a reader who does not see it."""

import json
import re

import pytest
from page_checks import assert_axe_finds_nothing
from practice_system import DRAWINGS, SHOP_GALLERY

from archfolio.gallery.site import assemble

PAGE = "practice/shop.html"
PAGES = (PAGE, "practice.html", "practice/sheets/shop.html")
KEPT = "localStorage.getItem('archfolio-practice')"


@pytest.fixture(scope="module")
def shop(tmp_path_factory):
    folder = tmp_path_factory.mktemp("practice")
    files = {**assemble(SHOP_GALLERY, DRAWINGS.__getitem__), **{path: text.encode() for path, text in DRAWINGS.items()}}
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


@pytest.fixture
def practise(visit, shop):
    """Open a page of practice, on a day."""

    def open_page(path=PAGE, *, day="2026-11-28", **context):
        page = visit("practice.html", base=shop.as_uri(), **context)
        page.clock.set_fixed_time(f"{day}T10:00:00")
        page.goto(f"{shop.as_uri()}/{path}")
        return page

    return open_page


def kept(page):
    return json.loads(page.evaluate(KEPT))["items"]


def begin(page, kind):
    """Begin a rung, and wait for its first question."""
    page.click(f"[data-start='{kind}']")
    page.locator(".asking").wait_for()


def key_of(page):
    """Return the number key of the right option, as the data has it."""
    key = page.evaluate("practiceSession.queue[practiceSession.at].item.answer.key")
    options = page.locator(".option span:nth-child(2)").all_inner_texts()
    return str(options.index(key) + 1)


def test_a_rung_is_answered_by_keys_alone(practise):
    page = practise()
    page.locator("[data-start='alternative']").focus()
    page.keyboard.press("Enter")
    page.locator(".asking").wait_for()
    assert page.locator("#session-title").inner_text() == "Question 1 of 8"
    assert page.evaluate("document.activeElement.id") == "session-title"
    page.keyboard.press(key_of(page))
    result = page.locator("[data-result]")
    assert result.get_attribute("role") == "status"
    assert result.inner_text().startswith("Right.")
    assert "It comes again tomorrow." in result.inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Next"
    page.keyboard.press("Enter")
    assert page.locator("#session-title").inner_text() == "Question 2 of 8"


def test_a_wrong_answer_is_said_in_words_and_comes_once_more(practise):
    page = practise()
    begin(page, "masked")
    wrong = "2" if key_of(page) == "1" else "1"
    page.keyboard.press(wrong)
    assert page.locator(".option .verdict").all_inner_texts() in (
        ["Your answer, wrong", "The answer"],
        ["The answer", "Your answer, wrong"],
    )
    assert page.locator("[data-result]").inner_text().startswith("Wrong.")
    for _ in range(2):
        page.keyboard.press("Enter")
        page.keyboard.press(key_of(page))
    assert page.locator("#session-title").inner_text() == "Once more"
    assert page.locator("[data-next]").inner_text() == "Finish"
    page.keyboard.press("Enter")
    assert page.locator("[data-due]").inner_text().startswith("1 of 2 right.")
    [missed] = [one for one in kept(page).values() if one["wrong"]]
    assert missed == {"box": 0, "due": "2026-11-29", "last": "2026-11-28", "right": 0, "wrong": 1}


def test_what_is_hidden_is_not_in_the_page_until_it_is_answered(practise):
    page = practise()
    begin(page, "masked")
    page.locator(".practice-drawing .question-mark").wait_for()
    name = page.evaluate("practiceSession.queue[0].item.answer.key")
    drawing = page.locator(".practice-drawing")
    assert name not in drawing.evaluate("element => element.outerHTML")
    assert name not in drawing.aria_snapshot()
    page.keyboard.press(key_of(page))
    assert name in drawing.inner_text()
    assert page.locator(".practice-drawing .question-mark").count() == 0


def test_an_order_is_chosen_part_by_part(practise):
    page = practise()
    begin(page, "order")
    parts = page.evaluate("practiceSession.queue[0].item.answer.parts")
    options = page.locator(".option span:nth-child(2)").all_inner_texts()
    assert sorted(options) == sorted(parts)
    assert options != parts
    page.keyboard.press("1")
    assert page.locator(".option").first.get_attribute("aria-pressed") == "true"
    page.keyboard.press("1")
    assert page.get_by_role("button", name="Check").is_disabled()
    for part in parts:
        page.keyboard.press(str(options.index(part) + 1))
    page.keyboard.press("Enter")
    assert page.locator("[data-result]").inner_text().startswith("Right.")


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        ("9k", "Right. It is 5,000/s. You were off by a factor of 1.8."),
        ("11 k/s", "Wrong. It is 5,000/s."),
        ("5000", "Right. It is 5,000/s."),
    ],
)
def test_an_estimate_is_right_within_a_factor_of_two(practise, said, verdict):
    page = practise()
    begin(page, "estimate")
    page.get_by_label("Your estimate").fill("many")
    page.keyboard.press("Enter")
    assert page.locator(".fault").inner_text().startswith("Write a number")
    page.get_by_label("Your estimate").fill(said)
    page.keyboard.press("Enter")
    assert page.locator(".verdict-line").inner_text().startswith(verdict)


def test_an_answer_in_words_is_graded_by_its_writer(practise):
    page = practise()
    begin(page, "explain")
    page.get_by_role("textbox").fill("1 2 Enter are no keys here")
    assert page.locator("#session-title").inner_text() == "Question 1 of 1"
    page.get_by_role("button", name="Show the answer").click()
    assert "Pine bends." in page.locator("[data-result]").inner_text()
    assert "A weak answer\nIt is pretty." in page.locator("[data-result]").inner_text()
    page.keyboard.press("2")
    [one] = kept(page).values()
    assert (one["right"], one["wrong"]) == (0, 1)


def test_an_item_comes_again_after_1_3_7_and_21_days(practise):
    page = practise()
    days = iter(("2026-11-28", "2026-11-29", "2026-12-02", "2026-12-09", "2026-12-30"))
    due = []
    for day in days:
        page.clock.set_fixed_time(f"{day}T10:00:00")
        page.reload()
        begin(page, "explain")
        page.get_by_role("button", name="Show the answer").click()
        page.keyboard.press("1")
        due += [one["due"] for one in kept(page).values()]
    assert due == ["2026-11-29", "2026-12-02", "2026-12-09", "2026-12-30", "2027-01-20"]
    assert "in 21 days" in page.locator("[data-result]").inner_text()


def test_knowing_it_again_too_early_moves_nothing(practise):
    page = practise()
    for _ in range(2):
        begin(page, "explain")
        page.get_by_role("button", name="Show the answer").click()
        page.keyboard.press("1")
        page.click("[data-leave]")
    assert [(one["box"], one["due"], one["right"]) for one in kept(page).values()] == [(1, "2026-11-29", 2)]


def test_what_is_due_is_gathered_over_all_systems(practise, shop):
    page = practise()
    begin(page, "masked")
    for _ in range(2):
        page.keyboard.press(key_of(page))
        page.keyboard.press("Enter")
    page.goto(f"{shop.as_uri()}/practice.html")
    assert page.locator("[data-due]").inner_text() == "Nothing is due. The next comes on 2026-11-29."
    assert page.get_by_role("button", name="Practise what is due").is_disabled()
    page.clock.set_fixed_time("2026-12-01T10:00:00")
    page.reload()
    assert page.locator("[data-due]").inner_text() == "2 questions due today."
    assert page.locator("[data-standing-of]").inner_text() == "2 answered, 2 due"
    page.get_by_role("button", name="Practise what is due").click()
    page.locator(".practice-drawing .question-mark").wait_for()
    assert page.locator("#session-title").inner_text() == "Question 1 of 2"


def test_a_question_that_is_asked_no_more_is_forgotten(practise):
    page = practise("practice.html")
    one = {"box": 1, "due": "2026-11-20", "last": "2026-11-19", "right": 1, "wrong": 0}
    state = {"version": 1, "items": {"shop/masked/gone/box": one}, "rounds": {}}
    page.evaluate("text => localStorage.setItem('archfolio-practice', text)", json.dumps(state))
    page.reload()
    page.get_by_role("button", name="Practise what is due").click()
    page.get_by_text("Nothing is due.").wait_for()
    assert "1 question is asked no more" in page.locator("[data-due]").inner_text()
    assert kept(page) == {}


def test_answers_go_out_as_a_file_and_come_back(practise, tmp_path):
    page = practise()
    begin(page, "masked")
    page.keyboard.press(key_of(page))
    page.click("[data-leave]")
    before = kept(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Export").click()
    file = tmp_path / "answers.json"
    download.value.save_as(file)
    assert download.value.suggested_filename == "archfolio-practice-2026-11-28.json"
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Reset").click()
    assert kept(page) == before
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Reset").click()
    assert kept(page) == {}
    page.get_by_label("Import").set_input_files(file)
    page.get_by_text("1 answers are taken in").wait_for()
    assert kept(page) == before


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{", "it is no JSON"),
        ("[]", "it was not exported from a practice page"),
        ('{"kind": "archfolio practice", "version": 2, "items": {}, "rounds": {}}', "it is of version 2"),
        ('{"kind": "archfolio practice", "version": 1, "items": {"a/b": {"box": 9}}, "rounds": {}}', "is damaged"),
        ('{"kind": "archfolio practice", "version": 1, "items": [], "rounds": {}}', "no list of items"),
        ('{"kind": "archfolio practice", "version": 1, "items": {}, "rounds": {"a": [{"day": 1}]}}', "are damaged"),
        ("null", "it was not exported"),
    ],
)
def test_a_foreign_or_damaged_file_is_refused_whole(practise, tmp_path, text, fault):
    page = practise()
    begin(page, "masked")
    page.keyboard.press(key_of(page))
    page.click("[data-leave]")
    before = kept(page)
    file = tmp_path / "odd.json"
    file.write_text(text)
    page.get_by_label("Import").set_input_files(file)
    said = page.locator("[data-kept]")
    said.filter(has_text="is not taken in").wait_for()
    assert fault in said.inner_text()
    assert kept(page) == before


def test_what_cannot_be_read_is_put_aside(practise):
    page = practise()
    page.evaluate("localStorage.setItem('archfolio-practice', 'not JSON')")
    page.reload()
    assert "cannot be read" in page.locator("[data-kept]").inner_text()
    assert page.evaluate("localStorage.getItem('archfolio-practice-unread')") == "not JSON"


def test_a_round_has_a_clock_phases_and_a_grade(practise):
    page = practise()
    page.clock.install(time="2026-11-28T10:00:00")
    page.reload()
    page.click("[data-start-round]")
    page.locator("[data-phase]").wait_for()
    assert page.locator("[data-phase]").inner_text() == "1 of 2: Frame"
    page.get_by_label("Frame, 1 min").fill("Who buys? At which peak?")
    page.clock.run_for(20_000)
    assert page.locator("[data-clock]").inner_text() == "0:40 of this phase, 2:40 in all"
    page.get_by_role("button", name="Pause").click()
    page.clock.run_for(60_000)
    page.get_by_role("button", name="Go on").click()
    page.clock.run_for(41_000)
    assert page.locator("[data-phase]").inner_text() == "2 of 2: Draw"
    assert "Ask who buys." not in page.locator("[data-round]").inner_text()
    page.get_by_role("button", name="Reveal").click()
    assert page.locator(".own").first.inner_text() == "Who buys? At which peak?"
    assert "Ask who buys." in page.locator("[data-round]").inner_text()
    page.get_by_role("button", name="Keep this grade").click()
    assert "Each of the six lines needs a grade." in page.locator("[data-round]").inner_text()
    for line in page.locator(".rubric").all():
        line.get_by_role("radio").nth(1).check()
    page.get_by_role("button", name="Keep this grade").click()
    assert "6 of 12" in page.locator("[data-round]").inner_text()
    rounds = json.loads(page.evaluate(KEPT))["rounds"]
    assert rounds == {"shop": [{"day": "2026-11-28", "points": [1] * 6}]}


def test_without_scripts_there_is_a_sheet(visit, shop):
    page = visit(PAGE, base=shop.as_uri(), java_script_enabled=False)
    assert page.locator(".rungs li:visible").count() == 8
    assert page.locator("button:visible").count() == 0
    page.get_by_role("link", name="a sheet to print").click()
    assert page.locator(".questions > li:visible").count() > 20


def test_the_answers_are_printed_on_the_page_after(practise):
    page = practise("practice/sheets/shop.html")
    page.emulate_media(media="print")
    pages = re.findall(rb"/Type\s*/Page\b", page.pdf())
    assert len(pages) >= 2
    assert page.evaluate("getComputedStyle(document.querySelector('.answers')).breakBefore") == "page"


def test_a_page_of_practice_on_paper_has_its_sentences_whole_and_nothing_to_press(practise):
    page = practise()
    said = page.locator("header.lead p").inner_text()
    page.emulate_media(media="print")
    assert page.locator("header.lead p").inner_text() == said
    assert page.locator(".rungs button:visible").count() == 0
    assert practise("practice/sheets/shop.html").get_by_role("link", name="Practise on screen").is_visible()


def test_nothing_is_wider_than_a_phone(practise):
    for path in PAGES:
        page = practise(path, viewport={"width": 390, "height": 844}, has_touch=True)
        assert page.evaluate("document.documentElement.scrollWidth") == 390
        for kind in ("masked", "order", "consequence", "alternative", "estimate", "explain") if path == PAGE else ():
            begin(page, kind)
            page.wait_for_timeout(150)
            assert page.evaluate("document.documentElement.scrollWidth") == 390, kind
            page.click("[data-leave]")


@pytest.mark.parametrize("kind", ["", "masked", "order", "consequence", "estimate", "explain", "round", "reveal"])
def test_axe_finds_nothing_in_practice(practise, node_modules, kind):
    page = practise(bypass_csp=True)
    if kind in {"round", "reveal"}:
        page.click("[data-start-round]")
    elif kind:
        begin(page, kind)
        page.wait_for_timeout(200)
    if kind == "reveal":
        page.get_by_role("button", name="Next phase").click()
        page.get_by_role("button", name="Reveal").click()
    if kind in {"masked", "consequence"}:
        page.keyboard.press("1")
    assert_axe_finds_nothing(page, node_modules, narrow=390)
