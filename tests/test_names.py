"""Ids are readable, stable and unique."""

import xml.etree.ElementTree as ET
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from archfolio.render.model.ids import Names, printable, slug


def test_a_label_becomes_a_part_of_an_address() -> None:
    assert slug("Online feature store") == "online-feature-store"
    assert slug("Café / Straße_2") == "cafe-straße-2"
    assert slug("日本語 ラベル") == "日本語-ラヘル"
    assert slug("!?") == ""


def test_a_name_that_is_taken_gets_a_number() -> None:
    names = Names()
    assert [names.take("a"), names.take("a"), names.take("a-2"), names.take("a")] == ["a", "a-2", "a-2-2", "a-3"]


@given(st.text())
def test_every_text_gives_an_address_that_is_safe_in_a_path(text: str) -> None:
    assert not set(slug(text)) & set("/\\ .?#%&\"'<>\0")


@given(st.text())
def test_what_is_printable_can_stand_in_xml(text: str) -> None:
    ET.fromstring(f"<a>{escape(printable(text))}</a>")
