"""`docs/manifest.md`: every record of `manifest.json`, from the types that it is encoded from."""

from __future__ import annotations

import inspect
from pathlib import Path

import msgspec

from archfolio.gallery import manifest, sections, study
from archfolio.render.cli.written_fields import WrittenField, written_fields

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "manifest.md"
_HEAD = """# manifest.json

{doc}

Records whose fields are listed below are JSON objects. A field with a value after `=` may be missing, and is that then.
Made from the types by `make readme`.
"""


def manifest_page() -> str:
    """Return the text of `docs/manifest.md`."""
    head = _HEAD.format(doc=inspect.getdoc(manifest))
    own: list[type[msgspec.Struct]] = [
        manifest.Manifest,
        *(one for one in _records(manifest) if one is not manifest.Manifest),
    ]
    return "\n".join([head, *map(_section, [*own, *_records(sections), *_records(study)])])


def _records(module: object) -> list[type[msgspec.Struct]]:
    name = getattr(module, "__name__", "")
    kinds = [one for one in vars(module).values() if isinstance(one, type) and issubclass(one, msgspec.Struct)]
    return [kind for kind in kinds if kind.__module__ == name]


def _section(kind: type[msgspec.Struct]) -> str:
    rows = [_row(one) for one in written_fields(kind) if not one.annotation.startswith("ClassVar")]
    parent = kind.__mro__[1]
    above = f" It has all that `{parent.__name__}` has, and:" if parent is not msgspec.Struct else ""
    table = ["| field | type | meaning |", "|---|---|---|", *rows] if rows else []
    return "\n".join([f"## {kind.__name__}\n", f"{inspect.getdoc(kind)}{above}\n", *table, ""])


def _row(field: WrittenField) -> str:
    said = f"{field.annotation} = {field.default}" if field.default else field.annotation
    return f"| `{field.name}` | `{said}` | {field.comment} |".replace(" | None", " or null")


if __name__ == "__main__":
    PAGE.write_text(manifest_page(), encoding="utf-8")
