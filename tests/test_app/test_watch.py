"""A page learns that its corridor's folder has changed, and why it cannot be opened."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette

from corridormap.app.opening.corridors import Library
from corridormap.app.site.watch import is_built_in, version_of, watch_route
from tests.test_app.asking import answered

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).parents[2] / "data"
ADDRESS = "/version.json"


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor that a test may change."""
    return Path(shutil.copytree(DATA / "north-south", tmp_path / "mine"))


def answer(folder: Path) -> dict[str, Any]:
    """Ask the route for the version of a folder."""
    site = Starlette(routes=[watch_route(ADDRESS, lambda: Library().opened(folder), folder)])
    came = answered(site, "GET", ADDRESS)
    assert (came.status, came.headers["cache-control"]) == (200, "no-store")
    value: dict[str, Any] = came.json
    return value


def _touch(folder: Path) -> None:
    path = folder / "style.toml"
    state = path.stat()
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns + 1_000_000))


def _append(folder: Path) -> None:
    with (folder / "corridor.toml").open("a", encoding="utf-8") as file:
        file.write("# more\n")


@pytest.mark.parametrize(
    "change",
    [
        _touch,
        _append,
        lambda folder: (folder / "layers" / "ports.geojson").unlink(),
        lambda folder: (folder / "layers" / "new.geojson").write_text("{}"),
        lambda folder: (folder / "article.txt").rename(folder / "text.txt"),
    ],
    ids=["saved again", "longer", "removed", "added", "renamed"],
)
def test_a_change_of_a_file_changes_the_version(
    copied: Path, change: Callable[[Path], object]
) -> None:
    before = version_of(copied)
    assert version_of(copied) == before
    change(copied)
    assert version_of(copied) != before


def test_an_editors_hidden_file_does_not_count(copied: Path) -> None:
    before = version_of(copied)
    (copied / ".style.toml.swp").write_text("typing", encoding="utf-8")
    assert version_of(copied) == before


def test_a_folder_of_the_users_is_none_of_the_tools(copied: Path) -> None:
    assert not is_built_in(copied)


@pytest.mark.parametrize("name", ["azerbaijan-iran", "north-south"])
def test_what_comes_with_the_tool_is_known_as_such(name: str) -> None:
    assert is_built_in(DATA / name)


def test_the_answer_is_the_version_of_the_folder(copied: Path) -> None:
    assert answer(copied) == {"version": version_of(copied), "error": ""}


def test_a_corridor_that_cannot_be_opened_says_why(copied: Path) -> None:
    (copied / "corridor.toml").write_text("title = ", encoding="utf-8")
    found = answer(copied)
    assert found["version"] == version_of(copied)
    assert "corridor.toml" in found["error"]
