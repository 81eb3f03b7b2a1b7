"""Check what sources say of each other: unknown origins, circles, one address for two ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.geo.errors import Fault, Finding
from corridormap.layers.claims.origins import same_addresses
from corridormap.layers.folder.files import SOURCES
from corridormap.layers.wording.words import short

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.source import Source

__all__ = ["origin_findings"]


def origin_findings(corridor: Corridor) -> Iterator[Finding]:
    """Yield what is wrong with the origins of sources, each naming its source."""
    for id_, source in corridor.sources.items():
        for fault in _faults(corridor.sources, source):
            yield fault.at(SOURCES, short(id_))
    for before, id_ in same_addresses(corridor.sources):
        yield Finding("sources-share-an-address", SOURCES, short(id_), "URL", other=short(before))


def _faults(sources: Mapping[str, Source], source: Source) -> Iterator[Fault]:
    named = {
        "derives_from": source.derives_from,
        "same_text_as": source.same_text_as,
        "independent_of": source.independent_of,
    }
    for field, ids in named.items():
        for id_ in ids:
            if id_ == source.id:
                yield Fault("source-names-itself", field, key=field)
            elif id_ not in sources:
                yield Fault("source-names-unknown-origin", field, key=field, source=short(id_))
    way = _way_back(sources, source)
    if way:
        yield Fault("source-derives-in-a-circle", "derives_from", way=", ".join(way))


def _way_back(sources: Mapping[str, Source], source: Source) -> tuple[str, ...]:
    """Return the sources by which one derives from itself; empty if it does not."""
    ways: list[tuple[str, ...]] = [(id_,) for id_ in source.derives_from if id_ != source.id]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == source.id:
            return way[:-1]
        if way[-1] in sources and way[-1] not in seen:
            seen.add(way[-1])
            ways += [(*way, id_) for id_ in sources[way[-1]].derives_from]
    return ()
