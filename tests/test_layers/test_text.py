"""Texts come into one form, and every place in it is known in the text as given."""

from __future__ import annotations

import hashlib
import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from corridormap.layers.article.passages.text import normalise, text_hash, words_of

SIGNS = st.text(alphabet="ab é\u0301–“’\u00ad\u200b\ufeff\n\r\t\xa0😀橋.,1", max_size=60)


def test_spaces_signs_and_hidden_characters_are_put_in_order() -> None:
    text = "\ufeff  “It’s\u00a0 – a\n\n\u2009bri\u00addge” «so» \u200b "
    assert normalise(text).text == '"It\'s - a bridge" "so"'


def test_letters_with_separate_marks_become_one() -> None:
    assert normalise("Ko\u0308rpu\u0308").text == "Körpü"


@example("a\ufeff\u0301")  # kept apart by something that is left out
@example("a\xad\u0301 \u1100\u200b\u1161")
@given(SIGNS | st.text(max_size=60))
def test_the_normal_form_is_stable(text: str) -> None:
    once = normalise(text).text
    assert normalise(once).text == once
    assert unicodedata.is_normalized("NFC", once)


@given(SIGNS)
def test_every_character_comes_from_the_text_as_given(text: str) -> None:
    normal = normalise(text)
    places = [normal.original(i, i + 1) for i in range(len(normal.text))]
    assert places == sorted(places)
    for character, (start, end) in zip(normal.text, places, strict=True):
        assert 0 <= start <= end <= len(text)
        if character.isascii() and character.isalnum() and unicodedata.is_normalized("NFC", text):
            assert text[start:end] == character


def test_blank_lines_part_paragraphs_where_there_are_any() -> None:
    wrapped = normalise("one\ntwo\n\nthree\r\n\r\nfour")
    assert [wrapped.paragraph(wrapped.text.index(w)) for w in ("two", "three", "four")] == [0, 1, 2]
    lines = normalise("one\ntwo\nthree")
    assert [lines.paragraph(lines.text.index(w)) for w in ("one", "two", "three")] == [0, 1, 2]


def test_the_hash_is_that_of_the_normal_form() -> None:
    expected = hashlib.sha256(b"a bridge").hexdigest()
    assert text_hash(" a\n bridge ") == text_hash(normalise("a bridge")) == expected


def test_words_are_numbers_signs_that_mean_something_and_letters() -> None:
    words = words_of("It cost €1.6 billion, 47% of 1,200; don't (ask).").words
    assert " ".join(words) == "it cost € 1.6 billion 47 % of 1,200 don t ask"


def test_scripts_without_spaces_are_read_by_the_character() -> None:
    assert words_of("橋は開通").words == ("橋", "は", "開", "通")
    assert words_of("طول آن ۲۱۶ متر؛").words == ("طول", "آن", "216", "متر")


def test_rare_words_weigh_more() -> None:
    words = words_of("the bridge over the river and the road " * 8)
    assert words.weight("dam") > words.weight("bridge") > words.weight("the") >= 1
