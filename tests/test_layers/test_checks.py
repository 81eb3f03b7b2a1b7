"""Claims and figures are tested by rules that are told, and sources differ without blame."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.app.browser.document import build_document
from corridormap.app.exporting.claims import claims_report
from corridormap.geo.measure import length_m
from corridormap.layers.claims.checks import ClaimCheck, check_claims
from corridormap.layers.claims.evidence import BENDS
from corridormap.layers.claims.measured import measured_lengths
from corridormap.layers.claims.verdict import RESULTS
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor

BLAME = ("lie", "lying", "false", "wrong", "liar", "fake", "propaganda", "correct")
KEYS = {"id", "text", "quantities", "result", "values", "rule", "origins"}


@pytest.fixture(scope="module")
def built_in() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


@pytest.fixture(scope="module")
def checks(built_in: Corridor) -> dict[str, ClaimCheck]:
    return {check.id: check for check in check_claims(built_in)}


def claim(tiny: TinyCorridor, *figures: dict[str, Any], check: Any = None) -> ClaimCheck:
    """Return what testing gives when the second claim has these figures."""
    tiny.annotations[1]["claim"].update(figures=list(figures), check=check)
    return {c.id: c for c in check_claims(tiny.load())}["claim-road"]


def figure(value: Any, **more: Any) -> dict[str, Any]:
    return {"quantity": "length", "value": value, "unit": "m", "feature": "north-bridge", **more}


def road(value: float, **more: Any) -> dict[str, Any]:
    return figure(value, unit="km", feature="new-road", **more)


def fits(check: ClaimCheck) -> dict[Any, str]:
    return {judged.value.value: judged.fit for judged in check.values}


# One claim, its sources


def test_a_claim_among_sources_that_differ_says_so(tiny: TinyCorridor) -> None:
    check = claim(tiny, figure(216))
    tiny.properties("north-bridge")["figures"][2]["sources"] = ["S2"]
    assert claim(tiny, figure(216)).result == "sources_differ"
    assert check.result == "confirmed"  # the other value is the article's own


def test_the_article_is_no_source_for_its_own_claim(tiny: TinyCorridor) -> None:
    check = claim(tiny, figure(374))
    assert check.result == "sources_differ"
    assert fits(check) == {374: "claim", 216: "differs"}
    assert check.label == "Differs by 158 m"
    tiny.properties("north-bridge")["figures"][2]["sources"] = ["S1", "S2"]
    assert [j.value.sources for j in claim(tiny, figure(374)).values] == [("S1",), ("S2",), ("S2",)]


def test_values_are_compared_across_units(tiny: TinyCorridor) -> None:
    check = claim(tiny, figure(0.216, unit="km"))
    assert check.result == "confirmed"


def test_a_number_printed_in_another_currency_differs_and_is_not_converted(
    tiny: TinyCorridor,
) -> None:
    tiny.properties("north-bridge")["figures"] = [
        {"quantity": "cost", "value": 1.6e9, "unit": "EUR", "sources": ["S2"]},
        {"quantity": "cost", "value": 1.6e9, "unit": "USD", "sources": ["S2"]},
        {"quantity": "cost", "value": 9, "unit": "AZN", "sources": ["S2"]},
    ]
    check = claim(tiny, figure(1.6e9, quantity="cost", unit="EUR"))
    assert check.result == "sources_differ"
    assert [judged.fit for judged in check.values] == ["claim", "agrees", "other unit"]
    assert "rate of exchange" in check.rule


def test_a_number_that_is_also_given_for_another_thing_is_not_comparable(
    tiny: TinyCorridor,
) -> None:
    given = {"quantity": "growth", "value": 47, "unit": "%", "sources": ["S2"]}
    tiny.properties("north-bridge")["figures"] = [
        {**given, "of": "rail"}, {**given, "of": "transit"},
    ]  # fmt: skip
    check = claim(tiny, figure(47, quantity="growth", unit="%", of="rail"))
    assert check.result == "confirmed"
    assert "not comparable with 47 % (transit)" in check.finding


def test_evidence_of_a_claim_itself_counts(tiny: TinyCorridor) -> None:
    said = {"value": "2023-05-02", "unit": "date", "sources": ["S2"]}
    dated = {"quantity": "call", "value": "2023-05", "unit": "date", "evidence": [said]}
    assert claim(tiny, dated).result == "confirmed"
    said["value"] = "2023-06-02"
    check = claim(tiny, dated)
    assert (check.result, check.label) == ("sources_differ", "Differs by 2 days")


@pytest.mark.parametrize(
    ("quantity", "value", "result"),
    [
        ("opening", "2023-12", "confirmed"),
        ("opening", "2023-11", "sources_differ"),
        ("start", "2022", "confirmed"),
        ("announcement", "2021-03-11", "confirmed"),
        ("closure", "2024", "untestable"),
    ],
)
def test_dates_are_held_against_the_history(
    tiny: TinyCorridor, quantity: str, value: str, result: str
) -> None:
    assert claim(tiny, figure(value, quantity=quantity, unit="date")).result == result


def test_accounts_marked_with_one_milestone_are_alternatives(tiny: TinyCorridor) -> None:
    events = tiny.properties("north-bridge")["status_history"]
    events[0].update(milestone="start", sources=["S1", "S3"])
    events[1].update(milestone="start")
    check = claim(tiny, figure("2022-09", quantity="start", unit="date"))
    assert check.result == "sources_differ"
    entries = {c.id: c for c in check_claims(tiny.load())}
    assert entries["north-bridge/start"].result == "sources_differ"


def test_what_nothing_can_test_says_so(tiny: TinyCorridor) -> None:
    words = claim(tiny)
    assert (words.result, words.label) == ("untestable", "Cannot be tested")
    number = claim(tiny, figure(5, quantity="beauty"))
    assert number.result == "untestable"
    assert number.rule != words.rule


def test_a_check_by_hand_speaks_only_where_no_rule_does(tiny: TinyCorridor) -> None:
    hand = {"result": "agrees", "text": "read in the report", "sources": ["S2"]}
    by_hand = claim(tiny, check=hand)
    assert by_hand.by_hand
    assert (by_hand.result, by_hand.label) == ("confirmed", "Confirmed by 1 origin")
    assert "by hand" in by_hand.rule
    ruled = claim(tiny, figure(374), check=hand)
    assert not ruled.by_hand
    assert ruled.result == "sources_differ"


# Against the map


def test_a_length_is_held_against_the_line_within_what_its_quality_allows(
    tiny: TinyCorridor,
) -> None:
    line = tiny.load().layers[2].frame.geometry["new-road"]
    drawn = length_m(line) / 1000
    most = drawn * (1 + BENDS["schematic"]) + 8
    # So wide a range fits almost anything near: that it agrees says nothing.
    expected = {drawn: False, most - 1: False, most + 1: True, drawn - 7: False}
    for value, differs in expected.items():
        result = claim(tiny, road(round(value, 1))).result
        assert result == ("map_differs" if differs else "untestable"), value
    check = claim(tiny, road(round(drawn - 9, 1)))
    assert check.result == "map_differs"
    measured = next(j.value for j in check.values if j.value.sources == ("map",))
    assert measured.value == pytest.approx(drawn, abs=0.06)
    assert measured.span == pytest.approx((drawn - 8, most), abs=0.06)
    assert "schematic" in check.rule
    assert "25 %" in check.rule


def test_a_better_drawn_line_allows_less(tiny: TinyCorridor) -> None:
    far = road(40)
    assert claim(tiny, far).result == "untestable"
    tiny.properties("new-road").update(position_quality="traced", uncertainty_m=100)
    check = claim(tiny, far)
    assert check.result == "map_differs"
    assert check.label.startswith("Differs from the map by 11")
    drawn = round(length_m(tiny.load().layers[2].frame.geometry["new-road"]) / 1000, 1)
    assert claim(tiny, road(drawn)).result == "confirmed"


def test_a_point_has_no_length_on_the_map(tiny: TinyCorridor) -> None:
    check = claim(tiny, figure(216))
    assert not [j for j in check.values if j.from_map]
    assert "A point on the map has no length" in check.rule


def test_part_of_a_thing_is_not_measured_as_the_whole(tiny: TinyCorridor) -> None:
    assert claim(tiny, road(5, of="the tunnel")).result == "untestable"


def test_a_figure_that_only_the_map_does_not_fit_has_an_entry(tiny: TinyCorridor) -> None:
    given = {"quantity": "length", "value": 300, "unit": "km", "sources": ["S2"]}
    tiny.properties("new-road")["figures"] = [given]
    entry = {c.id: c for c in check_claims(tiny.load())}["new-road/length"]
    assert entry.result == "map_differs"
    assert entry.label.startswith("Differs from the map by ")
    tiny.properties("new-road")["figures"] = [{**given, "value": 30}]
    assert "new-road/length" not in {c.id for c in check_claims(tiny.load())}


def test_lines_tell_their_length_with_its_range_and_which_sources_are_outside(
    tiny: TinyCorridor,
) -> None:
    given = {"quantity": "length", "unit": "km", "sources": ["S2"]}
    tiny.properties("new-road")["figures"] = [
        {**given, "value": 300},
        {**given, "value": 30},
        {**given, "value": 2, "of": "the tunnel"},
    ]
    drawn = length_m(tiny.load().layers[-1].frame.geometry.loc["new-road"]) / 1000
    found = measured_lengths(tiny.load())
    assert set(found) == {"new-road", "old-railway"}
    assert found["old-railway"].outside == ()
    assert found["new-road"].text.startswith(f"{drawn:.0f} km on the map (")
    assert found["new-road"].outside == ("300 km",)


# Figures on which sources differ


def test_figures_that_differ_have_an_entry_and_others_have_none(corridor: Corridor) -> None:
    found = [check for check in check_claims(corridor) if check.kind == "figure"]
    assert [check.id for check in found] == ["north-bridge/length"]
    assert fits(found[0]) == {216: "differs", 374: "differs"}


def test_one_source_with_two_values_is_told_as_such(tiny: TinyCorridor) -> None:
    for given in tiny.properties("north-bridge")["figures"]:
        given["sources"] = ["S2"]
    entry = {c.id: c for c in check_claims(tiny.load())}["north-bridge/length"]
    assert (entry.result, entry.label) == ("sources_differ", "Values differ")
    assert "one source gives" in entry.finding


def test_values_of_two_periods_do_not_differ(tiny: TinyCorridor) -> None:
    given = {"quantity": "progress", "unit": "%", "sources": ["S2"]}
    tiny.properties("north-bridge")["figures"] = [
        {**given, "value": 60, "date": "2022"},
        {**given, "value": 80, "date": "2023", "sources": ["S1"]},
    ]
    assert not [c for c in check_claims(tiny.load()) if c.kind == "figure"]


@pytest.mark.parametrize("name", ["azerbaijan-iran", "north-south"])
def test_no_two_checks_have_the_same_title(name: str) -> None:
    titles = [check.text for check in check_claims(load_corridor(find_corridor(name)))]
    assert len(titles) == len(set(titles))


def test_the_year_tells_checks_of_one_quantity_apart_and_names_keep_capitals(
    checks: dict[str, ClaimCheck],
) -> None:
    check = checks["astara-rail-crossing/traffic-astara-terminal-2024"]
    assert check.text == "Astara rail crossing: traffic (Astara terminal, handled, 2024)"
    assert checks["nakhchivan/border-with-türkiye"].text.endswith(": border with Türkiye")


# What is shown


def test_the_report_has_the_agreed_keys_and_one_entry_per_claim(corridor: Corridor) -> None:
    report = claims_report(corridor)
    assert all(set(entry) == KEYS for entry in report)
    ids = [entry["id"] for entry in report]
    assert ids[: len(corridor.annotations)] == [a.id for a in corridor.annotations]
    assert len(ids) == len(set(ids))
    for entry in report:
        assert entry["result"] in RESULTS
        assert entry["rule"]
        for value in entry["values"]:
            assert value["unit"]
            assert value["sources"]


def test_page_and_picture_show_the_result(tiny: TinyCorridor) -> None:
    claim(tiny, figure(374))
    opened = tiny.load()
    scene = {c.id: c.check for c in resolve(opened).claims}["claim-road"]
    assert scene is not None
    assert (scene.result, scene.label) == ("sources_differ", "Differs by 158 m")
    assert scene.sources == ("S2",)
    assert scene.rule
    document = build_document(opened)
    entry = next(c for c in document["checks"] if c["id"] == "claim-road")
    assert set(entry) >= KEYS - {"origins"} | {"label", "finding", "kind", "features"}
    assert set(scene.sources) <= set(document["sources"])


# Bad input


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (figure(5, unit=None), "'unit' in entry 2 of 'figures' in 'claim'"),
        (figure(5, feature="nowhere"), "names the unknown feature 'nowhere'"),
        (figure("soon", quantity="opening", unit="date"), "'soon' is no date"),
        (figure("many"), "'many' is not a number"),
        (
            figure(5, quantity="span", evidence=[{"value": 5, "unit": "m", "sources": ["S9"]}]),
            "source 'S9'",
        ),
        (figure(5, evidence=[{"value": 5, "unit": "m", "sources": []}]), "'evidence'"),
        (figure(5, bound="roughly"), "'bound'"),
    ],
)
def test_a_bad_figure_is_named_and_the_claim_stays(
    tiny: TinyCorridor, broken: dict[str, Any], problem: str
) -> None:
    broken = {key: part for key, part in broken.items() if part is not None}
    check = claim(tiny, figure(216), broken)
    assert check.result == "confirmed"
    findings = [f for f in validate(tiny.write()) if f.feature == "claim-road"]
    assert len(findings) == 1
    assert findings[0].file == "annotations.jsonld"
    assert problem in findings[0].problem
    assert findings[0].remedy


def test_a_check_by_hand_that_contradicts_the_rule_is_named(tiny: TinyCorridor) -> None:
    claim(tiny, figure(374), check={"result": "agrees", "text": "", "sources": ["S2"]})
    problems = [f.problem for f in validate(tiny.write()) if f.feature == "claim-road"]
    assert len(problems) == 1
    assert "by hand says 'agrees', the rule says 'sources differ'" in problems[0]


# The built-in corridor


@pytest.mark.parametrize(
    ("identity", "result", "values"),
    [
        ("claim-rasht-astara-length", "sources_differ", {162, 152, 170, 161.8}),
        ("claim-rail-growth", "repeated", {47}),
        ("claim-rail-tonnage", "repeated", {700_000, 645_000, 692_000}),
        ("claim-rasht-astara-cost", "sources_differ", {1.6e9}),
        ("claim-aghband-start", "sources_differ", {"2023-10", "2022-09-21", "2023-10-06"}),
        ("claim-astarachay-opening", "confirmed", {"2023-12-30"}),
        ("claim-prosecutors", "sources_differ", {"2023-12-26", "2023-12-23"}),
        ("claim-embassy-victims", "confirmed", {1, 2}),
        ("claim-diplomacy", "untestable", set()),
        ("claim-deputies-call", "sources_differ", {"Deputy Prime Minister"}),
        ("claim-new-passage", "repeated", {"2023-12-22"}),
        ("aghband-kalaleh-road-bridge/length", "sources_differ", {216, 220, 374}),
        ("rasht-astara-railway/length", "sources_differ", {152, 170}),
        ("nakhchivan/area", "sources_differ", {5502.75, 5363}),
    ],
)
def test_known_disagreements_are_found(
    checks: dict[str, ClaimCheck], identity: str, result: str, values: set[Any]
) -> None:
    check = checks[identity]
    assert check.result == result, check.finding
    assert values <= {judged.value.value for judged in check.values}


def test_every_number_of_the_article_is_tested_by_a_rule(
    built_in: Corridor, checks: dict[str, ClaimCheck]
) -> None:
    numbered = [a.id for a in built_in.annotations if a.claim.figures]
    assert len(numbered) >= 12
    assert [i for i in numbered if checks[i].by_hand or checks[i].result == "untestable"] == []


def test_no_word_blames_anybody(checks: dict[str, ClaimCheck]) -> None:
    for check in checks.values():
        said = f"{check.label} {check.rule}".casefold().split()
        assert not set(BLAME) & set(said), check.id


def test_the_table_stays_small(built_in: Corridor) -> None:
    table = json.dumps(build_document(built_in)["checks"], ensure_ascii=False)
    assert len(table.encode()) < 72_000
