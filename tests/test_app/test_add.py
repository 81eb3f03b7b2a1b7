"""``corridormap add``: a file from outside becomes a layer, asked for and never guessed."""

from __future__ import annotations

import difflib
import json
import re
import shlex
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from corridormap.app.commands.add import add
from corridormap.layers.corridor.corridor import load_corridor
from corridormap.layers.validation.validate import validate
from tests.test_geo.test_formats.osm_files import Things, to_xml

BUILT_IN = Path(__file__).parents[2] / "data" / "azerbaijan-iran"
PLACED = ("--quality", "approximate", "--uncertainty", "500")
SOURCE = "Ministry of Transport, Posts, north and south, 2023-05, https://example.org/posts"


def run(*words: object) -> Result:
    """Run the command; an exception that is not an exit fails the test."""
    return CliRunner().invoke(add, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a copy of the built-in corridor."""
    return Path(shutil.copytree(BUILT_IN, tmp_path / "mine"))


@pytest.fixture
def posts(tmp_path: Path) -> Path:
    """Return a CSV of posts."""
    path = tmp_path / "posts.csv"
    path.write_text(
        "title,code,lon,lat,bridge\n"
        "Əhməd çayxanası,A-1,48.8718,38.4402,yes\n"
        "Пост Юг,A-2,48.1,39.2,no\n"
        "<script>alert(1)</script>,A-3,45.6,38.9,=1+1\n",
        encoding="utf-8",
    )
    return path


def features(folder: Path, layer: str) -> list[dict[str, Any]]:
    text = (folder / "layers" / f"{layer}.geojson").read_text(encoding="utf-8")
    return list(json.loads(text)["features"])


def snapshot_of(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_a_file_becomes_a_layer_that_validates(folder: Path, posts: Path) -> None:
    result = run(posts, folder, "--layer", "posts", "--title", "Posts <b>", "--name-field", "title",
                 *PLACED, "--source", SOURCE)  # fmt: skip
    assert result.exit_code == 0, result.output
    assert "Added 3 features as layers/posts.geojson." in result.stdout
    assert validate(folder) == ()
    layer = load_corridor(folder).layers[-1]
    assert (layer.id, layer.entry.title, layer.entry.group) == ("posts", "Posts <b>", "context")
    assert list(layer.features) == ["ehmed-cayxanasi", "post-yug", "script-alert-1-script"]
    first, _, last = features(folder, "posts")
    assert first["properties"]["kind"] == "node"
    assert first["properties"]["file:bridge"] == "yes"
    assert first["properties"]["code"] == "A-1"
    assert last["properties"]["name"] == "<script>alert(1)</script>"
    assert last["properties"]["file:bridge"] == "=1+1"
    entry = json.loads((folder / "sources.json").read_text(encoding="utf-8"))[-1]
    assert entry["title"] == "Posts, north and south"
    assert entry["issued"] == {"date-parts": [[2023, 5]]}


def test_comments_are_kept_and_the_versions_before_too(folder: Path, posts: Path) -> None:
    before = snapshot_of(folder)
    manifest = folder / "corridor.toml"
    manifest.write_bytes(b"# mine\n" + before["corridor.toml"])
    run(posts, folder, "--layer", "posts", "--name-field", "title", *PLACED)
    text = manifest.read_bytes()
    old = ["# mine", *before["corridor.toml"].decode().splitlines()]
    changes = list(difflib.ndiff(old, text.decode().splitlines()))
    assert [c for c in changes if c[0] == "-"] == []
    added = [c[2:] for c in changes if c[0] == "+"]
    assert sorted(filter(None, added)) == [
        "[[layers]]", 'group = "context"', 'id = "posts"', 'title = "Posts"',
    ]  # fmt: skip
    (kept,) = (folder / ".corridormap" / "history").iterdir()
    assert (kept / "corridor.toml").read_bytes() == b"# mine\n" + before["corridor.toml"]
    assert (kept / "sources.json").read_bytes() == before["sources.json"]
    assert tomllib.loads(text.decode())["layers"][-1] == {
        "id": "posts", "title": "Posts", "group": "context",
    }  # fmt: skip
    after = snapshot_of(folder)
    assert {
        name for name in after
        if after[name] != before.get(name) and not name.startswith(".corridormap")
    } == {"corridor.toml", "sources.json", "columns.json", "layers/posts.geojson"}  # fmt: skip


def test_without_a_source_validate_names_every_feature(folder: Path, posts: Path) -> None:
    result = run(posts, folder, "--layer", "posts", "--name-field", "title", *PLACED)
    assert "complete 'todo-posts' in sources.json" in result.stderr
    findings = validate(folder)
    assert {finding.feature for finding in findings} == {
        "ehmed-cayxanasi", "post-yug", "script-alert-1-script",
    }  # fmt: skip
    assert all("todo-posts" in finding.problem for finding in findings)


def refused(folder: Path, *words: object) -> str:
    before = snapshot_of(folder)
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert snapshot_of(folder) == before
    return result.output


def test_what_is_not_said_is_asked_for(folder: Path, posts: Path) -> None:
    said = refused(folder, posts, folder, "--layer", "posts")
    assert "which column holds the names. Give --name-field; the columns are: 'title'" in said
    said = refused(folder, posts, folder, "--layer", "posts", "--name-field", "title")
    assert "how well the position is known. Give such as --quality approximate" in said
    named = (posts, folder, "--layer", "posts", "--name-field", "title", *PLACED)
    said = refused(folder, *named, "--kind", "bridge")
    assert "in which state this bridge is. Give such as --status operating --since 2023" in said
    said = refused(folder, *named, "--kind", "railway", "--status", "operating", "--since", "soon")
    assert "'soon', which is no date" in said
    said = refused(folder, *named, "--kind", "area")
    assert "the kind 'area' does not fit a Point" in said
    said = refused(folder, *named, "--source", "A, B")
    assert "Write publisher, title, date and address" in said
    said = refused(folder, *named, "--source", "A, B, 2023, javascript:alert(1)")
    assert "is no address of the web" in said
    said = refused(folder, *named, "--id-field", "nothing")
    assert "no column 'nothing' to take the id from" in said
    said = refused(folder, *named, "--group", "nothing")
    assert "unknown group 'nothing'" in said


@pytest.mark.parametrize("layer", ["../x", "a/b", "A", "", "x" * 61])
def test_a_layer_id_never_leads_out_of_the_folder(layer: str, folder: Path, posts: Path) -> None:
    refused(folder, posts, folder, "--layer", layer, "--name-field", "title", *PLACED)
    assert not (folder / "x.geojson").exists()


def test_a_layer_that_is_there_is_not_overwritten(folder: Path, posts: Path) -> None:
    words = (posts, folder, "--layer", "bridges", "--name-field", "title", *PLACED)
    assert "the file is there already" in refused(folder, *words)


def test_repairs_are_listed_with_what_to_type(folder: Path, tmp_path: Path) -> None:
    bow = [[48, 38], [49, 39], [49, 38], [48, 39], [48, 38]]
    shape = {"type": "Polygon", "coordinates": [bow]}
    both = [
        {"type": "Feature", "id": 7, "properties": {"name": "A"}, "geometry": shape} for _ in "ab"
    ]
    path = tmp_path / "areas.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": both}))
    words = (path, folder, "--layer", "areas", *PLACED)
    said = refused(folder, *words)
    assert "nothing was written" in said
    assert "make-valid: the outline crosses or touches itself in 2 features" in said
    assert "number-ids: ids stand several times: '7'" in said
    assert "--accept make-valid" in said
    assert "Accept 'make-valid'" in refused(folder, *words, "--accept", "number-ids")
    assert "Accept 'number-ids'" in refused(folder, *words, "--accept", "make-valid,ring-order")
    assert "nothing called 'x'" in refused(folder, *words, "--accept", "x,make-valid")
    result = run(*words, "--accept", "all")
    assert result.exit_code == 0, result.output
    assert [f["id"] for f in features(folder, "areas")] == ["7", "7-2"]
    assert {f["geometry"]["type"] for f in features(folder, "areas")} == {"MultiPolygon"}


def test_a_layer_of_our_own_comes_in_again_whole(folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.geojson"
    shutil.move(folder / "layers" / "bridges.geojson", path)
    before = json.loads(path.read_text(encoding="utf-8"))["features"]
    result = run(path, folder, "--layer", "again", "--accept", "none", "--source", "S1")
    assert result.exit_code == 0, result.output
    after = features(folder, "again")
    assert [f["id"] for f in after] == [f["id"] for f in before]
    assert [f["properties"] for f in after] == [
        {key: value for key, value in f["properties"].items() if value is not None} for f in before
    ]


MAP = """
[columns.Hafen]
to = "name"
[columns.Zustand]
to = "status"
words = { "in Betrieb" = "operating", "im Bau" = "construction" }
[columns.seit]
to = "status_date"
"""


def test_the_next_edition_updates_what_the_last_one_made(folder: Path, tmp_path: Path) -> None:
    ports, rules = tmp_path / "ports.csv", tmp_path / "map.toml"
    head = "Hafen,Zustand,seit,Kran,lon,lat\n"
    rules.write_text(MAP, encoding="utf-8")
    ports.write_text(
        f"{head}Nord,in Betrieb,2018,2,47,39\nOst,im Bau,2022,1,47.5,39\nWest,?,,,48,39\n",
        encoding="utf-8",
    )
    said = ("--layer", "ports", "--kind", "port", *PLACED)
    told = run(ports, folder, *said, "--map", rules, "--preview").stdout
    assert "Row 3 of 3" in told
    assert "Name: Nord" in told
    assert "Operating since 2018" in told
    assert "stays in 'Kran': 2" in told
    assert "'?' in 'Zustand': 1 row" in told
    assert "Nothing was written" in told
    assert not (folder / "layers" / "ports.geojson").exists()
    made = run(ports, folder, *said, "--map", rules)
    assert "'?' in 'Zustand': 1 row" in made.stderr
    states = [one["properties"]["status_history"][0]["status"] for one in features(folder, "ports")]
    assert states == ["operating", "construction", "unknown"]
    ports.write_text(
        f"{head}Nord,in Betrieb,2018,2,47,39\nOst,in Betrieb,2024,1,47.5,39\nNeu,im Bau,,,46,39\n",
        encoding="utf-8",
    )
    before = features(folder, "ports")
    unasked = run(ports, folder, "--layer", "other", *PLACED, "--preview")
    assert "--layer ports --update shows" in unasked.stderr
    shown = run(ports, folder, "--layer", "ports", "--update")
    assert shown.exit_code == 1
    assert "1 added, 1 changed, 1 as they were, 1 gone" in shown.stdout
    assert features(folder, "ports") == before
    run(ports, folder, "--layer", "ports", "--update", "--apply", "--remove-gone")
    after = {one["properties"]["name"]: one["properties"] for one in features(folder, "ports")}
    assert list(after) == ["Nord", "Ost", "Neu"]
    assert [(e["date"], e["status"]) for e in after["Ost"]["status_history"]] == [
        ("2022", "construction"), ("2024", "operating"),
    ]  # fmt: skip
    again = run(ports, folder, "--layer", "ports", "--update")
    assert "Nothing is to be done" in again.stdout
    assert not load_corridor(folder).findings


def test_the_table_of_the_page_for_newcomers_goes_as_it_says(folder: Path, tmp_path: Path) -> None:
    page = (BUILT_IN.parents[1] / "docs" / "first-corridor.md").read_text(encoding="utf-8")
    mapping, commands = re.findall(r"```(?:toml|sh)\n(.*?)```", page, flags=re.DOTALL)
    (tmp_path / "map.toml").write_text(mapping, encoding="utf-8")
    head = "Port,Zustand,seit,Kapazität (t),lon,lat\n"
    first = f"{head}Nord,in Betrieb,2018,1500,47,39\nOst,geplant,,,47.5,39\n"
    (tmp_path / "ports.csv").write_text(first, encoding="utf-8")
    (tmp_path / "ports-2027.csv").write_text(f"{first}West,?,,,48,39\n", encoding="utf-8")
    told = []
    for command in commands.splitlines():
        _, _, *words = shlex.split(command.replace("my-corridor", str(folder)))
        files = {".csv", ".toml"}
        told.append(run(*(tmp_path / w if Path(w).suffix in files else w for w in words)))
    preview, made, update = told
    assert (preview.exit_code, made.exit_code, update.exit_code) == (0, 0, 1)
    assert "Nothing was written" in preview.stdout
    assert "Added 2 features" in made.stdout
    assert "1 added, 0 changed, 2 as they were, 0 gone" in update.stdout


def test_an_extract_of_openstreetmap_is_taken_by_tag(folder: Path, tmp_path: Path) -> None:
    nodes = {n: (48.1 + n / 100, 38.4, {"name": "Halt"} if n == 4 else {}) for n in range(1, 5)}
    ways = {7: ([1, 2, 3], {"railway": "rail", "name": "Line", "geometry": "x"})}
    path = tmp_path / "x.osm"
    path.write_bytes(to_xml(Things(nodes, ways)))
    said = ("--layer", "osm", *PLACED, "--status", "operating", "--since", "2020")
    asked = run(path, folder, *said)
    assert asked.exit_code == 1
    assert "--tag railway=rail" in asked.output
    assert "'railway=rail' (1 feature)" in asked.output
    done = run(path, folder, *said, "--tag", "railway=rail", "--tag", "highway")
    assert done.exit_code == 0, done.output
    assert "ODbL-1.0" in done.output
    (line,) = features(folder, "osm")
    assert line["id"] == "way-7"
    assert (line["properties"]["railway"], line["properties"]["@id"]) == ("rail", "way/7")
    source = load_corridor(folder).sources["todo-osm"]
    assert (source.license, source.credit) == ("ODbL-1.0", "© OpenStreetMap contributors")
    assert any("todo-osm" in finding.as_dict()["params"].values() for finding in validate(folder))
