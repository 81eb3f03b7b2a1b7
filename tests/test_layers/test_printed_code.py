"""The small code of a published picture: what it says, where it stands, and that it is read."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from corridormap.app.exporting.again import verify
from corridormap.app.exporting.export import export
from corridormap.app.exporting.options import ExportOptions
from corridormap.app.exporting.sizes import LAYOUT_NAMES
from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.layout import Layout
from corridormap.layers.picture.page.printed_code import NARROWEST_PX, code_of
from corridormap.layers.scene.view import default_view
from corridormap.layers.wording.edition_code import EditionCode, NamedEdition

CODE = EditionCode(NamedEdition("azerbaijan-iran", 2, "1a2b3c4d"), "2026-03-03")


def test_a_code_is_read_as_it_was_written() -> None:
    assert EditionCode.read(CODE.text) == CODE
    assert NamedEdition.read(CODE.named.printed) == CODE.named
    assert CODE.words == "Edition 2 of 3 March 2026 (1a2b3c4d)"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "CORRIDORMAP:",
        "corridormap:azerbaijan-iran/2/1a2b3c4d",
        "CORRIDORMAP:A/0/1A2B3C4D",
        "CORRIDORMAP:A/2/1A2B3C4",
        "CORRIDORMAP:../2/1A2B3C4D",
        "CORRIDORMAP:A/2/1A2B3C4D\n",
        "CORRIDORMAP:A/٢/1A2B3C4D",
        "https://elsewhere.example/2",
        "CORRIDORMAP:" + "A" * 10_000 + "/2/1A2B3C4D",
    ],
)
def test_another_text_is_no_code_of_ours(text: str) -> None:
    assert NamedEdition.read(text) is None


@pytest.mark.parametrize("text", ["x", "a/2/2026-02-30/1a2b3c4d", "a/2/2026-03-03/1A2B3C4D"])
def test_an_option_that_is_no_code_is_refused(text: str) -> None:
    with pytest.raises(ViewError):
        ExportOptions.from_query({"code": text}, format="png")


def test_a_narrow_picture_has_no_code() -> None:
    wide = Layout(width_px=NARROWEST_PX, code=CODE)
    assert code_of(wide) is not None
    assert code_of(replace(wide, width_px=NARROWEST_PX - 1)) is None
    assert code_of(Layout()) is None


@pytest.mark.parametrize("layout", [name for name in LAYOUT_NAMES if name != "custom"])
@pytest.mark.parametrize(
    ("name", "form"),
    [("azerbaijan-iran", "png"), ("azerbaijan-iran", "pdf"), ("north-south", "png")],
)
def test_a_code_is_read_beside_the_credits_and_off_the_map(
    layout: Any, name: str, form: Any
) -> None:
    corridor = load_corridor(find_corridor(name))
    code = replace(CODE, named=replace(CODE.named, corridor=corridor.id))
    options = ExportOptions(layout=layout, format=form, code=code)
    made = export(corridor, default_view(corridor), options)
    assert made.report is not None
    image, per_px = _seen(made.body, form, made.page_px)
    found = zxingcpp.read_barcodes(image)
    assert [each.text for each in found] == [code.named.printed]
    corner = found[0].position.top_left
    assert corner.y / per_px > made.report.map_box.bottom


def test_a_code_is_part_of_the_recipe() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    forms: tuple[Any, ...] = ("png", "svg", "pdf")
    for form in forms:
        options = ExportOptions(layout="square", format=form, code=CODE)
        body = export(corridor, default_view(corridor), options).body
        assert verify(body, corridor).identical


def test_a_code_of_another_corridor_is_refused() -> None:
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    other = EditionCode(replace(CODE.named, corridor="elsewhere"), CODE.day)
    with pytest.raises(ViewError, match="not one of"):
        export(corridor, default_view(corridor), ExportOptions(code=other))


def _seen(body: bytes, form: str, page_px: tuple[float, float]) -> tuple[Image.Image, float]:
    """Return a file as pixels, and how many of them there are to a px."""
    if form == "png":
        image = Image.open(io.BytesIO(body)).convert("L")
    else:
        pikepdf.open(io.BytesIO(body)).close()
        image = pypdfium2.PdfDocument(body)[0].render(scale=2).to_pil().convert("L")
    return image, image.width / page_px[0]
