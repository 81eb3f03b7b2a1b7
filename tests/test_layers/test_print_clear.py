"""Pictures stay clear where much stands close: leaders, signs, tags, numbers and legend.

Besides the built-in corridor the second one, whose features crowd round one sea.
"""

from __future__ import annotations

import io
import math
import re
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.placing.meeting import segments_cross
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture import Report
    from corridormap.layers.scene.scene import Scene

FIRST, SECOND = "azerbaijan-iran", "north-south"
JULFA = (45.2, 38.7, 46.2, 39.2)
ASTARA = (48.7, 38.3, 49.0, 38.55)
NAKHCHIVAN = (44.7, 38.6, 46.6, 39.8)
MAP = {"arrangement": "map"}

PICTURES: dict[str, tuple[str, Layout, dict[str, Any]]] = {
    "wide": (FIRST, Layout(1600, 900), {}),
    "upright": (FIRST, Layout(1080, 1350), {}),
    "square": (FIRST, Layout(1080, 1080), {}),
    "A4 standing": (FIRST, Layout(794, 1123), {}),
    "map alone": (FIRST, Layout(1600, 900, arrangement="map"), {}),
    "selected": (FIRST, Layout(1600, 900), {"selected": "aghband-kalaleh-road-bridge"}),
    "Nakhchivan": (FIRST, Layout(1600, 900), {"bbox": NAKHCHIVAN}),
    "Nakhchivan upright": (FIRST, Layout(1080, 1350), {"bbox": NAKHCHIVAN}),
    "Julfa": (FIRST, Layout(1600, 900), {"bbox": JULFA}),
    "Astara": (FIRST, Layout(1080, 1080), {"bbox": ASTARA}),
    "far wide": (SECOND, Layout(1600, 900), {}),
    "far upright": (SECOND, Layout(1080, 1350), {}),
    "far story": (SECOND, Layout(1080, 1920), {}),
    "far square": (SECOND, Layout(1080, 1080), {}),
    "far map alone": (SECOND, Layout(1080, 1350, arrangement="map"), {}),
    "far A3": (SECOND, Layout(1587, 1123), {}),
}
TOUCHING = 0.72
"""Of both signs' radii: nearer than this, two signs run into one another."""


@cache
def corridor_of(name: str) -> Corridor:
    return load_corridor(find_corridor(name))


def scene_of(name: str, **changes: Any) -> Scene:
    corridor = corridor_of(name)
    return build_scene(corridor, default_view(corridor).model_copy(update=changes))


@cache
def picture(name: str) -> tuple[str, Report]:
    corridor, layout, changes = PICTURES[name]
    out = io.BytesIO()
    outline = partial(tiers, detail=corridor_of(corridor).outline)
    report = render(scene_of(corridor, **changes), outline, layout, out, format="svg")
    return out.getvalue().decode("utf-8"), report


@pytest.mark.parametrize("name", PICTURES)
def test_no_leader_crosses_another(name: str) -> None:
    lines = np.array(picture(name)[1].leaders).reshape(-1, 4)
    assert not segments_cross(lines, lines).any()


@pytest.mark.parametrize("name", PICTURES)
def test_no_leader_runs_through_a_name(name: str) -> None:
    report = picture(name)[1]
    for start, end in report.leaders:
        # A leader of a name ends at the name's own box.
        inner = [
            (start[0] + (end[0] - start[0]) * k / 20, start[1] + (end[1] - start[1]) * k / 20)
            for k in range(4, 18)
        ]
        for label in report.labels:
            assert not any(label.box.grown(-2).has(*at) for at in inner), label.text


@pytest.mark.parametrize("name", PICTURES)
def test_signs_stand_clear_of_one_another(name: str) -> None:
    corridor, layout, changes = PICTURES[name]
    items = {item.feature.id: item for item in scene_of(corridor, **changes).items}
    big = [
        (items[id_].feature, box)
        for id_, box in picture(name)[1].signs
        if box.width / 2 >= 5 * layout.sign_scale
    ]
    for (one, a), (other, b) in combinations(big, 2):
        if one.place == other.place or one.id == other.id:
            continue
        least = TOUCHING * (a.width + b.width) / 2
        assert math.dist(a.center, b.center) >= least, (one.id, other.id)


@pytest.mark.parametrize("name", PICTURES)
def test_no_sign_is_cut_in_half_by_the_frame(name: str) -> None:
    report = picture(name)[1]
    for feature, box in report.signs:
        assert report.map_box.has(*box.center), feature


@pytest.mark.parametrize("name", PICTURES)
def test_numbers_on_the_map_are_those_of_the_claims_told(name: str) -> None:
    svg, report = picture(name)
    map_part = svg[svg.index('<g id="map">') : svg.index('<g id="head">')]
    drawn = re.findall(r"fill: #FFFFFF[^>]*>(\d+)(?:–(\d+))?</text>", map_part)
    numbers = {n for a, b in drawn for n in range(int(a), int(b or a) + 1)}
    claims = scene_of(*(PICTURES[name][0],), **PICTURES[name][2]).claims
    told = re.findall(r'<g id="claim-(\d+)">', svg)
    assert numbers <= {int(number) for number in told}
    assert len(told) <= len(claims)
    shows_claims = "claims" not in report.omitted and PICTURES[name][1].arrangement != "map"
    assert bool(numbers) == shows_claims


def test_a_tall_extent_gets_a_tall_map_beside_all_its_claims() -> None:
    report = picture("far upright")[1]
    assert report.omitted == ()
    assert report.map_box.height > 0.45 * 1350


@pytest.mark.parametrize("size", [(1600, 900), (1080, 1350), (1080, 1080), (1600, 1200)])
@pytest.mark.parametrize("corridor", [FIRST, SECOND])
def test_a_legend_on_the_map_hides_no_feature(corridor: str, size: tuple[int, int]) -> None:
    out = io.BytesIO()
    layout = Layout(*size, arrangement="map")
    outline = partial(tiers, detail=corridor_of(corridor).outline)
    report = render(scene_of(corridor), outline, layout, out)
    legend = dict(report.furniture).get("legend")
    if legend is None:  # It stands below the map.
        assert report.map_box.bottom < size[1] - 120
        return
    for feature, box in report.signs:
        assert not legend.overlaps(box), feature


def test_a_map_alone_does_not_speak_of_claims_it_does_not_show() -> None:
    assert "Claims:" not in picture("map alone")[0]
    assert "Claims:" in picture("wide")[0]


def test_a_picture_too_small_for_claims_does_not_speak_of_them_either() -> None:
    out = io.BytesIO()
    outline = partial(tiers, detail=corridor_of(FIRST).outline)
    report = render(scene_of(FIRST), outline, Layout(640, 480), out, format="svg")
    assert report.omitted == ("claims",)
    assert b"Claims:" not in out.getvalue()


def test_a_tag_says_in_words_how_many_more_stand_there() -> None:
    svg = picture("upright")[0]
    assert re.search(r">×4</text>", svg)
    assert "3 more here" in svg


def test_a_selection_is_named_and_its_claims_are_marked() -> None:
    svg = picture("selected")[0]
    assert "Marked:" in svg
    assert "Aghband–Kalaleh road bridge" in svg
    assert svg.count("#fff6dc") == 2  # claims 6 and 7
    assert "#fff6dc" not in picture("wide")[0]
    selected = [label for label in picture("selected")[1].labels if "Aghband" in label.text]
    assert selected


def test_dropped_names_are_told_most_important_first_with_names_nearby() -> None:
    report = picture("square")[1]
    drawn = {label.text for label in report.labels}
    names = [label.text for label in report.dropped]
    towns = {"Aghband", "Babek", "Bartaz", "Zangilan"}
    first_town = next(i for i, text in enumerate(names) if text in towns)
    assert {"Ordubad branch"} & set(names[:first_town])
    assert not {"Ordubad branch"} & set(names[first_town:])
    features = {item.feature.id for item in scene_of(FIRST).items}
    for label in report.dropped:
        assert label.id in features or label.id.startswith("place:"), label
        assert label.near
        assert drawn.issuperset(label.near)
