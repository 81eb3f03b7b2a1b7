"""Say what is known of a feature in few words: a claim's page has several to speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shapely.geometry import Point

from corridormap.layers.wording.words import capital, day_label, lowered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.picture.atlas.pen import Pen
    from corridormap.layers.picture.pen.canvas import Words
    from corridormap.layers.scene.scene import Event, SceneFeature

__all__ = ["compact_feature", "position_sources", "position_text", "since_label", "status_at"]


def status_at(feature: SceneFeature, date: str) -> str:
    """Return what a feature is at a date: "under construction"."""
    phase = feature.phase_at(date)
    return phase.status_label.lower() if phase else "not known yet"


def since_label(feature: SceneFeature, date: str) -> str:
    """Return the date of the event that began the phase, as exact as it is known."""
    phase = feature.phase_at(date)
    begun = [event for event in feature.history if phase and event.since == phase.since]
    return begun[-1].date_label if begun else ""


def position_text(feature: SceneFeature) -> str:
    """Return where a feature is and how well that is known."""
    text = capital(feature.position.text)
    if not isinstance(feature.geometry, Point):
        return text
    lon, lat = feature.geometry.x, feature.geometry.y
    east, north = "E" if lon >= 0 else "W", "N" if lat >= 0 else "S"
    return f"{abs(lat):g}° {north}, {abs(lon):g}° {east}. {text}"


def position_sources(feature: SceneFeature, corridor: Corridor) -> tuple[str, ...]:
    """Return the ids of the sources of a feature's position."""
    layer = corridor.layer_of(feature.id)
    return layer.features[feature.id].position_sources if layer else ()


def compact_feature(
    pen: Pen, feature: SceneFeature, corridor: Corridor, date: str, *, most: int
) -> None:
    """Write a feature's history, figures and position as running text.

    Parameters
    ----------
    pen
        Takes the texts.
    feature, corridor, date
        What is told, and when (ISO date).
    most
        How many events up to the date and after it, and figures, are told.
    """
    past = [event for event in feature.history if event.since <= date]
    later = [event for event in feature.history if event.since > date]
    if past:
        pen.text(_events(pen, "Status. ", past[-most:], len(past), date), before=0.2)
    if later:
        head = f"After {day_label(date)}. "
        # That they are later is said at their head.
        shown = later[: max(1, most - 1)]
        pen.text(_events(pen, head, shown, len(later), None), before=0.2)
    if feature.facts:
        pen.text(_figures(pen, feature, most, date), before=0.2)
    refs = pen.refs(position_sources(feature, corridor))
    lead = pen.words("Position. ", bold=True)
    pen.text([lead, pen.words(position_text(feature)), *refs], before=0.2)


def _events(
    pen: Pen, head: str, shown: Sequence[Event], count: int, date: str | None
) -> Iterator[Words]:
    yield pen.words(head, bold=True)
    for index, event in enumerate(shown):
        yield pen.words(f"{'; ' if index else ''}{event.date_label}: {event.text}")
        if date is not None:
            yield from pen.later(event, date)
        yield from pen.refs(event.sources)
    yield _end(pen, count - len(shown), "event")


def _figures(pen: Pen, feature: SceneFeature, most: int, date: str) -> Iterator[Words]:
    yield pen.words("Figures. ", bold=True)
    label = ""
    for index, fact in enumerate(feature.facts[:most]):
        lead = "" if fact.label == label else f"{fact.label if not index else lowered(fact.label)} "
        label = fact.label
        yield pen.words(f"{'; ' if index else ''}{lead}{fact.text}")
        yield from pen.later(fact, date)
        yield from pen.refs(fact.sources)
    yield _end(pen, len(feature.facts) - most, "figure")


def _end(pen: Pen, left_out: int, noun: str) -> Words:
    if left_out <= 0:
        return pen.words(".")
    nouns = noun if left_out == 1 else f"{noun}s"
    return pen.words(f"; and {left_out} more {nouns}.", "text_second")
