"""A page is made again exactly where it would say something else."""

import msgspec
import pytest
from msgspec.structs import replace

from archfolio.gallery.manifest import Box, Font, Manifest, Site, View
from archfolio.gallery.site import assemble, files
from archfolio.gallery.unchanged import EVERYTHING, Shown, differences, unchanged


def edited(manifest: Manifest, slug: str, **changes: object) -> Manifest:
    systems = [msgspec.structs.replace(one, **changes) if one.slug == slug else one for one in manifest.systems]
    return msgspec.structs.replace(manifest, systems=systems)


def test_nothing_changed(tiny) -> None:
    assert unchanged(tiny, tiny) == {system.slug for system in tiny.systems}


def test_words_of_one_system_change_its_own_pages(tiny, read_tiny, movies) -> None:
    after = edited(tiny, movies.slug, problem=["Something else."])
    same = unchanged(tiny, after)
    assert same == {system.slug for system in tiny.systems} - {movies.slug}
    old, new = assemble(tiny, read_tiny), assemble(after, read_tiny)
    kept = {file.path for file in files(after, read_tiny) if file.subject in same}
    assert kept
    assert [path for path in kept if old[path] != new[path]] == []


def scrawled(view: View) -> View:
    """Change everything of a view that is no word of it."""
    box = Box(x=1, y=2, width=3, height=4)
    return replace(
        view,
        alt="Something.",
        outline=["A sends x to B."],
        width=view.width + 9,
        height=view.height + 9,
        line=3,
        hash="other",
        files=[replace(file, bytes=7, hash="other") for file in view.files],
        nodes=[replace(node, line=3, box=box) for node in view.nodes],
        clusters=[replace(cluster, line=3) for cluster in view.clusters],
        edges=[replace(edge, label="scrawl", template="", line=3) for edge in view.edges],
        steps=[replace(step, line=3) for step in view.steps],
    )


def test_an_overview_is_the_same_where_nothing_changed_that_it_shows(tiny, read_tiny, movies) -> None:
    views = list(map(scrawled, movies.views))
    after = edited(tiny, movies.slug, module=replace(movies.module, text="x = 1\n"), views=views)
    differs = differences(tiny, after)
    assert differs.shown == {Shown.LABELS}
    old, new = assemble(tiny, read_tiny), assemble(after, read_tiny)
    kept = {file.path for file in files(after, read_tiny) if not file.subject and not differs.touch(file.shows)}
    assert {"index.html", "components.html", "compare.html"} <= kept
    assert [path for path in kept if old[path] != new[path]] == []


@pytest.mark.parametrize("change", [{"title": "Films"}, {"summary": "Else."}, {"position": 77}, {"problem": ["Else."]}])
def test_a_word_of_a_subject_is_shown_by_overviews(tiny, movies, change) -> None:
    assert Shown.WORDS in differences(tiny, edited(tiny, movies.slug, **change)).shown
    assert not differences(tiny, tiny).touch(frozenset(Shown))
    assert differences(tiny, replace(tiny, components=[])) == EVERYTHING


@pytest.mark.parametrize("place", [0, -1])
def test_a_component_is_shown_again_where_a_subject_that_has_it_says_otherwise(tiny, read_tiny, place) -> None:
    subject = tiny.systems[place]
    view, *others = subject.views
    nodes = [replace(node, role="Else.", name=f"{node.name} else") for node in view.nodes]
    after = edited(tiny, subject.slug, views=[replace(view, nodes=nodes[1:], edges=[]), *others])
    differs = differences(tiny, after)
    old, new = assemble(tiny, read_tiny), assemble(after, read_tiny)
    listed = [file for file in files(after, read_tiny) if file.path.startswith("components/")]
    kept = {file.path for file in listed if not differs.touch(file.shows, file.components)}
    assert 0 < len(kept) < len(listed)
    assert [path for path in kept if old[path] != new[path]] == []


def test_what_others_say_of_a_system_changes_all(tiny, movies) -> None:
    assert unchanged(tiny, edited(tiny, movies.slug, title="Films")) == frozenset()
    assert unchanged(tiny, edited(tiny, movies.slug, views=movies.views[1:])) == frozenset()
    assert unchanged(tiny, msgspec.structs.replace(tiny, components=[])) == frozenset()
    moved = {f"{movies.slug}/old": f"{movies.slug}/{movies.views[0].slug}"}
    assert unchanged(tiny, msgspec.structs.replace(tiny, moved=moved)) == frozenset()
    views = [replace(movies.views[0], title="Else"), *movies.views[1:]]
    assert unchanged(tiny, edited(tiny, movies.slug, views=views)) == frozenset()


def test_what_is_of_the_site_changes_all(tiny) -> None:
    font = Font(family="Other", weight=400, path="fonts/other.woff2")
    for change in (
        {"generator": "other"},
        {"engine": "other"},
        {"components": []},
        {"fonts": [font]},
        {"moved": {"a/b": "a/c"}},
        {"site": Site(title="Drawings")},
    ):
        assert unchanged(tiny, replace(tiny, **change)) == frozenset(), change
        assert differences(tiny, replace(tiny, **change)) == EVERYTHING, change
