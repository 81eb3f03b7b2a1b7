"""A corridor from nothing: what the folder holds, how a bad wish is refused, nothing half made."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import corridormap.app.editing.new
from corridormap.app.commands.new import new
from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.saving.template import NewCorridor, corridor_texts, extent_of
from corridormap.layers.validation.publish import fit_to_publish
from corridormap.layers.validation.validate import validate

FILES = [
    "annotations.jsonld",
    "corridor.toml",
    "layers/places.geojson",
    "sources.json",
    "style.toml",
]


def make(*words: str) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    return CliRunner().invoke(new, list(words), catch_exceptions=False)


def files_of(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--countries", "AZ,IR"],
        ["--extent", "44,38,49,41"],
        ["--extent=-30,-50,-25,-45"],
        ["--countries", "RU,US"],
        ["--title", 'A "title" with \\ and </script>', "--countries", "kz, uz"],
    ],
)
def test_what_is_made_is_whole_and_has_no_findings(tmp_path: Path, words: list[str]) -> None:
    folder = tmp_path / "silk-road"
    assert make(str(folder), *words).exit_code == 0
    assert files_of(folder) == FILES
    assert validate(folder) == ()
    assert fit_to_publish(load_corridor(folder)) == ()
    assert [path.name for path in tmp_path.iterdir()] == ["silk-road"]


def test_title_countries_and_extent_are_those_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "araz"
    make(
        str(folder), "--title", "Araz “corridor”", "--countries", "az,IR", "--extent", "44,38,49,41"
    )
    manifest = load_corridor(folder).manifest
    assert manifest.title == "Araz “corridor”"
    assert manifest.countries == ("AZ", "IR")
    assert manifest.extent == (44.0, 38.0, 49.0, 41.0)


def test_without_an_extent_it_is_that_of_the_countries(tmp_path: Path) -> None:
    folder = tmp_path / "araz"
    make(str(folder), "--countries", "AZ,IR")
    west, south, east, north = load_corridor(folder).manifest.extent
    assert 40 < west < 44.1
    assert 22 < south < 25.1
    assert 63.3 < east < 66
    assert 41.9 < north < 44


def test_a_country_across_the_antimeridian_does_not_span_the_world() -> None:
    west, _, east, _ = extent_of(["US"])
    assert west < -120
    assert east < -50


def test_the_example_layer_holds_towns_of_the_countries(tmp_path: Path) -> None:
    folder = tmp_path / "araz"
    make(str(folder), "--countries", "AZ", "--extent", "44,36,52,42")
    layer = json.loads((folder / "layers/places.geojson").read_text(encoding="utf-8"))
    assert layer["features"][0]["id"] == "node-baku"
    assert {country for f in layer["features"] for country in f["properties"]["countries"]} == {
        "AZ"
    }


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    assert make(str(folder)).exit_code == 0
    assert files_of(folder) == FILES


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    result = make(str(folder))
    assert result.exit_code == 1
    assert "not empty" in result.stderr
    assert files_of(tmp_path) == ["mine/notes.txt"]


@pytest.mark.parametrize("kind", ["file", "link"])
def test_a_file_or_a_link_in_the_way_is_named(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "mine"
    if kind == "file":
        path.write_text("mine", encoding="utf-8")
    else:
        path.symlink_to(tmp_path / "elsewhere")
    result = make(str(path))
    assert result.exit_code == 1
    assert "mine" in result.stderr
    assert [each.name for each in tmp_path.iterdir()] == ["mine"]


def test_a_place_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = make(str(tmp_path / "missing" / "mine"))
    assert result.exit_code == 1
    assert "cannot be made" in result.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--countries", "AZ,XX"], "XX"),
        (["--countries", "Azerbaijan"], "AZERBAIJAN"),
        (["--extent", "44,38,46"], "extent"),
        (["--extent", "46,38,44,39"], "extent"),
        (["--title", "   "], "title"),
    ],
)
def test_what_is_typed_wrong_is_named_and_nothing_is_made(
    tmp_path: Path, words: list[str], names: str
) -> None:
    result = make(str(tmp_path / "mine"), *words)
    assert result.exit_code == 2
    assert names in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_corridor_that_would_not_validate_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(wanted: NewCorridor, *, towns: bool) -> dict[str, str]:
        return {
            **corridor_texts(wanted, towns=towns),
            "style.toml": "[layer.nowhere]\ncolor = 'red'\n",
        }

    monkeypatch.setattr(corridormap.app.editing.new, "corridor_texts", broken)
    result = make(str(tmp_path / "mine"))
    assert result.exit_code == 1
    assert "style.toml" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fails_half_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def failing(path: Path, body: bytes) -> int:
        if path.name != "corridor.toml":
            raise OSError(28, "No space left on device")
        return write(path, body)

    monkeypatch.setattr(Path, "write_bytes", failing)
    result = make(str(tmp_path / "mine"))
    assert result.exit_code == 1
    assert "No space left" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_manifest_explains_itself(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    make(str(folder))
    text = (folder / "corridor.toml").read_text(encoding="utf-8")
    assert text.count("#") >= 8
    assert tomllib.loads(text)["id"] == "mine"


def test_the_error_is_one_of_the_projects_own(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("", encoding="utf-8")
    today = load_corridor(Path(__file__).parents[2] / "data" / "north-south").manifest.as_of
    wanted = NewCorridor("mine", "Mine", (44.0, 38.0, 49.0, 41.0), (), today)
    with pytest.raises(CorridorError, match="there is a file"):
        corridormap.app.editing.new.make_corridor(tmp_path / "mine", wanted)
