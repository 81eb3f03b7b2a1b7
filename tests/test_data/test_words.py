"""Check the words of the built-in corridor: sources, annotations, corridor and style file.

Reads the files as they are, without the project's own readers, so that a fault in a
reader cannot hide one in the data. The article's text is not part of the project: what
needs it is checked through the positions that the selectors store.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

CORRIDOR = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
MAX_QUOTED_WORDS = 8
MIN_GAP = len(" a ")
"""Characters between two quotes that have at least one word between them."""
CSL_FIELDS = {
    "id", "type", "title", "author", "publisher", "container-title", "issued", "accessed",
    "URL", "language", "note",
}  # fmt: skip
CSL_TYPES = {"webpage", "article-newspaper", "report", "dataset"}
RESULTS = {"agrees", "differs", "disputed", "untestable"}


def read_json(name: str) -> Any:
    return json.loads((CORRIDOR / name).read_text(encoding="utf-8"))


def read_toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CORRIDOR / name).read_text(encoding="utf-8"))


def all_sources() -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in read_json("sources.json")}


def all_annotations() -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = read_json("annotations.jsonld")["items"]
    return items


def layer_files() -> dict[str, dict[str, Any]]:
    paths = sorted((CORRIDOR / "layers").glob("*.geojson"))
    return {f"layers/{path.name}": read_json(f"layers/{path.name}") for path in paths}


def all_features() -> dict[str, dict[str, Any]]:
    return {f["id"]: f for layer in layer_files().values() for f in layer["features"]}


def passage(annotation: dict[str, Any]) -> dict[str, Any]:
    """Return the one target that points into the article."""
    url = all_sources()["S1"]["URL"]
    found = [t for t in annotation["target"] if t["source"] == url]
    assert len(found) == 1, annotation["id"]
    target: dict[str, Any] = found[0]
    return target


def selector(annotation: dict[str, Any], kind: str) -> dict[str, Any]:
    found = [s for s in passage(annotation)["selector"] if s["type"] == kind]
    assert len(found) == 1, (annotation["id"], kind)
    chosen: dict[str, Any] = found[0]
    return chosen


def targets(annotation: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (layer file, feature id) for every feature an annotation points at."""
    found = [t for t in annotation["target"] if t is not passage(annotation)]
    return [
        (t["source"], t["selector"]["value"]) for t in found if t["source"].startswith("layers/")
    ]


def span(annotation: dict[str, Any]) -> tuple[int, int]:
    position = selector(annotation, "TextPositionSelector")
    return position["start"], position["end"]


def cited(value: Any) -> set[str]:
    """Return every source id under `value`, at any depth."""
    if isinstance(value, list):
        return set().union(*(cited(item) for item in value))
    if not isinstance(value, dict):
        return set()
    own = {s for key in ("sources", "position_sources") for s in value.get(key) or ()}
    return own.union(*(cited(item) for item in value.values()))


def first_day(date: str) -> dt.date:
    year, month, day = ([int(part) for part in date.split("-")] + [1, 1])[:3]
    return dt.date(year, month, day)


def test_no_source_id_is_given_twice() -> None:
    ids = [item["id"] for item in read_json("sources.json")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("key", ["type", "title", "publisher", "issued", "accessed", "language"])
def test_every_source_has_the_required_field(key: str) -> None:
    assert [s["id"] for s in all_sources().values() if not s.get(key)] == []


def test_sources_use_only_fields_and_types_of_csl_json() -> None:
    for item in all_sources().values():
        assert set(item) <= CSL_FIELDS, item["id"]
        assert item["type"] in CSL_TYPES, item["id"]


def test_a_source_is_dated_or_says_undated() -> None:
    for item in all_sources().values():
        issued = item["issued"]
        if "literal" in issued:
            assert issued == {"literal": "undated"}, item["id"]
            continue
        for parts in issued["date-parts"]:
            year, month, day = [*parts, 1, 1][:3]
            assert dt.date(1900, 1, 1) < dt.date(year, month, day), item["id"]
            assert dt.date(year, month, day) <= dt.date(*item["accessed"]["date-parts"][0])


def test_addresses_are_whole_and_http() -> None:
    for item in all_sources().values():
        assert "…" not in json.dumps(item, ensure_ascii=False), item["id"]
        if "URL" in item:
            assert re.fullmatch(r"https?://[!-~]+\.[!-~]+", item["URL"]), item["id"]


def test_annotation_ids_are_unique_and_enough() -> None:
    ids = [a["id"] for a in all_annotations()]
    assert len(ids) == len(set(ids)) >= 20


def test_every_annotation_points_at_a_feature_of_the_named_file() -> None:
    layers = layer_files()
    for annotation in all_annotations():
        pointed = targets(annotation)
        assert pointed, annotation["id"]
        for file, feature in pointed:
            known = {f["id"] for f in layers[file]["features"]}
            assert feature in known, f"{annotation['id']}: {feature} is not in {file}"


def test_fifteen_features_or_more_are_mentioned() -> None:
    assert len({feature for a in all_annotations() for _, feature in targets(a)}) >= 15


def test_quotes_are_short_and_stand_alone() -> None:
    for annotation in all_annotations():
        quote = selector(annotation, "TextQuoteSelector")
        assert set(quote) == {"type", "exact"}, annotation["id"]
        assert 1 <= len(quote["exact"].split()) <= MAX_QUOTED_WORDS, annotation["id"]


def test_positions_are_as_long_as_their_quotes() -> None:
    for annotation in all_annotations():
        start, end = span(annotation)
        quote = selector(annotation, "TextQuoteSelector")["exact"]
        assert 0 <= start < end == start + len(quote), annotation["id"]


def test_annotations_stand_in_the_order_of_the_article_and_no_two_quotes_adjoin() -> None:
    for before, after in pairwise(all_annotations()):
        gap = span(after)[0] - span(before)[1]
        assert gap >= MIN_GAP, f"{before['id']} and {after['id']} are {gap} characters apart"
        assert before["claim"]["paragraph"] <= after["claim"]["paragraph"], after["id"]


def test_claims_are_short_and_their_figures_have_units() -> None:
    for annotation in all_annotations():
        claim = annotation["claim"]
        assert 0 < len(claim["title"]) <= 40, annotation["id"]
        assert 0 < len(annotation["body"]["value"]) <= 140, annotation["id"]
        pointed = {feature for _, feature in targets(annotation)}
        for figure in claim.get("figures", []):
            assert {"quantity", "value", "unit"} <= set(figure), annotation["id"]
            assert figure.get("feature") is None or figure["feature"] in pointed, annotation["id"]


def test_checks_give_a_known_result_with_a_source() -> None:
    checks = {a["id"]: a["claim"]["check"] for a in all_annotations() if "check" in a["claim"]}
    assert checks
    for claim, check in checks.items():
        assert check["result"] in RESULTS, claim
        assert check["text"], claim
        assert check["sources"], claim


def test_every_cited_source_is_listed() -> None:
    used = cited(list(layer_files().values())) | cited(all_annotations())
    assert sorted(used - set(all_sources())) == []


def test_a_source_without_an_address_never_stands_alone() -> None:
    without = {item["id"] for item in all_sources().values() if "URL" not in item}
    for feature, found in all_features().items():
        parts = [found["properties"], *found["properties"]["status_history"]]
        for part in parts:
            assert set(part["sources"]) - without, f"{feature}: {part['sources']}"


def test_corridor_file_names_what_the_folder_holds() -> None:
    manifest = read_toml("corridor.toml")
    assert {f"layers/{layer['id']}.geojson" for layer in manifest["layers"]} == set(layer_files())
    assert (CORRIDOR / manifest["outline"]).is_file()
    assert manifest["article"]["source"] in all_sources()
    assert re.fullmatch(r"[0-9a-f]{64}", manifest["article"]["text_sha256"])
    groups = {group["id"] for group in manifest["groups"]}
    assert {layer["group"] for layer in manifest["layers"]} == groups


def test_named_dates_are_the_article_and_the_newest_event() -> None:
    manifest = read_toml("corridor.toml")
    dates = {named["id"]: named["date"] for named in manifest["dates"]}
    history = (e for f in all_features().values() for e in f["properties"]["status_history"])
    assert dates["article"] == manifest["as_of"]
    assert dates["latest"] == max(first_day(event["date"]) for event in history)


def test_style_file_gives_every_layer_its_colours() -> None:
    style = read_toml("style.toml")
    layers = [layer["id"] for layer in read_toml("corridor.toml")["layers"]]
    assert list(style["layer"]) == layers
    for look in [*style["layer"].values(), *style.get("rule", [])]:
        colors = [value for key, value in look.items() if key.endswith("color")]
        assert all(re.fullmatch(r"#[0-9A-F]{6}", color) for color in colors)
