"""The `with Diagram(...)` blocks of a script, each read as soon as it ends, while the files that it names are there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from archfolio.render.base.errors import Failure
from archfolio.render.capture.drawing import icon_contents, keep_icons, read_drawing
from archfolio.render.model.ids import Names, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archfolio.render.capture.discover import Script
    from archfolio.render.capture.on_demand import PicturesOnDemand
    from archfolio.render.capture.recorder import Record
    from archfolio.render.model.drawing import Drawing


class Blocks:
    """What the blocks of one script drew so far."""

    def __init__(self, script: Script, folders: Sequence[Path], pictures: PicturesOnDemand) -> None:
        """Read for a script, whose icons may stand in these folders, and which may look at its pictures."""
        self._script, self._folders, self._pictures = script, folders, pictures
        self._slugs = Names()
        self._records: dict[int, Record] = {}
        self._names: dict[int, str] = {}
        self._read: dict[int, Drawing | Failure] = {}
        self._warnings: dict[int, list[Failure]] = {}
        self._icons: dict[Path, bytes] = {}

    def read(self, record: Record) -> None:
        """Read a block; one that was read before is brought up to date."""
        key = id(record)
        if key not in self._records:
            self._records[key] = record
            self._names[key] = self._slugs.take(slug(Path(record.filename).name) or slug(record.name) or "diagram")
        what = f"{self._script.slug}/{self._names[key]}"
        try:
            drawing, self._warnings[key] = read_drawing(record, what, self._script.path, self._folders)
            self._icons |= icon_contents(drawing)
        except Exception as error:  # noqa: BLE001  one drawing that cannot be read costs only itself
            sentence = f"could not be read: {str(error) or type(error).__name__}"
            self._read[key] = Failure(what, sentence, str(self._script.path), record.line)
            return
        self._read[key] = drawing
        self._pictures.expect(drawing, Path(record.folder))

    def drawings(self, failures: list[Failure], warnings: list[Failure]) -> Iterator[Drawing]:
        """Return what was drawn, in order; what was not is appended to the failures."""
        for key, drawing in self._read.items():
            warnings.extend(self._warnings.get(key, ()))
            if isinstance(drawing, Failure):
                failures.append(drawing)
            elif drawing.graph.nodes or drawing.graph.clusters:
                yield keep_icons(drawing, self._icons)
            else:
                what = f"{self._script.slug}/{self._names[key]}"
                sentence = "draws nothing: make at least one node in it"
                failures.append(Failure(what, sentence, str(self._script.path), drawing.graph.line))
