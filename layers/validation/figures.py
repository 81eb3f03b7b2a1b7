"""Check figures by what they are of, and where in its source each stands.

A figure without a period beside others that have one would be held against all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.claims.evidence import figure_values
from corridormap.layers.corridor.where import WORDS_MOST
from corridormap.layers.folder.files import ANNOTATIONS
from corridormap.layers.wording.units import dimension_of
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.corridor.claim import ClaimFigure
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties, Figure
    from corridormap.layers.corridor.where import Where
    from corridormap.layers.wording.quantity import Value

__all__ = ["figure_findings", "place_notes"]


def figure_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong with figures and places in sources, each naming its feature or claim."""
    quoted: dict[tuple[str, object, object], set[str]] = {}
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            for fault in (*_period_faults(said), *_feature_places(said, quoted)):
                yield fault.at(layer.file, feature)
    for annotation in corridor.annotations:
        hand = annotation.claim.check
        if hand is not None:
            for fault in _place_faults(hand.where, hand.sources, "claim.check", quoted):
                yield fault.at(ANNOTATIONS, annotation.id)
        for index, figure in enumerate(annotation.claim.figures):
            field = f"claim.figures.{index}"
            for fault in _claim_faults(corridor, figure, field, quoted):
                yield fault.at(ANNOTATIONS, annotation.id)


def place_notes(corridor: Corridor) -> Iterator[Finding]:
    """Yield, once for each file, how many figures and events do not say where they stand.

    No finding: a corridor is right without them.
    """
    for layer in corridor.layers:
        features = layer.features.values()
        events = [bool(one.where) for said in features for one in said.status_history]
        figures = [bool(one.where) for said in features for one in said.figures]
        yield from _note(layer.file, [*events, *figures])
    claims = [annotation.claim for annotation in corridor.annotations]
    placed = [bool(e.where) for claim in claims for f in claim.figures for e in f.evidence]
    placed += [bool(claim.check.where) for claim in claims if claim.check is not None]
    yield from _note(ANNOTATIONS, placed)


def _note(file: str, placed: Sequence[bool]) -> Iterator[Finding]:
    without = placed.count(False)
    if without:
        yield Finding("place-in-source-is-not-told", file, n=without, all=len(placed))


def _period_faults(said: FeatureProperties) -> Iterator[Fault]:
    for index, figure in enumerate(said.figures):
        if not figure.period and any(_alike(figure, one) and one.period for one in said.figures):
            yield Fault(
                "figure-lacks-period", f"figures.{index}.period", figure=short(figure.quantity)
            )


def _claim_faults(
    corridor: Corridor,
    figure: ClaimFigure,
    field: str,
    quoted: dict[tuple[str, object, object], set[str]],
) -> Iterator[Fault]:
    layer = corridor.layer_of(figure.feature) if figure.feature else None
    known = figure_values(layer.features[figure.feature]) if layer and figure.feature else ()
    periods = [value.period for value in known if _alike(figure, value)]
    periods += [given.period for given in figure.evidence]
    if not figure.period and any(periods):
        yield Fault("figure-lacks-period", f"{field}.period", figure=short(figure.quantity))
    for number, given in enumerate(figure.evidence):
        place = f"{field}.evidence.{number}"
        if not given.period and figure.period:
            yield Fault("figure-lacks-period", f"{place}.period", figure=short(figure.quantity))
        yield from _place_faults(given.where, given.sources, place, quoted)


def _alike(figure: Figure | ClaimFigure, other: Figure | Value) -> bool:
    alike = dimension_of(figure.unit) == dimension_of(other.unit)
    return alike and figure.quantity == other.quantity


def _feature_places(
    said: FeatureProperties, quoted: dict[tuple[str, object, object], set[str]]
) -> Iterator[Fault]:
    for index, event in enumerate(said.status_history):
        yield from _place_faults(event.where, event.sources, f"status_history.{index}", quoted)
    for index, figure in enumerate(said.figures):
        yield from _place_faults(figure.where, figure.sources, f"figures.{index}", quoted)


def _place_faults(
    places: Iterable[Where],
    sources: Sequence[str],
    field: str,
    quoted: dict[tuple[str, object, object], set[str]],
) -> Iterator[Fault]:
    for number, place in enumerate(places):
        here = f"{field}.where.{number}"
        if place.source not in sources:
            yield Fault("place-is-in-another-source", f"{here}.source", source=short(place.source))
        if place.page is None and place.paragraph is None and not place.words:
            yield Fault("place-says-nothing", here)
        words = len(place.words.split())
        if words > WORDS_MOST:
            yield Fault("place-quotes-too-much", f"{here}.words", words=words, most=WORDS_MOST)
        elif words:
            told = quoted.setdefault((place.source, place.page, place.paragraph), set())
            told.add(place.passage)
            together = sum(len(passage.split()) for passage in told)
            if len(told) > 1 and together > WORDS_MOST:
                yield Fault(
                    "place-quotes-stand-together",
                    f"{here}.words",
                    source=short(place.source),
                    words=together,
                    most=WORDS_MOST,
                )
