"""Attributes are read as Graphviz reads them, be they written as the library writes them or in another way."""

from __future__ import annotations

import pytest

from archfolio.render.capture.dot_parser import parse_dot


@pytest.mark.parametrize(
    ("attrs", "read"),
    [
        (r'label="a b" height=2.3 tooltip="say \"so\", [it]"', {"label": "a b", "height": "2.3"}),
        ('label="two\nlines" style=bold', {"label": "two\nlines", "style": "bold"}),
        ("label=<<b>x</b>> width=-.5", {"label": "<<b>x</b>>", "width": "-.5"}),
        ('label="" class=\u00e9', {"label": "", "class": "\u00e9"}),
        ('label="a]b" url="x=y z=w"', {"label": "a]b", "url": "x=y z=w"}),
        ('label="one " + "text" x=1', {"label": "one text", "x": "1"}),
        ('label=a label="b"', {"label": "b"}),
    ],
)
def test_attributes_are_read_alike_however_they_are_written(attrs: str, read: dict[str, str]) -> None:
    as_the_library = parse_dot(f"digraph {{ node [{attrs}] edge [{attrs}] a [{attrs}] a -> b [{attrs}] }}")
    otherwise = parse_dot(f"digraph {{ node [ {attrs}, ] edge [ {attrs} ] a [ {attrs} ]; a -> b [ {attrs}; ]; }}")
    assert as_the_library == otherwise
    assert as_the_library.nodes["a"].items() >= read.items()
    assert as_the_library.edges[0].attrs == as_the_library.nodes["b"] == as_the_library.nodes["a"]


def test_lists_of_attributes_follow_one_another() -> None:
    assert parse_dot('digraph { a [x=1 y="2"][y=3] [z=4,] []; }').nodes == {"a": {"x": "1", "y": "3", "z": "4"}}
