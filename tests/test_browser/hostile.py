"""A corridor in which every text that a stranger may write is an attack."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

__all__ = ["PAYLOADS", "write_hostile"]

PAYLOADS = (Path(__file__).parents[1] / "payloads.txt").read_text(encoding="utf-8").split("\n")[:-1]
_EXTENT = (10.0, 40.0, 26.0, 50.0)
_COLUMNS = 16


def write_hostile(folder: Path) -> Path:
    """Write a corridor with a layer, a feature, a claim and a source for every payload.

    A payload stands in the name and the local name of its feature, in every text of its
    figures, events and position, in a key of its own, in the title and the notes of its
    layer, in the claim and its quote, and in the source's title, publisher, author and URL.
    """
    (folder / "layers").mkdir(parents=True)
    for number, payload in enumerate(PAYLOADS):
        collection = {"type": "FeatureCollection", "features": [_feature(number, payload)]}
        _write(folder / "layers" / f"layer-{number}.geojson", collection)
    _write(folder / "sources.json", [_source(n, p) for n, p in enumerate(PAYLOADS)])
    _write(
        folder / "annotations.jsonld",
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "AnnotationPage",
            "items": [_annotation(n, p) for n, p in enumerate(PAYLOADS)],
        },
    )
    (folder / "corridor.toml").write_text(_manifest(), encoding="utf-8")
    return folder


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value), encoding="utf-8")


def _quoted(text: str) -> str:
    # A JSON string is a TOML string too.
    return json.dumps(text)


def _manifest() -> str:
    layers = "".join(
        f'[[layers]]\nid = "layer-{number}"\ntitle = {_quoted(payload)}\n'
        f'group = "g{number % 9}"\nvisible = true\nnotes = [{_quoted(payload)}]\n'
        for number, payload in enumerate(PAYLOADS)
    )
    groups = "".join(f'[[groups]]\nid = "g{n}"\ntitle = {_quoted(PAYLOADS[n])}\n' for n in range(9))
    text = _quoted(PAYLOADS[0])
    return (
        f'id = "hostile"\ntitle = {text}\nsummary = {_quoted(PAYLOADS[6])}\n'
        f"as_of = 2024-06-01\nextent = {list(_EXTENT)}\n"
        f'countries = ["AZ"]\nboundary_note = {text}\nboundary_note_print = {text}\n'
        '[article]\nsource = "S0"\n'
        f'[[dates]]\nid = "article"\nlabel = {_quoted(PAYLOADS[25])}\ndate = 2024-06-01\n'
        f"{groups}{layers}"
    )


def _place(number: int) -> list[float]:
    west, south, east, north = _EXTENT
    row, column = divmod(number, _COLUMNS)
    rows = -(-len(PAYLOADS) // _COLUMNS)
    return [
        west + (column + 0.5) * (east - west) / _COLUMNS,
        south + (row + 0.5) * (north - south) / rows,
    ]


def _feature(number: int, payload: str) -> dict[str, Any]:
    source = [f"S{number}"]
    figure = {"quantity": payload, "value": 5, "unit": payload, "of": payload, "note": payload}
    return {
        "type": "Feature",
        "id": f"h{number}",
        "geometry": {"type": "Point", "coordinates": _place(number)},
        "properties": {
            "name": payload,
            "name:fa": payload,
            "label": payload,
            "kind": "border_crossing",
            "mode": "road",
            "countries": ["AZ"],
            "position_quality": "approximate",
            "uncertainty_m": 50,
            "position_note": payload,
            "position_sources": source,
            "status_history": [
                {
                    "date": "2020",
                    "status": "operating",
                    "milestone": payload,
                    "note": payload,
                    "sources": source,
                }
            ],
            "figures": [{**figure, "sources": source}],
            "sources": source,
            payload: payload,
        },
    }


def _source(number: int, payload: str) -> dict[str, Any]:
    return {
        "id": f"S{number}",
        "type": "webpage",
        "title": payload,
        "publisher": payload,
        "author": [{"family": payload, "given": payload}],
        "issued": {"literal": payload},
        "URL": payload,
    }


def _annotation(number: int, payload: str) -> dict[str, Any]:
    return {
        "type": "Annotation",
        "id": f"a{number}",
        "motivation": "linking",
        "body": {"type": "TextualBody", "language": "en", "value": payload},
        "target": [
            {
                "type": "SpecificResource",
                "source": payload,
                "selector": [{"type": "TextQuoteSelector", "exact": payload}],
            },
            {
                "type": "SpecificResource",
                "source": f"layers/layer-{number}.geojson",
                "selector": {"type": "FragmentSelector", "value": f"h{number}"},
            },
        ],
        "claim": {"title": payload, "paragraph": 1},
    }
