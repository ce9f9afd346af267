"""Rewrite drawings for pages: inline and as thumbnails."""
