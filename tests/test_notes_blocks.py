"""Marked blocks: what is ours is renewed, what is a person's stays, and nothing else changes by a byte."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from note_blocks import MARKED, block, filled, planned, shows
from note_builds import HOSTILE, built, system, view

from archfolio.gallery.export.snippets import TARGETS
from archfolio.render.notes.diff import unified
from archfolio.render.notes.encoding import decode
from archfolio.render.notes.markers import SYNTAXES, MarkerError, Syntax, parse_markers
from archfolio.render.notes.plan_note import Drawings, plan_note


@pytest.mark.parametrize("suffix", MARKED)
def test_a_block_is_filled_in_every_kind_of_file(suffix: str) -> None:
    text = f"before\n{block(suffix=suffix)}after\n"
    after = filled(text, suffix)
    assert "shop/serving figure None" in after
    assert after.startswith("before\n")
    assert after.endswith("after\n")
    assert re.search(r"archfolio:begin shop/serving sum=[0-9a-f]{8}\b", after)
    assert filled(after, suffix) == after


def test_a_block_in_a_list_keeps_its_indent() -> None:
    after = filled(f"- item\n{block(indent='  ')}")
    assert "\n  shop/serving figure None\n\n  second line\n" in after
    moved = after.replace("\n  ", "\n    ")
    assert not planned(moved).edited


@pytest.mark.parametrize("indent", ["> ", ">", "> > ", "  > ", ">   "])
def test_a_block_in_a_quote_or_a_callout_stays_in_it(indent: str) -> None:
    text = f"{indent}[!note] Serving\n{indent}\n{block(indent=indent)}\nbehind it\n"
    plan = planned(text)
    assert (plan.blocks, plan.shown, plan.errors) == (1, 0, ())
    first, *inside, last = plan.after.decode().splitlines()[2:-2]
    assert "archfolio:begin shop/serving sum=" in first
    assert inside == [
        indent.rstrip(),
        f"{indent}shop/serving figure None",
        indent.rstrip(),
        f"{indent}second line",
        indent.rstrip(),
    ]
    assert last == f"{indent}<!-- archfolio:end -->"
    assert not planned(plan.after).stale
    edited = planned(plan.after.decode().replace("second", "my own"))
    assert edited.edited
    assert not edited.stale


@pytest.mark.parametrize("newline", ["\r\n", "\r"])
def test_line_ends_are_those_of_the_mark(newline: str) -> None:
    text = f"a\n{block()}".replace("\n", newline)
    after = planned(text).after
    assert "\n" not in after.decode().replace(newline, "")
    assert planned(after).after == after
    checked_out = after.decode().replace(newline, "\n")
    assert planned(checked_out).after.decode() == checked_out


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "latin-1", "utf-8"])
def test_encoding_and_mark_stay(codec: str) -> None:
    content = f"café\n{block()}ü".encode(codec)
    after = planned(content).after
    assert after != content
    assert decode(after).codec == decode(content).codec
    assert after.decode(codec).startswith("café\n")
    assert after.decode(codec).endswith("ü")


def test_a_character_that_the_note_cannot_hold_is_an_error() -> None:
    plan = planned(f"caf\xe9\n{block()}".encode("latin-1"), write=lambda *_: "→")
    assert [str(error) for error in plan.errors] == [
        "note.md:2: '→' cannot be written in latin-1: save the note as UTF-8"
    ]
    assert plan.after == plan.before


def test_an_edit_inside_a_block_is_never_overwritten() -> None:
    edited = filled(block()).replace("second", "my own")
    plan = planned(edited, write=lambda *_: "new")
    assert plan.after == plan.before
    assert "edited by hand" in str(plan.edited[0])
    assert "-my own line" in unified("note.md", plan.after, plan.forced)
    assert "\nnew\n" in planned(edited, write=lambda *_: "new", force=True).after.decode()


def test_text_in_a_block_that_was_never_filled_is_a_persons() -> None:
    assert planned(block(body="mine\n")).edited
    same = filled(block())
    assert planned(re.sub(r" sum=\w+", "", same)).after.decode() == same


def test_options_may_be_changed_by_hand_at_any_time() -> None:
    after = filled(filled(block()).replace("shop/serving ", "shop/serving width=300 ", 1))
    assert "shop/serving figure 300" in after
    assert "width=300 sum=" in after


FIRST, LAST = MARKED[".md"][0].format("archfolio:begin nowhere"), MARKED[".md"][1]
MARKS = f"{FIRST}\n{LAST}\n"


def indented(text: str, by: str) -> str:
    return "".join(f"{by}{line}" if line.strip() else line for line in text.splitlines(keepends=True))


SHOWN = {
    "a fence": (f"```html\n{MARKS}```\n", ".md"),
    "a fence of tildes": (f"~~~~\n```\n{MARKS}~~~~\n", ".md"),
    "a fence on the line of a list item": (f"- ```\n{indented(MARKS, '  ')}  ```\n", ".md"),
    "a fence in a numbered list": (f"1. words\n\n   ```\n{indented(MARKS, '   ')}   ```\n", ".md"),
    "a fence that is not closed": (f"```\n{MARKS}", ".md"),
    "indented code": (f"words\n\n{indented(MARKS, '    ')}\n", ".md"),
    "code indented by a tab": (f"words\n\n{indented(MARKS, chr(9))}\n", ".md"),
    "code indented in a list": (f"- words\n\n{indented(MARKS, '      ')}\n", ".md"),
    "four blanks are no fence but code": (f"    ```\n{indented(MARKS, '    ')}\n", ".md"),
    "an element of code": (f"<pre>\n\n{MARKS}</pre>\n", ".md"),
    "a script": (f"<script>\n{MARKS}</script>\n", ".md"),
    "a comment": (f"<!--\n{FIRST}\n", ".md"),
    "code in the line": ("`<!-- archfolio:begin x -->` is a mark\n", ".md"),
    "a Quarto cell": (f"```{{python}}\n{MARKS}```\n", ".qmd"),
    "an HTML script": (f"<script>\n{MARKS}</script>\n", ".html"),
    "an HTML text area": (f"<textarea>\n{MARKS}</textarea>\n", ".html"),
    "an HTML comment": (f"<!--\n{FIRST}\n", ".htm"),
    "an Org source": (f"#+BEGIN_SRC md\n{block('nowhere', '.org')}#+END_SRC\n", ".org"),
    "an Org example": (f"  #+begin_example\n{block('nowhere', '.org')}  #+end_example\n", ".org"),
    "TeX verbatim": (f"\\begin{{verbatim}}\n{block('nowhere', '.tex')}\\end{{verbatim}}\n", ".tex"),
    "TeX Verbatim": (f"x \\begin{{Verbatim}}[a=b]\n{block('nowhere', '.tex')}\\end{{Verbatim}} y\n", ".tex"),
    "TeX filecontents": (f"\\begin{{filecontents*}}{{a}}\n{block('nowhere', '.tex')}\\end{{filecontents*}}\n", ".tex"),
    "a TeX comment": (f"\\begin{{comment}}\n{block('nowhere', '.tex')}\\end{{comment}}\n", ".tex"),
    "code in an admonition": (f"!!! note\n\n    words\n\n{indented(MARKS, '        ')}\n", ".md"),
    "a fence in a tab": (f'=== "One"\n\n    ```html\n{indented(MARKS, "    ")}    ```\n', ".md"),
    "a comment of Obsidian": ("%% <!-- archfolio:begin x --> %%\n", ".md"),
    "an rst literal block": (f"words::\n\n{indented(block('nowhere', '.rst'), '   ')}\n", ".rst"),
    "an rst code block": (
        f".. code-block:: rst\n   :caption: x\n\n{indented(block('nowhere', '.rst'), '   ')}\n",
        ".rst",
    ),
    "rst code in a note": (f".. note::\n\n   .. code::\n\n{indented(block('nowhere', '.rst'), '      ')}\n", ".rst"),
    "an rst comment": (f"..  left out\n{indented(block('nowhere', '.rst'), '   ')}\n", ".rst"),
    "a Typst block comment": (f"/* /* */\n{block('nowhere', '.typ')}*/\n", ".typ"),
    "Typst raw text": (f"```md\n{block('nowhere', '.typ')}```\n", ".typ"),
    "Typst raw text in a call": (f"#x(`\n{block('nowhere', '.typ')}`)\n", ".typ"),
    "Typst raw text with a backslash": (f"`````\\`\n{block('nowhere', '.typ')}`````\n", ".typ"),
}
MEANT = {
    "in a list": f"- words\n\n{indented(block(), '  ')}\n",
    "deep in a list": f"1. words\n   - more\n\n{indented(block(), '     ')}\n",
    "in an admonition": f"!!! note\n\n{indented(block(), '    ')}\n",
    "in an admonition, behind words": f'??? tip "How"\n    words\n\n{indented(block(), "    ")}\n',
    "in a tab": f'=== "One"\n\n    words\n\n{indented(block(), "    ")}\n=== "Two"\n\n    more\n',
    "in a tab of an admonition": f'!!! note\n\n    === "One"\n\n{indented(block(), "        ")}\n',
    "in an element": f"<details>\n{block()}\n</details>\n",
    "behind a fence that ends with its item": f"- ```\n  code\n\n{block()}",
    "behind a fence in a quote": f"> ```\n> code\n\n{block()}",
    "behind code": f"words\n\n    code\n    ```\n\n{block()}",
    "behind backticks in a line": f"words ``` words\n\n{block()}",
    "behind an Org block that does not end": f"#+begin_src x\n\n{block(suffix='.org')}",
    "behind an rst literal block": f"words::\n\n   code\n\n{block(suffix='.rst')}",
    "in an rst note": f".. note::\n\n{indented(block(suffix='.rst'), '   ')}\n",
    "behind an empty rst comment": f"..\n\n{indented(block(suffix='.rst'), '   ')}\n",
    "behind a TeX comment about verbatim": f"% \\begin{{verbatim}}\n{block(suffix='.tex')}",
    "behind a Typst address": f"see https://example.org/* and `x` // ```\n{block(suffix='.typ')}",
    "behind Typst raw text": f"``` /* ``` \\` \n{block(suffix='.typ')}",
    "behind an HTML script": f"<script>a = '<!--'</script>\n{block(suffix='.html')}",
}


@pytest.mark.parametrize("case", SHOWN)
def test_marks_that_are_only_shown_are_left_alone_and_counted(case: str) -> None:
    text, suffix = SHOWN[case]
    plan = planned(text + "\n", suffix)
    assert not plan.errors
    assert plan.after == plan.before
    assert plan.shown == (0 if case in {"code in the line", "a comment of Obsidian"} else text.count("archfolio:"))


@pytest.mark.parametrize("case", MEANT)
def test_marks_that_are_meant_are_followed_whatever_stands_before_them(case: str) -> None:
    text = MEANT[case]
    suffix = next((suffix for suffix in MARKED if MARKED[suffix][0].format("archfolio:begin shop") in text), ".md")
    plan = planned(text, ".html" if "HTML" in case else suffix)
    assert not plan.errors
    assert plan.stale
    assert (plan.blocks, plan.shown) == (1, 0)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"\n<!-- archfolio:begin shop -->\n{block()}", "note.md:3: a block begins inside the one of line 2"),
        ("\n\n<!-- archfolio:begin shop -->\n", "note.md:3: the block is not closed"),
        ("<!-- archfolio:end -->\n", "note.md:1: a block ends that was not begun"),
        ("<!-- archfolio:start shop -->\n", "'archfolio:start' is no mark"),
        ("<!-- archfolio:begin -->\n", "a block shows something"),
        ("<!-- archfolio:begin shop --> <!-- archfolio:end -->\n", "give it a line of its own"),
        ("<!-- archfolio:begin shop -- >\n", "give it a line of its own"),
        ("see <!-- archfolio:begin shop -->\n", "note.md:1: a mark fills its line: give it a line of its own"),
        ("| <!-- archfolio:begin shop --> | x |\n", "give it a line of its own, or show it as code"),
        ("- <!-- archfolio:begin shop -->\n", "give it a line of its own"),
        (block("shop width"), "'width' is no option"),
        (block("shop width=1 width=2"), "'width=2' is no option"),
        (block("shop width=wide"), "width is a number of pixels"),
        (block("shop as=song"), "as is one of figure, img, mermaid, iframe"),
        (block("shop colour=red"), "there is no option 'colour'"),
        (block("shop for=nowhere"), "'for=nowhere' does not fit this kind of note: it takes github, gitlab, obsidian"),
        (block("shpo"), "there is no system 'shpo'; did you mean 'shop'?"),
        (block("shop/servin"), "there is no view 'servin' of 'shop'; did you mean 'shop/serving'?"),
    ],
)
def test_a_mark_that_cannot_be_followed_is_an_error_with_its_place(text: str, said: str) -> None:
    plan = planned(f"{text}\n{block()}" if "inside" not in said and "closed" not in said else text)
    assert said in "\n".join(map(str, plan.errors))
    assert plan.after == plan.before


IN_MARKDOWN = "github gitlab obsidian logseq notion jupyter vscode quarto mkdocs myst html"
FITTING = {".html": "html", ".org": "org", ".rst": "sphinx", ".tex": "latex", ".typ": "typst"}


@pytest.mark.parametrize("suffix", MARKED)
def test_a_note_takes_targets_of_its_kind_alone(suffix: str) -> None:
    errors = {target: planned(block(f"shop for={target}", suffix=suffix), suffix).errors for target in TARGETS}
    fitting = FITTING.get(suffix, IN_MARKDOWN).split()
    assert {target for target, found in errors.items() if not found} == set(fitting)
    [error] = errors["slack"]
    assert "'for=slack' does not fit this kind of note: it takes " in str(error)
    assert all(target in str(error) for target in fitting)


@pytest.mark.parametrize(
    "said", ["archfolio-begin shop", "Archfolio:Begin shop", "archfolio begin shop/serving", "archfolio_end"]
)
@pytest.mark.parametrize("suffix", MARKED)
def test_a_mark_that_is_misspelt_is_no_comment(said: str, suffix: str) -> None:
    first, last = MARKED[suffix]
    plan = planned(f"text\n\n{first.format(said)}\n", suffix)
    assert [str(one) for one in plan.errors] == [
        f"note{suffix}:3: this is no mark: write '{first.format('archfolio:begin NAME')}' or '{last}'"
    ]


@pytest.mark.parametrize(
    ("suffix", "line"),
    [
        (".md", "// archfolio:begin shop"),
        (".md", "# archfolio:end"),
        (".md", "% archfolio:begin shop"),
        (".rst", "<!-- archfolio:begin shop -->"),
        (".org", "<!-- archfolio:begin shop -->"),
        (".tex", "# archfolio:begin shop"),
        (".typ", "<!-- archfolio:end -->"),
    ],
)
def test_a_mark_in_the_comment_of_another_kind_of_file_is_told(suffix: str, line: str) -> None:
    first, last = MARKED[suffix]
    [error] = planned(f"{line}\n", suffix).errors
    assert error.sentence == f"this is no mark: write '{first.format('archfolio:begin NAME')}' or '{last}'"


@pytest.mark.parametrize(
    "text",
    [
        "<!-- archfolio end users -->\n",
        "<!-- archfolio begins here -->\n",
        "archfolio-begin shop\n",
        "```\n<!-- archfolio-begin shop -->\n// archfolio:begin shop\n```\n",
        "Write `<!-- archfolio-begin -->`.\n",
        "%% archfolio:begin shop %%\n",
        "See https://example.org/#archfolio:begin\n",
    ],
)
def test_what_only_speaks_of_marks_is_left_alone(text: str) -> None:
    plan = planned(text)
    assert (plan.errors, plan.after) == ((), plan.before)


def test_a_renamed_view_is_followed_and_said() -> None:
    plan = planned(block("shop/old"), old="older", older="serving")
    assert "'shop/old' is now 'shop/serving'" in str(plan.moved[0])
    assert "archfolio:begin shop/serving sum=" in plan.after.decode()


NOTE = st.lists(
    st.one_of(
        st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
        st.sampled_from(["```", "~~~", "<!-- x -->", "- item", "    code", HOSTILE]),
    ),
    max_size=6,
).map("\n".join)
# What can hide a mark from us, or be one, is no good as the text around one.
AROUND = NOTE.filter(lambda text: not re.search(r"[ \t]*(```|~~~)|archfolio:|\r(?!\n)", text))


@given(
    AROUND,
    AROUND,
    st.sampled_from(["\n", "\r\n"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
)
@settings(max_examples=150, deadline=None)
def test_whatever_stands_around_blocks_stays_byte_for_byte(before: str, after: str, newline: str, said: str) -> None:
    said = said.replace("archfolio:", "").replace("`", "").replace("~", "")
    text = newline.join([before, *block().splitlines(), "between", *block("shop/training").splitlines(), after])
    plan = planned(text, write=lambda *_: f"x{said}")
    assert not plan.errors
    now = plan.after.decode()
    assert now.startswith(f"{before}{newline}<!-- archfolio:begin shop/serving sum=")
    assert now.endswith(f"<!-- archfolio:end -->{newline}{after}")
    assert f"<!-- archfolio:end -->{newline}between{newline}<!-- archfolio:begin shop/training sum=" in now
    again = planned(plan.after, write=lambda *_: f"x{said}")
    assert again.after == plan.after
    assert not again.edited


@given(st.binary(max_size=200), st.sampled_from(sorted(SYNTAXES)))
def test_any_bytes_are_read_and_given_back(content: bytes, suffix: str) -> None:
    assert planned(content, suffix).after == content
    note = decode(content)
    assert note.bytes_of(note.text) == content


@given(st.text(alphabet="<!-archfoli:begnd shop/=\n`", max_size=120))
def test_half_marks_are_blocks_or_mistakes_and_never_a_crash(text: str) -> None:
    for syntax in SYNTAXES.values():
        lines = text.count("\n") + 1
        assert 0 <= _line_of_mistake(text, syntax) <= lines


def _line_of_mistake(text: str, syntax: Syntax) -> int:
    try:
        parse_markers(text, syntax)
    except MarkerError as error:
        return error.line
    return 0


def test_the_hook_that_the_manual_shows_takes_every_kind_of_note() -> None:
    manual = (Path(__file__).parents[1] / "docs" / "notes.md").read_text(encoding="utf-8")
    [pattern] = re.findall(r"^      files: (.*)$", manual, re.MULTILINE)
    assert all(re.search(pattern, f"docs/note{suffix}") for suffix in SYNTAXES)
    assert not re.search(pattern, "docs/note.xhtml")


def test_the_view_of_a_system_named_alone_is_its_first() -> None:
    made = built(system("shop", (view("zeta"), view("alpha"))))
    plan = plan_note(Path("a.md"), block("shop").encode(), Drawings(made, {}, shows))
    assert "shop figure" in plan.after.decode()
