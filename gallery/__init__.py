"""The static site: pages from a manifest and the drawings it names. Nothing here draws, and nothing here writes."""

from gallery.site import assemble, files
from gallery.unchanged import unchanged

__all__ = ["assemble", "files", "unchanged"]
