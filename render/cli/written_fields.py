"""The fields of a record as its source has them: documents say of a field what is written behind it."""

from __future__ import annotations

import ast
import inspect
import io
import tokenize
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class WrittenField(NamedTuple):
    """One field: its name, and as texts its annotation, its default and the comment behind it, "" for none."""

    name: str
    annotation: str
    default: str
    comment: str


def written_fields(kind: type) -> Iterator[WrittenField]:
    """Yield the fields that a class of a module's top level has itself, in the order in which they are written."""
    source = inspect.getsource(kind)
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    comments = {token.start[0]: token.string.lstrip("# ") for token in tokens if token.type == tokenize.COMMENT}
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.AnnAssign(target=ast.Name(id=name), annotation=annotation, value=default):
                comment = comments.get(node.end_lineno or 0, "")
                yield WrittenField(name, _text(source, annotation), _text(source, default), comment)


def _text(source: str, node: ast.expr | None) -> str:
    return (ast.get_source_segment(source, node) or "") if node else ""
