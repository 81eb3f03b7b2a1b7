"""A promise is held against what happened: at any date one state, told alike everywhere."""

from __future__ import annotations

import datetime as dt
import json
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.app.browser.document import build_document
from corridormap.layers.corridor.corridor import Corridor, find_corridor, load_corridor
from corridormap.layers.corridor.feature import FeatureProperties
from corridormap.layers.exports.data import data_files
from corridormap.layers.picture.strip.strip import render_strip
from corridormap.layers.promises.dues import due_days
from corridormap.layers.promises.entries import promise_entries
from corridormap.layers.promises.ledger import Course, courses_of, ledger, months_between
from corridormap.layers.promises.told import told_courses
from corridormap.layers.promises.words import due_label, standing_text, state_text
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.validation.validate import validate
from tests.modules import ask

if TYPE_CHECKING:
    from tests.test_layers.conftest import TinyCorridor

BUILT_IN = ("azerbaijan-iran", "north-south")
DAYS = ("2016-12-31", "2019-01-01", "2021-04-01", "2023-12-29", "2024-06-20", "2026-03-09")
UNTIL = "2026-03-09"

days = st.dates(dt.date(2000, 1, 1), dt.date(2040, 12, 31)).map(dt.date.isoformat)


@cache
def loaded(id_: str) -> Corridor:
    return load_corridor(find_corridor(id_))


def promise(said: str, due: str, **more: Any) -> dict[str, Any]:
    return {
        "milestone": "opening",
        "by": "Ministry",
        "said": said,
        "due": due,
        "sources": ["S1"],
        **more,
    }


def properties(promises: list[dict[str, Any]], opened: str | None = None) -> FeatureProperties:
    history = [{"date": "2000", "status": "announced", "sources": ["S1"]}]
    if opened:
        event = {"date": opened, "status": "operating", "milestone": "opening", "sources": ["S1"]}
        history.append(event)
    return FeatureProperties.model_validate(
        {
            "name": "Line",
            "kind": "railway",
            "position_quality": "traced",
            "uncertainty_m": 100,
            "status_history": history,
            "promises": promises,
            "sources": ["S1"],
        }
    )


def course(promises: list[dict[str, Any]], opened: str | None = None) -> Course:
    (made,) = courses_of("line", properties(promises, opened))
    return made


@pytest.mark.parametrize(
    ("due", "opened", "date", "state", "text"),
    [
        ("2020", None, "2019-12-31", None, ""),
        ("2020", None, "2020-01-01", "open", "open"),
        ("2020", None, "2020-12-31", "open", "open"),
        ("2020", None, "2021-01-01", "overdue", "overdue by 1 day"),
        ("2020", None, "2021-04-30", "overdue", "overdue by 4 months"),
        ("2020-06", "2020-06-30", "2020-06-29", "open", "open"),
        ("2020-06", "2020-06-30", "2020-06-30", "kept", "kept"),
        ("2020-06", "2020", "2030-01-01", "kept", "kept"),
        ("2020-06", "2021-08-31", "2021-08-29", "overdue", "overdue by 13 months"),
        ("2020-06", "2021-08-31", "2021-08-31", "late", "late by 14 months"),
        ("2020-06", "2021-08-31", "2039-01-01", "late", "late by 14 months"),
        ("2020-01/2020-03", "2020-04-02", "2020-04-02", "late", "late by 2 days"),
    ],
)
def test_a_promise_has_one_state_at_a_date(
    due: str, opened: str | None, date: str, state: str | None, text: str
) -> None:
    one = course([promise("2020", due)], opened)
    assert one.state_of(one.promises[0], date) == state
    assert state_text(one, one.promises[0], date) == text


def test_only_a_date_later_than_all_before_is_a_put_off() -> None:
    said = [
        ("2017", "2017"),
        ("2018", "2021"),
        ("2019", "2020"),
        ("2020", "2021"),
        ("2021", "2030"),
    ]
    one = course([promise(when, due) for when, due in said])
    assert [p.due for p in one.put_off("2021-01-01")] == ["2021", "2030"]
    assert [p.due for p in one.put_off("2020-12-31")] == ["2021"]
    assert not one.put_off("2017-06-01")


@given(days, days)
def test_months_are_counted_as_a_calendar_does(one: str, other: str) -> None:
    start, end = sorted((one, other))
    months = months_between(start, end)
    assert months >= 0
    days_apart = (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days
    assert 27 * months <= days_apart <= 31 * (months + 1)


@st.composite
def told_promises(draw: st.DrawFn) -> tuple[list[dict[str, Any]], str | None]:
    pairs = draw(st.lists(st.tuples(days, days).map(sorted), min_size=1, max_size=5))
    return [promise(said, due) for said, due in pairs], draw(st.none() | days)


@given(told_promises(), days)
def test_what_is_told_ahead_is_what_is_decided_on_the_day(
    told: tuple[list[dict[str, Any]], str | None], date: str
) -> None:
    said = properties(*told)
    (one,), (ahead,) = courses_of("line", said), told_courses("line", said, UNTIL)
    for made, known in zip(one.promises, ahead.promises, strict=True):
        turn = known.at(date)
        assert (turn.state if turn else None) == one.state_of(made, date)
        assert (turn.text if turn else "") == standing_text(one, made, date)
    last = one.said_by(date)
    now = ahead.at(date)
    assert (now.state if now else None) == (one.state_of(last[-1], date) if last else None)
    if ahead.chart is None:
        assert len(one.promises) == 1
        return
    for point in ahead.chart.promises:
        assert 0 <= point.low <= point.high <= 1
        assert 0 <= point.x <= 1
    for tick in (*ahead.chart.said_ticks, *ahead.chart.due_ticks):
        assert 0 <= tick.at <= tick.label_at <= 1


@given(told_promises(), days)
def test_a_due_day_has_the_gravest_state_of_what_was_due_on_it(
    told: tuple[list[dict[str, Any]], str | None], date: str
) -> None:
    said = properties(*told)
    (one,), known = courses_of("line", said), told_courses("line", said, UNTIL)
    marks = due_days("line", known)
    assert [mark["date"] for mark in marks] == sorted({made.due_by for made in one.promises})
    for mark in marks:
        due = [made for made in one.said_by(date) if made.due_by == mark["date"]]
        turns = [turn for turn in mark["turns"] if turn.since <= date]
        assert bool(turns) == bool(due)
        if not due:
            continue
        states = {str(one.state_of(made, date)) for made in due}
        assert turns[-1].state == min(states, key=["overdue", "late", "open", "kept"].index)
        for made in due:
            told_of = f"opening due {due_label(made)}: {standing_text(one, made, date)}"
            assert told_of in turns[-1].text.split("; ")


@pytest.mark.parametrize("id_", BUILT_IN)
def test_the_timeline_marks_what_was_due_of_the_feature_selected(id_: str) -> None:
    document = build_document(loaded(id_))
    feature = "rasht-astara-railway"
    layers = [layer["id"] for layer in document["layers"]]
    function = """({ document, dates, selected, layers }) => {
        const feature = (id) => document.features.find((one) => one.id === id) || null;
        const at = (date, selected, layers) =>
            dues.duesOf({ document, feature }, { view: { date, selected, layers } });
        return dates.map((date) => [
            at(date, selected, []),
            at(date, null, layers),
            at(date, null, []),
        ]);
    }"""
    given_ = {"document": document, "dates": DAYS, "selected": feature, "layers": layers}
    answers = ask({"dues": "panels/timeline/dues.js"}, function, given_)
    for date, (own, quiet, none) in zip(DAYS, answers, strict=True):
        rows = promise_entries(loaded(id_), date)
        due = sorted({row["due_by"] for row in rows if row["id"] == feature})
        assert own["own"] is bool(due)
        assert [mark["date"] for mark in own["days"]] == due
        assert {(mark["date"], mark["state"]) for mark in own["days"]} <= {
            (row["due_by"], row["state"]) for row in rows if row["id"] == feature
        }
        assert not quiet["own"]
        assert {mark["date"] for mark in quiet["days"]} == {row["due_by"] for row in rows}
        assert none["days"] == []


@pytest.mark.parametrize("ahead", ["", "2031-02-28"])
def test_the_axis_gives_what_lies_ahead_a_scale_of_its_own(ahead: str) -> None:
    dates = {"axis": "2017-01-01", "last": "2026-04-07", "named": [], "ahead": ahead}
    function = """({ dates, width }) => {
        const made = axis.axisOf(dates, dates.last);
        const { xOf, dayAt, knownPx } = axis.scaleOf(made, width);
        const days = [made.start, made.last, made.end, made.ahead];
        return { made, knownPx, xs: days.map(xOf), back: days.map((day) => dayAt(xOf(day))) };
    }"""
    answer = ask({"axis": "panels/timeline/axis.js"}, function, {"dates": dates, "width": 200})
    made, xs = answer["made"], answer["xs"]
    assert xs == sorted(xs)
    assert xs[-1] == pytest.approx(200)
    assert (answer["knownPx"] < 200) is bool(ahead)
    # A place names a day that the map can show, also where only due dates stand.
    shown = [made["start"], made["last"], made["end"], made["end"]]
    assert answer["back"] == pytest.approx(shown)


@pytest.mark.parametrize("id_", BUILT_IN)
@pytest.mark.parametrize("date", DAYS)
def test_all_views_tell_the_same_promises(id_: str, date: str) -> None:
    corridor = loaded(id_)
    rows = promise_entries(corridor, date)
    told = [
        (feature.id, turn.state)
        for feature in resolve(corridor).features
        for one in feature.promises
        for made in one.promises
        if (turn := made.at(date))
    ]
    assert sorted(told) == sorted((row["id"], row["state"]) for row in rows)
    for row in rows:
        assert row["by"]
        assert set(row["sources"]) <= set(corridor.sources)
    table = data_files(corridor, date)["promises.csv"].decode("utf-8-sig").splitlines()
    assert len(table) == len(rows) + 1


def test_the_missing_link_was_due_again_and_again() -> None:
    (one,) = (
        course
        for course in ledger(loaded("azerbaijan-iran"))
        if (course.feature, course.milestone) == ("rasht-astara-railway", "opening")
    )
    due = [due_label(promise)[-4:] for promise in one.promises]
    assert {"2017", "2027", "2028", "2030"} <= set(due)
    assert all(promise.sources for promise in one.promises)
    assert one.reached is None


def test_the_strip_draws_how_dates_moved() -> None:
    file = BytesIO()
    render_strip(loaded("azerbaijan-iran"), "baku-rasht-qazvin", UNTIL, file, format="svg")
    drawn = file.getvalue().decode()
    assert 'id="promises"' in drawn
    assert "Rasht–Astara railway: opening" in drawn
    early = BytesIO()
    render_strip(loaded("azerbaijan-iran"), "baku-rasht-qazvin", "2016-06-01", early, format="svg")
    assert 'id="promises"' not in early.getvalue().decode()


NAME = "north-bridge"
WRONG = [
    (promise("2021", "2020-12"), "was said on 2021, after it was due (2020-12)"),
    (promise("2019", "soon"), "which is no date and no period"),
    (promise("2019", "2020/2021/2022"), "which is no date and no period"),
    (promise("2019", "2022/2021"), "a period that ends before it begins"),
    (promise("2019-13", "2021"), "which is no date"),
    (promise("2019", "2021", by=""), "is empty"),
    (promise("2019", "2021", sources=["S99"]), "names the unknown source 'S99'"),
    (promise("2019", "2021", sources=[]), "no source"),
]


@pytest.mark.parametrize(("wrong", "words"), WRONG)
def test_a_wrong_promise_is_named(tiny: TinyCorridor, wrong: dict[str, Any], words: str) -> None:
    tiny.properties(NAME)["promises"] = [promise("2018", "2019"), wrong]
    found = [one for one in validate(tiny.write()) if words in str(one)]
    assert [one.feature for one in found] == [NAME]
    assert found[0].field.startswith("promises.1")
    assert found[0].remedy
    assert json.dumps(found[0].as_dict())


def test_a_promise_is_held_against_events_sources_and_its_twins(tiny: TinyCorridor) -> None:
    said = tiny.properties(NAME)
    said["status_history"] = [
        {"date": "2020", "status": "operating", "milestone": "opening", "sources": ["S1"]}
    ]
    said["promises"] = [
        promise("2019", "2021"),
        promise("2019", "2021"),
        promise("2022", "2023"),
        promise("2031", "2032", milestone="rebuilding"),
    ]
    codes = {(one.code, one.field) for one in validate(tiny.write()) if one.feature == NAME}
    assert ("promise-stands-twice", "promises.1") in codes
    assert ("promise-was-kept-before", "promises.2.said") in codes
    assert ("promise-said-after-its-sources", "promises.3.said") in codes
    assert not [field for code, field in codes if field.startswith("promises.0")]
