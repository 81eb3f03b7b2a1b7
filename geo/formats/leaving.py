"""Leave out by itself what cannot be read or drawn, and say each piece and its reason.

One feature that cannot be read never takes the others with it, and one part of a shape never
the whole: what is lost is listed, and a file is refused only where nothing of it is left.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.errors import CorridorError, Finding, GeometryError, ReadError
from corridormap.geo.formats import shapes
from corridormap.geo.formats.table import Row, clean_value, count, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.proposal import Feature
    from corridormap.geo.formats.table import Shaped
    from corridormap.geo.formats.tally import Tally

__all__ = ["attempted", "drawable_features", "gathered", "row_of", "told"]

_MAX_REFUSED = 20
_MAX_PLACES = 3
_MAX_TOLD = 40


def attempted(where: str, read: Callable[..., Row], *given: Any) -> Row | Finding:
    """Return a feature as a function reads it, or why it cannot be read.

    Parameters
    ----------
    where
        Its place in the file.
    read
        Called with `where` and what else is given.
    """
    try:
        return read(where, *given)
    except GeometryError as error:
        return error.finding.at("", where)
    except ReadError as error:  # it is about the whole file
        raise ReadError.of(
            [one.at(one.file, one.feature or where) for one in error.faults]
        ) from None
    except (CorridorError, MemoryError):
        raise
    except Exception:  # noqa: BLE001  whatever a library throws at one shape is its fault
        return Finding("geometry-cannot-be-made", "", where)


def gathered(
    file: str, found: Iterable[Row | Finding], tally: Tally
) -> tuple[tuple[Row, ...], tuple[Finding, ...]]:
    """Return the features that can be read, and the reasons of those that cannot.

    Raises
    ------
    ReadError
        None can be read: with the first reasons.
    """
    rows: list[Row] = []
    lost: list[Finding] = []
    try:
        for item in found:
            rows += [item] if isinstance(item, Row) else []
            lost += item.lost if isinstance(item, Row) else [item]
    except ReadError as error:
        raise ReadError.of([one.at(file, one.feature) for one in error.faults]) from None
    lost = [one.at(file, one.feature) for one in lost]
    if lost and not rows:
        raise ReadError.of(lost[:_MAX_REFUSED])
    lost += tally.findings(file)
    return tuple(rows), tuple(lost)


def row_of(
    where: str,
    shaped: Shaped,
    properties: dict[str, Any],
    limits: Limits,
    *,
    given_id: object = None,
) -> Row:
    """Return a row whose properties JSON can hold; a value that it cannot hold is lost."""
    kept: dict[str, Any] = {}
    gone = [fault.at("", where) for fault in shaped.lost]
    for key, value in properties.items():
        try:
            kept[clean_value(str(key), limits)] = clean_value(value, limits)
        except CorridorError as error:
            found = error.finding.at("", where)
            gone.append(found.within("property-cannot-be-kept", key=short(key)))
    known = "" if given_id is None else str(given_id)
    return Row(where, shaped.shape, kept, known, shaped.opened, tuple(gone))


def drawable_features(
    features: Sequence[Feature], file: str
) -> tuple[tuple[Feature, ...], tuple[Finding, ...]]:
    """Return features in degrees without what nobody could see, and what was left out of them.

    Raises
    ------
    ReadError
        Nothing is left.
    """
    kept: list[Feature] = []
    lost: list[Finding] = []
    for feature in features:
        shape, parts, holes = shapes.drawable_of(feature.geometry)
        if shape is None:
            lost.append(Finding(_why_unseen(feature), file, feature.where))
            continue
        if parts:
            of = shapely.get_num_geometries(feature.geometry)
            lost.append(Finding("parts-without-extent", file, feature.where, n=parts, of=int(of)))
        if holes:
            lost.append(Finding("holes-without-area", file, feature.where, n=holes))
        kept.append(replace(feature, geometry=shape) if parts or holes else feature)
    if lost and not kept:
        raise ReadError.of(lost[:_MAX_REFUSED])
    return tuple(kept), tuple(lost)


def _why_unseen(feature: Feature) -> str:
    if not feature.geometry.is_empty:
        return "feature-without-extent"
    address = any(str(name).lower() in _ADDRESSES for name in feature.properties)
    return "feature-with-address-only" if address else "feature-without-position"


_ADDRESSES = frozenset({"address", "addr:full", "adres", "adresse", "dirección", "адрес", "نشانی"})


def told(left_out: Iterable[Finding]) -> list[str]:
    """Return what was left out as sentences to show, the same reason once with its places."""
    groups: dict[tuple[str, str], list[str]] = {}
    for finding in left_out:
        groups.setdefault((finding.problem, finding.remedy), []).append(finding.feature)
    sentences = [
        " ".join(filter(None, (f"{_places(places)}: {problem}.", remedy)))
        for (problem, remedy), places in groups.items()
    ]
    more = len(sentences) - _MAX_TOLD
    return sentences if more <= 0 else [*sentences[:_MAX_TOLD], f"… and {more:,} more reasons."]


def _places(places: Sequence[str]) -> str:
    listed = ", ".join(place for place in places[:_MAX_PLACES] if place)
    if len(places) == 1:
        return listed or "the file"
    more = ", …" if len(places) > _MAX_PLACES else ""
    return f"{count(len(places))} ({listed}{more})" if listed else count(len(places))
