"""Draw how the promised date of a milestone moved, up to the picture's date.

Places come from `layers.promises.chart`; here is only how they are inked. What is past lies
below the slanting line: a promise that has come to lie there unkept is filled.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corridormap.layers.picture.page.flow import wrap
from corridormap.layers.picture.pen.box import Box
from corridormap.layers.picture.pen.canvas import Words
from corridormap.layers.scene.looks import Fill, Stroke
from corridormap.layers.wording.words import date_label

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.picture.page.flow import Flow
    from corridormap.layers.picture.pen.canvas import Canvas
    from corridormap.layers.promises.chart import Chart, ChartPromise
    from corridormap.layers.promises.told import ToldCourse, ToldPromise
    from corridormap.layers.scene.scene import SceneFeature

__all__ = ["Trend", "trends_of"]

_FEWEST = 2
_PLOT_SIZES = 12.0
"""Height of the plot in sizes of its text."""
_ASCENT = 0.36
_VAGUE = 0.16
"""Opacity of the stretch of time that a vague due date stands for."""
_BESIDE = (
    *((-0.5, 0.0, -0.65), (-1.0, -0.5, -0.45), (0.0, 0.5, -0.45)),
    *((0.0, 0.5, 0.95), (-1.0, -0.5, 0.95), (-0.5, 0.0, 1.25)),
)
"""Places of a point's words: how much of their width, and how many sizes aside and down."""
_COLORS = {"kept": "agrees", "late": "differs", "overdue": "differs", "open": "ink"}


@dataclass(frozen=True)
class Trend:
    """One milestone of a feature as a small diagram with its title and what it comes to."""

    title: str
    course: ToldCourse
    chart: Chart
    date: str
    palette: Mapping[str, str]
    size_px: float
    width_px: float

    @property
    def height(self) -> float:
        """Height in px, words and years included."""
        return self._plot_top + (_PLOT_SIZES + 1.9) * self.size_px

    def draw(self, canvas: Canvas, left: float, top: float) -> None:
        """Draw it from its upper left corner."""
        title, told = self._words
        title.draw(canvas, left, top)
        told.draw(canvas, left, top + title.height)
        plot = self._plot(left, top + self._plot_top)
        self._draw_grid(canvas, plot)
        self._draw_steps(canvas, plot)
        self._draw_points(canvas, plot)

    @cached_property
    def _words(self) -> tuple[Flow, Flow]:
        turn = self.course.at(self.date)
        title = Words(self.title, 1.06 * self.size_px, self.palette["ink"], bold=True)
        told = Words(turn.text if turn else "", self.size_px, self.palette["text_second"])
        return wrap([title], self.width_px), wrap([told], self.width_px)

    @property
    def _plot_top(self) -> float:
        title, told = self._words
        return title.height + told.height + 0.6 * self.size_px

    def _plot(self, left: float, top: float) -> Box:
        size = self.size_px
        years = max(self._small(tick.label).width for tick in self.chart.due_ticks)
        return Box(
            left + years + 0.5 * size,
            top,
            left + self.width_px - 1.2 * size,
            top + _PLOT_SIZES * size,
        )

    def _small(self, text: str, role: str = "text_second", *, bold: bool = False) -> Words:
        size = 0.9 * self.size_px
        return Words(text, size, self.palette[role], bold=bold, halo_px=0.3 * size)

    def _draw_grid(self, canvas: Canvas, plot: Box) -> None:
        size, hair = self.size_px, Stroke(self.palette["hairline"], 0.07 * self.size_px)
        if self.chart.diagonal:
            x0, y0, x1, y1 = self.chart.diagonal
            start, end = _at(plot, x0, y0), _at(plot, x1, y1)
            right, floor = (
                (plot.right, end[1]),
                [(plot.right, plot.bottom), (start[0], plot.bottom)],
            )
            past = Fill(self.palette["land_other"], 1.0)
            canvas.path([start, end, right, *floor], closed=True, fill=past)
        for tick in self.chart.due_ticks:
            _, y = _at(plot, 0.0, tick.at)
            canvas.line([(plot.left, y), (plot.right, y)], hair)
            _, y = _at(plot, 0.0, tick.label_at)
            left = plot.left - 0.4 * size
            canvas.words(self._small(tick.label), left, y + _ASCENT * size, anchor="end")
        for tick in self.chart.said_ticks:
            x, _ = _at(plot, tick.at, 0.0)
            canvas.line([(x, plot.bottom), (x, plot.bottom + 0.3 * size)], hair)
            x, _ = _at(plot, tick.label_at, 0.0)
            base = plot.bottom + 1.35 * size
            canvas.words(self._small(tick.label), x, base, anchor="middle")
        axis = Stroke(self.palette["panel_edge"], 0.09 * size)
        canvas.line([(plot.left, plot.bottom), (plot.right, plot.bottom)], axis)
        if self.chart.diagonal:
            x0, y0, x1, y1 = self.chart.diagonal
            dash = (0.35 * size, 0.3 * size)
            ends = [_at(plot, x0, y0), _at(plot, x1, y1)]
            canvas.path(ends, stroke=Stroke(self.palette["text_second"], 0.09 * size, dash))
        x, _ = _at(plot, self.chart.x_of(self.date), 0.0)
        if self.chart.first < self.date < self.chart.last:
            canvas.line(
                [(x, plot.top), (x, plot.bottom)], Stroke(self.palette["gold"], 0.14 * size)
            )

    @property
    def _reached(self) -> tuple[float, float] | None:
        """Where the milestone was reached, if it was by the picture's date."""
        return self.chart.reached if self.chart.reached_since <= self.date else None

    @property
    def _shown(self) -> list[tuple[ChartPromise, ToldPromise]]:
        """The promises that had been made by the picture's date."""
        both = zip(self.chart.promises, self.course.promises, strict=True)
        return [(point, told) for point, told in both if point.since <= self.date]

    def _draw_steps(self, canvas: Canvas, plot: Box) -> None:
        """Draw for when the milestone was due, from one promise to the next."""
        points = [point for point, _ in self._shown]
        until = self._reached[0] if self._reached else self.chart.x_of(self.date)
        steps: list[tuple[float, float]] = []
        for index, point in enumerate(points):
            following = points[index + 1].x if index + 1 < len(points) else max(until, point.x)
            steps += [_at(plot, point.x, point.high), _at(plot, following, point.high)]
            vague = Stroke(self.palette["ink"], 0.66 * self.size_px, opacity=_VAGUE)
            ends = [_at(plot, point.x, share) for share in (point.low, point.high)]
            canvas.path(ends, stroke=vague)
        canvas.path(steps, stroke=Stroke(self.palette["ink"], 0.13 * self.size_px))

    def _draw_points(self, canvas: Canvas, plot: Box) -> None:
        """Draw each promise, filled once its day is past, and its due date beside it."""
        size = self.size_px
        taken: list[Box] = []
        labels: dict[str, tuple[float, float]] = {}
        for point, told in self._shown:
            at = _at(plot, point.x, point.high)
            turn = told.at(self.date)
            state = (turn and turn.state) or "open"
            color = self.palette[_COLORS[state]]
            fill = Fill("#FFFFFF" if state == "open" else color)
            canvas.circle(*at, 0.33 * size, fill=fill, stroke=Stroke(color, 0.14 * size))
            taken.append(Box.around(*at, 0.4 * size))
            labels[point.label] = at
        if self._reached:
            x, y = at = _at(plot, *self._reached)
            half = 0.42 * size
            corners = [(x, y - half), (x + half, y), (x, y + half), (x - half, y)]
            fill, edge = Fill(self.palette["agrees"]), Stroke("#FFFFFF", 0.1 * size)
            canvas.path(corners, closed=True, fill=fill, stroke=edge)
            taken.append(Box.around(*at, half))
            text = f"reached {date_label(self.chart.reached_since)}"
            self._label(canvas, plot, at, self._small(text, "agrees", bold=True), taken)
        for text, at in reversed(labels.items()):
            self._label(canvas, plot, at, self._small(text, "text"), taken)

    def _label(
        self,
        canvas: Canvas,
        plot: Box,
        at: tuple[float, float],
        words: Words,
        taken: list[Box],
    ) -> None:
        """Write beside a point where there is room, or not at all: the axis has the year too."""
        size = self.size_px
        for share, aside, lift in _BESIDE:
            left = at[0] + share * words.width + aside * size
            base = at[1] + lift * size
            box = Box(left, base - 0.75 * size, left + words.width, base + 0.2 * size)
            inside = box.left >= plot.left and box.right <= plot.right + 0.6 * size
            inside = inside and box.top >= plot.top - 0.6 * size and box.bottom <= plot.bottom
            if inside and not any(box.overlaps(other) for other in taken):
                canvas.words(words, left, base)
                taken.append(box)
                return


def trends_of(
    features: Sequence[SceneFeature],
    date: str,
    *,
    palette: Mapping[str, str],
    size_px: float,
    width_px: float,
) -> Iterator[Trend]:
    """Yield a diagram for each milestone that had been promised more than once by a date."""
    for feature in features:
        name = feature.label.text if feature.label else feature.name
        for course in feature.promises:
            made = sum(promise.since <= date for promise in course.promises)
            if course.chart and made >= _FEWEST:
                title = f"{name}: {course.label.lower()}"
                yield Trend(title, course, course.chart, date, palette, size_px, width_px)


def _at(plot: Box, x: float, y: float) -> tuple[float, float]:
    return plot.left + x * plot.width, plot.bottom - y * plot.height
