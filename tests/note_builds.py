"""Builds for the tests of notes: a manifest and the files it names, made by hand, with nothing drawn."""

import struct
import zlib
from pathlib import Path
from typing import Any

from archfolio.gallery import manifest
from archfolio.gallery.manifest import Box, Cluster, Edge, File, Manifest, Module, Node, Step, System, View

HOSTILE = (
    "A \"quoted\" & 'single' <b>tag</b> ]( [x](javascript:y) `code` *star* _under_ __all__ $x^2$ ~s~ |bar| {brace} "
    "\\back 100% #1 %% -- ]] }x {x} :width :key: value :role:`x` ``lit`` |sub| @m *a* #+X <!-- --> -->"
    " \u202f→ é 日本 ::"
)


def png(width: int, height: int) -> bytes:
    """Write a grey picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def svg(width: int, height: int) -> bytes:
    """Write a drawing as ours are: parts with their ids, light and dark."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="archfolio" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img"><title>T</title><desc>D</desc><style class="look">'
        ":root{color-scheme:light dark}@supports(color:light-dark(#000,#fff)){.fill-paper{fill:light-dark(#fff,#000)}}"
        f'</style><rect class="fill-paper" fill="#fff" width="{width}" height="{height}"/>'
        '<g class="node" data-node="a"><rect x="10" y="10" width="80" height="40" fill="#c00"/></g>'
        '<g class="node" data-node="g.b"><rect x="10" y="90" width="80" height="40" fill="#00c"/></g>'
        '<g class="edge request" data-edge="a-b" data-tail="a" data-head="g.b">'
        '<path d="M50 50V90" stroke="#000"/></g></svg>\n'
    ).encode()


def pdf(width: int, height: int) -> bytes:
    """Write a page with a line on it."""
    draw = b"0 0 m 100 100 l S"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Contents 4 0 R/Resources<<>>>>" % (width, height),
        b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw),
    ]
    text, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(text))
        text += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(text)
    return text + b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        start,
    )


def _node(name: str, title: str, component: str, **more: Any) -> Node:
    return Node(id=name, name=title, detail="kept", component=component, **more)


def view(
    slug: str = "serving", system: str = "shop", caption: str = "People ask.", alt: str = "People ask a ranker."
) -> View:
    stem = f"images/{system}/{slug}"
    return View(
        slug=slug,
        title=slug.capitalize(),
        caption=caption,
        alt=alt,
        outline=["People to Ranker: ask (request)"],
        direction="TB",
        width=600,
        height=400,
        line=1,
        hash="0",
        files=[
            File(format="svg", path=f"{stem}.svg", bytes=1),
            File(format="png", path=f"{stem}.png", bytes=1, scale=2, theme="light"),
            File(format="png", path=f"{stem}.dark.png", bytes=1, scale=2, theme="dark"),
            File(format="pdf", path=f"{stem}.pdf", bytes=1, theme="light"),
        ],
        nodes=[
            _node("a", "People", "onprem.client.Users", accent="people", box=Box(x=10, y=10, width=80, height=40)),
            _node("g.b", "Ranker", "concept.Ranker", cluster="g", box=Box(x=10, y=90, width=80, height=40)),
            _node("g.h.c", 'Log "1"', "onprem.queue.Kafka", cluster="g.h"),
        ],
        clusters=[Cluster(id="g", label="Group"), Cluster(id="g.h", label="Inner", parent="g")],
        edges=[
            Edge(id="a-b", tail="a", head="g.b", label="ask\nnow", kind="request", step=1),
            Edge(id="b-h", tail="g.b", head="g.h", kind="stream", direction="both"),
            Edge(id="h-a", tail="g.h", head="a", kind="feedback", direction="none"),
        ],
        steps=[Step(number=1, sentence="They ask.", line=1, edges=["a-b"])],
    )  # fmt: skip


def system(slug: str = "shop", views: tuple[View, ...] | None = None) -> System:
    module = Module(path=f"{slug}.py", text="")
    return System(
        slug=slug,
        title=slug.capitalize(),
        module=module,
        views=list(views or (view("serving", slug), view("training", slug))),
    )


def built(*systems: System) -> Manifest:
    return Manifest(generator="archfolio test", engine="none", systems=list(systems or (system(), system("news"))))


def write_build(folder: Path, made: Manifest) -> Path:
    """Write a manifest, the pictures it names, and what makes it look like a site."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / manifest.NAME).write_bytes(b"".join(manifest.encode(made)))
    (folder / "index.html").write_text("<!-- archfolio:begin nowhere -->\n")
    for one in made.systems:
        for drawing in one.views:
            size = round(drawing.width), round(drawing.height)
            for file in drawing.files:
                path = folder / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                double = (size[0] * 2, size[1] * 2)
                path.write_bytes({"svg": svg, "pdf": pdf}[file.format](*size) if file.format != "png" else png(*double))
    return folder
