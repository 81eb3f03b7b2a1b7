"""Write a corridor as the JSON document that the browser's map reads.

Every feature with every look through time, so that switches and dates need no server.
Its keys are those of `shape`; text stays text and is never made into HTML.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import shapely
from shapely.geometry.base import BaseGeometry

from corridormap.layers.article.article import passage_of
from corridormap.layers.changes.entries import changes_document
from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.entries import page_entry
from corridormap.layers.claims.measured import measured_lengths
from corridormap.layers.claims.words import RESULT_WORDS
from corridormap.layers.folder.files import layer_file
from corridormap.layers.promises.words import HOW_TO_READ
from corridormap.layers.routes.document import routes_document
from corridormap.layers.scene.base_places import base_places
from corridormap.layers.scene.credits import credits_of
from corridormap.layers.scene.headline import headline_of
from corridormap.layers.scene.labels import label_languages
from corridormap.layers.scene.legend import legend_of
from corridormap.layers.scene.prices import LABEL_PRICES
from corridormap.layers.scene.resolve import resolve, with_legend
from corridormap.layers.scene.timeline import timeline_of
from corridormap.layers.theme import BASEMAPS, PALETTE
from corridormap.layers.wording.words import LANGUAGES, date_label, day_label, plain

if TYPE_CHECKING:
    from corridormap.app.browser.shape import ArticleHead, Document, Group
    from corridormap.geo.errors import Finding
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.source import Source
    from corridormap.layers.scene.resolve import Resolved
    from corridormap.layers.scene.scene import LegendEntry

__all__ = ["SCHEMA", "build_document", "to_json"]

SCHEMA: Final = 1
_DIGITS = 6


def build_document(corridor: Corridor) -> dict[str, Any]:
    """Return the document of a corridor, ready for `json.dumps`.

    Geometry is GeoJSON in lon, lat degrees with six digits at most.
    """
    resolved = resolve(corridor)
    manifest = corridor.manifest
    legend = _legend(resolved)
    document: Document = {
        "schema": SCHEMA,
        "corridor": {
            "id": manifest.id,
            "title": plain(manifest.title),
            "summary": plain(manifest.summary),
            "headline": to_json(headline_of(corridor)),
            "as_of": manifest.as_of.isoformat(),
            "as_of_label": day_label(manifest.as_of.isoformat()),
            "extent": list(manifest.extent),
        },
        "dates": to_json(timeline_of(resolved.features, manifest)),
        "changes": changes_document(corridor),
        "article": _article(corridor),
        "groups": _groups(corridor),
        "layers": to_json(resolved.layers),
        "features": to_json(resolved.features),
        "signs": to_json(with_legend(resolved.signs, legend)),
        "claims": to_json(resolved.claims),
        "passages": [to_json(passage_of(a, t)) for a in corridor.annotations for t in a.passages],
        "checks": to_json([page_entry(c, corridor.sources) for c in check_claims(corridor)]),
        "verdicts": to_json(RESULT_WORDS),
        "measured": to_json(measured_lengths(corridor)),
        "sources": {key: _source(corridor.sources[key]) for key in resolved.sources},
        "legend": to_json(legend),
        "label_prices": to_json(LABEL_PRICES),
        "promises_how": HOW_TO_READ,
        "palette": dict(PALETTE),
        "basemaps": [basemap._asdict() for basemap in BASEMAPS],
        "routes": routes_document(corridor),
        "credits": list(credits_of(corridor)),
        "boundary_note": plain(manifest.boundary_note),
        "label_languages": [
            {"code": code, "title": LANGUAGES.get(code, code)} for code in label_languages(corridor)
        ],
        "places": to_json(base_places(manifest.extent)),
        "own_countries": sorted(manifest.countries),
        "findings": [finding.as_dict() for finding in _findings(corridor)],
    }
    return cast("dict[str, Any]", document)


def to_json(value: Any) -> Any:
    """Return a value of the scene as plain JSON: dataclasses by field, tuples as lists."""
    if isinstance(value, BaseGeometry):
        said = shapely.to_geojson(shapely.set_precision(value, 0))
        return json.loads(said, parse_float=_digits)  # noqa: TID251  of our own making
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_json(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(part) for part in value]
    if isinstance(value, (set, frozenset)):
        return sorted(to_json(part) for part in value)
    return value


def _digits(text: str) -> float:
    return round(float(text), _DIGITS)


def _source(source: Source) -> dict[str, Any]:
    """Return a source as CSL-JSON, with the keys it was read with; only web addresses stay."""
    entry: dict[str, Any] = source.model_dump(mode="json", by_alias=True, exclude_unset=True)
    entry.pop("URL", None)
    said: dict[str, Any] = _plain(entry)
    return {**said, "URL": source.url} if source.url else said


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, list):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value


def _findings(corridor: Corridor) -> list[Finding]:
    """Return what could not be read, saying of a whole layer that it is not shown."""
    read = {layer.id for layer in corridor.layers}
    lost = {layer_file(e.id): e.title for e in corridor.manifest.layers if e.id not in read}
    return [
        finding.within("layer-is-not-shown", title=plain(lost[finding.file]))
        if finding.file in lost
        else finding
        for finding in corridor.findings
    ]


def _legend(resolved: Resolved) -> tuple[LegendEntry, ...]:
    """Return every row that any date can need; the page lists those on the screen."""
    return legend_of((f, phase) for f in resolved.features for phase in f.phases)


def _groups(corridor: Corridor) -> list[Group]:
    entries = corridor.manifest.layers
    groups: list[Group] = [
        {
            "id": group.id,
            "title": plain(group.title),
            "layers": [entry.id for entry in entries if entry.group == group.id],
        }
        for group in corridor.manifest.all_groups
    ]
    return [group for group in groups if group["layers"]]


def _article(corridor: Corridor) -> ArticleHead | None:
    article = corridor.manifest.article
    source = corridor.sources.get(article.source) if article else None
    if source is None:
        return None
    return {
        "title": plain(source.title),
        "author": ", ".join(plain(name.text) for name in source.author),
        "publisher": plain(source.publisher or source.container_title),
        "date": source.issued.iso,
        "date_label": date_label(source.issued.iso) if source.issued.iso else source.issued.text,
        "url": source.url,
    }
