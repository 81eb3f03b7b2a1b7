"""Positions against a reference: matched by id, every position counted, nothing guessed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from corridormap.app.cli import main
from corridormap.geo.errors import CorridorError
from corridormap.layers.validation.reference import check_positions

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor


def given(identity: str | None, kind: str, coordinates: Any, **more: Any) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "properties": dict(more),
        "geometry": {"type": kind, "coordinates": coordinates},
    }
    return feature | ({} if identity is None else {"id": identity})


def reference(*features: dict[str, Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def test_every_position_of_a_reference_is_held_against_the_band(corridor: Corridor) -> None:
    # Of the railway, drawn along 50.1 N and 10.5 E and good to 50 m, three of four are inside.
    raw = reference(
        given("old-railway", "LineString", [[10.2, 50.1], [10.3, 50.1004], [10.3, 50.11]]),
        given("another", "Point", [10.5, 50.2], id="old-railway"),
        given("south-crossing", "Point", [10.7, 50.31]),
        given("district", "Point", [10.3, 50.7]),
        given("unknown-here", "Point", [10, 50]),
    )
    found = {one.id: one for one in check_positions(corridor, raw, file="r.geojson")}
    assert list(found) == ["south-crossing", "old-railway", "district"]
    railway = found["old-railway"]
    assert (railway.positions, railway.inside, railway.holds) == (4, 3, False)
    assert railway.distance_m == pytest.approx(1112.5, abs=5)
    assert found["south-crossing"].distance_m == pytest.approx(1112.5, abs=5)
    assert found["south-crossing"].holds
    assert found["district"].distance_m == 0


@pytest.mark.parametrize(
    ("raw", "problem"),
    [
        (reference(given(None, "Point", [10, 50])), "the feature of the reference has no id"),
        (reference(given(None, "Point", [10, 50], name="Old railway")), "has no id"),
        (reference(given("elsewhere", "Point", [10, 50])), "none of its ids is a feature"),
        (reference(), "none of its ids is a feature"),
        (reference(given("cable", "Point", [10, 95])), "latitude"),
        (b"[]", "not a GeoJSON FeatureCollection"),
        (b'{"features": [3]}', "has no id"),
    ],
)
def test_a_reference_that_says_nothing_is_refused(
    corridor: Corridor, raw: bytes, problem: str
) -> None:
    with pytest.raises(CorridorError, match=r"r\.geojson") as refused:
        check_positions(corridor, raw, file="r.geojson")
    assert problem in str(refused.value)


def test_the_command_and_the_face_tell_the_same(tiny: TinyCorridor, tmp_path: Path) -> None:
    import corridormap

    file = tmp_path / "r.geojson"
    file.write_bytes(reference(given("old-railway", "Point", [10.2, 50.11])))
    folder = str(tiny.write())
    words = CliRunner().invoke(main, ["check-positions", str(file), folder])
    assert words.exit_code == 1
    assert words.stdout.splitlines()[1].split() == [
        "old-railway", "1.1", "km", "±50", "m", "no", "(0", "of", "1)",
    ]  # fmt: skip
    told = CliRunner().invoke(main, ["check-positions", str(file), folder, "--json"])
    (row,) = json.loads(told.stdout)
    table = corridormap.open(folder).check_positions(file)
    assert table.reset_index().to_dict("records") == [row]
    missing = CliRunner().invoke(main, ["check-positions", str(tmp_path / "no.geojson"), folder])
    assert missing.exit_code == 1
    assert "the file is missing" in missing.stderr
