"""Open a file that was just made, and make sure that it is what was asked for.

The right form and size, not blank, whole. Mends nothing: what fails is refused in one line.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any
from xml.parsers import expat

from corridormap.geo.errors import RenderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.app.exporting.options import ExportOptions

__all__ = ["check_atlas", "check_export"]

_PT_PER_PX = 0.75
_CLOSE_PT = 0.02
_FEWEST_PARTS = 10
_SMALLEST_PAGE = 100_000
_PAPERS_PT = {"a4": (595.28, 841.89), "a3": (841.89, 1190.55)}


def check_export(body: bytes, options: ExportOptions) -> None:
    """Open an export and check it.

    Raises
    ------
    RenderError
        It is broken, blank or of another size than was asked for.
    """
    check = {"png": _png, "svg": _svg, "pdf": _pdf, "html": _html}[options.format]
    fault = check(body, options)
    if fault:
        raise RenderError("picture-failed-its-check", format=options.format.upper(), fault=fault)


def check_atlas(body: bytes, *, pages: int, paper: str) -> None:
    """Open an atlas and check it.

    Parameters
    ----------
    body
        The PDF.
    pages, paper
        How many pages it must have, and of which size: a4 or a3.

    Raises
    ------
    RenderError
        It is broken, or a page is missing, blank or of another size.
    """
    fault = _atlas(body, pages, _PAPERS_PT[paper])
    if fault:
        raise RenderError("atlas-failed-its-check", fault=fault)


def _atlas(body: bytes, pages: int, size_pt: tuple[float, float]) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(body), suppress_warnings=True) as pdf:
            if pdf.get_warnings():
                return "is not whole"
            if len(pdf.pages) != pages:
                return f"has {len(pdf.pages)} pages in place of {pages}"
            for number, page in enumerate(pdf.pages, start=1):
                fault = _page(page, size_pt)
                if fault:
                    return f"its page {number} {fault}"
    except pikepdf.PdfError as error:
        return f"cannot be opened ({error})"
    return ""


def _png(body: bytes, options: ExportOptions) -> str:
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(body), formats=["PNG"]) as image:
            if image.size != options.pixels:
                return "is {}x{} pixels in place of {}x{}".format(*image.size, *options.pixels)
            small = image.convert("RGB").reduce(8)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        return f"cannot be opened ({error})"
    lowest_highest: Any = small.getextrema()
    return "is blank" if all(low == high for low, high in lowest_highest) else ""


def _svg(body: bytes, options: ExportOptions) -> str:
    seen = {"path": 0, "text": 0, "use": 0}
    root: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if not root:
            root.update(attributes)
        if name in seen:
            seen[name] += 1

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    try:
        parser.Parse(body, True)  # noqa: FBT003 - expat takes it by place only
    except expat.ExpatError as error:
        return f"cannot be opened ({error})"
    size = [float(side) for side in root.get("viewBox", "0 0 0 0").split()[2:]]
    return _wrong_size(size, _wanted_pt(options)) or (
        "is blank" if seen["path"] < _FEWEST_PARTS else ""
    )


def _pdf(body: bytes, options: ExportOptions) -> str:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(body), suppress_warnings=True) as pdf:
            if pdf.get_warnings():
                return "is not whole"
            if len(pdf.pages) != 1:
                return f"has {len(pdf.pages)} pages"
            return _page(pdf.pages[0], _wanted_pt(options))
    except pikepdf.PdfError as error:
        return f"cannot be opened ({error})"


def _page(page: Any, wanted_pt: Sequence[float]) -> str:
    """Say what is wrong with a page of a PDF."""
    west, south, east, north = (float(side) for side in page.mediabox)
    wrong = _wrong_size([east - west, north - south], wanted_pt)
    if wrong:
        return wrong
    fonts: Any = page.resources.get("/Font", {})
    if any("/FontFile2" not in _descriptor(font) for font in fonts.values()):
        return "lacks a font"
    drawn = sum(len(part.read_bytes()) for part in _contents(page))
    return "is blank" if drawn < 100 * _FEWEST_PARTS else ""


def _contents(page: Any) -> list[Any]:
    import pikepdf

    contents = page.Contents
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _descriptor(font: Any) -> Any:
    inner = font.get("/DescendantFonts", [font])[0]
    return inner.get("/FontDescriptor", {})


def _wanted_pt(options: ExportOptions) -> list[float]:
    return [side * _PT_PER_PX for side in options.page_px]


def _wrong_size(size_pt: list[float], wanted: Sequence[float]) -> str:
    if all(abs(is_ - want) < _CLOSE_PT for is_, want in zip(size_pt, wanted, strict=True)):
        return ""
    return "is {:g}x{:g} pt in place of {:g}x{:g}".format(*size_pt, *wanted)


def _html(body: bytes, _options: ExportOptions) -> str:
    if not body.startswith(b"<!DOCTYPE html>") or not body.rstrip().endswith(b"</html>"):
        return "is not whole"
    if b"Content-Security-Policy" not in body:
        return "may reach out"
    return "is blank" if len(body) < _SMALLEST_PAGE else ""
