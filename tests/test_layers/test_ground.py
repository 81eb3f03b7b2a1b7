"""The ground of the map: rivers and lakes, below everything, with names along their curves."""

from __future__ import annotations

import itertools
import math
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.outline.ground import (
    River,
    laid_on_borders,
    lakes_in,
    rivers_in,
)
from corridormap.geo.outline.outline import Tier, tiers
from corridormap.geo.outline.packing import pack_waters
from corridormap.geo.outline.topojson import read_topology
from corridormap.geo.outline.waters import waters_in
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.map.base import project_base
from corridormap.layers.picture.map.flowing import FlowingName, river_names
from corridormap.layers.picture.map.forms import LabelStyle
from corridormap.layers.picture.map.projection import fit
from corridormap.layers.picture.map.seas import SeenWater, sea_name
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.placing.room import Room
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view
from corridormap.layers.theme import PALETTE
from tests.test_geo.packed import walked

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Bbox

FRAME = Box(0, 0, 1000, 700)
STYLE = LabelStyle(Layout(), PALETTE, {})


@pytest.fixture(scope="module")
def builtin() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


@pytest.mark.parametrize(
    ("extent", "rivers", "lakes"),
    [
        ((56, 40, 80, 48), {"Syr Darya", "Amu Darya"}, {"South Aral Sea", "Lake Balkhash"}),
        ((42, 36, 51, 42), {"Aras", "Kura"}, {"Lake Urmia", "Lake Van", "Lake Sevan"}),
        ((28, -5, 40, 20), {"Nile", "Blue Nile"}, {"Lake Victoria"}),
        ((-100, 35, -75, 50), {"Mississippi", "Ohio"}, {"Lake Superior", "Lake Erie"}),
    ],
)
def test_rivers_and_great_lakes_are_there_for_any_corridor(
    extent: Bbox, rivers: set[str], lakes: set[str]
) -> None:
    (world,) = tiers(extent, detail=None)
    assert rivers <= {river.name for river in world.rivers}
    assert lakes <= {lake.name for lake in world.lakes}
    assert lakes <= {water.name for water in waters_in(extent)}
    for drawn in (*(r.line for r in world.rivers), *(lake.shape for lake in world.lakes)):
        assert shapely.box(*extent).buffer(1e-9).contains(drawn)


def test_a_lake_is_no_countrys_land() -> None:
    extent = (74.0, 44.0, 80.0, 48.0)
    projection = fit(extent, FRAME)
    base = project_base(tiers(projection.bbox, detail=None), projection, frozenset())
    at = shapely.Point(projection.xy(*next(lake.at for lake in lakes_in(extent))))
    assert not any(land.contains(at) for land in base.countries.values())


def test_a_river_on_a_border_of_the_detailed_outline_lies_on_it(builtin: Corridor) -> None:
    assert builtin.outline is not None
    outline = read_topology(builtin.outline)
    border = outline.lines([*outline.borders["AZ", "IR"], *outline.borders["AM", "IR"]])
    aras = next(river.line for river in laid_on_borders(builtin.outline) if river.name == "Aras")
    reach = shapely.clip_by_rect(aras, 45.2, 38.7, 46.3, 39.1)
    points = shapely.get_coordinates(reach)
    assert len(points) > 50
    assert np.quantile(shapely.distance(shapely.points(points), border), 0.9) < 1e-6


@pytest.mark.parametrize(
    ("width_deg", "named"), [(0.05, set()), (8.0, {1, 2, 3}), (40.0, {1, 2}), (100.0, {1})]
)
def test_rivers_are_drawn_only_at_scales_that_bear_them(width_deg: float, named: set[int]) -> None:
    extent = (0.0, 10.0, width_deg, 10.0 + width_deg / 2)
    projection = fit(extent, FRAME)
    every = [
        River(str(rank), rank, shapely.LineString([extent[:2], extent[2:]])) for rank in (1, 2, 3)
    ]
    tier = Tier("world", None, {}, (), shapely.LineString(), rivers=tuple(every))
    drawn = project_base([tier], projection, frozenset()).rivers
    assert {rank for rank, _ in drawn.values()} == named


def named_along(points: list[tuple[float, float]], name: str, room: Room) -> list[FlowingName]:
    """Return the names that a river in px is given."""
    extent = (40.0, 30.0, 50.0, 37.0)
    projection = fit(extent, FRAME)
    line = shapely.LineString(projection.positions(np.array(points)))
    tier = Tier("world", None, {}, (), shapely.LineString(), rivers=(River(name, 1, line),))
    return river_names(project_base([tier], projection, frozenset()), room, STYLE)


@given(
    turn=st.floats(0, 2 * math.pi),
    bend=st.floats(0, 60),
    waves=st.floats(0.2, 2.0),
    name=st.text(st.sampled_from("Abcdİğ y"), min_size=3, max_size=14).map(str.strip).filter(bool),
    taken=st.lists(st.tuples(st.floats(50, 900), st.floats(50, 600)), max_size=6),
)
def test_a_rivers_name_is_upright_on_its_line_and_in_free_room(
    turn: float, bend: float, waves: float, name: str, taken: list[tuple[float, float]]
) -> None:
    along = np.linspace(-320, 320, 200)
    across = bend * np.sin(along / 320 * math.pi * waves)
    x = 500 + along * math.cos(turn) - across * math.sin(turn)
    y = 350 + along * math.sin(turn) + across * math.cos(turn)
    points = list(zip(x.tolist(), y.tolist(), strict=True))
    room = Room(FRAME)
    held = [Box.around(*at, 20.0) for at in taken]
    for box in held:
        room.take(box)
    for found in named_along(points, name, room):
        letters = found.letters
        assert "".join(letter for letter, *_ in letters) == name
        assert letters[-1][1] > letters[0][1] or len(name) < 2
        river = shapely.LineString(points)
        for _, left, base, turned in letters:
            assert abs(turned) < 89
            assert river.distance(shapely.Point(left, base)) < 2.2 * found.words.size_px
            assert not any(box.has(left, base) for box in held)
        steps = [abs(b[3] - a[3]) for a, b in itertools.pairwise(letters)]
        assert max(steps, default=0) < 18


@given(
    turn=st.floats(0, 2 * math.pi),
    bend=st.floats(-0.5, 0.5),
    half_px=st.floats(30, 120),
    taken=st.lists(st.tuples(st.floats(50, 900), st.floats(50, 600)), max_size=4),
)
def test_a_seas_name_lies_along_its_water_and_in_free_room(
    turn: float, bend: float, half_px: float, taken: list[tuple[float, float]]
) -> None:
    along = np.linspace(-300, 300, 60)
    across = bend * along**2 / 300
    x = 500 + along * math.cos(turn) - across * math.sin(turn)
    y = 350 + along * math.sin(turn) + across * math.cos(turn)
    frame = shapely.box(0, 0, 1000, 700)
    middle = shapely.LineString(np.column_stack([x, y]))
    piece = max(shapely.get_parts(middle.buffer(half_px) & frame), key=lambda part: part.area)
    room = Room(FRAME)
    held = [Box.around(*at, 25.0) for at in taken]
    for box in held:
        room.take(box)
    found = sea_name(SeenWater("water:0", "Caspian Sea", 2, piece, None), room, STYLE)
    if found is None:
        assert taken or half_px < 60 or abs(math.cos(turn)) < 0.4 or not middle.within(frame)
        return
    letters = found.letters
    assert "".join(letter for letter, *_ in letters) == "Caspian Sea"
    assert letters[-1][1] > letters[0][1]
    places = shapely.points([(left, base) for _, left, base, _ in letters])
    assert shapely.contains(piece.buffer(1.0), places).all()
    assert not any(box.has(left, base) for box in held for _, left, base, _ in letters)
    assert max(abs(b[3] - a[3]) for a, b in itertools.pairwise(letters)) < 18
    # A long water is named lengthwise: the name keeps near the line through its middle.
    if half_px < 60:
        assert shapely.distance(places, middle).max() < half_px


def test_a_straight_river_has_a_name_and_a_full_map_none() -> None:
    straight = [(150.0, 300.0), (800.0, 340.0)]
    assert [n.name for n in named_along(straight, "Kura", Room(FRAME))] == ["Kura"]
    full = Room(FRAME)
    full.take(Box(0, 200, 1000, 450))
    assert named_along(straight, "Kura", full) == []


@pytest.mark.parametrize("form", ["svg", "pdf", "png"])
def test_rivers_are_written_into_every_form(builtin: Corridor, form: Any) -> None:
    scene = build_scene(builtin, default_view(builtin))
    out = BytesIO()
    render(
        scene, lambda box: tiers(box, detail=builtin.outline), Layout(1600, 1000), out, format=form
    )
    if form == "svg":
        (group,) = re.findall(r'<g id="river-names">.*?</g>', out.getvalue().decode(), re.DOTALL)
        shown = "".join(re.findall(r"<text [^>]*rotate[^>]*>(.)</text>", group))
        assert {"Aras", "Kura"} <= set(re.findall("[A-Z][^A-Z]+", shown))
        assert "GSHHG" in out.getvalue().decode()


def test_what_the_browser_is_told_can_be_walked_back() -> None:
    extent = (42.0, 36.0, 51.0, 42.0)
    rivers = rivers_in(extent)
    told = pack_waters(lakes_in(extent), rivers, step_deg=0.002)
    assert [river["name"] for river in told["rivers"]] == [river.name for river in rivers]
    for river, row in zip(rivers, told["rivers"], strict=True):
        assert row["zooms"][0] < row["zooms"][1]
        for steps in row["lines"]:
            points = walked(steps, told["step"])
            assert shapely.distance(shapely.points(points), river.line).max() < 0.002
