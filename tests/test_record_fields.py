"""The label of a record is read once, for its words and for its picture, as Graphviz reads it."""

import pytest

from archfolio.render.model.label import read_record
from archfolio.render.model.record_fields import RecordField, parse_record


def nested(fields: tuple[RecordField, ...]) -> list[object]:
    return [nested(field.fields) if field.fields else field.text for field in fields]


@pytest.mark.parametrize(
    ("label", "fields"),
    [
        ("a|b", ["a", "b"]),
        ("{a|b}", [["a", "b"]]),
        ("a|{b|{c|d}}|e", ["a", ["b", ["c", "d"]], "e"]),
        ("<in> a | <out>b", ["a", "b"]),
        (r"a\|b|\{c\}|\<d\>", ["a|b", "{c}", "<d>"]),
        (r"a\ |  b ", ["a ", "b"]),
        (r"{a\\}", [[r"a\\"]]),
        (r"a\nb\l", [r"a\nb\l"]),
        ("", [""]),
        ("|", ["", ""]),
    ],
)
def test_fields_stand_in_braces_and_between_bars(label: str, fields: list[object]) -> None:
    assert nested(parse_record(label)) == fields


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("name|{id|key}", ["name", "id\u2003key"]),
        ("{name|id}", ["name", "id"]),
        (r"{name\l|id\l}", ["name", "id"]),
        (r"{{a\\}|b}", ["a\\", "b"]),
    ],
)
def test_the_words_of_a_record_are_a_line_a_field(label: str, lines: list[str]) -> None:
    assert [line.text for line in read_record(label).lines] == lines
