"""The commands atlas and export as a user types them: what they write, how they refuse."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner, Result
from starlette.applications import Starlette

import corridormap.app.exporting.atlas
from corridormap.app.commands.atlas import atlas
from corridormap.app.commands.export import export
from corridormap.app.commands.snapshot import snapshot
from corridormap.app.commands.verify import verify
from corridormap.app.desk.desk import Desk
from corridormap.app.exporting.atlas import atlas_name, draw_atlas, parse_wish
from corridormap.app.exporting.recipe_route import recipe_route
from corridormap.app.exporting.take_routes import take_routes
from corridormap.geo.errors import RenderError, ViewError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.scene.view import default_view
from tests.sweeping import SWEEP
from tests.test_app.asking import answered, reply, soon

if TYPE_CHECKING:
    import click


def run(command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=False)


def test_atlas_writes_a_pdf_and_tells_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "atlas.pdf"
    result = run(atlas, "-o", str(file), "--ids", "town-alat,claim-ministry-report")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "0 of 5 drawn" in result.stderr
    assert "5 of 5 drawn" in result.stderr
    assert "(5 pages)" in result.stderr
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 5
    assert [child.name for child in tmp_path.iterdir()] == ["atlas.pdf"]


def test_atlas_goes_to_stdout_alone() -> None:
    result = run(atlas, "-o", "-", "--ids", "town-alat", "--paper", "a3")
    with pikepdf.open(io.BytesIO(result.stdout_bytes)) as pdf:
        width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    assert (round(width), round(height)) == (842, 1191)


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("-o", "atlas.png"), 2, "ends in .pdf"),
        (("-o", "a.pdf", "--paper", "letter"), 2, "a4"),
        (("-o", "a.pdf", "--ids", "nowhere"), 1, "nowhere"),
        (("-o", "a.pdf", "--layers", "roads"), 2, "roads"),
        (("nowhere", "-o", "a.pdf"), 1, "no corridor"),
    ],
)
def test_atlas_refuses_with_one_line(
    words: tuple[str, ...], code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(atlas, *words)
    assert list(tmp_path.iterdir()) == []
    assert result.exit_code == code
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_features_not_known_at_the_date_are_named(tmp_path: Path) -> None:
    file = tmp_path / "atlas.pdf"
    words = ("--of", "features", "--layers", "bridges", "--date", "1960-01-01")
    result = run(atlas, "-o", str(file), *words)
    assert result.exit_code == 0
    assert "aghband-kalaleh-road-bridge is left out" in result.stderr
    assert "astara-road-bridge-old is left out" not in result.stderr


def test_a_wish_is_read_from_words() -> None:
    wish = parse_wish(of="all", ids=" a, b,,", paper="a3")
    assert (wish.of, wish.ids, wish.paper) == ("all", ("a", "b"), "a3")
    with pytest.raises(ViewError, match="there is no 'lines'"):
        parse_wish(of="lines")


def test_an_atlas_is_named_after_corridor_date_and_paper() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    view = default_view(corridor)
    assert atlas_name(view, parse_wish()) == "azerbaijan-iran-2023-12-29-atlas-a4.pdf"
    made = draw_atlas(corridor, view, parse_wish(ids="town-alat"))
    subjects = [page.subject for page in made.report.pages]
    assert subjects == ["overview", "town-alat", "promises", "sources"]


ATLASES = [
    ("north-south", "node-mumbai,crossing-samur-yalama"),
    ("azerbaijan-iran", "town-alat,claim-ministry-report"),
]


@pytest.mark.parametrize(("corridor", "ids"), ATLASES if SWEEP else ATLASES[:1])
def test_an_atlas_is_verified_and_made_again(corridor: str, ids: str, tmp_path: Path) -> None:
    file, again = tmp_path / "atlas.pdf", tmp_path / "again.pdf"
    words = ("--ids", ids, "--paper", "a3", "--date", "2024-06-01")
    assert run(atlas, corridor, "-o", str(file), *words).exit_code == 0
    recipe = read_recipe(file.read_bytes())
    assert (recipe.format, recipe.corridor) == ("atlas", corridor)
    assert recipe.options == {"of": "claims", "ids": ids, "paper": "a3"}
    assert recipe.view["date"] == "2024-06-01"
    verdict = run(verify, str(file))
    assert verdict.exit_code == 0, verdict.output
    assert "Identical" in verdict.stdout
    assert run(atlas, "--again", str(file), "-o", str(again)).exit_code == 0
    assert again.read_bytes() == file.read_bytes()


def test_an_altered_atlas_is_found_and_changed_data_are_named(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(find_corridor("azerbaijan-iran"), tmp_path / "mine"))
    file = tmp_path / "atlas.pdf"
    assert run(atlas, str(folder), "-o", str(file), "--ids", "town-alat").exit_code == 0
    body = bytearray(file.read_bytes())
    body[len(body) // 2] ^= 1
    (tmp_path / "altered.pdf").write_bytes(body)
    altered = run(verify, str(tmp_path / "altered.pdf"), str(folder))
    assert altered.exit_code == 1
    assert "The atlas was altered" in altered.stdout
    layer = folder / "layers" / "rasht-astara.geojson"
    text = layer.read_text(encoding="utf-8")
    layer.write_text(text.replace('"Alat"', '"Alat town"'), encoding="utf-8")
    changed = run(verify, str(file), str(folder))
    assert changed.exit_code == 1
    assert "The data changed: layers/rasht-astara.geojson." in changed.stdout
    assert "The atlas comes out otherwise." in changed.stdout
    assert "bridges" not in changed.stdout


def test_atlas_and_snapshot_are_made_again_each_by_its_own_command(tmp_path: Path) -> None:
    file, picture = tmp_path / "atlas.pdf", tmp_path / "map.svg"
    new = str(tmp_path / "new.pdf")
    assert run(atlas, "-o", str(file), "--ids", "town-alat").exit_code == 0
    assert run(snapshot, "-o", str(picture)).exit_code == 0
    wrong = run(snapshot, "--again", str(file), "-o", new)
    assert (wrong.exit_code, "corridormap atlas --again" in wrong.stderr) == (1, True)
    wrong = run(atlas, "--again", str(picture), "-o", new)
    assert (wrong.exit_code, "corridormap snapshot --again" in wrong.stderr) == (1, True)
    wrong = run(atlas, "--again", str(file), "--paper", "a3", "-o", new)
    assert (wrong.exit_code, "leave out --paper" in wrong.stderr) == (2, True)
    assert not Path(new).exists()


def test_a_dropped_atlas_restores_its_view(tmp_path: Path) -> None:
    file = tmp_path / "atlas.pdf"
    words = ("--ids", "town-alat", "--date", "2024-06-01", "--layers", "rasht-astara")
    assert run(atlas, "-o", str(file), *words).exit_code == 0
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    page = Starlette(routes=[recipe_route("/recipe", soon(lambda: corridor), Desk())])
    status, told = reply(page, "POST", "/recipe", body=file.read_bytes())
    assert status == 200
    assert told["view"]["date"] == "2024-06-01"
    assert told["view"]["layers"] == ["rasht-astara"]
    assert (told["format"], told["options"], told["notices"]) == ("pdf", {}, [])


def asked_for_atlas(query: str) -> bytes:
    """Return what the page gets when it asks for an atlas."""
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    site = Starlette(routes=take_routes("", soon(lambda: corridor), Desk()))
    return answered(site, "GET", f"/atlas.pdf?{query}").body


def test_the_page_is_told_the_progress_and_then_given_the_atlas() -> None:
    *lines, last, pdf = asked_for_atlas("ids=town-alat").split(b"\n", 4)
    assert [json.loads(line) for line in lines] == [
        {"page": done, "pages": 4} for done in (0, 1, 4)
    ]
    told = json.loads(last)
    assert told == {"filename": "azerbaijan-iran-2023-12-29-atlas-a4.pdf", "bytes": len(pdf)}
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert len(opened.pages) == 4


def test_the_page_is_told_why_there_is_no_atlas(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise RenderError("atlas-failed-its-check", fault="its page 2 is blank")

    monkeypatch.setattr(corridormap.app.exporting.atlas, "check_atlas", refuse)
    *_, last, rest = asked_for_atlas("ids=town-alat").split(b"\n")
    assert "page 2 is blank" in json.loads(last)["error"]
    assert rest == b""


def test_export_writes_a_zip(tmp_path: Path) -> None:
    file = tmp_path / "data.zip"
    result = run(export, "-o", str(file))
    assert result.exit_code == 0
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    assert f"({len(names)} files)" in result.stderr
    assert {"azerbaijan-iran/README.txt", "azerbaijan-iran/datapackage.json"} <= set(names)
    assert [child.name for child in tmp_path.iterdir()] == ["data.zip"]


def test_export_writes_a_folder_once(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    assert run(export, "-o", str(folder), "--date", "2024-02-01").exit_code == 0
    assert (folder / "layers" / "bridges.geojson").is_file()
    again = run(export, "-o", str(folder))
    assert again.exit_code == 1
    assert "already something" in again.stderr


def test_export_into_a_place_that_is_not_there_says_so(tmp_path: Path) -> None:
    result = run(export, "-o", str(tmp_path / "nowhere" / "data"))
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
