"""Operations change what they name and nothing else, in the object and in the file's text."""

from __future__ import annotations

import copy
import difflib
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridormap.geo.errors import CorridorError
from corridormap.layers.saving.apply import Applied, RefusedOperationError, apply
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.json_patch import patched, same
from corridormap.layers.saving.json_text import json_text
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.told import told_of_operations

DATA = Path(__file__).parents[2] / "data"
FILES = Snapshot.of(DATA / "north-south").files
CITIES = "layers/cities.geojson"
POINT = {"type": "Point", "coordinates": [50.1, 40.2]}
NEW = {
    "type": "Feature",
    "id": "node-new",
    "geometry": POINT,
    "properties": {
        "name": "New",
        "kind": "node",
        "position_quality": "approximate",
        "uncertainty_m": 100,
        "status_history": [{"date": "2020", "status": "operating", "sources": ["N1"]}],
        "sources": ["N1"],
    },
}


def objects(file: str, files: Any = FILES) -> list[dict[str, Any]]:
    said = json.loads(files[file])
    return list(said if isinstance(said, list) else said.get("features") or said["items"])


def changed(*operations: dict[str, Any], files: Any = FILES) -> Applied:
    return apply(files, parse_operations(list(operations)))


def lines(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    steps = list(difflib.ndiff(before.decode().splitlines(), after.decode().splitlines()))
    gone = [step[2:].strip() for step in steps if step[0] == "-"]
    return gone, [step[2:].strip() for step in steps if step[0] == "+"]


def put(feature: dict[str, Any], was: str | None, layer: str = "cities") -> dict[str, Any]:
    return {"op": "put_feature", "layer": layer, "feature": feature, "was": was}


def test_a_changed_feature_changes_its_lines_only() -> None:
    mumbai = objects(CITIES)[0]
    mine = copy.deepcopy(mumbai)
    mine["properties"]["name"] = "Mumbai, Bombay"
    made = changed(put(mine, hash_of(mumbai)))
    assert made.conflicts == ()
    assert set(made.changes) == {CITIES}
    gone, came = lines(FILES[CITIES], made.changes[CITIES])
    assert (gone, came) == (['"name": "Mumbai",'], ['"name": "Mumbai, Bombay",'])


def test_a_new_feature_comes_at_the_end_and_looks_like_the_others() -> None:
    made = changed(put(NEW, None))
    gone, came = lines(FILES[CITIES], made.changes[CITIES])
    assert gone == []
    assert '"id": "node-new",' in came
    assert '"geometry": {"type": "Point", "coordinates": [50.1, 40.2]},' in came
    assert '{"date": "2020", "status": "operating", "sources": ["N1"]}' in came
    assert objects(CITIES, made.changes)[-1] == NEW


def test_a_feature_that_is_taken_out_takes_its_lines_along() -> None:
    second = objects(CITIES)[1]
    remove = {
        "op": "remove_feature",
        "layer": "cities",
        "id": second["id"],
        "was": hash_of(second),
    }
    made = changed(remove)
    gone, came = lines(FILES[CITIES], made.changes[CITIES])
    assert came == []
    assert f'"id": "{second["id"]}",' in gone
    assert [one["id"] for one in objects(CITIES, made.changes)] == [
        one["id"] for one in objects(CITIES) if one["id"] != second["id"]
    ]


def test_operations_build_on_each_other() -> None:
    renamed = copy.deepcopy(NEW)
    renamed["properties"]["name"] = "Newer"  # type: ignore[index]
    made = changed(put(NEW, None), put(renamed, None))
    assert objects(CITIES, made.changes)[-1]["properties"]["name"] == "Newer"
    remove = {"op": "remove_feature", "layer": "cities", "id": "node-new", "was": None}
    again = changed(put(NEW, None), remove)
    assert again.conflicts == ()
    assert again.changes[CITIES] == FILES[CITIES]


def test_what_somebody_else_has_changed_is_a_conflict_and_not_overwritten() -> None:
    mumbai = objects(CITIES)[0]
    theirs = copy.deepcopy(mumbai)
    theirs["properties"]["name"] = "Theirs"
    mine = copy.deepcopy(mumbai)
    mine["properties"]["name"] = "Mine"
    now = {**FILES, **changed(put(theirs, hash_of(mumbai))).changes}
    made = changed(put(mine, hash_of(mumbai)), put(NEW, None), files=now)
    (conflict,) = made.conflicts
    assert (conflict.op, conflict.file, conflict.id) == (0, CITIES, "node-mumbai")
    assert conflict.theirs == theirs
    names = [one["properties"]["name"] for one in objects(CITIES, made.changes)]
    assert "Theirs" in names
    assert "Mine" not in names
    settled = changed(put(mine, hash_of(theirs)), files=now)
    assert settled.conflicts == ()


@pytest.mark.parametrize("kind", ["added", "removed", "new"])
def test_conflicts_of_adding_and_removing(kind: str) -> None:
    mumbai = objects(CITIES)[0]
    remove = {"op": "remove_feature", "layer": "cities", "id": "node-mumbai"}
    other = {**NEW, "geometry": {"type": "Point", "coordinates": [1, 2]}}
    if kind == "added":  # both have added one of this id
        now = {**FILES, **changed(put(other, None)).changes}
        made = changed(put(NEW, None), files=now)
        assert made.conflicts[0].theirs == other
    elif kind == "removed":  # they took away what is changed here
        now = {**FILES, **changed({**remove, "was": hash_of(mumbai)}).changes}
        made = changed(put({**mumbai, "geometry": POINT}, hash_of(mumbai)), files=now)
        assert made.conflicts[0].theirs is None
        assert changed({**remove, "was": hash_of(mumbai)}, files=now).conflicts == ()
    else:  # they changed what is taken away here
        now = {**FILES, **changed(put({**mumbai, "geometry": POINT}, hash_of(mumbai))).changes}
        made = changed({**remove, "was": hash_of(mumbai)}, files=now)
        assert made.conflicts[0].theirs is not None
    assert len(made.conflicts) == 1


def test_the_same_change_by_both_is_none() -> None:
    now = {**FILES, **changed(put(NEW, None)).changes}
    made = changed(put(NEW, None), files=now)
    assert made.conflicts == ()
    assert made.changes.get(CITIES, now[CITIES]) == now[CITIES]


def test_annotations_and_sources_are_changed_in_place() -> None:
    note = objects("annotations.jsonld")[0]
    mine = copy.deepcopy(note)
    mine["claim"]["title"] = "Another title"
    source = {"id": "X1", "type": "webpage", "title": "A page", "issued": {"literal": "undated"}}
    made = changed(
        {"op": "put_annotation", "annotation": mine, "was": hash_of(note)},
        {"op": "put_source", "source": source, "was": None},
    )
    gone, came = lines(FILES["annotations.jsonld"], made.changes["annotations.jsonld"])
    assert (len(gone), came) == (1, ['"title": "Another title",'])
    assert lines(FILES["sources.json"], made.changes["sources.json"])[0] == ["}"]
    assert objects("sources.json", made.changes)[-1] == source
    remove = {"op": "remove_annotation", "id": note["id"], "was": hash_of(note)}
    left = objects("annotations.jsonld", changed(remove).changes)
    assert [one["id"] for one in left] == [one["id"] for one in objects("annotations.jsonld")[1:]]


def test_a_new_layer_is_named_coloured_and_filled() -> None:
    layer = {"id": "extra", "title": "Extra", "visible": False, "color": "#123456"}
    source = {"id": "X1", "type": "dataset", "title": "A set"}
    add = {"op": "add_layer", "layer": layer, "features": [NEW], "source": source}
    made = changed(add)
    assert set(made.changes) == {
        "corridor.toml",
        "style.toml",
        "sources.json",
        "layers/extra.geojson",
    }
    entry = tomllib.loads(made.changes["corridor.toml"].decode())["layers"][-1]
    assert entry == {"id": "extra", "title": "Extra", "visible": False, "group": "places"}
    for name in ("corridor.toml", "style.toml"):
        gone, _ = lines(FILES[name], made.changes[name])
        assert [line for line in gone if line] == []
    style = tomllib.loads(made.changes["style.toml"].decode())
    assert style["layer"]["extra"] == {"color": "#123456"}
    assert objects("layers/extra.geojson", made.changes) == [NEW]
    now = {**FILES, **made.changes}
    assert changed(add, files=now).conflicts[0].id == "extra"
    renamed = {**NEW, "properties": {**NEW["properties"], "name": "Other"}}  # type: ignore[dict-item]
    again = changed(add, put(renamed, None, "extra"))
    assert objects("layers/extra.geojson", again.changes) == [renamed]


def test_the_articles_fields_are_set_and_taken_out_and_comments_stay() -> None:
    made = changed({"op": "put_article", "article": {"source": "N2", "text_sha256": None}})
    text = made.changes["corridor.toml"].decode()
    article = tomllib.loads(text)["article"]
    assert article["source"] == "N2"
    assert "text_sha256" not in article
    comments = [line for line in FILES["corridor.toml"].decode().splitlines() if "#" in line]
    assert [line for line in text.splitlines() if "#" in line] == comments
    bare = b'format = 2\nid = "x"\ntitle = "X"\nas_of = 2020-01-01\nextent = [1, 2, 3, 4]\n'
    bare += b'\n# Layers\n[[layers]]\nid = "a"\ntitle = "A"\n'
    new = changed({"op": "put_article", "article": {"source": "A1"}}, files={"corridor.toml": bare})
    assert new.changes["corridor.toml"].decode() == (
        'format = 2\nid = "x"\ntitle = "X"\nas_of = 2020-01-01\nextent = [1, 2, 3, 4]\n\n'
        '[article]\nsource = "A1"\n\n# Layers\n[[layers]]\nid = "a"\ntitle = "A"\n'
    )
    old = {"op": "put_article", "article": {"source": "N3"}, "was": "0" * 16}
    assert changed(old).conflicts[0].file == "corridor.toml"


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (put(NEW, None, "nowhere"), "there is no layer 'nowhere'"),
        (put(NEW, None, "../x"), "cannot be"),
        (put({**NEW, "id": None}, None), "'id' is missing"),
        ({"op": "remove_feature", "layer": "cities", "id": "../x", "was": None}, "cannot be"),
        ({"op": "add_layer", "layer": {"id": "a/b", "title": "A"}, "features": []}, "cannot be"),
        (
            {"op": "add_layer", "layer": {"id": "a", "title": "A", "group": "x"}, "features": []},
            "unknown group 'x'",
        ),
        ({"op": "put_article", "article": {"nonsense": 1}}, "is not known here"),
        ({"op": "format_disk"}, "not known"),
        ({"op": "put_source", "source": {"id": "X", "n": float("nan")}}, "not finite"),
        ({"op": "put_source", "source": {"id": "X", "title": "\ud800"}}, "half a character"),
    ],
)
def test_what_cannot_be_applied_is_refused_in_words(operation: Any, said: str) -> None:
    with pytest.raises(CorridorError, match=said):
        changed(operation)


def test_a_broken_file_is_not_changed() -> None:
    broken = {**FILES, CITIES: b'{"type": "FeatureCollection", "features": [', "sources.json": b"5"}
    with pytest.raises(RefusedOperationError, match=r"broken at line 1") as error:
        changed({"op": "put_article", "article": {"source": "N1"}}, put(NEW, None), files=broken)
    assert error.value.op == 1
    with pytest.raises(RefusedOperationError, match="something else than a list"):
        changed({"op": "put_source", "source": {"id": "X"}}, files=broken)


def test_the_models_words_come_with_the_place_in_the_object() -> None:
    feature = copy.deepcopy(NEW)
    feature["properties"]["status_history"][0]["date"] = "soon"  # type: ignore[index]
    feature["properties"]["kind"] = "castle"  # type: ignore[index]
    del feature["geometry"]
    told = told_of_operations(parse_operations([put(NEW, None), put(feature, None)]))
    assert {(one.op, one.finding.field) for one in told} == {
        (1, "status_history.0.date"),
        (1, "kind"),
        (1, "geometry"),
    }
    words = {one.finding.field: one.finding.problem for one in told}
    assert words["kind"] == "'kind' is 'castle', which is not known"
    assert "'soon', which is no date" in words["status_history.0.date"]


def test_line_ends_and_a_byte_order_mark_stay() -> None:
    windows = "\ufeff" + FILES[CITIES].decode().replace("\n", "\r\n")
    files = {**FILES, CITIES: windows.encode()}
    made = changed(put(NEW, None), files=files).changes[CITIES].decode()
    assert made.startswith("\ufeff")
    assert "\n" not in made.replace("\r\n", "")


@pytest.mark.parametrize("folder", ["azerbaijan-iran", "north-south"])
def test_a_file_that_says_the_same_keeps_its_text(folder: str) -> None:
    for path in [*(DATA / folder).glob("*.json*"), *(DATA / folder).glob("layers/*")]:
        text = path.read_text(encoding="utf-8")
        assert patched(text, json.loads(text), json.loads(text)) == text


_SCALARS = st.none() | st.booleans() | st.integers(-9, 9) | st.floats(-9, 9) | st.text(max_size=4)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(_VALUES, _VALUES, st.sampled_from(["own", None, 1, 2, "\t"]))
def test_a_patched_text_says_the_new(old: Any, new: Any, indent: Any) -> None:
    text = json_text(old) if indent == "own" else json.dumps(old, indent=indent)
    made = patched(text, old, new)
    assert same(json.loads(made), new)
    assert patched(made, new, new) == made


@given(st.lists(st.integers(0, 30), unique=True, max_size=12), st.data())
def test_only_entries_that_change_are_written_anew(ids: list[int], data: st.DataObject) -> None:
    old = [{"id": str(n), "said": f"old {n}"} for n in ids]
    text = json.dumps(old, indent=2)
    chosen = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    new = [{**one, "said": "new"} if int(one["id"]) in chosen else one for one in old]
    made = patched(text, old, new)
    assert json.loads(made) == new
    came = [s for s in difflib.ndiff(text.splitlines(), made.splitlines()) if s[0] == "+"]
    assert len(came) == len(chosen)


@given(_VALUES)
def test_a_hash_knows_no_order_of_keys(value: Any) -> None:
    one = {"a": value, "b": 1}
    assert hash_of(one) == hash_of({"b": 1, "a": value})
    assert hash_of(one) != hash_of({**one, "b": 2})
