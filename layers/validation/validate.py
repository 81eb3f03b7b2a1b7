"""Check a whole corridor: everything that is wrong, where, and what to do about it.

Reading already finds what is broken; here the files are held against each other: sources
that nobody lists, events out of order, annotations that point nowhere, bridges that
stand elsewhere. Nothing is repaired and nothing outside the folder is read.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from corridormap.geo.errors import CorridorError, Fault, Finding
from corridormap.geo.formats.plausible import is_null_island
from corridormap.geo.measure import distance_m
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.corridor.feature import fits_shape
from corridormap.layers.folder.files import LAYERS, MANIFEST, SOURCES, STYLE, layer_file
from corridormap.layers.validation.annotations import annotation_findings
from corridormap.layers.validation.apart import apart_faults
from corridormap.layers.validation.claims import claim_findings
from corridormap.layers.validation.crossing_order import order_findings
from corridormap.layers.validation.figures import figure_findings
from corridormap.layers.validation.layouts import layout_findings
from corridormap.layers.validation.meeting import meeting_findings
from corridormap.layers.validation.origins import origin_findings
from corridormap.layers.validation.promises import promise_faults
from corridormap.layers.validation.publish import citations_of, fit_to_publish
from corridormap.layers.validation.rounding import rounding_faults
from corridormap.layers.validation.routes import route_findings
from corridormap.layers.validation.straight_runs import run_faults
from corridormap.layers.wording.words import distance, full_date, short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.layer import Layer

__all__ = ["Finding", "check_corridor", "findings_of_all", "validate", "validate_files"]


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
    return findings_of_all(corridor)


def findings_of_all(corridor: Corridor) -> tuple[Finding, ...]:
    """Return everything wrong with a corridor that could be opened, by file and feature."""
    return tuple(sorted({*corridor.findings, *check_corridor(corridor)}))


def check_corridor(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong between the parts of a corridor that could be read."""
    yield from _manifest_findings(corridor)
    yield from _style_findings(corridor)
    yield from layout_findings(corridor)
    yield from _stray_files(corridor)
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            if is_null_island(layer.shapes[feature]):
                yield Finding("position-is-null-island", layer.file, feature, "geometry")
            for fault in _feature_faults(corridor, layer, feature, said):
                yield fault.at(layer.file, feature)
    yield from fit_to_publish(corridor)
    yield from annotation_findings(corridor)
    yield from route_findings(corridor)
    yield from order_findings(corridor)
    yield from meeting_findings(corridor)
    yield from claim_findings(corridor)
    yield from origin_findings(corridor)
    yield from figure_findings(corridor)


def _manifest_findings(corridor: Corridor) -> Iterator[Finding]:
    manifest = corridor.manifest
    article = manifest.article
    if article and article.source not in corridor.sources:
        yield Finding(
            "article-source-is-unknown",
            MANIFEST,
            "",
            "article.source",
            source=short(article.source),
            sources=SOURCES,
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
        yield Finding("latest-date-before-last-event", MANIFEST, "", "dates", day=day, id=feature)


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
                "style-names-unknown-layer",
                STYLE,
                "",
                what=what,
                layer=short(layer),
                known=", ".join(sorted(known)),
            )


def _stray_files(corridor: Corridor) -> Iterator[Finding]:
    known = {layer_file(layer.id) for layer in corridor.manifest.layers}
    found = [name for name in corridor.files if name.startswith(f"{LAYERS}/")]
    for name in sorted([*found, *(f"{LAYERS}/{other}" for other in corridor.others)]):
        if name not in known:
            yield Finding("file-is-not-a-layer", short(name, 100), "", manifest=MANIFEST)


def _feature_faults(
    corridor: Corridor, layer: Layer, feature: str, said: FeatureProperties
) -> Iterator[Fault]:
    yield from _kind_faults(layer, feature, said)
    yield from _bridge_faults(corridor, layer, feature, said)
    yield from _history_faults(said)
    for rule in (run_faults, rounding_faults, apart_faults):
        yield from rule(said, layer.shapes[feature])
    yield from promise_faults(corridor, said)
    if corridor.sources:
        yield from _source_faults(corridor, said)


def _source_faults(corridor: Corridor, said: FeatureProperties) -> Iterator[Fault]:
    for cited in citations_of(said):
        for source in cited.sources:
            if source not in corridor.sources:
                yield Fault(
                    "names-unknown-source",
                    cited.field,
                    what=cited.what,
                    source=short(source),
                    sources=SOURCES,
                )


def _kind_faults(layer: Layer, feature: str, said: FeatureProperties) -> Iterator[Fault]:
    drawn = layer.shapes[feature].geom_type
    if not fits_shape(said.of_kind, drawn):
        yield Fault("kind-does-not-fit-shape", "kind", kind=said.kind, drawn=drawn)


def _bridge_faults(
    corridor: Corridor, layer: Layer, feature: str, said: FeatureProperties
) -> Iterator[Fault]:
    if said.bridge is None:
        return
    home = corridor.layer_of(said.bridge)
    if home is None:
        whole = len(corridor.layers) == len(corridor.manifest.layers)
        if whole and not corridor.is_in_a_file(said.bridge):
            yield Fault("bridge-is-missing", "bridge", bridge=short(said.bridge))
        return
    if home.features[said.bridge].kind != "bridge":
        yield Fault("feature-is-no-bridge", "bridge", bridge=short(said.bridge))
        return
    here = layer.shapes[feature].centroid
    there = home.shapes[said.bridge].centroid
    apart_m = distance_m((here.x, here.y), (there.x, there.y))
    if apart_m > 0:
        yield Fault(
            "bridge-sign-stands-apart", "bridge", apart=distance(apart_m), bridge=said.bridge
        )


def _history_faults(said: FeatureProperties) -> Iterator[Fault]:
    for before, after in pairwise(said.status_history):
        if (full_date(after.date) or "") < (full_date(before.date) or ""):
            yield Fault(
                "status-history-out-of-order",
                "status_history",
                after=after.date,
                before=before.date,
            )
