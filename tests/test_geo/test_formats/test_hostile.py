"""Files that attack: each is refused with its own message, and nothing leaks or runs."""

from __future__ import annotations

import io
import json
import os
import sqlite3
import stat
import struct
import subprocess
import sys
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from pyarrow import parquet

from corridormap.geo.errors import CorridorError, ReadError
from corridormap.geo.formats import Choices, Limits, read_any, read_upload
from corridormap.geo.formats.blob import FORMATS
from tests.test_geo.test_formats.makers import MAKERS, collection, feature, frame, zipped

SECRET = "the-secret-of-another-file"  # noqa: S105  words to look for
ENDINGS = [ending for endings in FORMATS.values() for ending in endings]
POINT = {"type": "Point", "coordinates": [48, 38]}
ROOT = Path(__file__).parents[3]


def refused(name: str, data: bytes, limits: Limits | None = None) -> CorridorError:
    """Return the error with which an upload is refused; it tells nothing of other files."""
    with pytest.raises(ReadError) as caught:
        read_upload(name, data, limits=limits or Limits())
    assert all(fault.problem and fault.remedy for fault in caught.value.faults)
    said = "\n".join(str(fault) for fault in caught.value.faults)
    assert SECRET not in said
    assert "corridormap-" not in said  # the private folder
    assert "Traceback" not in said
    return caught.value


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Return a file of the server that no reader may show."""
    path = tmp_path / "secret.csv"
    path.write_text(f"name,lon,lat\n{SECRET},48,38\n")
    return path


def _recipes(secret: Path) -> dict[str, bytes]:
    """Return contents with which GDAL opens another file, whatever the name says."""
    layer = f"<SrcDataSource>{secret}</SrcDataSource><SrcLayer>secret</SrcLayer>"
    vrt = f"<OGRVRTDataSource><OGRVRTLayer name='secret'>{layer}</OGRVRTLayer></OGRVRTDataSource>"
    pipeline = {
        "type": "gdal_streamed_alg",
        "command_line": f"gdal vector ! read {secret}",
    }
    return {
        "vrt": vrt.encode(),
        "vrt with a prologue": b'\xef\xbb\xbf<?xml version="1.0"?>\n<!-- x -->' + vrt.encode(),
        "vrt in UTF-16": vrt.encode("utf-16"),
        "raster vrt": f"<VRTDataset><Source>{secret}</Source></VRTDataset>".encode(),
        "pipeline": json.dumps(pipeline).encode(),
        "wfs": b"<OGRWFSDataSource><URL>http://evil.example</URL></OGRWFSDataSource>",
        "web map": b"<GDAL_WMS><Service name='TMS'/></GDAL_WMS>",
        "gml": b"<FeatureCollection xmlns='http://www.opengis.net/gml'/>",
        "path": str(secret).encode(),
        "vsicurl": b"/vsicurl/http://evil.example/x.geojson",
        "vsizip": f"/vsizip/{secret}".encode(),
        "connection": f"CSV:{secret}".encode(),
        "dxf": b"  0\nSECTION\n  2\nENTITIES\n",
        "mapinfo": b'Version 300\nCharset "Neutral"\nColumns 0\nData\n',
        "mvt": b"\x1a\x05\x0a\x01a\x28\x80",
        "html": b"<html><script>alert(1)</script></html>",
        "pdf": b"%PDF-1.7",
        "png": b"\x89PNG\r\n\x1a\n",
        "gzip": b"\x1f\x8b\x08\x00",
        "shp": b"\x00\x00\x27\x0a" + bytes(96),
    }


@pytest.mark.parametrize("recipe", list(_recipes(Path("x"))))
def test_other_formats_under_a_wrong_name(recipe: str, secret: Path) -> None:
    for ending in ENDINGS:
        error = refused(f"roads{ending}", _recipes(secret)[recipe])
        assert error.file == f"roads{ending}"


def test_a_vrt_is_named(secret: Path) -> None:
    error = refused("roads.gpkg", _recipes(secret)["vrt"])
    assert "GDAL virtual file, which leads to other files" in error.problem
    error = refused("roads.gpkg", json.dumps(collection()).encode())
    assert error.problem == "the name ends in .gpkg, but the contents are JSON"
    error = refused("roads.ods", zipped({"content.xml": b"<x/>"}))
    assert error.problem == "names ending in '.ods' are not read"


@pytest.mark.parametrize("form", MAKERS)
def test_honest_contents_under_a_wrong_name(form: str, tmp_path: Path) -> None:
    path = MAKERS[form](frame(), tmp_path)
    body = path.read_bytes()
    for kind, endings in FORMATS.items():
        if path.suffix not in endings:
            error = refused(f"x{endings[0]}", body)
            assert f"the name ends in {endings[0]}, but the contents are" in error.problem, kind


@pytest.mark.parametrize(
    "path",
    ["/vsicurl/http://evil.example/a.geojson", "/vsizip/a.zip/a.geojson", "/VSIMEM/a.gpkg",
     "http://evil.example/a.geojson", "file:///etc/passwd"],
)  # fmt: skip
def test_virtual_paths(path: str) -> None:
    with pytest.raises(ReadError, match=r"an address, not a file.*nothing is fetched"):
        read_any(path)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="a folder or a device"):
        read_any(tmp_path)
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(ReadError, match="a folder or a device"):
        read_any(tmp_path / "pipe.geojson")
    with pytest.raises(ReadError, match="the file is missing"):
        read_any(tmp_path / "none.geojson")
    with pytest.raises(ReadError, match="cannot be opened"):
        read_any("a\0.geojson")
    assert "the file is empty" in refused("x.geojson", b" \n").problem


def test_a_path_with_dots_names_only_its_last_part(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as caught:
        read_any(f"{tmp_path}/../../../../../../etc/passwd")
    assert caught.value.file == "passwd"
    assert "names without an ending are not read" in caught.value.problem


def _zip_with(name: str, body: bytes = b"x", mode: int = 0) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        archive.writestr(info, body)
    return out.getvalue()


@pytest.mark.parametrize("ending", [".zip", ".kmz"])
@pytest.mark.parametrize(
    ("name", "mode", "problem"),
    [
        ("../../etc/cron.d/x.shp", 0, "its name leads out of the zip"),
        ("a/../../x.shp", 0, "its name leads out of the zip"),
        ("..\\x.shp", 0, "its name leads out of the zip"),
        ("/etc/x.shp", 0, "its name leads out of the zip"),
        ("C:/x.shp", 0, "its name leads out of the zip"),
        ("\\\\host\\x.shp", 0, "its name leads out of the zip"),
        ("x.shp", stat.S_IFLNK | 0o777, "it is a link or a device"),
        ("x.shp", stat.S_IFCHR | 0o666, "it is a link or a device"),
        ("inner.zip", 0, "it is itself a packed file"),
        ("inner.KMZ", 0, "it is itself a packed file"),
        ("inner.tar", 0, "it is itself a packed file"),
    ],
)
def test_members_of_a_zip(ending: str, name: str, mode: int, problem: str) -> None:
    error = refused(f"x{ending}", _zip_with(name, b"/etc/passwd", mode))
    assert problem in error.problem
    assert error.feature.startswith("in the zip, '")


def test_a_zip_in_a_zip_under_another_name() -> None:
    inner = zipped({"doc.kml": b"<kml/>"})
    assert "itself a packed file" in refused("x.kmz", zipped({"doc.kml": inner})).problem


def test_zip_bombs() -> None:
    grown = zipped({"doc.kml": bytes(50_000_000)})
    assert len(grown) < 100_000
    assert "far larger than the zip lets one expect" in refused("x.kmz", grown).problem
    many = zipped({f"{n}.kml": bytes(900_000) for n in range(80)})
    assert "far larger than the zip lets one expect" in refused("x.kmz", many).problem
    crowd = zipped({f"{n}.txt": b"" for n in range(501)})
    assert "501 files in the zip" in refused("x.zip", crowd).problem


def test_a_zip_that_lies_about_its_sizes() -> None:
    honest = zipped({"doc.kml": b"A" * 3_000_000})
    lying = honest.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 1_000))
    assert refused("x.kmz", lying).problem == "it is broken"


def test_broken_and_locked_zips() -> None:
    whole = zipped({"doc.kml": b"<kml/>"})
    assert "the zip is broken" in refused("x.kmz", whole[:-10]).problem
    central = whole.rindex(b"PK\x01\x02")
    locked = whole[: central + 8] + b"\x01" + whole[central + 9 :]
    assert "locked with a password" in refused("x.kmz", locked).problem
    assert "neither a Shapefile nor a KML" in refused("x.zip", zipped({"a.txt": b"x"})).problem
    several = zipped({"a.kml": b"", "b.kml": b""})
    assert "holds 2 KML files" in refused("x.kmz", several).problem


BOMB = (
    '<!DOCTYPE kml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;">]><kml>&c;</kml>'
)
FILE = '<!DOCTYPE kml [<!ENTITY a SYSTEM "file:///etc/passwd">]><kml><name>&a;</name></kml>'
REMOTE = '<!DOCTYPE kml SYSTEM "http://evil.example/x.dtd"><kml/>'


@pytest.mark.parametrize("xml", [BOMB, FILE, REMOTE], ids=["bomb", "file", "remote"])
@pytest.mark.parametrize("ending", [".kml", ".gpx", ".kmz"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_of_xml(xml: str, ending: str, encoding: str) -> None:
    body = xml.replace("kml", "gpx").encode(encoding) if ending == ".gpx" else xml.encode(encoding)
    error = refused(f"x{ending}", zipped({"doc.kml": body}) if ending == ".kmz" else body)
    assert "declares a document type or entities (line 1)" in error.problem
    assert "<!DOCTYPE" in error.remedy


def test_broken_xml_names_line_and_column() -> None:
    error = refused("x.kml", b"<kml>\n<Folder>\n</kml>")
    assert error.problem == "the XML is broken at line 3, column 3 (mismatched tag)"
    error = refused("x.kml", b'<?xml version="1.0" encoding="utf-99"?><kml/>')
    assert "encoding" in error.problem
    deep = b"<kml>" + b"<Folder>" * 100_000
    assert "nested too deeply (line 1)" in refused("x.kml", deep).problem
    wide = b"<gpx>" + b"<a/>" * 700_000 + b"</gpx>"
    assert "too many elements" in refused("x.gpx", wide).problem


@pytest.mark.parametrize("name", ["x.geojson", "x.topojson"])
def test_json_nested_without_end(name: str) -> None:
    assert "nested too deeply" in refused(name, b'{"a":' * 100_000).problem
    assert "nested too deeply" in refused(name, b'{"a":' + b"[" * 100_000).problem
    closed = b'{"a":' + b"[" * 500 + b"]" * 500 + b"}"
    assert "nested too deeply" in refused(name, closed).problem


def test_sizes_are_refused_before_reading(tmp_path: Path) -> None:
    for ending in ENDINGS:
        path = tmp_path / f"large{ending}"
        with path.open("wb") as file:
            file.truncate(100_000_000)
        with pytest.raises(ReadError, match=r"too large \(100\.0 MB\).*less than 20 MB"):
            read_any(path)


def test_numbers_of_things_are_limited() -> None:
    few = Limits(features=2, vertices=5, columns=3, text_chars=10, marks=1000)
    three = json.dumps(collection(*[feature(POINT)] * 3)).encode()
    assert "3 features, more than the 2" in refused("x.geojson", three, few).problem
    line = {"type": "LineString", "coordinates": [[48, n] for n in range(6)]}
    long = json.dumps(collection(feature(line))).encode()
    assert "more points than can be read" in refused("x.geojson", long, few).problem
    wide = json.dumps(collection(feature(POINT, a=1, b=2, c=3, d=4))).encode()
    assert "4 columns, more than the 3" in refused("x.geojson", wide, few).problem
    text = json.dumps(collection(feature(POINT, a="x" * 11))).encode()
    (long_text,) = read_upload("x.geojson", text, limits=few).left_out
    assert "a text of 11 characters" in long_text.problem
    marks = b'{"a":[' + b"[]," * 500 + b"[]]}"
    assert "brackets and commas" in refused("x.geojson", marks, few).problem


@pytest.mark.parametrize("form", ["GeoJSON", "GeoPackage", "FlatGeobuf", "GeoParquet", "CSV"])
def test_a_thousand_columns_are_read_and_more_are_not(form: str, tmp_path: Path) -> None:
    columns: dict[str, Any] = {f"c{n}": [n] * 3 for n in range(1000)}
    path = MAKERS[form](frame(**columns), tmp_path)
    crs = "EPSG:4326" if form == "CSV" else None
    assert {f"c{n}" for n in range(1000)} <= set(read_any(path, choices=Choices(crs=crs)).columns)
    columns |= {f"d{n}": [n] * 3 for n in range(40)}
    path.unlink()
    path = MAKERS[form](frame(**columns), tmp_path)
    error = refused(path.name, path.read_bytes())
    assert "columns, more than the 1,024 that can be read" in error.problem


def test_arcs_named_over_and_over() -> None:
    arc = [[n / 100, 38] for n in range(1000)]
    lines = [{"type": "LineString", "arcs": [0, -1] * 500}] * 100
    objects = {"a": {"type": "GeometryCollection", "geometries": lines}}
    data = json.dumps({"type": "Topology", "objects": objects, "arcs": [arc]}).encode()
    assert "more points than can be read" in refused("x.topojson", data).problem


def _package(tmp_path: Path, *statements: str) -> bytes:
    path = MAKERS["GeoPackage"](frame(), tmp_path)
    with closing(sqlite3.connect(path)) as database:
        for (name,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type='trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute("PRAGMA writable_schema = ON")
        for statement in statements:
            database.execute(statement)
        database.commit()
    return path.read_bytes()


def test_a_geopackage_whose_layer_is_a_view(tmp_path: Path) -> None:
    body = _package(
        tmp_path,
        'ALTER TABLE made RENAME TO "hidden"',
        "CREATE VIEW made AS SELECT fid, geom, load_extension('/tmp/x.so') AS name FROM hidden",
        "UPDATE gpkg_contents SET table_name='made'",
    )
    assert "holds no layer with positions" in refused("x.gpkg", body).problem


def test_a_geopackage_with_a_virtual_table(tmp_path: Path, secret: Path) -> None:
    body = _package(
        tmp_path,
        "INSERT INTO sqlite_master VALUES ('table', 'evil', 'evil', 0,"  # noqa: S608  meant
        f" 'CREATE VIRTUAL TABLE evil USING VirtualOGR(''{secret}'')')",
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES ('evil', 'features', 'evil', 4326)",
        "INSERT INTO gpkg_geometry_columns VALUES ('evil', 'geom', 'POINT', 4326, 0, 0)",
    )
    got = read_upload("x.gpkg", body)
    assert [note.name for note in got.layers] == ["made"]


def test_a_geopackage_with_a_name_of_sql(tmp_path: Path) -> None:
    name = 'x"; DROP TABLE gpkg_contents; --'
    path = tmp_path / "x.gpkg"
    frame().to_file(path, layer=name, engine="pyogrio")
    assert read_any(path).layer == name


def test_a_database_that_is_no_geopackage_and_a_broken_one(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE a (b)")
    assert "a database that is no GeoPackage" in refused("x.gpkg", path.read_bytes()).problem
    body = bytearray(_package(tmp_path))
    body[4096:] = os.urandom(len(body) - 4096)
    refused("x.gpkg", bytes(body))
    assert "GeoPackage is broken" in refused("x.gpkg", bytes(_package(tmp_path)[:5000])).problem


@pytest.mark.parametrize("form", ["FlatGeobuf", "GeoParquet", "Shapefile"])
def test_what_falls_over_is_only_the_box(form: str, tmp_path: Path) -> None:
    body = MAKERS[form](frame(), tmp_path).read_bytes()
    ending = {"FlatGeobuf": ".fgb", "GeoParquet": ".parquet", "Shapefile": ".zip"}[form]
    for cut in (12, 60, len(body) // 2, len(body) - 9):
        error = refused(f"x{ending}", body[:cut])
        assert "broken" in error.problem or "contents are" in error.problem


def test_a_parquet_that_unpacks_to_too_much(tmp_path: Path) -> None:
    geo = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    text = "x" * 40_000_000
    # Written once and named a hundred times, as a dictionary; read, it is a column of texts.
    names = pa.DictionaryArray.from_arrays(pa.array([0] * 100, pa.int32()), pa.array([text]))
    table = pa.table({"geometry": pa.array([b"\x01" + bytes(20)] * 100), "name": names})
    path = tmp_path / "x.parquet"
    with parquet.ParquetWriter(path, table.schema, compression="zstd", store_schema=False) as out:
        out.write_table(table)
        out.add_key_value_metadata({"geo": json.dumps(geo)})
    body = path.read_bytes()
    assert len(body) < 1_000_000
    assert "more memory than is given to one file" in refused("x.parquet", body).problem


def test_parquet_without_positions_and_other_encodings(tmp_path: Path) -> None:
    path = tmp_path / "x.parquet"
    parquet.write_table(pa.table({"a": [1]}), path)
    assert "a Parquet table without positions" in refused("x.parquet", path.read_bytes()).problem
    frame().to_parquet(path, geometry_encoding="geoarrow")
    assert len(read_upload("x.parquet", path.read_bytes()).features) == 3


@pytest.mark.parametrize(
    "crs",
    ["+proj=longlat +nadgrids=/etc/passwd", "+init=/etc/passwd:1", "EPSG:999999", "/etc/passwd",
     'BOUNDCRS[SOURCECRS[GEOGCRS["x"]]]', 'GEOGCS["x",EXTENSION["PROJ4","+nadgrids=/etc/x"]]'],
)  # fmt: skip
def test_a_coordinate_system_that_leads_elsewhere(crs: str) -> None:
    data = collection(feature(POINT), crs={"type": "name", "properties": {"name": crs}})
    error = refused("x.geojson", json.dumps(data).encode())
    assert "coordinate system" in error.problem
    assert "code, such as EPSG" in error.remedy


def test_memory_and_drivers_of_the_worst(tmp_path: Path) -> None:
    """Each in a process that may grow by 200 MB only; GDAL is not loaded into it."""
    dense = collection(
        *[feature({"type": "LineString", "coordinates": [[48, 38], [49, 39]] * 6_500})] * 30
    )
    cases = {
        "brackets.geojson": b'{"a":[' + b"[]," * 6_000_000 + b"[]]}",
        "deep.geojson": b'{"a":' * 100_000,
        "emoji.geojson": b'{"a":"' + "😀".encode() * 4_500_000 + b'"}',
        "dense.geojson": json.dumps(dense).encode(),
        "bomb.kmz": zipped({"doc.kml": bytes(50_000_000)}),
        "wide.kml": b"<kml>" + b"<a/>" * 4_000_000 + b"</kml>",
        "text.csv": b"lon,lat\n" + b"1,1\n" * 4_000_000,
        "cut.fgb": MAKERS["FlatGeobuf"](frame(), tmp_path).read_bytes()[:90],
    }
    for name, body in cases.items():
        (tmp_path / name).write_bytes(body)
    script = (
        "import resource, sys, pathlib\n"
        "from corridormap.geo.errors import CorridorError\n"
        "from corridormap.geo.formats import read_any, read_upload\n"
        'read_upload(\'x.geojson\', b\'{"type":"Point","coordinates":[1,1]}\')\n'
        "pages = int(pathlib.Path('/proc/self/statm').read_text().split()[0])\n"
        "most = pages * resource.getpagesize() + 200_000_000\n"
        "resource.setrlimit(resource.RLIMIT_AS, (most, most))\n"
        "for path in sys.argv[1:]:\n"
        "    try: print(len(read_any(path).features))\n"
        "    except CorridorError as error: print(error)\n"
        "print('pyogrio' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *[str(tmp_path / name) for name in cases]],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    lines = done.stdout.splitlines()
    words = ["brackets and commas", "nested too deeply", "neither GeoJSON", "30",
             "far larger", "too many elements", "lines, more than", "broken", "False"]  # fmt: skip
    assert len(lines) == len(words), done.stdout
    for line, word in zip(lines, words, strict=True):
        assert word in line, line
