"""Serve corridors for browser journeys."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import pytest

from tests.sweeping import SWEEP
from tests.test_browser.journeys import ROOT
from tests.test_browser.subjects import subject_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.serving import Served
    from tests.test_browser.subjects import Subject


@pytest.fixture(scope="session")
def serve(launch: Callable[..., Served]) -> Callable[[Path], Served]:
    """Return a function that serves a corridor folder alone; each folder is served once."""
    return cache(lambda folder: launch(str(folder)))


@pytest.fixture(scope="session")
def served(launch: Callable[..., Served]) -> Served:
    """Serve the built-in corridors, all on one server."""
    return launch()


@pytest.fixture(scope="module")
def copied(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of a built-in corridor for a file's tests, of that which the file names."""
    id_ = getattr(request.module, "COPIED", "north-south")
    return Path(shutil.copytree(ROOT / "data" / id_, tmp_path_factory.mktemp("copied") / id_))


@pytest.fixture
def folder(copied: Path) -> Iterator[Path]:
    """Return the copy, to be changed; afterwards it is again as it was.

    So one server does for a file's tests, and reads the folder anew only where one changed it.
    """
    yield copied
    before, now = files_of(ROOT / "data" / copied.name), files_of(copied)
    for name in now.keys() - before.keys():
        (copied / name).unlink()
    for name, body in before.items():
        if now.get(name) != body:
            (copied / name).write_bytes(body)


def files_of(folder: Path) -> dict[str, bytes]:
    """Return what the files below a folder hold, by their names in it."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def own(serve: Callable[[Path], Served], copied: Path) -> Served:
    """Serve the copy; who changes it asks for the `folder` too."""
    return serve(copied)


@pytest.fixture
def url(own: Served, folder: Path) -> str:
    """Return the address of the copy's page."""
    assert folder.is_dir()
    return own.url


CORRIDORS = ("azerbaijan-iran", "north-south")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Walk a journey on one of the corridors; on each of them where all cases are tried.

    Which one is told by the journey's name, so that it is the same in every run, and half of
    the journeys of a file go through each.
    """
    if "subject" in metafunc.fixturenames:
        one = CORRIDORS[crc32(metafunc.function.__name__.encode()) % 2]
        both = SWEEP or metafunc.definition.get_closest_marker("both_corridors")
        walked = CORRIDORS if both else (one,)
        metafunc.parametrize("subject", walked, indirect=True, scope="module")


@pytest.fixture(scope="module")
def subject(request: pytest.FixtureRequest) -> Subject:
    """Return a built-in corridor as its own files have it."""
    return subject_of(request.param)


@pytest.fixture
def home(served: Served, subject: Subject) -> str:
    """Return the address of the subject's page."""
    return f"{served.url}/?c={subject.id}"
