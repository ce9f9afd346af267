"""Measure recall@10 over the bytes that an index keeps of each vector: 2,000 clustered vectors of 32 numbers, 100 queries.

Each query scans the codes of all vectors and keeps the ten nearest; the second line scans the codes for 30 and orders
these by the vectors themselves, as an index does that keeps those on disk. Codes: product quantisation with 4 bits for
each group of 8, 4 or 2 numbers; 4 and 8 bits for each number; the numbers themselves.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from archfolio.systems.blocks.charts._line_chart import Axis, Line, write_chart

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SEED, DIMENSIONS, VECTORS, QUERIES, CLUSTERS = 7, 32, 2_000, 100, 40
NEAREST, RESCORED, CENTROIDS, ROUNDS = 10, 30, 16, 6

Vector = list[float]


def clustered(chance: random.Random, count: int, centres: Sequence[Vector]) -> list[Vector]:
    """Draw vectors around centres, as embeddings of things of a few kinds lie."""
    return [[at + chance.gauss(0, 0.6) for at in chance.choice(centres)] for _ in range(count)]


def distance(one: Sequence[float], other: Sequence[float]) -> float:
    """Return the squared Euclidean distance."""
    return sum((a - b) * (a - b) for a, b in zip(one, other, strict=True))


def nearest(query: Vector, vectors: Sequence[Vector], among: Sequence[int], count: int) -> list[int]:
    """Return the numbers of the nearest vectors."""
    return sorted(among, key=lambda number: distance(query, vectors[number]))[:count]


def levels(bits: int) -> Callable[[Sequence[Vector]], list[Vector]]:
    """Keep some bits a number, spaced evenly between the least and the greatest."""

    def coded(vectors: Sequence[Vector]) -> list[Vector]:
        low, high = min(map(min, vectors)), max(map(max, vectors))
        step = (high - low) / (2**bits - 1)
        return [[low + round((value - low) / step) * step for value in vector] for vector in vectors]

    return coded


def product_quantised(width: int) -> Callable[[Sequence[Vector]], list[Vector]]:
    """Keep, of each group of `width` numbers, the nearest of 16 centroids: k-means in each group."""

    def coded(vectors: Sequence[Vector]) -> list[Vector]:
        kept: list[Vector] = [[] for _ in vectors]
        for start in range(0, DIMENSIONS, width):
            parts = [vector[start : start + width] for vector in vectors]
            centroids = [list(part) for part in parts[:CENTROIDS]]
            for turn in range(ROUNDS):
                own = [min(range(CENTROIDS), key=lambda at: distance(part, centroids[at])) for part in parts]
                for at in range(CENTROIDS):
                    members = [part for part, mine in zip(parts, own, strict=True) if mine == at]
                    if members and turn < ROUNDS - 1:
                        centroids[at] = [sum(column) / len(members) for column in zip(*members, strict=True)]
            for vector, at in zip(kept, own, strict=True):
                vector.extend(centroids[at])
        return kept

    return coded


CODES: tuple[tuple[int, str, Callable[[Sequence[Vector]], list[Vector]]], ...] = (
    (2, "PQ of 8", product_quantised(8)),
    (4, "PQ of 4", product_quantised(4)),
    (8, "PQ of 2", product_quantised(2)),
    (16, "4 bits", levels(4)),
    (32, "8 bits", levels(8)),
    (128, "32 bits", list),
)
"""Bytes a vector, what is kept, and how."""


def measured() -> list[tuple[int, str, float, float]]:
    """Return for each code its bytes, its name, and recall@10 without and with the exact order of the best thirty."""
    chance = random.Random(SEED)  # noqa: S311  a sample, no secret
    centres = [[chance.gauss(0, 1) for _ in range(DIMENSIONS)] for _ in range(CLUSTERS)]
    vectors, queries = clustered(chance, VECTORS, centres), clustered(chance, QUERIES, centres)
    everything = range(VECTORS)
    truth = [set(nearest(query, vectors, everything, NEAREST)) for query in queries]
    rows = []
    for size, name, code in CODES:
        kept = code(vectors)
        alone = rescored = 0
        for query, right in zip(queries, truth, strict=True):
            found = nearest(query, kept, everything, RESCORED)
            alone += len(right & set(found[:NEAREST]))
            rescored += len(right & set(nearest(query, vectors, found, NEAREST)))
        rows.append((size, name, alone / NEAREST / QUERIES, rescored / NEAREST / QUERIES))
    return rows


def main() -> None:
    """Measure and draw."""
    rows = measured()
    alone = [(float(size), recall) for size, _, recall, _ in rows]
    rescored = [(float(size), recall) for size, _, _, recall in rows]
    write_chart(
        __file__,
        "Recall@10 over the bytes of a vector in memory",
        Axis(
            "Bytes in memory for each vector, and what is kept",
            [(size, f"{size} B: {name}") for size, name, _, _ in rows],
            log=True,
        ),
        Axis("Recall@10", [(step / 5, f"{step / 5:.1f}") for step in range(6)]),
        [
            Line(f"best {RESCORED} put in order", rescored),
            Line("codes alone", alone),
            Line("", rescored, dots=True, colour=0),
            Line("", alone, dots=True, colour=1),
        ],
    )


if __name__ == "__main__":
    main()
