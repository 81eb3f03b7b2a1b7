"""Frames become a corridor whole, or one error says what to do; it is a corridor like any other."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal
from shapely.geometry import LineString, Point, Polygon

import corridormap

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

NEEDED: dict[str, Any] = {
    "kind": "node",
    "position_quality": "exact",
    "uncertainty_m": 5,
    "status": "operating",
    "since": "2020-05",
}
SOURCES = [{"id": "S1", "type": "webpage", "title": "A page", "URL": "https://example.org/a"}]


def frame(*shapes: BaseGeometry | None, crs: Any = "EPSG:4326", **columns: Any) -> gpd.GeoDataFrame:
    """Return a frame of places that has all it needs, but for what is said."""
    shapes = shapes or (Point(10, 50), Point(10.5, 50.5))
    said: dict[str, Any] = {"name": [f"Place {n}" for n in range(len(shapes))], **NEEDED, **columns}
    return gpd.GeoDataFrame(
        {key: value for key, value in said.items() if value is not None},
        geometry=np.array(shapes, dtype=object), index=pd.RangeIndex(len(shapes)), crs=crs,
    )  # fmt: skip


def refused(*args: Any, **words: Any) -> corridormap.CorridorError:
    with pytest.raises(corridormap.CorridorError) as caught:
        corridormap.from_layers(*args, **{"title": "Tiny", **words})
    return caught.value


def test_frames_become_a_corridor() -> None:
    corridor = corridormap.from_layers(
        {"places": frame(colour=["red", None]), "more-places": frame(Point(11, 51), name="Far")},
        title="A tiny corridor", countries=["DE", "FR"], as_of=dt.date(2024, 5, 6), sources=SOURCES,
    )  # fmt: skip
    assert (corridor.id, corridor.title) == ("a-tiny-corridor", "A tiny corridor")
    assert corridor.as_of == dt.date(2024, 5, 6)
    assert corridor.countries == ("DE", "FR")
    assert corridor.sources[0]["id"] == "S1"
    west, south, east, north = corridor.extent
    assert (9.9 < west < 10, 49.9 < south < 50, 11 < east < 11.1, 51 < north < 51.1) == (True,) * 4
    places = corridor.layers["places"]
    assert places.index.tolist() == ["place-0", "place-1"]
    assert places["colour"].tolist()[0] == "red"
    assert pd.isna(places["colour"].iloc[1])
    assert places["status_history"].tolist() == [[{"date": "2020-05", "status": "operating"}]] * 2
    assert "since" not in places.columns
    assert corridor.snapshot(size=(480, 480)).body.startswith(b"\x89PNG")
    assert corridor.explore().get_name()
    assert corridor.routes().empty
    assert corridor.claims().empty
    assert "the feature has no source" in set(corridor.findings()["problem"])


def test_what_is_not_said_is_usual() -> None:
    corridor = corridormap.from_layers({"places": frame()}, title="Tiny", countries="DE")
    assert corridor.as_of == dt.datetime.now(tz=dt.UTC).astimezone().date()
    assert corridor.countries == ("DE",)
    assert corridormap.from_layers(
        {"places": frame()}, title="Tiny", extent=(9, 49, 12, 52), as_of="2020-01-02"
    ).extent == (9, 49, 12, 52)


def test_any_system_that_is_named_will_do() -> None:
    metres = frame(Point(1_113_194.9, 6_446_275.8), crs="EPSG:3857")
    places = corridormap.from_layers({"places": metres}, title="Tiny").layers["places"]
    assert places.total_bounds == pytest.approx((10, 50, 10, 50), abs=1e-5)


def test_an_index_of_text_holds_the_ids() -> None:
    named = frame().set_axis(["first", "second-one"], axis="index")
    layers = corridormap.from_layers({"places": named}, title="Tiny").layers
    assert layers["places"].index.tolist() == ["first", "second-one"]


def test_ids_of_names_are_numbered_where_a_name_stands_twice() -> None:
    twice = frame(name=["Şirvan", "Şirvan"])
    layers = corridormap.from_layers({"places": twice}, title="Tiny").layers
    assert layers["places"].index.tolist() == ["sirvan", "sirvan-2"]


def test_values_are_kept_as_json_has_them() -> None:
    given = frame(
        whole=np.array([1, 2], dtype="int8"),
        nullable=pd.array([1, pd.NA], dtype="Int64"),
        flag=[True, False],
        day=[dt.date(2020, 1, 2), dt.date(2021, 1, 2)],
        stamp=pd.to_datetime(["2020-01-02 00:00", "2020-01-02 03:04"]),
        missing_stamp=[pd.Timestamp("2020-01-02"), pd.NaT],
        listed=[np.array([1, 2]), ({"a": np.float32(0.5)},)],
        since=[2020.0, np.nan],
        status_history=[None, [{"date": "2001", "status": "retired"}]],
    )
    made = corridormap.from_layers({"places": given}, title="Tiny").layers["places"]
    assert made["whole"].tolist() == [1, 2]
    assert made["nullable"].iloc[0] == 1
    assert pd.isna(made["nullable"].iloc[1])
    assert made["flag"].tolist() == [True, False]
    assert made["day"].tolist() == ["2020-01-02", "2021-01-02"]
    assert made["stamp"].tolist() == ["2020-01-02", "2020-01-02T03:04:00"]
    assert pd.isna(made["missing_stamp"].iloc[1])
    assert made["listed"].tolist() == [[1, 2], [{"a": 0.5}]]
    assert made["status_history"].map(lambda events: events[0]["date"]).tolist() == ["2020", "2001"]
    assert pd.isna(made["status"].iloc[0])  # it stands in the history now
    assert made["status"].iloc[1] == "operating"  # a column of the user's own, beside a history


BOW = Polygon([(10, 50), (11, 51), (11, 50), (10, 51)])
WRONG: dict[str, tuple[Any, str, str, str]] = {
    # what is wrong: frame, feature, problem, remedy
    "no frame": (pd.DataFrame({"name": ["A"]}), "", "of the type DataFrame", "geopandas"),
    "no system": (frame(crs=None), "", "in which coordinate system", "gdf.set_crs"),
    "no rows": (frame().iloc[:0], "", "holds no feature", "Leave it out"),
    "no geometry": (gpd.GeoDataFrame({"name": ["A"]}), "", "no geometry", "gdf.set_geometry"),
    "no column": (frame(position_quality=None), "", "no column 'position_quality'", "gdf.assign"),
    "no history": (frame(status=None), "", "no column 'status_history'", "gdf.assign(status="),
    "no since": (frame(since=None), "place-0", "since when", "Fill the column 'since'"),
    "unknown kind": (frame(kind="brdge"), "place-0", "'kind' is 'brdge'", "Use one of: "),
    "no name": (frame(name=["A", None]), "places-2", "'name' is missing", "Add it"),
    "bad day": (frame(since="spring"), "place-0", "'spring', which is no date", "Write 2023"),
    "bad uncertainty": (frame(uncertainty_m=-1), "place-0", "'uncertainty_m' is -1", "not less"),
    "no shape": (frame(Point(10, 50), None), "place-1", "the geometry is empty", "position"),
    "empty shape": (frame(Point()), "place-0", "the geometry is empty", "position"),
    "crossing": (frame(BOW, kind="area"), "place-0", "crosses or touches itself", "Redraw"),
    "a heap": (
        frame(shapely.GeometryCollection([Point(1, 1)])),
        *("place-0", "a geometry collection", "one feature of each of its parts"),
    ),
    "heights": (frame(Point(10, 50, 3)), "place-0", "heights", "gdf.force_2d()"),
    "not finite": (frame(Point(10, float("inf"))), "place-0", "not finite", "gdf.crs"),
    "outside": (frame(Point(10, 95)), "place-0", "outside the world", "longitude first"),
    "metres": (frame(Point(1e6, 6e6)), "place-0", "look like metres", "WGS 84"),
    "endless": (frame(width=[1.0, float("inf")]), "place-1", "'width' is not a finite", "plain"),
    "bytes": (frame(blob=[b"a", b"b"]), "place-0", "'blob' holds data that is neither", "column"),
    "two shapes": (frame(other=[Point(1, 1), Point(2, 2)]), "place-0", "'other' holds data", "col"),
    "numbers as index": (frame().set_axis([7, 9]), "", "the index is neither", "gdf.set_index"),
    "bad id": (frame().set_axis(["A B", "c"]), "A B", "cannot be used", "small letters"),
    "an id twice": (frame().set_axis(["a", "a"]), "a", "stands twice", "Rename one"),
    "a column twice": (
        pd.concat([frame(), frame()[["kind"]]], axis=1),
        *("", "the column 'kind' is there twice", "Rename or drop"),
    ),
    "a column of no name": (frame().assign(**{"": 1}), "", "has no name of text", "gdf.rename"),
    "a column of a number": (
        frame().rename(columns={"kind": 5}), "", "the column 5 has no name", "gdf.rename",
    ),
    "a second geometry": (
        frame().rename_geometry("place").assign(geometry="text"),
        *("", "the column 'geometry' is not the one", "gdf.set_geometry"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_told_with_layer_feature_and_remedy(what: str) -> None:
    wrong, feature, problem, remedy = WRONG[what]
    error = refused({"places": wrong})
    (found,) = [fault for fault in error.faults if problem in fault.problem][:1]
    assert found.file == "layer places"
    assert found.feature == feature
    assert remedy in found.remedy


HALF = "\ud800"


def test_half_characters_are_refused() -> None:
    column, cell, index = frame(), frame(), frame()
    column.columns = pd.Index([*column.columns[:-2], HALF, "geometry"], dtype=object)
    cell["note"] = pd.Series([HALF, HALF], dtype=object)
    index.index = pd.Index([HALF, "b"], dtype=object)
    assert "has no name of text" in str(refused({"places": column}))
    assert "'note' holds text that is not UTF-8" in str(refused({"places": cell}))
    assert "the index is neither" in str(refused({"places": index}))


def test_text_that_is_markup_stays_text() -> None:
    hostile = "</script><script>alert(1)</script>{{ 7 * 7777 }}{% raw %}<b>"
    corridor = corridormap.from_layers({"places": frame(name=[hostile, "B"])}, title=hostile)
    whole = corridor.explore().get_root().render()
    assert "<script>alert(1)" not in whole
    assert "</script><script>alert" not in whole
    assert "{{ 7 * 7777 }}" in whole
    assert str(7 * 7777) not in whole


def test_all_that_is_wrong_is_told_at_once() -> None:
    error = refused({"places": frame(name=None, kind=None), "Bad id": frame()})
    assert [(fault.file, fault.problem) for fault in error.faults] == [
        ("layer places", "there is no column 'name'"),
        ("layer places", "there is no column 'kind'"),
        ("layer Bad id", "'Bad id' cannot be a layer's id"),
    ]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"layers": {}}, "there is no layer"),
        ({"layers": {"a": frame(), "b": frame()}}, "the id is already used in layers/a.geojson"),
        ({"title": " \n"}, "the title is empty"),
        ({"countries": ["Germany"]}, "'GERMANY' is not the code of a country"),
        ({"as_of": "today"}, "'today' is not a date"),
        ({"extent": (3, 2, 1, 0)}, "is empty"),
        ({"sources": [{"id": dt.date(2020, 1, 1)}]}, "something that JSON cannot say"),
        ({"sources": [{"title": "No id"}]}, "sources.json"),
    ],
)
def test_what_is_said_of_the_corridor_is_held_to_the_same(words: dict[str, Any], said: str) -> None:
    given = {"layers": {"places": frame()}, **words}
    assert said in str(refused(given.pop("layers"), **given))


def test_a_built_in_corridor_goes_through_frames_unchanged(tmp_path: Path) -> None:
    corridor = corridormap.open("azerbaijan-iran")
    made = corridormap.from_layers(
        dict(corridor.layers), title=corridor.title, sources=corridor.sources
    )
    assert made.findings().empty
    again = corridormap.open(made.save(tmp_path / "again"))
    for layer, before in corridor.layers.items():
        after = again.layers[layer]
        assert_frame_equal(
            pd.DataFrame(before.dropna(axis="columns", how="all")), pd.DataFrame(after)
        )
        assert after.crs == before.crs


names = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=8)
own_columns = names.filter(lambda name: name.strip() and name not in {*NEEDED, "name", "geometry"})
degrees = st.tuples(st.floats(-179, 179), st.floats(-84, 84))
cells = st.one_of(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
    st.booleans(),
    st.integers(-(2**53), 2**53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.lists(st.integers(0, 9), max_size=3),
    st.none(),
)


@st.composite
def shapes(draw: st.DrawFn) -> BaseGeometry:
    """Draw a point, a line or an area that is one after rounding, too."""
    x, y = draw(degrees)
    kind = draw(st.sampled_from(["point", "line", "area"]))
    if kind == "point":
        return Point(x, y)
    wide, high = draw(st.tuples(st.floats(0.001, 1), st.floats(0.001, 1)))
    corners = [(x, y), (x + wide, y), (x + wide, y + high)]
    return LineString(corners) if kind == "line" else Polygon(corners)


@st.composite
def frames(draw: st.DrawFn) -> gpd.GeoDataFrame:
    """Draw a frame that can be a layer, with columns of any kind."""
    drawn = draw(st.lists(shapes(), min_size=1, max_size=4))
    own = {
        name: draw(st.lists(cells, min_size=len(drawn), max_size=len(drawn)))
        for name in draw(st.lists(own_columns, max_size=3, unique=True))
    }
    made = frame(*drawn, kind="port")
    for name, values in own.items():
        made[name] = pd.Series(values, index=made.index, dtype=object)
    if draw(st.booleans()):
        ids = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
        made.index = pd.Index(
            draw(st.lists(ids, min_size=len(drawn), max_size=len(drawn), unique=True))
        )
    return made


@given(given_frame=frames())
@settings(max_examples=40)
def test_layers_come_back_from_a_saved_corridor(given_frame: gpd.GeoDataFrame) -> None:
    corridor = corridormap.from_layers({"ports": given_frame}, title="Ports", as_of="2024-01-02")
    with tempfile.TemporaryDirectory() as folder:
        again = corridormap.open(corridor.save(Path(folder) / "saved")).layers["ports"]
    assert_frame_equal(pd.DataFrame(corridor.layers["ports"]), pd.DataFrame(again))
    if not isinstance(given_frame.index, pd.RangeIndex):
        assert again.index.tolist() == given_frame.index.tolist()
    apart = shapely.get_coordinates(again.geometry) - shapely.get_coordinates(given_frame.geometry)
    assert np.abs(apart).max() <= 0.5e-6 + 1e-12
    assert again.geom_type.tolist() == given_frame.geom_type.tolist()
    for name in given_frame.columns.drop(["geometry", "status", "since"]):
        kept = again[name].tolist() if name in again else [None] * len(again)
        for before, after in zip(given_frame[name].tolist(), kept, strict=True):
            assert (before is None and (after is None or pd.isna(after))) or before == after
