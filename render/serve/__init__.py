"""Edit, see: build, serve on this machine, build again on every edit, and tell the pages that are open."""

from archfolio.render.serve.loop import serve

__all__ = ["serve"]
