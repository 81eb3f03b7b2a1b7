"""OpenStreetMap extracts are read by tag, from XML and PBF alike."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import ReadError
from corridormap.geo.formats import Choices, LayerChoiceError, Limits, read_upload
from tests.test_geo.test_formats.osm_files import Things, to_pbf, to_xml

if TYPE_CHECKING:
    from corridormap.geo.formats import Incoming

THINGS = Things(
    nodes={
        1: (48.1, 38.4, {"railway": "station", "name": "Astara \u2039x\u203a"}),
        2: (48.2, 38.4, {}),
        3: (48.2, 38.5, {}),
        4: (48.1, 38.5, {}),
        5: (48.12, 38.42, {}),
        6: (48.18, 38.42, {}),
        7: (48.15, 38.48, {}),
        8: (-70.25, -33.5, {"place": "city"}),
        9_000_000_000: (48.3, 38.6, {"railway": "halt"}),
    },
    ways={
        10: ([1, 2, 3], {"railway": "rail", "gauge": "1520", "geometry": "a"}),
        11: ([1, 2, 77, 3, 4], {"railway": "rail"}),
        12: ([1, 2, 3, 4, 1], {"building": "yes"}),
        13: ([1, 2, 3, 4, 1], {"highway": "service"}),
        14: ([1, 2, 3], {}),
        15: ([3, 4, 1], {}),
        16: ([5, 6, 7, 5], {}),
        17: ([76, 77], {"railway": "rail"}),
    },
    relations={
        20: (
            [("way", 14, "outer"), ("way", 15, "outer"), ("way", 16, "inner")],
            {"type": "multipolygon", "landuse": "port"},
        ),
        21: (
            [("way", 10, ""), ("way", 99, ""), ("node", 1, "stop")],
            {"type": "route", "route": "train"},
        ),
        22: ([("way", 14, "outer")], {"type": "boundary", "boundary": "port"}),
    },
)
FORMS = {
    "xml.osm": to_xml(THINGS),
    "dense.osm.pbf": to_pbf(THINGS),
    "plain.osm.pbf": to_pbf(THINGS, dense=False, raw=True),
}


def read(form: str, *tags: str, limits: Limits | None = None) -> Incoming:
    choices = Choices(tags=tags)
    return read_upload(form, FORMS[form], choices=choices, limits=limits or Limits())


@pytest.mark.parametrize("form", FORMS)
def test_what_a_file_holds_is_told_by_tag_with_counts(form: str) -> None:
    with pytest.raises(LayerChoiceError) as caught:
        read_upload(form, FORMS[form])
    told = {note.name: note.features for note in caught.value.layers}
    assert list(told)[:4] == ["railway", "railway=rail", "railway=halt", "railway=station"]
    assert (told["railway"], told["railway=rail"], told["name"]) == (5, 3, 1)
    assert "--tag railway=rail" in caught.value.remedy


@pytest.mark.parametrize("form", FORMS)
def test_things_of_a_tag_have_their_ids_tags_and_shapes(form: str) -> None:
    got = read(form, "railway")
    by_id = {feature.id: feature for feature in got.features}
    assert list(by_id) == ["node/1", "node/9000000000", "way/10", "way/11"]
    assert by_id["way/10"].geometry.wkt == "LINESTRING (48.1 38.4, 48.2 38.4, 48.2 38.5)"
    assert dict(by_id["way/10"].properties) == {
        "railway": "rail",
        "gauge": "1520",
        "geometry": "a",
        "@id": "way/10",
    }
    assert by_id["node/1"].properties["name"] == "Astara \u2039x\u203a"
    assert by_id["node/1"].geometry.wkt == "POINT (48.1 38.4)"
    assert by_id["way/11"].geometry.geom_type == "MultiLineString"  # no line over the gap
    lost = {(one.feature, one.code) for one in got.left_out}
    assert lost == {("way/11", "way-lacks-nodes"), ("way/17", "way-has-no-line")}
    assert got.origin["license"] == "ODbL-1.0"
    assert "ODbL-1.0" in got.said[0]
    assert "OpenStreetMap contributors" in got.said[0]


@pytest.mark.parametrize("form", FORMS)
def test_closed_ways_and_relations_are_areas_where_their_tags_say_so(form: str) -> None:
    got = read(form, "building", "highway=service", "landuse=port", "route", "boundary=*")
    by_id = {feature.id: feature.geometry for feature in got.features}
    assert by_id["way/12"].geom_type == "Polygon"
    assert by_id["way/13"].geom_type == "LineString"
    assert by_id["relation/20"].geom_type == "Polygon"
    assert by_id["relation/20"].area == pytest.approx(0.01 - 0.06 * 0.06 / 2)
    assert by_id["relation/21"].geom_type == "LineString"
    assert by_id["relation/22"].geom_type == "LineString"
    lost = {(one.feature, one.code) for one in got.left_out}
    assert lost == {
        ("relation/21", "relation-lacks-members"),
        ("relation/21", "members-are-no-ways"),
        ("relation/22", "relation-is-not-closed"),
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_layer_of_the_page_is_a_tag(form: str) -> None:
    got = read_upload(form, FORMS[form], choices=Choices(layer="railway=station"))
    assert [feature.id for feature in got.features] == ["node/1"]
    assert got.layer == "railway=station"


def test_a_tag_that_nothing_has_is_named() -> None:
    with pytest.raises(LayerChoiceError, match="nothing in the file has the tag canal"):
        read("xml.osm", "canal")


def test_other_files_are_not_chosen_from_by_tag() -> None:
    with pytest.raises(ReadError, match="only an OpenStreetMap extract"):
        read_upload("x.csv", b"name,lon,lat\nA,1,2\n", choices=Choices(tags=("highway",)))


@pytest.mark.parametrize("form", FORMS)
def test_an_extract_that_holds_too_much_is_refused(form: str) -> None:
    with pytest.raises(ReadError, match="more nodes, ways and tags"):
        read(form, "railway", limits=Limits(marks=20))
    with pytest.raises(ReadError, match="features"):
        read(form, "railway", limits=Limits(features=1))


def test_a_pbf_that_grows_without_end_is_refused() -> None:
    many = Things(nodes={n: (1.0, 1.0, {}) for n in range(1, 200_000)})
    with pytest.raises(ReadError, match="megabytes unpacked"):
        read_upload("x.osm.pbf", to_pbf(many), limits=Limits(unpacked_bytes=300_000))


def test_a_history_is_refused_for_what_it_is() -> None:
    data = to_pbf(THINGS, needs=b"HistoricalInformation")
    with pytest.raises(ReadError, match="holds a history"):
        read_upload("x.pbf", data)


@given(st.data())
def test_a_broken_extract_raises_nothing_but_its_refusal(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(sorted(FORMS)))
    raw = bytearray(FORMS[form])
    for _ in range(data.draw(st.integers(1, 3))):
        raw[data.draw(st.integers(16, len(raw) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(20, len(raw)))
    with contextlib.suppress(ReadError):
        read_upload(form, bytes(raw[:cut]), choices=Choices(tags=("railway", "landuse")))
