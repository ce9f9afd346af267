"""Programmes of differences are solved exactly, from any places that satisfy their constraints."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from archfolio.render.layout.simplex import HARD, Programme


def cost(programme: Programme, places: tuple[int, ...] | list[int]) -> int:
    total = 0
    for tail, head, at, low, high in programme.terms:
        off = places[head] - places[tail] - at
        total += (high if off > 0 else low) * off
    return total


def programme(places: list[int], terms: list[tuple[int, int, int, int, bool]]) -> Programme:
    """Make a programme of wishes, and of constraints that hold for the places it begins with."""
    made = Programme()
    for place in places:
        made.variable(place)
    for one, two, at, price, is_hard in terms:
        tail, head = one % len(places), two % len(places)
        if is_hard:
            made.term(tail, head, min(at, places[head] - places[tail]), -HARD, 0)
        else:
            made.term(tail, head, at, -price, price % 3)
    return made


PLACES = st.lists(st.integers(-3, 3), min_size=1, max_size=4)
TERMS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3), st.integers(-3, 3), st.integers(0, 9), st.booleans()), max_size=9
)


@settings(max_examples=200, deadline=None)
@given(PLACES, TERMS)
def test_no_other_places_cost_less(places: list[int], terms: list[tuple[int, int, int, int, bool]]) -> None:
    made = programme(places, terms)
    found = made.solve()
    assert found[0] == places[0], "the first variable stays"
    others = product(range(-12, 13), repeat=len(places) - 1)
    near = (other for other in others if all(abs(a - b) <= 3 for a, b in zip(other, found[1:], strict=True)))
    assert cost(made, found) <= min((cost(made, (found[0], *other)) for other in near), default=0)
    assert cost(made, found) <= cost(made, places)


def test_a_convex_programme_has_no_better_place_next_to_its_answer() -> None:
    made = programme(list(range(40)), [(a, (a * 7 + 3) % 40, a % 5 - 2, a % 9 + 1, a % 4 == 0) for a in range(160)])
    found = made.solve()
    for variable, step in product(range(1, 40), (-1, 1)):
        moved = [place + step * (at == variable) for at, place in enumerate(found)]
        assert cost(made, found) <= cost(made, moved)


def test_the_median_of_what_pulls_is_taken() -> None:
    made = Programme()
    fixed = [made.variable(place) for place in (0, 10, 100)]
    free = made.variable(50)
    for one, two in ((fixed[0], fixed[1]), (fixed[1], fixed[2])):
        made.term(one, two, made.places[two] - made.places[one], -HARD, HARD)
    for one in fixed:
        made.term(one, free, 0, -1, 1)
    assert made.solve() == [0, 10, 100, 10]
