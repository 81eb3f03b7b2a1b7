"""Words for those who cannot see a picture: what, where, status, how many; never too long."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.alt_text import LONGEST, draft_alt_text
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Scene

ASTARA = (48.80, 38.38, 48.95, 38.48)


@pytest.fixture(scope="module")
def builtin() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def scene_of(corridor: Corridor, **changes: Any) -> Scene:
    return build_scene(corridor, default_view(corridor).model_copy(update=changes))


def test_it_says_what_where_status_and_how_many(builtin: Corridor) -> None:
    text = draft_alt_text(scene_of(builtin))
    assert text.startswith("Map: Azerbaijan–Iran transport corridor, 29 December 2023.")
    assert "It shows Border crossings (11), Bridges (11)" in text
    assert "Towns in the frame: " in text
    assert re.search(r"By status: \d+ operating, \d+ under construction, \d+ planned", text)
    assert "Planned or being built: " in text


def test_it_counts_what_is_in_the_frame_only(builtin: Corridor) -> None:
    text = draft_alt_text(scene_of(builtin, bbox=ASTARA))
    assert "Border crossings (3)" in text
    assert "Nakhchivan" not in text


def test_it_counts_by_the_status_of_its_day(builtin: Corridor) -> None:
    before = draft_alt_text(scene_of(builtin, date="2018-01-01", layers=("bridges",)))
    after = draft_alt_text(scene_of(builtin, date="2026-03-09", layers=("bridges",)))
    assert "1 January 2018" in before
    assert "9 March 2026" in after
    assert before.split("By status")[1] != after.split("By status")[1]


def test_its_counts_add_up(builtin: Corridor) -> None:
    scene = scene_of(builtin, layers=("border-crossings", "bridges"))
    text = draft_alt_text(scene)
    status = text.split("By status: ")[1].split(".")[0]
    looks = Counter(item.phase.look for item in scene.items)
    assert sum(int(number) for number in re.findall(r"\d+", status)) == looks.total()


def test_it_names_what_is_marked(builtin: Corridor) -> None:
    assert "Marked: Julfa" in draft_alt_text(scene_of(builtin, selected="julfa-road-bridge"))
    assert "Marked" not in draft_alt_text(scene_of(builtin))


def test_an_empty_map_says_so(builtin: Corridor) -> None:
    assert "It shows no features, only the land." in draft_alt_text(scene_of(builtin, layers=()))


def test_a_frame_without_towns_tells_its_corners(builtin: Corridor) -> None:
    text = draft_alt_text(scene_of(builtin, bbox=(50.0, 38.0, 50.2, 38.2)))
    assert "It reaches from 50.00 to 50.20 degrees east, 38.00 to 38.20 north." in text


def test_the_same_scene_gives_the_same_words(builtin: Corridor) -> None:
    assert draft_alt_text(scene_of(builtin)) == draft_alt_text(scene_of(builtin))


@settings(max_examples=25)
@given(
    west=st.floats(44, 49),
    south=st.floats(37, 40),
    size=st.floats(0.05, 5),
    date=st.sampled_from(["1990-01-01", "2023-12-29", "2026-03-09"]),
    shown=st.sets(st.sampled_from(["border-crossings", "bridges", "rasht-astara", "context"])),
)
def test_it_is_one_paragraph_of_whole_sentences_that_is_never_too_long(
    west: float, south: float, size: float, date: str, shown: set[str]
) -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    box = (west, south, west + size, south + size)
    text = draft_alt_text(scene_of(corridor, bbox=box, date=date, layers=tuple(sorted(shown))))
    assert 40 < len(text) <= LONGEST
    assert "\n" not in text
    assert "  " not in text
    assert text.endswith((".", "…"))
    assert text.count("(0)") == 0
