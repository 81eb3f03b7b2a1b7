"""Routes in kilometres: by status, country and mode, at a date, with what is missing."""

from __future__ import annotations

import json
from copy import deepcopy
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.routes.document import routes_document
from corridormap.layers.routes.figures import describe_routes
from corridormap.layers.validation.routes import route_findings

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor

ROUTE = """
[[routes]]
id = "through"
title = "From the mill to the hill"
from = "town-mill"
to = "town-hill"
start_note = "What lies before the mill is not in the layers."
[[routes.ways]]
id = "any"
title = "By rail and road"
mode = "multimodal"
features = ["old-railway", "north-bridge", "new-road"]
"""
BUILT_IN = "azerbaijan-iran"
DATES = ("2023-12-29", "2026-03-09")


def town(tiny: TinyCorridor, identity: str, at: tuple[float, float]) -> None:
    """Put a town into the tiny corridor."""
    found = deepcopy(tiny.feature("town-mill"))
    tiny.layers["ways"] = [f for f in tiny.layers["ways"] if f["id"] != identity]
    tiny.layers["ways"].append({**found, "id": identity})
    tiny.feature(identity)["geometry"]["coordinates"] = list(at)


@pytest.fixture
def routed(tiny: TinyCorridor) -> TinyCorridor:
    """Return a tiny corridor with a route of a railway, a bridge and a road."""
    town(tiny, "town-mill", (10.1, 50.1))
    town(tiny, "town-hill", (10.9, 50.5))
    tiny.properties("new-road")["countries"] = ["BB"]
    tiny.properties("north-bridge")["countries"] = ["AA", "BB"]
    tiny.manifest += ROUTE
    return tiny


def only_way(corridor: Corridor, date: str) -> dict[str, Any]:
    """Return the one way of the one route."""
    (route,) = describe_routes(corridor, date)
    way: dict[str, Any]
    (way,) = route["ways"]
    return way


def test_kilometres_are_counted_by_status_country_and_mode(routed: TinyCorridor) -> None:
    way = only_way(routed.load(), "2024-06-01")
    rail, road = way["legs"]
    assert way["km_by_status"] == {"operating": rail["km"], "announced": road["km"]}
    assert way["km_by_country"] == {"AA": rail["km"], "BB": road["km"]}
    assert way["km_by_mode"] == {"rail": rail["km"], "road": road["km"]}
    assert way["share_usable"] == pytest.approx(rail["km"] / way["km"], abs=1e-3)


def test_what_is_missing_follows_the_date(routed: TinyCorridor) -> None:
    corridor = routed.load()
    early = only_way(corridor, "2023-06-01")
    late = only_way(corridor, "2024-06-01")
    assert [part["id"] for part in early["missing"]] == ["north-bridge", "new-road"]
    assert [part["id"] for part in late["missing"]] == ["new-road"]
    assert early["missing"][1]["status"] == "not recorded"
    assert late["missing"][0]["status"] == "announced"
    assert not late["through"]


def test_a_way_is_through_when_every_link_operates(routed: TinyCorridor) -> None:
    history = routed.properties("new-road")["status_history"]
    history.append({"date": "2024-05-02", "status": "operating", "sources": ["S2"]})
    way = only_way(routed.load(), "2024-06-01")
    assert way["through"]
    assert way["share_usable"] == 1


def test_a_leg_of_two_countries_changes_at_the_bridge_on_it(routed: TinyCorridor) -> None:
    routed.properties("old-railway")["countries"] = ["AA", "BB"]
    for name in ("north-bridge", "north-crossing"):
        routed.feature(name)["geometry"]["coordinates"] = [10.5, 50.1]
    way = only_way(routed.load(), "2024-06-01")
    rail, road = way["legs"]
    bridge = next(link for link in way["bridges"] if link["id"] == "north-bridge")
    assert 0 < bridge["km"] < rail["km"]
    assert way["km_by_country"]["AA"] == bridge["km"]
    assert way["km_by_country"]["BB"] == pytest.approx(way["km"] - bridge["km"], abs=0.11)
    assert road["countries"] == ["BB"]


def test_a_leg_by_sea_counts_for_no_country_and_lands_in_the_next(routed: TinyCorridor) -> None:
    routed.properties("old-railway").update(mode="sea", countries=["AA", "BB"])
    routed.properties("new-road")["countries"] = ["AA", "BB"]
    routed.properties("north-bridge")["countries"] = ["BB"]
    way = only_way(routed.load(), "2024-06-01")
    sea, road = way["legs"]
    assert way["km_by_country"] == {"at sea": sea["km"], "BB": road["km"]}


def test_the_sea_legs_of_the_north_south_corridor_are_counted_as_such() -> None:
    (route,) = describe_routes(load_corridor(find_corridor("north-south")), DATES[1])
    for way in route["ways"]:
        by_sea = [leg["km"] for leg in way["legs"] if leg["mode"] == "sea"]
        assert way["km_by_country"]["at sea"] == pytest.approx(sum(by_sea), abs=0.11)
        assert "IN" not in way["km_by_country"]


def test_a_gap_is_named_and_counted(routed: TinyCorridor) -> None:
    routed.feature("new-road")["geometry"]["coordinates"] = [[10.7, 50.5], [10.9, 50.5]]
    way = only_way(routed.load(), "2024-06-01")
    (gap,) = way["gaps"]
    assert [side["name"] for side in gap["between"]] == ["Old railway", "New road"]
    assert 14 < gap["km"] < 14.5
    assert way["km_gaps"] == gap["km"]
    assert way["km_high"] is None
    assert not way["through"]


def test_ends_without_a_course_count_as_a_straight_line(routed: TinyCorridor) -> None:
    road = routed.feature("new-road")["geometry"]
    road.update(type="MultiPoint")
    way = only_way(routed.load(), "2024-06-01")
    leg = way["legs"][1]
    assert leg["course"] == "not published"
    assert leg["km_high"] is None
    assert way["km_without_course"] == leg["km"]
    assert way["km_high"] is None


def test_a_crossing_that_uses_a_listed_bridge_is_on_the_way(routed: TinyCorridor) -> None:
    way = only_way(routed.load(), "2024-06-01")
    assert [(c["id"], c["on_the_way"]) for c in way["crossings"]] == [("north-crossing", True)]
    assert way["crossings"][0]["km"] == way["legs"][0]["km"]


def test_published_lengths_stand_beside_the_measured_one(routed: TinyCorridor) -> None:
    routed.properties("old-railway")["figures"] = [
        {"quantity": "length", "value": 80_000, "unit": "m", "sources": ["S2"]},
        {"quantity": "length", "value": 82, "unit": "km", "sources": ["S1"]},
    ]
    way = only_way(routed.load(), "2024-06-01")
    leg = way["legs"][0]
    assert [figure["km"] for figure in leg["published"]] == [80, 82]
    assert leg["km_low"] <= leg["km"] <= leg["km_high"]
    assert way["km_published"] is None


@pytest.mark.parametrize(
    ("rail", "road", "expected"),
    [
        ([1520, 1435], [], [["old-railway"]]),
        ([1520], [1435], [["old-railway", "new-road"]]),
        ([1520], [1520], []),
        ([1520], [], []),
    ],
)
def test_the_gauge_breaks_where_two_gauges_meet(
    routed: TinyCorridor, rail: list[int], road: list[int], expected: list[list[str]]
) -> None:
    for feature, gauges in (("old-railway", rail), ("new-road", road)):
        routed.properties(feature)["figures"] = [
            {"quantity": "gauge", "value": gauge, "unit": "mm", "sources": ["S2"]}
            for gauge in gauges
        ]
    way = only_way(routed.load(), "2024-06-01")
    found = [[part["id"] for part in b["features"]] for b in way["gauge_breaks"]]
    assert found == expected


def test_an_unknown_feature_is_left_out_and_named(routed: TinyCorridor) -> None:
    routed.manifest = routed.manifest.replace('"north-bridge"', '"no-bridge"')
    corridor = routed.load()
    assert only_way(corridor, "2024-06-01")["not_found"] == ["no-bridge"]
    (finding,) = route_findings(corridor)
    assert finding.feature == "routes.through.any"
    assert "'no-bridge' is in no layer" in finding.problem


def test_an_area_is_no_way_and_a_far_bridge_is_not_on_it(routed: TinyCorridor) -> None:
    routed.manifest = routed.manifest.replace('"new-road"]', '"district", "south-crossing"]')
    problems = [finding.problem for finding in route_findings(routed.load())]
    assert any("cannot lead along 'district'" in problem for problem in problems)
    assert any("'south-crossing' stands" in problem for problem in problems)


def test_a_sound_route_has_no_findings(routed: TinyCorridor) -> None:
    assert list(route_findings(routed.load())) == []


def test_a_route_or_way_named_twice_is_refused(routed: TinyCorridor) -> None:
    way = ROUTE[ROUTE.index("[[routes.ways]]") :]
    for text in (routed.manifest + way, routed.manifest + ROUTE):
        routed.manifest = text
        with pytest.raises(CorridorFormatError, match="twice in"):
            routed.load()
        routed.manifest = routed.manifest.removesuffix(way if text.endswith(way) else ROUTE)


def test_a_corridor_without_routes_has_none(corridor: Corridor) -> None:
    assert describe_routes(corridor, "2024-01-01") == []
    assert routes_document(corridor) == []


@pytest.fixture(scope="module")
def built_in() -> Corridor:
    """Return the corridor that ships with the tool."""
    return load_corridor(find_corridor(BUILT_IN))


def test_the_built_in_routes_are_sound(built_in: Corridor) -> None:
    assert list(route_findings(built_in)) == []
    assert [route.id for route in built_in.manifest.routes] == [
        "mainland-nakhchivan",
        "baku-rasht-qazvin",
    ]


@pytest.mark.parametrize("date", DATES)
def test_the_built_in_figures_add_up(built_in: Corridor, date: str) -> None:
    ways = [way for route in describe_routes(built_in, date) for way in route["ways"]]
    assert len(ways) == 4
    for way in ways:
        mapped = way["km"] - way["km_gaps"]
        for counted in ("km_by_status", "km_by_country", "km_by_mode"):
            assert sum(way[counted].values()) == pytest.approx(mapped, abs=0.3)
        for before, after in pairwise(way["legs"]):
            assert before["to_km"] <= after["from_km"]
        for list_of in ("crossings", "bridges", "places"):
            kilometres = [spot["km"] for spot in way[list_of]]
            assert kilometres == sorted(kilometres)
            assert all(0 <= km <= way["km"] for km in kilometres)
        for leg in way["legs"]:
            if leg["course"] == "drawn":
                assert leg["km_low"] <= leg["km"] <= leg["km_high"]
        assert not way["not_found"]
    json.dumps(ways)


def test_the_caspian_line_lacks_one_link_and_changes_gauge_at_astara(built_in: Corridor) -> None:
    (way,) = describe_routes(built_in, DATES[0])[1]["ways"]
    assert [link["id"] for link in way["missing"]] == ["rasht-astara-railway"]
    assert [b["features"][0]["id"] for b in way["gauge_breaks"]] == ["astara-astara-railway"]
    assert way["gauge_breaks"][0]["gauges_mm"] == [1520, 1435]
    assert set(way["km_by_country"]) == {"AZ", "IR"}
    assert 0.6 < way["share_usable"] < 0.75


def test_the_railway_through_iran_has_no_course(built_in: Corridor) -> None:
    rail = describe_routes(built_in, DATES[1])[0]["ways"][-1]
    assert [leg["course"] for leg in rail["legs"]] == ["drawn", "not published"]
    assert rail["km_high"] is None
    inside = [place for place in rail["places"] if rail["legs"][1]["from_km"] < place["km"]]
    assert {place["km"] for place in inside} == {rail["km"]}


def test_the_document_holds_every_leg_and_stays_small(built_in: Corridor) -> None:
    routes = routes_document(built_in)
    assert len(json.dumps(routes)) < 30_000
    known = {feature for layer in built_in.layers for feature in layer.features}
    for route in routes:
        for way in route["ways"]:
            assert {leg["feature"] for leg in way["legs"]} <= known
            assert {spot["feature"] for spot in way["spots"]} <= known
            assert way["legs"][-1]["to_km"] == pytest.approx(way["km"])
