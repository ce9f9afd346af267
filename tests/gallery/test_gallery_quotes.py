from archfolio.gallery import prose
from archfolio.gallery.catalog import quantities_by_name


def test_a_text_quotes_figures_with_and_without_their_unit(movies):
    assert prose.to_text("{peak} and {peak:n}", quantities_by_name(movies)) == "34.7\u202fk/s and 34.7\u202fk"


def test_what_names_no_figure_stays():
    assert prose.to_text("{nothing} {", {}) == "{nothing} {"
    assert prose.to_html("{nothing} <b>", {}) == "{nothing} &lt;b&gt;"


def test_a_figure_in_html_says_which_it_is(movies):
    assert prose.to_html("at {peak:n} <", quantities_by_name(movies)) == (
        'at <span class="figure" data-figure="peak" data-form="number">34.7\u202fk</span> &lt;'
    )


def test_one_line_keeps_the_narrow_space_of_a_figure():
    assert prose.one_line(" a\n b  34.7\u202fk/s ") == "a b 34.7\u202fk/s"
