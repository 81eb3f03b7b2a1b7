"""A corridor is opened from anywhere, read when asked for, and never half of two states."""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import ZipFile

import geopandas as gpd
import pytest

import corridormap
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.archive import zip_of

if TYPE_CHECKING:
    from corridormap import Corridor

ID = "azerbaijan-iran"
BRIDGES = "layers/bridges.geojson"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the built-in corridor's folder."""
    return Path(shutil.copytree(find_corridor(ID), tmp_path / "copy"))


def zipped(tmp_path: Path, folder: Path, *, within: str = "anything") -> Path:
    file = tmp_path / "corridor.zip"
    file.write_bytes(zip_of(load_corridor(folder).files, within))
    return file


def same(one: Corridor, other: Corridor) -> bool:
    return dict(one.read().files) == dict(other.read().files)


def test_an_id_a_folder_and_a_zip_open_alike(folder: Path, tmp_path: Path) -> None:
    corridor = corridormap.open(ID)
    assert same(corridor, corridormap.open(folder))
    assert same(corridor, corridormap.open(str(folder)))
    assert same(corridor, corridormap.open(zipped(tmp_path, folder)))
    assert corridor.id == ID
    assert corridor.title == "Azerbaijan–Iran transport corridor"
    assert corridor.as_of.isoformat() == "2023-12-29"
    assert corridor.extent == (44.35, 36.95, 50.1, 40.6)
    assert corridor.countries == ("AZ", "IR")
    assert {"id", "title"} <= corridor.sources[0].keys()
    assert repr(corridor).startswith(f"<Corridor {ID} from ")


def test_the_files_of_a_zip_may_lie_at_its_top(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "flat.zip"
    with ZipFile(file, "w") as archive:
        for name, body in load_corridor(folder).files.items():
            archive.writestr(name, body)
        archive.writestr("__MACOSX/._corridor.toml", b"")
        archive.writestr("layers/notes.txt", b"")
        archive.writestr("program.exe", b"")
    opened = corridormap.open(file)
    assert same(opened, corridormap.open(folder))
    assert opened.findings()["file"].tolist() == ["layers/notes.txt"]


@pytest.mark.parametrize("corridors", [0, 2])
def test_a_zip_of_none_or_several_is_refused(tmp_path: Path, corridors: int) -> None:
    file = tmp_path / "none.zip"
    with ZipFile(file, "w") as archive:
        archive.writestr("readme.txt", b"")
        for number in range(corridors):
            archive.writestr(f"{number}/corridor.toml", b"")
    with pytest.raises(corridormap.CorridorError, match=r"the zip holds .* corridor") as caught:
        corridormap.open(file)
    assert "Give a zip of one corridor's folder" in caught.value.remedy


def test_what_is_not_there_is_told_with_what_is() -> None:
    with pytest.raises(corridormap.CorridorError, match="there is no corridor 'nowhere'") as caught:
        corridormap.open("nowhere")
    assert ID in caught.value.remedy


def test_a_layer_is_a_frame_with_everything_of_its_file() -> None:
    bridges = corridormap.open(ID).layers["bridges"]
    assert isinstance(bridges, gpd.GeoDataFrame)
    assert bridges.crs == "EPSG:4326"
    assert bridges.index.name == "id"
    bridge = bridges.loc["astara-road-bridge-old"]
    assert (bridge["name"], bridge["name:fa"], bridge["uncertainty_m"]) == (
        *("Astara old road bridge", "پل فلزی"), 60,
    )  # fmt: skip
    assert (bridge.geometry.x, bridge.geometry.y) == (48.8758, 38.4407)
    assert bridge["status_history"][0]["date"] == "1945"
    assert bridges["uncertainty_m"].dtype.kind == "i"


def test_layers_are_a_mapping_that_names_what_there_is() -> None:
    layers = corridormap.open(ID).layers
    assert list(layers) == [
        *("border-crossings", "bridges", "nakhchivan-link", "rasht-astara", "context"),
        "facilities",
    ]
    assert len(layers) == 6
    assert "bridges" in layers
    assert "tunnels" not in layers
    with pytest.raises(KeyError):
        layers["tunnels"]
    with pytest.raises(corridormap.CorridorError, match=r"no layer 'tunnels'\. Use: border"):
        layers["tunnels"]


def test_a_layer_is_read_only_when_it_is_asked_for(folder: Path) -> None:
    (folder / BRIDGES).write_text("broken", encoding="utf-8")
    corridor = corridormap.open(folder)
    assert "bridges" in corridor.layers
    assert len(corridor.layers["context"]) == 30
    with pytest.raises(corridormap.CorridorError, match=BRIDGES):
        corridor.layers["bridges"]


def test_what_cannot_be_read_is_warned_of_once_all_is_read(folder: Path) -> None:
    (folder / BRIDGES).write_text("broken", encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        corridor = corridormap.open(folder)
    with pytest.warns(corridormap.CorridorWarning, match=BRIDGES):
        view = corridor.at()
    assert len(view.layers) == 4  # as it opens; the context is off
    assert (corridor.findings()["file"] == BRIDGES).any()


def test_a_frame_is_the_users_own() -> None:
    corridor = corridormap.open(ID)
    before = corridor.findings()
    frame = corridor.layers["bridges"]
    frame["name"] = "mine"
    frame["status_history"].iloc[0].clear()
    again = corridor.layers["bridges"]
    assert again["name"].iloc[0] != "mine"
    assert again["status_history"].iloc[0]
    assert corridor.findings().equals(before)


def test_a_folder_that_changes_is_not_read_any_further(folder: Path) -> None:
    corridor = corridormap.open(folder)
    corridor.layers["context"]
    (folder / "sources.json").write_text("[]", encoding="utf-8")
    with pytest.raises(corridormap.CorridorError, match="has changed since it was opened"):
        corridor.layers["bridges"]
    with pytest.raises(corridormap.CorridorError, match="Open it again"):
        corridor.claims()


def test_nothing_outside_a_strangers_folder_is_opened(folder: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.geojson"
    (folder / BRIDGES).rename(secret)
    (folder / BRIDGES).symlink_to(secret)
    corridor = corridormap.open(folder)
    with pytest.raises(corridormap.CorridorError, match="the file is a link"):
        corridor.layers["bridges"]
    (folder / "layers").rename(tmp_path / "elsewhere")
    (folder / "layers").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(corridormap.CorridorError, match="this must be a folder, not a link"):
        corridormap.open(folder).layers["context"]


def test_a_copy_is_saved_whole_and_over_nothing(folder: Path, tmp_path: Path) -> None:
    corridor = corridormap.open(folder)
    saved = corridor.save(tmp_path / "new")
    assert same(corridor, corridormap.open(saved))
    with pytest.raises(corridormap.CorridorError, match="the folder is not empty"):
        corridor.save(saved)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "new"]
