"""Odd names, read-only places, too much of everything, and one slow corridor beside others."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corridormap.app.editing.base import edit_base
from corridormap.app.exporting.whole_file import write_whole
from corridormap.app.opening import corridors, line, open_corridor
from corridormap.app.opening.corridors import Library
from corridormap.app.opening.line import GaveWayError
from corridormap.app.opening.open_corridor import OpenCorridor
from corridormap.app.server.start import start_of
from corridormap.app.site.serving import settings_of
from corridormap.app.site.shelf import Shelf
from corridormap.app.site.site import Site
from corridormap.geo.errors import CorridorError
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.corridor.manifest import Manifest
from corridormap.layers.folder import opening, seal
from corridormap.layers.folder.journal import LARGEST_BYTES
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.folder.place import has_handles
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import may_save, save_files
from tests.test_security.test_folder import AT, asked, changed, corridor_in
from tests.test_security.traps import TRAPS, in_time, outside_of, plant, tree

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.serving import RunCommand, Served

ROOT = Path(__file__).parents[2]
NO_UTF8 = b"caf\xe9"
WAIT_S = 30


def odd(folder: Path) -> Path:
    """Put files with names that are no UTF-8, or no name to show, into a corridor."""
    layers = (b"layers/" + NO_UTF8 + b".geojson", b"layers/" + NO_UTF8, b"layers/\x1b[31m.geojson")
    for name in (NO_UTF8 + b".txt", NO_UTF8 + b".json", b"a\nb.txt", b"a\\b.md", *layers):
        try:
            Path(os.fsdecode(bytes(folder) + b"/" + name)).write_text("{}", encoding="utf-8")
        except OSError:  # a file system that takes no such name cannot be asked for it
            continue
    return folder


def test_a_name_that_is_no_text_is_told_and_breaks_nothing(
    tmp_path: Path,
    launch: Callable[..., Served],
    run_command: RunCommand,
) -> None:
    corridor = load_corridor(odd(corridor_in(tmp_path / "tiny")))
    assert len(corridor.layers) == 3
    assert all(name.isprintable() for name in corridor.files)
    said = [str(finding) for finding in corridor.findings]
    assert any("name cannot be used" in line for line in said)
    assert all(line.isprintable() for line in said)
    made = os.fsdecode(bytes(tmp_path) + b"/" + NO_UTF8)
    shutil.copytree(corridor.folder, made)
    for words in (["info", made], ["validate", made], ["list", "--dir", str(tmp_path)]):
        done = run_command(*words)
        assert done.returncode in {0, 1}
        assert "Traceback" not in done.stderr
    served = launch("--dir", str(tmp_path), "--editable")
    for name in ("version.json", "x/document.json", "edit/base", "snapshot.json"):
        status, told = asked(f"{served.url}/corridormap/c/tiny/{name}")
        assert status == 200, told
    assert asked(f"{served.url}/")[0] == 200


@pytest.mark.skipif(not has_handles(), reason="nothing is saved on such a system")
def test_a_place_that_is_only_read_is_not_offered_as_writable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = corridor_in(tmp_path / "tiny")
    now = Snapshot.of(folder)
    said = edit_base(now, folder, writable=True)
    assert (said["writable"], said["built_in"]) == (True, False)
    before = sorted(folder.rglob("*"))

    def read_only(_handle: int) -> os.statvfs_result:
        return os.statvfs_result((4096, 4096, 1, 1, 1, 1, 1, 1, 1, 255))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fstatvfs", read_only)
        assert edit_base(now, folder, writable=True)["writable"] is False
        with pytest.raises(CorridorError, match="cannot be written to: Read-only"):
            save_files(folder, changed, at=AT)
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_, **__: False)
        assert edit_base(now, folder, writable=True)["writable"] is False
        with pytest.raises(CorridorError, match="cannot be written to"):
            save_files(folder, changed, at=AT)
    assert sorted(folder.rglob("*")) == before


def test_there_is_an_end_to_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = corridor_in(tmp_path / "tiny")
    with (folder / "layers" / "ways.geojson").open("r+b") as file:
        file.truncate(LARGEST_BYTES + 1)  # a hole: it takes no room on the disk
    codes = {(each.code, each.file) for each in read_folder(folder).refusals}
    assert codes == {("too-large", "layers/ways.geojson")}
    with pytest.raises(CorridorError, match=r"ways\.geojson: the file is too large \(64\.0 MB\)"):
        Snapshot.of(folder)
    monkeypatch.setattr(opening, "MOST_BYTES", 3000)
    assert {each.code for each in read_folder(folder).refusals} == {"too-large", "too-much"}
    monkeypatch.setattr(opening, "MOST_FILES", 3)
    read = read_folder(folder)
    assert len(read.files) <= 3
    assert "too-many" in {each.code for each in read.refusals}
    monkeypatch.setattr(opening, "_MOST_NAMES", 2)
    assert "too-many" in {each.code for each in read_folder(folder).refusals}


def test_a_corridor_is_made_of_bytes_alone(tmp_path: Path) -> None:
    read = read_folder(corridor_in(tmp_path / "tiny"))
    shutil.rmtree(tmp_path / "tiny")
    corridor = Corridor.of(read.files)
    assert (corridor.id, corridor.findings, len(corridor.layers)) == ("tiny", (), 3)
    assert corridor.outline is not None


def stuck_apart(slow: Path, go: threading.Event) -> Callable[..., OpenCorridor]:
    """Return what opens corridors apart, but one of them not before an event."""

    def apart(folder: Path, gives_way: Callable[[], bool]) -> OpenCorridor:
        while folder == slow and not go.wait(0.01):
            if gives_way():
                raise GaveWayError
        return OpenCorridor(load_corridor(folder))

    return apart


@pytest.fixture
def short_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one that is slow be found out, and give way, after a moment instead of seconds."""
    monkeypatch.setattr(line, "_LONG_S", 0.1)
    monkeypatch.setattr(line, "_TURN_S", 0.3)


@pytest.mark.usefixtures("short_turns")
def test_one_slow_corridor_keeps_no_other_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = corridor_in(tmp_path / "a-slow", "a-slow")
    good = corridor_in(tmp_path / "good", "good")
    go, begun = threading.Event(), threading.Event()

    def load(folder: Path) -> Corridor:
        if folder == slow:
            begun.set()
            assert go.wait(WAIT_S)
        return load_corridor(folder)

    monkeypatch.setattr(corridors, "load_corridor", load)
    monkeypatch.setattr(corridors, "open_apart", stuck_apart(slow, go))
    known = Library()
    with ThreadPoolExecutor(3) as pool:
        waiting = [pool.submit(known.open, slow) for _ in range(2)]
        assert begun.wait(WAIT_S)
        assert pool.submit(known.open, good).result(WAIT_S).corridor.id == "good"
        assert not any(one.done() for one in waiting)
        go.set()
        first, second = (one.result(WAIT_S) for one in waiting)
    assert first is second  # who waited for it did not read it once more


@pytest.mark.usefixtures("short_turns")
@pytest.mark.parametrize("part", ["document", "outline"])
def test_one_slow_document_keeps_no_other_waiting(
    part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [corridor_in(tmp_path / name, name) for name in ("slow", "good")]
    go, begun = threading.Event(), threading.Event()
    make = getattr(open_corridor, f"page_{part}")

    def made(corridor: Corridor) -> object:
        if corridor.id == "slow":
            begun.set()
            assert go.wait(WAIT_S)
        return make(corridor)

    monkeypatch.setattr(open_corridor, f"page_{part}", made)
    monkeypatch.setattr(corridors, "open_apart", stuck_apart(folders[0], go))
    known = Library()
    with ThreadPoolExecutor(2) as pool:
        waiting = pool.submit(known.open, folders[0])
        assert begun.wait(WAIT_S)
        good = pool.submit(known.open, folders[1]).result(WAIT_S)
        assert getattr(good, part).tag
        assert not waiting.done()
        go.set()
        assert getattr(waiting.result(WAIT_S), part).tag


def test_one_slow_manifest_keeps_no_listing_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        corridor_in(tmp_path / f"a{number}", f"slow-{number}")
    corridor_in(tmp_path / "good", "good")
    go = threading.Event()
    read = Manifest.read.__func__  # type: ignore[attr-defined]  # the function of a class method

    def slowly(cls: type[Manifest], raw: bytes) -> Manifest:
        if b'id = "slow-' in raw:
            assert go.wait(WAIT_S)
        return read(cls, raw)  # type: ignore[no-any-return]  # as the line above

    monkeypatch.setattr(Manifest, "read", classmethod(slowly))
    site = Site(settings_of([], tmp_path))
    ids = {each.id: each for each in site.shelf.all()}
    for _ in range(20):  # those that are slow are begun one after the other
        ids = {each.id: each for each in site.shelf.all()}
    assert ids["good"].problem == ""
    assert "still being read" in ids["a0"].problem
    assert start_of(site, {"c": "good"}).title == "Tiny corridor"
    begun = time.monotonic()
    for _ in range(20):  # what is known to be slow is not waited for again
        site.shelf.all()
    assert time.monotonic() - begun < 20 * 0.3
    running = [one for one in threading.enumerate() if one.name.startswith("manifest of")]
    assert len(running) == 20  # one each, however often it is asked
    go.set()
    for one in running:
        one.join(WAIT_S)
    assert {"slow-0", "slow-19", "good"} <= {each.id for each in site.shelf.all()}
    assert Shelf((), (tmp_path,), patience_s=None).find("slow-7") is not None


def test_all_who_look_for_corridors_at_once_share_a_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = [corridor_in(tmp_path / "a", "a")]
    looks, go, begun = list[int](), threading.Event(), threading.Event()

    def found(_root: Path) -> tuple[Path, ...]:
        looks.append(1)
        there = tuple(folders)
        begun.set()
        assert go.wait(WAIT_S)
        return there

    monkeypatch.setattr("corridormap.app.site.shelf.folders_in", found)
    known = Shelf((), (tmp_path,), patience_s=None)
    with ThreadPoolExecutor(30) as pool:
        first = pool.submit(known.all)
        assert begun.wait(WAIT_S)
        folders.append(corridor_in(tmp_path / "b", "b"))
        later = [pool.submit(known.find, "b") for _ in range(20)]
        end = time.monotonic() + WAIT_S
        while len(known._look._waiters) < 20:  # type: ignore[attr-defined]  # of the standard library
            assert time.monotonic() < end
            time.sleep(0.001)
        go.set()
        assert [each.id for each in first.result(WAIT_S)] == ["a"]
        assert all(one.result(WAIT_S) for one in later)  # no answer is older than its question
    assert len(looks) == 2


HIDDEN = """
import os, sys
os.supports_dir_fd.clear()
for name in ("O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_CLOEXEC", "O_NOCTTY", "fchmod",
             "mkfifo", "geteuid", "fstatvfs", "statvfs", "fork"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("fcntl", "resource", "pwd", "grp"):
    sys.modules[name] = None
import importlib, pkgutil
for room in ("corridormap.geo", "corridormap.layers"):
    for module in pkgutil.walk_packages(importlib.import_module(room).__path__, room + "."):
        importlib.import_module(module.name)
for name in ("cli", "opening.corridors", "site.shelf", "site.site", "editing.base", "site.watch"):
    importlib.import_module(f"corridormap.app.{name}")
from pathlib import Path
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.saving.store import may_save, save_files
from corridormap.geo.errors import CorridorError
import datetime as dt
folder = Path(sys.argv[1])
corridor = load_corridor(folder)
assert [layer.id for layer in corridor.layers] == ["crossings", "bridges"], corridor.findings
assert {each.code for each in read_folder(folder).refusals} == {"link"}
assert not may_save(folder)
try:
    save_files(folder, lambda now: {"new.json": b"{}"}, at=dt.datetime.now(tz=dt.UTC))
except CorridorError as error:
    print(error)
from click.testing import CliRunner
from corridormap.app.cli import main
done = CliRunner().invoke(main, ["info", str(folder)])
assert done.exit_code == 0, done.output
print(done.output)
"""


def test_without_handles_a_folder_is_only_read_after_a_warning(tmp_path: Path) -> None:
    folder = corridor_in(tmp_path / "tiny")
    way = folder / "layers" / "ways.geojson"
    way.rename(tmp_path / "ways.geojson")
    way.symlink_to(tmp_path / "ways.geojson")
    before = sorted(folder.rglob("*"))
    done = subprocess.run(
        [sys.executable, "-c", HIDDEN, str(folder)],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("this system cannot guard the folder against links") == 2
    assert sorted(folder.rglob("*")) == before


def test_the_key_stays_out_of_the_folder_and_is_the_users_alone(tmp_path: Path) -> None:
    save_files(corridor_in(tmp_path / "tiny"), changed, at=AT)
    home = seal.state_folder()
    (key,) = home.glob("*key*")
    assert (home.stat().st_mode & 0o077, key.stat().st_mode & 0o777) == (0, 0o600)
    assert key.read_bytes().hex() not in json.dumps(
        [path.read_bytes().hex() for path in tmp_path.rglob("*") if path.is_file()]
    )


@pytest.mark.parametrize(
    ("system", "said", "ends"),
    [
        ("linux", {}, ".local/state/corridormap"),
        ("linux", {"XDG_STATE_HOME": "/x"}, "/x/corridormap"),
        ("linux", {"XDG_STATE_HOME": "relative"}, ".local/state/corridormap"),
        ("darwin", {}, "Library/Application Support/corridormap"),
        ("win32", {"LOCALAPPDATA": "/local"}, "/local/corridormap"),
        ("linux", {"CORRIDORMAP_STATE": "/given"}, "/given"),
    ],
)
def test_each_system_has_its_place_for_the_key(
    system: str, said: dict[str, str], ends: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert seal.state_folder(said).as_posix().endswith(ends)


@pytest.mark.parametrize("kind", list(TRAPS))
def test_a_picture_written_into_a_strangers_folder_goes_through_no_trap(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "theirs"
    outside = outside_of(tmp_path, {"map.png"})
    # As though somebody had guessed the name under which it is written.
    monkeypatch.setattr("corridormap.geo.whole_file.secrets.token_hex", lambda _: "guessed")
    partial = ".map.png.guessed.part"
    for name in ("map.png", partial):
        folder.mkdir(exist_ok=True)
        plant(kind, folder / name, outside)
    before = tree(outside)
    with in_time(60), suppress(CorridorError):
        write_whole(folder / "map.png", b"ours")
        assert (folder / "map.png").read_bytes() == b"ours"
    assert tree(outside) == before


def test_what_is_held_open_is_let_go(tmp_path: Path) -> None:
    folder = corridor_in(tmp_path / "tiny")
    held = Path("/proc/self/fd") if Path("/proc/self/fd").is_dir() else Path("/dev/fd")
    save_files(folder, changed, at=AT)
    before = len(list(held.iterdir()))
    for _ in range(20):
        load_corridor(folder)
        save_files(folder, changed, at=AT)
        assert may_save(folder)
        with pytest.raises(CorridorError):
            save_files(folder, lambda _: {"../out": b""}, at=AT)
    assert len(list(held.iterdir())) == before
