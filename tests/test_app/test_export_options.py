"""What an export can be asked to be: every layout and size offered, and the bounds of each."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corridormap.app.exporting.choices import export_choices
from corridormap.app.exporting.export import draft, export
from corridormap.app.exporting.option_words import parse_size
from corridormap.app.exporting.options import (
    FORMATS,
    Arrangement,
    Density,
    ExportOptions,
    Format,
    LayoutName,
)
from corridormap.app.exporting.sizes import LAYOUTS
from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.scene.view import default_view
from corridormap.layers.theme import ProjectionWish

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

SIZES = {
    "wide": (1600, 900),
    "classic": (1600, 1200),
    "square": (1080, 1080),
    "story": (1080, 1920),
    "a4-landscape": (3508, 2480),
    "a4-portrait": (2480, 3508),
    "a3-landscape": (4961, 3508),
    "a3-portrait": (3508, 4961),
    "custom": (1600, 1000),
}


@pytest.fixture(scope="module")
def builtin() -> Corridor:
    return load_corridor(find_corridor("azerbaijan-iran"))


def test_every_layout_has_its_size() -> None:
    assert SIZES.keys() == set(LAYOUTS)
    for layout, size in SIZES.items():
        assert ExportOptions.from_query({"layout": layout}, format="png").pixels == size


@pytest.mark.parametrize("layout", [each for each in LAYOUTS if not each.startswith("a3")])
def test_a_png_of_every_layout_has_the_size_told_before(builtin: Corridor, layout: str) -> None:
    options = ExportOptions.from_query({"layout": layout, "density": "screen"}, format="png")
    made = export(builtin, default_view(builtin), options)
    with Image.open(io.BytesIO(made.body)) as image:
        assert image.size == options.pixels
        assert f"{image.width}x{image.height} px" == made.size


def test_paper_is_printed_finely_and_screens_are_not() -> None:
    def pixels(**query: str) -> tuple[int, int]:
        return ExportOptions.from_query(query, format="png").pixels

    assert pixels(layout="wide", density="double") == (3200, 1800)
    assert pixels(layout="wide", density="print") == (5000, 2812)
    assert pixels(layout="a4-portrait", density="screen") == (794, 1123)
    assert pixels(layout="a4-portrait") == pixels(layout="a4-portrait", density="print")


@pytest.mark.parametrize("size", ["480x480", "6000x480", "480x6000", "1600×1000", " 800 X 600 "])
def test_sizes_within_bounds_are_taken(size: str) -> None:
    width, height = parse_size(size)
    assert 480 <= width <= 6000
    assert 480 <= height <= 6000


@pytest.mark.parametrize(
    "size", ["479x480", "480x6001", "0x0", "-1x500", "1e3x500", "99999x99999", "", "x", "١٢٣x٥٠٠"]
)
def test_sizes_out_of_bounds_are_refused(size: str) -> None:
    with pytest.raises(ViewError):
        ExportOptions.from_query({"size": size}, format="png")


@pytest.mark.parametrize(
    "query",
    [
        {"layout": "poster"},
        {"arrange": "above"},
        {"density": "600"},
        {"claims": "maybe"},
        {"locator": "2"},
        {"inset": ""},
        {"alt": "x" * 1001},
        {"size": "6000x6000", "density": "print"},
        {"size": "6000x6000", "density": "double"},
    ],
)
def test_what_cannot_be_used_is_named(query: dict[str, str]) -> None:
    with pytest.raises(ViewError) as caught:
        ExportOptions.from_query(query, format="png")
    assert len(str(caught.value)) < 300


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(ViewError, match="tiff"):
        ExportOptions.from_query({}, format="tiff")


@given(
    layout=st.sampled_from(LAYOUTS),
    size=st.tuples(st.integers(480, 2000), st.integers(480, 2000)),
    words=st.tuples(
        st.sampled_from(["auto", "map", "beside", "below", "changes"]),
        st.sampled_from(get_args(ProjectionWish)),
    ),
    switches=st.tuples(st.booleans(), st.booleans(), st.booleans()),
    form=st.sampled_from(FORMATS),
    alt=st.none() | st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=50),
)
def test_options_come_back_out_of_their_address(
    layout: str,
    size: tuple[int, int],
    words: tuple[str, str],
    switches: tuple[bool, bool, bool],
    form: str,
    alt: str | None,
) -> None:
    query = {"layout": layout, "size": f"{size[0]}x{size[1]}", "arrange": words[0]}
    query["projection"] = words[1]
    names = ("claims", "locator", "inset")
    query |= {name: "1" if on else "0" for name, on in zip(names, switches, strict=True)}
    if alt is not None:
        query["alt"] = alt
    options = ExportOptions.from_query(query, format=form)
    again = ExportOptions.from_query(options.to_query(), format=form)
    kept = {"size_px"} if layout != "custom" else set()  # no other layout reads it
    assert again.model_dump(exclude=kept) == options.model_dump(exclude=kept)


START = "azerbaijan-iran-2023-12-29"


@pytest.mark.parametrize(
    ("query", "form", "name"),
    [
        ({}, "png", f"{START}-1600x1000.png"),
        ({"layout": "story"}, "svg", f"{START}-story.svg"),
        ({"layout": "a4-portrait"}, "pdf", f"{START}-a4-portrait.pdf"),
        ({"layout": "wide", "density": "print"}, "png", f"{START}-wide-print.png"),
        ({"layout": "story"}, "html", f"{START}.html"),
        ({"layout": "wide", "arrange": "changes"}, "png",
         "azerbaijan-iran-2026-04-07-wide-changes.png"),
    ],
)  # fmt: skip
def test_files_are_named_after_corridor_date_and_layout(
    builtin: Corridor, query: dict[str, str], form: str, name: str
) -> None:
    options = ExportOptions.from_query(query, format=form)
    assert draft(builtin, default_view(builtin), options).filename == name


def test_an_online_map_on_the_screen_is_told_to_be_left_out(builtin: Corridor) -> None:
    view = default_view(builtin).model_copy(update={"basemap": "osm"})
    told = draft(builtin, view, ExportOptions())
    assert told.notices == ("The file shows the outline in place of OpenStreetMap, online.",)


def test_the_form_offers_each_word_that_an_address_may_say() -> None:
    choices = export_choices()
    lists = {
        "formats": Format,
        "layouts": LayoutName,
        "arrangements": Arrangement,
        "densities": Density,
        "projections": ProjectionWish,
    }
    for name, words in lists.items():
        assert {word for word, *_ in choices[name]} == set(get_args(words)), name
        assert all(shown.strip() for _, shown, *_ in choices[name])
    first = choices["first"]
    assert (
        ExportOptions.from_query(
            {
                "layout": first["layout"],
                "size": f"{first['width']}x{first['height']}",
                "arrange": first["arrange"],
                "density": first["density"],
                "projection": first["projection"],
                **{part: "1" for part, _ in choices["parts"] if first[part]},
            },
            format=first["format"],
        )
        == ExportOptions()
    )
    assert set(choices["papers"]) < {word for word, _ in choices["layouts"]}
