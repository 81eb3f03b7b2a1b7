"""Put a whole strip picture together: head, a row for each way, legend, notes, credits."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

from corridormap.geo.errors import ViewError
from corridormap.geo.outline.places import country_names
from corridormap.layers.picture.layout import Layout
from corridormap.layers.picture.page.flow import balanced, wrap
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.picture.strip.legend import StripLegend, legend_entries
from corridormap.layers.picture.strip.row import StripRow
from corridormap.layers.picture.strip.sources import positions_of, sources_of
from corridormap.layers.picture.strip.style import Axis, Style
from corridormap.layers.picture.strip.trends import StripTrends
from corridormap.layers.picture.turn.budget import begin
from corridormap.layers.routes.figures import features_by_id
from corridormap.layers.routes.laying import lay_route
from corridormap.layers.routes.way import AT_SEA
from corridormap.layers.scene.looks import Fill, Stroke
from corridormap.layers.theme import PALETTE
from corridormap.layers.wording.words import day_label, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.route import RouteEntry
    from corridormap.layers.picture.layout import DroppedLabel, PlacedLabel
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.routes.way import LaidWay

__all__ = ["StripPage"]

_DESIGN_PX = 1600.0
_SMALLEST_UNIT = 0.72
_MARGIN_PX, _ROW_GAP_PX = 32.0, 32.0
_BEFORE_PX, _BEYOND_PX = 36.0, 120.0
"""Room before the first kilometre and beyond the last."""
_METHOD = (
    "are measured on the mapped lines; the range follows from how well each line is known. "
    "In use means operating on the date."
)
_SEA_RULE = " Kilometres at sea count for no country."
_TINTS = (("land_other", 1.0), ("hairline", 0.75), ("sea", 0.6), ("panel_edge", 0.8))


class StripPage:
    """A route laid out on a page.

    Parameters
    ----------
    corridor, route, date
        What is shown, and when.
    width_px
        Its width; the height follows.
    """

    def __init__(self, corridor: Corridor, route: RouteEntry, date: str, width_px: float) -> None:
        begin()
        ways = lay_route(corridor, route)
        if not ways:
            raise ViewError("route-has-no-line", id=route.id)
        self.title = plain(route.title)
        unit = max(_SMALLEST_UNIT, width_px / _DESIGN_PX)
        margin = _MARGIN_PX * unit
        left, right = margin, width_px - margin
        style = Style(unit, PALETTE, left, right, country_names(), _tints(ways))
        features = features_by_id(corridor)
        axis = Axis(
            left + _BEFORE_PX * unit,
            right - _BEYOND_PX * unit,
            max(way.km for way in ways),
        )
        self._style = style
        self._rows = [
            StripRow(
                way,
                features,
                date,
                axis=axis,
                style=style,
                open_ends=(bool(route.start_note), bool(route.end_note)),
            )
            for way in ways
        ]
        self._legend = StripLegend.of(legend_entries(ways, features, date), style)
        self._trends = StripTrends.of(ways, features, date, style)
        width = right - left
        self._head = balanced(
            [Words(self.title, 31 * unit, PALETTE["ink"], bold=True)], width, leading=1.2
        )
        self._subtitle = wrap(
            [
                style.words(
                    f"{plain(corridor.manifest.title)}: the route along its kilometres, "
                    "as known on ",
                    17,
                    "place_label",
                ),
                style.words(day_label(date), 17, "text", bold=True),
            ],
            width,
        )
        self._foot = wrap(list(self._foot_words(corridor, route, date)), width, leading=1.45)
        self.layout = Layout(width_px, self._places()[-1])

    @property
    def labels(self) -> tuple[PlacedLabel, ...]:
        """Every label of every row with its box."""
        tops = self._places()[2:]
        return tuple(
            label for row, top in zip(self._rows, tops, strict=False) for label in row.labels(top)
        )

    @property
    def dropped(self) -> tuple[DroppedLabel, ...]:
        """Labels of every row that found no room."""
        return tuple(label for row in self._rows for label in row.dropped)

    def paint(self, canvas: Canvas) -> None:
        """Draw everything."""
        style, unit = self._style, self._style.unit
        places = self._places()
        canvas.box(Box(0, 0, self.layout.width_px, self.layout.height_px), fill=Fill("#FFFFFF"))
        with canvas.group("head"):
            self._head.draw(canvas, style.left, places[0])
            self._subtitle.draw(canvas, style.left, places[1])
        for row, top in zip(self._rows, places[2:], strict=False):
            y = top - 0.5 * _ROW_GAP_PX * unit
            canvas.line([(style.left, y), (style.right, y)], self._rule(first=top == places[2]))
            row.draw(canvas, top)
        trends_y, legend_y, foot_y = places[-4:-1]
        if self._trends.rows:
            y = trends_y - 0.5 * _ROW_GAP_PX * unit
            canvas.line([(style.left, y), (style.right, y)], self._rule(first=True))
            self._trends.draw(canvas, trends_y)
        y = legend_y - 10 * unit
        canvas.line([(style.left, y), (style.right, y)], self._rule(first=True))
        self._legend.draw(canvas, legend_y)
        with canvas.group("credits"):
            self._foot.draw(canvas, style.left, foot_y)

    def _rule(self, *, first: bool) -> Stroke:
        if first:
            return Stroke(self._style.palette["ink"], 2.0)
        return Stroke(self._style.palette["hairline"], 1.0)

    def _places(self) -> list[float]:
        """Return the top of head, subtitle, every row, trends, legend, foot, and the page's end."""
        unit = self._style.unit
        places = [22 * unit]
        places.append(places[-1] + self._head.height + 4 * unit)
        places.append(places[-1] + self._subtitle.height + _ROW_GAP_PX * unit)
        for row in self._rows:
            places.append(places[-1] + row.height + _ROW_GAP_PX * unit)
        gap = _ROW_GAP_PX * unit if self._trends.rows else 0.0
        places.append(places[-1] + self._trends.height + gap)
        places.append(places[-1] + self._legend.height + 12 * unit)
        places.append(float(round(places[-1] + self._foot.height + 20 * unit)))
        return places

    def _foot_words(self, corridor: Corridor, route: RouteEntry, date: str) -> Iterator[Words]:
        ways = lay_route(corridor, route)
        features = features_by_id(corridor)
        notes = [plain(n) for n in (route.start_note, route.end_note, *route.notes) if n]
        texts = (
            ("", " ".join(f"{note.rstrip('.')}." for note in notes)),
            ("Kilometres", _METHOD + (_SEA_RULE if AT_SEA in self._style.tints else "")),
            ("Sources:", "; ".join(sources_of(corridor, ways, features, date)) + "."),
            ("Positions:", "; ".join(positions_of(corridor, ways)) + "."),
            ("", "Made with Corridormap."),
        )
        for head, text in texts:
            if head:
                yield self._style.words(f"{head} ", 13, "text", bold=True)
            if text:
                yield self._style.words(f"{text} ", 13, "text_second")


def _tints(ways: Iterable[LaidWay]) -> dict[str, Fill]:
    """Return a quiet colour for each country, in the order in which the ways meet them."""
    met = dict.fromkeys(part.country for way in ways for part in way.stretches)
    if AT_SEA not in met:
        return _cycled(met, _TINTS)
    land = [country for country in met if country != AT_SEA]
    dry = [tint for tint in _TINTS if tint[0] != "sea"]
    return {AT_SEA: Fill(PALETTE["sea"], 1.0), **_cycled(land, dry)}


def _cycled(countries: Iterable[str], tints: Iterable[tuple[str, float]]) -> dict[str, Fill]:
    return {
        country: Fill(PALETTE[role], opacity)
        for country, (role, opacity) in zip(countries, cycle(tints), strict=False)
    }
