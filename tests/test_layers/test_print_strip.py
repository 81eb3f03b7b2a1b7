"""The strip diagram: sizes, words, labels that never meet, the same bytes twice."""

from __future__ import annotations

from io import BytesIO
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from corridormap.geo.errors import ViewError
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture.strip.labels import Flag, settle, spread
from corridormap.layers.picture.strip.strip import render_strip

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

ROUTES = ("mainland-nakhchivan", "baku-rasht-qazvin")
DATES = ("2023-12-29", "2026-03-09")
GAP = 10.0


@pytest.fixture(scope="module")
def corridor() -> Corridor:
    """Return the corridor that ships with the tool."""
    return load_corridor(find_corridor("azerbaijan-iran"))


def drawn(
    corridor: Corridor,
    route: str,
    date: str,
    form: Literal["png", "svg", "pdf"] = "png",
    width_px: float = 1600,
) -> bytes:
    """Return the bytes of a strip."""
    file = BytesIO()
    render_strip(corridor, route, date, file, format=form, width_px=width_px)
    return file.getvalue()


def words_of(svg: bytes) -> str:
    """Return all text of an SVG; lines broken for room are joined."""
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    return " ".join("".join(node.itertext()) for node in root.iter() if node.tag.endswith("text"))


@pytest.mark.parametrize("width_px", [1600, 1000, 600])
@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("route", ROUTES)
def test_labels_stand_apart_and_inside(
    corridor: Corridor, route: str, date: str, width_px: int
) -> None:
    file = BytesIO()
    report = render_strip(corridor, route, date, file, width_px=width_px)
    assert not report.dropped
    assert len(report.labels) > 20
    for label in report.labels:
        assert label.box.left >= 0, label
        assert label.box.right <= width_px, label
        assert 0 <= label.box.top < label.box.bottom <= report.height_px, label
    for one, other in combinations(report.labels, 2):
        assert not one.box.overlaps(other.box), (one, other)
    with Image.open(file) as image:
        assert image.size == (width_px, report.height_px)


def test_the_picture_says_what_is_known(corridor: Corridor) -> None:
    words = words_of(drawn(corridor, ROUTES[1], DATES[0], "svg"))
    for text in (
        "Baku to Rasht and Qazvin along the Caspian",
        "29 December 2023",
        "71 % in use",
        "Rasht–Astara railway (pre-construction, 162 km)",
        "Rasht–Astara railway",
        "published: 152 to 170 km",
        "Gauge break",
        "1520 / 1435 mm",
        "Astara rail bridge",
        "Lankaran",
        "AZERBAIJAN",
        "IRAN",
        "566 km",
        "kilometres count from Alat",
        "Sources:",
        "OpenStreetMap contributors",
        "Operating",
        "Planned",
    ):
        assert text in words, text


def test_gaps_are_gaps_with_their_words(corridor: Corridor) -> None:
    svg = drawn(corridor, ROUTES[0], DATES[1], "svg")
    words = words_of(svg)
    assert "no course published" in words
    assert "82 km in a straight line" in words
    early = words_of(drawn(corridor, ROUTES[0], "2021-05-01", "svg"))
    assert "not recorded yet" in early
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    ids = [node.get("id") for node in root.iter() if node.get("id")]
    assert len(ids) == len(set(ids))
    assert "strip-rail-leg-nakhchivan-railway-through-iran" in ids


def test_looks_follow_the_date(corridor: Corridor) -> None:
    early, late = (words_of(drawn(corridor, ROUTES[0], date, "svg")) for date in DATES)
    assert "bridge under construction, crossing announced" in early
    assert "bridge under construction, crossing announced" not in late
    assert "with border crossing, under construction" in late


@pytest.mark.parametrize("form", ["png", "svg", "pdf"])
def test_the_same_strip_gives_the_same_bytes(
    corridor: Corridor, form: Literal["png", "svg", "pdf"]
) -> None:
    one, other = (drawn(corridor, ROUTES[1], DATES[0], form, 1000) for _ in range(2))
    assert one == other
    assert one[:4] == {"png": b"\x89PNG", "svg": b"<?xm", "pdf": b"%PDF"}[form]


@pytest.mark.parametrize(
    ("route", "date", "width_px", "problem"),
    [
        ("nowhere", DATES[0], 1600, "no route 'nowhere'"),
        (ROUTES[0], "2023-13-01", 1600, "'2023-13-01' is no date"),
        (ROUTES[0], DATES[0], 100, "cannot be 100 px wide"),
        (ROUTES[0], DATES[0], 1e6, "cannot be"),
    ],
)
def test_what_cannot_be_drawn_is_refused(
    corridor: Corridor, route: str, date: str, width_px: float, problem: str
) -> None:
    with pytest.raises(ViewError) as error:
        render_strip(corridor, route, date, BytesIO(), width_px=width_px)
    assert problem in str(error.value)
    assert error.value.remedy


flags = st.lists(
    st.builds(
        Flag,
        key=st.uuids().map(str),
        x=st.floats(0, 1000),
        width=st.floats(10, 200),
        rank=st.integers(0, 3),
    ),
    max_size=14,
    unique_by=lambda flag: flag.key,
)


@settings(max_examples=40)
@given(flags)
def test_labels_never_meet_and_leaders_never_cross(found: list[Flag]) -> None:
    settled = settle(found, 0, 1000, gap=GAP)
    assert {*settled.keys, *settled.dropped} == {flag.key for flag in found}
    width = {flag.key: flag.width for flag in found}
    x = {flag.key: flag.x for flag in found}
    for row in range(max(settled.rows, default=-1) + 1):
        spans = []
        for key, own, center, path in zip(
            settled.keys, settled.rows, settled.centers, settled.paths, strict=True
        ):
            if own == row:
                spans.append((center - width[key] / 2, center + width[key] / 2))
            elif own > row:
                spans.append((path[row], path[row]))
        # In every row what stands there keeps the order of the points on the line.
        assert spans == sorted(spans)
        for (_, end), (start, _) in pairwise(spans):
            assert end <= start + 1e-6
        assert all(-1e-6 <= a <= b <= 1000 + 1e-6 for a, b in spans if a != b)
    assert [x[key] for key in settled.keys] == sorted(x[key] for key in settled.keys)


def test_what_does_not_fit_is_dropped_the_least_important_first() -> None:
    wide = [Flag(f"f{i}", 50.0, 90.0, rank=i) for i in range(12)]
    settled = settle(wide, 0, 100, gap=GAP)
    assert settled.dropped[0] == "f11"
    assert "f0" in settled.keys


@settings(max_examples=100)
@given(st.lists(st.tuples(st.floats(0, 500), st.floats(1, 60)), max_size=8))
def test_spreading_keeps_order_and_room(wanted: list[tuple[float, float]]) -> None:
    wanted.sort()
    widths = [width for _, width in wanted]
    placed = spread([at for at, _ in wanted], widths, 0, 500)
    assert placed is not None
    edges = [(at - w / 2, at + w / 2) for at, w in zip(placed, widths, strict=True)]
    for (_, end), (start, _) in pairwise(edges):
        assert end <= start + 1e-6
    assert all(start >= -1e-6 and end <= 500 + 1e-6 for start, end in edges)


def test_too_much_cannot_be_spread() -> None:
    assert spread([1.0, 2.0], [60.0, 60.0], 0, 100) is None
