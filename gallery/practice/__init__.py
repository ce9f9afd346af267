"""Practice, grown from the graph: from what a manifest says of a system to questions about it."""
