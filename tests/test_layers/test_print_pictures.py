"""Pictures of the built-in corridor: their size, what is on them, and that nothing collides."""

from __future__ import annotations

import io
import re
import struct
import zlib
from functools import cache, partial
from itertools import combinations
from typing import TYPE_CHECKING, Any

import pytest

from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture import Report
    from corridormap.layers.scene.scene import Scene

NAKHCHIVAN = (44.6, 38.7, 46.7, 39.9)
ASTARA = (48.6, 38.2, 49.1, 38.6)
MUMBAI_TO_MOSCOW = (25.0, 10.0, 80.0, 60.0)
ALL = ("border-crossings", "bridges", "nakhchivan-link", "rasht-astara", "context")

PICTURES: dict[str, tuple[Layout, dict[str, Any]]] = {
    "wide": (Layout(1600, 900), {}),
    "page": (Layout(1600, 1000), {}),
    "four to three": (Layout(1024, 768), {}),
    "square": (Layout(1080, 1080), {}),
    "story": (Layout(1080, 1920), {}),
    "A4 lying": (Layout(1123, 794), {}),
    "A4 standing": (Layout(794, 1123), {}),
    "smallest": (Layout(640, 480), {}),
    "map only": (Layout(1600, 1000, arrangement="map"), {}),
    "small map only": (Layout(480, 480, arrangement="map"), {}),
    "Nakhchivan": (Layout(1600, 1000), {"bbox": NAKHCHIVAN}),
    "Astara": (Layout(1600, 1000), {"bbox": ASTARA}),
    "another date": (Layout(1600, 1000), {"date": "2026-03-09"}),
    "one layer": (Layout(1600, 1000), {"layers": ("bridges",)}),
    "context": (Layout(1600, 1000), {"layers": ALL, "bbox": MUMBAI_TO_MOSCOW}),
    "nothing": (Layout(1200, 800), {"layers": ()}),
    "selected": (Layout(1600, 1000), {"selected": "aghband-kalaleh-road-bridge"}),
}


@pytest.fixture(scope="module")
def builtin() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def scene_of(corridor: Corridor, **changes: Any) -> Scene:
    return build_scene(corridor, default_view(corridor).model_copy(update=changes))


def draw(corridor: Corridor, layout: Layout, form: str, **changes: Any) -> tuple[bytes, Report]:
    out = io.BytesIO()
    outline = partial(tiers, detail=corridor.outline)
    report = render(scene_of(corridor, **changes), outline, layout, out, format=form)  # type: ignore[arg-type]
    return out.getvalue(), report


@cache
def picture(name: str) -> tuple[bytes, Report]:
    layout, changes = PICTURES[name]
    corridor = load_corridor(find_corridor("azerbaijan-iran"))
    return draw(corridor, layout, "png", **changes)


def pixels(png: bytes) -> tuple[int, int, bytes]:
    """Return width, height and the raw rows of a PNG."""
    width, height = struct.unpack(">II", png[16:24])
    data, at = b"", 8
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        data += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += size + 12
    return width, height, zlib.decompress(data)


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_has_its_size_and_is_not_blank(name: str) -> None:
    layout, _ = PICTURES[name]
    width, height, rows = pixels(picture(name)[0])
    assert (width, height) == (layout.width_px, layout.height_px)
    assert len(set(rows)) > 50


@pytest.mark.parametrize("name", PICTURES)
def test_no_two_labels_overlap(name: str) -> None:
    for one, other in combinations(picture(name)[1].labels, 2):
        assert not one.box.overlaps(other.box), (one.text, other.text)


@pytest.mark.parametrize("name", PICTURES)
def test_every_label_and_all_furniture_lies_in_the_map(name: str) -> None:
    report = picture(name)[1]
    layout, _ = PICTURES[name]
    frame = report.map_box
    assert frame.left >= 0
    assert frame.top >= 0
    assert frame.right <= layout.width_px
    assert frame.bottom <= layout.height_px
    for label in report.labels:
        assert frame.holds(label.box), label.text
    for piece, box in report.furniture:
        assert frame.holds(box), piece


@pytest.mark.parametrize("name", PICTURES)
def test_no_label_covers_a_sign(name: str) -> None:
    report = picture(name)[1]
    for label in report.labels:
        for feature, box in report.signs:
            inner = box.grown(-0.25 * box.width)
            assert not label.box.overlaps(inner), (label.text, feature)


@pytest.mark.parametrize("name", PICTURES)
def test_furniture_overlaps_neither_itself_nor_labels(name: str) -> None:
    report = picture(name)[1]
    for (one, box), (other, another) in combinations(report.furniture, 2):
        assert not box.overlaps(another), (one, other)
    outside = [(piece, box) for piece, box in report.furniture if piece != "detail"]
    for label in report.labels:
        for piece, box in outside:
            assert not label.box.overlaps(box), (label.text, piece)


@pytest.mark.parametrize("name", PICTURES)
def test_scale_bar_and_north_arrow_are_always_there(name: str) -> None:
    assert {"scale", "north"} <= {piece for piece, _ in picture(name)[1].furniture}


@pytest.mark.parametrize("name", PICTURES)
def test_the_map_shows_all_of_the_extent(name: str) -> None:
    _, changes = PICTURES[name]
    asked = changes.get("bbox") or (44.35, 36.95, 50.1, 40.6)
    west, south, east, north = picture(name)[1].map_bbox
    assert west <= asked[0] + 1e-6
    assert south <= asked[1] + 1e-6
    assert east >= asked[2] - 1e-6
    assert north >= asked[3] - 1e-6


def test_dropped_labels_are_reported_and_not_drawn() -> None:
    report = picture("smallest")[1]
    drawn = {label.text for label in report.labels}
    branch = next(label for label in report.dropped if label.text == "Ordubad branch")
    assert branch.near
    assert "Ordubad branch" not in drawn


def test_a_crowd_is_shown_in_a_detail_map_of_its_own() -> None:
    report = picture("wide")[1]
    inset = dict(report.furniture)["detail"]
    inside = {feature for feature, box in report.signs if inset.has(*box.center)}
    assert {"astara-road-bridge-2023", "astara-rail-bridge", "astara-road-bridge-old"} <= inside
    assert len([label for label in report.labels if inset.holds(label.box)]) >= 5


def test_no_locator_where_it_would_show_no_more_than_the_map() -> None:
    assert "locator" not in dict(picture("context")[1].furniture)


def test_double_density_doubles_the_pixels_and_keeps_the_places(builtin: Corridor) -> None:
    png, report = draw(builtin, Layout(1600, 900, dpi=192), "png")
    assert pixels(png)[:2] == (3200, 1800)
    assert report.labels == picture("wide")[1].labels


def test_png_svg_and_pdf_repeat_byte_by_byte(builtin: Corridor) -> None:
    layout = Layout(800, 600)
    for form in ("png", "svg", "pdf"):
        assert draw(builtin, layout, form)[0] == draw(builtin, layout, form)[0], form


def test_a_pdf_has_one_page_of_the_right_size_and_its_fonts(builtin: Corridor) -> None:
    pdf, _ = draw(builtin, Layout(1600, 900), "pdf")
    assert pdf.startswith(b"%PDF-1.")
    assert pdf.rstrip().endswith(b"%%EOF")
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert b"/MediaBox [ 0 0 1200 675 ]" in pdf
    assert pdf.count(b"/FontFile2") >= 3
    assert b"/CreationDate" not in pdf
    start = int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])
    assert pdf[start : start + 4] == b"xref"


def test_names_in_azerbaijani_and_persian_are_measured_in_the_shipped_fonts() -> None:
    from corridormap.layers.picture.pen.fonts import text_width

    assert text_width("Naxçıvan, Şərur, Ələt", 14) > 100
    joined = text_width("پل", 14)
    apart = text_width("پ", 14) + text_width("ل", 14)
    assert 0 < joined < apart
