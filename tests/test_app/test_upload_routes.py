"""What the server says of files that a page sends: it looks, makes a layer, refuses."""

from __future__ import annotations

import asyncio
import json
import tempfile
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from corridormap.app.desk.desk import Desk
from corridormap.app.upload.body import take_body
from corridormap.app.upload.routes import upload_routes
from corridormap.geo.formats import Limits
from corridormap.layers.corridor.corridor import load_corridor
from tests.coroutines import finished
from tests.sweeping import SWEEP
from tests.test_app.asking import asked, reply, soon, upload_body
from tests.test_geo.test_formats.hostile import SECRET, hostile_files, tangle
from tests.test_geo.test_formats.makers import (
    AREA,
    MAKERS,
    PAYLOADS,
    collection,
    feature,
    frame,
    zipped,
)

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from corridormap.layers.corridor.corridor import Corridor

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
UPLOAD = "/x/edit/upload"
WISH = {
    "id": "posts", "title": "Posts", "group": "context", "color": "#00786C", "name_field": "name",
    "quality": "approximate", "uncertainty_m": 500, "source": {"id": "S1"},
}  # fmt: skip
POINT = {"type": "Point", "coordinates": [48, 38]}
BOW = [[48, 38], [49, 39], [49, 38], [48, 39], [48, 38]]


@cache
def corridor() -> Corridor:
    return load_corridor(BUILT_IN)


def application(limits: Limits | None = None) -> Starlette:
    return Starlette(routes=upload_routes("/x", soon(corridor), Desk(), limits or Limits()))


@pytest.fixture(autouse=True)
def nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let uploads lie in a folder of the test's own, which is empty afterwards."""
    folder = tmp_path / "uploads"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield
    assert list(folder.rglob("upload-*")) == []


def send(*files: tuple[str, bytes], limits: Limits | None = None, **head: Any) -> tuple[int, Any]:
    """Return the answer to an upload."""
    body = upload_body(*files, **head)
    return reply(application(limits), "POST", UPLOAD, body=body)


def looked(*files: tuple[str, bytes], **head: Any) -> Any:
    status, told = send(*files, **head)
    assert status == 200, told
    return told


def refused(*files: tuple[str, bytes], status: int = 400, **head: Any) -> Any:
    given, told = send(*files, **head)
    assert given == status, told
    text = json.dumps(told, ensure_ascii=False)
    assert SECRET not in text
    assert "corridormap-" not in text
    assert "Traceback" not in text
    return told


def geojson(*features: Any, **more: Any) -> tuple[str, bytes]:
    return "x.geojson", json.dumps(collection(*features, **more)).encode()


# That each format is read is proven at its reader.
@pytest.mark.parametrize("form", list(MAKERS)[:: 1 if SWEEP else 3])
def test_every_format_is_looked_at_and_made_a_layer_of(form: str, tmp_path: Path) -> None:
    path = MAKERS[form](frame(), tmp_path)
    crs = "EPSG:4326" if form == "CSV" else None
    look = looked((path.name, path.read_bytes()), crs=crs)
    assert look["count"] == 3
    assert look["types"] == {"Point": 3}
    assert look["inside"] == 3
    assert look["extent"] == pytest.approx([45.6, 38.4402, 48.8718, 39.2])
    assert look["rows"][1][[c["name"] for c in look["columns"]].index("name")] == "پل آستارا"
    assert look["drawn"][0]["coordinates"] == pytest.approx([48.8718, 38.4402])
    made = looked((path.name, path.read_bytes()), crs=crs, wish=WISH, sources={"S1": ""})
    assert made["ops"][0]["op"] == "add_layer"
    assert made["ops"][0]["layer"] == {
        "id": "posts", "title": "Posts", "group": "context", "color": "#00786C",
    }  # fmt: skip
    assert made["ops"][0]["source"] is None
    first = made["ops"][0]["features"][0]
    assert first["properties"]["name"] == "Astara körpüsü"
    assert first["properties"]["sources"] == ["S1"]


def test_the_loose_parts_of_a_shapefile_go_together(tmp_path: Path) -> None:
    frame().to_file(tmp_path / "posts.shp", engine="pyogrio", encoding="UTF-8")
    parts = [(path.name, path.read_bytes()) for path in sorted(tmp_path.glob("posts.*"))]
    look = looked(*parts)
    assert (look["file"], look["format"], look["count"]) == ("posts.zip", "Shapefile", 3)
    told = refused(parts[0], ("other.shp", b"x"))
    assert "do not belong together" in told["error"]
    without = [part for part in parts if not part[0].endswith(".dbf")]
    assert "lacks its .dbf file" in refused(*without)["error"]


def test_several_layers_are_offered_and_one_is_chosen(tmp_path: Path) -> None:
    path = tmp_path / "two.gpkg"
    frame().to_file(path, layer="posts", engine="pyogrio")
    frame(AREA).to_file(path, layer="areas & roads", engine="pyogrio")
    told = refused((path.name, path.read_bytes()))
    assert told["layers"] == [
        {"name": "posts", "features": 3}, {"name": "areas & roads", "features": 1},
    ]  # fmt: skip
    look = looked((path.name, path.read_bytes()), layer="areas & roads")
    assert look["types"] == {"Polygon": 1}
    assert len(look["layers"]) == 2


def test_another_system_is_transformed_and_a_missing_one_asked_for(tmp_path: Path) -> None:
    path = MAKERS["GeoPackage"](frame().to_crs(32638), tmp_path)
    look = looked((path.name, path.read_bytes()))
    assert look["crs"] == "EPSG:32638 (WGS 84 / UTM zone 38N)"
    assert look["transformed"]
    projected = frame().to_crs(32638)
    path = MAKERS["FlatGeobuf"](frame(*projected.geometry, crs=None), tmp_path)
    told = refused((path.name, path.read_bytes()))
    assert told["crs"][0] == {"code": "EPSG:32638", "name": "WGS 84 / UTM zone 38N"}
    assert looked((path.name, path.read_bytes()), crs="EPSG:32638")["inside"] == 3
    assert (
        "no coordinate system 'EPSG:1'" in refused(geojson(feature(POINT)), crs="EPSG:1")["error"]
    )


def test_metres_that_are_said_to_be_degrees_name_the_systems_that_fit() -> None:
    metres = {"type": "Point", "coordinates": [837000.5, 4262000]}
    told = refused(geojson(feature(metres)))
    assert "look like metres or pixels of a projected map" in told["error"]
    assert "EPSG:32638" in [guess["code"] for guess in told["crs"]]


def test_what_lies_elsewhere_is_counted() -> None:
    far = {"type": "Point", "coordinates": [2.35, 48.86]}
    assert looked(geojson(feature(POINT), feature(far)))["inside"] == 1


@pytest.mark.parametrize(
    ("words", "first"),
    [("32638", "EPSG:32638"), ("utm 38n", "EPSG:32638"), ("epsg:4326", "EPSG:4326"),
     ("web mercator", "EPSG:3857"), ("", None), ("no such system", None)],
)  # fmt: skip
def test_coordinate_systems_are_found_by_name_and_code(words: str, first: str | None) -> None:
    address = f"/x/edit/crs?q={words.replace(' ', '%20')}"
    status, told = reply(application(), "GET", address)
    assert status == 200
    codes = [found["code"] for found in told["found"]]
    assert codes[:1] == ([first] if first else [])
    assert len(codes) <= 20


def proposals(*features: Any) -> dict[str, Any]:
    return {proposal["id"]: proposal for proposal in looked(geojson(*features))["proposals"]}


def test_repairs_are_proposed_with_pictures_and_made_only_when_accepted() -> None:
    bow = feature({"type": "Polygon", "coordinates": [BOW]}, name="bow")
    swapped = feature({"type": "Point", "coordinates": [38, 48]}, name="swapped")
    file = geojson(feature(POINT, name="good"), bow, swapped)
    found = {proposal["id"]: proposal for proposal in looked(file)["proposals"]}
    assert list(found) == ["swap-axes-3", "make-valid", "ring-order"]
    assert [proposal["needed"] for proposal in found.values()] == [False, True, False]
    (change,) = found["make-valid"]["changes"]
    assert change["where"] == "feature 2"
    assert change["before"][0]["d"].startswith("M")
    assert len(change["after"]) == 2
    assert len(change["marks"]) == 1
    assert found["swap-axes-3"]["changes"][0]["context"].startswith("M")
    arrows = [part["arrows"] for part in found["ring-order"]["changes"][0]["after"]]
    assert all(arrows)
    told = refused(file, wish=WISH, sources={"S1": ""})
    assert ["Accept 'make-valid'" in one["remedy"] for one in told["findings"]] == [True]
    made = looked(file, wish=WISH, sources={"S1": ""}, accept=["swap-axes-3", "make-valid"])
    shapes = [each["geometry"]["type"] for each in made["ops"][0]["features"]]
    assert shapes == ["Point", "MultiPolygon", "Point"]
    assert made["ops"][0]["features"][2]["geometry"]["coordinates"] == [48, 38]


def test_features_that_need_a_repair_can_be_left_out_instead() -> None:
    bow = feature({"type": "Polygon", "coordinates": [BOW]}, name="bow")
    file = geojson(feature(POINT, name="good"), bow)
    made = looked(file, wish=WISH, sources={"S1": ""}, leave_out=["make-valid"])
    assert [each["properties"]["name"] for each in made["ops"][0]["features"]] == ["good"]
    told = refused(geojson(bow), wish=WISH, sources={"S1": ""}, leave_out=["make-valid"])
    assert "no feature is left" in told["error"]
    assert (
        "nothing called 'x'"
        in refused(file, wish=WISH, sources={"S1": ""}, leave_out=["x"])["error"]
    )


def test_every_kind_of_repair_has_its_picture() -> None:
    open_ring = feature({"type": "Polygon", "coordinates": [[[48, 38], [49, 38], [49, 39]]]})
    doubled = feature({"type": "LineString", "coordinates": [[48, 38], [48, 38], [49, 39]]})
    around = feature({"type": "LineString", "coordinates": [[179, 10], [-179, 12]]})
    found = proposals(open_ring, doubled, around, feature(POINT))
    assert list(found) == ["close-rings", "cut-at-180", "drop-repeats"]
    assert len(found["close-rings"]["changes"][0]["marks"]) == 2
    assert len(found["drop-repeats"]["changes"][0]["marks"]) == 1


def test_what_is_left_out_is_told() -> None:
    told = looked(
        geojson(feature(POINT), feature(None), feature({"type": "Circle"}), feature(None))
    )
    assert told["count"] == 1
    assert [sentence.partition(":")[0] for sentence in told["left_out"]] == [
        "feature 3",
        "2 features (feature 2, feature 4)",
    ]


def test_what_a_layer_needs_is_asked_in_the_words_of_the_page() -> None:
    file = geojson(feature(POINT, title="a"))
    bare = {"id": "posts", "title": "Posts", "source": {"id": "S1"}}
    told = refused(file, wish=bare, sources={"S1": ""})
    assert told["findings"][0]["remedy"] == "Choose the column that holds the names."
    told = refused(file, wish={**bare, "unnamed": True, "kind": "road"}, sources={"S1": ""})
    remedies = {finding["remedy"] for finding in told["findings"]}
    assert remedies == {
        "Choose how well the place is known, and within how many metres.",
        "Choose a state, and since when.",
    }
    assert "--" not in json.dumps(told)
    line = {"type": "LineString", "coordinates": [[48, 38], [49, 39]]}
    told = refused(geojson(feature(line, name="a")), wish={**WISH, "kind": "bridge", "status":
                   "operating", "since": "2023"}, sources={"S1": ""})  # fmt: skip
    assert "the kind 'bridge' does not fit a LineString" in told["error"]


def test_ids_that_stand_twice_are_numbered_when_that_is_wished() -> None:
    both = [feature(POINT, name=name) | {"id": "7"} for name in "ab"]
    told = refused(geojson(*both), wish=WISH, sources={"S1": ""})
    assert "the id '7' stands several times" in told["error"]
    assert "Tick 'Number ids" in told["error"]
    made = looked(
        geojson(*both), wish={**WISH, "number_ids": True}, sources={"S1": ""}, taken=["7"]
    )
    assert [each["id"] for each in made["ops"][0]["features"]] == ["7-2", "7-3"]


def test_sources_known_new_and_named_later() -> None:
    file = geojson(feature(POINT, name="a"))
    new = {"publisher": "Ministry, of Transport", "title": "Roads", "date": "2023-05",
           "url": "https://example.org/roads"}  # fmt: skip
    made = looked(file, wish={**WISH, "source": new}, sources={"src-posts": ""})
    source = made["ops"][0]["source"]
    assert source["id"] == "src-posts-2"
    assert source["publisher"] == "Ministry, of Transport"
    assert source["issued"] == {"date-parts": [[2023, 5]]}
    assert made["ops"][0]["features"][0]["properties"]["sources"] == ["src-posts-2"]
    later = looked(file, wish={**WISH, "source": {"later": True}})["ops"][0]["source"]
    assert later == {
        "id": "todo-posts", "type": "dataset", "title": "Source of x.geojson, still to be named",
    }  # fmt: skip
    bad = {**new, "url": "javascript:alert(1)"}
    told = refused(file, wish={**WISH, "source": bad})
    assert "is no address of the web" in told["error"]
    assert (
        "there is no source 'S9'" in refused(file, wish={**WISH, "source": {"id": "S9"}})["error"]
    )


def test_a_layer_of_a_known_id_is_refused_and_so_is_nonsense() -> None:
    file = geojson(feature(POINT, name="a"))
    assert (
        "has a layer with the id 'posts'"
        in refused(file, wish=WISH, sources={"S1": ""}, layers=["posts"])["error"]
    )
    for wrong in ({"id": "../x"}, {"kind": "<script>"}, {"color": "red;}"}, {"more": 1}):
        told = refused(file, wish={**WISH, **wrong}, sources={"S1": ""})
        assert "the upload is not what the page sends (wish." in told["error"]
        assert "<script>" not in told["error"].replace("'<script>'", "")


def test_only_the_columns_that_are_kept_become_properties() -> None:
    file = geojson(feature(POINT, name="a", code="A-1", hidden="s", bridge="no"))
    made = looked(file, wish={**WISH, "keep": ["code"]}, sources={"S1": ""})
    properties = made["ops"][0]["features"][0]["properties"]
    assert properties["code"] == "A-1"
    assert not {"hidden", "bridge", "file:bridge"} & set(properties)


def test_a_thousand_columns_and_hostile_texts_come_as_text() -> None:
    many = feature(POINT, **{f"column {n}": n for n in range(1000)})
    look = looked(geojson(many))
    assert len(look["columns"]) == 1000
    assert len(look["rows"][0]) == 1000
    poisoned = geojson(
        *[feature(POINT, name=payload, **{payload: payload}) for payload in PAYLOADS]
    )
    look = looked(poisoned)
    assert [column["name"] for column in look["columns"]] == ["name", *PAYLOADS]
    made = looked(poisoned, wish=WISH, sources={"S1": ""})
    kept = [each["properties"] for each in made["ops"][0]["features"]]
    assert all(
        payload.strip() in each.values() for payload, each in zip(PAYLOADS, kept, strict=True)
    )


def test_formulas_of_a_csv_stay_text_and_a_bom_is_no_letter() -> None:
    csv = "\ufeffname,lon,lat,note\n=1+1,48,38,@SUM(A1)\n".encode()
    made = looked(("x.csv", csv), wish=WISH, sources={"S1": ""})
    assert made["ops"][0]["features"][0]["properties"]["note"] == "@SUM(A1)"
    assert made["ops"][0]["features"][0]["properties"]["name"] == "=1+1"


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd.geojson", "<img src=x onerror=alert(1)>.geojson", "a\u202egnp.geojson",
     "C:\\secret\\x.geojson", "ab.geojson", "x" * 900 + ".geojson"],
)  # fmt: skip
def test_names_of_files_are_only_names(name: str) -> None:
    look = looked((name, geojson(feature(POINT, name="a"))[1]))
    assert "/" not in look["file"]
    assert len(look["file"]) < 100
    assert look["count"] == 1


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return hostile_files(tmp_path_factory.mktemp("hostile"))


def test_hostile_files_are_refused_with_their_own_messages(cases: Any) -> None:
    # Each is given to the readers themselves, beside which the route says nothing of its own.
    cases = cases if SWEEP else dict(list(cases.items())[::3])

    async def all_of_them() -> list[tuple[int, Any]]:
        app = application()
        return [
            await asked(app, "POST", UPLOAD, body=upload_body((case.name, case.data)))
            for case in cases.values()
        ]

    for (what, case), (status, told) in zip(cases.items(), finished(all_of_them()), strict=True):
        assert status == 400, what
        assert case.problem in told["error"], (what, told["error"])
        assert told["findings"], what
        assert all(finding["problem"] and finding["remedy"] for finding in told["findings"]), what
        text = json.dumps(told)
        assert SECRET not in text, what
        assert "corridormap-" not in text, what


def test_a_large_file_is_refused_before_it_is_read() -> None:
    def body() -> Iterator[bytes]:
        pytest.fail("the body was read")
        yield b""

    headers = {"content-length": "100000000"}
    status, told = finished(asked(application(), "POST", UPLOAD, body=body(), headers=headers))
    assert status == 413
    assert (
        told["error"]
        == "the file is too large (100.0 MB). Simplify or split it to less than 20 MB."
    )


def test_a_body_that_lies_about_its_size_is_stopped_where_it_does() -> None:
    head = json.dumps({"files": [{"name": "x.csv", "size": 5}]}).encode() + b"\n"
    pieces = 0

    def endless() -> Iterator[bytes]:
        nonlocal pieces
        yield head
        while True:
            pieces += 1
            yield b"lon,lat\n"

    headers = {"content-length": "100"}
    status, told = finished(asked(application(), "POST", UPLOAD, body=endless(), headers=headers))
    assert status == 400
    assert "longer than it says" in told["error"]
    assert pieces <= 2
    large = json.dumps({"files": [{"name": "x.csv", "size": 99_000_000}]}).encode() + b"\n"
    status, told = reply(application(), "POST", UPLOAD, body=large)
    assert (status, "x.csv: the file is too large (99.0 MB)" in told["error"]) == (413, True)


@settings(max_examples=60)
@given(
    files=st.lists(st.binary(max_size=40), min_size=1, max_size=4),
    cuts=st.lists(st.integers(0, 400), max_size=12),
)
def test_files_arrive_whole_in_whatever_pieces_they_come(
    files: list[bytes], cuts: list[int]
) -> None:
    body = upload_body(*[(f"{number}.csv", data) for number, data in enumerate(files)])
    edges = [0, *sorted(min(cut, len(body)) for cut in cuts), len(body)]

    async def pieces() -> AsyncIterator[bytes]:
        for start, end in pairwise(edges):
            yield body[start:end]

    with tempfile.TemporaryDirectory() as folder:
        head = finished(take_body(pieces(), Path(folder), most=1_000))
        assert [file.size for file in head.files] == [len(data) for data in files]
        assert [(Path(folder) / str(n)).read_bytes() for n in range(len(files))] == files


@pytest.mark.parametrize(
    ("body", "problem"),
    [(b"", "not what the page sends"), (b"[]\n", "not what the page sends"),
     (b'{"files":[]}\n', "(files:"), (b'{"files":[{"name":"x.csv","size":9}]}\nab', "arrive whole"),
     (b"x" * 9_000_000, "too long"), (b"[" * 100_000, "not what the page sends")],
)  # fmt: skip
def test_what_no_page_sends_is_refused(body: bytes, problem: str) -> None:
    status, told = reply(application(), "POST", UPLOAD, body=body)
    assert status == 400
    assert problem in told["error"]
    headers = {"content-length": ""}
    status, told = finished(asked(application(), "POST", UPLOAD, body=body, headers=headers))
    assert "does not say how large" in told["error"]


def test_the_server_answers_while_a_hostile_file_is_read() -> None:
    order: list[str] = []

    async def both() -> Any:
        app = application(Limits(box_seconds=1, box_bytes=2_000_000_000))
        body = upload_body(("x.geojson", tangle(20_000)))

        async def hostile() -> Any:
            answer = await asked(app, "POST", UPLOAD, body=body)
            order.append("hostile")
            return answer

        async def others() -> None:
            for _ in range(3):
                status, _told = await asked(app, "GET", UPLOAD)
                assert status == 200
                order.append("other")

        return (await asyncio.gather(hostile(), others()))[0]

    status, told = finished(both())
    assert order == ["other"] * 3 + ["hostile"]
    assert status == 400
    assert "it takes too long to read. Simplify or split the file." in told["error"]


def test_shapes_that_take_too_much_memory_are_refused_as_such() -> None:
    told = refused(("x.geojson", tangle(20_000)))
    assert "it needs more memory than is given to one file" in told["error"]


def test_reading_ends_when_nobody_waits_for_it() -> None:
    """Without that, this one file would keep a reading process for an hour."""
    app = application(Limits(box_seconds=3600, box_bytes=2_000_000_000))
    body = upload_body(("x.geojson", tangle(20_000)))
    status, told = finished(asked(app, "POST", UPLOAD, body=body, leaves=True))
    assert (status, told["findings"][0]["problem"]) == (400, "it takes too long to read")


def test_what_the_page_offers() -> None:
    status, told = reply(application(Limits(file_bytes=5)), "GET", UPLOAD)
    assert status == 200
    assert told["limits"]["file_bytes"] == 5
    assert ["road", "Road"] in told["kinds"]
    assert ["context", "Context"] in [[id_, title[:7]] for id_, title in told["groups"]]
    assert {".geojson", ".kmz", ".parquet", ".shp"} <= set(told["endings"])


def test_a_zip_that_holds_a_kml_is_read_as_what_it_is() -> None:
    point = b"<Point><coordinates>48,38</coordinates></Point>"
    kml = b"<kml><Placemark><name>a</name>" + point + b"</Placemark></kml>"
    assert looked(("x.zip", zipped({"doc.kml": kml})))["format"] == "KML"
