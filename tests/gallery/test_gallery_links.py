import pytest

from archfolio.gallery import links


def test_the_way_to_the_root_hangs_on_the_depth():
    assert links.root("index.html") == ""
    assert links.root("systems/search.html") == "../"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " data:text/html,x",
        "//host/x",
        "",
        "http://",
        "file:///etc",
        "http://[bad",
    ],
)
def test_what_is_not_of_the_web_is_no_link(url):
    assert links.web(url) == ""


def test_addresses_of_the_web_stay():
    assert links.web("https://doi.org/10.1145/2959100.2959190") == "https://doi.org/10.1145/2959100.2959190"


def test_a_component_key_becomes_a_file_name_that_no_other_key_has():
    assert links.component("onprem.queue.Kafka") == "components/onprem.queue.Kafka.html"
    strange = {links.component(key) for key in ("a/b", "a b", "../../etc", "ü", "", "a-b")}
    assert len(strange) == 6
    assert not [path for path in strange if path.count("/") != 1 or "components/." in path or " " in path]


def test_a_place_on_a_page_has_one_spelling():
    assert links.state("serving", node="online/ranker") == "view=serving&node=online/ranker"
    assert links.state("a b", node='x"&=', step=2) == "view=a%20b&node=x%22%26%3D&step=2"
