"""Marked blocks in the cells of a notebook: however its file is written, only what is between the marks changes."""

import json
import re
import tracemalloc
from itertools import pairwise

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from note_blocks import block, planned


def test_a_notebook_is_changed_in_its_markdown_cells_only() -> None:
    first, last = "<!-- archfolio:begin shop/serving -->", "<!-- archfolio:end -->"
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": ["é 😀\n", f"{first}\n", f"{last}\n", "after"]},
        {"cell_type": "markdown", "source": f"{first}\n{last}"},
        {"cell_type": "code", "source": ["<!-- archfolio:begin nowhere -->\n"]},
        {"cell_type": "markdown", "source": []},
    ]
    for ascii_only in (True, False):
        text = json.dumps({"cells": cells, "nbformat": 4}, indent=1, ensure_ascii=ascii_only) + "\n"
        plan = planned(text, ".ipynb", write=lambda *_: 'says "→"\nand \\')
        after = plan.after.decode()
        now = json.loads(after)["cells"]
        assert "".join(now[0]["source"][2:6]) == '\nsays "→"\nand \\\n\n'
        assert now[0]["source"][-1] == "after"
        assert now[1]["source"].count("\n") == 5
        assert now[2:] == cells[2:]
        assert after.isascii() == ascii_only
        untouched = [line for line in text.splitlines() if first not in line]
        assert [line for line in after.splitlines() if line in untouched] == untouched
        assert planned(after, ".ipynb", write=lambda *_: 'says "→"\nand \\').after == plan.after


def test_a_mistake_in_a_notebook_is_at_its_line_in_the_file() -> None:
    text = json.dumps(
        {"cells": [{"cell_type": "markdown", "source": ["a\n", "<!-- archfolio:begin shop -->"]}]}, indent=1
    )
    line = text.splitlines().index('    "<!-- archfolio:begin shop -->"') + 1
    assert str(planned(text, ".ipynb").errors[0]).startswith(f"note.ipynb:{line}: the block is not closed")
    assert "no notebook" in str(planned("archfolio: {", ".ipynb").errors[0])


@given(
    st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2, max_size=2),
    st.lists(st.integers(0, 200), max_size=5),
    st.text(max_size=20),
    st.booleans(),
    st.sampled_from([None, 1]),
)
@settings(max_examples=150, deadline=None)
def test_a_cell_is_edited_however_its_source_is_cut_into_strings(
    around: list[str], cuts: list[int], said: str, ascii_only: bool, indent: int | None
) -> None:
    before, after = (re.sub(r"archfolio:|[`~\r]", "", text) for text in around)
    said = re.sub(r"archfolio:|[`~\r\ud800-\udfff]", "", said)
    text = f"{before}\n{block()}{after}"
    places = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    source = [text[start:end] for start, end in pairwise(places)]
    assume(any("archfolio:" in string for string in source))  # by which notes without blocks are passed over fast
    content = json.dumps(
        {"cells": [{"cell_type": "markdown", "source": source}]}, ensure_ascii=ascii_only, indent=indent
    )
    plan = planned(content, ".ipynb", write=lambda *_: f"x{said}")
    assert not plan.errors
    [cell] = json.loads(plan.after)["cells"]
    now = "".join(cell["source"])
    assert now.startswith(f"{before}\n<!-- archfolio:begin shop/serving sum=")
    assert now.endswith(f"\n\nx{said}\n\n<!-- archfolio:end -->\n{after}")
    assert planned(plan.after, ".ipynb", write=lambda *_: f"x{said}").after == plan.after


@pytest.mark.parametrize("long", ["x" * 400_000, ('"\\' * 100 + "\n") * 600, "\u00e9\U0001f600" * 60_000])
def test_a_notebook_with_a_long_string_takes_little_memory(long: str) -> None:
    cell = {"cell_type": "markdown", "source": f"{long}\n{block()}"}
    content = json.dumps({"cells": [cell, {"cell_type": "code", "source": [], "outputs": [long]}]}).encode()
    tracemalloc.start()
    plan = planned(content, ".ipynb")
    taken = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert plan.stale
    assert taken < 14 * len(content) + 500_000


@pytest.mark.parametrize("deep", ["[" * 100_000, '{"cells": ' * 100_000, '{"cells": ' + "[" * 5000 + "]" * 5000 + "}"])
def test_a_notebook_that_is_nested_deeply_is_no_notebook(deep: str) -> None:
    [error] = planned(f"{deep} archfolio:", ".ipynb").errors
    assert "this is no notebook" in str(error)
