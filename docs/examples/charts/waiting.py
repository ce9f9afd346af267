"""Draw how long a request waits in a queue, in service times, over the load: 1 / (1 - load), for Poisson arrivals."""

from pathlib import Path

WIDTH, HEIGHT, MOST = 400, 200, 20  # px, px, service times


def svg() -> str:
    """Return the chart."""
    points = [(load, 1 / (1 - load)) for load in (step / 100 for step in range(96))]
    line = " ".join(f"{load * WIDTH:.1f},{HEIGHT - time / MOST * HEIGHT:.1f}" for load, time in points)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">\n'
        f'<polyline points="{line}" fill="none" style="stroke: var(--bar, #2563eb)" stroke-width="2"/>\n'
        '<text x="12" y="24" fill="currentColor" font-size="14">20 service times at 95 % load</text>\n</svg>\n'
    )


if __name__ == "__main__":
    Path(__file__).with_suffix(".svg").write_text(svg(), encoding="utf-8")
