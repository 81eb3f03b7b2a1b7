"""A zip that is broken in any way is refused in words; nothing else comes of it."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from corridormap.geo.errors import ReadError
from corridormap.geo.formats.archive import Archive
from corridormap.geo.formats.blob import blob_of
from corridormap.geo.formats.limits import Limits
from corridormap.layers.article.reading.docx import read_docx
from corridormap.layers.article.reading.reading import ARTICLE_LIMITS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.serving import RunCommand

BODY = (
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    + "".join(f"<w:p><w:r><w:t>Astara {n * n} and on</w:t></w:r></w:p>" for n in range(40))
    + "</w:document>"
)
METHODS = {
    "stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED,
    "bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA,
}  # fmt: skip
KINDS = {
    "docx": ("[Content_Types].xml", "word/document.xml"),
    "kmz": ("doc.kml", "files/a.txt"),
    "zip": ("a.shp", "a.shx", "a.dbf", "a.prj"),
}


def packed(kind: str, method: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name in KINDS[kind]:
            archive.writestr(name, BODY)
    return out.getvalue()


def broken(whole: bytes) -> Iterator[bytes]:
    """Yield a file cut short, with a byte changed, and with a part left out, in many places."""
    places = sorted({*range(0, len(whole), max(1, len(whole) // 60)), *range(60)})
    places += range(len(whole) - 60, len(whole))
    for at in places:
        yield whole[:at]
        for value in (0, 0xFF, 99, whole[at] ^ 1):
            yield whole[:at] + bytes([value]) + whole[at + 1 :]
        yield whole[:at] + b"\xff" * 8 + whole[at + 8 :]
        yield whole[:at] + whole[at + 3 :]


def read_whole(data: bytes, kind: str) -> None:
    archive = Archive(blob_of(f"a.{kind}", data, limits=Limits()), Limits())
    for name in archive.names:
        archive.head(name, 10)
        archive.read(name)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("kind", KINDS)
def test_a_broken_zip_is_refused_in_words(kind: str, method: str) -> None:
    said: list[ReadError] = []
    for data in broken(packed(kind, METHODS[method])):
        try:
            read_whole(data, kind)
            if kind == "docx":
                read_docx(blob_of("a.docx", data, limits=ARTICLE_LIMITS), ARTICLE_LIMITS)
        except ReadError as error:
            said.append(error)
    assert said
    assert all("a." in str(error) and error.faults[0].remedy for error in said)


@pytest.mark.parametrize("number", [1, 6, 9, 12, 14, 93, 95, 97, 98, 99, 65535])
def test_only_plain_packing_is_read(number: int) -> None:
    whole = bytearray(packed("docx", zipfile.ZIP_DEFLATED))
    for mark, at in ((b"PK\x01\x02", 10), (b"PK\x03\x04", 8)):
        start = whole.find(mark)
        whole[start + at : start + at + 2] = number.to_bytes(2, "little")
    with pytest.raises(ReadError, match=r"packed in an unusual way\. Make a plain zip"):
        read_docx(blob_of("a.docx", bytes(whole), limits=ARTICLE_LIMITS), ARTICLE_LIMITS)


@pytest.mark.parametrize("method", METHODS)
def test_the_command_says_what_is_wrong_with_a_broken_document(
    tmp_path: Path, method: str, run_command: RunCommand
) -> None:
    whole = bytearray(packed("docx", METHODS[method]))
    middle = len(whole) // 2
    whole[middle : middle + 40] = b"\xff" * 40
    at = whole.find(b"word/document.xml") + 30
    whole[at : at + 20] = b"\xff" * 20
    (tmp_path / "a.docx").write_bytes(bytes(whole))
    done = run_command("article", "suggest", "a.docx", cwd=tmp_path)
    assert done.returncode == 1, done.stdout
    assert done.stderr.startswith("Error: a.docx")
    assert done.stderr.count("\n") == 1
