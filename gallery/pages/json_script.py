"""JSON inside HTML: data that scripts read, which no text of an author can break out of."""

from __future__ import annotations

import json

from markupsafe import Markup

_ESCAPES = {char: f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def data_block(value: object) -> Markup:
    """Encode a value for a `<script type="application/json">`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for char, escape in _ESCAPES.items():
        text = text.replace(char, escape)
    return Markup(text)  # noqa: S704  nothing that HTML could read is left in it
