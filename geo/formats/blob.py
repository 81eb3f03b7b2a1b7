"""Take a file in whole, once, and say by its first bytes what it is.

Everything later works on these bytes, so a file that changes meanwhile changes nothing.
A name is only a second opinion: when it and the first bytes differ, the file is refused.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.table import short

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.geo.formats.limits import Limits

__all__ = ["FORMATS", "Blob", "Choices", "blob_of", "recognised", "take_in"]

FORMATS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "JSON": (
            ".geojson",
            ".json",
            ".topojson",
            ".geojsonl",
            ".geojsons",
            ".ndjson",
            ".jsonl",
        ),
        "GeoPackage": (".gpkg",),
        "FlatGeobuf": (".fgb",),
        "zip": (".zip", ".kmz"),
        "KML": (".kml",),
        "GPX": (".gpx",),
        "OpenStreetMap": (".osm", ".pbf"),
        "GeoParquet": (".parquet", ".geoparquet"),
        "CSV": (".csv", ".tsv", ".txt"),
        "XLSX": (".xlsx", ".xlsm"),
    }
)
"""The kinds of contents that can be read, each with the endings of its names."""

_SQLITE = b"SQLite format 3\x00"
_PACKAGE_IDS = (b"GPKG", b"GP10", b"GP11", b"GP12")
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"fgb\x03fgb", "FlatGeobuf"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"PAR1", "GeoParquet"),
)
_OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"\x00\x00\x27\x0a", "one part of a Shapefile"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "packed with gzip"),
    (b"7z\xbc\xaf", "packed with 7-Zip"),
    (b"Rar!", "packed with RAR"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"PMTiles", "map tiles"),
    (b"MZ", "a program"),
    (b"\x7fELF", "a program"),
)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_ROOT = re.compile(r"<(?![?!])(?:[\w.-]+:)?([\w.-]+)")
_LIST = re.compile(r"\[\s*[{\]]")
_HEAD_BYTES = 4096


@dataclass(frozen=True)
class Choices:
    """What a user chose of a file, or says of it where it does not say it itself."""

    layer: str | None = None
    """Which of its layers, when it has several."""
    crs: str | None = None
    """The system of its coordinates by code, such as "EPSG:32638"; goes before what it says."""
    encoding: str = ""
    """Such as "windows-1251"."""
    columns: tuple[str, ...] = ()
    """Names of the columns of longitude and latitude, or of the one of shapes (WKT and kin)."""
    tags: tuple[str, ...] = ()
    """Of an OpenStreetMap extract what to take: "railway=rail", "highway"."""


@dataclass(frozen=True)
class Blob:
    """A file's bytes and the name that messages use for it."""

    name: str
    data: bytes
    choices: Choices = Choices()
    log_beside: bool | None = None
    """Whether a log of changes (a name ending in -wal) lies beside it; None where nobody knows."""

    @property
    def suffix(self) -> str:
        """The ending of its name, in small letters."""
        return Path(self.name).suffix.lower()


def take_in(path: str | Path, *, limits: Limits, name: str | None = None) -> Blob:
    """Read a regular file whole, if its size allows.

    Raises
    ------
    ReadError
        The file is missing, no regular file, empty or too large.
    """
    shown = name or Path(path).name or str(path)
    if str(path).lower().startswith("/vsi") or "://" in str(path):
        raise ReadError("address-is-not-a-file", file=short(path))
    try:
        status = Path(path).stat()
        if stat.S_ISREG(status.st_mode) and status.st_size <= limits.file_bytes:
            with Path(path).open("rb") as file:
                blob = blob_of(shown, file.read(limits.file_bytes + 1), limits=limits)
            log = Path(f"{path}-wal")
            return replace(blob, log_beside=log.is_file() and log.stat().st_size > 0)
    except FileNotFoundError as error:
        raise ReadError("file-is-missing", file=shown) from error
    except (OSError, ValueError) as error:
        raise ReadError("file-cannot-be-opened", file=shown) from error
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("folder-or-device-is-not-a-file", file=shown)
    raise _too_large(shown, status.st_size, limits)


def blob_of(name: str, data: bytes, *, limits: Limits) -> Blob:
    """Return bytes that are already here, such as an upload, under their name.

    Raises
    ------
    ReadError
        There are too many, or none.
    """
    if len(data) > limits.file_bytes:
        raise _too_large(name, len(data), limits)
    if not data.strip():
        raise ReadError("file-is-empty", file=short(name))
    return Blob(short(name), data)


def recognised(blob: Blob) -> str:
    """Return which of `FORMATS` the contents are, if the name says the same.

    Raises
    ------
    ReadError
        The contents are something else, or not what the name says.
    """
    named = next((kind for kind, ends in FORMATS.items() if blob.suffix in ends), None)
    kind = _kind_of(blob.data)
    if kind in FORMATS and kind == named:
        return kind
    if (kind, named) in {("text", "CSV"), ("zip", "XLSX")}:
        return named or ""
    if blob.suffix == ".shp" or kind == "one part of a Shapefile":
        raise ReadError("only-one-part-of-shapefile", file=blob.name)
    if named is None:
        ending = (
            f"names ending in '{short(blob.suffix, 20)}'"
            if blob.suffix
            else "names without an ending"
        )
        raise ReadError("format-is-not-read", file=blob.name, ending=ending)
    if kind == "text":
        kind = "some other text"
    raise ReadError("name-and-contents-differ", file=blob.name, suffix=blob.suffix, kind=kind)


def _too_large(name: str, size: int, limits: Limits) -> ReadError:
    return ReadError(
        "geodata-file-too-large",
        file=short(name),
        mb=f"{size / 1e6:.1f}",
        most=f"{limits.file_bytes / 1e6:g}",
    )


def _kind_of(data: bytes) -> str:
    """Return one of `FORMATS`, "text", or in words what else the contents are."""
    if data.startswith(_SQLITE):
        package = data[68:72] in _PACKAGE_IDS or b"gpkg_contents" in data[:1_000_000]
        return "GeoPackage" if package else "a database that is no GeoPackage"
    for start, kind in (*_MAGIC, *_OTHERS):
        if data.startswith(start):
            return kind
    if data[4:15] == b"\n\tOSMHeader":
        return "OpenStreetMap"
    head = data[:_HEAD_BYTES]
    bom = next((bom for bom in _BOMS if head.startswith(bom)), b"")
    wide = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}.get(bom, "")
    if not wide and b"\x00" in head:
        return "of a kind that is not known here"
    text = head[len(bom) :].decode(wide or "utf-8", "ignore").lstrip()
    return _kind_of_text(text)


def _kind_of_text(text: str) -> str:
    if text.startswith("{") or _LIST.match(text):
        return "a GDAL recipe" if '"gdal_streamed_alg"' in text else "JSON"
    if not text.startswith("<"):
        return "text"
    root = _ROOT.search(text)
    name = root.group(1) if root else ""
    known = dict.fromkeys(("kml", "document", "folder", "placemark"), "KML")
    known |= {"gpx": "GPX", "html": "a web page", "osm": "OpenStreetMap"}
    if name.lower() in known:
        return known[name.lower()]
    if "vrt" in name.lower() or name.startswith("GDAL_"):
        return "a GDAL virtual file, which leads to other files"
    return f"XML of the kind '{short(name, 40)}'" if name else "XML without a root"
