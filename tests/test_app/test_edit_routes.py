"""What the server answers to an editor: drafts, refusals, saves, conflicts, the folder as a zip."""

from __future__ import annotations

import copy
import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from starlette.applications import Starlette

from corridormap.app.desk.desk import Desk
from corridormap.app.editing import routes
from corridormap.app.editing.routes import draft_key, edit_routes
from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.app.site.watch import version_of
from corridormap.layers.corridor.corridor import Corridor, load_corridor
from corridormap.layers.saving.snapshot import Snapshot
from corridormap.layers.scene.view import View
from corridormap.layers.validation.validate import validate
from tests.test_app.asking import answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.test_app.asking import Answer

DATA = Path(__file__).parents[2] / "data"
POINT = {"type": "Point", "coordinates": [50.1, 40.2]}


def ask(
    folder: Path, name: str, value: Any = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Ask a route of a folder's editor; a value is posted, None is not."""
    site = Starlette(routes=edit_routes("/c", folder, id_=folder.name, desk=Desk()))
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    said = {"host": "here:8501", "sec-fetch-site": "same-origin", "origin": "http://here:8501"}
    return answered(
        site,
        "GET" if value is None else "POST",
        f"/c/edit/{name}",
        body=b"" if value is None else body,
        headers={**said, **(headers or {})},
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of a built-in corridor."""
    return Path(shutil.copytree(DATA / "north-south", tmp_path / "mine"))


def base(folder: Path) -> Any:
    answer = ask(folder, "base")
    assert answer.status == 200
    return answer.json


def wish(known: Any, *ops: Any) -> dict[str, Any]:
    return {"base": known["revision"], "files": known["files"], "ops": list(ops)}


def renamed(known: Any, name: str, number: int = 0) -> dict[str, Any]:
    """Return the operation that renames a city."""
    feature = copy.deepcopy(known["layers"]["cities"][number])
    was = known["hashes"]["layers"]["cities"][feature["id"]]
    feature["properties"]["name"] = name
    return {"op": "put_feature", "layer": "cities", "feature": feature, "was": was}


def test_the_base_is_what_the_files_say(folder: Path) -> None:
    said = base(folder)
    assert said["writable"] is True
    assert said["folder_name"] == "mine"
    assert said["layers"]["cities"] == json.loads(
        (folder / "layers" / "cities.geojson").read_text(encoding="utf-8")
    )["features"]  # fmt: skip
    assert said["sources"] == json.loads((folder / "sources.json").read_text(encoding="utf-8"))
    assert said["broken"] == []
    assert said["schemas"]["feature"]["properties"]["kind"]
    assert said["words"]["statuses"]["construction"] == "Under construction"
    assert base(DATA / "north-south")["writable"] is False


def test_a_broken_file_is_named_and_the_rest_is_there(folder: Path) -> None:
    (folder / "sources.json").write_text("[", encoding="utf-8")
    said = base(folder)
    assert said["broken"] == ["sources.json"]
    assert said["sources"] == []
    assert said["layers"]["cities"]


def test_a_draft_is_shown_and_nothing_is_written(folder: Path) -> None:
    known, before = base(folder), Snapshot.of(folder).revision
    answer = ask(folder, "draft", wish(known, renamed(known, "Bombay")))
    assert answer.status == 200
    names = {one["id"]: one["name"] for one in answer.json["document"]["features"]}
    assert names["node-mumbai"] == "Bombay"
    assert answer.json["revision"] == known["revision"]
    assert answer.json["findings"] == []
    assert Snapshot.of(folder).revision == before


def test_what_the_corridor_would_lose_is_refused_with_field_and_words(folder: Path) -> None:
    known = base(folder)
    bad = renamed(known, "Bombay")
    bad["feature"]["properties"]["uncertainty_m"] = "far"
    answer = ask(folder, "draft", wish(known, renamed(known, "Bafq 2", 1), bad))
    assert answer.status == 400
    (finding,) = answer.json["findings"]
    assert finding == {
        "file": "layers/cities.geojson",
        "feature": "node-mumbai",
        "field": "uncertainty_m",
        "problem": "'uncertainty_m' is not a number",
        "remedy": "Write a plain number, without quotation marks.",
        "code": "value-is-not-a-number",
        "params": {"place": "'uncertainty_m'"},
        "op": 1,
        "severity": "error",
    }
    bad = renamed(known, "Bombay")
    bad["feature"]["geometry"] = {"type": "Point", "coordinates": [500, 40]}
    answer = ask(folder, "draft", wish(known, bad))
    assert answer.status == 400
    assert answer.json["findings"][0]["op"] == 0
    assert answer.json["findings"][0]["feature"] == "node-mumbai"


def test_what_does_not_fit_together_is_a_note(folder: Path) -> None:
    known = base(folder)
    strange = renamed(known, "Bombay")
    strange["feature"]["properties"]["sources"] = ["NOBODY"]
    answer = ask(folder, "draft", wish(known, strange))
    assert answer.status == 200
    notes = answer.json["findings"]
    assert [(one["op"], one["severity"]) for one in notes] == [(0, "note")] * len(notes)
    assert "unknown source 'NOBODY'" in " ".join(one["problem"] for one in notes)


def test_a_feature_that_a_claim_points_to_may_go_and_the_claim_is_named(folder: Path) -> None:
    known = base(folder)
    was = known["hashes"]["layers"]["cities"]["node-mumbai"]
    remove = {"op": "remove_feature", "layer": "cities", "id": "node-mumbai", "was": was}
    answer = ask(folder, "draft", wish(known, remove))
    assert answer.status == 200
    notes = answer.json["findings"]
    assert any("points to 'node-mumbai'" in one["problem"] for one in notes)
    assert {one["severity"] for one in notes} == {"note"}


def test_a_save_is_written_and_known(folder: Path) -> None:
    known = base(folder)
    answer = ask(folder, "save", wish(known, renamed(known, "Bombay")))
    assert answer.status == 200
    assert answer.json == {"revision": Snapshot.of(folder).revision, "version": version_of(folder)}
    assert load_corridor(folder).layer_of("node-mumbai") is not None
    assert base(folder)["layers"]["cities"][0]["properties"]["name"] == "Bombay"
    assert validate(folder) == ()


def test_the_second_of_two_is_told_what_changed_and_loses_nothing(folder: Path) -> None:
    known = base(folder)
    ask(folder, "save", wish(known, renamed(known, "Theirs"), renamed(known, "Bafq 2", 1)))
    mine = [renamed(known, "Mine"), renamed(known, "Tehran 2", 2)]
    answer = ask(folder, "save", wish(known, *mine))
    assert answer.status == 409
    told = answer.json
    now = base(folder)
    assert told["current"] == now["revision"]
    assert told["changed"] == ["layers/cities.geojson"]
    (conflict,) = told["conflicts"]
    assert (conflict["op"], conflict["id"]) == (0, "node-mumbai")
    assert conflict["theirs"]["properties"]["name"] == "Theirs"
    assert conflict["now"] == now["hashes"]["layers"]["cities"]["node-mumbai"]
    # Mine over theirs, as the page does it: all else of both stays.
    mine[0]["was"] = conflict["now"]
    assert ask(folder, "save", wish(now, *mine)).status == 200
    names = [one["properties"]["name"] for one in base(folder)["layers"]["cities"][:3]]
    assert names == ["Mine", "Bafq 2", "Tehran 2"]


def test_changes_that_do_not_meet_are_told_too_and_a_draft_moves_by_itself(folder: Path) -> None:
    known = base(folder)
    ask(folder, "save", wish(known, renamed(known, "Theirs")))
    mine = wish(known, renamed(known, "Bafq 2", 1))
    answer = ask(folder, "save", mine)
    assert answer.status == 409
    assert answer.json["conflicts"] == []
    shown = ask(folder, "draft", mine).json
    assert shown["revision"] == answer.json["current"]
    assert shown["changed"] == ["layers/cities.geojson"]
    names = {one["name"] for one in shown["document"]["features"]}
    assert {"Theirs", "Bafq 2"} <= names


def test_a_change_by_hand_is_noticed(folder: Path) -> None:
    known = base(folder)
    path = folder / "layers" / "cities.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace('"Mumbai"', '"By hand"'))
    answer = ask(folder, "save", wish(known, renamed(known, "Mine")))
    assert answer.status == 409
    assert answer.json["conflicts"][0]["theirs"]["properties"]["name"] == "By hand"
    assert "By hand" in path.read_text(encoding="utf-8")


def test_a_manifest_that_was_broken_by_hand_is_told_and_nothing_is_saved(folder: Path) -> None:
    known = base(folder)
    (folder / "corridor.toml").write_text("title = ", encoding="utf-8")
    for name in ("draft", "save"):
        answer = ask(folder, name, wish(known, renamed(known, "Mine")))
        assert answer.status == 400
        assert "corridor.toml" in answer.json["error"]
    assert in_the_file(folder) == "Mumbai"


def in_the_file(folder: Path) -> str:
    text = (folder / "layers" / "cities.geojson").read_text(encoding="utf-8")
    return str(json.loads(text)["features"][0]["properties"]["name"])


def test_a_built_in_corridor_is_not_written_to() -> None:
    folder = DATA / "north-south"
    known = base(folder)
    before = Snapshot.of(folder).revision
    change = wish(known, renamed(known, "Mine"))
    assert ask(folder, "draft", change).status == 200
    answer = ask(folder, "save", change)
    assert answer.status == 403
    assert "Download it instead" in answer.json["error"]
    assert ask(folder, "zip", change).status == 200
    assert Snapshot.of(folder).revision == before
    assert not (folder / ".corridormap").exists()


def test_a_draft_and_a_zip_are_read_where_they_are_and_put_in_no_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = base(folder)
    change = wish(known, renamed(known, "Mine"))

    def refuse(*_: object, **__: object) -> None:
        pytest.fail("a folder was written to be read again")

    for name in ("mkdtemp", "mkstemp", "TemporaryDirectory"):
        monkeypatch.setattr(tempfile, name, refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    assert ask(folder, "draft", change).json["document"]["layers"]
    body = ask(folder, "zip", change).body
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    corridor = Corridor.of(files)
    assert corridor.findings == ()
    cities = next(layer for layer in corridor.layers if layer.id == "cities")
    assert "Mine" in {said.name for said in cities.features.values()}


def test_the_zip_opens_elsewhere_and_is_the_same_every_time(folder: Path, tmp_path: Path) -> None:
    known = base(folder)
    change = wish(known, renamed(known, "Bombay"))
    answer = ask(folder, "zip", change)
    assert answer.headers["content-disposition"] == 'attachment; filename="mine.zip"'
    assert ask(folder, "zip", change).body == answer.body
    with zipfile.ZipFile(io.BytesIO(answer.body)) as archive:
        archive.extractall(tmp_path / "elsewhere")
    made = tmp_path / "elsewhere" / "mine"
    assert validate(made) == ()
    corridor = load_corridor(made)
    layer = corridor.layer_of("node-mumbai")
    assert layer is not None
    assert layer.features["node-mumbai"].name == "Bombay"
    view, _ = View.from_query({}, corridor)
    assert export(corridor, view, ExportOptions(format="svg")).body.startswith(b"<?xml")
    same = {name for name in known["files"] if name != "layers/cities.geojson"}
    assert {
        name for name in same if (made / name).read_bytes() == (folder / name).read_bytes()
    } == same


def test_a_body_that_is_too_large_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "LARGEST_BODY_BYTES", 100_000)
    answer = ask(folder, "draft", b"x" * 200_000)
    assert answer.status == 413
    assert "larger than 0.1 MB" in answer.json["error"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"", "empty"),
        (b"{", "broken at line 1"),
        (b"[]", "does not say what the changes were made on"),
        (b'{"base": 5}', "does not say"),
        (b'{"base": "x", "ops": 5}', "is not a list"),
        (b'{"base": "x", "ops": [{"op": "rm -rf"}]}', "is not known"),
        (b'{"base": "x", "ops": [{"op": "put_source", "source": {"id": NaN}}]}', "not finite"),
        (b'{"base": "x", "ops": [' + b"[" * 5000 + b"]" * 5000 + b"]}", "nested too deeply"),
        (b'{"base": "\xff"}', "not UTF-8"),
    ],
)
def test_nonsense_is_refused_in_words(folder: Path, body: bytes, said: str) -> None:
    answer = ask(folder, "save", body)
    assert answer.status == 400
    assert said in answer.json["error"]
    assert "Traceback" not in answer.json["error"]


def test_a_folder_that_may_not_be_written_to_says_so(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = base(folder)

    monkeypatch.setattr(os, "access", lambda *_, **__: False)
    answer = ask(folder, "save", wish(known))
    assert answer.status == 400
    assert "cannot be written to: Permission denied" in answer.json["error"]


def test_drafts_of_two_folders_never_mix(folder: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "other"))
    assert draft_key(folder) != draft_key(other)
    assert draft_key(folder) == draft_key(folder / ".." / "mine")


def test_settings_are_saved_and_a_layer_that_goes_is_kept(folder: Path) -> None:
    known = base(folder)
    layer = known["corridor"]["layers"][-1]["id"]
    order = [one["id"] for one in known["corridor"]["layers"]][::-1]
    features = {one["id"] for one in known["layers"][layer]}
    hashes = known["hashes"]
    ops = [
        {"op": "put_corridor", "corridor": {"title": "Other"}, "was": hashes["settings"]},
        {"op": "put_order", "layers": order, "was": hashes["order"]},
        {
            "op": "put_layer",
            "layer": {"id": order[1], "title": "Renamed"},
            "was": hashes["set"][order[1]],
        },
        {"op": "remove_layer", "id": layer, "was": hashes["whole"][layer]},
    ]
    drafted = ask(folder, "draft", wish(known, *ops))
    assert drafted.status == 200
    document = drafted.json["document"]
    assert document["corridor"]["title"] == "Other"
    assert [one["id"] for one in document["layers"]] == order[1:]
    assert not features & {one["id"] for one in document["features"]}
    assert (folder / "layers" / f"{layer}.geojson").exists()
    with zipfile.ZipFile(io.BytesIO(ask(folder, "zip", wish(known, *ops)).body)) as packed:
        assert not [name for name in packed.namelist() if name.endswith(f"{layer}.geojson")]
    assert ask(folder, "save", wish(known, *ops)).status == 200
    assert load_corridor(folder).manifest.layers[0].title == "Renamed"
    assert not (folder / "layers" / f"{layer}.geojson").exists()
    assert list((folder / ".corridormap" / "history").glob(f"*/layers/{layer}.geojson"))
    late = ask(folder, "save", wish(known, ops[0]))
    assert (late.status, late.json["conflicts"][0]["theirs"]["title"]) == (409, "Other")


def test_a_setting_that_is_refused_names_its_field(folder: Path) -> None:
    known = base(folder)
    op = {"op": "put_corridor", "corridor": {"title": "", "extent": [20, 1, 10, 2]}}
    answer = ask(folder, "draft", wish(known, op))
    assert answer.status == 400
    told = {one["field"]: one["op"] for one in answer.json["findings"]}
    assert told == {"title": 0, "extent": 0}
