"""Names of features and places are found in a text, and common words are not."""

from __future__ import annotations

import pytest

from bench.suggestions import FOLDER, features, in_normal_form, judge, marked
from corridormap.geo.outline.places import Place, folded_name, places_named
from corridormap.layers.article.passages.text import normalise
from corridormap.layers.article.suggestions.features import features_of, with_draft
from corridormap.layers.article.suggestions.names import Named, named_feature
from corridormap.layers.article.suggestions.suggest import Candidate, suggest
from corridormap.layers.corridor.corridor import find_corridor, load_corridor

BUILT_IN = "azerbaijan-iran"


@pytest.fixture(scope="module")
def known() -> list[Named]:
    """Return the features of the built-in corridor."""
    return features(BUILT_IN)


def meant(text: str, known: list[Named]) -> dict[str, list[str]]:
    """Return for each name found what it may be: ids, and places as "Tabriz,IR"."""

    def said(one: Candidate) -> str:
        return one.id or f"{one.name},{one.country}"

    return {m.text: [said(c) for c in m.candidates] for m in suggest(text, known)}


@pytest.mark.parametrize(
    ("text", "name", "answer"),
    [
        ("They met in Baku's old town.", "Baku", "node-baku"),
        ("Yollar Bakıdan başlayır, Gəncədə bitir.", "Bakıdan", "node-baku"),
        ("Поезд идёт в Москву.", "Москву", "node-moscow"),
        ("Он был в Москве.", "Москве", "node-moscow"),
        ("از تهران آمد", "تهران", "node-tehran"),
        ("The Rasht-Astara railway is planned.", "Rasht-Astara railway", "rasht-astara-railway"),
        ("The Rasht–Astara line is planned.", "Rasht-Astara line", "rasht-astara-railway"),
        ("The Aghband road bridge is new.", "Aghband road bridge", "aghband-kalaleh-road-bridge"),
        ("A train to Nakhichevan left.", "Nakhichevan", "town-nakhchivan"),
        ("It came from St. Petersburg.", "St. Petersburg", "node-st-petersburg"),
    ],
)
def test_a_feature_is_found_by_every_spelling(
    text: str, name: str, answer: str, known: list[Named]
) -> None:
    assert meant(text, known)[name][0] == answer


def test_all_features_of_a_name_are_offered_places_first(known: list[Named]) -> None:
    offered = meant("Lorries wait at Astara.", known)["Astara"]
    assert set(offered[:4]) >= {"town-astara-ir", "town-astara-az"}
    assert any(one.startswith("astara-") for one in offered[4:])


def test_a_place_of_the_gazetteer_is_found_the_nearest_first(known: list[Named]) -> None:
    offered = meant("The bus from Tripoli stopped in Tabriz.", known)
    assert offered["Tabriz"] == ["Tabriz,IR"]
    assert offered["Tripoli"][0].endswith((",LB", ",GR"))


@pytest.mark.parametrize(
    "text",
    [
        "Of all roads, Mobile homes and the Same day. Same again.",
        "Iran, Armenia, Georgia and the Azerbaijani side agreed.",
        "Deputy Minister Rashad Karimli spoke. Karimli left.",
        "Mark Holland and Sandy Lake signed for Orange Energy.",
        "WHO and NATO met at noon.",
        "The Caspian Sea is a lake.",
        "The manager Toledo Ankara left, and Engineer Cairo Lund with her.",
        "A contract for new wagons and cranes went to Madrid Cable Works after long talks.",
        'The ferry Odessa and the tug "Hamburg" sailed.',
        "They signed the Lausanne Treaty and the Treaty of Trieste.",
        "Теплоход «Самара» ведёт капитан Роман Пермь.",
        "La empresa Sevilla y la ministra Mercedes Valparaíso firmaron.",
        "شرکت اصفهان و آقای همدانی آمدند.",
    ],
)
def test_words_that_only_look_like_places_are_left_alone(text: str, known: list[Named]) -> None:
    assert meant(text, known) == {}


def test_the_texts_of_the_bench_are_found_as_documented() -> None:
    names = first = wrong = 0
    for path in sorted(FOLDER.glob("*.txt")):
        head, body = path.read_text(encoding="utf-8").split("\n", 1)
        text, marks = marked(body)
        normal = normalise(text)
        found = suggest(normal, features(head.removeprefix("corridor: ")))
        counts, _ = judge(in_normal_form(normal, marks), found)
        names, first, wrong = (
            names + counts["names"],
            first + counts["first"],
            wrong + counts["wrong"],
        )
    assert first >= 0.93 * names
    assert wrong <= 0.04 * names


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("Ships leave Tripoli in Lebanon.", "Tripoli", "LB"),
        ("Ships leave Tripoli in Libya.", "Tripoli", "LY"),
        ("From Karachi by way of Sukkur to Hyderabad, the railway of Pakistan.", "Hyderabad", "PK"),
        ("From Secunderabad and Warangal to Hyderabad in India.", "Hyderabad", "IN"),
    ],
)
def test_what_else_a_text_names_tells_which_place_is_meant(
    text: str, name: str, country: str
) -> None:
    assert meant(text, [])[name][0].endswith(f",{country}")


def test_places_stand_where_they_say(known: list[Named]) -> None:
    text = "In  “Baku”\n\nand in\u00a0Tehran\u200b."
    normal = normalise(text)
    for mention in suggest(normal, known):
        assert normal.text[mention.start : mention.end] == mention.text


def test_a_corridor_and_its_draft_are_searched() -> None:
    corridor = load_corridor(find_corridor(BUILT_IN))
    there = features_of(corridor)
    assert {named.id for named in features(BUILT_IN)} == set(there)
    fresh = {
        "type": "Feature",
        "id": "halt-1",
        "properties": {"name": "Zyxwvut halt", "kind": "town"},
        "geometry": {"type": "Point", "coordinates": [48.0, 39.0]},
    }
    draft = with_draft(
        there,
        [
            {"op": "put_feature", "layer": "bridges", "feature": fresh},
            {"op": "remove_feature", "layer": "context", "id": "node-baku"},
            {"op": "add_layer", "layer": {"id": "more"}, "features": [{**fresh, "id": "halt-2"}]},
            "nonsense",
        ],
    )
    assert {"halt-1", "halt-2"} <= set(draft)
    assert "node-baku" not in draft
    offered = meant("At Zyxwvut halt we stopped.", list(draft.values()))
    assert sorted(offered["Zyxwvut halt"]) == ["halt-1", "halt-2"]


def test_what_has_no_name_or_id_is_passed_by() -> None:
    for odd in (None, {}, {"id": 3, "properties": {"name": "x"}}, {"id": "a", "properties": {}}):
        assert named_feature("layer", odd) is None


def test_without_features_the_nearest_is_any(known: list[Named]) -> None:
    assert known
    assert meant("We flew to Tabriz.", []) == {"Tabriz": ["Tabriz,IR"]}


@pytest.mark.parametrize("name", ["Bakı", "Saint-Étienne", "Санкт-Петербург", "تهران"])
def test_names_are_folded_as_the_gazetteer_was_made(name: str) -> None:
    assert places_named([folded_name(name)])


def test_places_are_found_by_name_the_most_important_first() -> None:
    found = places_named(["moscow", "zzz-no-such-place"])
    assert set(found) == {"moscow"}
    first = found["moscow"][0]
    assert isinstance(first, Place)
    assert (first.country, first.capital) == ("RU", True)
    assert len(places_named(f"name {n}" for n in range(1000))) == 0
