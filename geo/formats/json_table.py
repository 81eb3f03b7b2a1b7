"""Read JSON that somebody else made: GeoJSON or TopoJSON, as it turns out to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.geojson import read_geojson_table
from corridormap.geo.formats.table import too_many
from corridormap.geo.formats.topojson import read_topology_table
from corridormap.geo.json_file import parse_json
from corridormap.geo.letters import decoded, encoding_of_marks

if TYPE_CHECKING:
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Table

__all__ = ["read_json_table"]

_MARK = b"\x1e"
_FEWEST_LINES = 2
_WHOLE = re.compile(rb"\s*\{.*\}\s*\Z", re.DOTALL)


def read_json_table(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the features of a GeoJSON or TopoJSON file as they stand there.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`; `EncodingChoiceError` when the encoding of
        its texts must be chosen.
    """
    marks = sum(blob.data.count(mark) for mark in (b"[", b"{", b","))
    if marks > limits.marks:
        raise too_many("brackets and commas", marks, limits.marks, file=blob.name)
    data = _parsed(_utf8(blob), blob.name)
    if isinstance(data, dict) and data.get("type") == "Topology":
        return read_topology_table(data, file=blob.name, layer=layer, limits=limits)
    return read_geojson_table(data, file=blob.name, layer=layer, limits=limits)


def _utf8(blob: Blob) -> bytes:
    """Return the bytes of a file as UTF-8, which JSON has to be and old programs do not write."""
    encoding = blob.choices.encoding
    if not encoding and not encoding_of_marks(blob.data) and _is_utf8(blob.data):
        return blob.data
    return decoded(blob.data, file=blob.name, encoding=encoding).text.encode("utf-8")


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _parsed(data: bytes, file: str) -> Any:
    """Return what a file holds: of a sequence of features, one a line, a collection of them.

    The sequence may have a mark before each (RFC 8142) or only the line ends.
    """
    if _MARK not in data[:1024]:
        lines = [line for line in data.splitlines() if line.strip()]
        if len(lines) < _FEWEST_LINES or not all(_WHOLE.match(line) for line in lines[:2]):
            return parse_json(data, file=file)
    else:
        lines = [line for line in data.split(_MARK) if line.strip()]
    return {"type": "FeatureCollection", "features": [_feature(line, file) for line in lines]}


def _feature(line: bytes, file: str) -> Any:
    try:
        return parse_json(line, file=file)
    except ReadError:
        return None  # told as a feature that is none, with its number
