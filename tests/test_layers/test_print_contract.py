"""The rules of place, names and numbers, held by the files of both corridors."""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, Literal

import pytest

from corridormap.app.exporting.options import ExportOptions
from corridormap.app.exporting.sizes import LAYOUT_NAMES
from corridormap.geo.outline.outline import tiers
from corridormap.layers.corridor.corridor import find_corridor, load_corridor
from corridormap.layers.picture import Layout, render
from corridormap.layers.picture.map.standing import DOT_PX
from corridormap.layers.scene.looks import PointSign
from corridormap.layers.scene.resolve import build_scene
from corridormap.layers.scene.view import default_view
from tests.sweeping import SWEEP, pairwise, product
from tests.test_layers.drawn_map import read
from tests.test_layers.drawn_pdf import missing
from tests.test_layers.map_rules import breaches

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture import Report
    from corridormap.layers.scene.scene import Scene
    from tests.test_layers.map_rules import Breaches

FIRST, SECOND = "azerbaijan-iran", "north-south"
LAYOUTS: dict[str, Layout] = {
    **{
        name: ExportOptions(layout=name).print_layout() for name in LAYOUT_NAMES if name != "custom"
    },
    "default": Layout(1600, 1000),
    "map alone": Layout(1600, 900, arrangement="map"),
    "small": Layout(640, 640),
    "broad": Layout(2400, 600),
}
EXTENTS: dict[str, tuple[str, tuple[float, float, float, float] | None]] = {
    "Azerbaijan and Iran": (FIRST, None),
    "Astara": (FIRST, (48.7, 38.3, 49.0, 38.55)),
    "Julfa": (FIRST, (45.2, 38.7, 46.2, 39.2)),
    "Nakhchivan": (FIRST, (44.7, 38.6, 46.6, 39.8)),
    "Aghband": (FIRST, (46.2, 38.7, 47.2, 39.4)),
    "Rasht": (FIRST, (48.5, 36.6, 50.2, 38.6)),
    "North and South": (SECOND, None),
    "Caspian": (SECOND, (46.0, 36.0, 56.0, 48.0)),
    "Gulf": (SECOND, (50.0, 16.0, 76.0, 32.0)),
    "Volga": (SECOND, (28.0, 44.0, 52.0, 62.0)),
    "Khorasan": (SECOND, (52.0, 34.0, 63.0, 40.0)),
    "Baku": (SECOND, (47.0, 38.0, 52.0, 43.0)),
}
DATES = ("", "2008-01-01", "2018-03-29", "2022-06-01", "2025-01-01", "2026-11-01")
LANGUAGES = ("en", "az", "fa", "ru")


@cache
def corridor_of(name: str) -> Corridor:
    return load_corridor(find_corridor(name))


@dataclass(frozen=True)
class Case:
    """One picture: the corridor comes with the extent."""

    extent: str
    layout: str = "default"
    date: str = ""
    language: str = "en"
    layers: int = 0
    """Bits of those that are on at first; 0 for all."""

    @property
    def corridor(self) -> Corridor:
        return corridor_of(EXTENTS[self.extent][0])

    def scene(self) -> Scene:
        """Return what is to be drawn."""
        _, bbox = EXTENTS[self.extent]
        view = default_view(self.corridor)
        changes: dict[str, Any] = {"bbox": bbox, "label_language": self.language}
        if self.date:
            changes["date"] = self.date
        if self.layers:
            on = (id_ for i, id_ in enumerate(view.layers) if self.layers >> i & 1)
            changes["layers"] = tuple(on)
        return build_scene(self.corridor, view.model_copy(update=changes))

    def drawn(self, scene: Scene, form: Literal["svg", "pdf"] = "svg") -> tuple[Report, bytes]:
        """Return the picture, and the report for its frame."""
        out = io.BytesIO()
        outline = partial(tiers, detail=self.corridor.outline)
        report = render(scene, outline, LAYOUTS[self.layout], out, format=form)
        return report, out.getvalue()


def checked(case: Case) -> Breaches:
    scene = case.scene()
    report, svg = case.drawn(scene)
    return breaches(scene, report, svg.decode("utf-8"))


@pytest.mark.parametrize("corridor", ["Azerbaijan and Iran", "North and South"])
@pytest.mark.parametrize("layout", ["default", "a4-landscape", "a4-portrait"])
def test_every_claim_is_marked_at_its_feature(corridor: str, layout: str) -> None:
    found = checked(Case(corridor, layout))
    assert found.all == []
    assert found.unmarked == []


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_sign_is_known_to_fill_what_its_ink_fills(name: str) -> None:
    corridor = corridor_of(name)
    scene = build_scene(corridor, default_view(corridor))
    layout, out = LAYOUTS["default"], io.BytesIO()
    render(scene, partial(tiers, detail=corridor.outline), layout, out, format="svg")
    drawn, _ = read(out.getvalue().decode("utf-8"))
    held: set[str] = set()
    for item in scene.items:
        sign = scene.signs[item.phase.sign]
        if not isinstance(sign, PointSign):
            continue
        half = [layout.sign_scale * reach for reach in sign.half_px]
        for left, top, right, bottom in drawn.signs.get(item.feature.id, ()):
            if right - left < 2.2 * DOT_PX * layout.sign_scale:
                continue  # A dot in its place.
            assert [(right - left) / 2, (bottom - top) / 2] == pytest.approx(half, abs=0.3)
            held.add(item.phase.sign)
    assert len(held) >= 3


SEED = 20231229
AXES: dict[str, Sequence[Any]] = {
    "extent": list(EXTENTS),
    "layout": list(LAYOUTS),
    "date": DATES,
    "language": LANGUAGES,
    "layers": (0, 0b1011, 0b0110),
}
FOUND = [Case("North and South", "a3-landscape", "2008-01-01", "ru")]
"""What the whole product once found amiss: a leader from below, to where only numbers stand."""
CASES = [Case(**case) for case in (product(AXES) if SWEEP else pairwise(AXES, SEED))]
"""In the suite every two values of different axes meet, which takes 144 cases."""
PRINTED = random.Random(SEED).sample(CASES, 24 if SWEEP else 4)  # noqa: S311  cases, no secrets


def named(case: Case) -> str:
    return f"{case.extent}/{case.layout}/{case.date}/{case.language}/{case.layers}"


@pytest.mark.parametrize("case", [*CASES, *FOUND], ids=named)
def test_rules_hold(case: Case) -> None:
    assert checked(case).all == [], f"seed {SEED}"


@pytest.mark.parametrize("case", PRINTED, ids=named)
def test_a_pdf_says_the_same_at_the_same_places(case: Case) -> None:
    scene = case.scene()
    _, svg = case.drawn(scene)
    _, pdf = case.drawn(scene, "pdf")
    main, detail = read(svg.decode("utf-8"))
    frames = [main] if detail is None else [main, detail]
    assert missing(pdf, frames) == [], f"seed {SEED}"
    assert any(label.rows for frame in frames for label in frame.labels.values())
