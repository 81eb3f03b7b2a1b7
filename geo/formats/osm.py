"""Read OpenStreetMap extracts: the things of some tags, as points, lines and areas.

An extract holds everything of a region, so the user says which tags to take; what it holds is
told with counts. Ids are OpenStreetMap's own, and its tags are the columns.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import Fault, GeometryError, ReadError
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.osm_data import read_extract
from corridormap.geo.formats.shapes import as_kind
from corridormap.geo.formats.table import (
    LayerChoiceError,
    LayerNote,
    Shaped,
    StatedCrs,
    Table,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.blob import Blob
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.osm_data import Extract
    from corridormap.geo.formats.table import Row

__all__ = ["read_osm"]

_MAIN = (
    "railway", "highway", "route", "waterway", "aeroway", "public_transport", "harbour", "power",
    "pipeline", "man_made", "barrier", "boundary", "place", "bridge", "tunnel", "industrial",
    "landuse", "natural", "water", "amenity", "building", "leisure", "tourism", "shop", "office",
    "military", "historic", "aerialway", "telecom",
)  # fmt: skip
"""Tags by which a thing is what it is, those of transport first."""
_AREAS = frozenset(
    ("building", "landuse", "natural", "water", "amenity", "leisure", "tourism", "shop", "office",
     "military", "historic", "place", "boundary", "harbour", "industrial", "area:highway")
)  # fmt: skip
"""Of these a closed way is an area."""
_ORIGIN = MappingProxyType(
    {
        "publisher": "OpenStreetMap contributors",
        "URL": "https://www.openstreetmap.org/copyright",
        "license": "ODbL-1.0",
        "credit": "© OpenStreetMap contributors",
    }
)
_CREDIT = (
    "OpenStreetMap's data is under the Open Database License: a source to be named later has its "
    f"licence ({_ORIGIN['license']}) and its credit ({_ORIGIN['credit']}) already; give them to "
    "one that you name."
)


def read_osm(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the things of an extract that have the tags that the user chose.

    Raises
    ------
    LayerChoiceError
        No tag is chosen, or nothing has it: with the tags that there are.
    ReadError
        The file is broken, or holds too much.
    """
    extract = read_extract(blob.data, file=blob.name, limits=limits)
    notes = _held(extract, limits)
    if not notes:
        raise ReadError("layer-holds-no-feature", file=blob.name)
    wanted = blob.choices.tags or ((layer,) if layer else ())
    if not wanted:
        raise LayerChoiceError("extract-needs-a-tag", file=blob.name, layers=notes)
    found = [one for one in _things(extract) if _has(one[2], wanted)]
    if not found:
        said = short(" or ".join(wanted))
        raise LayerChoiceError("no-feature-has-tag", file=blob.name, layers=notes, tag=said)
    if len(found) > limits.features:
        raise too_many("features", len(found), limits.features, file=blob.name)
    tally = Tally(limits.vertices)
    rows, left_out = gathered(blob.name, _rows(found, extract, tally, limits), tally)
    name = "; ".join(wanted)
    listed = (
        notes if name in {note.name for note in notes} else (LayerNote(name, len(rows)), *notes)
    )
    crs = StatedCrs("longitude and latitude, as OpenStreetMap has it", "EPSG:4326")
    return Table("OpenStreetMap", name, listed, rows, crs, (_CREDIT,), left_out, _ORIGIN)


def _things(extract: Extract) -> Iterator[tuple[str, int, Mapping[str, str]]]:
    """Yield kind, id and tags of all that has tags."""
    yield from (("node", id_, tags) for id_, tags in extract.node_tags.items())
    yield from (("way", id_, tags) for id_, (tags, _) in extract.ways.items() if tags)
    yield from (("relation", id_, tags) for id_, (tags, _) in extract.relations.items() if tags)


def _held(extract: Extract, limits: Limits) -> tuple[LayerNote, ...]:
    """Return the tags that there are with how many things have them, the main ones first."""
    counts: Counter[str] = Counter()
    for _, _, tags in _things(extract):
        for key, value in tags.items():
            counts[key] += 1
            if key in _MAIN:
                counts[f"{key}={value}"] += 1
    place = {key: number for number, key in enumerate(_MAIN)}

    def order(tag: str) -> tuple[int, bool, int, str]:
        key, _, value = tag.partition("=")
        return place.get(key, len(place)), bool(value), -counts[tag], tag

    return tuple(LayerNote(tag, counts[tag]) for tag in sorted(counts, key=order)[: limits.layers])


def _has(tags: Mapping[str, str], wanted: Sequence[str]) -> bool:
    for one in wanted:
        key, _, value = one.partition("=")
        if key in tags and value in {"", "*", tags[key]}:
            return True
    return False


def _rows(
    found: Sequence[tuple[str, int, Mapping[str, str]]],
    extract: Extract,
    tally: Tally,
    limits: Limits,
) -> Iterator[Row | Finding]:
    for thing in found:
        yield attempted(f"{thing[0]}/{thing[1]}", _row, thing, extract, tally, limits)


def _row(
    where: str,
    thing: tuple[str, int, Mapping[str, str]],
    extract: Extract,
    tally: Tally,
    limits: Limits,
) -> Row:
    kind, id_, tags = thing
    if kind == "node":
        tally.take(1)
        shaped = Shaped(shapely.Point(extract.nodes[id_]))
    elif kind == "way":
        refs = extract.ways[id_][1]
        lines, lost = _lines(refs, extract, tally)
        closed = len(lines) == 1 and not lost and len(refs) > 3 and refs[0] == refs[-1]
        shape = shapely.Polygon(lines[0]) if closed and _is_area(tags) else _joined(lines)
        shaped = Shaped(shape, lost=lost)
    else:
        shaped = _of_relation(id_, tags, extract, tally)
    said: dict[str, Any] = dict(tags)
    return row_of(where, shaped, {**said, "@id": where}, limits, given_id=where)


def _is_area(tags: Mapping[str, str]) -> bool:
    said = tags.get("area", "")
    return said == "yes" or (said != "no" and bool(_AREAS & tags.keys()))


def _lines(
    refs: Sequence[int], extract: Extract, tally: Tally
) -> tuple[list[list[tuple[float, float]]], tuple[Fault, ...]]:
    """Return the stretches of a way whose nodes are in the file; no gap is drawn over."""
    tally.take(len(refs))
    stretches: list[list[tuple[float, float]]] = [[]]
    for ref in refs:
        at = extract.nodes.get(ref)
        if at is not None:
            stretches[-1].append(at)
        elif stretches[-1]:
            stretches.append([])
    missing = sum(ref not in extract.nodes for ref in refs)
    lost = (Fault("way-lacks-nodes", n=missing),) if missing else ()
    return [one for one in stretches if len(one) > 1], lost


def _joined(lines: Sequence[Sequence[tuple[float, float]]]) -> BaseGeometry:
    if not lines:
        raise GeometryError("way-has-no-line")
    made: list[BaseGeometry] = [shapely.LineString(line) for line in lines]
    return made[0] if len(made) == 1 else as_kind("MultiLineString", made)


def _of_relation(id_: int, tags: Mapping[str, str], extract: Extract, tally: Tally) -> Shaped:
    lines: dict[str, list[list[tuple[float, float]]]] = {"outer": [], "inner": []}
    lost: list[Fault] = []
    missing = others = 0
    for member in extract.relations[id_][1]:
        if member.kind != "way":
            others += 1
        elif member.ref not in extract.ways:
            missing += 1
        else:
            found, gone = _lines(extract.ways[member.ref][1], extract, tally)
            lines["inner" if member.role == "inner" else "outer"] += found
            lost += gone
    if missing:
        lost.append(Fault("relation-lacks-members", n=missing))
    if others:
        lost.append(Fault("members-are-no-ways", n=others))
    if tags.get("type") in {"multipolygon", "boundary"}:
        outer, inner = (_area(lines[role]) for role in ("outer", "inner"))
        if not outer.is_empty:
            return Shaped(shapely.difference(outer, inner), lost=tuple(lost))
        lost.append(Fault("relation-is-not-closed"))
    return Shaped(_joined([*lines["outer"], *lines["inner"]]), lost=tuple(lost))


def _area(lines: Sequence[Sequence[tuple[float, float]]]) -> BaseGeometry:
    made = shapely.polygonize([shapely.LineString(line) for line in lines])
    return shapely.union_all(shapely.get_parts(made))
