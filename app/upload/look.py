"""Say what is in a file from outside, for its user to look at: counts, rows, shapes, repairs.

Every text of the file is a value of JSON here, cut where it is long; nothing is decided and
nothing left out without saying so.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from corridormap.app.upload.picture import picture_of
from corridormap.geo.formats import told
from corridormap.layers.columns.likely import likely_role
from corridormap.layers.columns.recipes import recipes_from, recognised
from corridormap.layers.columns.values import WORD_ROLES, word_of
from corridormap.layers.wording.words import plain, short

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.formats import Feature, Incoming, Proposal
    from corridormap.geo.measure import Bbox

__all__ = ["look_of"]

_ROWS = 20
_CELLS = 6_000
_TEXT = 160
_COUNTED = 4_000_000
"""Most cells of which it is counted how many are filled and whether they repeat."""
_PICTURES = 40
_DRAWN = 3_000
_VERTICES = 40_000
_DIGITS = 5
_MARGIN = 0.05
_MOST_VALUES = 60
"""Most words of a column that is offered as a table of words."""
_VALUES = 60
_FEW_VALUES = 3
_LONGEST_WORD = 100


def look_of(incoming: Incoming, extent: Bbox, recipes: Iterable[Any] = ()) -> dict[str, Any]:
    """Return what the page shows of a file before it is added.

    Parameters
    ----------
    incoming
        The file's features.
    extent
        West, south, east, north in degrees of the corridor.
    recipes
        How files became layers so far, as plain JSON values.
    """
    columns = incoming.columns
    known = recognised(columns, recipes_from(recipes))
    rows = incoming.features[: max(3, min(_ROWS, _CELLS // max(1, len(columns))))]
    drawn = _drawn(incoming.features)
    return {
        "file": incoming.file,
        "format": incoming.format,
        "layer": incoming.layer,
        "layers": [{"name": note.name, "features": note.features} for note in incoming.layers],
        "count": len(incoming.features),
        "types": _types(incoming.features),
        "extent": incoming.extent,
        "inside": _inside(incoming.features, extent),
        "crs": incoming.source_crs,
        "transformed": incoming.transformed,
        "said": list(incoming.said),
        "left_out": told(incoming.left_out),
        "doubts": told(incoming.doubts),
        "columns": _columns(incoming),
        "rows": [[_cell(feature, column) for column in columns] for feature in rows],
        "ids": _own_ids(incoming.features),
        "drawn": drawn,
        "drawn_all": len(drawn) == len(incoming.features),
        "edition": None if known is None else known.as_json(),
        "proposals": [_proposal(proposal, extent) for proposal in incoming.proposals],
    }


def _cell(feature: Feature, column: str) -> str | None:
    value = feature.properties.get(column)
    return None if value is None else short(value, _TEXT)


def _columns(incoming: Incoming) -> list[dict[str, Any]]:
    names = incoming.columns
    counted = len(names) * len(incoming.features) <= _COUNTED
    told: list[dict[str, Any]] = []
    for name in names:
        entry: dict[str, Any] = {"name": name}
        if counted:
            values = [
                str(feature.properties[name])
                for feature in incoming.features
                if feature.properties.get(name) is not None
            ]
            found = Counter(values)
            entry |= {"filled": len(values), "unique": len(found) == len(values)}
            entry |= {"values": _words(found), "distinct": len(found)}
            likely = likely_role(name, found)
            entry |= {"likely": likely} if likely else {}
        told.append(entry)
    return told


def _words(found: Counter[str]) -> list[dict[str, Any]]:
    """Return a column's most usual words, each with what it is of our words by itself."""
    told: list[dict[str, Any]] = []
    for text, count in found.most_common(_VALUES if len(found) <= _MOST_VALUES else _FEW_VALUES):
        if len(text) > _LONGEST_WORD:
            continue
        ours = {role: word for role in WORD_ROLES if (word := word_of(role, text)) is not None}
        told.append({"text": plain(text), "count": count, "ours": ours})
    return told


def _own_ids(features: Sequence[Feature]) -> dict[str, Any]:
    given = [feature.id for feature in features if feature.id]
    return {"filled": len(given), "unique": len(set(given)) == len(given)}


def _types(features: Sequence[Feature]) -> dict[str, int]:
    """Return how many features there are of each geometry type."""
    return dict(Counter(feature.geometry.geom_type for feature in features))


def _inside(features: Sequence[Feature], extent: Bbox) -> int:
    """Return how many features touch the corridor's extent, a little grown."""
    west, south, east, north = extent
    dx, dy = (east - west) * _MARGIN, (north - south) * _MARGIN
    shapes = np.array([feature.geometry for feature in features])
    bounds = shapely.bounds(shapes)
    with np.errstate(invalid="ignore"):
        apart = (bounds[:, 0] > east + dx) | (bounds[:, 2] < west - dx)
        apart |= (bounds[:, 1] > north + dy) | (bounds[:, 3] < south - dy)
    return int((~apart & np.isfinite(bounds).all(axis=1)).sum())


def _drawn(features: Sequence[Feature]) -> list[dict[str, Any] | None]:
    """Return the first features' shapes as GeoJSON, with fewer points where there are many."""
    shapes = [feature.geometry for feature in features[:_DRAWN]]
    if int(shapely.get_num_coordinates(shapes).sum()) > _VERTICES:
        west, south, east, north = shapely.total_bounds(shapes)
        coarse = max(east - west, north - south) / 3_000
        shapes = [_simpler(shape, coarse) for shape in shapes]
    rounded = [shapely.transform(shape, lambda points: points.round(_DIGITS)) for shape in shapes]
    return [None if s.is_empty else shapely.geometry.mapping(s) for s in rounded]


def _simpler(shape: BaseGeometry, coarse: float) -> BaseGeometry:
    try:
        made = shapely.simplify(shape, coarse, preserve_topology=False)
    except shapely.errors.GEOSException:
        return shape  # an outline that crosses itself; it is drawn as it is
    return shape if made.is_empty else made


def _proposal(proposal: Proposal, extent: Bbox) -> dict[str, Any]:
    return {
        "id": proposal.id,
        "repair": proposal.repair,
        "problem": short(proposal.problem, 300),
        "remedy": proposal.remedy,
        "needed": proposal.needed,
        "count": len(proposal.changes),
        "features": [change.feature for change in proposal.changes if change.feature < _DRAWN],
        "changes": [
            {
                "where": short(change.where, 80),
                "feature": change.feature,
                "becomes": len(change.after),
                **picture_of(change, proposal.repair, extent),
            }
            for change in proposal.changes[:_PICTURES]
        ],
    }
