"""Turn features from outside into a layer of a corridor: ids, names, kinds, origins.

What the file says is kept; what a corridor needs beyond it is asked of the user and never
invented. Returns GeoJSON and what was done in words; writes nothing (layers/writing/save_layer.py).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, cast, get_args

import shapely

from geo.errors import CorridorFormatError, Finding
from layers.folder.feature import Kind, Mode, Quality, read_properties
from layers.words import plain, short
from layers.writing.slug import slug_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.formats import Feature
    from layers.folder.status import Status

__all__ = ["Adopted", "Wishes", "adopt", "repeated_ids"]

_POINTS = {"border_crossing", "bridge", "town", "node", "tripoint"}
_LINES = {"road", "railway", "power_line", "route"}
_STANDING = {"area", "town", "node", "tripoint"}
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
    "figures",
    "position_quality",
    "uncertainty_m",
    "status_history",
    "sources",
)
_DIGITS = 6
"""Digits of a coordinate: 0.1 m, finer than any corridor's data."""


@dataclass(frozen=True)
class Wishes:
    """What a user says of a new layer."""

    layer: str
    title: str
    file: str
    """The file that the features are from, for messages."""
    sources: tuple[str, ...]
    """Ids of the sources that each feature leans on."""
    as_of: str
    """The corridor's date, YYYY-MM-DD."""
    name_field: str | None = None
    id_field: str | None = None
    kind: Kind | None = None
    mode: Mode | None = None
    quality: Quality | None = None
    uncertainty_m: float | None = None
    status: Status | None = None
    since: str | None = None
    number_ids: bool = False
    """Whether ids that stand several times are numbered."""


@dataclass(frozen=True)
class Adopted:
    """A layer's GeoJSON and what was done to get it, in sentences."""

    collection: Mapping[str, Any]
    said: tuple[str, ...]


@dataclass
class _Ids:
    """The ids given so far."""

    layer: str
    taken: set[str]
    numbered: list[str] = field(default_factory=list)

    def new(self, wanted: str, number: int) -> str:
        """Return an id that nothing else has."""
        base = slug_of(wanted) or f"{self.layer}-{number}"
        given, count = base, 1
        while given in self.taken:
            count += 1
            given = f"{base}-{count}"
        if given != base:
            self.numbered.append(given)
        self.taken.add(given)
        return given


def repeated_ids(features: Sequence[Feature], wishes: Wishes) -> tuple[str, ...]:
    """Return the ids that several features of the file have, each once."""
    ids = [_given_id(feature, wishes) for feature in features]
    seen: set[str] = set()
    twice: dict[str, None] = {}
    for given in ids:
        if given and given in seen:
            twice[given] = None
        seen.add(given)
    return tuple(twice)


def adopt(features: Sequence[Feature], wishes: Wishes, *, taken: Collection[str]) -> Adopted:
    """Return features as a layer.

    Parameters
    ----------
    features
        In longitude and latitude, repairs made.
    wishes
        What the user says of them.
    taken
        Ids of features that the corridor has already.

    Raises
    ------
    CorridorFormatError
        Something a corridor needs is neither in the file nor said; all faults at once.
    """
    _fields_or_error(features, wishes)
    ids = _Ids(wishes.layer, set(taken))
    made: list[dict[str, Any]] = []
    faults: list[Finding] = []
    unnamed = renamed = 0
    for number, feature in enumerate(features, start=1):
        name = _name(feature, wishes)
        unnamed += not name
        said = name or f"{wishes.title} {number}"
        geometry = _single(feature.geometry)
        properties, wrong, moved = _properties(feature, said, geometry, wishes)
        renamed += moved
        faults += [Finding(wishes.file, f.feature, f.problem, f.remedy) for f in wrong]
        identity = ids.new(_given_id(feature, wishes) or name, number)
        shape = shapely.geometry.mapping(shapely.transform(geometry, lambda p: p.round(_DIGITS)))
        made.append(
            {"type": "Feature", "id": identity, "geometry": shape, "properties": properties}
        )
    if faults:
        raise CorridorFormatError.of(list(dict.fromkeys(faults)))
    notes = (
        (unnamed, "without a name: named after the layer, with a number"),
        (renamed, "with a property whose name means something else here: kept as 'file:…'"),
        (len(ids.numbered), "with an id that was taken: numbered"),
    )
    collection = {"type": "FeatureCollection", "features": made}
    return Adopted(collection, tuple(f"{n}× {what}." for n, what in notes if n))


def _fields_or_error(features: Sequence[Feature], wishes: Wishes) -> None:
    columns = dict.fromkeys(key for feature in features for key in feature.properties)
    listed = ", ".join(f"'{short(column, 30)}'" for column in list(columns)[:30]) or "none"
    faults: list[tuple[str, str]] = []
    for what, wanted in (("name", wishes.name_field), ("id", wishes.id_field)):
        if wanted is not None and wanted not in columns:
            problem = f"there is no column '{short(wanted)}' to take the {what} from"
            faults.append((problem, f"Its columns are: {listed}."))
    if wishes.name_field is None and "name" not in columns and columns:
        remedy = f"Give --name-field; the columns are: {listed}."
        faults.append(("it is not said which column holds the names", remedy))
    if not wishes.number_ids and (twice := repeated_ids(features, wishes)):
        problem = f"the id '{short(twice[0])}' stands several times"
        problem += f", as do {len(twice) - 1} more" if len(twice) > 1 else ""
        remedy = "Accept 'number-ids' to number them, or choose another --id-field."
        faults.append((problem, remedy))
    if faults:
        raise CorridorFormatError.of([Finding(wishes.file, "", *fault) for fault in faults])


def _given_id(feature: Feature, wishes: Wishes) -> str:
    if wishes.id_field is None:
        return plain(feature.id)
    value = feature.properties.get(wishes.id_field)
    return "" if value is None else plain(value)


def _name(feature: Feature, wishes: Wishes) -> str:
    value = feature.properties.get(wishes.name_field or "name")
    return "" if value is None else str(value).strip()


def _single(shape: BaseGeometry) -> BaseGeometry:
    """Return the only part of a Multi- shape that has just one."""
    parts = shapely.get_parts(shape)
    return parts[0] if len(parts) == 1 else shape


def _properties(
    feature: Feature, name: str, shape: BaseGeometry, wishes: Wishes
) -> tuple[dict[str, Any], tuple[Finding, ...], bool]:
    """Return a feature's properties, what is wrong, and whether some were renamed."""
    said = {key: value for key, value in feature.properties.items() if value is not None}
    kind = _kind(said.get("kind"), shape, wishes)
    faults = [] if _fits(kind, shape) else [_misfit(kind, shape)]
    asked, missing = _asked(said, kind, wishes)
    made = {"name": name, "kind": kind, "mode": _mode(said.get("mode"), wishes), **asked}
    ours = {key: said[key] for key in _OURS if key in said and key not in made}
    _, wrong = read_properties({**made, **ours}, file=wishes.file, feature=feature.where)
    bad = set(ours) if wrong else set()
    if kind != "border_crossing":
        bad.add("bridge")  # means which bridge a crossing uses; of anything else, something else
    made |= {key: value for key, value in ours.items() if key not in bad}
    clashes = {
        key for key in said if key in {"kind", "mode", *_OURS} and said[key] != made.get(key)
    }
    skip = {wishes.name_field or "name", *made}
    others = {key: value for key, value in said.items() if key not in skip | clashes}
    others |= {f"file:{key}": said[key] for key in clashes if key != wishes.name_field}
    if "name" in said and wishes.name_field not in {None, "name"}:
        others["file:name"] = said["name"]
    _, final = read_properties({**made, **others}, file=wishes.file, feature=feature.where)
    of_it = [replace(fault, feature=feature.where) for fault in (*faults, *final)]
    return {**made, **others}, (*missing, *of_it), bool(clashes)


def _kind(value: object, shape: BaseGeometry, wishes: Wishes) -> Kind:
    if wishes.kind is not None:
        return wishes.kind
    if value in get_args(Kind):
        return cast("Kind", value)
    return _BY_SHAPE.get(shape.geom_type, "node")


def _mode(value: object, wishes: Wishes) -> str:
    if wishes.mode is not None:
        return wishes.mode
    return str(value) if value in get_args(Mode) else "none"


def _fits(kind: Kind, shape: BaseGeometry) -> bool:
    if kind in _POINTS:
        return shape.geom_type == "Point"
    is_area = "Polygon" in shape.geom_type
    return is_area if kind == "area" else not (is_area and kind in _LINES)


def _misfit(kind: Kind, shape: BaseGeometry) -> Finding:
    return Finding(
        "",
        "",
        f"the kind '{kind}' does not fit a {shape.geom_type}",
        "Give another --kind, or none, or take these features out of the file.",
    )


def _asked(
    said: Mapping[str, Any], kind: Kind, wishes: Wishes
) -> tuple[dict[str, Any], list[Finding]]:
    """Return what the user must say when the file does not, and what is still missing."""
    made: dict[str, Any] = {}
    missing: list[Finding] = []
    if wishes.quality is not None and wishes.uncertainty_m is not None:
        made |= {"position_quality": wishes.quality, "uncertainty_m": wishes.uncertainty_m}
    elif "position_quality" not in said or "uncertainty_m" not in said:
        missing.append(
            Finding(
                "",
                "",
                "it is not said how well the position is known",
                "Give such as --quality approximate --uncertainty 500 (metres).",
            )
        )
        made |= {"position_quality": "schematic", "uncertainty_m": 1.0}
    if wishes.status is not None and wishes.since is not None:
        made["status_history"] = [_event(wishes.since, wishes.status, "", wishes.sources)]
    elif kind in _STANDING and "status_history" not in said:
        note = "in being; no date needed"
        made["status_history"] = [_event(wishes.as_of, "operating", note, wishes.sources)]
    elif "status_history" not in said:
        missing.append(
            Finding(
                "",
                "",
                f"it is not said in which state this {kind} is",
                "Give such as --status operating --since 2023.",
            )
        )
        made["status_history"] = [_event(wishes.as_of, "operating", "", wishes.sources)]
    if "sources" not in said:
        made["sources"] = list(wishes.sources)
    return made, missing


def _event(date: str, status: str, note: str, sources: Sequence[str]) -> dict[str, Any]:
    event = {"date": date, "status": status, "note": note, "sources": list(sources)}
    return {key: value for key, value in event.items() if value != ""}
