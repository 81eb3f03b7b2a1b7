"""The command as a user types it: what it prints, what it writes, how it refuses."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from matplotlib.image import imread

from corridormap.app.cli import main
from corridormap.geo.messages import fill, messages

if TYPE_CHECKING:
    from collections.abc import Callable

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"


def run(*words: str) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    return CliRunner().invoke(main, list(words), catch_exceptions=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of the built-in corridor that a test may spoil."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))


def test_info_prints_one_object_that_counts_what_the_corridor_holds() -> None:
    facts = json.loads(run("info", "--json").stdout)
    assert facts["id"] == "azerbaijan-iran"
    assert facts["as_of"] == "2023-12-29"
    layers = {layer["id"]: layer for layer in facts["layers"]}
    assert list(layers) == [
        "border-crossings",
        "bridges",
        "nakhchivan-link",
        "rasht-astara",
        "context",
        "facilities",
    ]
    assert layers["border-crossings"]["features"] == 11
    assert layers["bridges"]["geometry_types"] == ["Point"]
    assert [layer["visible"] for layer in layers.values()] == [True] * 4 + [False] * 2
    assert facts["annotations"] >= 20


def test_validate_finds_nothing_in_the_built_in_corridor() -> None:
    result = run("validate", "--json")
    assert json.loads(result.stdout) == []
    assert result.exit_code == 0


def test_a_copy_under_another_name_validates_the_same(copied: Path) -> None:
    assert run("validate", str(copied)).exit_code == 0


def test_snapshot_writes_a_picture_of_the_size_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "map.png"
    result = run("snapshot", "-o", str(path), "--size", "800x600")
    assert result.exit_code == 0
    assert imread(path).shape[:2] == (600, 800)
    assert result.stdout == ""
    assert [file.name for file in tmp_path.iterdir()] == ["map.png"]


def test_snapshot_draws_only_the_layers_extent_and_date_asked_for(tmp_path: Path) -> None:
    def picture(name: str, *words: str) -> bytes:
        path = tmp_path / f"{name}.png"
        assert run("snapshot", "-o", str(path), "--size", "800x600", *words).exit_code == 0
        return path.read_bytes()

    whole = picture("whole")
    assert picture("again") == whole
    different = {
        picture("bridges", "--layers", "bridges"),
        picture("nothing", "--layers", ""),
        picture("nakhchivan", "--bbox", "44.7,38.8,46.2,39.8"),
        picture("later", "--date", "2026-03-09"),
    }
    assert len(different | {whole}) == 5


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["--bbox", "44,38,46"], "extent"),
        (["--bbox", "46,38,44,39"], "extent"),
        (["--bbox", "44,38,46,nan"], "extent"),
        (["--layers", "bridges,ferries"], "ferries"),
        (["--date", "29 December"], "29 December"),
        (["--size", "huge"], "huge"),
        (["--size", "1x1"], "1x1"),
    ],
)
def test_what_is_typed_wrong_is_named_and_nothing_is_written(
    tmp_path: Path, words: list[str], names: str
) -> None:
    path = tmp_path / "map.png"
    result = run("snapshot", "-o", str(path), *words)
    assert result.exit_code == 2
    assert names.lower() in result.stderr.lower()
    assert not path.exists()


def test_a_file_type_that_is_not_offered_is_refused(tmp_path: Path) -> None:
    result = run("snapshot", "-o", str(tmp_path / "map.bmp"))
    assert result.exit_code == 2
    assert ".png" in result.stderr


def test_a_folder_that_is_not_there_is_named_and_leaves_no_part_file(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "map.png"
    result = run("snapshot", "-o", str(path), "--size", "640x480")
    assert result.exit_code == 1
    assert "map.png" in result.stderr
    assert list(tmp_path.rglob("*")) == []


def test_an_unknown_corridor_is_named_with_those_there_are() -> None:
    result = run("info", "atlantis")
    assert result.exit_code == 1
    assert "atlantis" in result.stderr
    assert "azerbaijan-iran" in result.stderr


def test_claims_gives_every_claim_and_every_figure_on_which_sources_differ() -> None:
    report = json.loads(run("claims", "--json").stdout)
    keys = {"id", "text", "quantities", "result", "values", "rule", "origins"}
    assert all(set(entry) == keys for entry in report)
    results = {entry["id"]: entry["result"] for entry in report}
    assert results["claim-rasht-astara-length"] == "sources_differ"
    assert results["claim-diplomacy"] == "untestable"
    assert len(results) > json.loads(run("info", "--json").stdout)["annotations"]


def test_article_check_says_lost_of_a_text_that_is_another(tmp_path: Path) -> None:
    text = tmp_path / "other.txt"
    text.write_text("Nothing in this text is about a corridor.", encoding="utf-8")
    found = json.loads(run("article", "check", str(text), "--json").stdout)
    assert {each["status"] for each in found} == {"lost"}
    assert len(found) == json.loads(run("info", "--json").stdout)["annotations"]


def test_an_empty_article_is_refused_by_name(tmp_path: Path) -> None:
    text = tmp_path / "empty.txt"
    text.touch()
    result = run("article", "check", str(text))
    assert result.exit_code == 1
    assert "empty" in result.stderr


def test_strip_draws_a_route_and_names_those_there_are(tmp_path: Path) -> None:
    path = tmp_path / "strip.svg"
    assert run("strip", "baku-rasht-qazvin", "-o", str(path)).exit_code == 0
    assert "Gauge break" in path.read_text(encoding="utf-8")
    result = run("strip", "silk-road", "-o", str(tmp_path / "other.svg"))
    assert result.exit_code == 1
    assert "baku-rasht-qazvin" in result.stderr


def test_sources_are_a_bibliography() -> None:
    listed = json.loads(run("sources").stdout)
    assert {"id", "title", "type"} <= set(listed[0])
    assert "@" in run("sources", "--format", "bibtex").stdout


def spoil(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    """Return a function that rewrites one file of a corridor."""

    def spoiled(folder: Path) -> None:
        path = folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return spoiled


def change_feature(
    name: str, feature: str, change: Callable[[dict[str, Any]], None]
) -> Callable[[Path], None]:
    """Return a function that changes one feature of one layer."""

    def changed(text: str) -> str:
        layer = json.loads(text)
        for each in layer["features"]:
            if each["id"] == feature:
                change(each)
        return json.dumps(layer, ensure_ascii=False)

    return spoil(f"layers/{name}.geojson", changed)


BRIDGE = "astara-road-bridge-2023"
SPOILED: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "missing layer": (
        lambda folder: (folder / "layers/bridges.geojson").unlink(),
        ("layers/bridges.geojson",),
    ),
    "broken layer": (spoil("layers/bridges.geojson", lambda text: text[:-40]), ("bridges", "line")),
    "wrong CRS": (
        spoil(
            "layers/bridges.geojson",
            lambda text: text.replace(
                "{", '{"crs":{"type":"name","properties":{"name":"EPSG:3857"}},', 1
            ),
        ),
        ("bridges", "3857"),
    ),
    "duplicate id": (
        change_feature("bridges", BRIDGE, lambda each: each.update(id="astara-rail-bridge")),
        ("bridges", "astara-rail-bridge"),
    ),
    "missing id": (
        change_feature("bridges", BRIDGE, lambda each: each.pop("id")),
        ("bridges", "id"),
    ),
    "swapped coordinates": (
        change_feature(
            "bridges", BRIDGE, lambda each: each["geometry"].update(coordinates=[38.45, 48.84])
        ),
        (BRIDGE, "swap"),
    ),
    "non-finite coordinates": (
        spoil("layers/bridges.geojson", lambda text: text.replace("48.8407", "NaN", 1)),
        ("bridges", "NaN"),
    ),
    "unknown status": (
        change_feature(
            "bridges",
            BRIDGE,
            lambda each: each["properties"]["status_history"][0].update(status="nearly there"),
        ),
        (BRIDGE, "nearly there"),
    ),
    "annotation that points nowhere": (
        spoil(
            "annotations.jsonld", lambda text: text.replace(f'"{BRIDGE}"', '"no-such-bridge"', 1)
        ),
        ("annotations.jsonld", "no-such-bridge"),
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_validate_names_file_feature_and_remedy(copied: Path, case: str) -> None:
    spoiler, named = SPOILED[case]
    spoiler(copied)
    result = run("validate", "--json", str(copied))
    assert result.exit_code == 1
    findings = json.loads(result.stdout)
    assert findings
    said = " ".join(
        f"{each['file']} {each['feature']} {each['problem']} {each['remedy']}" for each in findings
    )
    said = said.lower()
    assert all(name.lower() in said for name in named), said
    assert all(each["file"] and each["problem"] and each["remedy"] for each in findings)
    assert all(
        fill(messages()[e["code"]]["problem"], e["params"]) == e["problem"] for e in findings
    )
    assert "traceback" not in result.output.lower()


@pytest.mark.parametrize("case", SPOILED)
def test_the_other_layers_can_still_be_drawn(copied: Path, tmp_path: Path, case: str) -> None:
    SPOILED[case][0](copied)
    path = tmp_path / "map.png"
    result = run("snapshot", str(copied), "-o", str(path), "--size", "640x480")
    assert result.exit_code == 0
    assert path.stat().st_size > 10_000
