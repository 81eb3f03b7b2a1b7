"""Check a whole corridor: everything that is wrong, where, and what to do about it.

Reading already finds what is broken; here the files are held against each other: sources
that nobody lists, events out of order, annotations that point nowhere, bridges that
stand elsewhere. Nothing is repaired and nothing outside the folder is read.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, Finding
from corridormap.geo.measure import distance_m
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.folder.files import LAYERS, MANIFEST, SOURCES, STYLE, layer_file
from corridormap.layers.validation.annotations import annotation_findings
from corridormap.layers.validation.claims import claim_findings
from corridormap.layers.validation.publish import citations_of, fit_to_publish
from corridormap.layers.validation.routes import route_findings
from corridormap.layers.wording.words import distance, full_date, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.layer import Layer

__all__ = ["Finding", "check_corridor", "validate", "validate_files"]

_POINT_KINDS = {"border_crossing", "bridge", "town", "node", "tripoint"}
_LINE_KINDS = {"road", "railway", "power_line", "route"}
_REMEDY_SOURCE = f"Add the id of an entry in {SOURCES}."


def validate(folder: Path) -> tuple[Finding, ...]:
    """Return everything wrong with a corridor's folder, by file and feature.

    Parameters
    ----------
    folder
        The corridor's folder. One that cannot be opened at all is a finding too.
    """
    return _findings(lambda: load_corridor(folder))


def validate_files(files: Mapping[str, bytes]) -> tuple[Finding, ...]:
    """Return everything wrong with a corridor's files, wherever they are from.

    Parameters
    ----------
    files
        By the name relative to the corridor's folder.
    """
    return _findings(lambda: Corridor.of(files))


def _findings(opened: Callable[[], Corridor]) -> tuple[Finding, ...]:
    try:
        corridor = opened()
    except CorridorError as error:
        return error.faults
    return tuple(sorted({*corridor.findings, *check_corridor(corridor)}))


def check_corridor(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong between the parts of a corridor that could be read."""
    yield from _manifest_findings(corridor)
    yield from _style_findings(corridor)
    yield from _stray_files(corridor)
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            for problem, remedy in _feature_faults(corridor, layer, feature, said):
                yield Finding(layer.file, feature, problem, remedy)
    yield from fit_to_publish(corridor)
    yield from annotation_findings(corridor)
    yield from route_findings(corridor)
    yield from claim_findings(corridor)


def _manifest_findings(corridor: Corridor) -> Iterator[Finding]:
    manifest = corridor.manifest
    article = manifest.article
    if article and article.source not in corridor.sources:
        yield Finding(
            MANIFEST,
            "",
            f"the article's source '{short(article.source)}' is not in {SOURCES}",
            _REMEDY_SOURCE,
        )
    events = [
        (full_date(event.date) or "", feature)
        for layer in corridor.layers
        for feature, said in layer.features.items()
        for event in said.status_history
    ]
    latest = next((named for named in manifest.dates if named.id == "latest"), None)
    if latest and events and max(events)[0] > latest.date.isoformat():
        day, feature = max(events)
        yield Finding(
            MANIFEST,
            "",
            f"the date 'latest' is before the last event ({day}, {feature})",
            f"Write {day}.",
        )


def _style_findings(corridor: Corridor) -> Iterator[Finding]:
    known = {layer.id for layer in corridor.manifest.layers}
    named = [(f"the table layer.{name}", name) for name in corridor.style.layer]
    named += [
        (f"rule {number}", rule.layer)
        for number, rule in enumerate(corridor.style.rule, start=1)
        if rule.layer is not None
    ]
    for what, layer in named:
        if layer not in known:
            yield Finding(
                STYLE,
                "",
                f"{what} speaks of the unknown layer '{short(layer)}'",
                f"Use one of: {', '.join(sorted(known))}.",
            )


def _stray_files(corridor: Corridor) -> Iterator[Finding]:
    known = {layer_file(layer.id) for layer in corridor.manifest.layers}
    found = [name for name in corridor.files if name.startswith(f"{LAYERS}/")]
    for name in sorted([*found, *(f"{LAYERS}/{other}" for other in corridor.others)]):
        if name not in known:
            yield Finding(
                short(name, 100),
                "",
                f"the file is not a layer of {MANIFEST}",
                "List it there, or take it out of the folder.",
            )


def _feature_faults(
    corridor: Corridor, layer: Layer, feature: str, said: FeatureProperties
) -> Iterator[tuple[str, str]]:
    yield from _kind_faults(layer, feature, said)
    yield from _bridge_faults(corridor, layer, feature, said)
    yield from _history_faults(said)
    if corridor.sources:
        yield from _source_faults(corridor, said)


def _source_faults(corridor: Corridor, said: FeatureProperties) -> Iterator[tuple[str, str]]:
    for what, sources in citations_of(said):
        for source in sources:
            if source not in corridor.sources:
                yield f"{what} names the unknown source '{short(source)}'", _REMEDY_SOURCE


def _kind_faults(layer: Layer, feature: str, said: FeatureProperties) -> Iterator[tuple[str, str]]:
    drawn = layer.frame.geometry.loc[feature].geom_type
    fits = (
        drawn == "Point"
        if said.kind in _POINT_KINDS
        else "Polygon" in drawn
        if said.kind == "area"
        else "Polygon" not in drawn
        if said.kind in _LINE_KINDS
        else True
    )
    if not fits:
        yield (
            f"the kind '{said.kind}' does not fit a {drawn}",
            "Change the kind, or draw the feature as a point, a line or an area.",
        )


def _bridge_faults(
    corridor: Corridor, layer: Layer, feature: str, said: FeatureProperties
) -> Iterator[tuple[str, str]]:
    if said.bridge is None:
        return
    home = corridor.layer_of(said.bridge)
    if home is None:
        whole = len(corridor.layers) == len(corridor.manifest.layers)
        if whole and not corridor.is_in_a_file(said.bridge):
            problem = f"the bridge '{short(said.bridge)}' is not there"
            yield problem, "Name a feature of kind bridge."
        return
    if home.features[said.bridge].kind != "bridge":
        yield f"'{short(said.bridge)}' is no bridge", "Name a feature of kind bridge."
        return
    here = layer.frame.geometry.loc[feature].centroid
    there = home.frame.geometry.loc[said.bridge].centroid
    apart_m = distance_m((here.x, here.y), (there.x, there.y))
    if apart_m > 0:
        yield (
            f"it stands {distance(apart_m)} from its bridge '{said.bridge}'",
            "Give both the same coordinates: they draw as one sign.",
        )


def _history_faults(said: FeatureProperties) -> Iterator[tuple[str, str]]:
    for before, after in pairwise(said.status_history):
        if (full_date(after.date) or "") < (full_date(before.date) or ""):
            yield (
                f"the history is out of order: {after.date} stands after {before.date}",
                "Put the events in the order of their dates, the oldest first.",
            )
