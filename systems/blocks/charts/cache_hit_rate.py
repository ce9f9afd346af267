"""Compute and simulate how many reads an LRU cache answers, by its share of the keys, under Zipf popularity.

Lines are the approximation of Che, Tung and Wang (2002): a key of popularity p is found with 1 - exp(-p T), where T is
the time at which a cache of that size has filled. Dots are an LRU cache fed with 120,000 reads over 10,000 keys, of
which the first 40,000 only warm it.
"""

from __future__ import annotations

import bisect
import itertools
import math
import random
from collections import OrderedDict

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

KEYS, READS, WARM_UP = 10_000, 120_000, 40_000
SHARES = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5)
EXPONENTS = (0.6, 0.8, 1.0)
SEED = 20261128


def popularity(exponent: float) -> list[float]:
    """Return the share of reads of each key, the most popular first."""
    weights = [rank**-exponent for rank in range(1, KEYS + 1)]
    total = math.fsum(weights)
    return [weight / total for weight in weights]


def approximated(shares: list[float], size: int) -> float:
    """Return the hit rate after Che: T is found by halving, since the number of keys seen by T grows with T."""
    low, high = 0.0, 1e9
    for _ in range(80):
        middle = (low + high) / 2
        seen = math.fsum(1 - math.exp(-p * middle) for p in shares)
        low, high = (middle, high) if seen < size else (low, middle)
    return math.fsum(p * (1 - math.exp(-p * low)) for p in shares)


def simulated(cumulative: list[float], size: int, random_state: random.Random) -> float:
    """Return the hit rate of an LRU cache."""
    cache: OrderedDict[int, None] = OrderedDict()
    hits = 0
    for read in range(READS):
        key = bisect.bisect(cumulative, random_state.random() * cumulative[-1])
        if key in cache:
            hits += read >= WARM_UP
            cache.move_to_end(key)
        else:
            cache[key] = None
            if len(cache) > size:
                cache.popitem(last=False)
    return hits / (READS - WARM_UP)


def main() -> None:
    """Compute, simulate and draw."""
    random_state = random.Random(SEED)  # noqa: S311  a simulation
    lines, dots = [], []
    for index, exponent in enumerate(EXPONENTS):
        shares = popularity(exponent)
        cumulative = list(itertools.accumulate(shares))
        sizes = [(share, round(share * KEYS)) for share in SHARES]
        lines.append(Line(f"Zipf exponent {exponent}", [(share, approximated(shares, size)) for share, size in sizes]))
        found = [(share, simulated(cumulative, size, random_state)) for share, size in sizes]
        dots.append(Line("", found, dots=True, colour=index))
    write_chart(
        __file__,
        "Hit rate of an LRU cache by its share of the keys",
        Axis("Keys that fit, of all keys (logarithmic)", [(share, f"{100 * share:g} %") for share in SHARES], log=True),
        Axis("Hits, of reads", [(step / 5, f"{20 * step} %") for step in range(6)]),
        [*lines, *dots],
    )


if __name__ == "__main__":
    main()
