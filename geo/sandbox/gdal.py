"""Say what GDAL, PROJ and Arrow may do in a process that reads files. Loads none of them.

They take it from their environment when they are loaded, so the sandbox gives it to every
process that it starts (`corridormap.geo.sandbox.sandbox`).
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["GDAL_SETTINGS", "WANTED_DRIVERS"]

WANTED_DRIVERS = frozenset({"ESRI Shapefile", "FlatGeobuf"})
"""GDAL's drivers that read files here."""
_SKIPPED_DRIVERS = (
    "MEM", "Memory", "PCIDSK", "PDS4", "VICAR", "PDF", "MBTiles", "EEDA", "OGCAPI", "GDALG",
    "MapInfo File", "LVBAG", "S57", "DGN", "OGR_VRT", "CSV", "GML", "GPX", "LIBKML", "KML",
    "GeoJSON", "GeoJSONSeq", "ESRIJSON", "TopoJSON", "OGR_GMT", "GPKG", "SQLite", "WAsP",
    "OpenFileGDB", "FileGDB", "DXF", "DWG", "CAD", "GeoRSS", "VFK", "PGDUMP", "PostgreSQL", "OSM",
    "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO", "Idrisi", "ODS", "XLSX", "XLS",
    "Elasticsearch", "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "PLSCENES", "CSW", "VDV",
    "MVT", "NGW", "MapML", "GTFS", "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin",
    "AVCE00", "AIVector", "HTTP", "Arrow", "Parquet", "netCDF", "HDF5", "BAG", "TIGER", "ODBC",
    "MSSQLSpatial", "MySQL", "OCI", "HANA", "ILI", "Interlis 1", "Interlis 2", "NAS", "GMLAS",
    "OGR_OGDI", "UK .NTF", "SDTS", "S102", "Tiger", "Zarr", "GRASS", "STACIT", "STACTA", "TileDB",
    "JP2OpenJPEG", "JP2KAK", "JP2ECW", "JPEG2000", "Rasterlite", "WCS", "WMS", "WMTS",
)  # fmt: skip
"""Its vector drivers that have no business here."""

GDAL_SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "OGR_SKIP": ",".join(_SKIPPED_DRIVERS),
        "GDAL_SKIP": "VRT",
        "GDAL_DRIVER_PATH": "disable",
        "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
        "GDAL_NUM_THREADS": "1",
        "CPL_VSIL_CURL_ALLOWED_FILENAME": "none",
        "SHAPE_RESTORE_SHX": "NO",
        "PROJ_NETWORK": "OFF",
        "OPENBLAS_NUM_THREADS": "1",
        "OMP_NUM_THREADS": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system",
        "ARROW_IO_THREADS": "1",
    }
)
"""Variables of the environment."""
