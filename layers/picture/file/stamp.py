"""Write a file's note into it: PNG text, SVG title and metadata, PDF title and XMP.

Changes nothing of what is drawn. The same file and note give the same bytes.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape, quoteattr, unescape

from PIL.PngImagePlugin import PngInfo

from corridormap.geo.errors import RenderError
from corridormap.layers.exports.recipes.marks import PNG_KEYWORD
from corridormap.layers.picture.file.note import dublin_core
from corridormap.layers.picture.pen.embedded_fonts import picture_fonts_css

if TYPE_CHECKING:
    from corridormap.layers.picture.file.note import FileNote

__all__ = ["png_text", "stamp_pdf", "stamp_svg", "write_note"]

_SVG_START = re.compile(rb"<\?xml[^>]*\?>\s*(?:<!DOCTYPE[^>]*>\s*)?<svg\s([^>]*)>")
_SVG_WORDS = re.compile(r'<text [^>]*style="([^"]*)"[^>]*>([^<]*)</text>')
_SVG_TITLE = "corridormap-title"
_SVG_DESC = "corridormap-desc"
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n{}\n</x:xmpmeta>\n<?xpacket end="w"?>'
)


def png_text(note: FileNote) -> PngInfo:
    """Return a note as the text chunks of a PNG, in UTF-8 and not compressed."""
    chunks = PngInfo()
    for keyword, text in (
        ("Title", note.title),
        ("Description", note.description),
        ("Copyright", note.rights),
        (PNG_KEYWORD, note.recipe),
    ):
        if text:
            language = "" if keyword == PNG_KEYWORD else note.language
            chunks.add_itxt(keyword, text, language)
    return chunks


def stamp_svg(body: bytes, note: FileNote) -> bytes:
    """Return an SVG with its note at the head, and without a document type.

    Raises
    ------
    RenderError
        The file does not begin as an SVG does.
    """
    start = _SVG_START.match(body)
    if start is None:
        raise RenderError("svg-has-no-beginning")
    labelled = f"{_SVG_TITLE} {_SVG_DESC}" if note.description else _SVG_TITLE
    opened = (
        f'<svg {start[1].decode().strip()} xml:lang={quoteattr(note.language)} role="img" '
        f'aria-labelledby="{labelled}">'
    )
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        opened,
        f'<title id="{_SVG_TITLE}">{escape(note.title)}</title>',
    ]
    if note.description:
        head.append(f'<desc id="{_SVG_DESC}">{escape(note.description)}</desc>')
    head.append(f'<defs><style type="text/css">\n{_fonts(body)}\n</style></defs>')
    head.append(f"<metadata>\n{dublin_core(note)}\n</metadata>")
    return "\n".join(head).encode() + body[start.end() :]


def _fonts(body: bytes) -> str:
    """Return the fonts that the words of an SVG need, cut down to its letters."""
    words = _SVG_WORDS.findall(body.decode("utf-8"))
    styles = {(700 if "font-weight: 700" in style else 400, _slant(style)) for style, _ in words}
    # There is no bold italic among the fonts that ship.
    known = {(400, slant) if slant == "italic" else (weight, slant) for weight, slant in styles}
    return picture_fonts_css("".join(unescape(text) for _, text in words), styles=known)


def _slant(style: str) -> str:
    return "italic" if "font-style: italic" in style else "normal"


def write_note(pdf: Any, note: FileNote) -> None:
    """Write a note into an open PDF: title, language, subject, and XMP with the recipe."""
    import pikepdf

    root: Any = pdf.Root
    root.Lang = pikepdf.String(note.language)
    root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    packet = pikepdf.Stream(pdf, _PACKET.format(dublin_core(note)).encode())
    packet.Type, packet.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    root.Metadata = pdf.make_indirect(packet)
    pdf.docinfo["/Title"] = pikepdf.String(note.title)
    if note.description:
        pdf.docinfo["/Subject"] = pikepdf.String(note.description)


def stamp_pdf(body: bytes, note: FileNote) -> bytes:
    """Return a PDF with title, language, XMP and the alternative text of its page.

    To a screen reader the page is one figure.

    Raises
    ------
    RenderError
        The file cannot be read as a PDF.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            write_note(pdf, note)
            if note.description:
                _tag_figure(pdf, note)
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                compress_streams=False,
                stream_decode_level=pikepdf.StreamDecodeLevel.none,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
            )
    except pikepdf.PdfError as error:
        raise RenderError("pdf-cannot-be-read-again") from error
    return out.getvalue()


def _tag_figure(pdf: Any, note: FileNote) -> None:
    """Make the first page one figure with words of its own, as a tagged PDF has it."""
    import pikepdf

    page = pdf.pages[0]
    page.contents_add(b"/Figure <</MCID 0>> BDC\n", prepend=True)
    page.contents_add(b"\nEMC\n")
    page.obj.StructParents = 0
    width, height = (float(side) for side in page.mediabox[2:])
    tree = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    whole = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem, S=pikepdf.Name.Document, P=tree, Lang=note.language
        )
    )
    figure = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.StructElem,
            S=pikepdf.Name.Figure,
            P=whole,
            Pg=page.obj,
            K=0,
            Alt=pikepdf.String(note.description),
            A=pikepdf.Dictionary(
                O=pikepdf.Name.Layout,
                Placement=pikepdf.Name.Block,
                BBox=pikepdf.Array([0, 0, round(width, 3), round(height, 3)]),
            ),
        )
    )
    whole.K = pikepdf.Array([figure])
    tree.K = pikepdf.Array([whole])
    tree.ParentTree = pdf.make_indirect(
        pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array([figure])]))
    )
    tree.ParentTreeNextKey = 1
    pdf.Root.StructTreeRoot = tree
    pdf.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
