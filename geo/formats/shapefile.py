"""Read a zipped Shapefile: its parts are checked, and read in the box under our own names.

How its texts are encoded is found in `dbf`. Nothing else of the zip is unpacked.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.box import read_in_box
from corridormap.geo.formats.dbf import encoding_of
from corridormap.geo.formats.table import LayerNote, StatedCrs, chosen, short, too_many
from corridormap.geo.letters import encoding_of_marks

if TYPE_CHECKING:
    from corridormap.geo.formats.archive import Archive
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Table

__all__ = ["SHAPEFILE_PARTS", "read_shapefile"]

SHAPEFILE_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Endings of the files of one Shapefile that are read."""
_SHP = 9994
_DBF_HEADER = 32
_PARTS = (".shp", ".shx", ".dbf")


def read_shapefile(
    archive: Archive, *, file: str, layer: str | None, limits: Limits, chosen_encoding: str = ""
) -> Table:
    """Return the features of one Shapefile of a zip.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`; `EncodingChoiceError` when the encoding of
        its texts must be chosen.
    """
    stems: dict[str, dict[str, str]] = {}
    for name in archive.names:
        stem, dot, ending = name.rpartition(".")
        if dot:
            stems.setdefault(stem, {})[f".{ending.lower()}"] = name
    found = {stem: parts for stem, parts in stems.items() if ".shp" in parts}
    notes = tuple(LayerNote(stem, _records(archive, parts)) for stem, parts in found.items())
    name = chosen(notes, layer, file=file)
    parts = found[name]
    missing = [ending for ending in _PARTS if ending not in parts]
    if missing:
        raise ReadError("shapefile-lacks-a-part", file=file, missing=missing[0])
    bodies = {ending: archive.read(parts[ending]) for ending in _PARTS}
    if len(bodies[".shp"]) < 100 or struct.unpack(">i", bodies[".shp"][:4])[0] != _SHP:
        raise ReadError("shp-is-not-a-shapefile", file=file)
    records = next(note.features for note in notes if note.name == name)
    if records > limits.features:
        raise too_many("features", records, limits.features, file=file)
    label = archive.read(parts[".cpg"]) if ".cpg" in parts else None
    encoding, said = encoding_of(bodies[".dbf"], label, chosen=chosen_encoding, file=file)
    table = read_in_box(
        bodies, form="Shapefile", name=name, file=file, limits=limits, encoding=encoding
    )
    crs = _crs(archive, parts)
    return replace(table, layer=name, layers=notes, crs=crs, said=said)


def _records(archive: Archive, parts: dict[str, str]) -> int:
    """Return how many records the table says it has; of a broken one none."""
    if ".dbf" not in parts:
        return 0
    head = archive.head(parts[".dbf"], _DBF_HEADER)
    return int(struct.unpack_from("<I", head, 4)[0]) if len(head) == _DBF_HEADER else 0


def _crs(archive: Archive, parts: dict[str, str]) -> StatedCrs:
    if ".prj" not in parts:
        return StatedCrs()
    body = archive.read(parts[".prj"])[:20_001]
    codec = encoding_of_marks(body) or "utf-8"
    text = body.decode(codec, "replace").removeprefix("\ufeff").strip().strip("\0")
    return StatedCrs(short(text, 80), text)
