"""Feed every file of folders to the readers as `add` does, and count what becomes of them.

``python bench/fixtures.py FOLDER…``: folders of public fixture packages, unpacked somewhere. Each
file is read with its repairs accepted, each of its layers, and adopted as a layer; the parts of
a Shapefile go together as the page sends them. What is asked for (a coordinate system, a layer)
is answered. Prints what was read, what was refused and in which words, and what crashed, which is
always a fault here. Nothing here is a test.
"""

from __future__ import annotations

import io
import json
import sys
import traceback
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))
from corridormap.geo.errors import CorridorError
from corridormap.geo.formats import (
    Choices,
    LayerChoiceError,
    MissingCrsError,
    read_upload,
)
from corridormap.geo.formats.shapefile import SHAPEFILE_PARTS
from corridormap.geo.geojson import read_geojson
from corridormap.geo.letters import EncodingChoiceError
from corridormap.layers.saving.adopt import adopt
from corridormap.layers.saving.wishes import Wishes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.formats import Incoming

__all__ = ["Count", "feed"]

_ASKED = 4
_SHOWN = 3


@dataclass
class Count:
    """What became of the files."""

    read: int = 0
    mended: dict[str, list[str]] = field(default_factory=dict)
    """Files that were read with something done to them, by the repair."""
    left_out: Counter[str] = field(default_factory=Counter)
    refused: dict[str, list[str]] = field(default_factory=dict)
    """Files by the message that refuses them."""
    crashed: dict[str, list[str]] = field(default_factory=dict)
    """Files by the exception."""


def feed(name: str, data: bytes, count: Count) -> None:
    """Read a file with all its layers, and count what becomes of it."""
    try:
        for incoming in _layers(name, data):
            _adopted(incoming, count)
        count.read += 1
    except CorridorError as error:
        words = sorted({f"{fault.code}: {fault.problem[:90]}" for fault in error.faults})
        count.refused.setdefault(words[0], []).append(name)
    except Exception as error:  # noqa: BLE001  what is looked for
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{type(error).__name__} in {Path(last.filename).name}:{last.lineno}: {error}"
        count.crashed.setdefault(place[:140], []).append(name)


def _layers(name: str, data: bytes) -> Iterator[Incoming]:
    try:
        yield _read(name, data, Choices())
    except LayerChoiceError as error:
        for note in error.layers:
            yield _read(name, data, Choices(layer=note.name))


def _read(name: str, data: bytes, choices: Choices) -> Incoming:
    for _ in range(_ASKED):
        try:
            return read_upload(Path(name).name, data, choices=choices)
        except MissingCrsError:
            choices = Choices(choices.layer, "EPSG:4326", choices.encoding)
        except EncodingChoiceError as error:
            choices = Choices(choices.layer, choices.crs, error.choices[0].id)
    return read_upload(Path(name).name, data, choices=choices)


def _adopted(incoming: Incoming, count: Count) -> None:
    accepted = incoming.accept(proposal.id for proposal in incoming.proposals)
    for proposal in incoming.proposals:
        word = "needed" if proposal.needed else "offered"
        count.mended.setdefault(f"{proposal.repair} ({word})", []).append(incoming.file)
    count.left_out.update({finding.code for finding in incoming.left_out})
    wishes = Wishes(
        layer="mine",
        title="Mine",
        file=incoming.file,
        sources=("example",),
        as_of="2024-01-01",
        unnamed="name" not in incoming.columns,
        quality="traced",
        uncertainty_m=20,
        status="operating",
        since="2023",
        number_ids=True,
    )
    if accepted.features:
        made = adopt(accepted.features, wishes, taken=())
        raw = json.dumps(dict(made.collection), allow_nan=False).encode()
        read_geojson(raw, file=incoming.file)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the names and bytes of all files; the parts of a Shapefile also as one zip."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file() or path.is_symlink():
            continue
        name = str(path.relative_to(folder))
        yield name, path.read_bytes()
        if path.suffix.lower() == ".shp":
            out = io.BytesIO()
            with zipfile.ZipFile(out, "w") as archive:
                for part in sorted(path.parent.glob(f"{path.stem}.*")):
                    if part.suffix.lower() in SHAPEFILE_PARTS:
                        archive.writestr(zipfile.ZipInfo(part.name), part.read_bytes())
            yield f"{name}.zip", out.getvalue()


def main() -> None:
    """Print a table for each folder."""
    for given in sys.argv[1:]:
        count, files = Count(), 0
        for name, data in _files(Path(given)):
            files += 1
            feed(name, data, count)
        refused = sum(map(len, count.refused.values()))
        crashed = sum(map(len, count.crashed.values()))
        print(f"## {Path(given).name}: {files} files\n")
        print(f"{count.read} read, {refused} refused in words, {crashed} crashed.")
        for head, told in (
            ("refused", count.refused),
            ("crashed", count.crashed),
            ("mended", count.mended),
        ):
            for words, names in sorted(told.items(), key=lambda one: -len(one[1])):
                more = ", …" if len(names) > _SHOWN else ""
                print(f"  {head} {len(names)}× {words} [{', '.join(names[:_SHOWN])}{more}]")
        for code, found in count.left_out.most_common():
            print(f"  left out in {found}: {code}")
        print(flush=True)


if __name__ == "__main__":
    main()
