"""`docs/authoring.md`: every name that authors import, from its docstring and signature, with an example a module."""

from __future__ import annotations

import dataclasses
import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

from archfolio import authoring
from archfolio.render.cli.written_fields import written_fields

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "authoring.md"
EXAMPLES = ROOT / "docs" / "examples"
MODULES = (  # in the order in which a system is written
    *(
        "system",
        "views",
        "placing",
        "edges",
        "concepts",
        "estimate",
        "reference_figures",
        "budget",
        "sections",
        "modelling",
    ),
    *(
        "interview",
        "building_block",
        "delta",
        "interview_question",
        "common_mistake",
        "mock_interview",
        "interview_framework",
        "company_guide",
        "sources",
        "vocabulary",
        "author_error",
    ),
)
_HEAD = """# What authors import

Every name that `from archfolio import ...` gives. Made from the docstrings by `make readme`; the examples are modules
in `docs/examples`, and tests run them.
"""
_HIDDEN = {"line", "at"}  # where it stands in the module: nobody gives that


def authoring_page() -> str:
    """Return the text of `docs/authoring.md`."""
    return "\n".join([_HEAD, *(_section(name) for name in MODULES)])


def names_of(module: str) -> list[str]:
    """Return the public names that a module of the authoring language gives."""
    held = vars(import_module(f"archfolio.{module}"))
    text = (ROOT / "archfolio" / f"{module}.py").read_text(encoding="utf-8")
    own = [
        name
        for name in authoring.__all__
        if name in held and re.search(rf"^(?:class |def )?{name}\b", text, re.MULTILINE)
    ]
    return sorted(own, key=lambda name: re.search(rf"^(?:class |def )?{name}\b", text, re.MULTILINE).start())  # type: ignore[union-attr]


def _section(module: str) -> str:
    doc = inspect.getdoc(import_module(f"archfolio.{module}")) or ""
    example = (EXAMPLES / f"{module}.py").read_text(encoding="utf-8").rstrip()
    entries = "\n".join(_entry(name) for name in names_of(module))
    return f"## {module}\n\n{doc}\n\n{entries}\n\n```python\n{example}\n```\n"


def _entry(name: str) -> str:
    value = getattr(authoring, name)
    if dataclasses.is_dataclass(value):
        kinds = [kind for kind in reversed(value.__mro__) if dataclasses.is_dataclass(kind)]  # type: ignore[union-attr]
        comments = {one.name: one.comment for kind in kinds for one in written_fields(kind)}
        fields = [field for field in dataclasses.fields(value) if field.init and field.name not in _HIDDEN]
        lines = "\n".join(_field(field, comments.get(field.name, "")) for field in fields)
        return f"### {name}\n\n{_words(value)}\n\n{lines}\n"
    if inspect.isclass(value) and issubclass(value, authoring.Concept):
        return f"- `{name}`: {_words(value)}"
    if callable(value):
        return f"### {name}\n\n`{name}{_signature(value)}`\n\n{_words(value)}\n"
    words = (
        ", ".join(f"`{word}`" for word in value)
        if isinstance(value, dict | list | tuple | frozenset)
        else f"`{value!r}`"
    )
    return f"### {name}\n\n{words}\n"


def _words(value: object) -> str:
    return inspect.getdoc(value) or ""


def _field(field: dataclasses.Field[Any], comment: str) -> str:
    needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
    kind = f"`{field.type}`" if needed else f"`{field.type}`, may be left out"
    return f"- `{field.name}` ({kind})" + (f": {comment}" if comment else "")


def _signature(value: Any) -> str:
    """Return the signature as it is written: annotations are texts there."""
    return re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(value)))


if __name__ == "__main__":
    PAGE.write_text(authoring_page(), encoding="utf-8")
