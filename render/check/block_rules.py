"""Structure of a building block: it teaches enough to be of use, and what it points to is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archfolio import BuildingBlock, CommonMistake, CompanyGuide
from archfolio.author_error import suggest
from archfolio.render.check.finding import Violation, rule
from archfolio.render.model.where import find_place, names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archfolio.render.capture.module import Captured
    from archfolio.render.model.graph import Graph

FEWEST_OF = {
    "terms": 6,
    "calculators": 1,
    "tables": 1,
    "checklist": 8,
    "anti_patterns": 3,
    "questions": 5,
    "used_by": 4,
}
"""How much of each section a building block has at least."""


@rule(
    "S131",
    "a block has at least 6 terms, 1 calculator, 1 table, 8 checklist lines, 3 anti-patterns, 5 questions, 4 uses",
    why="A block that says less is a definition, not a lesson.",
    mending="Write the rest, or leave the block out.",
    wrong='BLOCK = BuildingBlock(title="Caching", position=1, terms=[Term("Cache", "Keeps answers near")])',
    right='BLOCK = BuildingBlock(title="Caching", position=1, terms=[...], calculators=[...], tables=[...], ...)',
)
def thin_section(captured: Captured) -> Iterator[Violation]:
    """Find sections that say too little."""
    block = captured.subject
    for section, least in FEWEST_OF.items():
        if (count := len(getattr(block, section))) < least and block:
            yield Violation(
                block.line, f"the building block has {count} of '{section}': write at least {least}", section
            )


@dataclass(frozen=True, slots=True)
class BlockInFolder:
    """A building block, and the drawings of the modules that it names, by slug."""

    captured: Captured
    drawn: Mapping[str, tuple[Graph, ...]]


def named_places(captured: Captured) -> Iterator[tuple[str, str]]:
    """List what a block points to: who does, and where."""
    block = captured.subject
    if isinstance(block, BuildingBlock):
        yield from ((f"the anti-pattern '{one.name}'", one.where) for one in block.anti_patterns if one.where)
        yield from ((f"the question '{one.question}'", one.where) for one in block.questions)
        yield from (("used_by", one.where) for one in block.used_by)
    elif isinstance(block, CommonMistake):
        yield from (("done_right", where) for where in block.done_right)
    elif isinstance(block, CompanyGuide):
        facts = [fact for row in block.dimensions for fact in row.facts]
        yield from ((f"the fact of {fact.company}", where) for fact in facts for where in fact.where)


@rule(
    "S132",
    "what a block, a mistake or a company guide points to is drawn: in it, or in the system that it names",
    why="A reader who follows it must find it.",
    mending="Write `view/box` of the block, or `system/view/box`, as the drawing has it.",
    wrong='UsedBy("feed-ranking/serving/Rankr", "Scores the candidates")',
    right='UsedBy("feed-ranking/serving/Ranker", "Scores the candidates")',
)
def dangling_place(block: BlockInFolder) -> Iterator[Violation]:
    """Find anti-patterns, questions and uses that point to what nobody draws."""
    captured = block.captured
    own = [drawing.graph for drawing in captured.drawings]
    for owner, where in named_places(captured):
        slug, _, rest = where.partition("/")
        others = block.drawn.get(slug, ())
        if find_place(where, own) or (slug in block.drawn and (not rest or find_place(rest, others))):
            continue
        hint = suggest(where, [*_places(own), *(f"{slug}/{place}" for place in _places(others))])
        sentence = f"{owner} points to '{where}', which no drawing has: write 'view/box' or 'system/view/box'{hint}"
        yield Violation(captured.subject.line if captured.subject else 0, sentence, where)


def _places(graphs: Iterable[Graph]) -> Iterator[str]:
    for graph in graphs:
        yield graph.slug
        yield from (f"{graph.slug}/{name}" for name in names(graph))


BLOCK_RULES = (thin_section,)
"""What holds for each building block by itself."""

FOLDER_RULES = (dangling_place,)
"""What holds for each building block among the systems of its folder."""
