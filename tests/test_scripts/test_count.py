"""Lines are counted for what they are, in the room they stand in."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from scripts.count import counted, files, kinds, room_of

PYTHON = '''"""What it is.

More of it.
"""

# Why.
A = """

text"""  # a value
"""What A is."""
'''
BROWSER = """/* What it is.

   More of it. */
// Why.

const a = 1; // a value
/* one */ const b = 2;
"""


@pytest.mark.parametrize(
    ("text", "suffix", "code", "words", "blank"),
    [(PYTHON, ".py", 3, 5, 2), (BROWSER, ".js", 2, 3, 2), ("", ".css", 0, 0, 0)],
)
def test_a_line_is_code_words_or_blank(
    text: str, suffix: str, code: int, words: int, blank: int
) -> None:
    assert kinds(text, suffix) == {"code": code, "words": words, "blank": blank}


@pytest.mark.parametrize(
    ("file", "room"),
    [
        ("hatch_build.py", "."),
        ("app/cli.py", "app"),
        ("app/browser/document.py", "app/browser"),
        ("app/browser/map/signs/signs.js", "app/browser/map"),
        ("layers/picture/atlas/plan.py", "layers/picture"),
        ("tests/test_scripts/test_count.py", "tests"),
    ],
)
def test_a_file_stands_in_its_room(file: str, room: str) -> None:
    assert room_of(Path(file)) == room


def test_each_file_is_counted_once_and_whole() -> None:
    some = [path for path in files() if path.parts[0] == "geo"]
    assert not [path for path in files() if path.parts[:2] == ("corridormap", "geo")]
    found = sum(counted(some).values(), Counter())
    assert found["files"] == len(some)
    assert found["Python"] == found["code"] + found["words"] + found["blank"]
