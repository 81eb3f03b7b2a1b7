"""The page finds by any spelling, as Python folds it; hostile words are only words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corridormap.geo.folding import folded
from corridormap.geo.outline.places import places_like
from tests.modules import ask
from tests.test_browser.subjects import subject_of

CASES: list[list[str]] = json.loads(
    (Path(__file__).parent / "folding.json").read_text(encoding="utf-8")
)
LETTERS = {"letters": "tools/letters.js"}
INDEX = {"index": "panels/find/index.js"}
FIND = """({document, texts}) => {
  const find = index.createIndex(document);
  return texts.map((text) => find(text).map(({kind, id}) => `${kind}/${id}`));
}"""
NEAR = (44.0, 36.0, 50.0, 42.0)


def test_python_and_the_page_fold_alike() -> None:
    given = [text for text, _ in CASES]
    wanted = [said for _, said in CASES]
    assert [folded(text) for text in given] == wanted
    assert ask(LETTERS, "(texts) => texts.map(letters.folded)", given) == wanted


@pytest.mark.parametrize(
    "spelled",
    [
        ("Culfa", "Cülfa", "Julfa", "Джульфа", "جلفا", "Jolfa", "Dzhulfa"),
        ("Qazvin", "Kazvin", "Ghazvin", "Казвин", "قزوین"),
        ("Ağbənd", "Aghband", "Агбенд"),
        ("Rasht", "Решт", "رشت"),
    ],
)
def test_spellings_of_a_name_sound_alike(spelled: tuple[str, ...]) -> None:
    asked = "(texts) => texts.map((text) => letters.sound(letters.folded(text)))"
    assert len(set(ask(LETTERS, asked, spelled))) == 1


def test_every_script_finds_the_same_town_and_what_lies_there() -> None:
    document = subject_of("azerbaijan-iran").document
    texts = ["Culfa", "Cülfa", "Julfa", "Джульфа", "جلفا", "  JULFA, "]
    for text, found in zip(
        texts, ask(INDEX, FIND, {"document": document, "texts": texts}), strict=True
    ):
        assert "feature/town-julfa" in found[:8], text
        assert "feature/town-jolfa" in found, text


def test_all_words_are_met_and_the_name_itself_comes_first() -> None:
    document = subject_of("azerbaijan-iran").document
    texts = ["horadiz railway", "Rasht", "no such thing at all", "", "<script>", "Caspian News"]
    found = ask(INDEX, FIND, {"document": document, "texts": texts})
    assert "feature/horadiz-aghband-railway" in found[0]
    assert found[1][0] in {"feature/node-rasht", "feature/town-rasht"}
    assert found[2] == found[3] == []
    assert any(hit.startswith("source/") for hit in found[5])


def test_a_name_without_another_spelling_is_found_by_its_sound() -> None:
    feature: dict[str, Any] = {
        "id": "a", "name": "Julfa", "names": {}, "kind_label": "Town", "mode_label": "",
    }  # fmt: skip
    document = {"features": [feature], "claims": [], "sources": {}, "verdicts": {}}
    texts = ["Culfa", "Джульфа", "جلفا", "Baku", "j"]
    found = ask(INDEX, FIND, {"document": document, "texts": texts})
    assert found == [["feature/a"]] * 3 + [[], ["feature/a"]]


@pytest.mark.parametrize("text", ["Cülfa", "culfa", "Julfa", "Джульфа", "جلفا", "julf"])
def test_the_gazetteer_finds_a_place_in_every_script(text: str) -> None:
    first = places_like(text, NEAR, limit=3)[0]
    assert (first.name, first.country) == ("Julfa", "AZ")


@pytest.mark.parametrize("text", ["", "   ", "'; DROP TABLE place; --", "%", "\x00", "j" * 5000])
def test_what_is_no_name_finds_no_place(text: str) -> None:
    assert places_like(text, NEAR, limit=3) == ()
