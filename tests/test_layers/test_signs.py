"""The signs are those of the design, to the tenth of a px."""

from __future__ import annotations

import itertools
from itertools import pairwise

import pytest

from corridormap.layers.corridor.status import LOOKS
from corridormap.layers.scene.line_signs import AREA_OPACITY
from corridormap.layers.scene.looks import AreaSign, Circle, Fill, LineSign, Path, PointSign, Stroke
from corridormap.layers.scene.signs import area_key, line_key, make_sign, point_key
from corridormap.layers.wording.kinds import KINDS

INK, ORANGE, GREEN, GREY, WHITE = "#16233B", "#D1480A", "#00786C", "#747B84", "#FFFFFF"
LEFT = ((-14.0, -10.0), (-10.0, -6.0), (-10.0, 6.0), (-14.0, 10.0))
RIGHT = tuple((-x, y) for x, y in LEFT)


def point(glyph: str, look: str, color: str = INK) -> PointSign:
    sign = make_sign(f"point/{glyph}/{look}/{color}")
    assert isinstance(sign, PointSign)
    return sign


def strokes(key: str) -> tuple[Stroke, ...]:
    sign = make_sign(key)
    assert isinstance(sign, LineSign | AreaSign)
    return sign.strokes


def test_a_disc_is_filled_half_filled_dashed_or_struck() -> None:
    casing = Circle((0, 0), 8, fill=Fill(WHITE))
    edge = Circle((0, 0), 5.3, fill=Fill(WHITE), stroke=Stroke(INK, 1.8))
    assert point("disc", "operating").parts == (casing, Circle((0, 0), 6.2, fill=Fill(INK)))
    half = Circle((0, 0), 6.2, half=True, fill=Fill(INK))
    assert point("disc", "construction").parts == (casing, edge, half)
    dashed = Circle((0, 0), 5.3, fill=Fill(WHITE), stroke=Stroke(INK, 1.8, (2.4, 1.9)))
    assert point("disc", "planned").parts == (casing, dashed)
    grey = Circle((0, 0), 5.4, fill=Fill(WHITE), stroke=Stroke(GREY, 1.6))
    slash = Path(((-4.8, 4.8), (4.8, -4.8)), stroke=Stroke(GREY, 1.6))
    assert point("disc", "unused").parts == (casing, grey, slash)


@pytest.mark.parametrize(
    ("look", "left", "right"),
    [
        ("operating", (), ()),
        ("construction", (), (3.4, 2.4)),
        ("planned", (3.4, 2.4), (3.4, 2.4)),
    ],
)
def test_brackets(look: str, left: tuple[float, ...], right: tuple[float, ...]) -> None:
    sign = point("bracket", look, ORANGE)
    casing = Stroke(WHITE, 5.8, cap="round")
    assert sign.parts == (
        Path(LEFT, stroke=casing),
        Path(RIGHT, stroke=casing),
        Path(LEFT, stroke=Stroke(ORANGE, 3.2, left)),
        Path(RIGHT, stroke=Stroke(ORANGE, 3.2, right)),
    )
    assert sign.ring_from_px > sign.radius_px


def test_brackets_out_of_use_have_a_slash_that_a_crossing_covers() -> None:
    sign = point("bracket", "unused", ORANGE)
    colors = {part.stroke.color for part in sign.parts if part.stroke}
    assert colors == {WHITE, GREY}
    slash = [part for part in sign.parts if isinstance(part, Path) and len(part.points_px) == 2]
    assert len(slash) == 2
    covered = point("disc", "unused").parts[0]
    assert isinstance(covered, Circle)
    assert all(abs(x) <= covered.radius_px for part in slash for x, _ in part.points_px)


@pytest.mark.parametrize("look", LOOKS)
def test_the_legend_shows_crossing_and_bridge_as_one(look: str) -> None:
    both = make_sign(f"point/both/{look}/{ORANGE}+{INK}")
    assert isinstance(both, PointSign)
    assert set(point("disc", look).parts) <= set(both.parts)


ROAD = {
    "operating": (Stroke(WHITE, 6.0), Stroke(GREEN, 3.4)),
    "construction": (Stroke(GREEN, 8), Stroke(WHITE, 6), Stroke(GREEN, 3.2, (12, 4))),
    "planned": (Stroke(GREEN, 8), Stroke(WHITE, 6), Stroke(GREEN, 3.2, (6, 5))),
    "unused": (Stroke(WHITE, 4.4), Stroke(GREY, 1.8)),
    "unknown": (Stroke(GREEN, 8), Stroke(WHITE, 6), Stroke(GREEN, 3.2, (2, 5))),
}
TICKS = {
    "operating": (Stroke(GREEN, 10, (1.6, 10.4)),),
    "construction": (Stroke(GREEN, 11, (1.6, 14.4), -5.2),),
    "planned": (Stroke(GREEN, 11, (1.6, 9.4), -2.2),),
    "unused": (),
    "unknown": (Stroke(GREEN, 11, (1.6, 5.4), -0.2),),
}


@pytest.mark.parametrize("look", LOOKS)
def test_roads_and_railways(look: str) -> None:
    assert strokes(f"line/road/{look}/{GREEN}") == ROAD[look]
    assert strokes(f"line/rail/{look}/{GREEN}") == (*ROAD[look], *TICKS[look])


@pytest.mark.parametrize("look", ["operating", "construction", "planned"])
def test_power_lines_are_thin_with_round_dots(look: str) -> None:
    passes = strokes(f"line/power/{look}/{GREEN}")
    dots = passes[-1]
    assert (dots.width_px, dots.cap, dots.dash_px[0]) == (4.4, "round", 0.1)
    assert passes[-2].width_px == 1.6
    assert sum(dots.dash_px) == pytest.approx(sum(passes[-2].dash_px) or 14.1)


@pytest.mark.parametrize("look", ["operating", "construction", "planned"])
def test_pipelines_are_hollow(look: str) -> None:
    passes = strokes(f"line/pipeline/{look}/{GREEN}")
    pipe, hollow = next((one, after) for one, after in pairwise(passes[1:]) if after.color == WHITE)
    assert pipe.color == GREEN
    assert hollow.width_px < pipe.width_px / 2
    assert not hollow.dash_px


@pytest.mark.parametrize("mode", ["road", "rail", "power", "pipeline"])
def test_a_planned_line_is_cased_and_dashed(mode: str) -> None:
    for look in ("construction", "planned"):
        passes = strokes(f"line/{mode}/{look}/{GREEN}")
        assert passes[0].color == GREEN
        assert passes[1].color == WHITE
        assert passes[0].width_px > passes[1].width_px
        assert passes[2].dash_px


def test_areas() -> None:
    sign = make_sign(area_key("operating", GREEN))
    assert sign == AreaSign(Fill(GREEN, AREA_OPACITY), (Stroke(GREEN, 2.0),))
    assert AREA_OPACITY == 0.13
    assert strokes(area_key("construction", GREEN)) == (Stroke(GREEN, 2.0, (12, 4)),)
    assert strokes(area_key("planned", GREEN)) == (Stroke(GREEN, 2.0, (6, 5)),)
    assert strokes(area_key("unused", GREEN)) == (Stroke(GREY, 1.0),)


def test_the_town_dot_is_that_of_the_base_map() -> None:
    assert point("dot", "operating").parts[-1] == Circle((0, 0), 2.3, fill=Fill(INK))


def test_squares_and_triangles_are_9_across() -> None:
    for glyph in ("square", "triangle"):
        top = point(glyph, "operating").parts[-1]
        assert isinstance(top, Path)
        xs = [x for x, _ in top.points_px]
        assert max(xs) - min(xs) == 9
        assert top.closed


GLYPHS = sorted({of.glyph for of in KINDS.values()})


def test_what_is_named_in_the_legend_has_a_sign_of_its_own() -> None:
    silhouettes: dict[str, str] = {}
    for glyph in GLYPHS:
        if not glyph.startswith("end-"):
            same = silhouettes.setdefault(repr(point(glyph, "operating").parts), glyph)
            assert same == glyph
    told = {KINDS[kind].glyph for kind in NEW_KINDS}
    assert len(told) == len(NEW_KINDS)


NEW_KINDS = ("station", "ferry", "tunnel", "dry_port", "warehouse", "mine")


@pytest.mark.parametrize("glyph", GLYPHS)
def test_status_shows_without_colour(glyph: str) -> None:
    if glyph == "dot":
        return  # a town is simply there
    shapes = {_uncoloured(point(glyph, look)) for look in LOOKS}
    assert len(shapes) == 5


def _uncoloured(sign: PointSign) -> str:
    return repr(sign.parts).replace(INK, "colour").replace(GREY, "colour")


@pytest.mark.parametrize(("glyph", "look"), list(itertools.product(GLYPHS, LOOKS)))
def test_every_part_lies_within_the_radius(glyph: str, look: str) -> None:
    sign = point(glyph, look)
    for part in sign.parts:
        if isinstance(part, Circle):
            assert part.radius_px <= sign.radius_px
        else:
            assert all((x * x + y * y) ** 0.5 <= sign.radius_px for x, y in part.points_px)


def test_modes_that_look_alike_share_a_sign() -> None:
    assert line_key("none", "operating", INK) == line_key("multimodal", "operating", INK)
    assert line_key("sea", "operating", INK) != line_key("road", "operating", INK)
    assert line_key("road_rail", "operating", INK) == line_key("rail", "operating", INK)
    assert point_key("disc", "planned", INK) == f"point/disc/planned/{INK}"
