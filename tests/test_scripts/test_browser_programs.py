"""The browser's programs are those of the modules, and the modules keep to their rooms."""

from __future__ import annotations

import shutil
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from base import browser
from corridormap.geo.assets import asset_path
from scripts import browser as programs
from scripts.browser_imports import wrong_imports

if TYPE_CHECKING:
    from pathlib import Path


def test_a_module_a_style_and_the_lock_each_make_the_programs_old(tmp_path: Path) -> None:
    sources, lock = tmp_path / "sources", tmp_path / "lock.json"
    (sources / "room").mkdir(parents=True)
    written = (sources / "room" / "a.js", sources / "a.css", lock)
    for file in written:
        file.write_text("1")
    known = {browser.made_of(sources, lock)}
    for file in written:
        file.write_text("2")
        known.add(browser.made_of(sources, lock))
    (sources / "a.css").rename(sources / "b.css")
    known.add(browser.made_of(sources, lock))
    assert len(known) == 5
    (sources / "notes.txt").write_text("not of the programs")
    assert browser.made_of(sources, lock) in known


def test_programs_that_are_current_are_left_alone() -> None:
    assert programs.refresh() is False


def test_parts_of_older_programs_that_an_installation_left_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tmp_path / "browser"
    shutil.copytree(asset_path("browser/map.js").parent, made)
    found = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr(programs, "find_spec", lambda _name: found)
    assert programs.refresh() is False
    (made / "editor-OLDER.js").write_text("")
    assert programs.refresh() is True
    assert not (made / "editor-OLDER.js").exists()
    assert programs.refresh() is False


def test_a_module_that_is_wrong_is_named_and_what_was_made_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = asset_path("browser/map.js").read_bytes()
    sources = shutil.copytree(programs.SOURCES, tmp_path / "sources")
    with (sources / "map" / "store.js").open("a", encoding="utf-8") as file:
        file.write("const = 1;\n")
    monkeypatch.setattr(programs, "SOURCES", sources)
    with pytest.raises(programs.NotMadeError, match=r"map/store\.js"):
        programs.refresh()
    assert asset_path("browser/map.js").read_bytes() == before


@pytest.mark.parametrize(
    ("module", "other", "why"),
    [
        ("panels/card/card.js", "page/mount.js", "page is not below panels"),
        ("tools/dom.js", "map/signs/signs.js", "map is not below tools"),
        ("map/ground/base.js", "map/map.js", "map is not below ground"),
        ("panels/card/card.js", "panels/routes/routes.js", "routes is not below card"),
        ("page/mount.js", "attic/old.js", "stands in no line"),
    ],
)
def test_an_import_that_leads_up_or_beside_is_found(module: str, other: str, why: str) -> None:
    (line,) = wrong_imports({module: {other}, other: set()})
    assert line.startswith(f"{module} imports {other}: ")
    assert why in line


def test_a_circle_is_found_and_an_import_that_leads_down_is_none() -> None:
    assert wrong_imports({"page/mount.js": {"map/map.js"}, "map/map.js": {"map/store.js"}}) == []
    (line,) = wrong_imports({"map/a.js": {"map/b.js"}, "map/b.js": {"map/a.js"}})
    assert line.startswith("in a circle: map/")
