"""Changes add up to what the map shows at both dates, and editions tell every edit."""

from __future__ import annotations

import json
from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.errors import ViewError
from corridormap.layers.changes.dated import (
    changed_features,
    changes_between,
    dated_changes,
    usual_dates,
)
from corridormap.layers.changes.editions import changes_of_editions
from corridormap.layers.changes.entries import change_entry, changes_document
from corridormap.layers.changes.words import change_text
from corridormap.layers.corridor.corridor import Corridor, find_corridor, load_corridor
from corridormap.layers.scene.resolve import build_scene, resolve
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.test_layers.conftest import TinyCorridor

BUILT_IN = ("azerbaijan-iran", "north-south")
DATES = ("1990-01-01", "2013-07-09", "2020-03-01", "2023-12-29", "2023-12-30", "2026-03-09")
PERIODS = list(combinations(DATES, 2))


@cache
def loaded(id_: str) -> Corridor:
    return load_corridor(find_corridor(id_))


@pytest.mark.parametrize("id_", BUILT_IN)
@pytest.mark.parametrize(("start", "end"), PERIODS)
def test_status_rows_lead_from_the_status_at_one_date_to_that_at_the_other(
    id_: str, start: str, end: str
) -> None:
    corridor = loaded(id_)
    rows = [row for row in changes_between(corridor, start, end) if row.field == "status"]
    for feature in resolve(corridor).features:
        before, after = (feature.phase_at(date) for date in (start, end))
        now = before.status if before else None
        for row in rows:
            if row.id == feature.id:
                assert row.before == now
                now = str(row.after)
        if len(feature.history) > 1 or now is not None:  # what simply stands there has no rows
            assert now == (after.status if after else None)


@pytest.mark.parametrize("id_", BUILT_IN)
def test_a_period_holds_what_its_parts_hold(id_: str) -> None:
    corridor = loaded(id_)
    for one, two, three in combinations(DATES, 3):
        parts = [*changes_between(corridor, one, two), *changes_between(corridor, two, three)]
        whole = changes_between(corridor, one, three)
        assert sorted(map(repr, parts)) == sorted(map(repr, whole))


@pytest.mark.parametrize("id_", BUILT_IN)
def test_every_change_of_the_data_has_words_a_source_and_a_date(id_: str) -> None:
    corridor = loaded(id_)
    for row in dated_changes(corridor):
        assert change_text(row)
        assert set(row.sources) <= set(corridor.sources)
        assert row.sources
        assert row.since >= row.date
    assert json.dumps([change_entry(row) for row in dated_changes(corridor)])


@pytest.mark.parametrize("id_", BUILT_IN)
def test_the_document_lists_what_the_rows_say_and_lights_the_same(id_: str) -> None:
    corridor = loaded(id_)
    told = changes_document(corridor)
    start, end = told["since"], told["date"]
    rows = [row for row in told["rows"] if start < row["since"] <= end]
    expected = changes_between(corridor, start, end)
    assert [row["text"] for row in rows] == [change_text(row) for row in expected]
    assert {r["feature"] for r in rows if r["lights"]} == changed_features(corridor, end, start)


def test_the_usual_dates_are_the_article_s_and_the_latest(corridor: Corridor) -> None:
    assert usual_dates(corridor) == ("2023-06-01", "2024-05-01")
    assert usual_dates(loaded("azerbaijan-iran")) == ("2023-12-29", "2026-04-07")
    # Its article is the latest itself.
    assert usual_dates(loaded("north-south")) == ("2025-11-23", "2026-11-23")


def test_one_day_or_none_between_is_refused(corridor: Corridor) -> None:
    for end in ("2023-06-01", "2020-01-01"):
        with pytest.raises(ViewError, match="Give an earlier date first"):
            changes_between(corridor, "2023-06-01", end)


def events(*pairs: tuple[str, str]) -> list[dict[str, Any]]:
    return [{"date": date, "status": status, "sources": ["S2"]} for date, status in pairs]


def figures(*values: tuple[str, float]) -> list[dict[str, Any]]:
    return [
        {"quantity": "length", "value": value, "unit": "m", "date": date, "sources": ["S2"]}
        for date, value in values
    ]


@pytest.mark.parametrize(
    ("history", "lengths", "texts", "lights"),
    [
        ([("2022", "announced"), ("2023-07", "construction")], [],
         ["Under construction, until then announced"], True),
        ([("2022", "announced"), ("2023-07", "announced")], [], ["Still announced"], False),
        # A vague date counts from its first day, so a year that has begun is over.
        ([("2022", "announced"), ("2023", "construction")], [], [], False),
        ([("2022", "announced"), ("2023-07-01", "construction"), ("2023-08", "shelved")], [],
         ["Under construction, until then announced", "Shelved, until then under construction"],
         True),
        ([("2023-07", "announced")], [], ["Announced"], True),
        ([("2022", "announced")], [("2023-07", 90)], ["Length: 90 m"], False),
        ([("2022", "announced")], [("2022-05", 80), ("2023-07", 90)],
         ["Length: 90 m; before: 80 m (May 2022)"], True),
        ([("2022", "announced")], [("2022-05", 80), ("2023-07", 80)], [], False),
        ([("2022", "announced")], [("2023-07", 80), ("2023-07", 90)],
         ["Length: 80 m, 90 m"], False),
    ],
)  # fmt: skip
def test_what_counts_as_a_change(
    tiny: TinyCorridor,
    history: list[tuple[str, str]],
    lengths: list[tuple[str, float]],
    texts: list[str],
    lights: bool,  # noqa: FBT001
) -> None:
    said = tiny.properties("north-bridge")
    said["status_history"], said["figures"] = events(*history), figures(*lengths)
    corridor = tiny.load()
    rows = changes_between(corridor, "2023-06-01", "2024-05-01")
    assert [change_text(row) for row in rows if row.id == "north-bridge"] == texts
    assert ("north-bridge" in changed_features(corridor, "2023-06-01", "2024-05-01")) == lights


def test_a_view_with_two_dates_lights_what_changed_between_them() -> None:
    corridor = loaded("azerbaijan-iran")
    start, end = usual_dates(corridor)
    view = default_view(corridor).model_copy(update={"date": end, "since": start})
    changed = changed_features(corridor, start, end)
    for seen in (view, view.model_copy(update={"date": start, "since": end})):
        scene = build_scene(corridor, seen)
        for item in scene.items:
            assert item.state == ("lit" if item.feature.id in changed else "dimmed")
    claim = corridor.annotations[0]
    scene = build_scene(corridor, view.model_copy(update={"claim": claim.id}))
    assert {i.feature.id for i in scene.items if i.state == "lit"} <= set(claim.features)
    assert not scene.changed


def renamed(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge")["name"] = "Northern bridge"


def moved(tiny: TinyCorridor) -> None:
    tiny.feature("north-bridge")["geometry"]["coordinates"][0] += 0.01


def finished(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge")["status_history"] += events(("2024-06", "retired"))


def measured(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge")["figures"] = figures(("2024", 123))


def unsure(tiny: TinyCorridor) -> None:
    said = tiny.properties("north-bridge")
    said["position_quality"], said["uncertainty_m"] = "approximate", 900


def taken(tiny: TinyCorridor) -> None:
    tiny.annotations.pop()


def said_otherwise(tiny: TinyCorridor) -> None:
    tiny.annotations[0]["body"]["value"] = "Something else."


def removed(tiny: TinyCorridor) -> None:
    tiny.layers["ways"].pop()


def retitled(tiny: TinyCorridor) -> None:
    tiny.sources[1]["title"] = "Another title"


def reordered(tiny: TinyCorridor) -> None:
    tiny.layers["bridges"].reverse()
    tiny.sources.reverse()


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (renamed, {("feature", "name")}),
        (moved, {("feature", "geometry")}),
        (finished, {("feature", "history")}),
        (measured, {("feature", "figure")}),
        (unsure, {("feature", "position")}),
        (taken, {("claim", "presence")}),
        (said_otherwise, {("claim", "text")}),
        (removed, {("feature", "presence")}),
        (retitled, {("source", "text")}),
        (reordered, set()),
    ],
)
def test_an_edit_is_told_by_the_field_that_it_touched(
    make_tiny: Callable[[str], TinyCorridor],
    edit: Callable[[TinyCorridor], None],
    told: set[tuple[str, str]],
) -> None:
    older, newer = make_tiny("older"), make_tiny("newer")
    edit(newer)
    one, other = older.load(), newer.load()
    rows = changes_of_editions(one, other)
    assert {(row.about, row.field) for row in rows if row.field != "sources"} == told
    for row in rows:
        assert change_text(row)
    # The other way round the same things differ.
    back = changes_of_editions(other, one)
    assert {(r.about, r.id, r.field) for r in back} == {(r.about, r.id, r.field) for r in rows}


def test_two_corridors_are_not_two_editions() -> None:
    with pytest.raises(ViewError, match="not an edition"):
        changes_of_editions(*map(loaded, BUILT_IN))
