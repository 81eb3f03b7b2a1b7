"""A tiny corridor of its own, to change and to break: two countries, five kinds of feature."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.layers.corridor.corridor import Corridor, load_corridor

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANIFEST = """
format = 2
id = "tiny"
title = "Tiny corridor"
summary = "Two crossings and a line"
as_of = 2023-06-01
extent = [10.0, 50.0, 11.0, 51.0]
countries = ["AA", "BB"]
boundary_note = "Boundaries as used"
boundary_note_print = "Boundaries as used, without a view"
[article]
source = "S1"
[[dates]]
id = "article"
label = "As the article knew it"
date = 2023-06-01
[[dates]]
id = "latest"
label = "Latest found"
date = 2024-05-01
[[groups]]
id = "border"
title = "On the border"
[[groups]]
id = "routes"
title = "Routes"
[[layers]]
id = "crossings"
title = "Crossings"
group = "border"
[[layers]]
id = "bridges"
title = "Bridges"
group = "border"
[[layers]]
id = "ways"
title = "Ways"
group = "routes"
visible = false
notes = ["One more way has no published route."]
"""

STYLE = """
[layer.crossings]
color = "#16233B"
[layer.bridges]
color = "#d1480a"
label_color = "#16233B"
[layer.ways]
color = "#00786C"
[[rule]]
where = { kind = "town" }
color = "#3A424C"
label_color = "#3A424C"
"""

OUTLINE: dict[str, Any] = {
    "type": "Topology",
    "bbox": [10, 50, 11, 51],
    "transform": {"scale": [1, 1], "translate": [0, 0]},
    "objects": {name: {"geometries": []} for name in ("countries", "borders", "coast")},
    "arcs": [],
}

SOURCES: list[dict[str, Any]] = [
    {
        "id": "S1",
        "type": "article-newspaper",
        "title": "The article",
        "publisher": "The Paper",
        "author": [{"family": "Doe", "given": "Jo"}],
        "issued": {"date-parts": [[2023, 6, 1]]},
        "accessed": {"date-parts": [[2026, 1, 2]]},
        "URL": "https://example.org/article",
    },
    {
        "id": "S2",
        "type": "webpage",
        "title": "A page",
        "publisher": "The Office",
        "issued": {"literal": "undated"},
        "URL": "https://example.org/page",
    },
    {"id": "S3", "type": "report", "title": "A report on paper", "publisher": "The Office"},
]


def feature(
    identity: str, kind: str, geometry: tuple[str, Any], *events: tuple[str, str], **more: Any
) -> dict[str, Any]:
    """Return a feature that has everything it needs."""
    return {
        "type": "Feature",
        "id": identity,
        "geometry": {"type": geometry[0], "coordinates": geometry[1]},
        "properties": {
            "name": identity.replace("-", " ").capitalize(),
            "kind": kind,
            "mode": "road",
            "countries": ["AA"],
            "position_quality": "traced",
            "uncertainty_m": 50,
            "status_history": [{"date": d, "status": s, "sources": ["S2"]} for d, s in events],
            "sources": ["S1"],
            **more,
        },
    }


LAYERS: dict[str, list[dict[str, Any]]] = {
    "crossings": [
        feature(
            "north-crossing",
            "border_crossing",
            ("Point", [10.5, 50.5]),
            ("2020", "operating"),
            bridge="north-bridge",
        ),
        feature(
            "south-crossing",
            "border_crossing",
            ("Point", [10.7, 50.3]),
            ("2010-05", "retired"),
            position_quality="approximate",
            uncertainty_m=1500,
            position_note="near the mill",
        ),
    ],
    "bridges": [
        feature(
            "north-bridge",
            "bridge",
            ("Point", [10.5, 50.5]),
            ("2021-03-11", "announced"),
            ("2022-09", "construction"),
            ("2023-12-30", "operating"),
            **{"name:az": "Şimal körpüsü", "name:fa": "پل شمالی", "label": "Bridge"},
            figures=[
                {
                    "quantity": "length",
                    "value": 216,
                    "unit": "m",
                    "date": "2023",
                    "sources": ["S2"],
                },
                {
                    "quantity": "width",
                    "value": 24.5,
                    "unit": "m",
                    "date": "2023",
                    "sources": ["S2"],
                },
                {
                    "quantity": "length",
                    "value": 374,
                    "unit": "m",
                    "date": "2025",
                    "sources": ["S1"],
                },
                {"quantity": "capacity", "value": 1000, "unit": "trucks/day", "sources": ["S2"]},
            ],
        ),
    ],
    "ways": [
        feature(
            "old-railway",
            "railway",
            ("LineString", [[10.1, 50.1], [10.5, 50.1], [10.5, 50.5]]),
            ("1900", "operating"),
            mode="rail",
            geometry_source=[{"source": "S2", "resolution_m": 50}],
        ),
        feature(
            "new-road",
            "road",
            ("LineString", [[10.5, 50.5], [10.9, 50.5]]),
            ("2024-05-01", "announced"),
            position_quality="schematic",
            uncertainty_m=4000,
        ),
        feature(
            "cable",
            "power_line",
            ("MultiPoint", [[10.2, 50.2], [10.3, 50.3]]),
            ("2022", "pre-construction"),
            mode="power",
        ),
        feature(
            "district",
            "area",
            ("Polygon", [[[10.2, 50.6], [10.4, 50.6], [10.4, 50.8], [10.2, 50.8], [10.2, 50.6]]]),
            ("1900", "operating"),
            mode="none",
        ),
        feature("town-mill", "town", ("Point", [10.71, 50.31]), ("1900", "operating"), mode="none"),
    ],
}


def annotation(identity: str, *features: str, **claim: Any) -> dict[str, Any]:
    """Return an annotation of features given as layer/id."""
    targets = [name.split("/") for name in features]
    return {
        "type": "Annotation",
        "id": identity,
        "motivation": "linking",
        "body": {"type": "TextualBody", "language": "en", "value": f"{identity} in our words."},
        "target": [
            {
                "type": "SpecificResource",
                "source": "https://example.org/article",
                "selector": [
                    {"type": "TextQuoteSelector", "exact": "nine chars"},
                    {"type": "TextPositionSelector", "start": 5, "end": 15},
                ],
            },
            *(
                {
                    "type": "SpecificResource",
                    "source": f"layers/{layer}.geojson",
                    "selector": {"type": "FragmentSelector", "value": name},
                }
                for layer, name in targets
            ),
        ],
        "claim": {"title": identity.capitalize(), "paragraph": 2, **claim},
    }


ANNOTATIONS = [
    annotation(
        "claim-bridge",
        "bridges/north-bridge",
        "crossings/north-crossing",
        check={"result": "agrees", "text": "opened 30 Dec 2023", "sources": ["S2"]},
    ),
    annotation("claim-road", "ways/new-road"),
]


class TinyCorridor:
    """A corridor's folder that a test may change before it is opened."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = MANIFEST
        self.style = STYLE
        self.sources = deepcopy(SOURCES)
        self.layers = deepcopy(LAYERS)
        self.annotations = deepcopy(ANNOTATIONS)

    def write(self) -> Path:
        """Write every file and return the folder."""
        (self.folder / "layers").mkdir(parents=True, exist_ok=True)
        self.put("corridor.toml", self.manifest)
        self.put("style.toml", self.style)
        self.put("sources.json", json.dumps(self.sources))
        page = {"type": "AnnotationPage", "id": "annotations", "items": self.annotations}
        self.put("annotations.jsonld", json.dumps(page))
        for layer, features in self.layers.items():
            collection = {"type": "FeatureCollection", "features": features}
            self.put(f"layers/{layer}.geojson", json.dumps(collection, ensure_ascii=False))
        return self.folder

    def put(self, name: str, text: str) -> None:
        """Write one file of the folder."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def load(self) -> Corridor:
        """Write the folder and open it."""
        return load_corridor(self.write())

    def feature(self, identity: str) -> dict[str, Any]:
        """Return a feature as it will be written, to change it."""
        return next(f for fs in self.layers.values() for f in fs if f["id"] == identity)

    def properties(self, identity: str) -> dict[str, Any]:
        """Return a feature's properties as they will be written, to change them."""
        found: dict[str, Any] = self.feature(identity)["properties"]
        return found


@pytest.fixture
def tiny(tmp_path: Path) -> TinyCorridor:
    """Return a tiny corridor that is right in everything until a test changes it."""
    return TinyCorridor(tmp_path / "tiny")


@pytest.fixture
def corridor(tiny: TinyCorridor) -> Corridor:
    """Return the tiny corridor, opened."""
    return tiny.load()


@pytest.fixture
def make_tiny(tmp_path: Path) -> Callable[[str], TinyCorridor]:
    """Return a maker of tiny corridors in folders of their own."""
    return lambda name: TinyCorridor(tmp_path / name)
