"""Where things stand on paper, and how far off a scale bar may be: held against geodesics."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod

from corridormap.app.exporting.again import verify
from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.geo.errors import CorridorFormatError
from corridormap.geo.outline.outline import Tier
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.map.base import project_base
from corridormap.layers.picture.map.furniture import ScaleBar, make_scale
from corridormap.layers.picture.map.marks import project_items
from corridormap.layers.picture.map.plane import MERCATOR, Conic, spread
from corridormap.layers.picture.map.projection import chosen, fit
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.map.projection import Projection
    from corridormap.layers.scene.scene import Bbox
    from corridormap.layers.theme import ProjectionName
    from tests.test_layers.conftest import TinyCorridor

GEOD = Geod(ellps="WGS84")
FRAME = Box(40, 30, 1040, 830)
WIDE: Bbox = (25.0, 10.0, 80.0, 62.0)
NAMES: tuple[ProjectionName, ...] = ("mercator", "lambert")
ELLIPSOID = 0.007
"""Web Mercator is that of a sphere, and a degree of latitude on WGS 84 is up to this shorter."""

extents = st.builds(
    lambda west, south, width, height: (west, south, west + width, min(84.0, south + height)),
    st.floats(-170, 100),
    st.floats(-80, 70),
    st.floats(0.01, 75),
    st.floats(0.01, 60),
)
boxes = st.sampled_from([(1000, 800), (300, 900), (2400, 600), (480, 480)]).map(
    lambda shape: Box(40, 30, 40 + shape[0], 30 + shape[1])
)


@pytest.fixture(scope="module")
def wide() -> Corridor:
    return load_corridor(find_corridor("north-south"))


@given(extent=extents, box=boxes, name=st.sampled_from(NAMES))
def test_the_whole_extent_is_in_the_frame_and_as_large_as_can_be(
    extent: Bbox, box: Box, name: ProjectionName
) -> None:
    projection = fit(extent, box, name)
    west, south, east, north = extent
    lon, lat = np.linspace(west, east, 101), np.linspace(south, north, 101)
    edge = [(x, y) for x in lon for y in (south, north)] + [
        (x, y) for x in (west, east) for y in lat
    ]
    px = projection.array(np.array(edge))
    (left, top), (right, bottom) = px.min(axis=0), px.max(axis=0)
    # Web Mercator is moved, not made smaller, where the frame would reach beyond its end.
    assert box.grown(0.1).holds(Box(left, top, right, bottom)) or abs(north) > 80
    if min(east - west, north - south) > 0.01:
        assert (right - left) / box.width > 0.99 or (bottom - top) / box.height > 0.99


@given(
    extent=extents,
    box=boxes,
    name=st.sampled_from(NAMES),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_a_px_and_its_position_are_one_place(
    extent: Bbox, box: Box, name: ProjectionName, at: tuple[float, float]
) -> None:
    projection = fit(extent, box, name)
    if not projection.whole or max(abs(projection.bbox[1]), abs(projection.bbox[3])) > 79:
        return
    px = np.array([[box.left + at[0] * box.width, box.top + at[1] * box.height]])
    position = projection.positions(px)
    assert projection.array(position) == pytest.approx(px, abs=1e-5)
    assert projection.xy(*position[0].tolist()) == pytest.approx(tuple(px[0].tolist()), abs=1e-5)


@given(
    lon=st.floats(WIDE[0], WIDE[2]),
    lat=st.floats(WIDE[1], WIDE[3]),
    toward=st.floats(0, 360),
    name=st.sampled_from(NAMES),
)
def test_a_short_line_is_true_to_scale_at_its_own_place_and_points_the_right_way(
    lon: float, lat: float, toward: float, name: ProjectionName
) -> None:
    projection = fit(WIDE, FRAME, name)
    metres = 1000.0
    other = GEOD.fwd(lon, lat, toward, metres)[:2]
    (x0, y0), (x1, y1) = projection.xy(lon, lat), projection.xy(*other)
    off = 1e-3 if name == "lambert" else ELLIPSOID
    assert np.hypot(x1 - x0, y1 - y0) * projection.metres_per_px(lat) == pytest.approx(
        metres, rel=off
    )
    seen = np.degrees(np.arctan2(x1 - x0, y0 - y1)) - projection.north_at(x0, y0)
    assert abs((seen - toward + 180) % 360 - 180) < 0.5


def label_of(bar: ScaleBar) -> tuple[float, float]:
    """Return the bar's length in metres and how far off it says that it may be."""
    value, unit = bar.full.split()
    said = re.fullmatch(r"at (\d+(?:\.\d+)?)°(?: [NS])?; up to (\d+) % off elsewhere", bar.note)
    return float(value) * {"km": 1000, "m": 1}[unit], int(said[2]) / 100 if said else 0.02


def measured_m(projection: Projection, bar: ScaleBar, lat: float) -> float:
    """Return how long a level line of the bar's length is on the ground, in metres."""
    x, y = projection.xy(projection.middle[0], lat)
    ends = projection.positions(np.array([[x - bar.width / 2, y], [x + bar.width / 2, y]]))
    return float(GEOD.inv(*ends[0], *ends[1])[2])


@pytest.mark.parametrize("lat", [15.0, 40.0, 60.0])
@pytest.mark.parametrize("name", NAMES)
def test_the_second_corridors_scale_bar_holds_against_geodesics(
    wide: Corridor, name: ProjectionName, lat: float
) -> None:
    projection = fit(wide.manifest.extent, FRAME, name)
    # Short, so that its own curve says nothing.
    bar = make_scale(projection, Layout(), design_px=90)
    metres, off = label_of(bar)
    assert abs(measured_m(projection, bar, lat) / metres - 1) <= off + ELLIPSOID
    assert off < 0.08 if name == "lambert" else off > 0.2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((50.0, 15.0), (65.0, 16.0)),
        ((45.0, 40.0), (60.0, 41.0)),
        ((30.0, 59.9), (37.6, 55.8)),
        ((72.8, 18.9), (56.3, 27.2)),
    ],
)
def test_the_second_corridors_distances_hold_against_geodesics(
    wide: Corridor, one: tuple[float, float], other: tuple[float, float]
) -> None:
    projection = fit(wide.manifest.extent, FRAME, "lambert")
    bar = make_scale(projection, Layout())
    metres, off = label_of(bar)
    px = np.hypot(*np.subtract(projection.xy(*one), projection.xy(*other)))
    assert px / bar.width * metres == pytest.approx(GEOD.inv(*one, *other)[2], rel=off + 0.005)


@given(extent=extents, box=boxes)
def test_a_scale_bar_says_where_it_is_not_true(extent: Bbox, box: Box) -> None:
    projection = fit(extent, box, chosen(extent, box, "auto"))
    bar = make_scale(projection, Layout())
    metres, off = label_of(bar)
    _, south, _, north = projection.bbox
    for lat in np.linspace(south, north, 9):
        measured = bar.width * projection.metres_per_px(float(lat))
        assert max(measured / metres, metres / measured) - 1 <= off + 1e-3


@given(extent=extents, box=boxes)
def test_a_conic_is_drawn_only_where_it_is_truer(extent: Bbox, box: Box) -> None:
    flat, fanned = fit(extent, box), fit(extent, box, "lambert")
    uneven = spread(flat.plane, flat.bbox[1], flat.bbox[3])
    if chosen(extent, box, "auto") == "lambert":
        assert uneven > 1.15
        assert fanned.whole
        assert spread(fanned.plane, fanned.bbox[1], fanned.bbox[3]) < uneven
    assert chosen(extent, box, "mercator") == "mercator"


@pytest.mark.parametrize(
    ("extent", "wish", "drawn"),
    [
        pytest.param((44.0, 37.0, 50.0, 41.0), "auto", "mercator", id="small"),
        pytest.param((44.0, 37.0, 50.0, 41.0), "lambert", "lambert", id="small, asked for"),
        pytest.param(WIDE, "auto", "lambert", id="tall"),
        pytest.param(WIDE, "mercator", "mercator", id="tall, as on the screen"),
        pytest.param((100.0, -45.0, 160.0, -10.0), "auto", "lambert", id="in the south"),
        pytest.param((0.0, -30.0, 30.0, 30.0), "lambert", "mercator", id="about the equator"),
        pytest.param((-10.0, -20.0, 60.0, 60.0), "auto", "lambert", id="across the equator"),
        pytest.param((-60.0, 60.0, 60.0, 85.0), "lambert", "mercator", id="near the pole"),
        pytest.param((-170.0, 30.0, 170.0, 70.0), "lambert", "mercator", id="very wide"),
        pytest.param((20.0, 35.0, 20.2, 70.0), "auto", "lambert", id="a meridian"),
    ],
)
def test_the_projection_suits_the_extent(extent: Bbox, wish: str, drawn: str) -> None:
    assert chosen(extent, FRAME, cast("ProjectionName", wish)) == drawn


def test_a_level_leg_stays_on_its_parallel() -> None:
    projection = fit(WIDE, FRAME, "lambert")
    leg = projection.geometry(shapely.LineString([(25.0, 12.0), (80.0, 12.0)]))
    parallel = projection.array(np.column_stack([np.linspace(25, 80, 500), np.full(500, 12.0)]))
    assert shapely.hausdorff_distance(leg, shapely.LineString(parallel)) < 0.2


def test_land_cut_at_a_parallel_fills_the_frame() -> None:
    projection = fit(WIDE, FRAME, "lambert")
    land = shapely.box(*projection.bbox)
    tier = Tier("world", projection.bbox, {"AA": land}, (), shapely.LineString())
    drawn = project_base([tier], projection, frozenset()).countries["AA"]
    frame = shapely.box(FRAME.left, FRAME.top, FRAME.right, FRAME.bottom)
    assert shapely.difference(frame, drawn.buffer(3.0)).is_empty


def test_nothing_is_drawn_across_where_the_cone_is_slit_open() -> None:
    projection = fit(WIDE, FRAME, "lambert")
    behind = Conic(52.5, 20, 50).lon - 180
    line = projection.geometry(shapely.LineString([(behind - 5, 70.0), (behind + 5, 70.0)]))
    frame = shapely.box(FRAME.left, FRAME.top, FRAME.right, FRAME.bottom)
    assert not line.intersects(frame)
    far = projection.geometry(shapely.MultiPoint([(50.0, -90.0), (behind, 0.0), (50.0, 90.0)]))
    assert np.isfinite(shapely.get_coordinates(far)).all()


def test_rings_are_true_to_scale_at_their_own_place(wide: Corridor) -> None:
    scene = build_scene(wide, default_view(wide))
    projection = fit(scene.extent, Box(0, 0, 60000, 60000), "lambert")
    marks = [m for m in project_items(scene, projection, scale=1.0).points if m.ring_px]
    large = [m for m in marks if (m.ring_px or 0) > m.sign.ring_from_px + 1]
    assert {round(m.item.feature.geometry.centroid.y, -1) for m in large} >= {20, 40, 60}
    for mark in large:
        place = mark.item.feature.geometry.centroid
        for toward in (0, 90, 225):
            ring_m = mark.item.feature.position.ring_m
            lon, lat, _ = GEOD.fwd(place.x, place.y, toward, ring_m)
            x, y = projection.xy(lon, lat)
            assert np.hypot(x - mark.x, y - mark.y) == pytest.approx(mark.ring_px, rel=0.01)


def test_a_picture_says_what_it_is_drawn_in_and_is_made_again(wide: Corridor) -> None:
    view = default_view(wide)
    said = {}
    for wish, title in (("auto", "Lambert conformal conic, true at"), ("mercator", "Web Mercator")):
        options = ExportOptions.from_query({"projection": wish, "size": "700x900"}, format="svg")
        made = export(wide, view, options)
        assert title in re.sub(r"<[^>]*>|\s+", " ", made.body.decode()), wish
        said[wish] = read_recipe(made.body).options["projection"]
        assert verify(made.body, wide).identical
    assert said == {"auto": "lambert", "mercator": "mercator"}


def test_who_asks_for_a_conic_that_suits_nothing_is_told(corridor: Corridor) -> None:
    view = default_view(corridor).model_copy(update={"bbox": (0.0, -30.0, 30.0, 30.0)})
    options = ExportOptions.from_query({"projection": "lambert", "size": "480x480"}, format="png")
    assert export(corridor, view, options).notices == (
        "No conic suits this extent: the picture is in Web Mercator.",
    )


def drawn_in(corridor: Corridor, layout: Layout) -> str:
    scene = build_scene(corridor, default_view(corridor))
    return render(scene, lambda _: (), layout, BytesIO()).projection


def test_a_corridor_may_say_what_its_pictures_are_drawn_in(tiny: TinyCorridor) -> None:
    small = Layout(480, 480)
    assert drawn_in(tiny.load(), small) == "mercator"
    tiny.manifest = tiny.manifest.replace("format = 2", 'format = 2\nprojection = "lambert"')
    assert drawn_in(tiny.load(), small) == "lambert"
    assert drawn_in(tiny.load(), Layout(480, 480, projection="mercator")) == "mercator"
    tiny.manifest = tiny.manifest.replace('"lambert"', '"globe"')
    with pytest.raises(CorridorFormatError, match="projection"):
        tiny.load()


def test_meridians_are_upright_in_web_mercator_alone() -> None:
    assert MERCATOR.turn(10.0) == 0.0
    fanned = fit(WIDE, FRAME, "lambert")
    assert fanned.north_at(FRAME.left, FRAME.top) > 5 > -5 > fanned.north_at(FRAME.right, FRAME.top)
