"""What tests of a system's page share: the page, and how its boxes are found and waited for."""

import pytest

MOVIES = "systems/movie-recommender.html"


def until(page, expression):
    """Wait for something to become true; the page's own policy forbids what Playwright would do for that."""
    for _ in range(60):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never: {expression}")


def lit(page):
    return sorted(page.locator(".view:visible .node.lit").evaluate_all("boxes => boxes.map(box => box.dataset.node)"))


def box(page, node):
    return page.locator(f'.view:visible .node[data-node="{node}"]')
