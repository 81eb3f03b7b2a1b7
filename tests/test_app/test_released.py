"""What was released opens with today's code: what stands in tests/released."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette

from corridormap.app.cli import main
from corridormap.app.desk.desk import Desk
from corridormap.app.exporting import again
from corridormap.app.exporting.again import verify
from corridormap.app.exporting.export import export
from corridormap.app.exporting.recipe_route import recipe_route
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.exports.recipes.recipe import DRAWING, this_tool
from corridormap.layers.folder.format import FORMAT
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.scene.view import View, default_view
from corridormap.layers.validation.validate import validate
from tests.test_app.asking import reply, soon
from tests.test_app.test_edit_routes import ask

RELEASED = Path(__file__).parents[1] / "released"
VERSIONS = sorted(path.name for path in RELEASED.iterdir() if path.is_dir())
PICTURES = sorted(
    path.relative_to(RELEASED).as_posix()
    for path in RELEASED.glob("*/map.*")
    if path.suffix in {".png", ".svg", ".pdf"}
)
ID = "east-caspian"
FOUND_SINCE = {"straight-run-too-long"}
"""What `validate` finds in the kept folders by rules that are younger than they are."""


@pytest.fixture
def folder(version: str, tmp_path: Path) -> Path:
    """Return a copy of a version's folder, to be changed."""
    return Path(shutil.copytree(RELEASED / version / ID, tmp_path / ID))


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def text_of(version: str, name: str) -> str:
    return (RELEASED / version / name).read_text(encoding="utf-8")


def folder_of(picture: str) -> Path:
    return RELEASED / picture.partition("/")[0] / ID


def test_every_release_is_here_whole() -> None:
    assert "0.1.0" in VERSIONS
    names = {"draft.json", ID, "link.txt", "map.pdf", "map.png", "map.svg", "view.json"}
    for version in VERSIONS:
        assert {path.name for path in (RELEASED / version).iterdir()} == names


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_opens_validates_and_is_drawn_without_a_byte_changed(
    folder: Path, version: str, tmp_path: Path
) -> None:
    corridor = load_corridor(folder)
    assert corridor.findings == ()
    assert {layer.entry.id: len(layer.features) for layer in corridor.layers} == {
        "places": 3,
        "railway": 3,
        "crossings": 2,
        "stations": 4,
    }
    assert [one.id for one in corridor.annotations] == ["claim-first-part"]
    assert [route.id for route in corridor.manifest.routes] == ["uzen-gorgan"]
    assert {finding.code for finding in validate(folder)} == FOUND_SINCE
    checked = run("validate", folder)
    assert "Fit to publish: yes" in checked.stderr
    assert run("snapshot", folder, "-o", tmp_path / "map.png").exit_code == 0
    (claim,) = json.loads(run("claims", folder, "--json").stdout)
    assert claim["result"] == "untestable"  # its line on the map may have almost any length
    assert Snapshot.of(folder).files == Snapshot.of(RELEASED / version / ID).files
    assert not (folder / ".corridormap").exists()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_folder_is_upgraded_when_one_wishes_it(folder: Path, version: str) -> None:
    before = Snapshot.of(folder).files
    assert run("upgrade", folder).exit_code == 0
    after = Snapshot.of(folder).files
    assert load_corridor(folder).manifest.format == FORMAT
    assert {finding.code for finding in validate(folder)} == FOUND_SINCE
    comments = [line for line in before["corridor.toml"].splitlines() if b"#" in line]
    kept = [line for line in after["corridor.toml"].splitlines() if b"#" in line]
    assert [line for line in kept if not line.startswith(b"format")] == [
        line for line in comments if not line.startswith(b"format")
    ]
    if version == "0.1.0":
        rest = {name: body for name, body in after.items() if name != "corridor.toml"}
        assert rest == {name: before[name] for name in rest}
        assert after["corridor.toml"].replace(b"format = 2\n", b"") == before["corridor.toml"]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_link_gives_the_view_that_it_gave(folder: Path, version: str) -> None:
    link = text_of(version, "link.txt").strip().removeprefix("?")
    corridor = load_corridor(folder)
    view, notices = View.from_query(dict(parse_qsl(link)), corridor)
    assert notices == ()
    given = json.loads(text_of(version, "view.json"))
    later = {key: default_view(corridor).model_dump()[key] for key in view.model_dump()}
    assert view.model_dump(mode="json") == later | given
    assert view.to_query() == dict(parse_qsl(link))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_draft_is_shown_and_saved(folder: Path, version: str) -> None:
    kept = json.loads(text_of(version, "draft.json"))
    operations = [operation for step in kept["steps"] for operation in step["ops"]]
    wish = {"base": kept["base"], "files": kept["files"], "ops": operations}
    shown = ask(folder, "draft", wish)
    assert shown.status == 200
    assert (shown.json["changed"], shown.json["findings"]) == ([], [])
    assert ask(folder, "save", wish).status == 200
    corridor = load_corridor(folder)
    assert corridor.manifest.format == FORMAT
    assert corridor.findings == ()
    stations = next(layer for layer in corridor.layers if layer.entry.id == "stations")
    assert stations.features["bereket"].name == "Bereket (Gazandzhyk)"
    assert "timetable" in corridor.sources
    assert [one.id for one in corridor.annotations] == ["claim-first-part", "claim-whole"]


def test_a_draft_still_fits_after_an_upgrade(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(RELEASED / "0.1.0" / ID, tmp_path / ID))
    run("upgrade", folder)
    kept = json.loads(text_of("0.1.0", "draft.json"))
    operations = [operation for step in kept["steps"] for operation in step["ops"]]
    shown = ask(folder, "draft", {"base": kept["base"], "files": kept["files"], "ops": operations})
    assert shown.status == 200
    assert shown.json["changed"] == ["corridor.toml"]


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_is_identical_or_says_who_drew_it(picture: str) -> None:
    file, folder = RELEASED / picture, folder_of(picture)
    version = picture.partition("/")[0]
    recipe = read_recipe(file.read_bytes())
    assert recipe.tool.version == version
    result = run("verify", file, folder)
    if recipe.drawing == DRAWING:
        verdict = verify(file.read_bytes(), load_corridor(folder), recipe=recipe)
        assert verdict.drawn_by is None
        if recipe.tool.libraries == this_tool().libraries:
            kinds = {difference.kind for difference in verdict.differences}
            assert kinds <= {"tool"}, "it is drawn otherwise: see DRAWING, and tests/released"
        return
    assert (result.exit_code, result.stdout) in {
        (0, "Identical: made again, it is the same to the last byte.\n"),
        (3, f"Drawn by version {version}; data the same.\n"),
    }


@pytest.mark.parametrize("picture", PICTURES)
def test_a_picture_gives_its_view_again(picture: str, tmp_path: Path) -> None:
    new = tmp_path / Path(picture).name
    words = ("snapshot", folder_of(picture), "--again", RELEASED / picture, "-o", new)
    assert run(*words).exit_code == 0
    old, made = (read_recipe(file.read_bytes()) for file in (RELEASED / picture, new))
    assert (made.view, made.data) == (old.view, old.data)
    # The first drawing knew one projection and did not name it.
    assert made.options == {"projection": "mercator", **old.options}
    assert made.drawing == DRAWING


def other_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let this version draw otherwise than any before, as far as anybody can see."""
    whole = export

    def altered(*words: Any, **more: Any) -> Any:
        made = whole(*words, **more)
        object.__setattr__(made, "body", made.body + b" ")
        return made

    monkeypatch.setattr(again, "export", altered)


OLD = RELEASED / "0.1.0" / "map.svg"


def test_an_older_drawing_with_the_same_data_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    other_bytes(monkeypatch)
    result = run("verify", OLD, OLD.parent / ID)
    assert result.exit_code == 3
    assert result.stdout == "Drawn by version 0.1.0; data the same.\n"
    assert "draws it otherwise" in result.stderr
    facts = json.loads(run("verify", OLD, OLD.parent / ID, "--json").stdout)
    assert (facts["identical"], facts["drawn_by"], facts["data"]) == (False, "0.1.0", "same")
    assert facts["differences"] == []


def test_an_older_drawing_whose_data_changed_names_the_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other_bytes(monkeypatch)
    folder = Path(shutil.copytree(OLD.parent / ID, tmp_path / ID))
    layer = folder / "layers" / "stations.geojson"
    layer.write_text(layer.read_text("utf-8").replace("39.245", "39.246"), encoding="utf-8")
    result = run("verify", OLD, folder)
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "Drawn by version 0.1.0; data changed.",
        "The data changed: layers/stations.geojson.",
    ]
    facts = json.loads(run("verify", OLD, folder, "--json").stdout)
    assert (facts["drawn_by"], facts["data"]) == ("0.1.0", "changed")


def test_a_newer_drawing_is_not_compared_either(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    new = tmp_path / "new.svg"
    assert run("snapshot", OLD.parent / ID, "-o", new, "--size", "480x480").exit_code == 0
    text = new.read_text(encoding="utf-8")
    newer = f'"drawing":{DRAWING + 1}'
    new.write_text(text.replace(f'"drawing":{DRAWING}', newer), encoding="utf-8")
    other_bytes(monkeypatch)
    result = run("verify", new, OLD.parent / ID)
    assert (result.exit_code, "data the same" in result.stdout) == (3, True)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_picture_dropped_on_the_page_gives_its_view(folder: Path, version: str) -> None:
    corridor = load_corridor(folder)
    site = Starlette(routes=[recipe_route("/recipe", soon(lambda: corridor), Desk())])
    body = (RELEASED / version / "map.png").read_bytes()
    status, said = reply(site, "POST", "/recipe", body=body)
    assert status == 200
    assert said["view"]["layers"] == ["railway", "crossings", "stations"]
    older = read_recipe(body).drawing != DRAWING
    drawn = f"Drawn by version {version}; data the same. This version may draw it otherwise."
    assert said["notices"] == ([drawn] if older else [])


def test_a_dropped_picture_whose_data_changed_says_both(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(OLD.parent / ID, tmp_path / ID))
    run("upgrade", folder)
    corridor = load_corridor(folder)
    site = Starlette(routes=[recipe_route("/recipe", soon(lambda: corridor), Desk())])
    _, said = reply(site, "POST", "/recipe", body=OLD.read_bytes())
    assert said["notices"] == [
        "Drawn by version 0.1.0. This version may draw it otherwise.",
        "The data changed since the file was made: corridor.toml.",
    ]
