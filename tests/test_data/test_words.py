"""Check the words of the built-in corridors: sources, annotations, corridor and style file.

Reads the files as they are, without the project's own readers, so that a fault in a
reader cannot hide one in the data. Where the article's text is not part of the project,
what needs it is checked through the positions that the selectors store.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

DATA = Path(__file__).parents[2] / "data"
CORRIDORS = sorted(path.parent.name for path in DATA.glob("*/corridor.toml"))
OWN_TEXT = "article.txt"
"""The text of an article that ships with its corridor."""
MAX_QUOTED_WORDS = 8
"""Of an article that is somebody else's."""
LONGEST_OWN_QUOTE = 12
MIN_GAP = len(" a ")
"""Characters between two quotes that have at least one word between them."""
CSL_FIELDS = {
    "id", "type", "title", "author", "publisher", "container-title", "issued", "accessed",
    "URL", "language", "note", "license",
}  # fmt: skip
OWN_FIELDS = {
    "credit",
    "derives_from", "same_text_as", "independent_of", "readout_of", "agency", "compiled",
}  # fmt: skip
"""Our own: CSL has no word for what a source has its words from, nor for the words
that a data set's licence asks for."""
CSL_TYPES = {"webpage", "article-newspaper", "report", "dataset"}
RESULTS = {"agrees", "differs", "disputed", "not_comparable", "untestable"}


@dataclass(frozen=True)
class Folder:
    """The files of one corridor."""

    path: Path

    def json(self, name: str) -> Any:
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def toml(self, name: str) -> dict[str, Any]:
        return tomllib.loads((self.path / name).read_text(encoding="utf-8"))

    @cached_property
    def manifest(self) -> dict[str, Any]:
        return self.toml("corridor.toml")

    @cached_property
    def sources(self) -> dict[str, dict[str, Any]]:
        return {item["id"]: item for item in self.json("sources.json")}

    @cached_property
    def annotations(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.json("annotations.jsonld")["items"]
        return items

    @cached_property
    def layers(self) -> dict[str, dict[str, Any]]:
        paths = sorted((self.path / "layers").glob("*.geojson"))
        return {f"layers/{path.name}": self.json(f"layers/{path.name}") for path in paths}

    @property
    def own_text(self) -> str | None:
        """The normalised text of an article that ships with the corridor."""
        path = self.path / OWN_TEXT
        if not path.is_file():
            return None
        text = unicodedata.normalize("NFC", path.read_text(encoding="utf-8"))
        return " ".join(text.replace("–", "-").split())

    @property
    def features(self) -> dict[str, dict[str, Any]]:
        return {f["id"]: f for layer in self.layers.values() for f in layer["features"]}

    def passage(self, annotation: dict[str, Any]) -> dict[str, Any]:
        """Return the one target that points into the article."""
        article = self.sources[self.manifest["article"]["source"]].get("URL", OWN_TEXT)
        found = [t for t in annotation["target"] if t["source"] == article]
        assert len(found) == 1, annotation["id"]
        target: dict[str, Any] = found[0]
        return target

    def selector(self, annotation: dict[str, Any], kind: str) -> dict[str, Any]:
        found = [s for s in self.passage(annotation)["selector"] if s["type"] == kind]
        assert len(found) == 1, (annotation["id"], kind)
        chosen: dict[str, Any] = found[0]
        return chosen

    def span(self, annotation: dict[str, Any]) -> tuple[int, int]:
        position = self.selector(annotation, "TextPositionSelector")
        return position["start"], position["end"]


def targets(annotation: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (layer file, feature id) for every feature an annotation points at."""
    return [
        (t["source"], t["selector"]["value"])
        for t in annotation["target"]
        if t["source"].startswith("layers/")
    ]


@pytest.fixture(params=CORRIDORS)
def folder(request: pytest.FixtureRequest) -> Folder:
    """Return each built-in corridor in turn."""
    return Folder(DATA / request.param)


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


def test_no_source_id_is_given_twice(folder: Folder) -> None:
    ids = [item["id"] for item in folder.json("sources.json")]
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("key", ["type", "title", "publisher", "issued", "accessed", "language"])
def test_every_source_has_the_required_field(folder: Folder, key: str) -> None:
    assert [s["id"] for s in folder.sources.values() if not s.get(key)] == []


def test_sources_use_only_fields_and_types_of_csl_json(folder: Folder) -> None:
    for item in folder.sources.values():
        assert set(item) <= CSL_FIELDS | OWN_FIELDS, item["id"]
        assert item["type"] in CSL_TYPES, item["id"]


def test_a_source_is_dated_or_says_undated(folder: Folder) -> None:
    for item in folder.sources.values():
        issued = item["issued"]
        if "literal" in issued:
            assert issued == {"literal": "undated"}, item["id"]
            continue
        for parts in issued["date-parts"]:
            year, month, day = [*parts, 1, 1][:3]
            assert dt.date(1900, 1, 1) < dt.date(year, month, day), item["id"]
            assert dt.date(year, month, day) <= dt.date(*item["accessed"]["date-parts"][0])


def test_addresses_are_whole_and_http(folder: Folder) -> None:
    for item in folder.sources.values():
        assert "…" not in json.dumps(item, ensure_ascii=False), item["id"]
        if "URL" in item:
            assert re.fullmatch(r"https?://[!-~]+\.[!-~]+", item["URL"]), item["id"]


def test_annotation_ids_are_unique_and_enough(folder: Folder) -> None:
    ids = [a["id"] for a in folder.annotations]
    assert len(ids) == len(set(ids)) >= 20


def test_every_annotation_points_at_a_feature_of_the_named_file(folder: Folder) -> None:
    layers = folder.layers
    for annotation in folder.annotations:
        pointed = targets(annotation)
        assert pointed, annotation["id"]
        for file, feature in pointed:
            known = {f["id"] for f in layers[file]["features"]}
            assert feature in known, f"{annotation['id']}: {feature} is not in {file}"


def test_fifteen_features_or_more_are_mentioned(folder: Folder) -> None:
    assert len({feature for a in folder.annotations for _, feature in targets(a)}) >= 15


def test_quotes_are_short_and_stand_alone(folder: Folder) -> None:
    most = folder.manifest["article"].get("quote_words_max", LONGEST_OWN_QUOTE)
    assert most <= MAX_QUOTED_WORDS or folder.own_text is not None
    for annotation in folder.annotations:
        quote = folder.selector(annotation, "TextQuoteSelector")
        assert set(quote) == {"type", "exact"}, annotation["id"]
        assert 1 <= len(quote["exact"].split()) <= most, annotation["id"]


def test_positions_are_as_long_as_their_quotes(folder: Folder) -> None:
    for annotation in folder.annotations:
        start, end = folder.span(annotation)
        quote = folder.selector(annotation, "TextQuoteSelector")["exact"]
        assert 0 <= start < end == start + len(quote), annotation["id"]


def test_annotations_stand_in_the_articles_order_and_no_quotes_adjoin(folder: Folder) -> None:
    least = MIN_GAP if folder.own_text is None else len(" ")
    for before, after in pairwise(folder.annotations):
        gap = folder.span(after)[0] - folder.span(before)[1]
        assert gap >= least, f"{before['id']} and {after['id']} are {gap} characters apart"
        assert before["claim"]["paragraph"] <= after["claim"]["paragraph"], after["id"]


def test_claims_are_short_and_their_figures_have_units(folder: Folder) -> None:
    for annotation in folder.annotations:
        claim = annotation["claim"]
        assert 0 < len(claim["title"]) <= 40, annotation["id"]
        assert 0 < len(annotation["body"]["value"]) <= 140, annotation["id"]
        pointed = {feature for _, feature in targets(annotation)}
        for figure in claim.get("figures", []):
            assert {"quantity", "value", "unit"} <= set(figure), annotation["id"]
            assert figure.get("feature") is None or figure["feature"] in pointed, annotation["id"]


def test_checks_give_a_known_result_with_a_source(folder: Folder) -> None:
    checks = {a["id"]: a["claim"]["check"] for a in folder.annotations if "check" in a["claim"]}
    assert checks
    for claim, check in checks.items():
        assert check["result"] in RESULTS, claim
        assert check["text"], claim
        assert check["sources"], claim


def test_every_cited_source_is_listed(folder: Folder) -> None:
    used = cited(list(folder.layers.values())) | cited(folder.annotations)
    assert sorted(used - set(folder.sources)) == []


def test_a_source_without_an_address_never_stands_alone(folder: Folder) -> None:
    without = {item["id"] for item in folder.sources.values() if "URL" not in item}
    for feature, found in folder.features.items():
        parts = [found["properties"], *found["properties"]["status_history"]]
        for part in parts:
            assert set(part["sources"]) - without, f"{feature}: {part['sources']}"


def test_corridor_file_names_what_the_folder_holds(folder: Folder) -> None:
    manifest = folder.manifest
    assert {f"layers/{layer['id']}.geojson" for layer in manifest["layers"]} == set(folder.layers)
    assert "outline" not in manifest or (folder.path / manifest["outline"]).is_file()
    assert manifest["article"]["source"] in folder.sources
    assert re.fullmatch(r"[0-9a-f]{64}", manifest["article"]["text_sha256"])
    groups = {group["id"] for group in manifest["groups"]}
    assert {layer["group"] for layer in manifest["layers"]} == groups


def test_named_dates_are_the_article_and_the_newest_event(folder: Folder) -> None:
    manifest = folder.manifest
    dates = {named["id"]: named["date"] for named in manifest["dates"]}
    history = (e for f in folder.features.values() for e in f["properties"]["status_history"])
    assert dates["article"] == manifest["as_of"]
    assert dates["latest"] == max(first_day(event["date"]) for event in history)


def test_style_file_gives_every_layer_its_colours(folder: Folder) -> None:
    style = folder.toml("style.toml")
    layers = [layer["id"] for layer in folder.manifest["layers"]]
    assert list(style["layer"]) == layers
    for look in [*style["layer"].values(), *style.get("rule", [])]:
        colors = [value for key, value in look.items() if key.endswith("color")]
        assert all(re.fullmatch(r"#[0-9A-F]{6}", color) for color in colors)


def test_a_text_that_ships_is_the_one_annotated(folder: Folder) -> None:
    text = folder.own_text
    if text is None:
        assert "quote_words_max" in folder.manifest["article"]
        return
    expected = folder.manifest["article"]["text_sha256"]
    assert hashlib.sha256(text.encode()).hexdigest() == expected
    for annotation in folder.annotations:
        start, end = folder.span(annotation)
        quote = folder.selector(annotation, "TextQuoteSelector")["exact"]
        assert text[start:end] == quote, annotation["id"]
        assert text.count(quote) == 1, annotation["id"]


def test_every_point_of_the_north_south_corridor_is_spoken_of() -> None:
    folder = Folder(DATA / "north-south")
    spoken = {feature for a in folder.annotations for _, feature in targets(a)}
    points = {i for i, f in folder.features.items() if f["geometry"]["type"] == "Point"}
    assert points - spoken == set()
