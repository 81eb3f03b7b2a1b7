"""What changed in one corridor between two dates: statuses, figures, and what was reported.

Read off the dated events and figures of its features. A vague date (a year, a month) counts
from its first day, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import ViewError
from corridormap.layers.changes.change import Change
from corridormap.layers.claims.evidence import figure_values
from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.wording.kinds import is_simply_there
from corridormap.layers.wording.words import full_date, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.wording.quantity import Value

__all__ = ["changed_features", "changes_between", "dated_changes", "period_of", "usual_dates"]

_ORDER = ("status", "figure", "report")


@once_for
def usual_dates(corridor: Corridor) -> tuple[str, str]:
    """Return the ISO dates that are compared at first: the article's and the latest known.

    Where the article is the latest itself, the first is a year before it.
    """
    as_of = corridor.manifest.as_of
    events = [event for _, said in _features(corridor) for event in said.status_history]
    known = [full_date(event.date) or "" for event in events]
    known += [named.date.isoformat() for named in corridor.manifest.dates]
    latest = max([as_of.isoformat(), *known])
    if as_of.isoformat() < latest:
        return as_of.isoformat(), latest
    month_day = as_of.strftime("%m-%d")
    before = f"{as_of.year - 1:04}-{'02-28' if month_day == '02-29' else month_day}"
    return before, latest


def period_of(corridor: Corridor, since: str | None, date: str) -> tuple[str, str]:
    """Return the earlier and the later of a view's two ISO dates; with one, the usual other."""
    if since is not None:
        return min(since, date), max(since, date)
    start, latest = usual_dates(corridor)
    return start, date if date > start else latest


def changes_between(corridor: Corridor, start: str, end: str) -> tuple[Change, ...]:
    """Return what changed after one ISO date, up to and with another.

    Rows are by feature in the corridor's order, and by date within it. A status row has the
    status before and after (None before the first event), a figure row the values, a report
    the status that stayed.

    Raises
    ------
    ViewError
        The first date is not before the other.
    """
    if start >= end:
        raise ViewError("changes-need-two-dates", start=start, end=end)
    return tuple(row for row in dated_changes(corridor) if start < row.since <= end)


def changed_features(corridor: Corridor, one: str, other: str) -> frozenset[str]:
    """Return the ids of the features whose status or figures changed between two ISO dates."""
    start, end = min(one, other), max(one, other)
    rows = dated_changes(corridor)
    return frozenset(row.id for row in rows if row.lights and start < row.since <= end)


@once_for
def dated_changes(corridor: Corridor) -> tuple[Change, ...]:
    """Return every dated change of a corridor; the same corridor is read once."""
    return tuple(
        change
        for feature, said in _features(corridor)
        for change in sorted(
            [*_events(feature, said), *_figures(feature, said)],
            key=lambda row: (row.since, _ORDER.index(row.field)),
        )
    )


def _features(corridor: Corridor) -> Iterator[tuple[str, FeatureProperties]]:
    return (pair for layer in corridor.layers for pair in layer.features.items())


def _events(feature: str, said: FeatureProperties) -> Iterator[Change]:
    if is_simply_there(said.kind, [event.status for event in said.status_history]):
        return
    before: str | None = None
    for event in said.events():
        yield Change(
            about="feature",
            id=feature,
            name=plain(said.name),
            field="report" if event.status == before else "status",
            before=before,
            after=event.status,
            date=event.date,
            note=plain(event.note),
            kind=said.kind,
            sources=event.sources,
        )
        before = event.status


def _figures(feature: str, said: FeatureProperties) -> Iterator[Change]:
    """Yield each date at which other values of a quantity were given than before."""
    like: dict[tuple[str, ...], list[Value]] = {}
    for value in figure_values(said):
        if full_date(_time(value)):
            key = (value.quantity, value.of, value.kind, value.dimension)
            like.setdefault(key, []).append(value)
    for values in like.values():
        before: tuple[Value, ...] = ()
        for date in sorted({_time(value) for value in values}, key=_since):
            after = tuple(value for value in values if _time(value) == date)
            if not _numbers(after) <= _numbers(before):
                yield Change(
                    about="feature",
                    id=feature,
                    name=plain(said.name),
                    field="figure",
                    before=before or None,
                    after=after,
                    date=date,
                    part=after[0].quantity,
                    kind=said.kind,
                    sources=tuple(dict.fromkeys(i for v in after for i in v.sources)),
                )
            before = after


def _time(value: Value) -> str:
    return value.date or value.period


def _since(date: str) -> str:
    return full_date(date) or date


def _numbers(values: Iterable[Value]) -> set[tuple[object, ...]]:
    return {(value.value, value.value_max, value.unit, value.bound) for value in values}
