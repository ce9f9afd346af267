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


def test_every_line_of_source_is_there_with_its_number_and_escaped(plain):
    found = listing(plain)
    lines = found.code.removesuffix("\n").split("\n")
    assert len(lines) == found.count == 4
    assert all(line.startswith(f"<a id=L{number} href=#L{number}>{number}</a>") for number, line in enumerate(lines, 1))
    assert "&lt;/pre&gt;" in lines[0]
    assert "<script>" not in found.code
    assert all(line.count("<i") == line.count("</i") for line in lines)


def test_a_line_links_the_boxes_it_draws(movies):
    line = listing(movies).code.split("\n")[18]
    assert line.endswith('<a class="draws" href="#view=serving&amp;node=online/ranker">Ranker</a>')


def test_the_text_for_machines_says_every_drawing_in_words(catalog):
    text = llms_text(catalog)
    assert text.startswith("# archfolio\n\n> ")
    assert "### [Movie recommender](systems/movie-recommender.html)" in text
    assert "- Viewers send requests to Ranker: 34.7\u202fk/s." in text
    assert "{peak}" not in text
