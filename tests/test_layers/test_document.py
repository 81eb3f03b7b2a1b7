"""The document says all that the browser needs, as plain JSON, and nothing as markup."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.app.browser.document import build_document, to_json
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene import scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from tests.test_layers.conftest import TinyCorridor

KEYS = {
    "schema", "corridor", "dates", "article", "groups", "layers", "features", "signs", "claims",
    "sources", "legend", "palette", "basemaps", "routes", "credits", "boundary_note",
    "places", "own_countries", "findings", "checks", "measured", "passages", "changes",
    "label_languages", "label_prices", "verdicts", "promises_how",
}  # fmt: skip
# Measured 664 kB for the built-in corridor with 310 places, 67 checks, 348 changes, 49 promises.
MOST_BYTES = 700_000


@pytest.fixture
def document(corridor: Corridor) -> dict[str, Any]:
    return build_document(corridor)


def test_it_has_the_agreed_keys(document: dict[str, Any]) -> None:
    assert set(document) == KEYS
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("layers", scene.SceneLayer),
        ("features", scene.SceneFeature),
        ("claims", scene.SceneClaim),
        ("legend", scene.LegendEntry),
        ("places", scene.ScenePlace),
    ],
)
def test_lists_hold_the_fields_of_the_scene(
    document: dict[str, Any], key: str, kind: type[Any]
) -> None:
    assert document[key]
    for entry in document[key]:
        assert set(entry) == {field.name for field in fields(kind)}


def test_geometry_is_geojson_with_the_digits_of_the_file(document: dict[str, Any]) -> None:
    found = {f["id"]: f["geometry"] for f in document["features"]}
    assert found["north-bridge"] == {"type": "Point", "coordinates": [10.5, 50.5]}
    assert found["old-railway"]["coordinates"] == [[10.1, 50.1], [10.5, 50.1], [10.5, 50.5]]
    assert found["cable"] == {"type": "MultiPoint", "coordinates": [[10.2, 50.2], [10.3, 50.3]]}


def test_every_sign_and_source_that_is_named_is_there(document: dict[str, Any]) -> None:
    named = {phase["sign"] for f in document["features"] for phase in f["phases"]}
    named |= {layer["swatch"] for layer in document["layers"]}
    named |= {key for entry in document["legend"] for key in entry["signs"]}
    assert named == set(document["signs"])
    sources = {s for f in document["features"] for s in f["sources"]}
    assert sources <= set(document["sources"])
    claims = {claim["id"] for claim in document["claims"]}
    assert {c for f in document["features"] for c in f["claims"]} <= claims


def test_the_article(document: dict[str, Any], tiny: TinyCorridor) -> None:
    assert document["article"] == {
        "title": "The article",
        "author": "Jo Doe",
        "publisher": "The Paper",
        "date": "2023-06-01",
        "date_label": "1 Jun 2023",
        "url": "https://example.org/article",
    }
    tiny.manifest = tiny.manifest.replace('[article]\nsource = "S1"\n', "")
    assert build_document(tiny.load())["article"] is None


def test_groups_and_their_layers(document: dict[str, Any], tiny: TinyCorridor) -> None:
    assert document["groups"] == [
        {"id": "border", "title": "On the border", "layers": ["crossings", "bridges"]},
        {"id": "routes", "title": "Routes", "layers": ["ways"]},
    ]
    head, _, rest = tiny.manifest.partition("[[groups]]")
    layers = rest[rest.index("[[layers]]") :].replace('group = "border"\n', "")
    tiny.manifest = head + layers.replace('group = "routes"\n', "")
    assert build_document(tiny.load())["groups"] == [
        {"id": "layers", "title": "Layers", "layers": ["crossings", "bridges", "ways"]}
    ]


def test_dates(document: dict[str, Any]) -> None:
    dates = document["dates"]
    assert (dates["first"], dates["last"]) == ("1900-01-01", "2024-05-01")
    assert dates["named"][0] == {
        "id": "article",
        "label": "As the article knew it",
        "date": "2023-06-01",
        "date_label": "1 Jun 2023",
        "note": "",
    }
    changes = {change["date"]: change for change in dates["changes"]}
    assert list(changes) == sorted(changes)
    assert changes["2022-09-01"] == {
        "date": "2022-09-01",
        "date_label": "Sep 2022",
        "text": "North bridge: under construction",
        "features": ["north-bridge"],
    }
    # A town and an area are simply there: no ticks of theirs.
    assert changes["1900-01-01"]["features"] == ["old-railway"]
    assert dates["axis"] == "2010-01-01"


def test_many_changes_on_one_day_are_counted(tiny: TinyCorridor) -> None:
    for name in ("north-bridge", "north-crossing", "south-crossing"):
        tiny.properties(name)["status_history"] = [
            {"date": "2023-05", "status": "operating", "sources": ["S2"]}
        ]
    change = next(
        c for c in build_document(tiny.load())["dates"]["changes"] if c["date"] == "2023-05-01"
    )
    assert change["text"] == "North bridge: operating; North crossing: operating; and 1 more"
    assert change["features"] == ["north-bridge", "north-crossing", "south-crossing"]


def test_the_outline_is_the_first_base_map_and_needs_no_address(document: dict[str, Any]) -> None:
    assert [basemap["id"] for basemap in document["basemaps"]] == [
        "outline", "osm", "opentopomap", "esri-imagery",
    ]  # fmt: skip
    assert document["basemaps"][0]["url"] is None
    assert all(basemap["credit"] for basemap in document["basemaps"][1:])


def test_findings_say_what_is_not_shown_and_why(tiny: TinyCorridor) -> None:
    (tiny.write() / "layers" / "ways.geojson").write_text("")
    assert build_document(load_corridor(tiny.folder))["findings"] == [
        {
            "file": "layers/ways.geojson",
            "feature": "",
            "problem": "“Ways” is not shown: the file is empty",
            "remedy": "Fill it or remove it.",
            "field": "",
            "code": "layer-is-not-shown",
            "params": {
                "problem": "the file is empty",
                "remedy": "Fill it or remove it.",
                "title": "Ways",
            },
        }
    ]


HOSTILE = "</script><img src=x onerror=alert(1)>`${7*7}`\x00\u2028"


def test_hostile_text_passes_as_text(tiny: TinyCorridor) -> None:
    tiny.properties("north-bridge").update(
        {"name": HOSTILE, "label": HOSTILE, "name:az": HOSTILE, "position_note": HOSTILE}
    )
    tiny.annotations[0]["body"]["value"] = HOSTILE
    tiny.sources[0]["title"] = HOSTILE
    bridge = next(f for f in build_document(tiny.load())["features"] if f["id"] == "north-bridge")
    shown = "</script><img src=x onerror=alert(1)>`${7*7}`"
    assert bridge["name"] == bridge["names"]["az"] == bridge["label"]["text"] == shown
    assert bridge["position"]["text"].endswith(shown)


def test_local_names_are_kept_by_language(document: dict[str, Any]) -> None:
    bridge = next(f for f in document["features"] if f["id"] == "north-bridge")
    assert bridge["names"] == {"az": "Şimal körpüsü", "fa": "پل شمالی"}


def test_to_json_knows_sets() -> None:
    assert to_json(frozenset({"b", "a"})) == ["a", "b"]


def test_the_built_in_corridor_is_small_and_whole() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    assert corridor.findings == ()
    document = build_document(corridor)
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) < MOST_BYTES
    assert document["article"]["url"].startswith("https://")
    assert [layer["id"] for layer in document["layers"] if layer["visible"]] == list(
        default_view(corridor).layers
    )
