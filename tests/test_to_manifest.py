"""What a build writes down: the manifest of the miniature project, field by field, as others read it."""

import hashlib
import json
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
from projects import SHOP, TINY, Project
from recorded import recorded

from archfolio.gallery import manifest
from archfolio.render.build import renames
from archfolio.render.build.processes import workers
from archfolio.render.build.renames import find_renames


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the miniature project, and read its manifest as JSON."""
    with workers(2) as pool:
        project = Project(tmp_path_factory.mktemp("tiny"), pool)
        for name in ("shop.py", "plain_script.py", "icon.png"):
            (project.systems / name).write_bytes((TINY / name).read_bytes())
        assert project.build().failures == []
    return project.site, recorded(project.site)


@pytest.fixture(scope="module")
def systems(built):
    return {system["slug"]: system for system in built[1]["systems"]}


@pytest.fixture(scope="module")
def views(systems):
    return {view["slug"]: view for system in systems.values() for view in system["views"]}


def without(record: dict, *keys: str) -> dict:
    return {key: value for key, value in record.items() if key not in keys}


def lines(text: str, *words: str) -> list[int]:
    """Find the lines of a module on which words stand first."""
    rows = text.splitlines()
    return [next(number for number, row in enumerate(rows, 1) if word in row) for word in words]


def test_a_build_says_what_made_it(built):
    assert (built[1]["format"], built[1]["generator"]) == (2, "archfolio 0.1.0")
    assert built[1]["engine"].startswith("pygraphviz 14.")
    assert built[1]["moved"] == {}


def test_a_system_is_recorded_with_what_it_says(systems):
    shop = systems["shop"]
    text = (TINY / "shop.py").read_text(encoding="utf-8")
    assert {key: shop[key] for key in ("title", "summary", "problem", "family", "family_title", "headline")} == {
        "title": "Shop",
        "summary": "Sell a thing.",
        "problem": ["The smallest system that has everything."],
        "family": "applied",
        "family_title": "Applied systems",
        "headline": ["rate"],
    }
    assert shop["module"] == {"path": "shop.py", "group": "", "text": text}
    assert [view["slug"] for view in shop["views"]] == ["serving", "groups"]


def test_quantities_are_recorded_with_their_units_and_lines(systems):
    users, visits, rate = systems["shop"]["estimate"]
    at = lines((TINY / "shop.py").read_text(encoding="utf-8"), "users=", "visits=", "rate=")
    assert [one["line"] for one in (users, visits, rate)] == at
    assert without(users, "line") == {
        "name": "users",
        "label": "Users",
        "value": 86_400,
        "unit": "user",
        "factor": 1,
        "number": "86.4\u202fk",
        "shown": "86.4\u202fk",
        "formula": "",
        "source": "assumption",
        "note": "",
    }
    assert (visits["value"], visits["unit"], visits["shown"]) == (2, "visit/user/day", "2/day")
    assert visits["factor"] == pytest.approx(1 / 86_400, rel=1e-12)
    assert (rate["value"], rate["unit"], rate["shown"], rate["number"]) == (2, "visit/s", "2/s", "2")
    assert (rate["formula"], rate["source"]) == ("users * visits", "")


def test_a_plain_script_is_recorded_without_sections(systems):
    plain = systems["plain-script"]
    assert (plain["title"], plain["summary"]) == ("Plain script", "A script that somebody wrote for diagrams.")
    assert [plain[key] for key in ("family", "estimate", "budget", "decisions", "sources")] == ["", [], None, [], []]


def test_a_view_is_recorded_in_words(views):
    said = ("title", "caption", "alt", "outline", "direction", "line")
    assert {key: views["serving"][key] for key in said} == {
        "title": "Serving",
        "caption": "People ask {rate:n} times a second.",
        "alt": "People ask 2 times a second. The main line runs from People to Ranker to Log."
        " It shows 3 components, 1 of them in Shop, and 2 connections.",
        "outline": ["People to Ranker: 2/s (request)", "Ranker to Log: what was shown (stream)"],
        "direction": "TB",
        "line": 23,
    }
    assert views["groups"]["direction"] == "LR"


def test_nodes_and_clusters_are_recorded(views):
    assert [without(node, "box") for node in views["serving"]["nodes"]] == [
        {
            "id": "people",
            "name": "People",
            "detail": "",
            "label_template": "",
            "component": "onprem.client.Users",
            "role": "Ask",
            "template": "",
            "cluster": None,
            "accent": "people",
            "line": 26,
        },
        {
            "id": "shop.ranker",
            "name": "Ranker",
            "detail": "model",
            "label_template": "",
            "component": "concept.Ranker",
            "role": "Orders",
            "template": "",
            "cluster": "shop",
            "accent": "model",
            "line": 28,
        },
        {
            "id": "log",
            "name": "Log",
            "detail": "",
            "label_template": "",
            "component": "onprem.queue.Kafka",
            "role": "Keeps",
            "template": "",
            "cluster": None,
            "accent": "data",
            "line": 31,
        },
    ]
    assert views["serving"]["clusters"] == [{"id": "shop", "label": "Shop", "parent": None, "line": 27}]
    assert [cluster["id"] for cluster in views["groups"]["clusters"]] == ["group", "group-2"]
    assert [node["cluster"] for node in views["groups"]["nodes"]] == ["group", "group-2"]


def test_boxes_lie_on_the_drawing_apart_from_each_other(views):
    view = views["serving"]
    boxes = [node["box"] for node in view["nodes"]]
    for box in boxes:
        assert 0 < box["x"] < box["x"] + box["width"] < view["width"]
        assert 0 < box["y"] < box["y"] + box["height"] < view["height"]
    tops = [box["y"] for box in boxes]
    assert tops == sorted(tops), "it runs from top to bottom, below its title"
    assert all(high["y"] + high["height"] < low["y"] for high, low in pairwise(boxes))
    assert boxes[0]["y"] > 60, "the title stands above"


def test_edges_and_steps_are_recorded_and_counted_from_one(views):
    request = {
        "id": "people--shop.ranker",
        "tail": "people",
        "head": "shop.ranker",
        "label": "2/s",
        "template": "{rate}",
        "kind": "request",
        "direction": "forward",
        "line": 30,
        "step": 1,
    }
    stream = {
        "id": "shop.ranker--log",
        "tail": "shop.ranker",
        "head": "log",
        "label": "what was shown",
        "template": "",
        "kind": "stream",
        "direction": "forward",
        "line": 31,
        "step": None,
    }
    assert views["serving"]["edges"] == [request, stream]
    assert views["serving"]["steps"] == [
        {"number": 1, "sentence": "They ask, {rate}.", "line": 30, "edges": ["people--shop.ranker"]}
    ]
    assert views["groups"]["steps"] == []


def test_an_edge_of_groups_is_recorded_from_the_one_to_the_other(views):
    [edge] = views["groups"]["edges"]
    assert (edge["id"], edge["tail"], edge["head"], edge["label"]) == ("group--group-2", "group", "group-2", "copies")
    assert [edge["direction"] for edge in views["own-name"]["edges"]] == ["none"]
    assert [edge["kind"] for edge in views["first-drawing"]["edges"]] == ["plain", "plain"]


def test_files_are_recorded_as_they_were_written(built, views):
    site, _ = built
    svg, png = views["serving"]["files"]
    assert without(svg, "bytes", "hash") == {
        "format": "svg",
        "path": "images/shop/serving.svg",
        "scale": 1,
        "theme": "auto",
    }
    assert without(png, "bytes", "hash") == {
        "format": "png",
        "path": "images/shop/serving.png",
        "scale": 2,
        "theme": "light",
    }
    assert views["serving"]["hash"] == svg["hash"] != png["hash"]
    for file in (svg, png):
        content = (site / file["path"]).read_bytes()
        assert file["bytes"] == len(content)
        assert file["hash"].encode() in content
    assert b'data-view="shop/serving"' in (site / svg["path"]).read_bytes()


def test_components_are_recorded_with_their_icons(built):
    site, record = built
    found = {one["key"]: without(one, "key") for one in record["components"]}
    assert list(found) == ["concept.Ranker", "custom.mine", "onprem.client.Users", "onprem.queue.Kafka"]
    icon = (site / found["onprem.queue.Kafka"]["icon"]).read_bytes()
    assert found["onprem.queue.Kafka"] == {
        "title": "Kafka",
        "provider": "onprem",
        "meaning": "",
        "icon": f"icons/{hashlib.sha256(icon).hexdigest()[:10]}.png",
        "plate": "dark",
    }
    ranker = found["concept.Ranker"]
    assert (ranker["title"], ranker["provider"], ranker["plate"]) == ("Ranker", "concept", "")
    assert ranker["meaning"].startswith("Scores candidates and orders them")
    assert (found["custom.mine"]["title"], found["custom.mine"]["provider"]) == ("Mine", "custom")
    for one in record["components"]:
        assert (site / one["icon"]).read_bytes().startswith(b"\x89PNG")
    assert record["fonts"] == [
        {"family": "Inter", "weight": 400, "path": "fonts/inter-400.woff2"},
        {"family": "Inter", "weight": 600, "path": "fonts/inter-600.woff2"},
    ]


@pytest.mark.parametrize("number", [manifest.FORMAT - 1, manifest.FORMAT + 1])
def test_a_manifest_of_another_format_is_not_read(built, tmp_path: Path, number: int):
    (tmp_path / "manifest.json").write_text(json.dumps(built[1] | {"format": number}), encoding="utf-8")
    with pytest.raises(ValueError, match=f"format {number}"):
        manifest.read(tmp_path)


def system(*views: manifest.View) -> manifest.System:
    return manifest.System(slug="shop", title="", module=manifest.Module(path="shop.py", text=""), views=list(views))


def view(slug: str, *nodes: str) -> manifest.View:
    return manifest.View(
        slug=slug, title="", caption="", alt="", outline=[], direction="TB", width=1, height=1, line=1, hash="",
        files=[], nodes=[manifest.Node(id=node, name=node, component="x") for node in nodes], clusters=[], edges=[],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "is_found"),
    [
        ("abcde", "abcde", True),
        ("abcde", "abcdX", True),  # 4 of the 6 that they have together
        ("abcd", "abcX", True),  # 3 of 5
        ("abc", "abX", False),  # 2 of 4
        ("abcde", "abXYZ", False),
        ("abcde", "VWXYZ", False),
    ],
)
def test_a_view_is_found_again_by_three_fifths_of_its_boxes(old, new, is_found):
    found = find_renames([system(view("old", *old))], [system(view("new", *new))], {})
    assert found == ({"shop/old": "shop/new"} if is_found else {})


def test_of_two_views_the_one_that_is_most_alike_is_it():
    new = [view("far", *"abcdeXYZ"), view("near", *"abcdeX")]
    assert find_renames([system(view("old", *"abcde"))], [system(*new)], {}) == {"shop/old": "shop/near"}


def test_a_renamed_view_is_recorded_by_the_next_build(tmp_path: Path):
    project = Project(tmp_path)
    project.write("shop.py", SHOP)
    project.build()
    project.edit("shop.py", "def serving", "def answering")
    project.build()
    assert manifest.read(project.site).moved == {"shop/serving": "shop/answering"}


IN_DETAIL = '''

@view("Stocking", details="serving/Stock")
def stocking() -> None:
    """Things come and go."""
    Kafka("Supplier") >> request("sends") >> Kafka("Shelf")
'''


def test_a_view_is_recorded_with_the_box_of_another_that_it_shows_in_detail(tmp_path: Path):
    project = Project(tmp_path)
    project.write("shop.py", SHOP + IN_DETAIL)
    assert project.build().failures == []
    project.edit("shop.py", "asks", "asks for")  # the other view stays as it is drawn
    assert project.build().failures == []
    [shop] = manifest.read(project.site).systems
    serving, stocking = shop.views
    assert (project.drawn, serving.details) == (["shop/serving"], None)
    assert stocking.details
    assert (stocking.details.view, stocking.details.node) == ("serving", "stock")


def test_what_has_its_usual_value_is_not_written(built):
    [_, shop] = json.loads((built[0] / "manifest.json").read_bytes())["systems"]
    node = shop["views"][0]["nodes"][0]
    assert node.keys() >= {"id", "name", "component"}
    assert not {"", None} & {value for value in node.values() if not isinstance(value, dict)}


def test_what_is_read_is_what_was_written(built):
    site, _ = built
    again = b"".join(manifest.encode(manifest.read(site)))
    assert again == (site / "manifest.json").read_bytes()


def test_a_manifest_that_is_written_in_parts_is_one_text(built):
    site, _ = built
    whole = manifest.read(site)
    for one in (whole, msgspec.structs.replace(whole, **manifest.by_kind([]))):
        assert b"".join(manifest.encode(one)) == msgspec.json.encode(one)


def test_a_record_is_as_it_will_be_read_and_says_nothing_that_cannot_be_written(built):
    site, _ = built
    system = manifest.read(site).systems[0]
    name = f"{system.title} and more"  # no constant
    twice = manifest.as_read(msgspec.structs.replace(system, title=name, summary=name, position=2))
    assert twice.title is twice.summary
    for unsayable in ({"title": "\ud800"}, {"family": 3}):
        with pytest.raises((ValueError, msgspec.ValidationError)):
            manifest.as_read(msgspec.structs.replace(system, **unsayable))
    view = system.views[0]
    whole = msgspec.structs.replace(system, views=[msgspec.structs.replace(view, width=2)])
    assert repr(manifest.as_read(whole).views[0].width) == "2.0"
    with pytest.raises(msgspec.ValidationError):
        manifest.as_read(msgspec.structs.replace(system, views=[msgspec.structs.replace(view, width=float("nan"))]))


def named(slug, *views):
    return msgspec.structs.replace(system(*views), slug=slug)


def test_the_views_of_a_module_that_was_renamed_are_found_again_under_its_new_name():
    views = [view("serving", *"abcde"), view("overview", *"abcde"), view("training", *"tuvw")]
    beside = named("bank", view("serving", *"xyz"))
    renamed = {f"shop/{one.slug}": f"store/{one.slug}" for one in views}
    found = find_renames([named("shop", *views), beside], [beside, named("store", *views)], {})
    assert found == renamed
    again = [beside, named("mall", *views[:2], view("learning", *"tuvwx"))]
    assert find_renames([beside, named("store", *views)], again, found)["shop/training"] == "mall/learning"
    assert find_renames(again, [beside, named("shop", *views)], {"shop/serving": "mall/serving"}) == {
        **{f"mall/{one.slug}": f"shop/{one.slug}" for one in views[:2]},
        "mall/learning": "shop/training",
    }


def test_a_module_that_is_gone_is_not_one_that_came_with_few_drawings_like_its_own():
    gone = named("shop", view("serving", *"abcd"), view("training", *"efgh"), view("model", *"ijkl"))
    assert find_renames([gone], [named("bank", view("serving", *"abcd"), view("audit", *"wxyz"))], {}) == {}
    there = named("bank", view("serving", *"abcd"), view("training", *"efgh"), view("model", *"ijkl"))
    assert find_renames([gone, there], [there], {}) == {}


def test_of_drawings_with_equal_boxes_each_is_found_again_under_its_own_name():
    views = [view("serving", *"abcde"), view("overview", *"abcde")]
    found = find_renames([named("shop", *views)], [named("store", *reversed(views))], {})
    assert found == {f"shop/{one.slug}": f"store/{one.slug}" for one in views}


@pytest.mark.parametrize(("shared", "own"), [("", "vwxyz"), ("abcde", "wxyz"), ("abcde", "")])
def test_each_module_that_is_gone_is_compared_with_few_of_those_that_came(monkeypatch, shared, own):
    compared, likeness = [], renames._likeness
    monkeypatch.setattr(renames, "_likeness", lambda *boxes: compared.append(boxes) or likeness(*boxes))
    old, new = (
        [named(f"{name}{n}", view("serving", *shared, *(f"{n}{letter}" for letter in own))) for n in range(100)]
        for name in ("shop", "store")
    )
    assert len(find_renames(old, new, {})) == 100
    assert len(compared) < 1000
