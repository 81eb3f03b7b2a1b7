"""The page that says where things are is current: its picture, and the files that it names."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from scripts.architecture import ENDS, FILE, STEPS, drawn, rooms_of

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
NAMED = sorted(set(re.findall(r"`([\w./-]+/[\w.-]*|[\w-]+\.(?:py|js|css|toml|json))`", PAGE)))
WRITTEN_BY_USERS = {"corridor.toml"}


def test_the_picture_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == drawn(), "run: python -m scripts.architecture"


def test_the_picture_is_one_that_anything_can_show() -> None:
    picture = ET.fromstring(drawn())  # noqa: S314  of our own making
    assert {"script", "style", "image", "foreignObject"}.isdisjoint(
        element.tag.rpartition("}")[2] for element in picture.iter()
    )
    words = {element.text for element in picture.iter() if element.tag.endswith("}text")}
    rooms = {
        room
        for name in ("app", "layers", "geo")
        for row in rooms_of(f"corridormap.{name}")
        for room in row
    }
    assert rooms <= words


@pytest.mark.parametrize("step", [*STEPS, *(step for steps in ENDS for step in steps)], ids=str)
def test_what_a_feature_comes_through_is_there(step: object) -> None:
    made_by = str(getattr(step, "made_by", ""))
    if made_by.endswith(".js"):
        assert (ROOT / made_by).is_file()
    else:
        place = ROOT.joinpath(*made_by.split("."))
        assert place.is_dir() or place.with_suffix(".py").is_file()


@pytest.mark.parametrize("name", NAMED)
def test_what_the_page_names_is_there(name: str) -> None:
    if name in WRITTEN_BY_USERS:
        return
    inside = [
        p for room in ("app", "geo", "layers") for p in (ROOT / room).rglob(name) if "/" not in name
    ]
    browser = ROOT / "app" / "browser"
    assert any(p.exists() for p in (ROOT / name, browser / name, *inside)), name


def test_words_in_code_that_the_table_names_are_still_used() -> None:
    sources = [p for room in ("app", "geo", "layers") for p in (ROOT / room).rglob("*.[pj][ys]")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    for word in set(
        re.findall(r"`(_?[A-Z][A-Z_]{3,}|check_corridor|createPanels|read_\w+)`", PAGE)
    ):
        assert re.search(rf"\b{word}\b", code), word


def test_it_is_one_page() -> None:
    assert len(PAGE.split()) < 1000
