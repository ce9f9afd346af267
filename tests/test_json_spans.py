"""Values of JSON are found where they stand in the text."""

import json

from hypothesis import given
from hypothesis import strategies as st

from archfolio.render.notes.json_spans import JsonSpan, items, json_members, whole

JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(st.text(), inner, max_size=4)),
    max_leaves=12,
)


@given(JSON, st.sampled_from([None, 0, 2]), st.booleans())
def test_values_of_json_are_found_where_they_stand(value, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)

    def same(span: JsonSpan, expected) -> None:
        assert json.loads(text[span.start : span.stop]) == expected
        if isinstance(expected, dict):
            found = dict(json_members(text, span))
            assert found.keys() == expected.keys()
            for key, member in found.items():
                same(member, expected[key])
        if isinstance(expected, list):
            for item, wanted in zip(items(text, span), expected, strict=True):
                same(item, wanted)

    same(whole(text), value)
