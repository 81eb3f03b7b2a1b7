"""How the texts of a Shapefile are encoded: as it says, as they show, or as the user chooses."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
import shapely

from corridormap.geo.formats import Choices, Incoming, read_upload
from corridormap.geo.letters import EncodingChoiceError, codec_named
from tests.test_geo.test_formats.makers import frame

if TYPE_CHECKING:
    from pathlib import Path

NAME = "Мост через Аракс"


def shapefile(tmp_path: Path, codec: str, *, name: str = NAME) -> dict[str, bytes]:
    data = frame(shapely.Point(48.1, 38.4), name=[name])
    data.to_file(tmp_path / "x.shp", encoding=codec, engine="pyogrio")
    parts = {path.suffix: path.read_bytes() for path in tmp_path.glob("x.*")}
    table = bytearray(parts[".dbf"])
    table[29] = 0
    return {**parts, ".dbf": bytes(table), ".cpg": b""}


def read(parts: dict[str, bytes], *, stem: str = "x", encoding: str = "") -> Incoming:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending, body in parts.items():
            if body:
                archive.writestr(stem + ending, body)
    return read_upload("x.zip", out.getvalue(), choices=Choices(encoding=encoding))


SPELLED = [
    "1251",
    "CP1251",
    "cp-1251",
    "windows-1251",
    "WINDOWS_1251",
    "ANSI 1251",
    "ANSI1251",
    "win-1251",
    "x-cp1251",
    "1251\r\n",
]


def test_a_code_page_is_known_however_it_is_written() -> None:
    assert {codec_named(said.strip()) for said in SPELLED} == {"cp1251"}
    others = {
        "65001": "utf-8",
        "UTF8": "utf-8",
        "88595": "iso8859-5",
        "ISO 8859-1": "iso8859-1",
        "8859_9": "iso8859-9",
        "28591": "iso8859-1",
        "GBK": "gbk",
        "936": "gbk",
        "KOI8-R": "koi8-r",
        "base64": "",
        "nonsense": "",
        "": "",
    }
    assert {said: codec_named(said) for said in others} == others


@pytest.mark.parametrize("said", [SPELLED[0], SPELLED[-1]])
def test_the_file_beside_it_names_the_encoding(said: str, tmp_path: Path) -> None:
    got = read(shapefile(tmp_path, "cp1251") | {".cpg": said.encode()})
    assert got.features[0].properties["name"] == NAME
    assert got.left_out == ()


@pytest.mark.parametrize(("language", "codec"), [(0xC9, "cp1251"), (0x65, "cp866")])
def test_the_language_byte_of_the_table_names_it(language: int, codec: str, tmp_path: Path) -> None:
    parts = shapefile(tmp_path, codec)
    table = bytearray(parts[".dbf"])
    table[29] = language
    assert read(parts | {".dbf": bytes(table)}).features[0].properties["name"] == NAME


@pytest.mark.parametrize(
    ("codec", "said"),
    [("cp1251", b"UTF-8"), ("utf-8", b"1251"), ("cp1251", b""), ("cp1251", b"klingon")],
)
def test_a_contradiction_or_silence_is_the_users_to_decide(
    codec: str, said: bytes, tmp_path: Path
) -> None:
    parts = shapefile(tmp_path, codec) | {".cpg": said}
    with pytest.raises(EncodingChoiceError) as caught:
        read(parts)
    assert caught.value.choices[0].id == codec
    assert NAME in caught.value.choices[0].sample
    assert read(parts, encoding=codec).features[0].properties["name"] == NAME


def test_a_letter_that_is_cut_where_the_field_is_full_stays_visible_and_is_counted(
    tmp_path: Path,
) -> None:
    parts = shapefile(tmp_path, "utf-8", name="Мост А")  # the field is as long as its value
    cut = (
        parts[".dbf"]
        .replace("Мост А".encode(), "Мост ".encode() + b"\xd0 ")
        .replace(b"\xd0 ", b"\xd0\xd0")
    )
    got = read(parts | {".dbf": cut, ".cpg": b"UTF-8"}, encoding="utf-8")
    assert got.features[0].properties["name"].startswith("Мост \ufffd")
    assert "'name' holds letters that are cut or broken" in got.left_out[0].problem


def test_names_within_a_zip_of_an_old_program_can_be_read(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, "utf-8")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for ending, body in parts.items():
            if body:
                archive.writestr("AAAAAA" + ending, body)
    body = out.getvalue().replace(b"AAAAAA", "Дороги".encode("cp866"))
    assert read_upload("x.zip", body).layer == "Дороги"


def test_a_prj_with_a_mark_is_understood(tmp_path: Path) -> None:
    parts = shapefile(tmp_path, "utf-8")
    for marked in (b"\xef\xbb\xbf" + parts[".prj"], parts[".prj"].decode().encode("utf-16")):
        assert read(parts | {".prj": marked}).source_crs == "EPSG:4326 (WGS 84)"
