"""A workbook of Excel comes in as a table does, from the sheet that the user chooses."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook

from corridormap.geo.errors import ReadError
from corridormap.geo.formats import Choices, Incoming, LayerChoiceError, Limits, read_upload
from tests.test_geo.test_formats.makers import zipped

if TYPE_CHECKING:
    from collections.abc import Sequence

HEADER = ["name", "lon", "lat", "opened"]
ROWS = [
    ["Astara körpüsü", 48.87, 38.44, dt.datetime(2023, 12, 30)],  # noqa: DTZ001  a cell has no zone
    ["پل آستارا", 48.1, 39.2, dt.datetime(2024, 1, 2, 9, 30)],  # noqa: DTZ001
]


def book(sheets: dict[str, Sequence[Sequence[Any]]], *, hidden: str = "") -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name == hidden:
            sheet.sheet_state = "hidden"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def read(body: bytes, **choices: Any) -> Incoming:
    return read_upload("ports.xlsx", body, choices=Choices(**choices))


def test_numbers_are_numbers_and_dates_are_dates() -> None:
    rows = [[*ROWS[0], 12, 1.5, True, "007"], [*ROWS[1], None, 2, False, "=1"]]
    got = read(book({"Ports": [[*HEADER, "berths", "depth", "open", "code"], *rows[:1]]}))
    assert (got.format, got.layer) == ("XLSX", "Ports")
    assert got.features[0].geometry.coords[0] == (48.87, 38.44)
    assert got.features[0].properties == {
        "name": "Astara körpüsü", "opened": "2023-12-30", "berths": 12, "depth": 1.5,
        "open": True, "code": "007",
    }  # fmt: skip
    assert read(book({"Ports": [HEADER, *ROWS]})).features[1].properties["opened"] == (
        "2024-01-02 09:30:00"
    )


def test_one_of_several_sheets_is_chosen_and_others_are_said() -> None:
    body = book(
        {"Ports": [HEADER, *ROWS], "Notes": [["made by", "me"]], "Old": [HEADER, ROWS[0]],
         "Draft": [HEADER]}, hidden="Draft",
    )  # fmt: skip
    with pytest.raises(LayerChoiceError, match=r"'Ports' \(2 features\); 'Old' \(1 feature\)"):
        read(body)
    got = read(body, layer="Old")
    assert len(got.features) == 1
    assert any("'Notes'" in said for said in got.said)
    assert any("'Draft'" in said for said in got.said)


def test_title_rows_and_merged_cells_above_the_header_are_said() -> None:
    made = Workbook()
    sheet = made.worksheets[0]
    above: list[list[Any]] = [["Ports of the Caspian"], []]
    for row in [*above, HEADER, *ROWS]:
        sheet.append(list(row))
    sheet.merge_cells("A1:D1")
    out = io.BytesIO()
    made.save(out)
    got = read(out.getvalue())
    assert len(got.features) == 2
    assert "Left out above the header: 2 rows." in got.said


def test_a_formula_gives_what_was_worked_out_or_is_said_to_be_empty() -> None:
    body = book({"Ports": [[*HEADER, "sum"], [*ROWS[0], "=1+2"], [*ROWS[1], "=3+4"]]})
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = re.sub(rb"<f>1\+2</f><v ?/?>(</v>)?", b"<f>1+2</f><v>3</v>", files[name])
    got = read(zipped(files))
    assert got.features[0].properties["sum"] == 3
    assert "sum" not in got.features[1].properties
    assert any("1 cell, taken as empty" in said for said in got.said)


def test_the_user_may_name_the_columns() -> None:
    body = book({"Ports": [["what", "Ostwert", "Nordwert"], ["Port", 49.5, 40.4]]})
    with pytest.raises(ReadError, match="Ostwert"):
        read(body)
    got = read(body, columns=("Ostwert", "Nordwert"))
    assert got.features[0].geometry.coords[0] == (49.5, 40.4)


def test_a_workbook_that_says_it_is_huge_or_is_none_is_bounded() -> None:
    body = book({"Ports": [HEADER, *ROWS]})
    with pytest.raises(ReadError, match="rows"):
        read_upload("x.xlsx", book({"P": [HEADER, *ROWS * 5]}), limits=Limits(features=2))
    with pytest.raises(ReadError, match="another kind of zip"):
        read(zipped({"doc.kml": b"<kml/>"}))
    with pytest.raises(ReadError):
        read(body[: len(body) // 2])
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    name = "xl/worksheets/sheet1.xml"
    files[name] = re.sub(rb'ref="[^"]+"', b'ref="A1:XFD1048576"', files[name])
    assert len(read(zipped(files)).features) == 2
