"""The measure itself: each kind of fault is found in a drawing that has it, and none in one that has not."""

import base64

import pytest
from measure import crossings, faults, merged

from archfolio.render.model.font import Typeface, webfont

SIZE = (400, 300)
CARDS = {"a": (20, 20), "b": (20, 220), "c": (280, 20), "d": (280, 220)}
CLEAN = {
    "cards": "".join(
        f'<g class="node" data-node="{name}"><rect x="{x}" y="{y}" width="100" height="60"/>'
        f'<text x="{x + 10}" y="{y + 30}" font-size="14">card {name}</text></g>'
        for name, (x, y) in CARDS.items()
    ),
    "panel": '<g class="cluster" data-cluster="p"><rect x="5" y="2" width="390" height="290"/>'
    '<text x="150" y="18" font-size="12">Panel</text></g>',
    "ab": "M70 80L70 220",
    "cd": "M330 80L330 220",
    "label": '<g class="label" data-edge="ab"><text x="76" y="150" font-size="12">rows</text></g>',
}
FONT = base64.b64encode(webfont(frozenset(map(chr, range(32, 127))), Typeface())).decode()
STYLE = f"<style>@font-face{{font-family:Inter;src:url(data:font/woff2;base64,{FONT})}}</style>"
GROUND = '<rect x="50" y="138" width="60" height="18"/>'


def edge(name, path):
    tail, head = name
    return f'<g class="edge" data-edge="{name}" data-tail="{tail}" data-head="{head}"><path d="{path}"/></g>'


def drawing(size=SIZE, **changed):
    parts = CLEAN | changed
    edges = "".join(edge(name, parts[name]) for name in ("ab", "cd"))
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="Inter">'
        f"{STYLE}{parts['panel']}{edges}{parts['cards']}{parts['label']}{parts.get('more', '')}</svg>"
    )


def label(x, y, text="rows", ground=""):
    return f'<g class="label" data-edge="ab">{ground}<text x="{x}" y="{y}" font-size="12">{text}</text></g>'


def test_nothing_is_found_in_a_clean_drawing(reader):
    seen = reader.read(drawing())
    assert faults(seen) == {}
    assert crossings(seen) == merged(seen) == []


@pytest.mark.parametrize(
    ("kind", "changed"),
    [
        ("overlap", {"more": '<g class="legend"><text x="76" y="152" font-size="12">words</text></g>'}),
        ("covered", {"label": label(76, 240)}),
        ("through", {"cd": "M330 80L60 50L330 220"}),
        ("struck", {"label": label(60, 150)}),
        ("struck", {"ab": "M70 80L160 10L70 220"}),
        ("detached", {"label": label(100, 150)}),
        ("foreign", {"label": label(60, 150, ground=GROUND), "cd": "M330 80L60 150L330 220"}),
        ("ambig", {"label": label(290, 150)}),
        ("overflow", {"label": label(60, 150, "a label wider than its ground", GROUND)}),
        ("overflow", {"more": '<g class="head"><text x="380" y="150" font-size="12">beyond</text></g>'}),
        ("small", {"size": (1700, 300)}),
    ],
)
def test_each_fault_is_found(kind, changed, reader):
    assert kind in faults(reader.read(drawing(**changed)))


def test_a_ground_saves_a_label_from_its_own_line(reader):
    assert "struck" not in faults(reader.read(drawing(label=label(60, 150, ground=GROUND))))


def test_lines_that_cross_are_found(reader):
    assert crossings(reader.read(drawing(ab="M70 80L330 190L70 220"))) == []
    assert crossings(reader.read(drawing(ab="M70 80L350 150L70 220"))) == ["ab x cd"]


def test_lines_on_top_of_each_other_are_found(reader):
    assert merged(reader.read(drawing(ab="M70 80L328 120L328 170L70 220"))) == ["ab = cd"]
