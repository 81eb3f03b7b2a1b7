"""Write checks as plain JSON: the list of the command line, and the table of the page.

Both have the same keys; the page's entries also carry the words to show. No wording is made
here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NotRequired, TypedDict, cast

from corridormap.layers.claims.later import later_verdict
from corridormap.layers.claims.words import (
    about_text,
    aside_text,
    origins_text,
    quantity_label,
    value_text,
    why_text,
)
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.claims.checks import CheckedQuantity, ClaimCheck
    from corridormap.layers.claims.later import Later
    from corridormap.layers.claims.origins import Guess
    from corridormap.layers.claims.verdict import Fit, Judged, Result
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.wording.quantity import Bound, Value

__all__ = ["OriginEntry", "PageEntry", "ReportEntry", "page_entry", "report_entry", "said_entry"]


class _Said(TypedDict):
    value: float | int | str
    """A number, or a date as YYYY, YYYY-MM or YYYY-MM-DD."""
    unit: str
    value_max: NotRequired[float | int | str]
    bound: NotRequired[Bound]
    of: NotRequired[str]
    """Its scope, when it is not of the whole thing."""
    kind: NotRequired[str]
    """What is counted, where that may differ."""
    period: NotRequired[str]
    """The time that it is of."""


class QuantityEntry(_Said):
    """A quantity that was tested."""

    quantity: str
    feature: NotRequired[str]


class ValueEntry(_Said):
    """A value that was looked at, and how it stands to the one tested."""

    sources: list[str]
    """Ids, or "map"."""
    fit: Fit
    date: NotRequired[str]
    note: NotRequired[str]
    low: NotRequired[float | int | str]
    high: NotRequired[float | int | str]
    place: NotRequired[str]
    """Where in its sources it stands, to read."""
    why: NotRequired[str]
    """Why it cannot be compared, or says nothing."""
    text: NotRequired[str]
    """The value to read; on the page alone."""
    about: NotRequired[str]
    """Its scope, kind and period, to read; on the page alone."""


class OriginEntry(TypedDict):
    """Sources that count as one."""

    sources: list[str]
    own: bool
    """Whether the article is of it."""
    guess: Guess
    """What it was guessed from, if nobody has said it; or empty."""


class _Entry(TypedDict):
    """What testing a claim or a figure gave."""

    id: str
    """The annotation's id, or "feature/quantity"."""
    text: str
    quantities: list[QuantityEntry]
    result: Result
    values: list[ValueEntry]
    """Those tested first."""
    rule: str
    """How it was tested, in words."""


class ReportEntry(_Entry):
    """The same for a program."""

    origins: list[OriginEntry]
    """Of what agrees with a claim; of what was looked at for a figure."""


class PageEntry(_Entry):
    """The same with what a page shows of it."""

    kind: Literal["claim", "figure"]
    label: str
    """The result to read."""
    counted: NotRequired[str]
    """The origins of what agrees with a claim, to read."""
    finding: str
    features: list[str]
    later: Later | None
    """Since when it can be given, as far as its sources have dates."""
    figure: NotRequired[str]
    """The label of the facts on the card that it belongs to."""
    about: NotRequired[str]


def report_entry(check: ClaimCheck) -> ReportEntry:
    """Return a check with the keys id, text, quantities, result, values, rule and origins."""
    origins: list[OriginEntry] = [
        {"sources": list(origin.sources), "own": origin.own, "guess": origin.guess}
        for origin in check.origins
    ]
    return {**_entry(check), "origins": origins}


def _entry(check: ClaimCheck) -> _Entry:
    return {
        "id": check.id,
        "text": check.text,
        "quantities": [_quantity(tested) for tested in check.quantities],
        "result": check.result,
        "values": [_judged(judged) for judged in check.values],
        "rule": check.rule,
    }


def page_entry(check: ClaimCheck, sources: Mapping[str, Source]) -> PageEntry:
    """Return a check as the report has it, and what a page shows of it.

    Parameters
    ----------
    check
        What testing gave.
    sources
        The corridor's bibliography, which knows since when a verdict can be given.
    """
    entry = _entry(check)
    for said, judged in zip(entry["values"], check.values, strict=True):
        said["text"] = value_text(judged.value)
        if about := aside_text(judged.value):
            said["about"] = about
    features = dict.fromkeys(tested.feature for tested in check.quantities if tested.feature)
    of_card = {}
    if check.kind == "figure":
        value = check.quantities[0].value
        # A card shows the check beside the figures of this label.
        of_card = {"figure": quantity_label(value.quantity), "about": about_text(value)}
    counted = origins_text(check.origins, sources) if check.kind == "claim" else ""
    shown = {
        **entry,
        **of_card,
        **({"counted": counted} if counted else {}),
        "kind": check.kind,
        "label": check.label,
        "finding": check.finding,
        "features": list(features),
        "later": later_verdict(sources, check.sources),
    }
    return cast("PageEntry", shown)


def _quantity(tested: CheckedQuantity) -> QuantityEntry:
    feature = {"feature": tested.feature} if tested.feature else {}
    entry = {"quantity": plain(tested.value.quantity), **said_entry(tested.value), **feature}
    return cast("QuantityEntry", entry)


def _judged(judged: Judged) -> ValueEntry:
    """Return a value with its unit and its sources: ids, or "map"."""
    value = judged.value
    said = {**said_entry(value), "sources": list(value.sources), "fit": judged.fit}
    entry = cast("ValueEntry", said)
    if value.date:
        entry["date"] = value.date
    if why := why_text(judged):
        entry["why"] = why
    if value.place:
        entry["place"] = value.place
    if value.note:
        entry["note"] = plain(value.note)
    if value.span is not None:
        entry["low"], entry["high"] = (_tidy(bound) for bound in value.span)
    return entry


def said_entry(value: Value) -> _Said:
    """Return a value with its unit, and whatever bounds it has."""
    said: _Said = {"value": _tidy(value.value), "unit": plain(value.unit)}
    if value.value_max is not None:
        said["value_max"] = _tidy(value.value_max)
    if value.bound:
        said["bound"] = value.bound
    if value.of:
        said["of"] = plain(value.of)
    if value.kind:
        said["kind"] = plain(value.kind)
    if value.period:
        said["period"] = value.period
    return said


def _tidy(value: float | str) -> float | int | str:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return plain(value) if isinstance(value, str) else value
