"""Write a layer's look as a style of QGIS (QML): a category for each kind and status in it.

Lines and areas have the map's own strokes, dashes included; points have a circle in the colour
of the map, since its glyphs have no word there. A style has symbols of one sort only, so that
of a layer with several is for the sort that most of its features have.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from corridormap.layers.exports.xml_text import xml_attribute
from corridormap.layers.scene.looks import AreaSign, LineSign
from corridormap.layers.wording.kinds import status_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.exports.flat import FlatFeature
    from corridormap.layers.scene.looks import Sign, Stroke

__all__ = ["qgis_style"]

_SORTS = ("marker", "line", "fill")
_START = (
    "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>",
    '<qgis version="3.28.0" styleCategories="Symbology">',
)
_UNIT = "Pixel"


def qgis_style(features: Sequence[FlatFeature]) -> str:
    """Return the QML of a layer's features, whose columns are called as in their rows."""
    sort = Counter(_sort_of(feature.sign) for feature in features).most_common(1)[0][0]
    labels = {str(feature.own["kind"]): feature.kind_label for feature in features}
    looks: dict[tuple[str, str], Counter[tuple[str, Sign]]] = {}
    for feature in features:
        if _sort_of(feature.sign) == sort:
            key = (str(feature.own["kind"]), str(feature.own["status"]))
            looks.setdefault(key, Counter())[feature.color, feature.sign] += 1
    names = features[0].names
    # A unit of text stands between the two, so that no two pairs are one.
    value = f"concat({_quoted(names['kind'])}, '|', {_quoted(names['status'])})"
    lines = [*_START, f'<renderer-v2 type="categorizedSymbol" attr={xml_attribute(value)}']
    lines[-1] += ' symbollevels="0" enableorderby="0" forceraster="0">'
    lines.append("<categories>")
    for number, (kind, status) in enumerate(looks):
        state = status_label(kind, status) if status else "not known yet"
        told = f"{labels[kind]}, {state}"
        lines.append(
            f'<category symbol="{number}" type="string" render="true"'
            f" value={xml_attribute(f'{kind}|{status}')} label={xml_attribute(told)}/>"
        )
    lines += ["</categories>", "<symbols>"]
    for number, found in enumerate(looks.values()):
        color, sign = found.most_common(1)[0][0]
        lines.append(f'<symbol name="{number}" type="{sort}" alpha="1" clip_to_extent="1">')
        lines += _layers(color, sign)
        lines.append("</symbol>")
    lines += ["</symbols>", "</renderer-v2>"]
    lines.append(f"<layerGeometryType>{_SORTS.index(sort)}</layerGeometryType>")
    return "\n".join([*lines, "</qgis>", ""])


def _sort_of(sign: Sign) -> str:
    if isinstance(sign, LineSign):
        return "line"
    return "fill" if isinstance(sign, AreaSign) else "marker"


def _quoted(name: str) -> str:
    """Return a column's name as QGIS's expressions quote it."""
    return '"' + name.replace('"', '""') + '"'


def _layers(color: str, sign: Sign) -> Iterator[str]:
    if isinstance(sign, LineSign):
        for stroke in sign.strokes:
            yield _line(stroke)
    elif isinstance(sign, AreaSign):
        inside = _color(sign.fill.color, sign.fill.opacity)
        yield _layer("SimpleFill", {"color": inside, "style": "solid", "outline_style": "no"})
        for stroke in sign.strokes:
            yield _line(stroke)
    else:
        options = {
            "name": "circle",
            "color": _color(color, 1.0),
            "outline_color": _color("#ffffff", 1.0),
            "outline_width": "1",
            "outline_width_unit": _UNIT,
            "size": f"{2 * sign.radius_px:g}",
            "size_unit": _UNIT,
        }
        yield _layer("SimpleMarker", options)


def _line(stroke: Stroke) -> str:
    dash = ";".join(f"{length:g}" for length in stroke.dash_px)
    options = {
        "line_color": _color(stroke.color, stroke.opacity),
        "line_width": f"{stroke.width_px:g}",
        "line_width_unit": _UNIT,
        "line_style": "solid",
        "capstyle": "round" if stroke.cap == "round" else "flat",
        "joinstyle": "round",
        "use_custom_dash": "1" if dash else "0",
        "customdash": dash or "5;2",
        "customdash_unit": _UNIT,
        "dash_pattern_offset": f"{stroke.dash_offset_px:g}",
        "dash_pattern_offset_unit": _UNIT,
    }
    return _layer("SimpleLine", options)


def _layer(kind: str, options: Mapping[str, str]) -> str:
    listed = "".join(
        f'<Option name="{name}" type="QString" value={quoteattr(value)}/>'
        for name, value in options.items()
    )
    return (
        f'<layer class="{kind}" enabled="1" locked="0" pass="0">'
        f'<Option type="Map">{listed}</Option></layer>'
    )


def _color(hex_color: str, opacity: float) -> str:
    """Return a colour as QGIS has it: red, green, blue, opacity, each to 255."""
    parts = (int(hex_color[n : n + 2], 16) for n in (1, 3, 5))
    return ",".join(str(part) for part in (*parts, round(opacity * 255)))
