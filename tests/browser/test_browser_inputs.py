"""What a reader changes in an estimate, and what the page makes of it."""

import pytest
from browsing import MOVIES


def test_a_changed_input_moves_every_figure_that_hangs_on_it(visit):
    page = visit(MOVIES)
    field = page.get_by_role("textbox", name="Daily active users")
    assert field.input_value() == "50\u202fM"
    field.fill("100 M")
    value = "[data-row={}] [data-value] .figure"
    assert page.locator(value.format("peak")).inner_text() == "69.4\u202fk/s"
    assert page.locator(value.format("hosts")).inner_text() == "140"
    assert page.locator(value.format("store")).inner_text() == "400\u202fGB"
    assert page.locator(".headline .figure").first.inner_text() == "69.4\u202fk/s"
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "69.4\u202fk/s"
    assert "69.4\u202fk/s" in page.locator(".walkthrough li").first.inner_text()
    assert page.locator("[data-changed]").inner_text() == "4 computed figures changed"
    page.get_by_role("button", name="Reset").click()
    assert page.locator(value.format("peak")).inner_text() == "34.7\u202fk/s"
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "34.7\u202fk/s"
    assert page.locator(".changed").count() == 0


def test_what_cannot_be_is_refused_with_a_sentence_and_changes_nothing(visit):
    page = visit(MOVIES)
    field = page.get_by_role("textbox", name="Daily active users")
    for text, reason in (
        ("many", "Write a number"),
        ("-5", "less than zero"),
        ("5 parsecs", "is neither a scale"),
        ("1e400", "more than a number can hold"),
    ):
        field.fill(text)
        assert field.get_attribute("aria-invalid") == "true", text
        assert reason in page.locator("[data-row=users] .reading").inner_text(), text
        assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "34.7\u202fk/s"
    page.keyboard.press("Tab")
    assert field.input_value() == "50\u202fM"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("500m", 5e8),
        ("500M", 5e8),
        ("1.5 B", 1.5e9),
        ("1,5", 1.5),
        ("0,125", 0.125),
        ("1,500", 1500),
        ("1,234,567", 1234567),
        ("1.234,5", 1234.5),
        ("50 million", 5e7),
        ("50 million users", 5e7),
        ("50 000", 5e4),
        ("2e6", 2e6),
        (".5k", 500),
        ("20 k", 2e4),
        ("3 bn", 3e9),
        ("12 users", 12),
    ],
)
def test_a_figure_is_read_as_a_person_writes_it(visit, text, value):
    page = visit(MOVIES)
    assert page.evaluate("text => readFigure(text, {unit: 'user', value: 5e7})", text) == {"value": value, "reason": ""}


@pytest.mark.parametrize("text", ["\u2212$5", "-$5", "$-5", "-5 USD"])
def test_money_is_read_with_its_sign_before_or_after_the_dollar(visit, text):
    page = visit(MOVIES)
    assert page.evaluate("text => readFigure(text, {unit: 'USD', value: -1}).value", text) == -5


def test_an_input_by_which_something_is_divided_cannot_be_nothing(visit):
    page = visit(MOVIES)
    name = page.evaluate(
        """() => {
          const [input] = estimate.inputs;
          estimate.figures.at(-1).formula = `1 / (${input.name} - ${input.name})`;
          return input.label;
        }"""
    )
    page.get_by_role("textbox", name=name).fill("7")
    assert "has no value" in page.locator(".reading.refused").inner_text()


@pytest.mark.parametrize("text", ["1000 %", "120", "-1", "1,2,3", "1.2.3", "--4", "", "NaN", "0x10"])
def test_a_share_that_cannot_be_is_refused(visit, text):
    page = visit(MOVIES)
    assert page.evaluate("text => readFigure(text, {unit: 'percent', value: 60}).reason", text)


def test_changed_inputs_stand_in_the_address_and_outlive_a_reload(visit):
    page = visit(MOVIES)
    page.get_by_role("textbox", name="Daily active users").fill("500m")
    assert page.locator("[data-row=users] .reading").inner_text().startswith("= 500\u202fM")
    assert page.url.endswith("#users=500M")
    page.locator(".view-links").get_by_text("Training").click()
    assert page.url.endswith("#view=training&users=500M")
    page.reload()
    assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "347\u202fk/s"
    page.go_back()
    assert page.locator("[data-row=peak] [data-value] .figure").inner_text() == "347\u202fk/s"


def test_an_input_in_the_address_that_cannot_be_is_left_out(visit):
    page = visit(f"{MOVIES}#users=many&view=training")
    assert page.locator(".changed").count() == 0
    assert page.locator(".view:visible h3").inner_text() == "Training"


def test_key_inputs_are_sliders_beside_the_drawing(visit):
    page = visit(MOVIES)
    page.get_by_role("button", name="What if").click()
    panel = page.locator("[data-lever-panel]:visible")
    panel.get_by_role("button", name="10").click()
    assert page.url.endswith("#users=500M")
    assert page.locator('.label[data-edge="e1"] text').first.text_content() == "347\u202fk/s"
    slider = panel.get_by_role("slider", name="Daily active users")
    assert slider.get_attribute("aria-valuetext") == "500\u202fM user"
    slider.press("ArrowRight")
    assert "users=5" in page.url
    assert slider.evaluate("it => it === document.activeElement")
    panel.get_by_role("button", name="Published").click()
    assert "#" not in page.url
