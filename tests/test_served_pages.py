"""Open pages under `archfolio serve`: they follow edits in place, many at once, and say what is wrong."""

import time
from contextlib import closing

import pytest
from projects import SHOP
from served_project import PATIENCE, SECOND, Served, serving

LOOK = """() => {
  const view = document.querySelector(".view:not([hidden])");
  return {
    loads: performance.getEntriesByType("navigation").length + (window.marked ? 0 : 1),
    zoom: view.querySelector(".canvas").style.transform,
    scroll: scrollY,
    chosen: view.querySelector(".chosen")?.dataset.node,
    labels: [...view.querySelectorAll("svg.archfolio text")].map((text) => text.textContent),
    alert: document.querySelector("[role=alert]:not([hidden])")?.textContent ?? "",
  };
}"""


def test_the_open_page_follows_in_place(served, launch):
    with closing(launch()) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 500})
        mistakes = []
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(f"{served.address}systems/shop.html#view=serving&node=shop")
        page.click(".view:not([hidden]) [data-zoom=in]")
        page.evaluate("window.marked = true; scrollTo(0, 120)")
        before = page.evaluate(LOOK)
        assert before["chosen"] == "shop"

        def seen(wanted):
            deadline = time.monotonic() + PATIENCE
            while not wanted(now := page.evaluate(LOOK)):
                assert time.monotonic() < deadline, now
                time.sleep(0.05)
            return now

        text = (served.systems / "shop.py").read_text()
        served.write("shop.py", text.replace('request("', 'request("really '))
        now = seen(lambda now: any("really" in label for label in now["labels"]))
        kept = ("loads", "zoom", "scroll", "chosen")
        assert [now[name] for name in kept] == [before[name] for name in kept]
        served.write("shop.py", text + "    oops\n")
        # Not the first alert: a file that is being written may be read while it is empty.
        now = seen(lambda now: "'oops' is not defined" in now["alert"])
        assert "shop.py:" in now["alert"]
        assert now["labels"]
        served.write("shop.py", text)
        assert seen(lambda now: not now["alert"])["loads"] == before["loads"]
        assert mistakes == []


@pytest.mark.parametrize(
    ("others", "told"),
    [(["other.py"], "This page is no longer in the gallery"), ([], "no system in")],
    ids=["of several", "the only one"],
)
def test_a_page_whose_module_is_taken_away_says_so_until_it_is_back(tmp_path, launch, others, told):
    project = Served(tmp_path)
    for name in ("shop.py", *others):
        project.write(name, SHOP)
    with serving(project), closing(launch()) as browser:
        page = browser.new_page()
        page.goto(f"{project.address}systems/shop.html")
        (project.systems / "shop.py").rename(project.folder / "shop.py")
        alert = page.get_by_role("alert")
        alert.wait_for(timeout=10_000)
        assert told in alert.inner_text()
        (project.folder / "shop.py").rename(project.systems / "shop.py")
        alert.wait_for(state="hidden", timeout=10_000)


def test_a_page_goes_with_its_module_where_that_is_renamed(tmp_path, launch):
    project = Served(tmp_path)
    project.write("shop.py", SHOP)
    with serving(project), closing(launch()) as browser:
        page = browser.new_page()
        page.goto(f"{project.address}systems/shop.html")
        for old, new in (("shop", "store"), ("store", "shop")):
            (project.systems / f"{old}.py").rename(project.systems / f"{new}.py")
            page.wait_for_url(f"**/systems/{new}.html", timeout=10_000)


def test_the_picture_of_a_module_that_dies_later_gives_way_to_the_last_one_that_was_built(served, launch):
    gate = served.folder / "gate"
    served.write("shop.py", SHOP)
    served.wait_for(b"asks", "/systems/shop.html")
    with closing(launch()) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 500})
        page.goto(f"{served.address}systems/shop.html")

        def wait_for_label(word):
            page.locator("svg.archfolio text", has_text=word).first.wait_for(timeout=10_000)

        wait_for_label("asks")
        served.write("shop.py", SHOP.replace("asks", "dies") + SECOND.format(gate=str(gate), end="os._exit(3)"))
        wait_for_label("dies")
        gate.touch()
        wait_for_label("asks")
        assert "exit code 3" in page.locator("[role=alert]").inner_text()
        served.write("shop.py", SHOP)
        page.locator("[role=alert]").wait_for(state="hidden", timeout=10_000)
        wait_for_label("asks")


def test_a_picture_that_comes_late_does_not_replace_a_newer_one(served, launch):
    with closing(launch()) as browser:
        page = browser.new_page(viewport={"width": 1200, "height": 500})
        page.goto(f"{served.address}systems/shop.html")
        held = []

        def hold(route):  # a method of a list takes no attributes, which Playwright gives to what it calls
            held.append(route)

        page.route("**/images/shop/serving.svg", hold)
        for word in ("needs", "wants", "reads"):  # the page may be there before the browser has asked for the picture
            served.write("shop.py", SHOP.replace("asks", word))
            served.events.status(lambda _, word=word: word in served.get("/systems/shop.html")[1].decode())
            page.locator("svg.archfolio text", has_text=word).first.wait_for(timeout=10_000)
            if held:
                break
        assert held
        for route in held:
            route.fulfill(content_type="image/svg+xml", body='<svg xmlns="http://www.w3.org/2000/svg"/>')
        page.wait_for_timeout(200)
        assert page.locator("svg.archfolio text", has_text=word).count()
        served.write("shop.py", SHOP)
        served.events.status(lambda _: b"asks" in served.get("/systems/shop.html")[1])


PAINTED = """() => [...document.querySelectorAll("svg.archfolio text")].map((text) => {
  const { fill, fontSize } = getComputedStyle(text);
  return [text.textContent, fill, fontSize];
})"""


def test_texts_look_as_on_a_new_page_where_most_of_them_have_another_colour_now(served, launch):
    with closing(launch()) as browser:
        page = browser.new_page()
        page.goto(f"{served.address}systems/shop.html")
        detailed = SHOP.replace('Shop")', 'Shop\\nof all things\\nthat there are")')
        served.write("shop.py", detailed.replace('Stock")', 'Stock\\nof all things\\nthat there are")'))
        served.events.status(lambda _: b"that there are" in served.get("/systems/shop.html")[1])
        page.locator("svg.archfolio text", has_text="that there are").first.wait_for(timeout=10_000)
        page.locator("svg.archfolio:not([data-raw])").first.wait_for(timeout=10_000)
        followed = page.evaluate(PAINTED)
        assert len({fill for _, fill, _ in followed}) > 1
        page.reload()
        assert page.evaluate(PAINTED) == followed
        served.write("shop.py", SHOP)
        served.events.status(lambda _: b"that there are" not in served.get("/systems/shop.html")[1])


def test_many_pages_are_open_at_once_and_all_follow(served, launch):
    pages = 9  # a browser opens six connections to a server
    with closing(launch()) as browser:
        context = browser.new_context()
        tabs = [context.new_page() for _ in range(pages)]
        for tab in tabs:
            tab.goto(f"{served.address}systems/shop.html", timeout=10_000)
        for word in ("counts", "weighs"):
            served.write("shop.py", SHOP.replace("asks", word))
            for tab in tabs:
                tab.locator("svg.archfolio text", has_text=word).first.wait_for(timeout=10_000)
            tabs.pop(0).close()  # perhaps the one that held the stream
