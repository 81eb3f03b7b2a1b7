"""A large corridor is opened in a process of its own: it holds up nobody, and it is ended."""

from __future__ import annotations

import gc
import json
import shutil
import sys
import threading
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corridormap.app.opening import apart, corridors
from corridormap.app.opening.apart import open_apart
from corridormap.app.opening.corridors import LARGE_BYTES, Library, size_of
from corridormap.app.opening.line import GaveWayError
from corridormap.app.opening.open_corridor import OpenCorridor
from corridormap.geo.errors import CorridorError
from corridormap.layers.claims.checks import check_claims
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.exports.recipes.recipe import data_hashes
from corridormap.layers.folder.opening import stamp_of
from corridormap.layers.scene.resolve import resolve
from tests.sweeping import SWEEP

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[2] / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(DATA / "north-south", tmp_path / "mine"))


def grown(folder: Path) -> Path:
    """Make a corridor large, in a property that nothing reads."""
    path = folder / "layers" / "cities.geojson"
    said = json.loads(path.read_text(encoding="utf-8"))
    said["note"] = "x" * (LARGE_BYTES + 1)
    path.write_text(json.dumps(said), encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", ["azerbaijan-iran", "north-south"] if SWEEP else ["north-south"])
def test_a_corridor_comes_back_as_it_is_opened_here(name: str) -> None:
    there, here = open_apart(DATA / name), OpenCorridor(load_corridor(DATA / name))
    assert there.document == here.document
    assert there.outline == here.outline
    assert there.corridor.files == here.corridor.files
    assert there.corridor.manifest == here.corridor.manifest
    assert there.corridor.findings == here.corridor.findings
    for one, other in zip(there.corridor.layers, here.corridor.layers, strict=True):
        assert one.features == other.features
        assert one.frame.equals(other.frame)
        assert one.frame.crs == other.frame.crs


def test_what_is_wrong_with_it_comes_back_too(folder: Path) -> None:
    (folder / "corridor.toml").write_text('id = "A B"\n', encoding="utf-8")
    with pytest.raises(CorridorError) as here:
        load_corridor(folder)
    with pytest.raises(CorridorError) as there:
        open_apart(folder)
    assert there.value.faults == here.value.faults
    assert str(there.value) == str(here.value)


def test_one_that_takes_too_long_is_ended_and_told(folder: Path) -> None:
    with pytest.raises(CorridorError, match="takes longer than"):
        open_apart(folder, seconds=0.01)


def test_one_that_is_too_large_once_open_is_refused_and_not_taken_over(folder: Path) -> None:
    with pytest.raises(CorridorError, match=r"takes more than 0\.1 MB once it is open"):
        open_apart(folder, most_bytes=100_000)


def test_one_that_takes_too_much_memory_is_ended_and_told(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("resource", reason="the system bounds no memory")
    small = "import corridormap.app.opening.apart as a; a._MEMORY_BYTES = 1_000_000; a.main()"
    monkeypatch.setattr(apart, "_PROGRAM", small)
    with pytest.raises(CorridorError, match="takes too much to open"):
        open_apart(folder)


def test_one_that_gives_way_is_left_and_opened_later(folder: Path) -> None:
    with pytest.raises(GaveWayError):
        open_apart(folder, lambda: True)
    assert open_apart(folder).corridor.id == "north-south"


def test_a_process_that_cannot_be_started_says_nothing_about_the_corridor(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(folder / "no-such-program"))
        with pytest.raises(CorridorError, match="cannot be started"):
            library.open(grown(folder))
    assert library.open(folder).corridor.id == "north-south"


def test_large_ones_are_opened_apart_and_small_ones_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def noted(folder: Path, gives_way: Callable[[], bool]) -> OpenCorridor:
        asked.append(folder)
        return open_apart(folder, gives_way)

    monkeypatch.setattr(corridors, "open_apart", noted)
    monkeypatch.setattr("corridormap.app.opening.line._LONG_S", 60)  # however busy the machine is
    assert size_of(stamp_of(folder)) < LARGE_BYTES
    assert Library().open(folder).corridor.id == "north-south"
    assert asked == []
    assert Library().open(grown(folder)).corridor.id == "north-south"
    assert asked == [folder]


def test_what_was_not_asked_for_longest_is_let_go_and_read_again(
    folder: Path, tmp_path: Path
) -> None:
    each = OpenCorridor(load_corridor(folder)).held_bytes
    library = Library(most_bytes=2 * each + each // 2)
    folders = [Path(shutil.copytree(folder, tmp_path / f"c{n}")) for n in range(3)]
    first, second = (library.open(one) for one in folders[:2])
    assert library.open(folders[0]) is first
    third = library.open(folders[2])  # the second goes
    assert library.open(folders[0]) is first
    assert library.open(folders[2]) is third
    again = library.open(folders[1])
    assert again is not second
    assert again.document == second.document  # whoever has it in hand keeps it
    assert library.opens(folders[0])  # though it is not kept any more


def test_one_that_is_open_waits_for_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, ended, begun = Library(), threading.Event(), threading.Semaphore(0)
    library.open(folder)

    def stuck(folder: Path, _gives_way: object = None) -> OpenCorridor:
        begun.release()
        ended.wait(60)
        return OpenCorridor(load_corridor(folder))

    monkeypatch.setattr(corridors, "_opened", stuck)
    monkeypatch.setattr(corridors, "open_apart", stuck)
    slow = [Path(shutil.copytree(folder, tmp_path / f"slow-{n}")) for n in range(4)]
    threads = [threading.Thread(target=library.open, args=(one,)) for one in slow]
    try:
        for thread in threads:
            thread.start()
        assert begun.acquire(timeout=60)
        assert library.open(folder).corridor.id == "north-south"
        assert not ended.is_set()
    finally:
        ended.set()
        for thread in threads:
            thread.join()


def test_a_small_one_that_takes_long_here_is_opened_apart(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, ended = Library(), threading.Event()

    def stuck(folder: Path) -> OpenCorridor:
        ended.wait(600)
        return OpenCorridor(load_corridor(folder))

    monkeypatch.setattr(corridors, "_opened", stuck)
    monkeypatch.setattr("corridormap.app.opening.line._LONG_S", 0.05)
    good = Path(shutil.copytree(folder, tmp_path / "good"))
    try:
        assert library.open(folder).corridor.id == "north-south"
        # The thread that is stuck cannot be ended: the next one is opened apart as well.
        assert library.open(good).corridor.id == "north-south"
    finally:
        ended.set()


def test_a_corridor_that_is_let_go_is_held_by_nothing_made_of_it(folder: Path) -> None:
    corridor = load_corridor(folder)
    assert resolve(corridor) is resolve(corridor)
    check_claims(corridor)
    data_hashes(corridor)
    held = weakref.ref(corridor)
    del corridor
    gc.collect()
    assert held() is None
