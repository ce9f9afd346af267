"""Figures in drawings are bound by name to what their templates quote."""

from xml.etree import ElementTree as ET

import pytest

from archfolio.gallery.svg.figures import SVG, Quotes, bind

NUMBERS = (("peak", "34.7\u202fk"), ("hosts", "72"))
SHOWN = (("peak", "34.7\u202fk/s"), ("hosts", "72"))


def bound(template, *lines, kind="label", key="data-edge"):
    texts = "".join(f"<text>{line}</text>" for line in lines)
    root = ET.fromstring(f'<svg xmlns="{SVG}"><g class="{kind}" {key}="e1">{texts}</g></svg>')
    templates = (("e1", template),)
    which = {"edges": templates} if kind == "label" else {"nodes": templates}
    bind(root, Quotes(numbers=NUMBERS, shown=SHOWN, **which))
    spans = [(span.attrib, span.text) for span in root.iter(f"{{{SVG}}}tspan")]
    return spans, ["".join(text.itertext()) for text in root.iter(f"{{{SVG}}}text")]


def test_a_figure_becomes_an_element_and_the_text_stays():
    spans, texts = bound("at {peak} on {hosts} hosts", "at 34.7 k/s on", "72 hosts")
    assert spans == [
        ({"data-figure": "peak", "data-form": "shown"}, "34.7 k/s"),
        ({"data-figure": "hosts", "data-form": "shown"}, "72"),
    ]
    assert texts == ["at 34.7 k/s on", "72 hosts"]


def test_a_thin_space_that_became_a_blank_is_the_same():
    assert (
        bound("{peak:n} a second", "34.7\u202fk a second")[0] == bound("{peak:n} a second", "34.7\u202fk a second")[0]
    )
    assert [text for _, text in bound("{peak:n} a second", "34.7 k a second")[0]] == ["34.7 k"]


def test_a_figure_over_two_lines_keeps_its_rest_apart():
    spans, _ = bound("{peak} peak", "34.7", "k/s peak")
    assert spans == [({"data-figure": "peak", "data-form": "shown"}, "34.7"), ({"data-rest": "peak"}, "k/s")]


def test_two_figures_alike_are_told_apart_by_their_place():
    spans, _ = bound("{hosts} of {hosts:n}", "72 of 72")
    assert [attributes["data-form"] for attributes, _ in spans] == ["shown", "number"]


def test_braces_that_are_meant_are_braces():
    assert bound("{{x}} {hosts}", "{x} 72")[1] == ["{x} 72"]


def test_the_label_of_a_box_is_bound_too():
    assert bound("Ranker\n{hosts} hosts", "Ranker", "72 hosts", kind="node", key="data-node")[0][0][1] == "72"


def test_a_drawing_that_says_something_else_asks_for_a_build():
    with pytest.raises(ValueError, match="build again"):
        bound("{hosts} hosts", "71 hosts")


def test_what_quotes_no_figure_is_left_alone():
    assert bound("{nothing}", "whatever") == ([], ["whatever"])
