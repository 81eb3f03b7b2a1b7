"""Write what testing a claim gave, in neutral words: every verdict's word is here.

Sources differ, nobody lies: no word here says which of two values is right.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import MAP
from corridormap.layers.wording.period import period_label
from corridormap.layers.wording.units import DATE, WORDS, convert
from corridormap.layers.wording.words import (
    QUANTITY_LABELS,
    amount,
    capital,
    date_label,
    number,
    plain,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corridormap.layers.claims.differences import Difference
    from corridormap.layers.claims.origins import Origin
    from corridormap.layers.claims.telling import Idle
    from corridormap.layers.claims.verdict import Fit, Judged, Outcome, Result
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.wording.quantity import Unlike, Value

__all__ = [
    "COUNTED",
    "FIT_WORDS",
    "RESULT_WORDS",
    "about_text",
    "aside_text",
    "difference_text",
    "gap_text",
    "origins_text",
    "outcome_text",
    "quantity_label",
    "result_label",
    "value_text",
    "why_text",
]

RESULT_WORDS: Mapping[Result, str] = MappingProxyType(
    {
        "confirmed": "Confirmed",
        "repeated": "Repeated only",
        "sources_differ": "Sources differ",
        "map_differs": "Differs from the map",
        "not_comparable": "Not comparable",
        "untestable": "Cannot be tested",
    }
)
"""What each result is called, in the order of a legend."""
COUNTED: Mapping[Result, tuple[str, str]] = MappingProxyType(
    {
        "confirmed": ("confirmed", "confirmed"),
        "repeated": ("repeated only", "repeated only"),
        "sources_differ": ("where sources differ", "where sources differ"),
        "map_differs": ("that differs from the map", "that differ from the map"),
        "not_comparable": ("not comparable", "not comparable"),
        "untestable": ("that cannot be tested", "that cannot be tested"),
    }
)
"""What is said of one claim with a result and of several, behind their number, in this order."""
FIT_WORDS: Mapping[Fit, str] = MappingProxyType(
    {
        "claim": "tested",
        "agrees": "fits",
        "differs": "differs",
        "other unit": "other unit",
        "not comparable": "not comparable",
        "says nothing": "says nothing",
    }
)
"""How a value stands to the one tested."""
_UNLIKE: Mapping[Unlike, str] = MappingProxyType(
    {"period": "another time", "scope": "another scope", "kind": "another kind"}
)
_IDLE: Mapping[Idle, str] = MappingProxyType(
    {
        "": "",
        "wide": "so wide that almost anything near fits",
        "about": "near enough only as “about”",
        "open": "open to one side, so that it hardly can fail",
    }
)
_NAMED = 2
"""Most sources of one value that are named in a line."""
_LISTED = 3
"""Most values that are listed one by one; more are told as a range."""
_NOTED = 110
"""Most characters of a list with notes; a longer one goes without."""


def quantity_label(quantity: str) -> str:
    """Return a quantity's word as a card shows it: "Length", "Bridges on it"."""
    return QUANTITY_LABELS.get(quantity, capital(plain(quantity).replace("_", " ")))


def about_text(value: Value) -> str:
    """Return the scope, the kind and the time of a value: "rail, exchanged, 2023"; or ""."""
    time = period_label(value.period) or (value.date[:4] if value.passing else "")
    return ", ".join(part for part in (plain(value.of), plain(value.kind), time) if part)


def aside_text(value: Value) -> str:
    """Return the scope, kind and period of a value as far as its note does not say them."""
    note = plain(value.note).casefold()
    parts = [plain(value.of), plain(value.kind), period_label(value.period)]
    return ", ".join(part for part in parts if part and part.casefold() not in note)


def result_label(
    result: Result, *, gaps: str = "", independent: int = 0, one_origin: bool = False
) -> str:
    """Return a result to read.

    Parameters
    ----------
    result
        What testing gave.
    gaps
        By how much it differs, if that is known.
    independent
        How many origins other than the article's confirm it.
    one_origin
        Whether the values that differ are all of one origin.
    """
    if result == "confirmed" and independent:
        return f"Confirmed by {independent} origin{'' if independent == 1 else 's'}"
    if one_origin:
        return "Values differ"
    if gaps:
        return f"Differs {'from the map ' if result == 'map_differs' else ''}by {gaps}"
    return RESULT_WORDS[result]


def why_text(judged: Judged) -> str:
    """Return why a value cannot be compared, or says nothing; empty for others."""
    return _and([_UNLIKE[part] for part in judged.unlike]) or _IDLE[judged.idle]


def gap_text(outcome: Outcome) -> str:
    """Return by how much a value differs from all others: "3 days", "8 to 33 km"; or ""."""
    agreeing = outcome.result == "sources_differ" and outcome.values("agrees")
    if outcome.tested.unit == WORDS or outcome.gaps is None or agreeing:
        return ""
    if outcome.result not in {"sources_differ", "map_differs"} or outcome.values("other unit"):
        return ""
    low, high = outcome.gaps
    if outcome.tested.unit == DATE:
        days = f"{number(low)} to {number(high)}" if low != high else number(low)
        return f"{days} day" if days == "1" else f"{days} days"
    digits = 3 - math.ceil(math.log10(high)) if high > 0 else 0
    low, high = round(low, max(0, digits)), round(high, max(0, digits))
    return amount(low, outcome.tested.unit, value_max=high if high != low else None)


def value_text(value: Value, *, noted: bool = False) -> str:
    """Return a value to read: "more than 700,000 t", "by 25 Dec 2023", with its note if wished."""
    if value.unit == WORDS:
        return plain(value.value)
    if value.unit == DATE:
        word = {"at most": "by ", "less than": "before ", "more than": "after "}
        text = word.get(value.bound, f"{value.bound} ".lstrip()) + date_label(str(value.value))
        if value.value_max is not None:
            text += f" to {date_label(str(value.value_max))}"
    else:
        most = None if value.value_max is None else float(value.value_max)
        unit = "person" if (value.unit, value.value) == ("people", 1) else plain(value.unit)
        text = f"{value.bound} {amount(float(value.value), unit, value_max=most)}"
    if value.span is not None:
        text += f" ({number(value.span[0])}–{number(value.span[1])})"
    note = plain(value.note)
    if value.bound:  # a note often repeats the bound, so that it can be read by itself
        note = note.removeprefix(value.bound).removesuffix(value.bound).strip(",; ")
    return f"{text.strip()} ({note})" if noted and note else text.strip()


def origins_text(origins: Iterable[Origin], sources: Mapping[str, Source]) -> str:
    """Return the origins of what agrees, each with the sources that count as it; or ""."""
    told = []
    for origin in origins:
        names = list(dict.fromkeys(_name(id_, sources) for id_ in origin.sources if id_ != MAP))
        text = " = ".join(names) or "the map"
        aside = [
            "one with the article" if origin.own else "",
            f"guessed from one {origin.guess}" if origin.guess else "",
        ]
        said = ", ".join(part for part in aside if part)
        told.append(f"{text} ({said})" if said else text)
    return "; ".join(told)


def outcome_text(outcome: Outcome, sources: Mapping[str, Source]) -> str:
    """Return what was found, in one line without a capital or a stop.

    Always "the article gives X; A and B give Y".
    """
    if not outcome.judged:
        return ""
    tested = value_text(outcome.tested)
    parts = [f"the article gives {tested}"]
    parts += _told(outcome.values("agrees"), sources, same=tested)
    if outcome.result == "repeated" and any(origin.own for origin in outcome.origins):
        parts[-1] += ", of one origin with the article"
    differing = outcome.values("differs")
    if len(differing) <= _LISTED or outcome.tested.unit in {DATE, WORDS}:
        parts += _told(differing, sources)
    else:
        parts.append(_ranged(differing, [*outcome.values("agrees"), *differing]))
    units = {value.unit for value in outcome.values("other unit")}
    if units:
        parts.append(f"the same number is also given in {_and(sorted(units))}")
    unlike = [judged for judged in outcome.judged if judged.fit == "not comparable"]
    if unlike:
        texts = [f"{value_text(j.value)} ({about_text(j.value) or why_text(j)})" for j in unlike]
        parts.append(f"not comparable with {_and(texts)}")
    for judged in outcome.judged:
        if judged.fit == "says nothing" and not judged.from_map:
            given = _and(_told([judged.value], sources, same=tested))
            parts.append(f"{given}, {why_text(judged)}")
    if outcome.measured:
        why = why_text(outcome.measured)
        parts.append(_measured_text(outcome.measured.value) + (f", {why}" if why else ""))
    return "; ".join(part for part in parts if part)


def _told(values: Iterable[Value], sources: Mapping[str, Source], *, same: str = "") -> list[str]:
    """Return "A and B give 163 km" for each value that is given, sources of one value together."""
    by_text: dict[str, list[str]] = {}
    for value in values:
        text = value_text(value)
        by_text.setdefault("the same" if text == same else text, []).extend(value.sources)
    told = []
    for text, ids in by_text.items():
        names = list(dict.fromkeys(_name(id_, sources) for id_ in ids))
        more = len(names) - _NAMED
        named = [*names[:_NAMED], f"{more} more"] if more > 0 else names
        told.append(f"{_and(named)} {'gives' if len(names) == 1 else 'give'} {text}")
    return told


def _name(id_: str, sources: Mapping[str, Source]) -> str:
    source = sources.get(id_)
    return plain(source.publisher or source.container_title or id_) if source else plain(id_)


def difference_text(found: Difference) -> str:
    """Return what sources and map give for a figure of a feature, in one line."""
    numbers = found.values[0].unit != DATE
    many = numbers and len({value.unit for value in found.values}) == 1
    text = _ranged(found.values, found.values) if many else f"sources have {_listed(found.values)}"
    if found.one_origin:
        ids = {id_ for value in found.values for id_ in value.sources}
        text = f"one {'source' if len(ids) == 1 else 'origin'} gives {_listed(found.values)}"
    if found.measured is not None:
        text += f"; {_measured_text(found.measured)}"
    return text


def _measured_text(value: Value) -> str:
    low, high = value.span or (math.nan, math.nan)
    what = "area drawn" if value.quantity == "area" else "line drawn"
    size = amount(round(float(value.value)), value.unit)
    return f"the {what}, {value.note}, has {size} ({number(round(low))}–{number(round(high))})"


def _listed(values: Sequence[Value]) -> str:
    texts = [value_text(value, noted=True) for value in values]
    noted = _and(texts, "; " if any("(" in text for text in texts) else ", ")
    return noted if len(noted) <= _NOTED else _and([value_text(value) for value in values])


def _ranged(values: Sequence[Value], among: Sequence[Value]) -> str:
    """Return some values one by one, or many as the range of all of them."""
    if len(values) <= _LISTED:
        return f"sources have {_listed(values)}"
    unit = among[0].unit
    ordered = sorted(among, key=lambda value: convert(float(value.value), value.unit, unit))
    first, last = ordered[0], ordered[-1]
    low = number(float(first.value)) if first.unit == last.unit else value_text(first)
    return f"sources run from {low} to {value_text(last)}"


def _and(texts: Sequence[str], comma: str = ", ") -> str:
    texts = list(dict.fromkeys(texts))
    return comma.join(texts[:-1]) + (" and " if len(texts) > 1 else "") + "".join(texts[-1:])
