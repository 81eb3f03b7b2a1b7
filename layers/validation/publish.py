"""Tell whether a corridor is fit to publish: every feature sourced, placed and dated.

Provenance is a rule without exceptions: each feature has a source that a reader can follow,
a position quality with its uncertainty, and a history in which each event is dated and
sourced. Whether a source is right is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Finding
from corridormap.geo.geojson import properties_of
from corridormap.layers.folder.files import SOURCES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.source import Source

__all__ = ["citations_of", "fit_to_publish", "shortcomings_of"]

_REMEDY_SOURCE = f"Add the id of an entry in {SOURCES}."
_REMEDY_FOLLOW = "Add a source that a reader can follow."


def fit_to_publish(corridor: Corridor) -> tuple[Finding, ...]:
    """Return what keeps a corridor from being published, each naming its feature.

    An empty report means that every feature of every file is fit.
    """
    found: list[Finding] = []
    for layer in corridor.layers:
        for feature, given in properties_of(layer.frame).items():
            said = layer.features.get(feature)
            faults = _unread() if said is None else _faults(corridor, said, given)
            found += [Finding(layer.file, feature, problem, remedy) for problem, remedy in faults]
    return tuple(dict.fromkeys(found))


def shortcomings_of(source: Source) -> tuple[str, ...]:
    """Return what a source lacks to be followed and checked, such as "a publisher"."""
    has = {
        "a publisher": bool(source.publisher.strip() or source.container_title.strip()),
        "a date, or the word undated": "issued" in source.model_fields_set and source.dated,
        "the date it was checked": source.accessed is not None and bool(source.accessed.iso),
        "an address": source.url is not None,
    }
    return tuple(what for what, given in has.items() if not given)


def _unread() -> Iterator[tuple[str, str]]:
    yield (
        "the feature cannot be published, since it could not be read and is not shown",
        "Mend what the other findings say of it.",
    )


def _faults(
    corridor: Corridor, said: FeatureProperties, given: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    yield from _position_faults(said)
    yield from _history_faults(said, given.get("status_history"))
    cited = citations_of(said)
    for what, sources in cited:
        if not sources and what != "the position":
            yield f"{what} has no source", _REMEDY_SOURCE
    if not corridor.sources:
        return  # said once, of the file itself
    for what, sources in cited:
        known = _known(corridor, sources)
        if known and all(source.url is None for source in known):
            problem = f"{what} leans only on a source without an address ({known[0].id})"
            yield problem, _REMEDY_FOLLOW
    yield from _whole_source_faults(_known(corridor, said.sources))


def citations_of(said: FeatureProperties) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return what leans on sources, in words, each with the ids of its sources."""
    return (
        ("the feature", said.sources),
        ("the position", said.position_sources),
        *((f"the event of {event.date}", event.sources) for event in said.status_history),
        *(
            (f"the figure '{short(figure.quantity)}' (number {number})", figure.sources)
            for number, figure in enumerate(said.figures, start=1)
        ),
    )


def _known(corridor: Corridor, sources: Sequence[str]) -> list[Source]:
    return [corridor.sources[source] for source in sources if source in corridor.sources]


def _whole_source_faults(sources: Sequence[Source]) -> Iterator[tuple[str, str]]:
    lacking = {source.id: shortcomings_of(source) for source in sources}
    if not lacking or not all(lacking.values()):
        return
    nearest = min(lacking, key=lambda source: len(lacking[source]))
    yield (
        f"none of its sources is whole: {short(nearest)} lacks {', '.join(lacking[nearest])}",
        f"Complete that entry in {SOURCES}, or add a source that has all of it.",
    )


def _position_faults(said: FeatureProperties) -> Iterator[tuple[str, str]]:
    if said.position_quality != "exact" and said.uncertainty_m == 0:
        yield (
            f"the position is {said.position_quality}, but its uncertainty is 0",
            "Give the honest uncertainty in metres as 'uncertainty_m'.",
        )


def _history_faults(said: FeatureProperties, given: Any) -> Iterator[tuple[str, str]]:
    lost = len(given) - len(said.status_history) if isinstance(given, list) else 0
    if lost:
        events = "1 event" if lost == 1 else f"{lost} events"
        yield (
            f"{events} of its status history could not be read",
            "Give each event a date, a status and its sources.",
        )
