"""A view draws, exports and checks what the commands do, and refuses what it cannot show."""

from __future__ import annotations

import datetime as dt
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import folium
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from PIL import Image

import corridormap
from corridormap.app.cli import main
from tests.test_face.pages import read_page

if TYPE_CHECKING:
    from pathlib import Path

    from corridormap import Corridor

ID = "azerbaijan-iran"
BBOX = (44.5, 38.4, 49.5, 40.2)


@pytest.fixture(scope="module")
def corridor() -> Corridor:
    return corridormap.open(ID)


def run(*words: str) -> str:
    done = CliRunner().invoke(main, words)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_view_has_what_was_asked_for(corridor: Corridor) -> None:
    shown = ["bridges", "border-crossings"]
    view = corridor.at("2024-02-01", layers=shown, bbox=BBOX, selected="astara-road-bridge-old")
    assert view.date == "2024-02-01"
    assert view.layers == ("border-crossings", "bridges")  # in the corridor's order
    assert view.bbox == BBOX
    assert view.selected == "astara-road-bridge-old"
    assert "_read" not in repr(view)


def test_a_view_without_words_is_the_one_that_opens(corridor: Corridor) -> None:
    view = corridor.at()
    assert (view.date, view.bbox, view.claim) == ("2023-12-29", None, None)
    assert "context" not in view.layers


@pytest.mark.parametrize(
    "day", ["2024-02-01", dt.date(2024, 2, 1), pd.Timestamp("2024-02-01 12:30")]
)
def test_a_day_may_be_of_any_type(corridor: Corridor, day: Any) -> None:
    assert corridor.at(day).date == "2024-02-01"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"date": "soon"}, "'soon' is not a date. Write year-month-day"),
        ({"layers": ["bridges", "tunnels"]}, "There is no layer 'tunnels'. Use: border-crossings"),
        ({"bbox": (1, 2, 3)}, "the extent has 3 numbers. Give west, south, east, north"),
        ({"bbox": (50, 38, 44, 40)}, "is empty: west must be below east"),
        ({"bbox": (44, 38, float("nan"), 40)}, "is not four numbers"),
        ({"selected": "no-such-bridge"}, "There is no feature 'no-such-bridge'"),
        ({"claim": "no-such-claim"}, "There is no claim 'no-such-claim'"),
    ],
)
def test_what_cannot_be_shown_is_refused(
    corridor: Corridor, words: dict[str, Any], said: str
) -> None:
    with pytest.raises(corridormap.CorridorError) as caught:
        corridor.at(**words)
    assert said in str(caught.value)


def test_extents_of_numpy_are_numbers_too(corridor: Corridor) -> None:
    bounds = corridor.layers["bridges"].total_bounds
    view = corridor.at(bbox=bounds)
    assert view.bbox is not None
    assert np.allclose(view.bbox, bounds, atol=1e-5)


def test_no_layers_is_an_answer(corridor: Corridor) -> None:
    assert corridor.at(layers=[]).layers == ()


@pytest.mark.parametrize("form", ["png", "svg", "pdf", "html"])
def test_a_snapshot_is_the_commands_to_the_last_byte(
    corridor: Corridor, tmp_path: Path, form: str
) -> None:
    view = corridor.at(
        "2024-02-01", layers=["bridges", "border-crossings"], bbox=BBOX, label_language="fa"
    )
    file = tmp_path / f"face.{form}"
    made = view.snapshot(file, size=(800, 600), claims=False, alt="Bridges")
    command = tmp_path / f"command.{form}"
    asked = ["--layers", "bridges,border-crossings", "--bbox", ",".join(map(str, BBOX))]
    asked += ["--label-language", "fa"]
    asked += ["--size", "800x600", "--no-claims", "--alt", "Bridges", "--date", "2024-02-01"]
    run("snapshot", ID, "-o", str(command), *asked)
    assert file.read_bytes() == command.read_bytes() == made.body
    assert (made.path, made.alt_text) == (file, "Bridges")
    assert run("verify", str(file)).startswith("Identical")


def test_a_snapshot_shows_itself_in_a_notebook(corridor: Corridor) -> None:
    made = corridor.snapshot(size="800x600")
    shown = made._repr_mimebundle_()
    with Image.open(BytesIO(shown["image/png"])) as picture:
        assert picture.size == (800, 600)
    assert made.filename in shown["text/plain"]
    assert "body" not in repr(made)
    assert made.path is None


@pytest.mark.parametrize(
    ("file", "options", "said"),
    [
        ("a.gif", {}, "there is no format “gif”. Use: png, svg, pdf, html."),
        ("a.png", {"layout": "round"}, "there is no layout “round”"),
        ("a.png", {"size": (10, 10)}, "the size 10x10 cannot be drawn"),
        ("none/a.png", {"size": (480, 480)}, "the file cannot be written"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    corridor: Corridor, tmp_path: Path, file: str, options: dict[str, Any], said: str
) -> None:
    with pytest.raises(corridormap.CorridorError) as caught:
        corridor.snapshot(tmp_path / file, **options)
    assert said in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_an_option_that_is_none_is_a_type_error(corridor: Corridor) -> None:
    with pytest.raises(TypeError, match="no option 'colour'"):
        corridor.snapshot(colour="red")  # type: ignore[call-arg]  # what is tested


def test_checks_routes_and_findings_are_the_commands(corridor: Corridor) -> None:
    claims = corridor.claims()
    said = json.loads(run("claims", ID, "--json"))
    assert claims.reset_index()[[*said[0]]].to_dict("records") == said
    routes = corridor.routes()
    told = json.loads(run("info", ID, "--json"))["routes"]
    ways = [way for route in told for way in route["ways"]]
    assert routes["km"].tolist() == [way["km"] for way in ways]
    assert routes["from"].tolist() == [way["from"]["id"] for way in ways]
    assert routes["km_by_status"].tolist() == [way["km_by_status"] for way in ways]
    told_of = ["file", "feature", "problem", "remedy", "field", "code", "params"]
    assert corridor.findings().columns.tolist() == told_of
    assert len(corridor.findings()) == len(json.loads(run("validate", ID, "--json")))


def test_routes_are_those_of_the_day(corridor: Corridor) -> None:
    before, after = (corridor.at(day).routes() for day in ("2000-01-01", "2026-03-01"))
    assert before["km"].equals(after["km"])
    assert not before["km_by_status"].equals(after["km_by_status"])


def test_data_is_exported_as_the_command_does(corridor: Corridor, tmp_path: Path) -> None:
    folder = corridor.at("2024-02-01").export(tmp_path / "face")
    run("export", ID, "-o", str(tmp_path / "command"), "--date", "2024-02-01")
    written = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    assert {"README.txt", "features.csv", "layers/bridges.geojson"} <= written.keys()
    for name, path in written.items():
        assert path.read_bytes() == (tmp_path / "command" / name).read_bytes(), name
    with ZipFile(corridor.export(tmp_path / "data.zip")) as archive:
        assert len(archive.namelist()) == len(written)
    with pytest.raises(corridormap.CorridorError, match="already something of this name"):
        corridor.export(folder)


def test_the_page_is_a_folium_map_that_asks_for_nothing(corridor: Corridor) -> None:
    page = corridor.explore()
    assert isinstance(page, folium.Map)
    bare = page.get_root().render()
    assert page.get_root().render() == bare  # a notebook may show it again
    folium.Marker((38.44, 48.87), popup="Where we stood", icon=folium.Icon("red")).add_to(page)
    folium.GeoJson(corridor.layers["bridges"]).add_to(page)
    whole = page.get_root().render()
    read = read_page(whole)
    assert read.outside == []
    assert read.title == "Azerbaijan–Iran transport corridor, 29 December 2023"
    assert "Where we stood" in whole
    (framed,) = read_page(page._repr_html_()).framed
    assert read_page(framed).outside == []
    assert "Where we stood" in framed
    assert len(bare.encode()) < 1_420_000


def test_its_height_in_a_notebook_can_be_chosen(corridor: Corridor) -> None:
    assert 'height="400px"' in corridor.explore(height_px=400)._repr_html_()
