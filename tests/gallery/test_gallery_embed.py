from msgspec.structs import replace

from gallery.embed import snippets


def by_target(view):
    return {snippet.target: snippet.text for snippet in snippets(view)}


def test_each_target_gets_its_own_syntax(movies):
    texts = by_target(movies.views[0])
    assert texts["Markdown"].endswith("](images/movie-recommender/serving.svg)")
    assert texts["Obsidian"] == "![[serving.svg|820]]"
    assert texts["HTML"].startswith('<img src="images/movie-recommender/serving.svg" width="820" alt="Viewers ask')
    assert texts["Slides, Notion, Slack"] == "images/movie-recommender/serving@2x.png"


def test_texts_cannot_break_out_of_the_syntax(plain):
    texts = by_target(plain.views[0])
    assert "<script>" not in texts["HTML"]
    assert "\\<script\\>" in texts["Markdown"]
    assert r"\& " in texts["LaTeX"]


def test_a_drawing_without_png_has_no_snippet_for_png(movies):
    view = movies.views[0]
    only_svg = replace(view, files=[file for file in view.files if file.format == "svg"])
    assert "Slides, Notion, Slack" not in by_target(only_svg)
    assert "Typst" not in by_target(only_svg)
