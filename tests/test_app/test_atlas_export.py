"""The commands atlas and export as a user types them: what they write, how they refuse."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pikepdf
import pytest
from click.testing import CliRunner, Result

from app.atlas import atlas_name, draw_atlas, parse_wish
from app.commands.atlas import atlas
from app.commands.export import export
from geo.errors import ViewError
from layers.folder.corridor import find_corridor, load_corridor
from layers.scenes.view import default_view

if TYPE_CHECKING:
    from pathlib import Path

    import click


def run(command: click.Command, *words: str) -> Result:
    return CliRunner().invoke(command, list(words), catch_exceptions=False)


def test_atlas_writes_a_pdf_and_tells_how_far_it_is(tmp_path: Path) -> None:
    file = tmp_path / "atlas.pdf"
    result = run(atlas, "-o", str(file), "--ids", "town-alat,claim-ministry-report")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "0 of 4 drawn" in result.stderr
    assert "4 of 4 drawn" in result.stderr
    assert "(4 pages)" in result.stderr
    with pikepdf.open(file) as pdf:
        assert len(pdf.pages) == 4
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
    assert [page.subject for page in made.report.pages] == ["overview", "town-alat", "sources"]


def test_export_writes_a_zip(tmp_path: Path) -> None:
    file = tmp_path / "data.zip"
    result = run(export, "-o", str(file))
    assert result.exit_code == 0
    assert "(12 files)" in result.stderr
    with zipfile.ZipFile(file) as archive:
        assert "azerbaijan-iran/README.txt" in archive.namelist()
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
