"""Read JSON that somebody else made: GeoJSON or TopoJSON, as it turns out to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.formats.geojson import read_geojson_table
from corridormap.geo.formats.table import too_many
from corridormap.geo.formats.topojson import read_topology_table
from corridormap.geo.json_file import parse_json

if TYPE_CHECKING:
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Table

__all__ = ["read_json_table"]


def read_json_table(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the features of a GeoJSON or TopoJSON file as they stand there.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    marks = sum(blob.data.count(mark) for mark in (b"[", b"{", b","))
    if marks > limits.marks:
        raise too_many("brackets and commas", marks, limits.marks, file=blob.name)
    data = parse_json(blob.data, file=blob.name)
    if isinstance(data, dict) and data.get("type") == "Topology":
        return read_topology_table(data, file=blob.name, layer=layer, limits=limits)
    return read_geojson_table(data, file=blob.name, layer=layer, limits=limits)
