"""What changed, asked for as a command and as a picture of two dates."""

from __future__ import annotations

import io
import json
import re
import shutil
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from click.testing import CliRunner, Result

import corridormap
from corridormap.app.cli import main
from corridormap.app.exporting.again import verify
from corridormap.app.exporting.export import Export, export
from corridormap.app.exporting.options import ExportOptions
from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.corridor import Corridor, find_corridor, load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.scene.alt_text import LONGEST, draft_compared_text
from corridormap.layers.scene.compare import compare
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from pathlib import Path

ID = "azerbaijan-iran"
SVG = "{http://www.w3.org/2000/svg}"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["changes", *words], catch_exceptions=False)


def test_the_command_tells_each_change_once_with_its_source() -> None:
    told = json.loads(run("--json").stdout)
    assert (told["from"], told["to"]) == ("2023-12-29", "2026-04-07")
    lines = run().stdout
    for row in told["changes"]:
        assert row["text"] in lines
        assert row["sources"]
        assert "2023-12-29" < f"{row['date']}-01-01"[:10] <= "2026-04-07"
    opened = [row for row in told["changes"] if row["id"] == "astara-road-bridge-2023"]
    assert [(r["before"], r["after"]) for r in opened if r["field"] == "status"] == [
        ("construction", "operating")
    ]
    assert "News.az, 30 Dec 2023" in lines


def test_the_face_gives_the_rows_of_the_command() -> None:
    corridor = corridormap.open(ID)
    rows = json.loads(run("--from", "2024-01-01", "--to", "2025-01-01", "--json").stdout)["changes"]
    table = corridor.changes(pd.Timestamp("2024-01-01"), "2025-01-01")
    assert table.to_dict("records") == rows
    assert corridor.changes_from(corridormap.open(ID)).empty
    assert corridor.at("2024-01-01", since="2023-01-01").since == "2023-01-01"
    with pytest.raises(ViewError, match="earlier date"):
        corridor.changes("2025-01-01", "2024-01-01")


def test_a_folder_is_compared_with_an_older_edition_of_it(tmp_path: Path) -> None:
    newer = shutil.copytree(find_corridor(ID), tmp_path / "newer")
    file = newer / "layers" / "bridges.geojson"
    text = file.read_text(encoding="utf-8").replace("Astara new road bridge", "Astara bridge")
    file.write_text(text, encoding="utf-8")
    lines = run(str(newer), "--against", ID).stdout.splitlines()
    assert "  Name: Astara bridge; before: Astara new road bridge" in lines
    told = json.loads(run(str(newer), "--against", ID, "--json").stdout)
    assert {(row["id"], row["field"]) for row in told["changes"]} >= {
        ("astara-road-bridge-2023", "name")
    }
    assert (told["from"], told["to"]) == (None, None)


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (("--from", "2026-01-01", "--to", "2025-01-01"), 1, "Give an earlier date first"),
        (("--from", "2026-13-01"), 2, "is not a date"),
        (("--against", "north-south"), 1, "is not an edition of"),
        (("--against", ID, "--from", "2024-01-01"), 2, "leave out --from"),
        (("no-such",), 1, "no-such"),
    ],
)
def test_what_cannot_be_compared_is_refused(
    words: tuple[str, ...], code: int, message: str
) -> None:
    done = run(*words)
    assert (done.exit_code, message in done.stderr) == (code, True)


@pytest.fixture(scope="module", params=[ID, "north-south"])
def corridor(request: pytest.FixtureRequest) -> Corridor:
    return load_corridor(find_corridor(request.param))


def two_maps(corridor: Corridor, form: str, **query: str) -> Export:
    options = ExportOptions.from_query({"arrange": "changes", **query}, format=form)
    return export(corridor, default_view(corridor), options)


def text_of(node: ET.Element) -> str:
    """Return the words of a drawing, broken nowhere."""
    return re.sub(r"\s+", "", "".join(node.itertext()))


def test_the_picture_has_both_dates_and_lists_what_changed(corridor: Corridor) -> None:
    told = compare(corridor, default_view(corridor))
    made = two_maps(corridor, "svg")
    drawing = ET.parse(io.BytesIO(made.body)).getroot()  # noqa: S314 - our own
    groups = {g.attrib["id"]: g for g in drawing.iter(f"{SVG}g") if "id" in g.attrib}
    words = text_of(drawing)
    for scene, name in ((told.before, "map-before"), (told.after, "map-after")):
        assert re.sub(r"\s", "", scene.date_label) in text_of(groups[name])
    assert told.changes
    assert len(draft_compared_text(told)) <= LONGEST
    for change in told.changes:
        assert re.sub(r"\s", "", change.name) in words
    # Each is drawn, or is a place that a sign of its crowd counts; its number stands on the map.
    counted = {change.feature for change in told.changes if f"after-{change.feature}" not in groups}
    places = {item.feature.id for item in told.after.items if item.feature.place}
    assert counted <= places
    tags = re.findall(r"×(\d+)", text_of(groups["map-after"]))
    assert len(counted) <= sum(int(tag) - 1 for tag in tags)
    assert made.report
    assert made.report.unmarked == ()
    # What was not there yet is not on the first map.
    for feature in {item.feature.id for item in told.after.items}:
        here = any(item.feature.id == feature for item in told.before.items)
        assert here or f"before-{feature}" not in groups


@pytest.mark.parametrize(
    ("form", "query"),
    [("png", {"layout": "square"}), ("pdf", {"layout": "a4-portrait"}), ("svg", {"claims": "0"}),
     ("png", {"size": "480x480"}), ("png", {"size": "1200x480"})],
)  # fmt: skip
def test_it_is_made_again_from_its_recipe(form: str, query: dict[str, str]) -> None:
    corridor = load_corridor(find_corridor(ID))
    body = two_maps(corridor, form, **query).body
    recipe = read_recipe(body)
    assert (recipe.view["since"], recipe.view["date"]) == ("2023-12-29", "2026-04-07")
    assert verify(body, corridor).identical


def test_of_one_date_there_is_no_before_and_after() -> None:
    corridor = load_corridor(find_corridor(ID))
    view = default_view(corridor).model_copy(update={"since": "2023-12-29"})
    with pytest.raises(ViewError, match="earlier date"):
        export(corridor, view, ExportOptions(arrangement="changes"))
