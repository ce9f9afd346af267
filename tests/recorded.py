"""What a build has recorded, each field of each record said: its manifest leaves out what has its usual value."""

from pathlib import Path

import msgspec

from archfolio.gallery import manifest


def recorded(site: Path) -> dict:
    """Read the manifest of a site as dicts and lists."""
    return _said(manifest.read(site))


def _said(value: object) -> object:
    if isinstance(value, msgspec.Struct):
        return {name: _said(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict):
        return {key: _said(one) for key, one in value.items()}
    return [_said(one) for one in value] if isinstance(value, (list, tuple)) else value
