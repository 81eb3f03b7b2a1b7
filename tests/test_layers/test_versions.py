"""Versions that saves keep: listed in words, restored exactly, whatever their folder holds."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from corridormap.app.cli import main
from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.saving import store
from corridormap.layers.saving.history import KEPT_SAVES
from corridormap.layers.saving.save_operations import save_operations
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from corridormap.layers.saving.versions import restore_version, versions_of
from corridormap.layers.saving.versions_told import told_versions
from corridormap.layers.validation.validate import validate_files

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
AT = dt.datetime(2026, 11, 24, 12, 30, 15, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(ROOT / "data" / "north-south", tmp_path / "mine"))


def files_of(folder: Path) -> dict[str, bytes]:
    return dict(read_folder(folder).files)


def history_of(folder: Path) -> Path:
    return folder / ".corridormap" / "history"


def add_layer(folder: Path, id_: str, at: dt.datetime) -> None:
    layer = {"id": id_, "title": f"Layer {id_}"}
    operation = {"op": "add_layer", "layer": layer, "features": []}
    save_operations(folder, [operation], base=files_of(folder), at=at)


def rename(folder: Path, name: str, at: dt.datetime) -> None:
    """Give the first feature of a layer another name."""
    file = next(name for name in files_of(folder) if name.startswith("layers/"))
    said = json.loads((folder / file).read_bytes())
    said["features"][0]["properties"]["name"] = name
    body = json.dumps(said, ensure_ascii=False).encode()
    save_files(folder, lambda _: {file: body}, at=at)


def test_every_version_is_restored_exactly_with_files_that_came_and_went(folder: Path) -> None:
    states = [files_of(folder)]
    rename(folder, "Another name", AT)
    states.append(files_of(folder))
    add_layer(folder, "more", AT + MINUTE)
    states.append(files_of(folder))
    names = [version.name for version in versions_of(folder)]
    restore_version(folder, names[-1], at=AT + 2 * MINUTE)
    assert files_of(folder) == states[0]
    assert not (folder / "layers" / "more.geojson").exists()
    assert not validate_files(files_of(folder))
    # Restoring is a save: it is the latest version, and is undone by restoring that.
    latest = next(iter(versions_of(folder)))
    assert "layers/more.geojson" in latest.files
    restore_version(folder, latest.name, at=AT + 3 * MINUTE)
    assert files_of(folder) == states[2]
    restore_version(folder, names[0], at=AT + 4 * MINUTE)
    assert files_of(folder) == states[1]


def test_versions_are_told_in_words(folder: Path) -> None:
    rename(folder, "Another name", AT)
    add_layer(folder, "more", AT + MINUTE)
    added, renamed = told_versions(versions_of(folder))
    assert added.summary == "1 layer added"
    assert added.files == ("corridor.toml", "layers/more.geojson")
    assert renamed.summary == "1 feature changed"
    assert renamed.at == "2026-11-24T12:30:15Z"
    assert "Name: Another name; before: " in renamed.lines[0]


def test_as_many_are_kept_as_is_said(folder: Path) -> None:
    for number in range(KEPT_SAVES + 2):
        rename(folder, f"Name {number}", AT + number * MINUTE)
    told = list(versions_of(folder))
    assert len(told) == KEPT_SAVES
    restore_version(folder, told[-1].name, at=AT + dt.timedelta(days=1))
    assert b"Name 1" in b"".join(files_of(folder).values())


def test_a_removal_that_is_cut_short_is_read_and_finished(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files_of(folder)
    add_layer(folder, "more", AT)
    name = next(iter(versions_of(folder))).name

    def dies(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(store, "_move", dies)
        with pytest.raises(KeyboardInterrupt):
            restore_version(folder, name, at=AT + MINUTE)
    assert (folder / "layers" / "more.geojson").exists()
    assert files_of(folder) == before
    save_files(folder, lambda _: {}, at=AT + 2 * MINUTE)
    assert not (folder / "layers" / "more.geojson").exists()
    assert files_of(folder) == before


def test_what_is_changed_meanwhile_is_kept_too(folder: Path) -> None:
    rename(folder, "Another name", AT)
    (folder / "notes.md").write_text("by hand")
    name = next(iter(versions_of(folder))).name
    restore_version(folder, name, at=AT + MINUTE)
    assert (folder / "notes.md").read_text() == "by hand"


def link_a_file(kept: Path, outside: Path) -> None:
    (kept / "sources.json").symlink_to(outside)


def link_the_folder(kept: Path, outside: Path) -> None:
    shutil.rmtree(kept)
    kept.symlink_to(outside.parent, target_is_directory=True)


def link_layers(kept: Path, outside: Path) -> None:
    shutil.rmtree(kept / "layers")
    (kept / "layers").symlink_to(outside.parent, target_is_directory=True)


def too_large(kept: Path, _outside: Path) -> None:
    with (kept / "sources.json").open("wb") as file:
        file.truncate(65_000_000)


def a_pipe(kept: Path, _outside: Path) -> None:
    os.mkfifo(kept / "sources.json")


def broken(kept: Path, _outside: Path) -> None:
    (kept / "corridor.toml").write_bytes(b"\xff = [")


def created_is_all(kept: Path, _outside: Path) -> None:
    (kept / ".created").mkdir()
    (kept / ".created" / "corridor.toml").write_bytes(b"")


@pytest.mark.parametrize(
    "spoil",
    [link_a_file, link_the_folder, link_layers, too_large, a_pipe, broken, created_is_all],
)
def test_a_hostile_history_restores_nothing_and_harms_nothing(
    spoil: Callable[[Path, Path], None], folder: Path, tmp_path: Path
) -> None:
    outside = tmp_path / "outside" / "secret.json"
    outside.parent.mkdir()
    outside.write_text("secret")
    rename(folder, "Another name", AT)
    (kept,) = history_of(folder).iterdir()
    spoil(kept, outside)
    before = files_of(folder)
    (told,) = told_versions(versions_of(folder))
    assert "secret" not in str(told)
    with pytest.raises(CorridorFormatError):
        restore_version(folder, kept.name, at=AT + MINUTE)
    assert files_of(folder) == before
    assert [path.name for path in outside.parent.iterdir()] == ["secret.json"]
    assert outside.read_text() == "secret"


def test_what_no_save_names_is_left_alone(folder: Path) -> None:
    rename(folder, "Another name", AT)
    (kept,) = history_of(folder).iterdir()
    (kept / "Run.me").write_bytes(b"x")
    (history_of(folder) / "9999-99-99T99-99-99.000Z").mkdir()
    (history_of(folder) / "mine").mkdir()
    (version,) = versions_of(folder)
    assert version.before is not None
    restore_version(folder, version.name, at=AT + MINUTE)
    assert not (folder / "Run.me").exists()


def test_a_version_that_is_not_kept_is_refused(folder: Path) -> None:
    before = Snapshot.of(folder)
    with pytest.raises(CorridorFormatError, match="no version"):
        restore_version(folder, "../../elsewhere", at=AT)
    assert Snapshot.of(folder) == before
    assert not (folder / ".corridormap").exists()


def test_the_command_lists_and_restores(folder: Path) -> None:
    before = files_of(folder)
    rename(folder, "Another name", AT)
    listed = CliRunner().invoke(main, ["versions", str(folder)])
    assert listed.exit_code == 0
    assert "1  24 November 2026, 12:30:15 UTC: 1 feature changed" in listed.output
    told = json.loads(CliRunner().invoke(main, ["versions", str(folder), "--json"]).stdout)
    assert told["versions"][0]["files"]
    assert CliRunner().invoke(main, ["versions", str(folder), "--restore", "2"]).exit_code == 2
    done = CliRunner().invoke(main, ["versions", str(folder), "--restore", "1"])
    assert done.exit_code == 0
    assert files_of(folder) == before
