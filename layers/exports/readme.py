"""Write the README of a data export: what is in it, whose data it is, how it was made."""

from __future__ import annotations

from collections import Counter
from importlib.metadata import PackageNotFoundError, version
from textwrap import fill
from typing import TYPE_CHECKING

from corridormap.layers.promises.ledger import ledger
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.scene.resolve import resolve
from corridormap.layers.scene.timeline import searched_note
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.exports.flat import FlatFeature

__all__ = ["readme"]

_WIDTH = 88


def readme(corridor: Corridor, date: str, features: Sequence[FlatFeature]) -> str:
    """Return the README as plain text.

    Parameters
    ----------
    corridor, date, features
        What was exported, the day of the status, and the rows.
    """
    title = plain(corridor.manifest.title)
    parts = [title, "=" * len(title), "", *_what(corridor, date, features)]
    return "\n".join([*parts, *_licences(corridor), *_how()]) + "\n"


def _what(corridor: Corridor, date: str, features: Sequence[FlatFeature]) -> Iterator[str]:
    summary = plain(corridor.manifest.summary).rstrip(".")
    count = f"{len(features)} features, {len(corridor.annotations)} annotations"
    yield _text(f"{summary}. {count}, {len(corridor.sources)} sources." if summary else count)
    yield ""
    yield _text(
        f"Status: as known on {day_label(date)}. History holds earlier and later events."
        " Coordinates: longitude, latitude in degrees, WGS 84 (EPSG:4326)."
    )
    for named in corridor.manifest.dates:
        if named.searched and date >= named.date.isoformat():
            yield ""
            yield _text(f"{searched_note(named)}.")
    yield ""
    yield "Files"
    yield "-----"
    name = corridor.id
    yield _item(
        f"{name}.gpkg",
        "GeoPackage, a table for each layer with its style, which QGIS applies by itself: a "
        "category for each kind and status. Of a layer with points, lines and areas the style is "
        "for the sort that most are. Lists and objects are JSON",
    )
    yield _item(f"{name}.xlsx", "Excel workbook, a sheet for each layer and one of the sources")
    yield _item("layers/*.geojson", "GeoJSON (RFC 7946), one file a layer, simplestyle 1.1")
    yield _item("layers/*.parquet", "GeoParquet 1.1, one file a layer. Lists and objects are JSON")
    yield _item(f"{name}.kml", "KML 2.2, a folder for each layer")
    yield _item(
        "features.csv",
        "a row for each feature. UTF-8 with a byte order mark, which Excel needs to read names "
        "right. An apostrophe before = + - @ keeps a text from being run as a formula. lon, lat "
        "is the point, the middle of a line or a place inside an area; wkt is the shape. A "
        "spreadsheet cuts cells of more than 32,767 letters: it should be given the workbook",
    )
    if ledger(corridor):
        yield _item(
            "promises.csv",
            "what had been announced for a date by then: who said it, when, for when, and whether "
            "it was kept",
        )
    yield _item(
        "datapackage.json",
        "a Data Package (Frictionless 1.0) of all these: columns with their types, hashes",
    )
    yield _item("annotations.jsonld", "W3C Web Annotations: what the article says, in our words")
    yield _item("sources.json, .bib", "every source, as CSL-JSON and as BibTeX")
    yield ""
    yield from _columns(features)
    yield "Layers"
    yield "------"
    counts = Counter(feature.layer for feature in features)
    for layer in resolve(corridor).layers:
        yield _item(layer.id, f"{layer.title}, {counts[layer.id]} features")
        for note in layer.notes:
            yield _item("", note)
    yield ""
    if corridor.manifest.kinds:
        yield "Kinds of its own"
        yield "----------------"
        for kind in corridor.manifest.kinds:
            yield _item(kind.id, kind.of_kind.label)
        yield ""
    yield _text(
        "A position is exact, traced (from a mapped thing), approximate (somewhere inside"
        " uncertainty_m) or schematic (joins known places and says nothing of the way between)."
        " Where sources differ, every value is given with its own sources."
    )
    yield ""


def _columns(features: Sequence[FlatFeature]) -> Iterator[str]:
    """Say how columns are called, and what a format cannot hold."""
    yield "Columns"
    yield "-------"
    yield _text(
        "Every column of the corridor's own files keeps its name and its values, in every file."
        " What a file cannot hold:"
    )
    renamed = [f"{new} ({old})" for old, new in features[0].names.items() if new != old]
    if renamed:
        yield _item("", f"Columns of ours have another name beside yours: {', '.join(renamed)}.")
    yield _item(
        "KML, CSV",
        "know only text: numbers are written out, yes and no as true and false, lists and objects "
        "as JSON. An empty text and none are the same in CSV. KML takes blanks off the ends of a "
        "text, and a collection of shapes of one type is a Multi of it",
    )
    yield _item(
        "XLSX",
        "lists and objects are JSON as text, numbers have 16 digits; an empty text and none are "
        "the same. A shape or text of more than 32,767 letters is only named: it stands whole in "
        "the other files",
    )
    yield _item(
        "GeoPackage",
        "a missing value and an empty one (null) are the same, as in GeoParquet, KML, CSV and XLSX."
        " Of columns that differ in large and small letters only, the later is called map_ and its "
        "name",
    )
    yield _item(
        "GeoJSON",
        "a column of yours with a word of simplestyle (stroke, fill, marker-color) stays what it "
        "is, so that its features have no colour of ours",
    )
    yield _text(
        "Heights and measures are not part of a corridor. Positions have six decimals (0.1 m) in"
        " text and their full number of digits in GeoPackage and GeoParquet. A character that XML"
        " has no word for stands as \ufffd in KML and XLSX."
    )
    yield ""


def _licences(corridor: Corridor) -> Iterator[str]:
    yield "Whose data it is"
    yield "----------------"
    yield _text(f"Base map and outlines: {'; '.join(credits_of(corridor))}.")
    datasets = [source for source in corridor.sources.values() if source.type == "dataset"]
    if datasets:
        yield ""
        yield "Data sets that positions and outlines are from, with their licences:"
        for source in datasets:
            where = f" {source.url}" if source.url else ""
            note = f". {plain(source.note)}" if source.note else ""
            yield _item(source.id, f"{plain(source.title)}{note}.{where}")
        yield ""
        yield _text(
            "Files with geometry from a data set under the ODbL are offered whole under the ODbL"
            " 1.0 (https://opendatacommons.org/licenses/odbl/1-0/): keep its credit, and share"
            " changes of it alike. Each layer's GeoJSON names its licence and credit. Texts of news"
            " and reports are not in here, only facts in our words with their sources."
        )
    note = plain(corridor.manifest.boundary_note_print or corridor.manifest.boundary_note)
    if note:
        yield ""
        yield _text(f"{note.rstrip('.')}.")
    yield ""


def _how() -> Iterator[str]:
    yield "How it was made"
    yield "---------------"
    yield _text(
        f"With Corridormap {_version()}: corridormap export. The same corridor, date and version"
        " give the same files. Colours are those of the map; its dashes and glyphs have no word"
        " in simplestyle and KML."
    )


def _item(name: str, text: str) -> str:
    head = f"{name:<20} "
    return _text(text, first=head, others=" " * 21)


def _text(text: str, *, first: str = "", others: str = "") -> str:
    return fill(
        text,
        _WIDTH,
        initial_indent=first,
        subsequent_indent=others,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _version() -> str:
    try:
        return version("corridormap")
    except PackageNotFoundError:
        return "from its source"
