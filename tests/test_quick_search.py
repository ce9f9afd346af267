"""Where a quick search stops short: it routes and draws anew only where there is something to gain."""

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from reference import reference_graphs

from archfolio.render.layout import placed as finished
from archfolio.render.layout import search as searches
from archfolio.render.layout.dot_writer import dot
from archfolio.render.layout.draft import Draft, frame
from archfolio.render.layout.effort import QUICK, THOROUGH
from archfolio.render.layout.engine import Bundled, LayoutFailed, Places
from archfolio.render.layout.judge import CALM, countable, finished_at_least, guess, has_plain
from archfolio.render.layout.measure import size
from archfolio.render.layout.place_boxes import FEW, place_boxes
from archfolio.render.layout.search import search, search_among
from archfolio.render.layout.settings import CANDIDATES, candidates_for
from archfolio.render.model.geometry import Size, Sized, SizedEdge, SizedNode

CARD = Size(120, 56)


def graph(*edges: str) -> Sized:
    """Size a graph of cards that are called by letters: "ab" is an edge from a to b."""
    nodes = tuple(SizedNode(name, CARD, None) for name in dict.fromkeys("".join(edges)))
    return Sized("TB", nodes, (), tuple(SizedEdge(edge, *edge, (), (False, True)) for edge in edges))


CHAIN = graph("ab", "bc", "cd", "de")


@pytest.fixture
def routed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """List the names of the placements that get lines."""
    found: list[str] = []
    lines = searches.lines

    def noted(whole, placement):
        found.append(placement.name)
        return lines(whole, placement)

    monkeypatch.setattr(searches, "lines", noted)
    return found


def test_a_calm_drawing_is_not_drawn_anew(routed: list[str]) -> None:
    whole = frame(CHAIN)
    [placement, *_] = place_boxes(whole, Bundled(), CANDIDATES[:1])
    assert countable(search_among(whole, [placement]).faults) < CALM
    assert len(routed) == 1
    search_among(whole, [placement], THOROUGH)
    assert len(routed) >= 1 + 1 + len(THOROUGH.variants)


class Counting(Bundled):
    """Counts how many graphs it lays out; those of the first few fail, if they are to."""

    def __init__(self, failing: int = 0) -> None:
        """Count from 0."""
        super().__init__()
        self.count, self._failing = 0, failing

    def layout(self, dot: str) -> Places:
        self.count += 1
        if self.count <= self._failing:
            message = "no"
            raise LayoutFailed(message)
        return super().layout(dot)


def told_otherwise(graph: Sized) -> int:
    """Count the different graphs that Graphviz can be told."""
    return len({dot(frame(graph), candidate) for candidate in candidates_for(graph)})


def test_where_the_likeliest_placement_is_plain_no_other_is_looked_for() -> None:
    engine, whole = Counting(), frame(size(reference_graphs()[13]))
    placements = place_boxes(whole, Bundled(), candidates_for(whole.sized)[:FEW])
    assert has_plain(whole, placements)
    search(whole.sized, engine)
    assert engine.count == FEW < told_otherwise(whole.sized)
    search(whole.sized, engine, replace(QUICK, bounded=False))
    assert engine.count == FEW + told_otherwise(whole.sized)


def test_where_it_is_not_plain_all_are_looked_for() -> None:
    engine, whole = Counting(), frame(size(reference_graphs()[76]))
    search(whole.sized, engine)
    assert engine.count == told_otherwise(whole.sized) > FEW


def test_where_graphviz_fails_on_the_first_few_the_others_are_looked_for() -> None:
    engine, plain = Counting(FEW), size(reference_graphs()[13])
    assert search(plain, engine).score[0] == 0
    assert engine.count == told_otherwise(plain)


def test_a_drawing_that_stands_still_where_it_settles_further_is_measured_once(monkeypatch: pytest.MonkeyPatch) -> None:
    measured = []
    measure = finished.measure
    monkeypatch.setattr(finished, "measure", lambda *drawing: measured.append(drawing) or measure(*drawing))
    whole = frame(CHAIN)
    search_among(whole, place_boxes(whole, Bundled(), CANDIDATES[:1]))
    assert len(measured) == 1


def test_a_drawing_stands_as_another_where_nothing_is_elsewhere() -> None:
    rows = np.array([(0, 0, 10, 10)])
    one = Draft(rows, rows, rows, (((0, 0), (9, 0)),), rows, ())
    assert one.stands_as(replace(one, cards=rows.copy()))
    assert not one.stands_as(replace(one, lines=(((0, 0), (8, 0)),)))
    for name in ("cards", "panels", "titles", "boxes"):
        assert not one.stands_as(replace(one, **{name: rows + 1}))


def test_a_restless_drawing_is_drawn_anew_once(routed: list[str]) -> None:
    whole = frame(size(reference_graphs()[89]))
    [placement, *_] = place_boxes(whole, Bundled(), CANDIDATES[:1])
    found = search_among(whole, [placement])
    assert found.score[0] == 0
    assert countable(found.faults) >= CALM
    assert len(routed) == 2


def test_only_what_is_guessed_to_be_nearly_as_good_as_the_best_gets_lines(routed: list[str]) -> None:
    whole = frame(size(reference_graphs()[76]))
    placements = sorted(
        place_boxes(whole, Bundled(), candidates_for(whole.sized)), key=lambda placement: guess(whole, placement)
    )
    best, worst = placements[0], placements[-1]
    assert guess(whole, worst) > guess(whole, best) + QUICK.margin
    search_among(whole, [worst, best])
    assert worst.name not in routed


@pytest.mark.parametrize(("beyond", "settled"), [(-0.1, 2), (0.1, 1)])
def test_only_what_is_nearly_as_good_with_its_lines_settles(
    monkeypatch: pytest.MonkeyPatch, beyond: float, settled: int
) -> None:
    whole = frame(size(reference_graphs()[76]))
    best, other, *_ = place_boxes(whole, Bundled(), candidates_for(whole.sized))
    guesses = {best.name: 0.0, other.name: QUICK.margin_with_lines + beyond}
    names: list[str] = []
    lettered = searches.lettered

    def noted(whole, placement, routes):
        names.append(placement.name)
        return lettered(whole, placement, routes)

    monkeypatch.setattr(searches, "lettered", noted)
    monkeypatch.setattr(searches, "guess", lambda *_: 0.0)
    monkeypatch.setattr(searches, "least_with_lines", lambda *_: 0.0)
    monkeypatch.setattr(searches, "guess_with_lines", lambda _, placement, __: guesses[placement.name])
    search_among(whole, [best, other])
    assert names[:settled] == [best.name, other.name][:settled]
    assert (other.name in names) == (settled > 1)


@pytest.mark.parametrize(("beyond", "lined"), [(-0.1, True), (0.1, False)])
def test_what_cannot_become_better_than_the_likeliest_gets_no_lines(
    routed: list[str], monkeypatch: pytest.MonkeyPatch, beyond: float, *, lined: bool
) -> None:
    whole = frame(size(reference_graphs()[76]))
    best, other, *_ = place_boxes(whole, Bundled(), candidates_for(whole.sized))
    monkeypatch.setattr(searches, "guess", lambda *_: 0.0)
    monkeypatch.setattr(searches, "guess_with_lines", lambda *_: 7.0)
    monkeypatch.setattr(searches, "least_with_lines", lambda *_: 7.0 + beyond)
    search_among(whole, [best, other])
    assert (other.name in routed) == lined


@pytest.mark.parametrize(("beyond", "settled"), [(-0.1, True), (0.1, False)])
def test_what_cannot_become_better_than_the_likeliest_does_not_settle(
    monkeypatch: pytest.MonkeyPatch, beyond: float, *, settled: bool
) -> None:
    whole = frame(size(reference_graphs()[89]))
    best, other, *_ = place_boxes(whole, Bundled(), candidates_for(whole.sized))
    begun = searches._finished(whole, best, searches.lines(whole, best), axes=searches.ONCE).placed
    assert begun.score[0] == 0
    bound = begun.score[1] - finished_at_least(whole, 0.0)
    guesses = {best.name: bound + beyond - 1, other.name: bound + beyond}
    names: list[str] = []
    finished = searches._finished

    def noted(whole, placement, *more, **keys):
        names.append(placement.name)
        return finished(whole, placement, *more, **keys)

    monkeypatch.setattr(searches, "_finished", noted)
    monkeypatch.setattr(searches, "guess", lambda *_: 0.0)
    monkeypatch.setattr(searches, "least_with_lines", lambda *_: -inf)
    monkeypatch.setattr(searches, "guess_with_lines", lambda _, placement, __: guesses[placement.name])
    search_among(whole, [best, other])
    assert (other.name in names) == settled


def test_a_thorough_search_leaves_nothing_out() -> None:
    assert not THOROUGH.bounded
    assert (THOROUGH.margin, THOROUGH.margin_with_lines, THOROUGH.calm) == (float("inf"), float("inf"), 0.0)
    assert set(QUICK.variants) < set(THOROUGH.variants)
    assert search(CHAIN, Bundled(), THOROUGH).score <= search(CHAIN, Bundled()).score
