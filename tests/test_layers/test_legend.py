"""The legend lists what is shown and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
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
        ("Railway; road", ("line/rail/operating/#3A424C", "line/road/operating/#3A424C"), "", ""),
        ("Approximate: somewhere inside the band", ("line/road/planned/#3A424C",), "band", ""),
    ]


def test_an_area_alone_has_a_row(tiny: TinyCorridor) -> None:
    tiny.layers["ways"] = [tiny.feature("district")]
    tiny.annotations.pop()
    found = rows(tiny.load(), layers=("ways",))
    assert found == [("Operating", ("area/area/operating/#3A424C",), "", "operating")]
