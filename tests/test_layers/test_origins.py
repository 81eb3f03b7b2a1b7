"""Reprints, readouts and one house count once; like is held against like; places are kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.app.exporting.claims import claims_report
from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.origins import Origins, origins_of
from corridormap.layers.claims.telling import WIDEST_SHARE, idle
from corridormap.layers.claims.verdict import judge
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.corridor.source import Source
from corridormap.layers.validation.figures import place_notes
from corridormap.layers.validation.validate import validate
from corridormap.layers.wording.quantity import Value, comparable, unlike
from tests.test_app.test_released import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from corridormap.layers.claims.check import ClaimCheck
    from tests.test_layers.conftest import TinyCorridor

BUILT_IN = ["azerbaijan-iran", "north-south"]


def source(id_: str, **more: Any) -> Source:
    return Source.model_validate(
        {"id": id_, "type": "report", "title": id_, "publisher": f"House {id_}", **more}
    )


def origins(*sources: Source, article: str = "") -> Origins:
    return Origins({one.id: one for one in sources}, article)


def groups(told: Origins, *ids: str) -> list[tuple[str, ...]]:
    return [origin.sources for origin in told.of(ids)]


def claim(tiny: TinyCorridor, *sources: str, value: float = 5.0, **more: Any) -> ClaimCheck:
    """Return what testing gives when these sources give the value of a claim."""
    given = {"value": value, "unit": "t", "sources": list(sources)}
    figure = {"quantity": "load", "value": 5.0, "unit": "t", "evidence": [given], **more}
    tiny.annotations[1]["claim"]["figures"] = [figure]
    return {c.id: c for c in check_claims(tiny.load())}["claim-road"]


# Origins


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ({"derives_from": ["B"]}, {}),
        ({}, {"derives_from": "A"}),
        ({"same_text_as": ["B"]}, {}),
        ({"readout_of": "The call"}, {"readout_of": ["the  call"]}),
        ({"agency": "Wire"}, {"agency": "wire"}),
        ({"agency": "Wire"}, {"publisher": "Wire"}),
        ({"URL": "http://www.a.org/x/"}, {"URL": "https://a.org/x#top"}),
    ],
)
def test_what_is_tied_counts_once(one: dict[str, Any], two: dict[str, Any]) -> None:
    assert groups(origins(source("A", **one), source("B", **two)), "A", "B") == [("A", "B")]


def test_what_is_not_tied_counts_twice() -> None:
    told = origins(source("A", URL="https://a.org/x?id=1"), source("B", URL="https://a.org/x?id=2"))
    assert groups(told, "A", "B") == [("A",), ("B",)]


def test_one_house_is_one_origin_of_a_test_but_ties_no_others_together() -> None:
    told = origins(source("A", publisher="Wire"), source("B", publisher="Wire", same_text_as=["C"]),
                   source("C"))  # fmt: skip
    assert groups(told, "A", "B") == [("A", "B")]
    assert groups(told, "A", "C") == [("A",), ("C",)]


@given(st.lists(st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF")), max_size=8))
def test_every_source_is_of_one_origin_whatever_derives_from_what(
    ties: list[tuple[str, str]],
) -> None:
    sources = [source(i, derives_from=[b for a, b in ties if a == i]) for i in "ABCDEF"]
    found = origins(*sources).of("ABCDEF")
    assert sorted(i for origin in found for i in origin.sources) == list("ABCDEF")
    for a, b in ties:
        assert any({a, b} <= set(origin.sources) for origin in found)


def test_a_guess_is_shown_as_one_until_somebody_says_so_or_denies_it() -> None:
    address = {"URL": "https://a.org/x"}
    (guessed,) = origins(source("A", **address), source("B", **address)).of("AB")
    assert guessed.guess == "address"
    said = origins(source("A", **address), source("B", **address, same_text_as=["A"]))
    assert [origin.guess for origin in said.of("AB")] == [""]
    denied = origins(source("A", **address), source("B", **address, independent_of=["A"]))
    assert len(denied.of("AB")) == 2


def test_equal_words_in_two_sources_are_a_guess_that_the_check_names(tiny: TinyCorridor) -> None:
    tiny.sources[2]["publisher"] = "Another house"
    words = "five tonnes went over it"
    figure = {"quantity": "load", "value": 5, "unit": "t"}
    tiny.properties("north-bridge")["figures"] = [
        {**figure, "sources": [i], "where": [{"source": i, "words": text}]}
        for i, text in (("S2", words), ("S3", words.upper() + "."))
    ]
    check = claim(tiny, "S2", "S3")
    assert [(o.sources, o.guess) for o in check.origins] == [(("S2", "S3"), "passage")]
    assert "guessed" in check.rule
    assert check.label == "Confirmed by 1 origin"


# Verdicts


def test_an_origin_of_its_own_confirms_and_the_articles_own_repeats(tiny: TinyCorridor) -> None:
    tiny.sources[2]["publisher"] = "Another house"
    assert claim(tiny, "S2").label == "Confirmed by 1 origin"
    assert claim(tiny, "S2", "S3").label == "Confirmed by 2 origins"
    tiny.sources[2]["same_text_as"] = ["S2"]
    assert claim(tiny, "S2", "S3").label == "Confirmed by 1 origin"
    tiny.sources[1]["derives_from"] = ["S1"]
    check = claim(tiny, "S2", "S3")
    assert (check.result, check.label) == ("repeated", "Repeated only")
    assert "one origin with the article" in check.finding
    (entry,) = [e for e in claims_report(tiny.load()) if e["id"] == "claim-road"]
    assert entry["origins"] == [{"sources": ["S2", "S3"], "own": True, "guess": ""}]


def test_a_check_by_hand_is_counted_by_origins_too(tiny: TinyCorridor) -> None:
    def result() -> str:
        return {c.id: c for c in check_claims(tiny.load())}["claim-bridge"].result

    assert result() == "confirmed"
    tiny.sources[1]["readout_of"] = tiny.sources[0]["readout_of"] = ["the opening"]
    assert result() == "repeated"
    hand = tiny.annotations[0]["claim"]["check"]
    for said, given_ in (
        ("disputed", "sources_differ"),  # an older word
        ("differs", "sources_differ"),
        ("not_comparable", "not_comparable"),
        ("untestable", "untestable"),
    ):
        hand["result"] = said
        assert result() == given_


def test_an_article_written_from_its_sources_takes_one_of_them(tiny: TinyCorridor) -> None:
    tiny.sources[0]["compiled"] = True
    tiny.sources[2]["publisher"] = "Another house"
    assert claim(tiny, "S2").result == "repeated"
    assert claim(tiny, "S2", "S3").label == "Confirmed by 1 origin"


@pytest.mark.parametrize("name", BUILT_IN)
def test_no_claim_is_confirmed_by_the_articles_own_origin(name: str) -> None:
    corridor = load_corridor(find_corridor(name))
    told = origins_of(corridor)
    for check in check_claims(corridor):
        if check.result == "confirmed":
            assert told.independent(check.origins) >= 1, check.id
        if check.result == "repeated":
            assert check.origins, check.id


# Like with like


def value(number: Any, **more: Any) -> Value:
    return Value("traffic", number, more.pop("unit", "t"), sources=("B",), **more)


@pytest.mark.parametrize(
    ("one", "two", "apart"),
    [
        ({"period": "2023"}, {"period": "2023-01-01/2023-12-31"}, ()),
        ({"period": "2023"}, {"period": "2023-03-21/2024-02-21"}, ("period",)),
        ({"period": "2023"}, {"date": "2023-05"}, ()),
        ({"period": "2023-05"}, {"date": "2024"}, ("period",)),
        ({"of": "rail"}, {"of": "Rail"}, ()),
        ({"of": "rail"}, {}, ("scope",)),
        ({"kind": "exchanged"}, {"kind": "in transit"}, ("kind",)),
        ({"kind": "plan"}, {}, ()),
        (
            {"period": "2023", "of": "rail", "kind": "plan"},
            {"period": "2022", "of": "road", "kind": "fact"},
            ("period", "scope", "kind"),
        ),
    ],
)
def test_what_differs_in_time_scope_or_kind_is_no_alternative(
    one: dict[str, Any], two: dict[str, Any], apart: tuple[str, ...]
) -> None:
    a, b = value(5, **one), value(5, **two)
    assert unlike(a, b) == unlike(b, a) == apart
    assert comparable(a, b) == (not apart)


def test_a_claim_that_only_unlike_values_meet_is_not_comparable(tiny: TinyCorridor) -> None:
    given = {"value": 5, "unit": "t", "sources": ["S2"], "period": "2023-03-21/2024-02-20"}
    figure = {"quantity": "traffic", "value": 5, "unit": "t", "period": "2023", "evidence": [given]}
    tiny.annotations[1]["claim"]["figures"] = [figure]
    check = {c.id: c for c in check_claims(tiny.load())}["claim-road"]
    assert (check.result, check.label) == ("not_comparable", "Not comparable")
    assert "21 Mar 2023 to 20 Feb 2024" in check.finding
    (entry,) = [e for e in claims_report(tiny.load()) if e["id"] == "claim-road"]
    assert entry["values"][1]["why"] == "another time"


# What cannot fail


@pytest.mark.parametrize(
    ("tested", "given_", "why"),
    [
        (value(162), value(162), ""),
        (value(162), value(170, bound="about"), "about"),
        (value(168), value(170, span=(150.0, 190.0)), "wide"),
        (value(162), value(152, value_max=210), "wide"),
        (value(162), value(160, value_max=165), ""),
        (value(700_000, bound="more than"), value(710_000), ""),
        (value(700_000, bound="more than"), value(2_000_000), "open"),
        (value(700_000, bound="more than"), value(700_000, bound="more than"), ""),
        (value(700_000, bound="more than"), value(600_000, bound="more than"), "open"),
        (value("2023-12-22", unit="date", bound="more than"),
         value("2023-12-30", unit="date"), "open"),
        (value("2023-12", unit="date"), value("2023-12-30", unit="date"), ""),
        (value("Minister", unit="words"), value("minister", unit="words"), ""),
    ],
)  # fmt: skip
def test_an_agreement_that_could_not_fail_says_nothing(
    tested: Value, given_: Value, why: str
) -> None:
    assert idle(tested, given_) == why
    outcome = judge(tested, [given_], origins(source("B")))
    assert outcome.result == ("untestable" if why else "confirmed")


@given(st.floats(10, 1e5), st.floats(0, 1))
def test_a_range_says_something_while_it_is_no_wider_than_a_fifth(
    middle: float, share: float
) -> None:
    half = middle * share / 2
    ranged = value(middle, span=(middle - half, middle + half))
    exact = value(middle, span=(middle, middle))
    told = idle(exact, ranged)
    assert told == ("wide" if share > WIDEST_SHARE + 1e-9 else told)
    assert not (share < WIDEST_SHARE - 1e-9 and told)


# Offices


def test_the_office_of_a_person_is_checked_as_a_number_is(tiny: TinyCorridor) -> None:
    def office(given_: str) -> ClaimCheck:
        evidence = {"value": given_, "unit": "words", "sources": ["S2"]}
        figure = {"quantity": "office", "value": "Minister of Roads", "unit": "words"}
        tiny.annotations[1]["claim"]["figures"] = [{**figure, "evidence": [evidence]}]
        return {c.id: c for c in check_claims(tiny.load())}["claim-road"]

    assert office("minister of  roads").result == "confirmed"
    check = office("Deputy Minister of Roads")
    assert (check.result, check.label) == ("sources_differ", "Sources differ")
    assert check.finding == (
        "the article gives Minister of Roads; The Office gives Deputy Minister of Roads"
    )
    assert validate(tiny.folder) == ()


# Bad input


def ties(at: int, **more: Any) -> Callable[[TinyCorridor], None]:
    return lambda tiny: tiny.sources[at].update(more)


def figures(*figures_: dict[str, Any]) -> Callable[[TinyCorridor], None]:
    given_ = {"quantity": "traffic", "value": 5, "unit": "t", "sources": ["S2"]}
    return lambda tiny: tiny.properties("north-bridge").update(
        figures=[{**given_, **figure} for figure in figures_]
    )


def places(*places_: dict[str, Any]) -> Callable[[TinyCorridor], None]:
    return figures({"where": [{"source": "S2", **place} for place in places_]})


def circle(tiny: TinyCorridor) -> None:
    for one, other in (("S1", "S2"), ("S2", "S3"), ("S3", "S1")):
        found = next(source for source in tiny.sources if source["id"] == one)
        found["derives_from"] = [other]


BROKEN: dict[str, tuple[Callable[[TinyCorridor], None], str, str, str]] = {
    "derives from itself": (
        ties(1, derives_from=["S2"]), "sources.json", "S2", "'derives_from' names the source itself"
    ),
    "derives in a circle": (circle, "sources.json", "S1", "derives from itself by way of S2, S3"),
    "unknown origin": (
        ties(1, same_text_as=["S9"]), "sources.json", "S2", "names the source 'S9', which is not"
    ),
    "one address twice": (
        ties(2, URL="http://www.example.org/page/"), "sources.json", "S3",
        "the same address as 'S2'",
    ),
    "no period": (
        figures({"period": "2023"}, {}), "layers/bridges.geojson", "north-bridge",
        "the figure 'traffic' has no period, but its neighbours have one",
    ),
    "a period that is none": (
        figures({"period": "2024/2023"}), "layers/bridges.geojson", "north-bridge",
        "'2024/2023', which is no period",
    ),
    "too many words": (
        places({"words": "one two three four five six seven eight nine"}),
        "layers/bridges.geojson", "north-bridge", "quotes 9 words",
    ),
    "adjoining words": (
        places({"page": 2, "words": "one two three four five"},
               {"page": 2, "words": "six seven eight nine"}),
        "layers/bridges.geojson", "north-bridge", "make 9 words together",
    ),
    "too many words of a check": (
        lambda tiny: tiny.annotations[0]["claim"]["check"].update(
            where=[{"source": "S2", "words": "one two three four five six seven eight nine"}]
        ),
        "annotations.jsonld", "claim-bridge", "quotes 9 words",
    ),
    "no place": (places({}), "layers/bridges.geojson", "north-bridge", "neither page, paragraph"),
    "a place elsewhere": (
        figures({"where": [{"source": "S3", "page": 1}]}),
        "layers/bridges.geojson", "north-bridge", "is in the source 'S3'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BROKEN)
def test_each_fault_is_named_with_file_and_id(tiny: TinyCorridor, case: str) -> None:
    break_it, file, feature, problem = BROKEN[case]
    break_it(tiny)
    found = [f for f in validate(tiny.write()) if problem in f.problem]
    assert [(f.file, f.feature) for f in found][:1] == [(file, feature)]
    assert all(f.remedy for f in found)
    json.dumps([f.as_dict() for f in found])


def test_a_claim_without_a_period_beside_figures_that_have_one_is_named(
    tiny: TinyCorridor,
) -> None:
    figures({"period": "2023"})(tiny)
    figure = {"quantity": "traffic", "value": 5, "unit": "t", "feature": "north-bridge"}
    tiny.annotations[1]["claim"]["figures"] = [figure]
    (finding,) = validate(tiny.write())
    assert (finding.file, finding.feature) == ("annotations.jsonld", "claim-road")
    assert "no period" in finding.problem


def test_a_value_tells_where_in_its_source_it_stands(tiny: TinyCorridor) -> None:
    where = [{"source": "S2", "page": "iv", "paragraph": 2, "words": "five tonnes"}]
    given_ = {"value": 5, "unit": "t", "sources": ["S2"], "where": where}
    figure = {"quantity": "load", "value": 5, "unit": "t", "evidence": [given_]}
    tiny.annotations[1]["claim"]["figures"] = [figure]
    tiny.annotations[0]["claim"]["check"]["where"] = [{"source": "S2", "page": 3}]
    told = {entry["id"]: entry["values"] for entry in claims_report(tiny.load())}
    assert told["claim-road"][1]["place"] == "page iv, paragraph 2, “five tonnes”"
    assert told["claim-bridge"][0]["place"] == "page 3"


def test_places_that_are_not_told_are_noted_once_for_each_file(tiny: TinyCorridor) -> None:
    places({"page": 3, "words": "five tonnes"})(tiny)
    folder = tiny.write()
    assert validate(folder) == ()
    notes = {note.file: note.problem for note in place_notes(load_corridor(folder))}
    assert notes["layers/bridges.geojson"].startswith("3 of 4 figures, events and checks")
    told = run("validate", folder)
    assert (told.exit_code, told.stdout) == (0, "")
    assert told.stderr.count("Note: ") == len(notes)
