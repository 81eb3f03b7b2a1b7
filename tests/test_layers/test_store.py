"""A save of several files is whole or is not there, at whatever moment it is cut short."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corridormap.geo.errors import CorridorFormatError
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.folder.place import Place
from corridormap.layers.saving import store
from corridormap.layers.saving.history import KEPT_SAVES
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files
from tests.test_layers.copying import copied_whole

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


def finish(folder: Path) -> None:
    """Finish a save that was cut short, as the next one does first, whatever it changes."""
    save(folder, {})


def tree(folder: Path) -> dict[Path, tuple[int, bytes]]:
    """Return everything that lies in a folder, with the times."""
    return {
        path: (path.lstat().st_mtime_ns, path.read_bytes() if path.is_file() else b"")
        for path in folder.rglob("*")
    }


def crash(kind: str, original: Path, out: Path) -> list[Path]:
    """Return the folders in which a save or a recovery died, one for each step of it."""
    command = [sys.executable, str(CRASHING), kind, str(original), str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False,
                          env=os.environ | {"PYTHONPATH": str(ROOT)})  # fmt: skip
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
    return [copied_whole(one, tmp_path / one.name) for one in chosen]


def test_a_save_that_dies_at_any_step_is_whole_or_is_not_there(
    folder: Path, died: list[Path], tmp_path: Path
) -> None:
    before = Snapshot.of(folder)
    died = [copied_whole(one, tmp_path / "out" / one.name) for one in died]
    after = Snapshot.of(died[-1])  # the one that was let live
    assert after.revision != before.revision
    assert len(died) > 15
    found = []
    for place in died:
        lying = tree(place)
        seen = Snapshot.of(place).revision
        assert load_corridor(place).findings == ()
        assert tree(place) == lying  # reading finishes nothing
        finish(place)
        found.append(Snapshot.of(place).revision)
        assert found[-1] == seen
        assert not (place / ".corridormap" / "journal.json").exists()
    # From one moment on it holds, and never half.
    assert found == sorted(found, key=lambda revision: revision == after.revision)
    assert set(found) == {before.revision, after.revision}


def test_a_recovery_that_dies_at_any_step_is_done_by_the_next(
    died: list[Path], pending: list[Path], tmp_path: Path
) -> None:
    after = Snapshot.of(died[-1]).revision
    for place in pending:
        for again in crash("finish", place, tmp_path / f"again-{place.name}"):
            assert Snapshot.of(again).revision == after
            finish(again)
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


def test_the_first_version_of_a_new_file_is_that_there_was_none(folder: Path) -> None:
    save(folder, {"layers/new.geojson": b"{}"})
    assert (folder / "layers" / "new.geojson").read_bytes() == b"{}"
    (kept,) = (folder / ".corridormap" / "history").iterdir()
    names = [path.relative_to(kept).as_posix() for path in kept.rglob("*") if path.is_file()]
    assert names == [".created/layers/new.geojson"]


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
    with (folder / ".corridormap" / "lock").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(CorridorFormatError, match="another program is saving"):
            save(folder, {"style.toml": b"# yours\n"})


def test_what_the_change_refuses_is_not_written(folder: Path) -> None:
    before = Snapshot.of(folder).revision

    def change(_: Snapshot) -> Mapping[str, bytes]:
        raise CorridorFormatError("title-is-empty")

    with pytest.raises(CorridorFormatError, match="title is empty"):
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


STEP = {"file": "style.toml", "staged": "0", "sha256": "0" * 64}
SAID = {"steps": [STEP], "at": "2026-11-24T12-30-15.250Z", "inode": 1, "path": "0" * 64, "seal": ""}


@pytest.mark.parametrize(
    "journal",
    [
        SAID | {"steps": [STEP | {"file": "../out"}]},
        SAID | {"steps": [STEP | {"file": ".corridormap/lock"}]},
        SAID | {"steps": [STEP | {"staged": "../../out"}]},
        SAID | {"steps": [STEP | {"staged": "."}]},
        *(SAID | {"at": at} for at in ("../../out", ".", "..", "2026", "", f"{SAID['at']}\n")),
        SAID | {"steps": "?"},
        SAID | {"seal": "é" * 64},
        {"steps": [{"file": "style.toml", "staged": "staged/0"}], "at": "."},
        [],
        None,
    ],
)  # fmt: skip
def test_a_journal_that_names_what_is_never_written_can_do_nothing(
    journal: object, folder: Path
) -> None:
    assert "cannot be used" in refusal(folder, journal)


@pytest.mark.parametrize("seal", ["", "0" * 64])
def test_a_journal_that_is_not_sealed_by_the_user_can_do_nothing(seal: str, folder: Path) -> None:
    here = {"inode": folder.stat().st_ino, "seal": seal}
    assert "not written by you on this machine" in refusal(folder, SAID | here)


def refusal(folder: Path, journal: object) -> str:
    """Return what is said of a journal, by reading and by saving; nothing was touched for it."""
    home = folder / ".corridormap"
    (home / "staged").mkdir(parents=True)
    (home / "staged" / "0").write_text("bad")
    (folder.parent / "out").write_text("good")
    before = Snapshot.of(folder).revision
    (home / "journal.json").write_text(json.dumps(journal), encoding="utf-8")
    lying = tree(folder.parent)
    corridor = load_corridor(folder)
    (why,) = [finding.problem for finding in corridor.findings]
    assert Snapshot.of(folder).revision == before
    assert tree(folder.parent) == lying
    with pytest.raises(CorridorFormatError, match=re.escape(why)):
        save(folder, {"style.toml": b"# mine\n"})
    assert Snapshot.of(folder).revision == before
    assert (home / "staged" / "0").read_text() == "bad"
    assert (folder.parent / "out").read_text() == "good"
    return why


def test_a_copy_of_a_folder_does_not_believe_the_journal_of_the_other(
    pending: list[Path], tmp_path: Path
) -> None:
    copy = Path(shutil.copytree(pending[0], tmp_path / "copy"))
    why = [finding.problem for finding in load_corridor(copy).findings]
    assert why == ["the list of a save that was cut short was not written by you on this machine"]
    with pytest.raises(CorridorFormatError, match="not written by you"):
        finish(copy)
    # Moved, it is the very folder still.
    moved = pending[0].rename(tmp_path / "moved")
    finish(moved)
    assert load_corridor(moved).findings == ()


def test_what_was_put_among_the_staged_files_afterwards_is_not_taken(pending: list[Path]) -> None:
    staged = sorted((pending[0] / ".corridormap" / "staged").iterdir())
    staged[-1].write_bytes(b"{}")
    with pytest.raises(CorridorFormatError, match="cannot be used"):
        finish(pending[0])


def test_without_a_place_for_the_key_nothing_is_saved(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    before = Snapshot.of(folder).revision
    for state in (tmp_path / "file", tmp_path / "open"):
        monkeypatch.setenv("CORRIDORMAP_STATE", str(state))
        (tmp_path / "open").mkdir(exist_ok=True)
        (tmp_path / "open").chmod(0o777)
        with pytest.raises(CorridorFormatError, match="the key that marks your own saves"):
            save(folder, {"style.toml": b"# mine\n"})
        assert Snapshot.of(folder).revision == before


def test_a_reading_in_the_middle_of_a_save_is_done_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = ("corridor.toml", "sources.json")
    read = Place.read
    saving: list[str] = []

    def slow(self: Place, name: str, most: int) -> bytes:
        body = read(self, name, most)
        if name == files[0] and not saving:  # somebody saves between the one and the other
            saving.append(name)
            save(folder, {file: (folder / file).read_bytes() + b"\n" for file in files})
        return body

    monkeypatch.setattr(Place, "read", slow)
    made = read_folder(folder)
    assert made.refusals == ()
    for file in files:
        assert made.files[file] == (folder / file).read_bytes()


def test_a_version_that_was_changed_by_hand_after_a_crash_is_kept(
    died: list[Path], pending: list[Path]
) -> None:
    place = pending[0]
    (place / "corridor.toml").write_text("# by hand\n", encoding="utf-8")
    finish(place)
    assert Snapshot.of(place).revision == Snapshot.of(died[-1]).revision
    kept = (place / ".corridormap" / "history").glob("*/corridor.toml")
    assert [path.read_text(encoding="utf-8") for path in kept] == ["# by hand\n"]
