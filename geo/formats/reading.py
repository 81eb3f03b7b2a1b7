"""Read a file from outside, whatever format it has, into features in degrees.

The one way in: recognise, read, bring to longitude and latitude, propose repairs. The
file is opened once; nothing it names is opened, nothing is fetched, nothing is mended.
"""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.blob import Choices, blob_of, recognised, take_in
from corridormap.geo.formats.box import read_in_box
from corridormap.geo.formats.geopackage import read_geopackage
from corridormap.geo.formats.gpx import read_gpx
from corridormap.geo.formats.incoming import Incoming
from corridormap.geo.formats.json_table import read_json_table
from corridormap.geo.formats.kml import kml_of_kmz, read_kml
from corridormap.geo.formats.leaving import drawable_features
from corridormap.geo.formats.limits import Limits
from corridormap.geo.formats.osm import read_osm
from corridormap.geo.formats.placing import placed
from corridormap.geo.formats.plausible import doubts_of
from corridormap.geo.formats.repair import proposals_for
from corridormap.geo.formats.shapefile import read_shapefile
from corridormap.geo.formats.spreadsheet import read_csv
from corridormap.geo.formats.table import LayerNote, Table, chosen, short, too_many
from corridormap.geo.formats.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.measure import Bbox

__all__ = ["read_any", "read_upload"]


class Reader(Protocol):
    """What reads one kind of contents."""

    def __call__(self, blob: Blob, *, layer: str | None, limits: Limits) -> Table:
        """Return one layer as it stands in the file."""


_DEFAULTS = Limits()
_UNSAID = Choices()
_BOXED = MappingProxyType({"FlatGeobuf": ".fgb", "GeoParquet": ".parquet"})
_READERS: Mapping[str, Reader] = MappingProxyType(
    {
        "JSON": read_json_table,
        "GeoPackage": read_geopackage,
        "KML": read_kml,
        "GPX": read_gpx,
        "CSV": read_csv,
        "XLSX": read_workbook,
        "OpenStreetMap": read_osm,
    }
)


def read_any(
    path: str | Path,
    *,
    choices: Choices = _UNSAID,
    extent: Bbox | None = None,
    limits: Limits = _DEFAULTS,
) -> Incoming:
    """Read a file that somebody else made.

    GeoJSON, TopoJSON, GeoPackage, FlatGeobuf, zipped Shapefile, KML, KMZ, GPX, GeoParquet,
    OpenStreetMap extracts, CSV and XLSX with coordinates, recognised by their contents.

    Parameters
    ----------
    path
        The file.
    choices
        What the user says of it: its layer, its coordinate system, the encoding of its texts,
        the columns of its positions.
    extent
        West, south, east, north in degrees of the region the features should touch: with
        it swapped axes are recognised and coordinate systems that fit are named.
    limits
        How large it may be.

    Raises
    ------
    ReadError
        The file cannot be read; `LayerChoiceError` when a layer must be chosen,
        `MissingCrsError` when its coordinate system must be given, `EncodingChoiceError` when
        the encoding of its texts must be.
    """
    blob = replace(take_in(path, limits=limits), choices=choices)
    return _read(blob, extent=extent, limits=limits)


def read_upload(
    name: str,
    data: bytes,
    *,
    choices: Choices = _UNSAID,
    extent: Bbox | None = None,
    limits: Limits = _DEFAULTS,
) -> Incoming:
    """Read bytes that were uploaded under a name; otherwise as `read_any`.

    Raises
    ------
    ReadError
        As in `read_any`.
    """
    blob = replace(blob_of(name, data, limits=limits), choices=choices)
    return _read(blob, extent=extent, limits=limits)


def _read(blob: Blob, *, extent: Bbox | None, limits: Limits) -> Incoming:
    table = _table(blob, blob.choices.layer, limits)
    _columns_or_error(table, blob.name, limits)
    if not table.rows:
        raise ReadError("layer-holds-no-feature", file=blob.name)
    put = placed(table, blob.name, extent, blob.choices.crs)
    features, unseen = drawable_features(put.features, blob.name)
    return Incoming(
        file=blob.name,
        format=table.format,
        layer=table.layer,
        layers=table.layers,
        features=features,
        source_crs=put.source,
        crs_chosen=blob.choices.crs is not None,
        transformed=put.transformed,
        said=(*table.said, *put.said),
        left_out=(*table.left_out, *put.left_out, *unseen),
        doubts=doubts_of(features, blob.name, extent=extent),
        proposals=proposals_for(features, extent=extent),
        origin=table.origin,
    )


def _table(blob: Blob, layer: str | None, limits: Limits) -> Table:
    try:
        return _table_of(blob, layer, limits)
    except (CorridorError, MemoryError):
        raise
    except Exception as error:
        # Whatever a library throws at a stranger's file is the file's fault.
        raise ReadError("contents-are-broken", file=blob.name, why=short(error, 120)) from error


def _table_of(blob: Blob, layer: str | None, limits: Limits) -> Table:
    kind = recognised(blob)
    if blob.choices.tags and kind != "OpenStreetMap":
        raise ReadError("tags-are-of-openstreetmap", file=blob.name)
    if kind == "zip":
        return _zipped(blob, layer, limits)
    if kind in _BOXED:
        return _boxed(blob, kind, layer, limits)
    return _READERS[kind](blob, layer=layer, limits=limits)


def _boxed(blob: Blob, kind: str, layer: str | None, limits: Limits) -> Table:
    if layer is not None:
        chosen([LayerNote(blob.name, 0)], layer, file=blob.name)
    return read_in_box(
        {_BOXED[kind]: blob.data}, form=kind, name=blob.name, file=blob.name, limits=limits
    )


def _zipped(blob: Blob, layer: str | None, limits: Limits) -> Table:
    archive = Archive(blob, limits)
    endings = {name.rpartition(".")[2].lower() for name in archive.names}
    if "shp" in endings and blob.suffix == ".zip":
        return read_shapefile(
            archive,
            file=blob.name,
            layer=layer,
            limits=limits,
            chosen_encoding=blob.choices.encoding,
        )
    if "kml" in endings:
        return read_kml(kml_of_kmz(archive, blob), layer=layer, limits=limits)
    raise ReadError("zip-holds-neither-shapefile-nor-kml", file=blob.name)


def _columns_or_error(table: Table, file: str, limits: Limits) -> None:
    names: set[str] = set()
    for row in table.rows:
        names.update(row.properties)
        if len(names) > limits.columns:
            raise too_many("columns", len(names), limits.columns, file=file, where=row.where)
