"""Machine-learning system architectures as code: `from archfolio import System, view, request, ...`.

The names that authors import are listed in `archfolio.authoring`, and are loaded when one of them is first asked for:
a command that draws nothing does not wait for them.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archfolio.authoring import *  # noqa: F403  what it lists, for type checkers alone

_HERE = Path(__file__).parent
if not (_HERE / "render").is_dir():  # a clone: the other rooms stand beside this folder; in a wheel they are inside it
    __path__.append(str(_HERE.parent))  # noqa: F405  the import system defines it


def __getattr__(name: str) -> Any:
    """Load a name that authors import, or raise AttributeError."""
    if name.startswith("_") and name != "__all__":
        raise AttributeError(name)
    authoring = import_module("archfolio.authoring")
    try:
        value = globals()[name] = getattr(authoring, name)
    except AttributeError:
        message = f"module 'archfolio' has no attribute '{name}'"
        raise AttributeError(message) from None
    return value


def __dir__() -> list[str]:
    """List the names that authors import."""
    return [*{*globals(), *import_module("archfolio.authoring").__all__}]
