"""Passages are found again in an edited text: alike in Python and in the browser, never wrong."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from corridormap.layers.article.passages.anchor import Passage, anchor
from corridormap.layers.article.passages.text import normalise
from tests.modules import ask

TEXT = (
    "The harbour council met on Monday. It agreed to mend the north pier before winter.\n"
    "A ferry of forty metres will call twice a day. The ferryman asked for a second lamp.\n"
    "Stone for the work comes from the quarry at Brack. The quarry employs nineteen people.\n"
    "Nobody asked what the lighthouse keeper thought of it."
)
QUOTES = (
    "mend the north pier before winter",
    "ferry of forty metres",
    "the quarry employs nineteen people",
    "the lighthouse keeper",
)
EDITS = {
    "as it was": TEXT,
    "other signs": TEXT.replace(". ", ".  ").replace("\n", "\n\n"),
    "sentences put before": "News from the coast. Three boats came in late.\n" + TEXT,
    "last paragraph first": "\n".join([TEXT.rsplit("\n", maxsplit=1)[-1], *TEXT.split("\n")[:-1]]),
    "a word changed": TEXT.replace("nineteen people", "nineteen persons"),
    "another text": "Nothing in it was ever about a shore. It speaks of bread and how to bake it.",
}


def passages() -> list[Passage]:
    normal = normalise(TEXT).text
    lower = normal.lower()
    return [
        Passage(f"p{i}", normal[at : at + len(quote)], at, paragraph=normal[:at].count(". "))
        for i, quote in enumerate(QUOTES)
        for at in [lower.index(quote.lower())]
    ]


def statuses(edit: str) -> list[str]:
    return [found.status for found in anchor(EDITS[edit], passages())]


def test_passages_of_the_very_text_are_exact() -> None:
    assert statuses("as it was") == ["exact"] * 4


def test_passages_that_stand_elsewhere_are_moved_to_their_words() -> None:
    found = anchor(EDITS["sentences put before"], passages())
    normal = normalise(EDITS["sentences put before"]).text
    assert {each.status for each in found} <= {"exact", "moved"}
    for each, quote in zip(found, QUOTES, strict=True):
        assert each.start is not None
        assert normal[each.start : each.end].lower() == quote.lower()


def test_a_changed_word_is_doubtful_and_another_text_is_lost() -> None:
    assert statuses("a word changed")[2] == "doubtful"
    assert statuses("another text") == ["lost"] * 4


@pytest.mark.parametrize("edit", EDITS)
def test_the_browser_finds_the_same(edit: str) -> None:
    given = [asdict(passage) for passage in passages()]
    answer = ask(
        {"anchors": "panels/anchors/anchor.js"},
        "([text, given]) => anchors.anchor(text, given).map(a => [a.id, a.status, a.start, a.end])",
        [EDITS[edit], given],
    )
    wanted = [[a.id, a.status, a.start, a.end] for a in anchor(EDITS[edit], passages())]
    assert answer == wanted
