"""Put what a new edition of a file says of a feature into the feature as it is.

What an editor wrote beyond the file stays: names in other languages, events, promises, a position
that is told to be better than the file's. A state that the file gives anew joins the history.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from corridormap.layers.wording.words import full_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corridormap.layers.columns.recipes import Recipe
    from corridormap.layers.columns.rules import Role

__all__ = ["merged"]

_FIELDS: Mapping[Role, str] = {"kind": "kind", "mode": "mode", "country": "countries"}
_BY_ITSELF = frozenset({"status_history", "figures", "sources", "position_quality"})
_OF_POSITION = ("position_quality", "uncertainty_m")
Json = dict[str, Any]


def merged(before: Json, now: Json, recipe: Recipe, *, as_of: str) -> Json:
    """Return a feature with what the new edition says of it; itself, where that is nothing new.

    Parameters
    ----------
    before
        The feature as it is in its layer.
    now
        The same as a new layer would have it.
    recipe
        How the file becomes the layer.
    as_of
        The corridor's date: what was announced for a later day gives way to a new state.
    """
    old, new = before["properties"], now["properties"]
    roles = {rule.to for rule in recipe.rules.columns.values()}
    seen = set(recipe.seen)
    of_file = {"name", *(field for role, field in _FIELDS.items() if role in roles)}
    made = {key: value for key, value in old.items() if key not in seen or key in new}
    for key, value in new.items():
        is_told = key in of_file | seen or key.startswith("file:") or key not in old
        if is_told and key not in _BY_ITSELF:
            made[key] = value
    figures = _figures(old.get("figures", []), new.get("figures", []))
    if figures:
        made["figures"] = figures
    if roles & {"status", "status_date"}:
        made["status_history"] = _history(old["status_history"], new["status_history"][-1], as_of)
    geometry = before["geometry"]
    if all(old.get(key) == new.get(key) for key in _OF_POSITION) or "uncertainty" in roles:
        geometry = now["geometry"]
        made |= {"uncertainty_m": new["uncertainty_m"]} if "uncertainty" in roles else {}
    after = {**before, "geometry": geometry, "properties": made}
    if _text(after) == _text(before):
        return before
    told = dict.fromkeys([*old.get("sources", []), *new.get("sources", [])])
    return {**after, "properties": {**made, "sources": list(told)}}


def _figures(old: Sequence[Json], new: Sequence[Json]) -> list[Json]:
    """Return figures with those of an edition in the place of the same ones of the last."""

    def plain(one: Json) -> tuple[Any, ...]:
        return one.get("quantity"), one.get("unit"), *(one.get(k) for k in ("of", "kind", "period"))

    said = {plain(one): one for one in new}
    made = []
    for one in old:
        other = said.pop(plain(one), None)
        made.append(one if other is None or other["value"] == one.get("value") else other)
    return [*made, *said.values()]


def _text(feature: Json) -> str:
    return json.dumps(feature, sort_keys=True)


def _history(events: list[Json], event: Json, as_of: str) -> list[Json]:
    """Return a history with what an edition says of the state now."""
    if any((e.get("date"), e.get("status")) == (event["date"], event["status"]) for e in events):
        return events
    last = events[-1]
    is_dated = not event.get("at_latest") and event["status"] != "unknown"
    if event["status"] == last.get("status"):
        date = str(last.get("date"))
        if not is_dated or (date.startswith(event["date"]) and not last.get("at_latest")):
            return events
        kept = {key: value for key, value in last.items() if key != "at_latest"}
        return [*events[:-1], {**kept, **event}]
    if event["status"] == "unknown":
        return events
    ahead = max(as_of, full_date(event["date"]) or "")
    known = [
        one
        for one in events
        if one.get("status") != "unknown" and (full_date(str(one.get("date"))) or "") <= ahead
    ]
    return sorted([*known, event], key=lambda one: full_date(str(one.get("date"))) or "")
