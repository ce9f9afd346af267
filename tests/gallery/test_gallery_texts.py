import json

from archfolio.gallery.file_sizes import file_size
from archfolio.gallery.pages.json_script import data_block
from archfolio.gallery.pages.llms_txt import llms_text
from archfolio.gallery.pages.source import listing


def test_json_in_a_page_cannot_end_its_script():
    hostile = {"</script><!--": ["&", "\u2028", "<b>", "🦊"]}
    text = str(data_block(hostile))
    assert not set(text) & set("<>&\u2028")
    assert json.loads(text) == hostile


def test_sizes_are_read_at_a_glance():
    assert [file_size(count) for count in (999, 1_500, 156_499, 2_340_000)] == [
        "999\u202fB",
        "1.5\u202fkB",
        "156\u202fkB",
        "2.3\u202fMB",
    ]


def test_every_line_of_source_is_there_and_escaped(plain):
    found = listing(plain)
    assert found.count == 4
    assert "&lt;/pre&gt;" in found.lines[0].code
    assert "<script>" not in "".join(line.code for line in found.lines)
    assert all(line.code.count("<span") == line.code.count("</span") for line in found.lines)


def test_a_line_links_the_boxes_it_draws(movies):
    line = listing(movies).lines[18]
    assert [(link.text, link.href) for link in line.draws] == [("Ranker", "#view=serving&node=online/ranker")]


def test_the_text_for_machines_says_every_drawing_in_words(catalog):
    text = llms_text(catalog)
    assert text.startswith("# archfolio\n\n> ")
    assert "### [Movie recommender](systems/movie-recommender.html)" in text
    assert "- Viewers send requests to Ranker: 34.7\u202fk/s." in text
    assert "{peak}" not in text
