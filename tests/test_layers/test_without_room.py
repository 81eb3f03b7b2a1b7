"""What found no room, in words: no longer than there is room for, and nothing lost uncounted."""

from __future__ import annotations

import re

import pytest

from corridormap.layers.wording.without_room import (
    claims_unmarked,
    label_without_room,
    listed,
    named,
    names_heading,
    names_without_room,
    parts_left_out,
)

NAMES = [f"Town {letter}" for letter in "abcdefghijklmnop"]


@pytest.mark.parametrize("count", [1, 2, 8, 9, 16])
@pytest.mark.parametrize("letters", range(0, 160, 7))
def test_a_list_of_names_is_as_long_as_its_room_and_counts_the_rest(
    count: int, letters: int
) -> None:
    sentence = named("Lost", NAMES[:count], letters=letters)
    assert len(sentence) <= letters
    if not sentence:
        assert letters < len(f"Lost: {count}.")
        return
    told = sentence.count("Town")
    rest = re.search(r"(\d+)( more)?\.$", sentence)
    assert told + (int(rest[1]) if rest else 0) == count


def test_each_sentence() -> None:
    assert label_without_room("Ordubad", ("Aras", "Julfa")) == "Ordubad (near Aras, Julfa)"
    assert label_without_room("Ordubad", ()) == "Ordubad"
    assert names_without_room(["a", "b", "c"], most=1) == "No room for the names: a and 2 more."
    assert names_without_room([]) == ""
    assert names_heading(1).startswith("No room for this name:")
    assert names_heading(2).startswith("No room for these 2 names:")
    assert claims_unmarked((1, 4)) == "Claims not marked at this size: 1, 4."
    assert claims_unmarked(()) == parts_left_out(()) == listed(()) == ""
    assert parts_left_out(("claims", "legend")) == "Left out: claims, legend."
    assert listed(("a", "b", "c")) == "a, b and c"
