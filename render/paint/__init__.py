"""From a layout to a scene of plain shapes, and from a scene to SVG, PNG and PDF."""
