"""Write a layer as GeoJSON that other programs show in our colours.

RFC 7946: lon, lat in degrees, outer rings to the left, the id beside the properties. The
properties are those of the layer's own file, with the status at the date, and a style by
simplestyle 1.1 as far as the file has no columns of its words. Dashes have no word there and
are lost.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely

from corridormap.geo.geojson import properties_of
from corridormap.layers.scene.looks import AreaSign, LineSign

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.corridor.layer import Layer
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["layer_geojson", "simplestyle_of"]

_DIGITS = 6
_WHITE = "#ffffff"
_SMALL, _LARGE = 6.0, 15.0


def layer_geojson(
    layer: Layer,
    features: Iterable[FlatFeature],
    *,
    licences: Sequence[str] = (),
    credits_: Sequence[str] = (),
) -> str:
    """Return a FeatureCollection of a layer's features.

    Parameters
    ----------
    layer
        The layer as read: its properties are kept as they are.
    features
        Those of its features that are written, in order.
    licences, credits_
        Of the data that their geometries come from: the file is offered under these, and says so.
    """
    given = properties_of(layer.frame)
    listed = list(features)
    collection: dict[str, Any] = {"type": "FeatureCollection"}
    if licences:
        collection |= {"license": " AND ".join(licences), "attribution": "; ".join(credits_)}
    if listed:
        bounds = shapely.total_bounds([feature.geometry for feature in listed])
        collection["bbox"] = [round(float(degree), _DIGITS) for degree in bounds]
    collection["features"] = [_feature(feature, given[feature.id]) for feature in listed]
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def simplestyle_of(feature: FlatFeature) -> dict[str, Any]:
    """Return a feature's style in simplestyle's words; colours are #rrggbb."""
    sign = feature.sign
    if isinstance(sign, LineSign):
        inked = [stroke for stroke in sign.strokes if stroke.color.lower() != _WHITE]
        pens = inked or list(sign.strokes)
        stroke = max(pens, key=lambda pen: pen.width_px)
        return _stroke(stroke.color, stroke.width_px, stroke.opacity)
    if isinstance(sign, AreaSign):
        edge = sign.strokes[-1] if sign.strokes else None
        style = _stroke(edge.color, edge.width_px, edge.opacity) if edge else {}
        fill = {"fill": sign.fill.color.lower(), "fill-opacity": round(sign.fill.opacity, 3)}
        return {**style, **fill}
    small, large = sign.radius_px < _SMALL, sign.radius_px > _LARGE
    size = "small" if small else "large" if large else "medium"
    return {"marker-color": feature.color.lower(), "marker-size": size}


def _stroke(color: str, width_px: float, opacity: float) -> dict[str, Any]:
    return {
        "stroke": color.lower(),
        "stroke-width": round(width_px, 2),
        "stroke-opacity": round(opacity, 3),
    }


def _feature(feature: FlatFeature, given: dict[str, Any]) -> dict[str, Any]:
    own, names = feature.own, feature.names
    ours = {"layer": feature.layer, "title": own["name"]}
    ours |= {key: own[key] for key in ("status", "status_since")}
    properties = {
        **simplestyle_of(feature),
        **given,
        **{names[key]: value for key, value in ours.items()},
    }
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": _geometry(feature.geometry),
        "properties": properties,
    }


def _geometry(geometry: BaseGeometry) -> Any:
    """Return a geometry as RFC 7946 has it."""
    flat = shapely.orient_polygons(shapely.force_2d(geometry), exterior_cw=False)
    return json.loads(  # noqa: TID251  of our own making
        shapely.to_geojson(flat), parse_float=lambda text: round(float(text), _DIGITS)
    )
