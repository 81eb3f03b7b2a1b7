"""A status holds until the next event, or until the end that was announced with it."""

from __future__ import annotations

import csv
import datetime as dt
import io
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.corridor.feature import StatusEvent
from corridormap.layers.corridor.status import STATUSES, states_of
from corridormap.layers.exports.data import data_files
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.scene.timeline import timeline_of
from corridormap.layers.validation.validate import validate

if TYPE_CHECKING:
    from tests.test_layers.conftest import TinyCorridor

days = st.dates(dt.date(2000, 1, 1), dt.date(2010, 12, 31))


@st.composite
def events(draw: st.DrawFn) -> list[StatusEvent]:
    made = []
    for day in sorted(draw(st.lists(days, min_size=1, max_size=6))):
        ends = draw(st.none() | days)
        said = {"date": day.isoformat(), "status": draw(st.sampled_from(STATUSES[:4]))}
        if ends and ends >= day:
            said["until"] = ends.isoformat()
        made.append(StatusEvent.model_validate(said))
    return made


@given(events(), days)
def test_on_any_day_it_is_the_last_event_that_changed_it_unless_that_ended(
    made: list[StatusEvent], day: dt.date
) -> None:
    date = day.isoformat()
    # Day by day, as a reader of the events would.
    status, ends, known = None, "", False
    for event in made:
        if event.since > date:
            break
        if known and ends and ends < event.since:
            known = False
        if known and event.status == status:
            continue
        status, ends, known = event.status, event.last_day, True
    if known and ends and ends < date:
        known = False
    states = [state for state in states_of(made) if state.since <= date]
    if status is None:
        assert not states
    elif len({event.date for event in made}) == len(made):  # on one day the last event counts
        assert (states[-1].status, states[-1].is_known) == (status, known)


@given(events())
def test_states_follow_each_other_and_differ(made: list[StatusEvent]) -> None:
    states = states_of(made)
    assert [state.since for state in states] == sorted({state.since for state in states})
    for before, after in pairwise(states):
        assert before[1:] != after[1:]


def closed(**more: Any) -> dict[str, Any]:
    return {"date": "2020-03", "status": "mothballed", "note": "closed", "sources": ["S1"], **more}


def test_after_an_announced_end_a_status_is_not_known(tiny: TinyCorridor) -> None:
    said = tiny.properties("north-bridge")
    opened = {"date": "2019", "status": "operating", "sources": ["S1"]}
    said["status_history"] = [opened, closed(until="2020-07-01")]
    corridor = load_corridor(tiny.write())
    feature = next(f for f in resolve(corridor).features if f.id == "north-bridge")
    told = [(phase.since, phase.status) for phase in feature.phases]
    assert told == [("2019-01-01", "operating"), ("2020-03-01", "mothballed"), ("2020-07-02", "")]
    assert feature.phases[-1].status_label == "Not known since 2 Jul 2020"
    assert feature.history[-1].text.endswith("until 1 Jul 2020; what holds since is not known")
    table = io.StringIO(data_files(corridor, "2021-01-01")["features.csv"].decode("utf-8-sig"))
    row = next(row for row in csv.DictReader(table) if row["id"] == "north-bridge")
    assert (row["status"], row["status_since"]) == ("", "2020-07-02")


def test_the_end_of_what_a_report_tells_ends_no_status(tiny: TinyCorridor) -> None:
    said = tiny.properties("north-bridge")
    opened = {"date": "2019", "status": "operating", "sources": ["S1"]}
    report = closed(status="operating", until="2020-07-01")
    later = {"date": "2021", "status": "operating", "note": "open again", "sources": ["S1"]}
    said["status_history"] = [opened, report, later]
    feature = next(
        f for f in resolve(load_corridor(tiny.write())).features if f.id == "north-bridge"
    )
    assert [phase.status for phase in feature.phases] == ["operating"]
    assert feature.history[1].text == "Closed, until 1 Jul 2020"


def test_an_end_before_its_beginning_is_named(tiny: TinyCorridor) -> None:
    said = tiny.properties("north-bridge")
    said["status_history"] = [{"date": "2019", "status": "operating", "sources": ["S1"]}]
    said["status_history"].append(closed(until="2019-12-31"))
    found = [one for one in validate(tiny.write()) if one.code == "event-ends-before-it-begins"]
    assert [one.feature for one in found] == ["north-bridge"]
    assert found[0].field == "status_history.1"


@pytest.mark.parametrize("searched", ["", "searched = 2026-11-30\n"])
def test_a_named_day_says_that_nothing_newer_was_found(tiny: TinyCorridor, searched: str) -> None:
    folder = tiny.write()
    manifest = folder / "corridor.toml"
    day = f'\n[[dates]]\nid = "last"\nlabel = "Last"\ndate = 2024-06-01\n{searched}'
    manifest.write_text(manifest.read_text(encoding="utf-8") + day, encoding="utf-8")
    corridor = load_corridor(folder)
    named = timeline_of(resolve(corridor).features, corridor.manifest)["named"][-1]
    words = "Nothing newer was found in a search of 30 November 2026"
    assert named["note"] == (words if searched else "")
    readme = data_files(corridor, "2024-06-01")["README.txt"].decode()
    assert (words in readme) == bool(searched)
