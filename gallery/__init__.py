"""The static site: pages from a manifest and the drawings it names. Nothing here draws, and nothing here writes."""
