"""Fill the properties of a feature from outside: what it says, what its user says, what lacks.

A property of the file whose name means something else here keeps its value under "file:…".
Reads and writes no file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args

from corridormap.geo.errors import Finding
from corridormap.layers.corridor.feature import Mode, fits_shape, read_properties
from corridormap.layers.wording.kinds import STANDING_KINDS, Kind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats import Feature
    from corridormap.layers.saving.wishes import Wishes

__all__ = ["adopted_properties"]

_BY_SHAPE: dict[str, Kind] = {
    "Point": "node",
    "LineString": "route",
    "MultiLineString": "route",
    "Polygon": "area",
    "MultiPolygon": "area",
}
_OURS = (
    "label",
    "countries",
    "bridge",
    "position_note",
    "position_sources",
    "position_origins",
    "geometry_source",
    "figures",
    "promises",
    "position_quality",
    "uncertainty_m",
    "status_history",
    "sources",
)


def adopted_properties(
    feature: Feature, name: str, shape: BaseGeometry, wishes: Wishes
) -> tuple[dict[str, Any], tuple[Finding, ...], bool]:
    """Return a feature's properties, what is wrong, and whether some were renamed."""
    said = {key: value for key, value in feature.properties.items() if value is not None}
    kind = _kind(said.get("kind"), shape, wishes)
    faults = (
        [] if fits_shape(wishes.kinds[kind], shape.geom_type) else [_misfit(kind, shape, wishes)]
    )
    asked, missing = _asked(said, kind, wishes)
    made = {"name": name, "kind": kind, "mode": _mode(said.get("mode"), wishes), **asked}
    ours = {key: said[key] for key in _OURS if key in said and key not in made}
    _, wrong = read_properties(
        {**made, **ours}, file=wishes.file, feature=feature.where, kinds=wishes.kinds
    )
    bad = {fault.field.partition(".")[0] for fault in wrong} & ours.keys() if wrong else set()
    if kind != "border_crossing":
        bad.add("bridge")  # means which bridge a crossing uses; of anything else, something else
    made |= {key: value for key, value in ours.items() if key not in bad}
    clashes = {
        key for key in said if key in {"kind", "mode", *_OURS} and said[key] != made.get(key)
    }
    kept = said if wishes.keep is None else {k: said[k] for k in said if k in wishes.keep}
    skip = {wishes.name_field or "name", *made}
    others = {key: value for key, value in kept.items() if key not in skip | clashes}
    others |= {f"file:{k}": kept[k] for k in clashes if k in kept and k != wishes.name_field}
    if "name" in kept and (wishes.unnamed or wishes.name_field not in {None, "name"}):
        others["file:name"] = kept["name"]
    _, final = read_properties(
        {**made, **others}, file=wishes.file, feature=feature.where, kinds=wishes.kinds
    )
    of_it = [replace(fault, feature=feature.where) for fault in (*faults, *final)]
    return {**made, **others}, (*missing, *of_it), bool(clashes)


def _kind(value: object, shape: BaseGeometry, wishes: Wishes) -> str:
    if wishes.kind is not None and not (value and wishes.rules.of("kind")):
        return wishes.kind
    if isinstance(value, str) and value in wishes.kinds:
        return value
    return _BY_SHAPE.get(shape.geom_type, "node")


def _mode(value: object, wishes: Wishes) -> str:
    if wishes.mode is not None and not (value and wishes.rules.of("mode")):
        return wishes.mode
    return str(value) if value in get_args(Mode) else "none"


def _misfit(kind: str, shape: BaseGeometry, wishes: Wishes) -> Finding:
    return Finding(wishes.remedies.kind, field="kind", kind=kind, drawn=shape.geom_type)


def _asked(
    said: Mapping[str, Any], kind: str, wishes: Wishes
) -> tuple[dict[str, Any], list[Finding]]:
    """Return what the user must say when the file does not, and what is still missing."""
    made: dict[str, Any] = {}
    missing: list[Finding] = []
    rules = wishes.rules
    of_row = said.get("uncertainty_m") if rules.of("uncertainty") else None
    metres = wishes.uncertainty_m if of_row is None else of_row
    if wishes.quality is not None and metres is not None:
        made |= {"position_quality": wishes.quality, "uncertainty_m": metres}
    elif "position_quality" not in said or "uncertainty_m" not in said:
        missing.append(Finding(wishes.remedies.quality, field="position_quality"))
        made |= {"position_quality": "schematic", "uncertainty_m": 1.0}
    if rules.of("status") or rules.of("status_date"):
        pass  # each row has its own
    elif wishes.status == "unknown":
        date = wishes.since or wishes.as_of
        made["status_history"] = [_event(date, wishes.status, "", wishes.sources)]
    elif wishes.status is not None and wishes.since is not None:
        made["status_history"] = [_event(wishes.since, wishes.status, "", wishes.sources)]
    elif kind in STANDING_KINDS and "status_history" not in said:
        note = "in being; no date needed"
        made["status_history"] = [_event(wishes.as_of, "operating", note, wishes.sources)]
    elif "status_history" not in said:
        missing.append(Finding(wishes.remedies.status, field="status_history", kind=kind))
        made["status_history"] = [_event(wishes.as_of, "operating", "", wishes.sources)]
    if "sources" not in said:
        made["sources"] = list(wishes.sources)
    return made, missing


def _event(date: str, status: str, note: str, sources: Sequence[str]) -> dict[str, Any]:
    event = {"date": date, "status": status, "note": note, "sources": list(sources)}
    return {key: value for key, value in event.items() if value != ""}
