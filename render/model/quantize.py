"""Choose the few colours that a picture is shown in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FIRST = np.float32(2**32)  # by what the loss of a colour that is not soft counts for more: it outweighs every other


def quantize(
    colours: NDArray[np.uint8], areas: NDArray[np.float64], *, most: int, unseen: float, soft: NDArray[np.bool_]
) -> tuple[list[int], NDArray[np.uint8]]:
    """Choose up to `most` (256) colours of a picture; return which, and the number of the nearest of them for each.

    `colours` are rows of channels, `areas` their pixels. Those that are not `soft` are taken first, for they are to be
    kept exactly. Greedy: always take the colour whose loss would show most, which spends the rest on gradients and on
    soft edges, until the mean squared distance of those marked as `soft` is less than `unseen`. All sums are of whole
    numbers: exact in any order.
    """
    places = colours.astype(np.float32)  # exact: what is summed below are whole numbers under 2**24
    squares = (places**2).sum(axis=1)
    forms = np.asfortranarray(np.column_stack((-2 * places, squares)))  # in the order in which they are read
    points = np.column_stack((places, np.ones_like(squares)))
    weight = np.sqrt(areas).astype(np.float32)
    hard = (~soft).nonzero()[0]  # few
    weight[hard] *= _FIRST
    counted = np.where(soft, areas, 0)
    enough = unseen * counted.sum()
    miss = np.full(len(colours), colours.shape[1] * 255**2, np.float32)  # squared distance from the nearest taken
    nearest = np.zeros(len(colours), np.uint8)
    taken: list[int] = []
    while len(taken) < min(most, len(colours)) and (miss[hard].any() or miss.astype(np.float64) @ counted >= enough):
        one = int((miss * weight).argmax())
        distance = forms @ points[one]  # |a - b|^2 = |a|^2 - 2ab + |b|^2
        distance += squares[one]
        nearest[distance < miss] = len(taken)
        np.minimum(miss, distance, out=miss)
        taken.append(one)
    return taken, nearest
