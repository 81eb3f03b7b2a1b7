"""A feature's looks, label, position, history and figures; what a view shows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.corridor.source import safe_url
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import SceneFeature, SceneItem
    from tests.test_layers.conftest import TinyCorridor


def features(corridor: Corridor) -> dict[str, SceneFeature]:
    return {feature.id: feature for feature in resolve(corridor).features}


def items(corridor: Corridor, **changes: object) -> dict[str, SceneItem]:
    view = default_view(corridor).model_copy(update=changes)
    return {item.feature.id: item for item in build_scene(corridor, view).items}


def test_looks_follow_the_status_through_time(corridor: Corridor) -> None:
    bridge = features(corridor)["north-bridge"]
    assert [(p.since, p.status, p.look, p.sign) for p in bridge.phases] == [
        ("2021-03-11", "announced", "planned", "point/bracket/planned/#D1480A"),
        ("2022-09-01", "construction", "construction", "point/bracket/construction/#D1480A"),
        ("2023-12-30", "operating", "operating", "point/bracket/operating/#D1480A"),
    ]
    assert bridge.phase_at("2021-03-10") is None
    shown = bridge.phase_at("2023-12-29")
    assert shown is not None
    assert shown.status_label == "Under construction"


def test_a_milestone_makes_no_phase_but_a_line_of_history(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge")["status_history"] = [
        {"date": "2021", "status": "announced", "note": "talks begin", "sources": ["S2"]},
        {"date": "2022", "status": "announced", "note": "site chosen", "sources": ["S1"]},
        {"date": "2023-01-01", "status": "construction", "sources": ["S2"]},
        {"date": "2023", "status": "operating", "note": "operating in part", "sources": ["S2"]},
    ]
    bridge = features(tiny.load())["north-bridge"]
    assert [(p.since, p.status) for p in bridge.phases] == [
        ("2021-01-01", "announced"),
        ("2023-01-01", "operating"),
    ]
    assert [(e.date_label, e.text) for e in bridge.history] == [
        ("2021", "Announced: talks begin"),
        ("2022", "Site chosen"),
        ("1 Jan 2023", "Under construction"),
        ("2023", "Operating in part"),
    ]


def test_a_history_out_of_order_is_read_in_order(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge")["status_history"].reverse()
    dates = [event.date for event in features(tiny.load())["north-bridge"].history]
    assert dates == ["2021-03-11", "2022-09", "2023-12-30"]


def test_a_town_simply_exists(corridor: Corridor) -> None:
    town = features(corridor)["town-mill"]
    assert [phase.status_label for phase in town.phases] == ["Existing"]
    assert town.phases[0].sign == "point/dot/operating/#3A424C"


def test_signs_follow_geometry_and_mode(corridor: Corridor) -> None:
    signs = {name: feature.phases[0].sign for name, feature in features(corridor).items()}
    assert signs["old-railway"] == "line/rail/operating/#00786C"
    assert signs["new-road"] == "line/road/planned/#00786C"
    assert signs["cable"] == "point/end-power/planned/#00786C"
    assert signs["district"] == "area/area/operating/#00786C"
    assert signs["south-crossing"] == "point/disc/unused/#16233B"


def test_a_mode_not_given_follows_the_kind(tiny: TinyCorridor) -> None:
    tiny.properties("old-railway")["mode"] = "none"
    assert features(tiny.load())["old-railway"].phases[0].sign.startswith("line/rail/")


def test_labels_are_short_ranked_and_anchored(corridor: Corridor) -> None:
    found = {name: feature.label for name, feature in features(corridor).items()}
    bridge, railway, district = found["north-bridge"], found["old-railway"], found["district"]
    assert bridge is not None
    assert railway is not None
    assert district is not None
    assert (bridge.text, bridge.color, bridge.at) == ("Bridge", "#16233B", (10.5, 50.5))
    assert railway.at == pytest.approx((10.5, 50.18), abs=0.02)
    assert district.area
    assert district.at == pytest.approx((10.3, 50.7), abs=0.03)
    order = sorted(found, key=lambda name: found[name].rank)  # type: ignore[union-attr]
    assert order[0] == "district"
    assert order[-1] == "town-mill"
    # What the article speaks of comes before what it does not.
    assert order.index("new-road") < order.index("old-railway")


def test_what_is_not_in_use_is_named_last(tiny: TinyCorridor) -> None:
    label = features(tiny.load())["south-crossing"].label
    assert label is not None
    tiny.properties("south-crossing")["status_history"][0]["status"] = "operating"
    other = features(tiny.load())["south-crossing"].label
    assert other is not None
    assert other.rank < label.rank


def test_a_double_name_keeps_its_dash(tiny: TinyCorridor) -> None:
    tiny.properties("south-crossing")["name"] = "Aghband–Kalaleh"
    label = features(tiny.load())["south-crossing"].label
    assert label is not None
    assert label.text == "Aghband–Kalaleh"


def test_positions_say_how_well_they_are_known(corridor: Corridor) -> None:
    found = {name: feature.position for name, feature in features(corridor).items()}
    assert found["north-bridge"].text == "Traced, ±50 m"
    assert (found["north-bridge"].ring_m, found["north-bridge"].band_m) == (None, None)
    assert found["south-crossing"].text == "Approximate, ±1.5 km: near the mill"
    assert (found["south-crossing"].ring_m, found["south-crossing"].band_m) == (1500, None)
    assert (found["new-road"].ring_m, found["new-road"].band_m) == (None, 8000)


def test_figures_read_as_lines_and_conflicts_stay(corridor: Corridor) -> None:
    facts = features(corridor)["north-bridge"].facts
    assert [(fact.label, fact.text, fact.sources) for fact in facts] == [
        ("Size", "216 × 24.5 m (2023)", ("S2",)),
        ("Length", "374 m (2025)", ("S1",)),
        ("Capacity", "1,000 trucks a day", ("S2",)),
    ]


def test_crossing_and_bridge_share_a_place(tiny: TinyCorridor) -> None:
    found = features(tiny.load())
    assert found["north-crossing"].place == "north-bridge"
    assert found["north-bridge"].place == "north-bridge"
    assert found["south-crossing"].place == "south-crossing"
    # Also when they are a little apart, and whatever stands on the same point.
    tiny.feature("north-crossing")["geometry"]["coordinates"] = [10.5003, 50.5]
    tiny.feature("town-mill")["geometry"]["coordinates"] = [10.7, 50.3]
    found = features(tiny.load())
    assert found["north-crossing"].place == "north-bridge"
    assert found["town-mill"].place == found["south-crossing"].place == "south-crossing"


def test_drawing_order_is_areas_lines_points(corridor: Corridor) -> None:
    order = [feature.id for feature in resolve(corridor).features]
    assert order == [
        "district", "old-railway", "new-road", "cable", "town-mill", "north-bridge",
        "north-crossing", "south-crossing",
    ]  # fmt: skip


def test_later_layers_lie_below(tiny: TinyCorridor) -> None:
    road = tiny.layers["ways"].pop(1)
    tiny.layers["bridges"].append(road)
    order = [feature.id for feature in resolve(tiny.load()).features]
    assert order.index("old-railway") < order.index("new-road")


def test_a_view_shows_its_layers_at_its_date(corridor: Corridor) -> None:
    assert set(items(corridor)) == {"north-crossing", "south-crossing", "north-bridge"}
    assert set(items(corridor, layers=("bridges",), date="2021-01-01")) == set()
    shown = items(corridor, layers=("ways",), date="2023-06-01")
    assert "new-road" not in shown
    assert "new-road" in items(corridor, layers=("ways",), date="2024-05-01")
    assert items(corridor, date="2024-01-01")["north-bridge"].phase.look == "operating"


def test_states_follow_the_selection(corridor: Corridor) -> None:
    assert {item.state for item in items(corridor).values()} == {"rest"}
    states = {
        name: item.state
        for name, item in items(corridor, claim="claim-bridge", selected="north-bridge").items()
    }
    assert states == {
        "north-bridge": "selected",
        "north-crossing": "lit",
        "south-crossing": "dimmed",
    }


def test_claims_are_numbered_as_on_the_page(corridor: Corridor) -> None:
    view = default_view(corridor).model_copy(update={"layers": ("ways",), "date": "2024-06-01"})
    claims = build_scene(corridor, view).claims
    assert [(c.id, c.number) for c in claims] == [("claim-road", 2)]
    first = resolve(corridor).claims[0]
    assert first.title == "Claim-bridge"
    assert first.features == ("north-bridge", "north-crossing")
    assert first.quote == "nine chars"
    assert first.check is not None
    assert (first.check.result, first.check.text) == ("confirmed", "opened 30 Dec 2023")
    assert features(corridor)["north-bridge"].claims == ("claim-bridge",)


def test_layers_count_features_and_show_their_commonest_sign(corridor: Corridor) -> None:
    layers = {layer.id: layer for layer in resolve(corridor).layers}
    assert [layer.count for layer in layers.values()] == [2, 1, 5]
    assert layers["ways"].swatch == "line/rail/operating/#00786C"
    assert layers["ways"].notes == ("One more way has no published route.",)
    assert layers["crossings"].extent == (10.5, 50.3, 10.7, 50.5)
    assert [layer.visible for layer in layers.values()] == [True, True, False]


def test_a_layer_that_cannot_be_read_keeps_its_row(tiny: TinyCorridor) -> None:
    (tiny.write() / "layers" / "ways.geojson").write_text("")
    layers = {layer.id: layer for layer in resolve(load_corridor(tiny.folder)).layers}
    assert layers["ways"].count == 0
    assert layers["ways"].extent is None
    assert layers["ways"].swatch in resolve(load_corridor(tiny.folder)).signs


def test_an_empty_layer_is_no_fault(tiny: TinyCorridor) -> None:
    tiny.layers["ways"] = []
    tiny.annotations.pop()
    corridor = tiny.load()
    assert corridor.findings == ()
    assert [layer.count for layer in resolve(corridor).layers] == [2, 1, 0]


def test_the_scene_has_what_the_picture_says(corridor: Corridor) -> None:
    scene = build_scene(corridor, default_view(corridor))
    assert scene.date_label == "1 June 2023"
    assert scene.extent == (10.0, 50.0, 11.0, 51.0)
    assert scene.own_countries == {"AA", "BB"}
    assert scene.boundary_note == "Boundaries as used, without a view"
    assert scene.credits == ("Natural Earth", "GeoNames (CC BY 4.0)", "GSHHG rivers (LGPL)")
    assert [layer.id for layer in scene.layers] == ["crossings", "bridges"]
    zoomed = default_view(corridor).model_copy(update={"bbox": (10.4, 50.4, 10.6, 50.6)})
    assert build_scene(corridor, zoomed).extent == (10.4, 50.4, 10.6, 50.6)


def test_sources_are_lines_to_read(tiny: TinyCorridor) -> None:
    tiny.sources[1]["URL"] = "javascript:alert(1)"
    lines = resolve(tiny.load()).sources
    assert lines["S1"].text == "The Paper, The article, 1 Jun 2023, checked 2 Jan 2026"
    assert lines["S1"].url == "https://example.org/article"
    assert lines["S2"].text == "The Office, A page, undated"
    assert lines["S2"].url is None
    # A source that nothing leans on is not listed.
    assert "S3" not in lines


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("https://a.org/x?y=1#z", True),
        ("HTTP://a.org", True),
        ("//a.org", False),
        ("ftp://a.org", False),
        ("data:text/html,x", False),
        ("https://", False),
        ("https://a.org/ b", False),
        ('https://a.org/"><script>', False),
        ("http://[bad", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_followed(url: str | None, *, safe: bool) -> None:
    assert (safe_url(url) is not None) == safe


def test_a_corridor_is_resolved_once(corridor: Corridor) -> None:
    assert resolve(corridor) is resolve(corridor)
