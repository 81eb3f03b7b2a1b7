"""Write a corridor's features as KML: a folder per layer, our colours, the rows as data.

It keeps to the schema of OGC KML 2.2. Viewers take a description for HTML however it is
escaped, so that one of ours has no letter that HTML would read; the data beside it is exact.
KML has no dashes and no glyphs of ours: points are the reader's own pins in the layer's colour.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import shapely

from corridormap.layers.exports.columns import as_text
from corridormap.layers.exports.simplestyle import simplestyle_of
from corridormap.layers.exports.xml_text import xml_attribute, xml_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from shapely.geometry.base import BaseGeometry

    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["to_kml"]

_DIGITS = 6
_NO_HTML = str.maketrans({"<": "‹", ">": "›"})
_MANY = ("MultiPoint", "MultiLineString", "MultiPolygon", "GeometryCollection")
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
        f"<name>{xml_text(title)}</name>",
        *([f"<description>{xml_text(_unmarked(about))}</description>"] if about else []),
    ]
    styles = {_style_id(feature): feature for feature in listed}
    for id_, feature in sorted(styles.items()):
        lines += [f'<Style id="{id_}">', *_style(feature), "</Style>"]
    for layer, mine in groupby(listed, key=lambda feature: (feature.layer, feature.layer_title)):
        lines += [f'<Folder id="layer_{layer[0]}">', f"<name>{xml_text(layer[1])}</name>"]
        for feature in mine:
            lines += _placemark(feature)
        lines.append("</Folder>")
    return "\n".join([*lines, "</Document>", "</kml>", ""])


def _style_id(feature: FlatFeature) -> str:
    # An id begins with a letter and stands once; one of ours has no "_".
    told = "-".join(str(value) for value in simplestyle_of(feature).values())
    return f"style_{told.replace('#', '')}"


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
    own = feature.own
    id_ = feature.id if feature.id[0].isalpha() else f"_{feature.id}"
    yield f"<Placemark id={xml_attribute(id_)}>"
    yield f"<name>{xml_text(str(own['name']))}</name>"
    if "description" not in feature.given:  # which a reader would take this one for
        told = [f"{key.replace('_', ' ')}: {own[key]}" for key in _DESCRIBED if own[key]]
        yield f"<description>{xml_text(_unmarked(chr(10).join(told)))}</description>"
    yield f"<styleUrl>#{_style_id(feature)}</styleUrl>"
    yield "<ExtendedData>"
    for key, value in feature.row.items():
        if value is not None and (value != "" or key in feature.given):
            text = xml_text(as_text(value))
            yield f"<Data name={xml_attribute(key)}><value>{text}</value></Data>"
    yield "</ExtendedData>"
    yield _geometry(feature.geometry)
    yield "</Placemark>"


def _unmarked(text: str) -> str:
    """Return a text that is no markup, nor becomes any, where a viewer reads it as HTML."""
    return text.translate(_NO_HTML).replace("$[", "$ [")


def _geometry(geometry: BaseGeometry) -> str:
    if geometry.geom_type not in _MANY:
        return _part(geometry)
    shapes = "".join(_geometry(part) for part in shapely.get_parts(geometry))
    return f"<MultiGeometry>{shapes}</MultiGeometry>"


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
