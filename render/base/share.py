"""How a list is worked through: one after another, unless somebody is there to share it with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

A = TypeVar("A")
T = TypeVar("T")


class Share(Protocol):
    """Returns what is made of each of some items, in their order."""

    def __call__(self, do: Callable[[A], T], items: Sequence[A], /) -> list[T]:
        """Do something with each of the items; where one raises, so does this."""
        ...


def in_turn(do: Callable[[A], T], items: Sequence[A], /) -> list[T]:
    """Do something with each of the items, in this process."""
    return [do(item) for item in items]
