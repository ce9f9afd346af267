"""What a built page says, links to and is made of. Every test that reads pages reads them through this."""

from html.parser import HTMLParser
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

VOID = {"meta", "link", "input", "img", "br", "hr", "col"}


class Page(HTMLParser):
    """A page's elements, ids, links and text."""

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements = []  # (name, attributes, text inside it, so far)
        self._open = []
        self.feed(source.decode() if isinstance(source, bytes) else source)
        assert not self._open, f"not closed: {[name for name, _, _ in self._open]}"

    def handle_starttag(self, tag, attrs):
        assert len({name for name, _ in attrs}) == len(attrs), f"<{tag}> has an attribute twice: {attrs}"
        element = (tag, dict(attrs), [])
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag):
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1][0] == tag, f"</{tag}> closes <{self._open[-1][0]}>"
        self._open.pop()

    def handle_data(self, data):
        for _, _, texts in self._open:
            texts.append(data)

    def all(self, tag, **wanted):
        return [
            (attributes, " ".join("".join(texts).split()))
            for name, attributes, texts in self.elements
            if name == tag
            and all(attributes.get(key.strip("_").replace("_", "-")) == value for key, value in wanted.items())
        ]

    def texts(self, tag, **wanted):
        return [text for _, text in self.all(tag, **wanted)]

    def attributes(self, name):
        return [attributes[name] for _, attributes, _ in self.elements if name in attributes]


def check_links(site, pictures=frozenset()):
    """Fail for a link, picture, style or script that leads nowhere, and for an id that is there twice."""
    pages = {path: Page(content) for path, content in site.items() if path.endswith(".html")}
    ids = {path: page.attributes("id") for path, page in pages.items()}
    known = {*site, *pictures, "manifest.json"}
    wrong = []
    for path, page in pages.items():
        wrong += [f"{path}: id {name} twice" for name in ids[path] if ids[path].count(name) > 1]
        for link in [*page.attributes("href"), *page.attributes("src"), *page.attributes("xlink:href")]:
            parts = urlsplit(link)
            if parts.scheme in {"https", "http", "data"}:
                continue
            target = normpath(join(dirname(path), unquote(parts.path))) if parts.path else path
            if parts.scheme or target not in known:
                wrong.append(f"{path}: {link}")
            elif parts.fragment and target.endswith(".html") and not _leads(parts.fragment, target, ids):
                wrong.append(f"{path}: {link} has no such place")
    assert not wrong, "\n".join(wrong)


def _leads(fragment, target, ids):
    if (target, fragment.partition("=")[0]) in {("index.html", "tag"), ("compare.html", "a")}:
        return True  # the state of the index or of a comparison
    return fragment in ids[target] or unquote(fragment) in ids[target]
