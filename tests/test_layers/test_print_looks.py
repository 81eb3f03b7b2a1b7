"""Every field of the looks is honoured: change one, and the picture changes."""

from __future__ import annotations

import io
from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

import pytest
import shapely

from corridormap.geo.outline.outline import Tier
from corridormap.layers.picture import Layout, render
from corridormap.layers.scene.looks import AreaSign, Circle, Fill, LineSign, Path, PointSign, Stroke
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.looks import Sign
    from corridormap.layers.scene.scene import Scene

LAYOUT = Layout(900, 640)
STROKE = Stroke("#7A2E8E", 4.0, (9.0, 5.0), 0.0, "butt", 1.0)
FILL = Fill("#00786C", 1.0)
PATH = Path(((-9.0, -9.0), (9.0, -6.0), (7.0, 9.0)), closed=True, fill=FILL, stroke=STROKE)
CIRCLE = Circle((0.0, 0.0), 9.0, half=False, fill=FILL, stroke=STROKE)
POINT = PointSign((PATH, CIRCLE), half_px=(11.0, 11.0), radius_px=10.0, ring_from_px=15.0)
LINE = LineSign((Stroke("#FFFFFF", 8.0), STROKE), Fill("#00786C", 0.15), band_from_px=10.0)
AREA = AreaSign(Fill("#7A2E8E", 0.2), (STROKE,))

OTHER_STROKES: dict[str, Any] = {
    "color": "#D1480A",
    "width_px": 7.0,
    "dash_px": (3.0, 6.0),
    "dash_offset_px": 6.0,
    "cap": "round",
    "opacity": 0.4,
}
OTHER_FILLS: dict[str, Any] = {"color": "#D1480A", "opacity": 0.4}
OTHER_PATHS: dict[str, Any] = {
    "points_px": ((-9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)),
    "closed": False,
    "fill": None,
    "stroke": None,
}
OTHER_CIRCLES: dict[str, Any] = {
    "center_px": (4.0, -3.0),
    "radius_px": 6.0,
    "half": True,
    "fill": None,
    "stroke": None,
}


def outline(bbox: tuple[float, float, float, float]) -> tuple[Tier, ...]:
    border = shapely.LineString([(bbox[0], 50.5), (bbox[2], 50.5)])
    south = shapely.box(bbox[0], bbox[1], bbox[2], 50.5)
    north = shapely.box(bbox[0], 50.5, bbox[2], bbox[3])
    return (Tier("world", None, {"AA": north, "BB": south}, (("AA", "BB", border),), border),)


@pytest.fixture
def scene(corridor: Corridor) -> Scene:
    view = default_view(corridor)
    layers = tuple(layer.id for layer in corridor.manifest.layers)
    return build_scene(corridor, view.model_copy(update={"layers": layers, "date": "2024-06-01"}))


def picture(scene: Scene, feature: str, sign: Sign, **position: Any) -> bytes:
    """Return a picture of one feature with a sign of its own."""
    item = next(item for item in scene.items if item.feature.id == feature)
    where = replace(item.feature.position, **position)
    item = replace(
        item,
        feature=replace(item.feature, position=where),
        phase=replace(item.phase, sign="the/sign"),
    )
    out = io.BytesIO()
    render(
        replace(
            scene, items=(item,), signs={**scene.signs, "the/sign": sign}, claims=(), places=()
        ),
        outline,
        LAYOUT,
        out,
    )
    return out.getvalue()


def test_the_tables_below_name_every_field() -> None:
    assert OTHER_STROKES.keys() == {f.name for f in fields(Stroke)}
    assert OTHER_FILLS.keys() == {f.name for f in fields(Fill)}
    assert OTHER_PATHS.keys() == {f.name for f in fields(Path)}
    assert OTHER_CIRCLES.keys() == {f.name for f in fields(Circle)}
    reaches = {"half_px", "radius_px", "ring_from_px"}
    assert {f.name for f in fields(PointSign)} == {"parts", "type", *reaches}
    assert {f.name for f in fields(LineSign)} == {"strokes", "band", "band_from_px", "type"}
    assert {f.name for f in fields(AreaSign)} == {"fill", "strokes", "type"}


@pytest.mark.parametrize("name", OTHER_STROKES)
def test_a_stroke_of_a_line(scene: Scene, name: str) -> None:
    changed = replace(STROKE, **{name: OTHER_STROKES[name]})
    other = replace(LINE, strokes=(LINE.strokes[0], changed))
    assert picture(scene, "old-railway", LINE) != picture(scene, "old-railway", other)


@pytest.mark.parametrize("name", OTHER_STROKES)
def test_a_stroke_of_an_area(scene: Scene, name: str) -> None:
    changed = replace(STROKE, **{name: OTHER_STROKES[name]})
    other = replace(AREA, strokes=(changed,))
    assert picture(scene, "district", AREA) != picture(scene, "district", other)


@pytest.mark.parametrize("name", OTHER_FILLS)
def test_a_fill_of_an_area(scene: Scene, name: str) -> None:
    other = replace(AREA, fill=replace(AREA.fill, **{name: OTHER_FILLS[name]}))
    assert picture(scene, "district", AREA) != picture(scene, "district", other)


@pytest.mark.parametrize("name", OTHER_FILLS)
def test_a_band_of_a_line(scene: Scene, name: str) -> None:
    other = replace(LINE, band=replace(LINE.band, **{name: OTHER_FILLS[name]}))
    one = picture(scene, "old-railway", LINE, band_m=12_000.0)
    assert one != picture(scene, "old-railway", LINE, band_m=None)
    assert one != picture(scene, "old-railway", other, band_m=12_000.0)


@pytest.mark.parametrize("name", OTHER_PATHS)
def test_a_path_of_a_glyph(scene: Scene, name: str) -> None:
    other = replace(POINT, parts=(replace(PATH, **{name: OTHER_PATHS[name]}),))
    one = replace(POINT, parts=(PATH,))
    assert picture(scene, "south-crossing", one) != picture(scene, "south-crossing", other)


@pytest.mark.parametrize("name", OTHER_CIRCLES)
def test_a_circle_of_a_glyph(scene: Scene, name: str) -> None:
    other = replace(POINT, parts=(replace(CIRCLE, **{name: OTHER_CIRCLES[name]}),))
    one = replace(POINT, parts=(CIRCLE,))
    assert picture(scene, "south-crossing", one) != picture(scene, "south-crossing", other)


def test_the_order_of_parts_and_of_strokes(scene: Scene) -> None:
    parts = replace(POINT, parts=POINT.parts[::-1])
    assert picture(scene, "south-crossing", POINT) != picture(scene, "south-crossing", parts)
    strokes = replace(LINE, strokes=LINE.strokes[::-1])
    assert picture(scene, "old-railway", LINE) != picture(scene, "old-railway", strokes)


def test_a_ring_or_a_band_is_drawn_in_its_true_size_or_not_at_all(scene: Scene) -> None:
    def ringed(sign: PointSign, ring_m: float | None) -> bytes:
        return picture(scene, "south-crossing", sign, ring_m=ring_m)

    far = replace(POINT, ring_from_px=900.0)
    assert ringed(POINT, 9_000.0) != ringed(far, 9_000.0)
    # Under the sign it is no ring of the least size, but none.
    assert ringed(POINT, 10.0) == ringed(far, 9_000.0) == ringed(far, 10.0)
    narrow = replace(LINE, band_from_px=900.0)
    banded = [picture(scene, "old-railway", s, band_m=12_000.0) for s in (LINE, narrow)]
    assert banded[0] != banded[1] == picture(scene, "old-railway", LINE, band_m=10.0)


def test_names_stand_clear_of_all_that_a_sign_reaches(scene: Scene) -> None:
    far = replace(POINT, half_px=(60.0, 60.0))
    assert picture(scene, "south-crossing", POINT) != picture(scene, "south-crossing", far)


def test_a_ring_follows_its_true_size(scene: Scene) -> None:
    rings = [picture(scene, "south-crossing", POINT, ring_m=m) for m in (None, 9_000.0, 12_000.0)]
    assert len(set(rings)) == 3


@pytest.mark.parametrize("state", ["lit", "selected", "dimmed"])
@pytest.mark.parametrize("feature", ["south-crossing", "old-railway", "district"])
def test_states_look_different(scene: Scene, feature: str, state: Any) -> None:
    item = next(item for item in scene.items if item.feature.id == feature)

    def drawn(shown: Any) -> bytes:
        out = io.BytesIO()
        render(replace(scene, items=(shown,), claims=(), places=()), outline, LAYOUT, out)
        return out.getvalue()

    assert drawn(item) != drawn(replace(item, state=state))
