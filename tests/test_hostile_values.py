"""Whatever a module says: one sentence with file and line, that module alone fails, and its last good pictures stay."""

from __future__ import annotations

import collections.abc
import copy
import dataclasses
import os
import sys
import types
import typing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from projects import BANK, SHOP, Project

from archfolio.gallery import manifest
from archfolio.gallery.site import assemble
from archfolio.render.base.errors import EnvironmentProblem
from archfolio.render.build.options import RenderOptions
from archfolio.render.build.to_manifest import record_subject
from archfolio.render.capture import validate
from archfolio.render.capture.discover import script
from archfolio.render.capture.module import capture
from archfolio.render.capture.validate import _faults, _fields, _tests, validated

SYSTEM = """
from archfolio import Budget, Decision, Metrics, Requirements, Source, System
SYSTEM = System(title="Shop", {})
"""
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


def filled(hint):
    """Make a value of an annotation, with something in every field."""
    origin, arguments = typing.get_origin(hint) or hint, typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return filled(arguments[0])
    if origin is tuple:
        return tuple(filled(argument) for argument in arguments if argument is not Ellipsis)
    if origin is collections.abc.Mapping:
        return {filled(arguments[0]): filled(arguments[1])}
    if origin is collections.abc.Sequence:
        return (filled(arguments[0]),)
    if dataclasses.is_dataclass(origin):
        made = object.__new__(origin)
        for name, _, inner in _fields(origin):
            object.__setattr__(made, name, filled(inner))
        return made
    return {str: "word", int: 1, float: 1.0, bool: True}[origin]


def complete(system):
    """Put something into the sections that a system leaves out."""
    for name, _, hint in _fields(type(system)):
        if not getattr(system, name):
            system = put(system, [name], filled(hint))
    return system


GOOD = captured(EXAMPLE)
assert GOOD.system, GOOD.failures
FULL = dataclasses.replace(GOOD, subject=complete(GOOD.system))
PLACES = sorted(places(FULL.system), key=repr)
REAL_PLACES = sorted(places(GOOD.system), key=repr)


def test_a_system_that_says_everything_passes():
    assert validated(FULL) == FULL


@pytest.mark.parametrize("path", [pytest.param(path, id=".".join(map(str, path))) for path in PLACES])
@pytest.mark.parametrize("value", [None, "\ud800", "\ufffe", float("inf"), float("nan"), 10**400, b"x"], ids=repr)
def test_what_cannot_be_written_down_is_refused_wherever_it_stands(path, value):
    checked = validated(dataclasses.replace(FULL, subject=put(FULL.system, path, value)))
    optional = value is None and not checked.failures  # a section may be left out
    assert optional or [failure.file for failure in checked.failures] == [str(EXAMPLE)] * len(checked.failures) != []
    assert optional or (checked.drawings, checked.system) == ((), None)


HINTS = [
    *(typing.Any, str, int, float, bool, str | None, int | str, Path, list, tuple, tuple[str, ...], tuple[str, float]),
    *(list[str | None], dict[str, float], collections.abc.Mapping[str, typing.Any], collections.abc.Sequence[str]),
]


@settings(max_examples=500, deadline=None)
@given(st.one_of(HOSTILE, HOSTILE.map(lambda value: (value,)), st.tuples(HOSTILE, HOSTILE)), st.sampled_from(HINTS))
def test_in_what_is_surely_right_a_thorough_look_finds_no_fault(value, hint):
    if _tests(hint)[type(value)](value):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(validate, "_tests", lambda _: validate._Tests())  # nothing is sure
            assert list(_faults("it", value, hint, 0)) == []


def page_of(checked):
    """Record a module and make its pages, as a build does."""
    system = manifest.as_read(record_subject(checked, []))
    build = manifest.Manifest(generator="archfolio", engine="Graphviz", systems=[system])
    return assemble(build, lambda _: "")


@pytest.mark.slow
@settings(max_examples=3000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(REAL_PLACES), HOSTILE)
def test_what_passes_can_be_recorded_and_shown(path, value):
    try:
        system = put(GOOD.system, path, value, checks=True)
    except Exception:  # noqa: BLE001  as in a module, where it is blamed on the author's line
        return
    checked = validated(dataclasses.replace(GOOD, subject=system))
    for failure in checked.failures:
        assert "\n" not in str(failure)
        str(failure).encode()
    if not checked.failures:
        page_of(checked)


def said(text):
    """Say something of the shop besides what it draws."""
    before, at, after = SHOP.partition("@view")
    return before + text + "\n" + at + after


def renamed(name):
    """Give the view's function another name, which a script can do."""
    text = SHOP.replace("@view", f"def named(draw):\n    draw.__name__ = {name}\n    return draw\n\n\n@view")
    return text.replace(")\ndef serving", ")\n@named\ndef serving")


MODULES = {
    "surrogate title": (said(SYSTEM.format("").replace('"Shop"', r'"\ud800"')), "has the character U+D800"),
    "no title": (said(SYSTEM.format("").replace('"Shop"', "None")), "'title' of System is None"),
    "infinite place": (said(SYSTEM.format("position=1e400")), "'position' of System is inf"),
    "huge place": (said(SYSTEM.format("position=10**400")), "which is too large"),
    "nan budget": (said(SYSTEM.format("budget=Budget('p99', 10, {'a': float('inf')})")), "must take more than 0 ms"),
    "wrong type": (said(SYSTEM.format("decisions=[1, 2]")), "write Decision(...)"),
    "text for list": (said(SYSTEM.format("metrics=Metrics('abc', 'abc', 'abc')")), "write a list"),
    "caption": (SHOP.replace("People buy.", r"People \ufffe buy."), "has the character U+FFFE"),
    "docstring": (SHOP.replace("Sell a thing.", r"Sell \ud800."), "has the character U+D800"),
    "view title": (SHOP.replace('view("Serving")', r'view("\udc00")'), "has the character U+DC00"),
    "no view title": (SHOP.replace('view("Serving")', "view(None)"), "'title' of view is None"),
    "step": (
        SHOP.replace("    Kafka", r"    with __import__('archfolio').step('\ud800'):" + "\n        Kafka", 1),
        "has the character U+D800",
    ),
    "long view name": (SHOP.replace("serving", "s" * 300), "longer than 120 bytes"),
    "nul in view name": (renamed(r"'a\0b'"), "has a character that is no letter"),
    "view name that leads out": (renamed("'../../../outside'"), "leads to another folder"),
    "two views of one slug": (
        SHOP + SHOP[SHOP.index("@view") :].replace("serving", "_serving"),
        "two views are named 'serving'",
    ),
    "huge figure": (
        said("from archfolio import Estimate, assume\nESTIMATE = Estimate(a=assume('A', 10**400, 'user'))"),
        "the value of 'A' is 1000000000000000000000000000000000000000: write a number",
    ),
    "words in lines": (said("raise ValueError('one\\ntwo')"), "ValueError: one two"),
    "recursive": (said("def again(n):\n    return again(n + 1)\nagain(0)"), "RecursionError"),
    "endless": (
        said("deep = []\nfor _ in range(100000):\n    deep = [deep]\n" + SYSTEM.format("headline=deep")),
        "RecursionError",
    ),
}


@pytest.mark.parametrize(("text", "said"), MODULES.values(), ids=MODULES)
def test_a_module_that_says_what_cannot_be_costs_only_itself(text, said, tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("bank.py", BANK)
    project.write("shop.py", SHOP)
    project.build()
    good = project.tree()
    project.write("shop.py", text)
    project.write("bank.py", BANK.replace("asks", "asks again"))
    report = project.build()
    assert {failure.what.partition("/")[0] for failure in report.failures} == {"shop"}
    assert all(failure.file == str(project.systems / "shop.py") for failure in report.failures)
    assert said in report.failures[0].sentence
    assert "\n" not in str(report.failures[0])
    assert project.drawn == ["bank/serving"]
    for kind in ("svg", "png"):
        path = f"images/shop/serving.{kind}"
        assert (project.site / path).read_bytes() == good[path]
    assert not any("outside" in path.name for path in tmp_path.parent.rglob("*"))
    project.write("shop.py", SHOP)
    assert project.build().failures == []
    assert project.tree() == project.clean_tree()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes")
def test_files_whose_names_cannot_be_written_down_cost_only_themselves(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("bank.py", BANK)
    for name in (b"caf\xe9.py", b"new\nline.py", b"l" * 240 + b".py"):
        (Path(os.fsdecode(os.fsencode(project.systems) + b"/" + name))).write_text(SHOP)
    os.mkfifo(project.systems / "pipe.py")
    (project.systems / "folder.py").mkdir()
    (project.systems / "dangling.py").symlink_to("nowhere")
    report = project.build()
    assert sorted({failure.what for failure in report.failures}) == ["caf", "dangling", "folder", "l" * 240, "pipe"]
    assert len(report.failures) == 5
    assert "is not UTF-8: rename it" in report.failures[0].sentence
    assert project.drawn == ["bank/serving", "new-line/serving"]
    assert project.build().drawn == 0
    assert (project.site / "images").exists()


def test_a_manifest_that_is_a_folder_is_refused_in_a_sentence(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write("bank.py", BANK)
    (project.site / "manifest.json").mkdir(parents=True)
    with pytest.raises(EnvironmentProblem, match="is not ours: move it away"):
        project.build()


def test_pages_that_cannot_be_made_stay_as_they_were(tmp_path, pool, monkeypatch):
    project = Project(tmp_path, pool)
    project.write("bank.py", BANK)
    project.write("shop.py", SHOP)
    project.build()
    before = (project.site / "systems/shop.html").read_bytes()
    project.write("shop.py", SHOP.replace("asks", "asks again"))
    with monkeypatch.context() as patched:
        patched.setattr("archfolio.gallery.site._PAGES", {manifest.System: lambda *_: 1 / 0})
        report = project.build()
    assert [str(failure) for failure in report.failures] == [
        "shop: its pages could not be made: ZeroDivisionError: division by zero"
    ]
    assert (project.site / "systems/shop.html").read_bytes() == before
    assert project.build().failures == []
    assert project.tree() == project.clean_tree()


def test_a_view_that_is_named_as_dark_pictures_once_were_keeps_its_own(tmp_path, pool):
    project = Project(tmp_path, pool)
    project.write(
        "shop.py", SHOP + SHOP[SHOP.index("@view") :].replace("serving", "serving_dark").replace("asks", "begs")
    )
    project.build(options=RenderOptions(dark=True))
    pictures = sorted(path.name for path in (project.site / "images/shop").glob("*.png"))
    assert pictures == ["serving-dark.dark.png", "serving-dark.png", "serving.dark.png", "serving.png"]
    assert len({(project.site / "images/shop" / name).read_bytes() for name in pictures}) == 4
