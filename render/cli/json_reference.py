"""`docs/json.md`: the fields that commands print with `--json`, from the types that they are printed from."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from archfolio.render.cli import json_output
from archfolio.render.cli.written_fields import written_fields

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = Path(__file__).parents[2] / "docs" / "json.md"
_HEAD = """# What commands print for programs

With `--json` a command prints one JSON document on stdout. All begin alike:

```json
{"archfolio": 1, "command": "check", "ok": false, ...}
```

`archfolio` is the number of the format: it is raised when a field changes its meaning or goes; new fields may come.
`ok` is whether the command ends with 0. Paths are as one types them in the working folder; lines begin at 1, and 0
stands for a file as a whole. Where a command cannot begin (exit 2 or 3), stdout is empty and stderr has the sentence.
What a build holds is in its `manifest.json`, not here.

This page is made from the types by `make readme`.
"""


def json_page() -> str:
    """Return the text of `docs/json.md`."""
    parts = [f"## {command}\n\n{_table(kind)}" for command, kind in json_output.OUTPUTS.items()]
    inner = dict.fromkeys(one for kind in json_output.OUTPUTS.values() for one in _inside(kind))
    return "\n".join([_HEAD, *parts, "## Records\n", *(f"### {one.__name__}\n\n{_table(one)}" for one in inner)])


def _inside(kind: type[msgspec.Struct]) -> Iterator[type[msgspec.Struct]]:
    """Yield the records that a type holds, in the order of its fields."""
    for field in msgspec.structs.fields(kind):
        for name in re.findall(r"\w+", str(field.type)):
            found: Any = getattr(json_output, name, None)
            if inspect.isclass(found) and issubclass(found, msgspec.Struct):
                yield found


def _table(kind: type[msgspec.Struct]) -> str:
    rows = "\n".join(f"| `{one.name}` | `{one.annotation}` | {one.comment} |" for one in written_fields(kind))
    return f"{inspect.getdoc(kind)}\n\n| field | type | |\n|---|---|---|\n{rows}\n"


if __name__ == "__main__":
    PAGE.write_text(json_page(), encoding="utf-8")
