"""Tell whether a corridor is fit to publish: every feature sourced, placed and dated.

Provenance is a rule without exceptions: each feature has a source that a reader can follow,
a position quality with its uncertainty, and a history in which each event is dated and
sourced. Whether a source is right is not decided here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from corridormap.geo.errors import Fault, Finding
from corridormap.geo.geojson import properties_of
from corridormap.layers.corridor.corridor import once_for
from corridormap.layers.folder.files import SOURCES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.source import Source

__all__ = ["citations_of", "fit_to_publish", "shortcomings_of"]


@once_for
def fit_to_publish(corridor: Corridor) -> tuple[Finding, ...]:
    """Return what keeps a corridor from being published, each naming its feature.

    An empty report means that every feature of every file is fit.
    """
    found: list[Finding] = []
    for layer in corridor.layers:
        for feature, given in properties_of(layer.frame).items():
            said = layer.features.get(feature)
            faults = _unread() if said is None else _faults(corridor, said, given)
            found += [fault.at(layer.file, feature) for fault in faults]
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


def _unread() -> Iterator[Fault]:
    yield Fault("feature-is-unreadable")


def _faults(
    corridor: Corridor, said: FeatureProperties, given: Mapping[str, Any]
) -> Iterator[Fault]:
    yield from _position_faults(said)
    yield from _history_faults(said, given.get("status_history"))
    cited = citations_of(said)
    for one in cited:
        if not one.sources and one.field not in {"position_sources", "geometry_source"}:
            yield Fault("fact-has-no-source", one.field, what=one.what, sources=SOURCES)
    if not corridor.sources:
        return  # said once, of the file itself
    for one in cited:
        known = _known(corridor, one.sources)
        if known and all(source.url is None for source in known):
            yield Fault("source-without-address", one.field, what=one.what, id=known[0].id)
    yield from _whole_source_faults(_known(corridor, said.sources))


class Citation(NamedTuple):
    """Something that leans on sources."""

    what: str
    """In words."""
    field: str
    """Where its sources are listed, as in `Finding`."""
    sources: tuple[str, ...]
    """Their ids."""


def citations_of(said: FeatureProperties) -> tuple[Citation, ...]:
    """Return everything of a feature that leans on sources."""
    return (
        Citation("the feature", "sources", said.sources),
        Citation("the position", "position_sources", said.position_sources),
        Citation("the geometry", "geometry_source", said.geometry_source_ids()),
        *(
            Citation(f"the event of {event.date}", f"status_history.{i}.sources", event.sources)
            for i, event in enumerate(said.status_history)
        ),
        *(
            Citation(
                f"the figure '{short(figure.quantity)}' (number {i + 1})",
                f"figures.{i}.sources",
                figure.sources,
            )
            for i, figure in enumerate(said.figures)
        ),
        *(
            Citation(f"the promise of {promise.said}", f"promises.{i}.sources", promise.sources)
            for i, promise in enumerate(said.promises)
        ),
    )


def _known(corridor: Corridor, sources: Sequence[str]) -> list[Source]:
    return [corridor.sources[source] for source in sources if source in corridor.sources]


def _whole_source_faults(sources: Sequence[Source]) -> Iterator[Fault]:
    lacking = {source.id: shortcomings_of(source) for source in sources}
    if not lacking or not all(lacking.values()):
        return
    nearest = min(lacking, key=lambda source: len(lacking[source]))
    yield Fault(
        "no-source-is-whole",
        "sources",
        source=short(nearest),
        lacking=", ".join(lacking[nearest]),
        sources=SOURCES,
    )


def _position_faults(said: FeatureProperties) -> Iterator[Fault]:
    if said.position_quality != "exact" and said.uncertainty_m == 0:
        yield Fault("uncertainty-is-zero", "uncertainty_m", quality=said.position_quality)


def _history_faults(said: FeatureProperties, given: Any) -> Iterator[Fault]:
    lost = len(given) - len(said.status_history) if isinstance(given, list) else 0
    if lost:
        events = "1 event" if lost == 1 else f"{lost} events"
        yield Fault("status-history-is-unreadable", "status_history", events=events)
