"""Check promises against the events that keep them and the sources that report them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from corridormap.geo.errors import Fault
from corridormap.layers.promises.ledger import reached_by
from corridormap.layers.wording.words import full_date, last_date, short

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.promise import Promise

__all__ = ["promise_faults"]


def promise_faults(corridor: Corridor, said: FeatureProperties) -> Iterator[Fault]:
    """Yield what is wrong with a feature's promises, each of which could be read."""
    seen: set[tuple[str, str, str, str]] = set()
    for index, promise in enumerate(said.promises):
        named: dict[str, Any] = {"said": promise.said, "milestone": short(promise.milestone)}
        key = (promise.milestone, promise.by, promise.said, promise.due)
        if key in seen:
            yield Fault("promise-stands-twice", f"promises.{index}", due=promise.due, **named)
        seen.add(key)
        event = reached_by(said, promise.milestone)
        if event and (last_date(event.date) or "") < promise.said_day:
            field = f"promises.{index}.said"
            yield Fault("promise-was-kept-before", field, reached=event.date, **named)
        published = _published(corridor, promise)
        if published and (last_date(published) or "") < promise.said_day:
            field = f"promises.{index}.said"
            yield Fault("promise-said-after-its-sources", field, published=published, **named)


def _published(corridor: Corridor, promise: Promise) -> str:
    """Return when the last of a promise's sources was published; empty where one has no date."""
    sources = [corridor.sources[id_] for id_ in promise.sources if id_ in corridor.sources]
    dates = [source.issued.iso for source in sources]
    if not dates or any(full_date(date) is None for date in dates):
        return ""
    return max(dates, key=lambda date: last_date(date) or "")
