"""Find the figures and dates of features on which sources differ, or that the map does not fit.

Only true alternatives are held against each other: same quantity, scope and kind, same kind
of unit and, for what changes with time, the same period.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import figure_values, map_value, milestone_values
from corridormap.layers.claims.origins import origins_of
from corridormap.layers.claims.verdict import alternatives, judge_figure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corridormap.layers.claims.origins import Origin
    from corridormap.layers.claims.verdict import Result
    from corridormap.layers.corridor.corridor import Corridor
    from corridormap.layers.corridor.feature import FeatureProperties
    from corridormap.layers.corridor.layer import Layer
    from corridormap.layers.wording.quantity import Value

__all__ = ["Difference", "differences_of"]


@dataclass(frozen=True)
class Difference:
    """Values of one quantity of one feature that cannot all be right as they stand."""

    layer: Layer
    feature: str
    values: tuple[Value, ...]
    """What the sources give, in the file's order."""
    measured: Value | None
    """What the map gives, if it can be measured there."""
    result: Result
    origins: tuple[Origin, ...]
    """Of the sources, each once."""

    @property
    def one_origin(self) -> bool:
        """Whether the values that differ are all of one origin."""
        return self.result == "sources_differ" and len(self.origins) == 1

    @property
    def quantity(self) -> str:
        """The word of the quantity."""
        return self.values[0].quantity

    @property
    def name(self) -> str:
        """A short name among the differences of the feature: "length", "traffic-2023"."""
        first = self.values[0]
        year = (first.period or first.date)[:4] if first.passing else ""
        parts = [first.quantity, first.of, year]
        words = " ".join(part for part in parts if part).replace("_", " ").casefold()
        return "-".join(words.split())

    @property
    def of(self) -> str:
        """What the values are of, when not of the whole thing."""
        return self.values[0].of


def differences_of(corridor: Corridor) -> Iterator[Difference]:
    """Yield what differs, feature by feature in the order of the layers."""
    for layer in corridor.layers:
        for feature, said in layer.features.items():
            for values in _alternatives(_values(said)):
                found = _difference(corridor, layer, feature, values)
                if found is not None:
                    yield found


def _values(said: FeatureProperties) -> list[Value]:
    words = dict.fromkeys(event.milestone for event in said.events() if event.milestone)
    dates = [value for word in words for value in milestone_values(said, word)]
    return [*figure_values(said), *dates]


def _difference(
    corridor: Corridor, layer: Layer, feature: str, values: Sequence[Value]
) -> Difference | None:
    first = values[0]
    measured = None if first.of else map_value(layer, feature, first.quantity, first.unit)
    result = judge_figure(values, measured)
    if result is None:
        return None
    origins = origins_of(corridor).of(i for value in values for i in value.sources)
    return Difference(layer, feature, tuple(values), measured, result, origins)


def _alternatives(values: Sequence[Value]) -> list[list[Value]]:
    """Return the values in groups of alternatives, each group in the given order."""
    groups: list[list[Value]] = []
    for value in values:
        near = [g for g in groups if any(alternatives(value, v) for v in g)]
        merged = [v for group in near for v in group] + [value]
        groups = [group for group in groups if group not in near] + [merged]
    place = {id(value): index for index, value in enumerate(values)}
    for group in groups:
        group.sort(key=lambda value: place[id(value)])
    return sorted(groups, key=lambda group: place[id(group[0])])
