"""The parts that pictures are made of: text, room and labels."""

from __future__ import annotations

import dataclasses
import io
import subprocess
import sys
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING

import matplotlib as mpl
import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.textpath import TextToPath

from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.page.flow import balanced, wrap
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.pen.fonts import font, text_width, written_in_arabic
from corridormap.layers.picture.placing.block import Block
from corridormap.layers.picture.placing.meeting import segments_meet_boxes
from corridormap.layers.picture.placing.offer import Offer, Wish
from corridormap.layers.picture.placing.place import place_all
from corridormap.layers.picture.placing.room import Room
from corridormap.layers.picture.placing.spots import Spots
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view
from tests.test_layers.test_print_looks import outline

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.scene.scene import Scene

FRAME = Box(0, 0, 800, 600)
INK = "#16233B"


@given(
    text=st.text(st.sampled_from("ab –şəŞÇ/-"), max_size=80),
    width=st.floats(20, 400),
    size=st.floats(8, 40),
)
def test_wrapped_lines_fit_and_lose_no_letter(text: str, width: float, size: float) -> None:
    flow = wrap([Words(text, size, INK)], width)
    told = "".join(words.text for line in flow.lines for _, words in line)
    assert told.replace(" ", "") == text.replace(" ", "")
    for line in flow.lines:
        x, last = line[-1]
        assert x + last.width <= width + 0.5 or len(last.text) == 1


def test_a_balanced_title_has_no_more_lines_than_it_needs() -> None:
    words = [Words("Azerbaijan–Iran transport corridor", 33, INK, bold=True)]
    assert len(balanced(words, 404).lines) == len(wrap(words, 404).lines) == 2
    assert balanced(words, 404).width < 404


def label(
    name: str,
    box: Box,
    *,
    rank: int = 1,
    others: tuple[Box, ...] = (),
    leaders: tuple[tuple[float, float, float, float], ...] = (),
    owner: str = "",
) -> Wish:
    block = Block((Words(name, 12, INK),))
    boxes = np.array([(b.left, b.top, b.right, b.bottom) for b in (box, *others)])
    n = len(boxes)
    lines = np.array(leaders).reshape(-1, 4) if leaders else np.full((n, 4), np.nan)
    zeros = np.zeros(n, dtype=np.int64)
    spots = Spots((block,), zeros, boxes, zeros, np.arange(n, dtype=float), lines, zeros > 0)
    return Wish(name, name, (rank,), spots, owners=frozenset({owner}) if owner else frozenset())


def placed_at(wishes: list[Wish], room: Room) -> dict[str, Box]:
    placed, _ = place_all([Offer.of(wish, room) for wish in wishes])
    return {p.wish.id: p.box for p in placed}


NARROW, WIDE = Box(100, 100, 150, 115), Box(200, 100, 250, 115)


def test_the_more_important_label_gets_the_place() -> None:
    wishes = [label("low", NARROW, rank=4), label("high", NARROW, rank=1)]
    assert placed_at(wishes, Room(FRAME)) == {"high": NARROW}


def test_a_label_moves_to_let_another_in() -> None:
    wishes = [label("moves", NARROW, rank=1, others=(WIDE,)), label("stays", NARROW, rank=2)]
    assert placed_at(wishes, Room(FRAME)) == {"moves": WIDE, "stays": NARROW}


def test_what_is_put_by_hand_stays_and_is_served_first() -> None:
    by_hand = dataclasses.replace(label("by hand", NARROW, rank=4), pinned=True)
    assert placed_at([label("high", NARROW, rank=0), by_hand], Room(FRAME)) == {"by hand": NARROW}


def test_a_label_leaves_the_frame_under_no_circumstances() -> None:
    assert placed_at([label("out", Box(780, 10, 830, 25))], Room(FRAME)) == {}


def test_a_label_takes_the_spot_that_covers_no_line() -> None:
    room = Room(FRAME)
    room.discourage([np.array([[0.0, 107.0], [800.0, 107.0]])], 1.0)
    clear = Box(100, 200, 150, 215)
    assert placed_at([label("name", NARROW, others=(clear,))], room) == {"name": clear}


def test_a_name_nearer_to_anothers_sign_than_to_its_own_is_not_placed() -> None:
    room = Room(FRAME)
    room.stand("own", (80.0, 107.0), (6.0, 6.0))
    assert placed_at([label("name", NARROW, owner="own")], room) == {"name": NARROW}
    room.stand("other", (160.0, 107.0), (6.0, 6.0))
    assert placed_at([label("name", NARROW, owner="own")], room) == {}


@pytest.mark.parametrize(
    ("line", "stands"),
    [((90.0, 107.0, 198.0, 107.0), True), ((90.0, 300.0, 90.0, 115.0), False)],
)
def test_a_leader_runs_over_no_sign_and_no_leader(
    line: tuple[float, float, float, float],
    stands: bool,  # noqa: FBT001 - a case's answer
) -> None:
    room = Room(FRAME)
    room.stand("other", (90.0, 200.0), (6.0, 6.0))
    room.lead((300.0, 0.0), (300.0, 500.0))
    wish = label("name", WIDE, leaders=(line,))
    assert bool(placed_at([wish], room)) is stands
    room.lead((150.0, 0.0), (150.0, 500.0))
    assert placed_at([wish], room) == {}


@pytest.fixture
def scene(corridor: Corridor) -> Scene:
    layers = tuple(layer.id for layer in corridor.manifest.layers)
    return build_scene(corridor, default_view(corridor).model_copy(update={"layers": layers}))


@given(st.lists(st.integers(0, 40), min_size=8, max_size=8))
def test_a_line_touches_a_box_as_geometry_says(sides: list[int]) -> None:
    line, box = sides[:4], [*np.sort(sides[4::2]), *np.sort(sides[5::2])]
    left, right, top, bottom = (float(side) for side in box)
    met = segments_meet_boxes(np.array([line], dtype=float), np.array([[left, top, right, bottom]]))
    drawn = shapely.LineString([line[:2], line[2:]])
    assert met.tolist() == [[drawn.intersects(shapely.box(left, top, right, bottom))]]


@pytest.mark.parametrize("text", ["Aghband bridge", "آستارا", "Şərur", "\u4e2d", "AV.To", ""])
@pytest.mark.parametrize(("bold", "italic"), [(False, False), (True, False), (False, True)])
def test_words_are_as_wide_as_matplotlib_says(text: str, *, bold: bool, italic: bool) -> None:
    arabic = written_in_arabic(text)
    prop = font(100.0, bold=bold, italic=italic, arabic=arabic)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        width, _, _ = TextToPath().get_text_width_height_descent(text, prop, ismath=False)
    # matplotlib tells it in points.
    assert text_width(text, 75.0, bold=bold, italic=italic) == pytest.approx(width, abs=0.3)


def test_hostile_and_endless_words_are_drawn_as_words(scene: Scene) -> None:
    nasty = "<script>alert(1)</script> $x^2$ \\frac & " + "endless" * 60
    hostile = replace(scene, title=nasty, summary=nasty, credits=(nasty,), boundary_note=nasty)
    for form in ("png", "svg", "pdf"):
        out = io.BytesIO()
        render(hostile, outline, Layout(1200, 900), out, format=form)
        assert form != "svg" or b"<script" not in out.getvalue()
        assert len(out.getvalue()) > 10_000


def test_endless_words_are_cut_and_leave_room_for_the_map(scene: Scene) -> None:
    endless = replace(scene, title="word " * 400, summary="word " * 400, credits=("word " * 400,))
    for size in ((1600, 900), (640, 480), (1080, 1920), (480, 480)):
        box = render(endless, outline, Layout(*size), io.BytesIO()).map_box
        assert box.width >= 0.5 * size[0]
        assert box.height >= 0.3 * size[1]


def test_drawing_leaves_the_settings_of_matplotlib_alone(scene: Scene) -> None:
    before = dict(mpl.rcParams)
    render(scene, outline, Layout(800, 600), io.BytesIO())
    assert dict(mpl.rcParams) == before


def test_a_fixed_outline_will_do_without_a_locator(scene: Scene) -> None:
    report = render(scene, outline((9.0, 49.0, 12.0, 52.0)), Layout(1200, 800), io.BytesIO())
    assert "locator" not in dict(report.furniture)


def test_matplotlib_is_imported_only_to_draw() -> None:
    code = "import sys, corridormap.layers.picture; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
