"""What the server makes of a file whose columns become facts, and of its next edition."""

from __future__ import annotations

import csv
import io
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette

from corridormap.app.desk.desk import Desk
from corridormap.app.upload.routes import upload_routes
from corridormap.geo.formats import Limits
from corridormap.layers.corridor.corridor import load_corridor
from tests.test_app.asking import reply, soon, upload_body
from tests.test_geo.test_formats.makers import PAYLOADS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.corridor.corridor import Corridor

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
UPLOAD = "/x/edit/upload"
WISH = {
    "id": "ports", "title": "Ports", "name_field": "name", "quality": "approximate",
    "uncertainty_m": 500, "mode": "none", "source": {"id": "S1"},
}  # fmt: skip
RULES = {
    "key": "ref",
    "columns": {
        "Zustand": {"to": "status", "words": {"im Bau": "construction"}},
        "seit": {"to": "status_date"},
        "quelle": {"to": "source"},
    },
}
HEAD = ("name", "ref", "Zustand", "seit", "quelle", "lon", "lat")
FIRST = (
    ("Port A", "P1", "announced", "2024", "Port plan", 48.5, 38.9),
    ("Port B", "P2", "im Bau", "03/04/2021", "", 48.6, 38.8),
    ("Port C", "P3", "zu", "2020-05", "Gazette 3", 48.7, 38.5),
)
NEXT = (
    ("Port A", "P1", "im Bau", "2025-03", "Port plan", 48.5, 38.9),
    ("Port B", "P2", "im Bau", "03/04/2021", "", 48.6, 38.8),
    ("Port D", "P4", "operating", "2025", "Port plan", 48.9, 38.2),
)


@cache
def corridor() -> Corridor:
    return load_corridor(BUILT_IN)


def table(head: Sequence[str], *rows: Sequence[Any]) -> tuple[str, bytes]:
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return "ports.csv", out.getvalue().encode()


def told(file: tuple[str, bytes], *, layer: bytes = b"", status: int = 200, **head: Any) -> Any:
    """Return the answer to an upload, with the layer behind it if there is one."""
    app = Starlette(routes=upload_routes("/x", soon(corridor), Desk(), Limits()))
    held = {"held": len(layer)} if layer else {}
    said = {"crs": "EPSG:4326", "sources": {"S1": "A source"}, **held, **head}
    given, answer = reply(app, "POST", UPLOAD, body=upload_body(file, **said) + layer)
    assert given == status, answer
    return answer


def collection(features: Sequence[Any]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def added() -> tuple[list[dict[str, Any]], dict[str, Any]]:
    made = told(table(HEAD, *FIRST), wish={**WISH, "rules": RULES})
    ops = {op["op"]: op for op in made["ops"]}
    return ops["add_layer"]["features"], ops["put_columns"]["columns"]


def test_a_look_says_words_with_what_they_are_and_what_a_column_may_be() -> None:
    look = told(table(HEAD, *FIRST))
    columns = {column["name"]: column for column in look["columns"]}
    assert columns["Zustand"]["likely"] == "status"
    assert columns["seit"]["likely"] == "status_date"
    assert "likely" not in columns["name"]
    words = {each["text"]: each["ours"] for each in columns["Zustand"]["values"]}
    assert words["announced"] == {"status": "announced"}
    assert words["im Bau"] == {}
    assert look["edition"] is None


def test_the_first_rows_are_shown_with_what_is_not_understood() -> None:
    seen = told(table(HEAD, *FIRST), rows={"rules": RULES})
    assert dict(seen["rows"][0]["facts"]) == {
        "Status": "Announced since 2024", "Source": "Port plan",
    }  # fmt: skip
    puzzles = {(one["column"], one["value"]): one["count"] for one in seen["not_understood"]}
    assert puzzles == {("seit", "03/04/2021"): 1, ("Zustand", "zu"): 1}
    assert seen["count"] == 3
    wrong = {"rules": {"columns": {"gone": {"to": "note"}}}}
    assert "'gone'" in told(table(HEAD, *FIRST), rows=wrong, status=400)["error"]


def test_columns_become_facts_and_the_mapping_is_remembered() -> None:
    made = told(table(HEAD, *FIRST), wish={**WISH, "rules": RULES})
    assert [op["op"] for op in made["ops"]] == [
        "put_source", "put_source", "add_layer", "put_columns",
    ]  # fmt: skip
    first, _, third = (one["properties"] for one in made["ops"][2]["features"])
    (event,) = first["status_history"]
    assert (event["status"], event["date"]) == ("announced", "2024")
    assert event["sources"] == [made["ops"][0]["source"]["id"]]
    assert third["status_history"][0]["status"] == "unknown"
    assert third["Zustand"] == "zu"
    assert made["ops"][3]["columns"]["rules"] == RULES


def test_the_next_edition_is_known_by_its_columns_and_shown_before_it_is_done() -> None:
    features, recipe = added()
    look = told(table(HEAD, *NEXT), recipes=[recipe, {"id": 3}])
    assert look["edition"] == recipe
    wish = {"recipe": recipe, "source": {"id": "S1"}}
    ids = [one["id"] for one in features]
    more: dict[str, Any] = {"layers": ["ports"], "taken": ids, "layer": collection(features)}
    seen = told(table(HEAD, *NEXT), edition=wish, **more)
    assert [(one["what"], one["name"]) for one in seen["told"]] == [
        ("added", "Port D"), ("changed", "Port A"), ("gone", "Port C"),
    ]  # fmt: skip
    assert seen["same"] == 1
    assert "remove_feature" not in [op["op"] for op in seen["ops"]]
    gone = told(table(HEAD, *NEXT), edition={**wish, "remove_gone": True}, **more)
    removed = [op["id"] for op in gone["ops"] if op["op"] == "remove_feature"]
    assert removed == ["port-c"]


@pytest.mark.parametrize("layer", [b"", b"{", b"[3]", collection([{"id": "x"}]), collection([3])])
def test_a_layer_that_cannot_be_read_refuses_the_update(layer: bytes) -> None:
    _, recipe = added()
    wish = {"recipe": recipe, "source": {"id": "S1"}}
    answer = told(table(HEAD, *NEXT), layer=layer, edition=wish, layers=["ports"], status=400)
    assert answer["findings"]
    assert "Traceback" not in json.dumps(answer)


HOSTILE = {
    "markup": ("<img src=x onerror=alert(1)>", "<script>alert(1)</script>"),
    "formula": ("=cmd|' /C calc'!A0", "@SUM(1+1)"),
    "prototype": ("__proto__", "constructor"),
    "payloads": tuple(text for text in PAYLOADS if text.strip() and "\x00" not in text)[:20],
}


@pytest.mark.parametrize("what", HOSTILE)
def test_hostile_columns_and_words_stay_text(what: str) -> None:
    words = HOSTILE[what]
    name = words[0].strip()
    file = table(
        ("name", name, "lon", "lat"),
        *((f"Row {n}", word, 48.5, 38 + n / 100) for n, word in enumerate(words)),
    )
    look = told(file)
    assert name in [column["name"] for column in look["columns"]]
    rules = {"columns": {name: {"to": "status", "words": {words[0].strip(): "operating"}}}}
    seen = told(file, rows={"rules": rules, "since": "2020"})
    assert dict(seen["rows"][0]["facts"])["Status"] == "Operating since 2020"
    made = told(file, wish={**WISH, "rules": rules, "since": "2020"})
    features = next(op for op in made["ops"] if op["op"] == "add_layer")["features"]
    assert features[0]["properties"]["status_history"][0]["status"] == "operating"
    assert features[1]["properties"]["status_history"][0]["status"] == "unknown"
    assert features[1]["properties"][name] == words[1].strip()
    recipe = next(op for op in made["ops"] if op["op"] == "put_columns")["columns"]
    assert list(recipe["rules"]["columns"]) == [name]
    assert told(file, recipes=[recipe])["edition"] == recipe


def test_five_hundred_columns_are_mapped_and_more_refused() -> None:
    names = [f"c{n}" for n in range(501)]
    file = table(("name", *names, "lon", "lat"), ("Port", *range(501), 48.5, 38.9))
    rules = {"columns": {name: {"to": "figure", "quantity": name, "unit": "t"} for name in names}}
    answer = told(file, rows={"rules": rules}, status=400)
    assert "rows.rules.columns" in answer["error"]
    del rules["columns"]["c500"]
    (row,) = told(file, rows={"rules": rules})["rows"]
    assert len(row["facts"]) == 500
