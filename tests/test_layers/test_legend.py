"""The legend lists what is shown and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.map.marks import project_items
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.legend import legend_of
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import View, default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Loose
    from tests.test_layers.conftest import TinyCorridor


def rows(corridor: Corridor, **changes: object) -> list[tuple[str, tuple[str, ...], str, str]]:
    scene = build_scene(corridor, default_view(corridor).model_copy(update=changes))
    for entry in scene.legend:
        assert set(entry.signs) <= set(scene.signs)
    return [(entry.text, entry.signs, entry.extra, entry.look) for entry in scene.legend]


def test_nothing_shown_is_nothing_explained(corridor: Corridor) -> None:
    assert rows(corridor, layers=()) == []
    assert rows(corridor, layers=("bridges",), date="2021-01-01") == []


def test_rows_follow_layers_and_date(corridor: Corridor) -> None:
    assert rows(corridor, layers=("bridges",)) == [
        (
            "Under construction",
            ("point/bracket/construction/#D1480A",),
            "",
            "construction",
        )
    ]
    texts = [row[0] for row in rows(corridor)]
    assert texts == [
        "Operating",
        "Under construction",
        "Not in use or historic",
        "Approximate: somewhere inside the ring",
    ]


def test_crossing_and_bridge_of_one_look_are_one_sign(corridor: Corridor) -> None:
    operating = rows(corridor, date="2024-01-01")[0]
    assert operating == ("Operating", ("point/both/operating/#D1480A+#16233B",), "", "operating")


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        ("road", "Road"),
        ("rail", "Railway"),
        ("road_rail", "Railway"),
        ("power", "Power line"),
        ("pipeline", "Pipeline"),
        ("sea", "Sea route"),
        ("multimodal", "Route of several modes"),
    ],
)
def test_a_line_is_called_what_it_is(tiny: TinyCorridor, mode: str, text: str) -> None:
    tiny.properties("old-railway").update(kind="route", mode=mode)
    tiny.layers["ways"] = [tiny.feature("old-railway")]
    tiny.annotations.pop()
    found = rows(tiny.load(), layers=("ways",))
    assert [row[0] for row in found] == ["Operating", text]
    # The row of the status shows a line that is there, not another one.
    assert found[0][1] == found[1][1]


@pytest.mark.parametrize(
    ("kind", "shape", "row"),
    [
        ("free_zone", ("Point", [10.2, 50.2]), "Free zone"),
        (
            "pipeline",
            ("MultiPoint", [[10.2, 50.2], [10.3, 50.3]]),
            "Pipeline, only its ends published",
        ),
        (
            "power_line",
            ("MultiPoint", [[10.2, 50.2], [10.3, 50.3]]),
            "Ends of an unpublished route",
        ),
        ("pipeline", ("LineString", [[10.2, 50.2], [10.3, 50.3]]), "Pipeline"),
    ],
)
def test_a_sign_that_does_not_speak_for_itself_has_a_row(
    tiny: TinyCorridor, kind: str, shape: tuple[str, object], row: str
) -> None:
    cable = tiny.feature("cable")
    cable["geometry"] = {"type": shape[0], "coordinates": shape[1]}
    # No mode is told: a kind that is travelled in one way only is drawn so.
    cable["properties"].update(kind=kind, mode="none")
    tiny.layers["ways"] = [cable]
    tiny.annotations.pop()
    assert row in [text for text, *_ in rows(tiny.load(), layers=("ways",))]


def test_rings_and_bands_are_explained_where_they_are_drawn(corridor: Corridor) -> None:
    pairs = [(f, f.phases[-1]) for f in resolve(corridor).features]
    every: list[list[Loose]] = [[], ["ring"], ["band"], ["ring", "band"]]
    for loose in every:
        assert [row.extra for row in legend_of(pairs, loose=loose) if row.extra] == loose


@pytest.mark.parametrize("corridor_id", ["azerbaijan-iran", "north-south"])
@pytest.mark.parametrize("width_m", [4_000, 40_000, 400_000, 4_000_000])
def test_a_frame_lists_the_rings_and_bands_that_it_draws(corridor_id: str, width_m: int) -> None:
    corridor = load_corridor(find_corridor(corridor_id))
    resolved = resolve(corridor)
    loose = [f for f in resolved.features if f.position.ring_m or f.position.band_m]
    at = loose[len(loose) // 2].geometry.representative_point()
    half = width_m / 111_000 / 2
    view = View(
        corridor=corridor_id,
        bbox=(at.x - half, at.y - half / 2, at.x + half, at.y + half / 2),
        layers=tuple(layer.id for layer in resolved.layers),
        date="2026-11-01",
    )
    scene = build_scene(corridor, view)
    projection = fit(scene.extent, Box(0, 0, 1000, 600))
    marks = project_items(scene, projection, scale=1.0)
    for point in marks.points:
        true_m = point.item.feature.position.ring_m
        # As large as it is, to a pixel, or none, and then the name says how far.
        if point.ring_px is not None:
            assert true_m
            px = true_m / projection.metres_per_px(point.item.feature.geometry.centroid.y)
            assert point.ring_px == pytest.approx(px, rel=0.02)
            assert point.ring_px > point.sign.radius_px
        elif true_m:
            assert point.item.feature.position.label in point.item.phase.second
    for line in marks.lines:
        if line.band_px is None and line.item.feature.position.band_m:
            assert line.item.feature.position.label in line.item.phase.second
    drawn = {"ring" for point in marks.points if point.ring_px}
    drawn |= {"band" for line in marks.lines if line.band_px}
    assert marks.loose == drawn


def test_lines_stand_beside_points_and_explain_their_mode(corridor: Corridor) -> None:
    found = rows(corridor, layers=("ways", "bridges"), date="2024-06-01")
    assert found == [
        (
            "Operating",
            ("point/bracket/operating/#D1480A", "line/road/operating/#3A424C"),
            "",
            "operating",
        ),
        (
            "Planned",
            ("point/end-power/planned/#00786C", "line/road/planned/#3A424C"),
            "",
            "planned",
        ),
        ("Railway", ("line/rail/operating/#3A424C",), "", ""),
        ("Road", ("line/road/operating/#3A424C",), "", ""),
        ("Ends of an unpublished route", ("point/end-power/planned/#00786C",), "", ""),
        ("Approximate: somewhere inside the band", ("line/road/planned/#3A424C",), "band", ""),
    ]


def test_an_area_alone_has_a_row(tiny: TinyCorridor) -> None:
    tiny.layers["ways"] = [tiny.feature("district")]
    tiny.annotations.pop()
    found = rows(tiny.load(), layers=("ways",))
    assert found == [("Operating", ("area/area/operating/#3A424C",), "", "operating")]
