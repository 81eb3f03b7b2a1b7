"""Read the placemarks of KML and KMZ: folders are layers, styles and links are left aside.

Nothing that the file links to is opened. Descriptions are kept as the text they are.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import GeometryError, ReadError
from corridormap.geo.formats.blob import Blob
from corridormap.geo.formats.geojson import shape_of_json
from corridormap.geo.formats.leaving import attempted, gathered, row_of
from corridormap.geo.formats.shapes import as_many, joined
from corridormap.geo.formats.table import (
    LayerNote,
    Shaped,
    StatedCrs,
    Table,
    chosen,
    count,
    short,
    too_many,
)
from corridormap.geo.formats.tally import Tally
from corridormap.geo.formats.xml import Element, read_xml

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.geo.errors import Finding
    from corridormap.geo.formats.archive import Archive
    from corridormap.geo.formats.limits import Limits
    from corridormap.geo.formats.table import Row


__all__ = ["kml_of_kmz", "read_kml"]

_FOLDERS = {"Document", "Folder", "kml"}
_ROOTS = frozenset({*_FOLDERS, "Placemark"})
_BESIDE_COMMA = re.compile(r"\s*,\s*")
_LEFT_ASIDE = {
    "NetworkLink": "a link to another file, which is not followed",
    "GroundOverlay": "a picture laid over the ground",
    "PhotoOverlay": "a photograph",
    "ScreenOverlay": "a picture on the screen",
    "Model": "a 3D model",
}


def kml_of_kmz(archive: Archive, blob: Blob) -> Blob:
    """Return the KML inside a KMZ.

    Raises
    ------
    ReadError
        There is none, or several and none is doc.kml.
    """
    inside = [name for name in archive.names if name.lower().endswith(".kml")]
    main = [name for name in inside if name.lower() == "doc.kml"] or inside
    if len(main) != 1:
        raise ReadError("kmz-has-no-doc-kml", file=blob.name, n=count(len(inside), "KML file"))
    return Blob(blob.name, archive.read(main[0]))


def read_kml(blob: Blob, *, layer: str | None, limits: Limits) -> Table:
    """Return the placemarks of one folder of a KML file.

    Raises
    ------
    ReadError
        With every fault of the file in its `faults`.
    """
    root = read_xml(blob.data, file=blob.name, limits=limits)
    if root.name not in _ROOTS:
        raise ReadError("not-a-kml", file=blob.name)
    folders: dict[str, list[Element]] = {}
    aside: dict[str, int] = {}
    _gather(Element("", 0, {}, [root]), "", folders, aside)
    if not folders and (links := _links(root)):
        raise ReadError("kml-is-only-a-link", file=blob.name, address=short(links[0], 120))
    if sum(map(len, folders.values())) > limits.features:
        found = sum(map(len, folders.values()))
        raise too_many("features", found, limits.features, file=blob.name)
    notes = [LayerNote(name, len(marks)) for name, marks in folders.items()]
    name = chosen(notes, layer, file=blob.name)
    tally = Tally(limits.vertices)
    rows, left_out = gathered(blob.name, _rows(folders[name], tally, limits), tally)
    said = [
        f"The KML also has {_LEFT_ASIDE[kind]} ({found}×); it is left out."
        for kind, found in aside.items()
    ]
    if any(mark.child("styleUrl") or mark.child("Style") for mark in folders[name]):
        said.append("The colours and symbols of the KML are left out; the map has its own.")
    if any(mark.child("LookAt") or mark.child("Camera") for mark in folders[name]):
        said.append("The views of the KML are left out.")
    crs = StatedCrs("longitude and latitude, as KML has it", "EPSG:4326")
    return Table("KML", name, tuple(notes), rows, crs, tuple(said), left_out)


def _links(root: Element) -> list[str]:
    """Return the addresses of the files that a KML leads to, as text."""
    left, found = [root], []
    while left:
        element = left.pop()
        left += element.children
        if element.name == "NetworkLink":
            found += [link.text_of("href") for link in element.children if link.name in _LINKS]
    return [address for address in found if address]


_LINKS = ("Link", "Url")


def _gather(
    element: Element, path: str, folders: dict[str, list[Element]], aside: dict[str, int]
) -> None:
    name = element.text_of("name") if element.name in {"Document", "Folder"} else ""
    here = f"{path} / {name}".strip(" /") if name else path
    for child in element.children:
        if child.name in _FOLDERS:
            _gather(child, here, folders, aside)
        elif child.name == "Placemark":
            folders.setdefault(here or "placemarks", []).append(child)
        elif child.name in _LEFT_ASIDE:
            aside[child.name] = aside.get(child.name, 0) + 1


def _rows(marks: list[Element], tally: Tally, limits: Limits) -> Iterator[Row | Finding]:
    for number, mark in enumerate(marks, start=1):
        yield attempted(f"feature {number} (line {mark.line})", _row, mark, tally, limits)


def _row(where: str, mark: Element, tally: Tally, limits: Limits) -> Row:
    shaped = _together([c for c in mark.children if c.name in _SHAPES], tally)
    return row_of(where, shaped, _properties(mark), limits, given_id=mark.attributes.get("id", ""))


def _together(elements: list[Element], tally: Tally) -> Shaped:
    """Return several shapes as one; of several, one that is broken is lost alone."""
    if len(elements) == 1:
        return _shape(elements[0], tally)
    found: list[Shaped] = []
    broken: list[Finding] = []
    for element in elements:
        try:
            found.append(_shape(element, tally))
        except GeometryError as error:
            broken.append(error.finding)
    shapes = [one.shape for one in found if one.shape is not None]
    if broken and not shapes:
        raise GeometryError.of(broken)
    lost = [fault for one in found for fault in one.lost]
    lost += [one.within("part-cannot-be-read") for one in broken]
    opened = any(one.opened for one in found)
    return Shaped(joined(shapes) if shapes else None, opened, tuple(lost))


_SHAPES = {"Point", "LineString", "LinearRing", "Polygon", "MultiGeometry", "Track", "MultiTrack"}


def _shape(element: Element, tally: Tally) -> Shaped:
    kind = element.name
    if kind in {"MultiGeometry", "MultiTrack"}:
        found = _together([c for c in element.children if c.name in _SHAPES], tally)
        return replace(found, shape=as_many(found.shape)) if kind == "MultiGeometry" else found
    value: dict[str, Any]
    if kind == "Polygon":
        rings = [
            _positions(ring.text_of("coordinates"), ring.line, tally)
            for name in ("outerBoundaryIs", "innerBoundaryIs")
            for boundary in element.all(name)
            for ring in boundary.all("LinearRing")
        ]
        value = {"type": "Polygon", "coordinates": rings}
    elif kind == "Track":
        texts = " ".join(",".join(coord.text.split()) for coord in element.all("coord"))
        tally.times += sum(1 for _ in element.all("when"))
        value = {"type": "LineString", "coordinates": _positions(texts, element.line, tally)}
    else:
        points = _positions(element.text_of("coordinates"), element.line, tally)
        if kind == "Point" and len(points) > 1:
            raise GeometryError("point-has-several-positions")
        value = {
            "type": "Point" if kind == "Point" else "LineString",
            "coordinates": points[0] if kind == "Point" and points else points,
        }
    return shape_of_json(value, tally)


def _positions(text: str, line: int, tally: Tally) -> list[list[float]]:
    places = _BESIDE_COMMA.sub(",", text).split()
    # A height of 0 is how most programs write that there is none.
    high = sum(place.count(",") > 1 and place.split(",")[2].strip("0.-") != "" for place in places)
    tally.heights += high
    return [_position(place, line) for place in places]


def _position(text: str, line: int) -> list[float]:
    try:
        numbers = [float(part) for part in text.split(",")[:2]]
    except ValueError:
        numbers = []
    if len(numbers) != 2 or not all(math.isfinite(number) for number in numbers):
        raise GeometryError("kml-position-is-not-one", text=short(text, 40), line=line)
    return numbers


def _properties(mark: Element) -> dict[str, Any]:
    said: dict[str, Any] = {
        name: text for name in _OWN if (child := mark.child(name)) and (text := child.whole_text)
    }
    for stamp in mark.all("TimeStamp"):
        said["when"] = stamp.text_of("when")
    for span in mark.all("TimeSpan"):
        said |= {name: text for name in ("begin", "end") if (text := span.text_of(name))}
    for extended in mark.all("ExtendedData"):
        for data in extended.all("Data"):
            value = data.child("value")
            _beside(said, data.attributes.get("name", "data"), value.whole_text if value else "")
        for schema in extended.all("SchemaData"):
            for data in schema.all("SimpleData"):
                _beside(said, data.attributes.get("name", "data"), data.whole_text)
    return said


_OWN = ("name", "description", "address", "phoneNumber")


def _beside(said: dict[str, Any], name: str, value: str) -> None:
    """Keep a value of the data; the placemark's own name and description stay as they are."""
    if name in said and value and said[name] != value:
        name = f"{name} (data)"
    if value or name not in said:
        said[name] = value
