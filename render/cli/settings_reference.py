"""`docs/settings.md`: every key of `[tool.archfolio]`, from the types that settings are read into."""

from __future__ import annotations

import inspect
import types
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec

from archfolio.render.base.settings import TABLES, EdgeKindSettings, LimitSettings, PartSettings, Twins
from archfolio.render.model.palette import NAMED

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "settings.md"
_HEAD = """# Settings

What a project always wants stands in its `pyproject.toml`. Keys of `[tool.archfolio]` itself are defaults of options
(`output`, `systems`, `jobs`, `engine`, `style`, `scale`, `title`, `legend`, `png`, `pdf`, `dark`); the command line has
the last word. `systems` may be a list of folders. The tables below are settings of the project; a key that is none of
these is an error, with the nearest that is. Files are seen from `pyproject.toml`. Made from the types by `make readme`.

The tables `[tool.archfolio.notes]` and `[[tool.archfolio.sync]]` are in [Pictures in notes](notes.md#sync).
"""
_EXAMPLE = """## Example

```toml
[tool.archfolio]
output = "site"
systems = ["systems", "teams/risk/systems"]

[tool.archfolio.site]
title = "Acme Freight architecture"
accent = { light = "#be123c", dark = "#fb7185" }

[tool.archfolio.vocabulary.edges.lineage]
like = "batch"
colour = "#a21caf"
line = "dash-dot"
word = "data lineage"

[tool.archfolio.check]
ignore = ["M2"]
sections = ["requirements", "decisions"]

[tool.archfolio.style]
font = ["brand/Acme.ttf"]
```
"""
_TABLES: dict[str, type[msgspec.Struct]] = {
    "[tool.archfolio.site]": TABLES["site"],
    "[tool.archfolio.vocabulary]": TABLES["vocabulary"],
    "[tool.archfolio.vocabulary.edges.NAME]": EdgeKindSettings,
    "[tool.archfolio.vocabulary.parts.NAME]": PartSettings,
    "[tool.archfolio.check]": TABLES["check"],
    "[tool.archfolio.check.limits]": LimitSettings,
    "[tool.archfolio.style]": TABLES["style"],
}
_WORDS = {str: "text", int: "number", float: "number", bool: "true or false"}


def settings_page() -> str:
    """Return the text of `docs/settings.md`."""
    return "\n".join([_HEAD, *(_section(name, kind) for name, kind in _TABLES.items()), _colours(), _EXAMPLE])


def _section(name: str, kind: type[msgspec.Struct]) -> str:
    hints = get_type_hints(kind, include_extras=True)
    rows = [
        f"| `{field.name}` | {_said_type(hints[field.name])} | {_described(hints[field.name])} |"
        for field in msgspec.structs.fields(kind)
    ]
    table = "\n".join(["| key | value | meaning |", "|---|---|---|", *rows])
    return f"## {name}\n\n{inspect.getdoc(kind)}\n\n{table}\n"


def _described(hint: Any) -> str:
    """Return what a key is for."""
    return next(one.description for one in get_args(hint)[1:] if isinstance(one, msgspec.Meta) and one.description)


def _said_type(hint: Any) -> str:  # noqa: PLR0911  one for each way to write a type
    """Return what may stand there, in words."""
    origin, inside = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _said_type(inside[0])
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inside if one)
    if origin in (Union, types.UnionType):
        if Twins in inside:
            return "colour"
        return next(_said_type(one) for one in inside if one is not type(None))
    if origin is tuple:
        return "list of texts"
    if origin is dict:
        of = inside[1]
        is_table = isinstance(of, type) and issubclass(of, msgspec.Struct)
        return "tables" if is_table else f"table of {_said_type(of)}s"
    return _WORDS.get(hint, "table")


def _colours() -> str:
    names = ", ".join(f"`{name}`" for name in NAMED)
    return f"""## Colours

A colour is `"#be123c"`, or `{{ light = "#be123c", dark = "#fb7185" }}`. Without a dark one its twin is found for
edges, parts and the accent, and stays ours in the palette. Texts need a contrast of 4.5 with what they stand on, lines
one of 3 (WCAG 2.2); what has less is an error, with the contrast that it has. The palette has
{names}.
"""


if __name__ == "__main__":
    PAGE.write_text(settings_page(), encoding="utf-8")
