"""Write a corridor's features as KML: a folder per layer, our colours, the rows as data.

Every text is escaped and no description is HTML. KML has no dashes and no glyphs of ours:
points are the reader's own pins in the layer's colour.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

import shapely

from corridormap.layers.exports.simplestyle import simplestyle_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_kml"]

_DIGITS = 6
_DESCRIBED = ("kind", "status", "status_since", "position_quality", "figures", "history")


def to_kml(title: str, features: Iterable[FlatFeature], *, about: str = "") -> str:
    """Return a KML document.

    Parameters
    ----------
    title
        What it is called.
    features
        In order; those of one layer stand together.
    about
        What is said of the whole: licence and credit.
    """
    listed = list(features)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<kml xmlns="http://www.opengis.net/kml/2.2">',
        "<Document>",
        f"<name>{escape(title)}</name>",
        *([f"<description>{escape(about)}</description>"] if about else []),
    ]
    styles = {_style_id(feature): feature for feature in listed}
    for id_, feature in sorted(styles.items()):
        lines += [f"<Style id={quoteattr(id_)}>", *_style(feature), "</Style>"]
    for layer, mine in groupby(listed, key=lambda feature: (feature.layer, feature.layer_title)):
        lines += [f"<Folder id={quoteattr(layer[0])}>", f"<name>{escape(layer[1])}</name>"]
        for feature in mine:
            lines += _placemark(feature)
        lines.append("</Folder>")
    return "\n".join([*lines, "</Document>", "</kml>", ""])


def _style_id(feature: FlatFeature) -> str:
    return "-".join(str(value) for value in simplestyle_of(feature).values()).replace("#", "")


def _style(feature: FlatFeature) -> Iterator[str]:
    style = simplestyle_of(feature)
    if "marker-color" in style:
        yield f"<IconStyle><color>{_color(style['marker-color'], 1.0)}</color></IconStyle>"
    if "stroke" in style:
        color = _color(style["stroke"], style["stroke-opacity"])
        width = style["stroke-width"]
        yield f"<LineStyle><color>{color}</color><width>{width}</width></LineStyle>"
    if "fill" in style:
        color = _color(style["fill"], style["fill-opacity"])
        yield f"<PolyStyle><color>{color}</color></PolyStyle>"


def _color(hex_color: str, opacity: float) -> str:
    """Return a colour as KML has it: opacity, blue, green, red."""
    red, green, blue = hex_color[1:3], hex_color[3:5], hex_color[5:7]
    return f"{round(opacity * 255):02x}{blue}{green}{red}"


def _placemark(feature: FlatFeature) -> Iterator[str]:
    row = feature.row
    told = [f"{key.replace('_', ' ')}: {row[key]}" for key in _DESCRIBED if row[key]]
    yield f"<Placemark id={quoteattr(feature.id)}>"
    yield f"<name>{escape(str(row['name']))}</name>"
    yield f"<description>{escape(chr(10).join(told))}</description>"
    yield f"<styleUrl>#{escape(_style_id(feature))}</styleUrl>"
    yield "<ExtendedData>"
    for key, value in row.items():
        if value not in {"", None} and not key.endswith("_json"):
            text = escape(str(value))
            yield f"<Data name={quoteattr(key)}><value>{text}</value></Data>"
    yield "</ExtendedData>"
    yield _geometry(feature.geometry)
    yield "</Placemark>"


def _geometry(geometry: BaseGeometry) -> str:
    parts = shapely.get_parts(shapely.force_2d(geometry))
    shapes = "".join(_part(part) for part in parts)
    return shapes if len(parts) == 1 else f"<MultiGeometry>{shapes}</MultiGeometry>"


def _part(part: BaseGeometry) -> str:
    if isinstance(part, shapely.Point):
        return f"<Point>{_coordinates(part)}</Point>"
    if isinstance(part, shapely.Polygon):
        turned = shapely.geometry.polygon.orient(part)
        holes = "".join(
            f"<innerBoundaryIs><LinearRing>{_coordinates(ring)}</LinearRing></innerBoundaryIs>"
            for ring in turned.interiors
        )
        ring = f"<LinearRing>{_coordinates(turned.exterior)}</LinearRing>"
        return f"<Polygon><outerBoundaryIs>{ring}</outerBoundaryIs>{holes}</Polygon>"
    return f"<LineString><tessellate>1</tessellate>{_coordinates(part)}</LineString>"


def _coordinates(part: BaseGeometry) -> str:
    pairs = shapely.get_coordinates(part).round(_DIGITS)
    text = " ".join(f"{lon:.10g},{lat:.10g}" for lon, lat in pairs)
    return f"<coordinates>{text}</coordinates>"
