"""How archfolio turns modules into pictures and pages: drawn by itself, for ARCHITECTURE.md."""

from diagrams import Cluster, Node
from diagrams.generic.storage import Storage
from diagrams.programming.language import Python

from archfolio import batch, view


@view("From modules to a gallery", direction="TB")
def flow() -> None:
    """Data goes one way; each stage is a function from one frozen type to the next."""
    modules = Python("Modules\nsystems/*.py")
    with Cluster("render/capture"):
        discover = Node("Discover")
        capture = Node("Capture\nruns the module")
    stale = Node("Decide what is stale\nrender/build/staleness")
    with Cluster("render/layout"):
        measure = Node("Measure\nHarfBuzz, our font")
        layout = Node("Lay out\nplace, route, label")
    with Cluster("render/paint"):
        compose = Node("Compose\ncards, arrows, legend")
        paint = Node("Print\nSVG, PNG, PDF")
    record = Node("Record\nrender/build/to_manifest")
    manifest = Storage("manifest.json")
    pages = Node("Make pages\ngallery/pages")
    site = Storage("Site")

    modules >> batch("files") >> discover >> batch("Script") >> stale >> batch("stale Script") >> capture
    capture >> batch("Graph") >> measure >> batch("Sized") >> layout >> batch("Layout") >> compose
    compose >> batch("Scene") >> paint
    capture >> batch("words") >> record
    paint >> batch("files, boxes") >> record >> batch("Manifest") >> manifest >> batch("the seam") >> pages
    paint >> batch("bytes") >> site
    pages >> batch("HTML") >> site
