"""The words that tags, families and building blocks are chosen from, each with its title."""

from archfolio import (
    BUILDING_BLOCKS,
    COMMON_BLOCKS,
    DATA,
    FAMILIES,
    LEARNING_BLOCKS,
    PATTERNS,
    RESPONSIBILITY_BLOCKS,
    TASKS,
)

assert "applied" in FAMILIES
assert {"ranking", "text"} <= {*TASKS, *DATA}
assert set(COMMON_BLOCKS) | set(LEARNING_BLOCKS) | set(RESPONSIBILITY_BLOCKS) <= set(BUILDING_BLOCKS)
assert PATTERNS
