from html.parser import HTMLParser
from xml.sax.saxutils import quoteattr

import pytest

from archfolio.gallery.svg.inline import inline, sprite

XMLNS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def take(inside, attributes=""):
    return inline(f"<svg {XMLNS} {attributes}>{inside}</svg>", prefix="v", label="what it shows")


def test_what_drawings_share_stands_once_before_them(movies, read_tiny):
    drawings = [inline(read_tiny(view.files[0].path), prefix=view.slug, label="") for view in movies.views]
    shared = sprite(drawings, {})
    assert shared.count('id="icon-bb22"') == 1
    assert shared.count("<style>") == 2  # colours, and what else the same style sheet of both says
    assert "<image" not in "".join(drawing.markup for drawing in drawings)
    assert "font-face" not in shared + drawings[0].markup


def test_an_icon_that_has_a_file_is_shown_from_it_and_one_of_lines_is_not():
    icons = '<image id="icon-a" xlink:href="data:image/png;base64,AA=="/>'
    drawing = take(
        f"<defs>{icons}{icons.replace('-a', '-b')}{icons.replace('-a', '-c').replace('png', 'svg+xml')}</defs>"
    )
    shared = sprite([drawing], {"icon-a": "icons/a.png", "icon-c": "icons/c.png"}, "../")
    assert '<image id="icon-a" xlink:href="../icons/a.png"/>' in shared
    assert '<image id="icon-b" xlink:href="data:image/png;base64,AA=="/>' in shared
    assert '<image id="icon-c" xlink:href="data:image/svg+xml;base64,AA=="/>' in shared


def test_a_colour_that_the_style_sheet_has_too_stands_there_alone():
    look = "@supports(color:light-dark(#000,#fff)){.f-card{fill:light-dark(#ffffff,#1b222c)}}"
    drawing = take(f'<style>{look}</style><rect class="f-card" fill="#ffffff" stroke="#abcdef"/><rect fill="#ffffff"/>')
    assert "<rect class=f-card stroke=#abcdef /><rect fill=#ffffff />" in drawing.markup
    assert f"<style>.f-card{{fill:#ffffff}}{look}</style>" in sprite([drawing], {})


def test_colours_of_several_drawings_stand_once_and_what_else_they_say_as_it_is():
    card, ink = ".f-card{fill:light-dark(#fff,#1b222c)}", ".f-ink{fill:light-dark(#000,#e6ebf1)}"
    supported = "@supports(color:light-dark(#000,#fff))"
    drawings = [
        take(f"<style>svg:root{{color-scheme:light dark}}{supported}{{{card}}}</style>"),
        take(f"<style>{supported}{{{card}{ink}}}.own{{opacity:.5}}</style>"),
    ]
    shared = sprite(drawings, {})
    assert f"<style>.f-card{{fill:#fff}}.f-ink{{fill:#000}}{supported}{{{card}{ink}}}</style>" in shared
    assert "<style>.own{opacity:.5}</style>" in shared
    assert shared.count("<style>") == 2


def test_ids_of_two_drawings_stay_apart():
    drawing = take('<defs><clipPath id="c"/></defs><g clip-path="url(#c)"><use xlink:href="#c"/></g>')
    assert " id=v--c " in drawing.markup
    assert 'clip-path="url(#v--c)"' in drawing.markup
    assert " xlink:href=#v--c " in drawing.markup


def test_what_shapes_say_of_their_look_is_a_class_that_drawings_share():
    line = '<path d="M0 0H9" fill="none" class="s-line" stroke-width="1.6" stroke-dasharray="7 4"/>'
    text = '<text x="1" font-size="12.5" font-weight="600" text-anchor="middle">a</text>'
    drawings = [take(line + text), take(line)]
    assert '<path d="M0 0H9" class="s-line nw1_6d7-4"/><text x=1 class=z12_5b600am>a</text>' in drawings[0].markup
    shared = sprite(drawings, {})
    assert shared.count(".nw1_6d7-4{fill:none;stroke-width:1.6;stroke-dasharray:7 4}") == 1
    assert ".z12_5b600am{font-size:12.5px;font-weight:600;text-anchor:middle}" in shared


def test_a_look_that_no_class_can_say_and_one_without_a_sprite_stay():
    odd = '<path d="M0 0H9" fill="#ffd700" stroke-width="1e3;}a{" stroke-linecap="round"/>'
    assert '<path d="M0 0H9" fill=#ffd700 stroke-width="1e3;}a{" class=c />' in take(odd).markup
    alone = inline(f"<svg {XMLNS}>{odd}</svg>", prefix="v", label="", has_sprite=False)
    assert "stroke-linecap=round" in alone.markup


def test_an_edge_says_where_it_leads_only_where_its_name_does_not():
    edges = [("a--b", "a", "b"), ("a--b-2", "a", "b"), ("a--b--c", "a", "b--c"), ("e1", "a", "b")]
    groups = [f'<g data-edge="{name}" data-tail="{tail}" data-head="{head}"/>' for name, tail, head in edges]
    assert (
        "<g data-edge=a--b /><g data-edge=a--b-2 data-tail=a data-head=b /><g data-edge=a--b--c data-tail=a"
        " data-head=b--c /><g data-edge=e1 data-tail=a data-head=b />"
    ) in take("".join(groups)).markup


@pytest.mark.parametrize("value", ["a/", "/", "a b", 'a"b', "a>b", "a'b", "a=b", "", "`", "\u00e9", "#x"])
def test_a_value_is_read_as_it_was_with_and_without_quotes(value):
    written = take(f"<rect data-x={quoteattr(value)}/><path/>").markup
    read = []
    parser = HTMLParser()
    parser.handle_startendtag = lambda tag, attributes: read.append((tag, dict(attributes)))
    parser.feed(written)
    assert read == [("rect", {"data-x": value}), ("path", {})]


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        "<foreignObject><p>x</p></foreignObject>",
        '<rect onclick="alert(1)"/>',
        '<a xlink:href="javascript:alert(1)"><text>x</text></a>',
        '<image xlink:href="https://elsewhere.example/x.png"/>',
        '<use href="javascript:alert(1)"/>',
        '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>',
    ],
)
def test_nothing_in_a_drawing_runs_or_loads(inside):
    markup = take(inside).markup
    assert "alert" not in markup
    assert "elsewhere" not in markup


@pytest.mark.parametrize(
    ("link", "kept"),
    [
        ("https://example.org/a?b=1&amp;c=2", True),
        ("mailto:somebody@example.org", True),
        ("javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("//example.org", False),
    ],
)
def test_what_stands_in_a_link_is_shown_whatever_the_link_is(link, kept):
    markup = take(
        f'<g><a xlink:href="{link}" xlink:title="role"><polygon points="0,0 1,1"/><text>name</text></a></g>'
    ).markup
    assert "<polygon" in markup
    assert ">name</text>" in markup
    assert ("href" in markup) == kept


def test_texts_are_escaped_again():
    assert "&lt;script&gt; &amp; x" in take("<text>&lt;script&gt; &amp; x</text>").markup


def test_the_title_that_the_page_has_too_is_left_out():
    drawing = take(
        '<title>T</title><g class="head"><text>T</text></g><g class="body"/>',
        'data-body="24 86 100 200" viewBox="0 0 148 330" height="330"',
    )
    assert "T</t" not in drawing.markup
    assert 'viewBox="0 62 148 268"' in drawing.markup
    assert 'aria-label="what it shows"' in drawing.markup


@pytest.mark.parametrize("text", ["", "no xml", "<html/>", "<!DOCTYPE svg><svg/>"])
def test_what_is_no_drawing_is_refused(text):
    with pytest.raises(ValueError, match="drawing"):
        inline(text, prefix="v", label="")
