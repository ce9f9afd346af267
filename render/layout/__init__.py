"""From a graph to a layout: measure, place, route, label."""
