"""A page is made again exactly where it would say something else."""

import msgspec

from archfolio.gallery.manifest import Manifest
from archfolio.gallery.site import assemble, files
from archfolio.gallery.unchanged import unchanged


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


def test_what_others_say_of_a_system_changes_all(tiny, movies) -> None:
    assert unchanged(tiny, edited(tiny, movies.slug, title="Films")) == frozenset()
    assert unchanged(tiny, edited(tiny, movies.slug, views=movies.views[1:])) == frozenset()
    assert unchanged(tiny, msgspec.structs.replace(tiny, components=[])) == frozenset()
    moved = {f"{movies.slug}/old": f"{movies.slug}/{movies.views[0].slug}"}
    assert unchanged(tiny, msgspec.structs.replace(tiny, moved=moved)) == frozenset()
