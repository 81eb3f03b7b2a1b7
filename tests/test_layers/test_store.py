"""A save of several files is whole or is not there, at whatever moment it is cut short."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock

from geo.errors import CorridorFormatError
from layers.folder.corridor import load_corridor
from layers.writing import store
from layers.writing.history import KEPT_SAVES
from layers.writing.snapshot import Snapshot
from layers.writing.steady import steadily
from layers.writing.store import save_files, settle

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
AT = dt.datetime(2026, 11, 24, 12, 30, 15, 250_000, tzinfo=dt.UTC)
CRASHING = Path(__file__).with_name("crashing.py")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(ROOT / "data" / "north-south", tmp_path / "mine"))


def save(folder: Path, changes: Mapping[str, bytes], *, at: dt.datetime = AT) -> Snapshot:
    return save_files(folder, lambda _: changes, at=at)


def crash(kind: str, original: Path, out: Path) -> list[Path]:
    """Return the folders in which a save or a recovery died, one for each step of it."""
    command = [sys.executable, str(CRASHING), kind, str(original), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          env={"PYTHONPATH": str(ROOT)})  # fmt: skip
    assert done.returncode == 0, done.stderr
    return sorted(out.iterdir(), key=lambda path: int(path.name))


@pytest.fixture(scope="module")
def died(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return copies of a corridor in which a save died at its first step, its second ...

    The last one is whole. Not to be changed: `copied` gives a copy.
    """
    place = tmp_path_factory.mktemp("died")
    shutil.copytree(ROOT / "data" / "north-south", place / "mine")
    return crash("save", place / "mine", place / "out")


@pytest.fixture
def pending(died: list[Path], tmp_path: Path) -> list[Path]:
    """Return copies of those in which the save holds but is not finished."""
    found = [one for one in died if (one / ".corridormap" / "journal.json").exists()]
    chosen = (found[0], found[len(found) // 2], found[-1])
    return [Path(shutil.copytree(one, tmp_path / one.name)) for one in chosen]


def test_a_save_that_dies_at_any_step_is_whole_or_is_not_there(
    folder: Path, died: list[Path], tmp_path: Path
) -> None:
    before = Snapshot.of(folder)
    died = [Path(shutil.copytree(one, tmp_path / "out" / one.name)) for one in died]
    after = Snapshot.of(died[-1])  # the one that was let live
    assert after.revision != before.revision
    assert len(died) > 15
    found = []
    for place in died:
        settle(place)
        load_corridor(place)
        found.append(Snapshot.of(place).revision)
    # From one moment on it holds, and never half.
    assert found == sorted(found, key=lambda revision: revision == after.revision)
    assert set(found) == {before.revision, after.revision}


def test_a_recovery_that_dies_at_any_step_is_done_by_the_next(
    died: list[Path], pending: list[Path], tmp_path: Path
) -> None:
    after = Snapshot.of(died[-1]).revision
    for place in pending:
        for again in crash("settle", place, tmp_path / f"again-{place.name}"):
            settle(again)
            assert Snapshot.of(again).revision == after


def test_after_a_crash_the_next_save_goes_on_from_the_last_one(
    died: list[Path], pending: list[Path]
) -> None:
    place = pending[0]
    seen: list[str] = []

    def change(now: Snapshot) -> Mapping[str, bytes]:
        seen.append(now.revision)
        return {"style.toml": b"# mine\n"}

    made = save_files(place, change, at=AT)
    assert seen == [Snapshot.of(died[-1]).revision]
    assert made.files["style.toml"] == b"# mine\n"
    assert made.files["corridor.toml"] == Snapshot.of(died[-1]).files["corridor.toml"]


def test_versions_before_a_save_are_kept_and_the_oldest_go(folder: Path) -> None:
    first = (folder / "sources.json").read_bytes()
    for number in range(KEPT_SAVES + 3):
        body = first + b"\n" * (number + 1)
        at = AT + dt.timedelta(seconds=number)
        save(folder, {"sources.json": body, "layers/n.geojson": body}, at=at)
    kept = sorted((folder / ".corridormap" / "history").iterdir())
    assert len(kept) == KEPT_SAVES
    assert kept[0].name == "2026-11-24T12-30-18.250Z"
    sizes = {len((path / "sources.json").read_bytes()) - len(first) for path in kept}
    assert sizes == set(range(3, KEPT_SAVES + 3))


def test_the_first_version_of_a_new_file_is_nothing(folder: Path) -> None:
    save(folder, {"layers/new.geojson": b"{}"})
    assert (folder / "layers" / "new.geojson").read_bytes() == b"{}"
    history = folder / ".corridormap" / "history"
    assert not history.exists()


def test_a_save_that_changes_nothing_writes_nothing(folder: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*") if p.is_file()}
    save(folder, {"sources.json": (folder / "sources.json").read_bytes()})
    assert {p: p.stat().st_mtime_ns for p in before} == before
    assert not (folder / ".corridormap" / "history").exists()


def test_git_does_not_see_what_saving_needs(folder: Path) -> None:
    save(folder, {"style.toml": b"# mine\n"})
    assert "*" in (folder / ".corridormap" / ".gitignore").read_text(encoding="utf-8").split()


def test_rights_of_a_file_stay(folder: Path) -> None:
    (folder / "style.toml").chmod(0o640)
    save(folder, {"style.toml": b"# mine\n"})
    assert (folder / "style.toml").stat().st_mode & 0o777 == 0o640


def test_saves_at_the_same_time_are_made_one_after_the_other(folder: Path) -> None:
    def append(number: int) -> None:
        def change(now: Snapshot) -> Mapping[str, bytes]:
            return {"style.toml": now.files["style.toml"] + f"# {number}\n".encode()}

        save_files(folder, change, at=AT)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(append, range(24)))
    lines = (folder / "style.toml").read_text(encoding="utf-8").splitlines()
    assert sorted(lines[-24:]) == sorted(f"# {number}" for number in range(24))


def test_a_folder_that_somebody_else_saves_into_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(folder, {"style.toml": b"# mine\n"})
    monkeypatch.setattr(store, "_WAIT_S", 0.01)
    with (
        FileLock(folder / ".corridormap" / "lock"),
        pytest.raises(CorridorFormatError, match="another program is saving"),
    ):
        save(folder, {"style.toml": b"# yours\n"})


def test_what_the_change_refuses_is_not_written(folder: Path) -> None:
    before = Snapshot.of(folder).revision

    def change(_: Snapshot) -> Mapping[str, bytes]:
        raise CorridorFormatError("no")

    with pytest.raises(CorridorFormatError, match="no"):
        save_files(folder, change, at=AT)
    assert Snapshot.of(folder).revision == before


@pytest.mark.parametrize("name", ["../out.geojson", "/out", "layers/../../out", ".git/config",
                                  "layers/a/b.geojson", "", "a\\b"])  # fmt: skip
def test_a_file_that_leads_out_of_the_folder_is_refused(name: str, folder: Path) -> None:
    before = Snapshot.of(folder).revision
    with pytest.raises(CorridorFormatError, match="leads out"):
        save(folder, {name: b"x"})
    assert Snapshot.of(folder).revision == before
    assert not (folder.parent / "out.geojson").exists()


def test_nothing_is_written_through_a_link(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.json").write_text("[]")
    (folder / "sources.json").unlink()
    (folder / "sources.json").symlink_to(other / "mine.json")
    with pytest.raises(CorridorFormatError, match="leads out"):
        save(folder, {"sources.json": b"[1]"})
    shutil.move(folder / "layers", other / "layers")
    (folder / "layers").symlink_to(other / "layers")
    with pytest.raises(CorridorFormatError, match="leads out"):
        save(folder, {"layers/new.geojson": b"{}"})
    assert (other / "mine.json").read_text() == "[]"
    assert not (other / "layers" / "new.geojson").exists()


def test_a_link_for_a_working_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (folder / ".corridormap").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(CorridorFormatError, match="not a link"):
        save(folder, {"style.toml": b"# mine\n"})
    assert list((tmp_path / "elsewhere").iterdir()) == []


@pytest.mark.parametrize(
    "journal",
    [
        {"steps": [{"file": "../out", "staged": "staged/0"}], "at": "x"},
        {"steps": [{"file": "style.toml", "staged": "../../out"}], "at": "x"},
        {"steps": [{"file": "style.toml", "staged": "staged/0"}], "at": "../../out"},
        {"steps": "?"},
        [],
    ],
    ids=["a file outside", "a content from outside", "kept outside", "no list", "no object"],
)
def test_a_journal_from_outside_can_do_nothing(journal: object, folder: Path) -> None:
    home = folder / ".corridormap"
    (home / "staged").mkdir(parents=True)
    (home / "staged" / "0").write_text("bad")
    (folder.parent / "out").write_text("good")
    (home / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    before = Snapshot.of(folder).revision
    with pytest.raises(CorridorFormatError, match="cannot be used"):
        settle(folder)
    assert Snapshot.of(folder).revision == before
    assert (folder.parent / "out").read_text() == "good"


def test_a_reading_in_the_middle_of_a_save_is_done_again(folder: Path) -> None:
    files = ("corridor.toml", "sources.json")
    read: list[tuple[bytes, ...]] = []

    def both() -> tuple[bytes, ...]:
        first = (folder / files[0]).read_bytes()
        if not read:  # somebody saves between the one file and the other
            save(folder, {name: (folder / name).read_bytes() + b"\n" for name in files})
        read.append((first, (folder / files[1]).read_bytes()))
        return read[-1]

    made = steadily(folder, both)
    assert len(read) == 2
    assert made == tuple((folder / name).read_bytes() for name in files)


def test_a_version_that_was_changed_by_hand_after_a_crash_is_kept(
    died: list[Path], pending: list[Path]
) -> None:
    place = pending[0]
    (place / "corridor.toml").write_text("# by hand\n", encoding="utf-8")
    settle(place)
    assert Snapshot.of(place).revision == Snapshot.of(died[-1]).revision
    kept = (place / ".corridormap" / "history").glob("*/corridor.toml")
    assert [path.read_text(encoding="utf-8") for path in kept] == ["# by hand\n"]
