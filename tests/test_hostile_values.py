"""Whatever a module says: one sentence with file and line, that module alone fails, and its last good pictures stay."""

from __future__ import annotations

import copy
import dataclasses
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archfolio.gallery import manifest
from archfolio.gallery.site import assemble
from archfolio.render.build.to_manifest import record_system
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.capture.validate import validated

SYSTEMS = Path(__file__).parent.parent / "systems"
EXAMPLE = SYSTEMS / "recommendation_systems.py"  # it has every section

HOSTILE = st.one_of(
    st.sampled_from([None, True, "", "\ud800", "\x00", "\ufffe", "\x1b[2J", "</script>", "{nothing}", "a\nb"]),
    st.sampled_from([float("inf"), float("-inf"), float("nan"), 0, -1, 1e308, 5e-324, 2**53, 2**64, -(10**400)]),
    st.sampled_from([b"bytes", object, [], {}, (), ["\udc00"], {"\ufffe": 1}, [None], {None: None}, {1: float("nan")}]),
    st.text(alphabet=st.characters(), max_size=20),
    st.integers(),
    st.floats(),
    st.lists(st.one_of(st.text(max_size=3), st.none(), st.floats()), max_size=3),
    st.dictionaries(
        st.one_of(st.text(max_size=3), st.integers()), st.one_of(st.text(max_size=3), st.floats()), max_size=2
    ),
)


def places(value, path=()):
    """List the way to everything that a module says: the fields of every section, in any depth."""
    if dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield (*path, field.name)
            yield from places(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, list | tuple):
        for index, item in enumerate(value[:2]):
            yield (*path, index)
            yield from places(item, (*path, index))
    elif hasattr(value, "items"):
        for key in list(value)[:2]:
            yield (*path, key)
            yield from places(value[key], (*path, key))


def put(value, path, new, *, checks=False):
    """Copy a value with something else at a place in it; `checks` lets each type check itself, as for an author."""
    if not path:
        return new
    first, *rest = path
    changed = copy.copy(value)
    if dataclasses.is_dataclass(value):
        if checks:
            return dataclasses.replace(value, **{first: put(getattr(value, first), rest, new, checks=checks)})
        object.__setattr__(changed, first, put(getattr(value, first), rest, new, checks=checks))
        return changed
    if isinstance(value, list | tuple):
        return type(value)(
            put(item, rest, new, checks=checks) if index == first else item for index, item in enumerate(value)
        )
    if hasattr(changed, "_quantities"):  # an estimate
        changed._quantities = {
            key: put(item, rest, new, checks=checks) if key == first else item for key, item in value.items()
        }
        return changed
    return {key: put(item, rest, new, checks=checks) if key == first else item for key, item in value.items()}


def captured(path):
    here = Path.cwd()
    try:
        return capture(script(path))
    finally:
        os.chdir(here)


GOOD = captured(EXAMPLE)
PLACES = sorted(places(GOOD.system), key=repr) if GOOD.system else []


def test_the_example_has_every_section():
    assert GOOD.system
    empty = [field.name for field in dataclasses.fields(GOOD.system) if not getattr(GOOD.system, field.name)]
    assert empty == []


@pytest.mark.parametrize("path", [pytest.param(path, id=".".join(map(str, path))) for path in PLACES])
@pytest.mark.parametrize("value", [None, "\ud800", "\ufffe", float("inf"), float("nan"), 10**400, b"x"], ids=repr)
def test_what_cannot_be_written_down_is_refused_wherever_it_stands(path, value):
    checked = validated(dataclasses.replace(GOOD, system=put(GOOD.system, path, value)))
    optional = value is None and not checked.failures
    assert optional or [failure.file for failure in checked.failures] == [str(EXAMPLE)] * len(checked.failures) != []
    assert optional or (checked.drawings, checked.system) == ((), None)
    if optional:
        page_of(checked)


def page_of(checked):
    """Record a module and make its pages, as a build does."""
    system = manifest.as_read(record_system(checked, "module.py", []))
    build = manifest.Manifest(generator="archfolio", engine="Graphviz", systems=[system])
    return assemble(build, lambda _: "")


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(PLACES), HOSTILE)
def test_what_passes_can_be_recorded_and_shown(path, value):
    try:
        system = put(GOOD.system, path, value, checks=True)
    except Exception:  # noqa: BLE001  as in a module, where it is blamed on the author's line
        return
    checked = validated(dataclasses.replace(GOOD, system=system))
    for failure in checked.failures:
        assert "\n" not in str(failure)
        str(failure).encode()
    if not checked.failures:
        page_of(checked)
