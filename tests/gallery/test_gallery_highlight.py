import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archfolio.gallery.pages.highlight import highlighted

SYSTEMS = sorted((Path(__file__).parents[2] / "systems").glob("*.py"))


def words(html):
    return unescape(re.sub(r"<[^>]*>", "", html))


@pytest.mark.parametrize("path", SYSTEMS, ids=lambda path: path.stem)
def test_every_line_says_what_the_module_says(path):
    text = path.read_text(encoding="utf-8")
    assert [words(line) for line in highlighted(text)] == text.removesuffix("\n").split("\n")


@given(st.text(alphabet=st.sampled_from("ab1 \n\t'\"#@()[]{}\\f=<>&:.") | st.characters(), max_size=80))
def test_whatever_is_no_python_is_shown_as_it_stands(text):
    text = text.replace("\0", "").replace("\r\n", "\n")
    assert [words(line) for line in highlighted(text)] == text.removesuffix("\n").split("\n")


def test_five_kinds_of_words_have_a_colour():
    lines = highlighted(
        '@view("Serving", top=1)\n'
        "def serving() -> None:  # now\n"
        '    """Two\n'
        '    lines."""\n'
        '    return f"a {b!r:>{1}} c" + x.y\n'
        "@a.b\n"
        "class Shop: ...\n"
    )
    assert lines[0] == ('<i class="name">@</i><i class="name">view</i>(<i>"Serving"</i>, top=<i class="number">1</i>)')
    assert lines[1] == (
        '<i class="word">def</i> <i class="name">serving</i>() -&gt; <i class="word">None</i>:'
        '  <i class="remark"># now</i>'
    )
    assert lines[2] == '    <i>"""Two</i>'
    assert lines[3] == '<i>    lines."""</i>'
    assert lines[4] == '    <i class="word">return</i> <i>f"a {b!r:&gt;{1}} c"</i> + x.y'
    assert lines[5] == '<i class="name">@</i><i class="name">a</i><i class="name">.</i><i class="name">b</i>'
    assert lines[6] == '<i class="word">class</i> <i class="name">Shop</i>: ...'
