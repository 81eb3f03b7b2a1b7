"""The text of a PDF is read as a person reads its pages, however its letters were drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.article.reading.paragraphs import paragraphs
from corridormap.layers.article.reading.pdf_lines import Line
from corridormap.layers.article.reading.reading import read_given
from corridormap.layers.article.reading.script_order import Letter, in_order, seen
from tests.test_layers.pdf_pen import LETTER_EMS, Drawn, drawn_pdf

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.article.reading.reading import Reading

SIZE = 12.0
STEP = LETTER_EMS * SIZE
PITCH = 16
OTHER_WAY = re.compile(r"\d+ [A-Za-z]+|[A-Za-z]+|\d+(?:[.,٫/]\d+)*")
BRACKETS = str.maketrans("()«»", ")(»«")
SIDES = [
    "این پل ۳۷۴ متر طول دارد.",
    "طول راه آهن (رشت به آستارا) ۱۶۲ کیلومتر است؛ گفت «سلام».",
    "در ۱۴۰۳/۰۹/۱۰ نزدیک ۳٫۵ میلیون تن با RZD یا Model 3 رفت",
    "طول الجسر ٣٧٤ متر نحو 0.4 كم",
    "הגשר החדש (374 מטר) נפתח היום.",
]


def read(*pages: Sequence[Drawn]) -> Reading:
    return read_given("a.pdf", drawn_pdf(*pages))


def rows(lines: Sequence[str], x: float = 40, y: float = 700, size: float = SIZE) -> list[Drawn]:
    return [Drawn(line, x, y - PITCH * at, size=size) for at, line in enumerate(lines)]


def as_seen(text: str) -> str:
    """Return a line from right to left as its letters stand from left to right."""
    return OTHER_WAY.sub(lambda run: run.group()[::-1], text.translate(BRACKETS)[::-1])


@pytest.mark.parametrize("line", SIDES)
def test_a_line_from_right_to_left_is_read_in_order_however_it_was_drawn(line: str) -> None:
    stands = as_seen(line)
    pieces = [
        Drawn(part.group(), 40 + STEP * part.start(), 700) for part in re.finditer(r"\S+", stands)
    ]
    for drawn in ([Drawn(stands, 40, 700)], pieces[::-1], pieces):
        assert read(drawn).text == line


def test_joined_shapes_of_letters_are_read_as_letters() -> None:
    assert read([Drawn("ﻞﭘ ﻦﯾا", 40, 700)]).text == "این پل"
    assert read([Drawn("The ﬁrst oﬃce", 40, 700)]).text == "The first office"


def test_a_half_space_that_was_drawn_as_a_blank_without_width_is_kept() -> None:
    stands = [
        Letter(sign, 40 + STEP * at, 46 + STEP * at, 700, SIZE) for at, sign in enumerate("نهآهار")
    ]
    line = in_order(list(seen([stands], [(40 + 3 * STEP, 700)])), "ایران")
    assert line == "راه\u200cآهن"


@pytest.mark.parametrize("letter", ["ü", "e"])
def test_letters_of_another_font_join_their_word(letter: str) -> None:
    word = f"X{letter}rr{letter}m{letter}"
    pieces = [
        Drawn(sign, 40 + STEP * at, 700, font=int(sign == letter)) for at, sign in enumerate(word)
    ]
    assert read(pieces).text == word


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["The inter-", "national road"], "The international road"),
        (["The inter\u2010", "national road"], "The international road"),
        (["The inter\xad", "national ro\xadad"], "The international road"),
        (["from Rasht-", "Astara and on"], "from Rasht-Astara and on"),
        (["the 162-", "kilometre line"], "the 162-kilometre line"),
        (["A well-known and a well-", "known road"], "A well-known and a well-known road"),
        (["The road —", "long awaited"], "The road — long awaited"),
    ],
)
def test_words_that_the_end_of_a_line_parted_become_whole(lines: list[str], text: str) -> None:
    assert read(rows(lines)).text == text


@pytest.mark.parametrize("order", ["columns", "rows"])
def test_two_columns_are_read_one_after_the_other(order: str) -> None:
    left = [f"The left column has words {at}" for at in "abcdef"]
    right = [f"and the right column goes on {at}" for at in "uvwxyz"]
    columns = [rows(left), rows(right, x=320)]
    pieces = [*columns[0], *columns[1]]
    if order == "rows":
        pieces = [piece for row in zip(*columns, strict=True) for piece in row]
    title = Drawn("A title that stands over both of the columns", 40, 740, size=20)
    text = read([title, *pieces]).text
    assert text == "\n".join([title.text, " ".join([*left, *right])])


def test_columns_from_right_to_left_begin_at_the_right() -> None:
    first = [f"ستون نخست این متن فارسی {at}" for at in "ابپت"]
    second = [f"ستون دوم این متن فارسی {at}" for at in "ابپت"]
    right, left = (
        rows([line[::-1] for line in lines], x=x) for lines, x in ((first, 320), (second, 40))
    )
    text = read([piece for pair in zip(left, right, strict=True) for piece in pair]).text
    assert text == " ".join([*first, *second])


def test_a_table_is_read_row_by_row() -> None:
    table = [
        ("Section", "Length", "Year"),
        ("Rasht to Astara", "162", "2027"),
        ("Astara to Baku", "313", "1941"),
    ]
    pieces = [
        Drawn(cell, 40 + 150 * column, 700 - PITCH * row)
        for row, cells in enumerate(table)
        for column, cell in enumerate(cells)
    ]
    assert read(pieces).text == "\n".join(" ".join(cells) for cells in table)


def test_titles_and_wider_white_begin_paragraphs() -> None:
    pieces = [
        Drawn("A title", 40, 740, size=20),
        *rows(["The first line of a text that", "goes on without an end"]),
        *rows(["Another one that begins below", "and goes on as well"], y=650),
    ]
    assert read(pieces).text.split("\n") == [
        "A title",
        "The first line of a text that goes on without an end",
        "Another one that begins below and goes on as well",
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [
        rows(["The Post", f"The page {page} tells of something that is long enough.", f"{n}"])
        for n, page in enumerate(["one", "two", "three", "four"], start=1)
    ]
    text = read(*pages).text
    assert "The Post" not in text
    assert not re.search(r"\d", text)
    assert "The page three tells" in text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("T h e b r i d g e i s l o n g a n d w a s b u i l t", "stand apart"),
        ("\ue001\ue002\ue003 and \ue004\ue005\ue006", "shapes of letters or nameless"),
        ("این پل"[::-1], "half-spaces"),
        ("The bridge is long and was built in two years.", ""),
    ],
)
def test_what_may_be_wrong_with_the_letters_is_said(text: str, said: str) -> None:
    notes = read([Drawn(text, 40, 700)]).said
    assert any(said in note for note in notes) if said else not notes


@given(st.lists(st.lists(st.text("abc_-. ", min_size=1, max_size=30), max_size=6), max_size=4))
def test_joining_lines_loses_no_letter(pages: list[list[str]]) -> None:
    made = [
        [Line(text, 40, 40 + 6 * len(text), 700 - 16 * at, 12) for at, text in enumerate(texts)]
        for texts in ([" ".join(text.split()) for text in page if text.strip()] for page in pages)
    ]
    drawn = [line.text for page in made for line in page]
    if len(drawn) == len(set(drawn)):
        given_letters = re.sub(r"[- ]", "", "".join(drawn))
        assert re.sub(r"[-\s]", "", paragraphs(made)) == given_letters
