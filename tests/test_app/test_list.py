"""The corridors that come with the tool, as the command lists them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from click.testing import CliRunner

import corridormap.app.site.serving
from corridormap.app.commands.list import list_corridors
from corridormap.layers.corridor.corridor import find_corridor

if TYPE_CHECKING:
    import pytest

DATA = Path(__file__).parents[2] / "data"


def listed(*words: str) -> str:
    """Run the command and return what it prints."""
    result = CliRunner().invoke(list_corridors, list(words), catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_both_corridors_are_listed_with_title_and_folder() -> None:
    found = {entry["id"]: entry for entry in json.loads(listed("--json"))}
    assert list(found) == ["azerbaijan-iran", "north-south"]
    assert found["north-south"]["title"] == "International North–South Transport Corridor"
    assert Path(found["north-south"]["folder"]) == DATA / "north-south"


def test_every_id_listed_opens_a_corridor() -> None:
    for entry in json.loads(listed("--json")):
        assert find_corridor(entry["id"]) == Path(entry["folder"])


def test_the_words_for_people_name_the_same() -> None:
    text = listed()
    assert "azerbaijan-iran\n  Azerbaijan–Iran transport corridor\n" in text


def test_a_corridor_whose_manifest_is_broken_is_still_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "corridor.toml").write_text("title = ", encoding="utf-8")
    monkeypatch.setattr(corridormap.app.site.serving, "corridor_roots", lambda: (tmp_path,))
    [entry] = json.loads(listed("--json"))
    assert (entry["id"], entry["folder"]) == ("torn", str(tmp_path / "torn"))
    assert "corridor.toml" in entry["problem"]
    assert "Wrong: corridor.toml" in listed()


def test_a_folders_corridors_are_listed_before_the_built_in_ones(tmp_path: Path) -> None:
    (tmp_path / "torn").mkdir()
    (tmp_path / "torn" / "corridor.toml").write_text("title = ", encoding="utf-8")
    found = json.loads(listed("--json", "--dir", str(tmp_path)))
    assert [entry["id"] for entry in found] == ["torn", "azerbaijan-iran", "north-south"]


def test_without_any_corridor_the_list_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(corridormap.app.site.serving, "corridor_roots", tuple)
    assert json.loads(listed("--json")) == []
