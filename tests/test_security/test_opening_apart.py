"""A large corridor is opened in a process of its own: it holds up nobody, and it is ended."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import app.library
from app.library import Library, OpenCorridor
from app.opening_apart import LARGE_BYTES, open_apart, size_of
from geo.errors import CorridorError
from layers.folder.corridor import load_corridor
from layers.folder.opening import stamp_of

if TYPE_CHECKING:
    from app.library import OpenCorridor as Opened

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


@pytest.mark.parametrize("name", ["azerbaijan-iran", "north-south"])
def test_a_corridor_comes_back_as_it_is_opened_here(name: str) -> None:
    apart, here = open_apart(DATA / name), OpenCorridor(load_corridor(DATA / name))
    assert apart.document == here.document
    assert apart.outline == here.outline
    assert apart.corridor.files == here.corridor.files
    assert apart.corridor.manifest == here.corridor.manifest
    assert apart.corridor.findings == here.corridor.findings
    for one, other in zip(apart.corridor.layers, here.corridor.layers, strict=True):
        assert one.features == other.features
        assert one.frame.equals(other.frame)
        assert one.frame.crs == other.frame.crs


def test_what_is_wrong_with_it_comes_back_too(folder: Path) -> None:
    (folder / "corridor.toml").write_text('id = "A B"\n', encoding="utf-8")
    with pytest.raises(CorridorError) as here:
        load_corridor(folder)
    with pytest.raises(CorridorError) as apart:
        open_apart(folder)
    assert apart.value.faults == here.value.faults
    assert str(apart.value) == str(here.value)


def test_one_that_takes_too_long_is_ended_and_told(folder: Path) -> None:
    with pytest.raises(CorridorError, match="takes longer than"):
        open_apart(folder, seconds=0.01)


def test_large_ones_are_opened_apart_and_small_ones_here(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path] = []

    def apart(folder: Path) -> Opened:
        asked.append(folder)
        return open_apart(folder)

    monkeypatch.setattr(app.library, "open_apart", apart)
    assert size_of(stamp_of(folder)) < LARGE_BYTES
    assert Library().open(folder).corridor.id == "north-south"
    assert asked == []
    assert Library().open(grown(folder)).corridor.id == "north-south"
    assert asked == [folder]


def test_one_that_is_open_waits_for_no_other(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library, ended, begun = Library(), threading.Event(), threading.Semaphore(0)
    library.open(folder)

    def stuck(folder: Path) -> object:
        begun.release()
        ended.wait(60)
        return load_corridor(folder)

    monkeypatch.setattr("app.library.load_corridor", stuck)
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
