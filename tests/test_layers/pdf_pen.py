"""Draw words at places into a PDF, as writers of PDFs do: in any order, from several fonts."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, NamedTuple

import pikepdf

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["LETTER_EMS", "Drawn", "drawn_pdf"]

LETTER_EMS = 0.5
"""How far the pen moves for each letter."""
_TO_UNICODE = """/CIDInit /ProcSet findresource begin 12 dict begin begincmap
/CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


class Drawn(NamedTuple):
    """Some letters of one font, drawn from left to right in one go."""

    text: str
    x: float
    y: float
    font: int = 0
    size: float = 12.0


def drawn_pdf(*pages: Sequence[Drawn]) -> bytes:
    """Return a PDF with pages on which these letters stand; two fonts are there."""
    with pikepdf.new() as document:
        fonts = pikepdf.Dictionary({f"/F{n}": _font(document, n) for n in range(2)})
        for pieces in pages:
            page = document.add_blank_page(page_size=(600, 800))
            page.Resources = pikepdf.Dictionary(Font=fonts)
            page.Contents = document.make_stream("\n".join(map(_shown, pieces)).encode())
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


def _shown(piece: Drawn) -> str:
    codes = piece.text.encode("utf-16-be").hex()
    at = f"1 0 0 1 {piece.x} {piece.y} Tm"
    return f"BT /F{piece.font} {piece.size} Tf {at} <{codes}> Tj ET"


def _font(document: pikepdf.Pdf, number: int) -> pikepdf.Object:
    name = pikepdf.Name(f"/Font{number}")
    kin = pikepdf.Dictionary(
        Type=pikepdf.Name.Font,
        Subtype=pikepdf.Name.CIDFontType2,
        BaseFont=name,
        CIDSystemInfo=pikepdf.Dictionary(
            Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
        ),
        DW=int(1000 * LETTER_EMS),
        FontDescriptor=pikepdf.Dictionary(
            Type=pikepdf.Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=[0, -200, 1000, 800],
            Ascent=800,
            Descent=-200,
            CapHeight=700,
            ItalicAngle=0,
            StemV=80,
        ),
    )
    return document.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font,
            Subtype=pikepdf.Name.Type0,
            BaseFont=name,
            Encoding=pikepdf.Name("/Identity-H"),
            DescendantFonts=[document.make_indirect(kin)],
            ToUnicode=document.make_stream(_TO_UNICODE.encode()),
        )
    )
