"""From a view of the manifest to text: snippets, Mermaid, DOT, draw.io, JSON."""
