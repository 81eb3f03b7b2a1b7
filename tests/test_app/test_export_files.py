"""What each form of file holds: words for those who cannot see it, title, language, fonts, recipe.

The checks of an export before it is handed over are tested here too.
"""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pikepdf
import pytest
from PIL import Image

from corridormap.app.exporting.checks import check_export
from corridormap.app.exporting.export import Export, export
from corridormap.app.exporting.options import FORMATS, ExportOptions
from corridormap.app.exporting.without_room import dropped_told, without_room_told
from corridormap.geo.errors import RenderError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.exports.recipes.file import read_recipe
from corridormap.layers.scene.view import View

if TYPE_CHECKING:
    from collections.abc import Iterator

SVG = "{http://www.w3.org/2000/svg}"
WORDS = "Bridges <over> the Aras & what “پل” says; Naxçıvan"
TITLE = "Azerbaijan–Iran transport corridor, 29 December 2023"
QUERY = {"layers": "bridges,nakhchivan-link", "bbox": "44.7,38.6,46.6,39.8"}


@cache
def made(form: str, alt: str = WORDS) -> Export:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    view, notices = View.from_query(QUERY, corridor)
    assert not notices
    options = ExportOptions.from_query(
        {"size": "900x640", **({"alt": alt} if alt else {})}, format=form
    )
    return export(corridor, view, options)


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_names_its_view_its_options_and_its_data(form: str) -> None:
    recipe = read_recipe(made(form).body)
    assert recipe.format == form
    assert recipe.view["layers"] == QUERY["layers"]
    drawn = {} if form == "html" else {"projection": "mercator"}
    assert recipe.options == {"layout": "custom", "size": "900x640", "alt": WORDS} | drawn
    assert {"corridor.toml", "layers/bridges.geojson"} <= recipe.data.keys()
    assert any("OpenStreetMap" in credit for credit in recipe.credits)


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_names_without_room_are_in_the_recipe(form: str) -> None:
    export_ = made(form)
    assert export_.report is not None
    assert read_recipe(export_.body).dropped == dropped_told(export_.report.dropped)
    assert read_recipe(export_.body).omitted == export_.report.omitted


def test_the_page_is_told_what_the_recipe_says_has_no_room() -> None:
    made_ = made("png")
    assert made_.report is not None
    crowded = replace(made_.report, unmarked=(3, 5), omitted=("legend",))
    told = without_room_told(crowded)
    assert tuple(told["names"]) == read_recipe(made_.body).dropped[:40]
    assert told["heading"].startswith(f"No room for these {len(crowded.dropped)} names")
    assert told["names"][0] in told["names_sentence"]
    assert told["sentences"] == ["Claims not marked at this size: 3, 5.", "Left out: legend."]
    nothing = without_room_told(replace(crowded, dropped=(), unmarked=(), omitted=()))
    assert nothing == without_room_told(None)
    assert not any(nothing.values())


def test_words_in_a_png() -> None:
    with Image.open(io.BytesIO(made("png").body)) as image:
        texts: Any = image.info
        assert texts["Title"] == TITLE
        assert texts["Description"] == WORDS
        assert "© OpenStreetMap" in texts["Copyright"]
        assert texts["Description"].lang == "en"


def test_words_in_an_svg() -> None:
    root = ET.fromstring(made("svg").body)  # noqa: S314 - of our own making
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert (title.text, desc.text) == (TITLE, WORDS)
    assert root.attrib["role"] == "img"
    assert root.attrib["aria-labelledby"] == f"{title.attrib['id']} {desc.attrib['id']}"
    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "en"
    # Title and description come first: that is where readers look for them.
    assert [child.tag for child in root][:2] == [f"{SVG}title", f"{SVG}desc"]


def test_words_in_a_pdf() -> None:
    with pikepdf.open(io.BytesIO(made("pdf").body)) as pdf:
        root: Any = pdf.Root
        assert str(root.Lang) == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        assert root.MarkInfo.Marked
        assert str(pdf.docinfo["/Title"]) == TITLE
        figure = root.StructTreeRoot.K[0].K[0]
        assert (str(figure.S), str(figure.Alt)) == ("/Figure", WORDS)
        assert "/CreationDate" not in pdf.docinfo
        xmp = root.Metadata.read_bytes().decode()
    assert TITLE in xmp
    packet = ET.fromstring(xmp[xmp.index("<x:xmpmeta") : xmp.index("<?xpacket end")])  # noqa: S314
    assert any(WORDS in (node.text or "") for node in packet.iter())


def test_words_in_a_page() -> None:
    page = made("html").body.decode()
    assert f"<title>{TITLE}</title>" in page
    shown = "Bridges &lt;over&gt; the Aras &amp; what “پل” says; Naxçıvan"
    assert re.search(rf'<meta name="description" content="{re.escape(shown)}"', page)
    assert '<html lang="en"' in page


@pytest.mark.parametrize("form", FORMATS)
def test_without_words_of_ones_own_those_drafted_are_in_the_file(form: str) -> None:
    drafted = made(form, "")
    assert drafted.alt_text.startswith(f"Map: {TITLE}.")
    assert "By status: " in drafted.alt_text
    drawn = {} if form == "html" else {"projection": "mercator"}
    assert read_recipe(drafted.body).options == {"layout": "custom", "size": "900x640"} | drawn
    if form == "png":
        with Image.open(io.BytesIO(drafted.body)) as image:
            assert image.info["Description"] == drafted.alt_text


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[tuple[str, Any]]:
    resources: Any = pdf.pages[0].resources
    for font in resources.Font.values():
        inner = font.get("/DescendantFonts", [font])[0]
        yield str(font.BaseFont), inner.FontDescriptor


def test_every_font_of_a_pdf_is_in_it_and_its_text_can_be_copied() -> None:
    with pikepdf.open(io.BytesIO(made("pdf").body)) as pdf:
        fonts = list(fonts_of(pdf))
        resources: Any = pdf.pages[0].resources
        assert {name.rsplit("+", maxsplit=1)[-1] for name, _ in fonts} >= {
            "NotoSans-Regular",
            "NotoSans-Bold",
        }
        assert all("/FontFile2" in descriptor for _, descriptor in fonts)
        assert all("/ToUnicode" in font for font in resources.Font.values())
        assert "/XObject" not in resources or not [
            x for x in resources.XObject.values() if x.get("/Subtype") == "/Image"
        ]


def test_a_page_reaches_for_nothing() -> None:
    page = made("html").body.decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert "default-src 'none'" in policy[1]
    assert "http" not in policy[1]
    assert not re.search(r'<(?:link|img|iframe|script)[^>]*\s(?:src|href)="(?!data:|#)', page)
    assert not re.search(r"@import|url\((?!['\"]?(?:data:|#))", page)


def broken(form: str) -> Iterator[bytes]:
    body = made(form).body
    yield b""
    yield body[: len(body) // 2]
    if form == "png":
        yield body.replace(b"IDAT", b"IDAX", 1)
        yield blank_png(900, 640)
        yield blank_png(640, 900)
    if form == "svg":
        yield body.replace(b'viewBox="0 0 675 480"', b'viewBox="0 0 675 481"')
        yield b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 675 480"/>'
    if form == "pdf":
        yield body.replace(b"/FontFile2", b"/FontFileX")
        yield body.replace(b"675 480", b"480 675")
    if form == "html":
        yield body.replace(b"Content-Security-Policy", b"Content-Security-Police")


def blank_png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, format="PNG")
    return out.getvalue()


@pytest.mark.parametrize("form", FORMATS)
def test_a_broken_or_blank_file_is_not_handed_over(form: str) -> None:
    options = ExportOptions.from_query({"size": "900x640"}, format=form)
    check_export(made(form).body, options)
    for body in broken(form):
        with pytest.raises(RenderError, match="is not handed over"):
            check_export(body, options)


def test_the_text_chunks_of_a_png_are_not_packed_and_whole() -> None:
    body, at, kinds = made("png").body, 8, []
    while at < len(body):
        length, kind = struct.unpack(">I4s", body[at : at + 8])
        (checksum,) = struct.unpack(">I", body[at + 8 + length : at + 12 + length])
        assert zlib.crc32(body[at + 4 : at + 8 + length]) == checksum
        kinds.append(kind)
        at += 12 + length
    assert kinds.count(b"iTXt") == 4
    assert not {b"zTXt", b"tIME"} & set(kinds)
