"""The page finds passages where Python finds them: the shared cases, and more by chance."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from corridormap.layers.article.passages.anchor import Passage, anchor
from corridormap.layers.article.passages.text import normalise, words_of
from tests.modules import ask

HERE = Path(__file__).parent
MODULES = {
    "anchors": "panels/anchors/anchor.js",
    "forms": "panels/anchors/normalform.js",
}
CASES: list[dict[str, Any]] = json.loads((HERE / "vectors.json").read_text(encoding="utf-8"))

FIND = """(cases) => cases.map(({text, passages, same}) =>
  anchors.anchor(text, passages, {same}).map((a) => ({
    status: a.status, start: a.start, end: a.end, places: a.places,
    score: Math.round(a.score * 1e6) / 1e6,
    found: a.start === null ? null : text.slice(a.from, a.to),
  })))"""


def by_python(case: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what Python answers, as the cases write it."""
    text: str = case["text"]
    normal = normalise(text)
    answers = anchor(normal, [Passage(**p) for p in case["passages"]], same=case["same"])
    return [
        {
            "status": a.status,
            "start": a.start,
            "end": a.end,
            "places": a.places,
            "score": round(a.score, 6),
            "found": None
            if a.start is None or a.end is None
            else text[slice(*normal.original(a.start, a.end))],
        }
        for a in answers
    ]


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_python_gives_the_answers_of_the_shared_cases(case: dict[str, Any]) -> None:
    assert by_python(case) == case["expect"]


def test_the_page_gives_the_answers_of_the_shared_cases() -> None:
    for case, answer in zip(CASES, ask(MODULES, FIND, CASES), strict=True):
        assert answer == case["expect"], case["name"]


def test_the_page_and_python_agree_on_texts_of_few_words() -> None:
    made = [of_few_words(random.Random(seed)) for seed in range(60)]  # noqa: S311 - it must repeat
    for case, answer in zip(made, ask(MODULES, FIND, made), strict=True):
        assert answer == by_python(case), case["text"]


def of_few_words(dice: random.Random) -> dict[str, Any]:
    """Return a text of few different words, so that many places are about equally good."""
    words = ["red", "blue", "bridge", "bridges", "road", "12", "1,200", "€", "😀", "e\u0301tang"]
    text = [dice.choice(words) + dice.choice((" ", " ", ", ", ".\n", ".\n\n")) for _ in range(200)]
    passages = []
    for number in range(12):
        first = dice.randrange(190)
        last = first + dice.randint(1, 6)
        place = len(normalise("".join(text[:first])).text) + 1
        passages.append(
            {
                "id": str(number),
                "quote": "".join(text[first:last]),
                "start": dice.choice((None, place, place)),
                "prefix": "".join(text[max(0, first - 3) : first]) if number % 2 else "",
                "suffix": "".join(text[last : last + 3]) if number % 2 else "",
                "paragraph": dice.choice((0, 1, 2, 5)),
            }
        )
    for _ in range(dice.choice((0, 4, 40))):
        text[dice.randrange(len(text))] = dice.choice((*text, ""))
    return {"text": "".join(text), "passages": passages, "same": dice.random() < 0.2}


def test_every_character_is_the_same_kind_to_both() -> None:
    # Each between letters and before a digit, so that one that joins or parts words is seen.
    codes = [code for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    pieces = [f"a{chr(code)}b{chr(code)}1" for code in codes]
    pieces += ["a\ufeff\u0301b", "a\xad\u0301b", "\u1100\u200b\u1161"]
    pieces += ["a\U0001f600b", "\U00020bb7\U00020bb8", "1.2,3.4", "x-1.5%", "don't", "1,", ".5"]
    script = """(pieces) => pieces.map((piece) => {
      const { text } = forms.normalise(piece);
      const { starts, ends } = forms.wordsOf(text);
      return [text.length, starts, ends];
    })"""
    for piece, answer in zip(pieces, ask(MODULES, script, pieces), strict=True):
        normal = normalise(piece).text
        words = words_of(normal)
        assert answer == [len(normal), list(words.starts), list(words.ends)], ascii(piece)


def test_each_character_comes_from_where_python_says() -> None:
    given = "  «Ca\u0301fe\u0301» \t–\r\n\r\n 😀\u200b zwei\xad\u00a0\u00a0Brü\u0308cken.\ufeff  "
    script = """(given) => {
      const normal = forms.normalise(given);
      const places = [...normal.text].map((_, i) => normal.original(i, i + 1));
      return [places.map(([from, to]) => given.slice(from, to)), normal.paragraph(9)];
    }"""
    normal = normalise(given)
    pieces = [given[slice(*normal.original(i, i + 1))] for i in range(len(normal.text))]
    assert ask(MODULES, script, given) == [pieces, normal.paragraph(9)]
    assert normal.paragraph(9) == 1
