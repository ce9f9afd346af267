"""Edit, see: build, serve on this machine, build again on every edit, and tell the pages that are open."""

from render.serve.session import serve

__all__ = ["serve"]
