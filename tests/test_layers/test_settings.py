"""What is set of a corridor and its layers: written with all comments, refused at its field."""

from __future__ import annotations

import datetime as dt
import difflib
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from corridormap.layers.corridor.corridor import Corridor
from corridormap.layers.folder.journal import Journal, Step
from corridormap.layers.folder.opening import read_folder
from corridormap.layers.folder.place import Place
from corridormap.layers.saving import store
from corridormap.layers.saving.apply import Applied, RefusedOperationError, apply
from corridormap.layers.saving.edits import hash_of, parse_operations
from corridormap.layers.saving.settings import (
    layer_settings,
    order_of,
    settings_of,
    whole_layer,
)
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.saving.store import save_files

FOLDER = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
FILES = Snapshot.of(FOLDER).files
SAID = tomllib.loads(FILES["corridor.toml"].decode())
STYLE = tomllib.loads(FILES["style.toml"].decode())
AT = dt.datetime(2026, 11, 24, 14, 3, 9, tzinfo=dt.UTC)
IDS = [layer["id"] for layer in SAID["layers"]]
TRICKY = """\
# Of the whole.
id = 'x' # its id
title = "X"
as_of = 2024-01-01
extent = [1, 2, 3, 4] # in degrees

# How layers are listed.
[[layers]] # the first
id = "a"
title = "A" # called so
notes = ["one",
# a comment inside
"two"]

# About b.
[[layers]]
id = "b"
title = "B"

# Not about c.

# About c.
[[layers]]
id = "c"
title = "C"
# At the end.
"""


def changed(*operations: dict[str, Any], files: Any = FILES) -> Applied:
    return apply(files, parse_operations(list(operations)))


def said(applied: Applied, file: str = "corridor.toml") -> dict[str, Any]:
    return tomllib.loads(applied.changes[file].decode())


def tricky(*operations: dict[str, Any], end: str = "\n") -> str:
    text = TRICKY.replace("\n", end)
    files = {"corridor.toml": text.encode(), "style.toml": b""}
    return changed(*operations, files=files).changes["corridor.toml"].decode()


def comments(text: str) -> list[str]:
    lines = (line for line in text.splitlines() if '"#' not in line)
    return sorted(line.partition("#")[2] for line in lines if "#" in line)


def test_only_the_lines_that_change_are_written_anew() -> None:
    fields = {
        "title": "A new title",
        "headline": "In a sentence.",
        "boundary_note": None,
        "extent": [44, 36.5, 51, 41],
        "dates": [
            {"id": "article", "label": "As the article knew it", "date": "2023-12-30"},
            {"id": "now", "label": "Now", "date": "2026-11-01"},
        ],
    }
    made = changed({"op": "put_corridor", "corridor": fields})
    assert set(made.changes) == {"corridor.toml"}
    steps = difflib.ndiff(
        FILES["corridor.toml"].decode().splitlines(),
        made.changes["corridor.toml"].decode().splitlines(),
    )
    lines = [step for step in steps if step[0] in "+-" and step[2:].strip()]
    assert sorted(line[2:] for line in lines if line[0] == "+") == [
        "date = 2023-12-30",
        "date = 2026-11-01",
        "extent = [44, 36.5, 51, 41] # west, south, east, north in degrees",
        'headline = "In a sentence."',
        'id = "now"',
        'label = "Now"',
        'title = "A new title"',
    ]
    assert comments(FILES["corridor.toml"].decode()) == comments(
        made.changes["corridor.toml"].decode()
    )
    assert Corridor.of(made.over(FILES)).manifest.headline == "In a sentence."


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "order", [["c", "b", "a"], ["b", "c", "a"], ["b"], ["c", "nowhere", "a", "b"]]
)
def test_layers_move_with_their_comments(order: list[str], end: str) -> None:
    made = tricky({"op": "put_order", "layers": order}, end=end)
    ids = [layer["id"] for layer in tomllib.loads(made)["layers"]]
    assert ids == [i for i in order if i != "nowhere"] + [i for i in "abc" if i not in order]
    assert comments(made) == comments(TRICKY)
    assert made.index("# How layers are listed.") < made.index("[[layers]]")
    assert f'# About b.{end}[[layers]]{end}id = "b"' in made or ids[0] == "b"
    assert made.count("\n") == made.count(end)


@pytest.mark.parametrize("layer", ["a", "b", "c"])
def test_a_layer_that_goes_leaves_the_comments_above_it(layer: str) -> None:
    made = tricky({"op": "remove_layer", "id": layer})
    assert [one["id"] for one in tomllib.loads(made)["layers"]] == [i for i in "abc" if i != layer]
    gone = {"a": {" the first", " called so", " a comment inside"}, "b": set(), "c": set()}[layer]
    assert set(comments(TRICKY)) - set(comments(made)) <= gone


def test_a_layer_is_renamed_recoloured_and_put_into_a_new_group() -> None:
    groups = [*SAID["groups"], {"id": "more", "title": "More"}]
    made = changed(
        {"op": "put_corridor", "corridor": {"groups": groups}},
        {
            "op": "put_layer",
            "layer": {
                "id": "bridges",
                "title": "Spans",
                "group": "more",
                "visible": False,
                "color": "#123456",
                "label_color": None,
            },
        },
    )
    entry = next(one for one in said(made)["layers"] if one["id"] == "bridges")
    assert entry == {"id": "bridges", "title": "Spans", "group": "more", "visible": False}
    assert said(made, "style.toml")["layer"]["bridges"] == {"color": "#123456"}
    assert comments(FILES["style.toml"].decode()) == comments(made.changes["style.toml"].decode())


def test_a_layer_is_taken_out_of_every_file_and_a_new_one_may_have_its_id() -> None:
    gone = changed({"op": "remove_layer", "id": "facilities"})
    assert gone.gone == {"layers/facilities.geojson"}
    assert "layers/facilities.geojson" not in gone.over(FILES)
    assert "facilities" not in said(gone, "style.toml")["layer"]
    assert Corridor.of(gone.over(FILES)).findings == ()
    new = {"op": "add_layer", "layer": {"id": "facilities", "title": "New"}, "features": []}
    again = changed({"op": "remove_layer", "id": "facilities"}, new)
    assert (again.gone, again.conflicts) == (frozenset(), ())
    assert b'"features": []' in again.changes["layers/facilities.geojson"]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"title": " "}, "title", "is empty"),
        ({"title": "x" * 500}, "title", "too long"),
        ({"headline": "x" * 241}, "headline", "too long"),
        ({"extent": [170, 1, -170, 2]}, "extent", "its west, 170, is not below its east, -170"),
        ({"extent": [1, 1, 1, 1]}, "extent", "it is empty"),
        ({"extent": [1, 3, 2, 2]}, "extent", "it is empty"),
        ({"extent": [1, 1, 190, 2]}, "extent", "is no extent"),
        ({"extent": [1, "two", 3, 4]}, "extent.1", "is not a number"),
        ({"extent": [1, 2, 3]}, "extent.3", "is missing"),
        ({"countries": ["AZ", "QQ"]}, "countries.1", "'QQ' is the code of no country"),
        ({"countries": ["Iran"]}, "countries.0", "cannot be 'Iran'"),
        ({"as_of": "2023-02-30"}, "as_of", "is not a date"),
        ({"as_of": None}, "as_of", "is missing"),
        ({"dates": [{"id": "a", "label": "A", "date": "soon"}]}, "dates.0.date", "is not a date"),
        ({"dates": [{"id": "a", "label": "", "date": "2024-01-01"}]}, "dates.0.label", "is empty"),
        (
            {"dates": [{"id": "a", "label": "A", "date": "2024-01-01"}] * 2},
            "dates",
            "the id 'a' twice",
        ),
        ({"groups": []}, "", ""),
        ({"id": "other"}, "", "is not known here"),
    ],
)
def test_what_cannot_be_set_is_refused_at_its_field(
    fields: dict[str, Any], field: str, words: str
) -> None:
    if fields == {"groups": []}:
        assert "groups" not in said(changed({"op": "put_corridor", "corridor": fields}))
        return
    with pytest.raises(RefusedOperationError) as caught:
        changed({"op": "put_corridor", "corridor": fields})
    (fault,) = caught.value.faults
    assert (fault.file, fault.field) == ("corridor.toml", field)
    assert words in fault.problem
    assert fault.remedy


@pytest.mark.parametrize(
    ("operation", "field", "words"),
    [
        ({"op": "put_layer", "layer": {"id": "bridges", "title": ""}}, "title", "is empty"),
        ({"op": "put_layer", "layer": {"id": "bridges", "color": "red"}}, "color", "'red'"),
        ({"op": "put_layer", "layer": {"id": "bridges", "group": "no"}}, "group", "'no'"),
        ({"op": "put_layer", "layer": {"id": "bridges", "sing": 1}}, "", "is not known here"),
        ({"op": "put_layer", "layer": {"id": "no"}}, "", "there is no layer 'no'"),
        ({"op": "put_layer", "layer": {}}, "", "there is no layer ''"),
        ({"op": "remove_layer", "id": "no"}, "", "there is no layer 'no'"),
    ],
)
def test_what_a_layer_cannot_be_is_refused(operation: Any, field: str, words: str) -> None:
    with pytest.raises(RefusedOperationError) as caught:
        changed(operation)
    (fault,) = caught.value.faults
    assert fault.field == field
    assert words in fault.problem


def test_the_only_layer_stays() -> None:
    with pytest.raises(RefusedOperationError, match="the only layer"):
        changed(*[{"op": "remove_layer", "id": layer} for layer in IDS])


def test_what_somebody_else_has_set_is_a_conflict() -> None:
    bridges = layer_settings(SAID, STYLE, "bridges")
    assert bridges is not None
    whole = whole_layer(bridges, FILES["layers/bridges.geojson"])
    operations: list[tuple[dict[str, Any], Any, str]] = [
        ({"op": "put_corridor", "corridor": {"title": "T"}}, settings_of(SAID), "title"),
        ({"op": "put_order", "layers": IDS[::-1]}, order_of(SAID), "layers"),
        ({"op": "put_layer", "layer": {"id": "bridges", "title": "T"}}, bridges, "title"),
        ({"op": "remove_layer", "id": "bridges"}, whole, "title"),
    ]
    for operation, found, key in operations:
        agreed = changed({**operation, "was": hash_of(found)})
        assert agreed.conflicts == ()
        assert agreed.changes
        other = changed({**operation, "was": "0" * 16})
        assert not other.changes
        (conflict,) = other.conflicts
        assert conflict.theirs is not None
        assert key in conflict.theirs
    # A feature that another has changed is not taken away unseen.
    files = {**FILES, "layers/bridges.geojson": FILES["layers/bridges.geojson"] + b"\n"}
    meets = changed({"op": "remove_layer", "id": "bridges", "was": hash_of(whole)}, files=files)
    assert [one.id for one in meets.conflicts] == ["bridges"]
    # Both took it away.
    gone = changed({"op": "remove_layer", "id": "bridges"}).over(FILES)
    both = changed({"op": "remove_layer", "id": "bridges", "was": hash_of(whole)}, files=gone)
    assert (both.conflicts, dict(both.changes)) == ((), {})


def test_a_text_whose_lines_mislead_is_refused_and_not_damaged() -> None:
    text = TRICKY.replace('title = "B"', 'title = """B\n[[layers]]\nid = "z"\n"""')
    files = {"corridor.toml": text.encode(), "style.toml": b""}
    with pytest.raises(RefusedOperationError, match="without changing something else"):
        changed({"op": "put_order", "layers": ["c", "b", "a"]}, files=files)


def test_a_save_takes_the_file_away_and_keeps_it(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    applied = changed({"op": "remove_layer", "id": "facilities"})
    made = save_files(folder, lambda _: applied.to_save, at=AT)
    file = "layers/facilities.geojson"
    assert file not in made.files
    assert not (folder / file).exists()
    (kept,) = (folder / ".corridormap" / "history").iterdir()
    assert (kept / file).read_bytes() == FILES[file]
    assert (kept / "corridor.toml").read_bytes() == FILES["corridor.toml"]


def test_a_save_that_takes_away_and_is_cut_short_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Path(shutil.copytree(FOLDER, tmp_path / "mine"))
    file = "layers/facilities.geojson"
    applied = changed({"op": "remove_layer", "id": "facilities"})

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as cutting:
        cutting.setattr(store, "_move", cut)
        with pytest.raises(KeyboardInterrupt):
            save_files(folder, lambda _: applied.to_save, at=AT)
    assert (folder / file).exists()
    assert file not in read_folder(folder).files
    assert Corridor.of(read_folder(folder).files).findings == ()
    save_files(folder, lambda _: {}, at=AT)
    assert not (folder / file).exists()
    assert [one.name for one in folder.glob(".corridormap/history/*/layers/*")] == [
        "facilities.geojson"
    ]


def test_a_list_of_an_earlier_version_keeps_its_seal(tmp_path: Path) -> None:
    with Place.opened(tmp_path) as place:
        step = Step(file="corridor.toml", staged="0", sha256="0" * 64)
        journal = Journal.sealed(place, (step,), "2026-11-24T14-03-09.120Z")
        assert "gone" not in journal.model_dump_json(exclude_defaults=True)
        assert b"gone" not in journal._text()
