"""Find the figures and dates of features on which sources differ, or that the map does not fit.

Only true alternatives are held against each other: same quantity, same thing, same kind of
unit and, for what changes with time, the same period.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from corridormap.layers.claims.evidence import figure_values, map_value, milestone_values
from corridormap.layers.wording.quantity import agree, comparable, same_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    """`disputed` among sources; `differs` from the map, or within one source."""
    one_source: bool = False
    """Whether one and the same source gives values that differ."""

    @property
    def quantity(self) -> str:
        """The word of the quantity."""
        return self.values[0].quantity

    @property
    def name(self) -> str:
        """A short name among the differences of the feature: "length", "traffic-2023"."""
        first = self.values[0]
        parts = [first.quantity, first.of, first.date[:4] if first.passing else ""]
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
                found = _difference(layer, feature, values)
                if found is not None:
                    yield found


def _values(said: FeatureProperties) -> list[Value]:
    words = dict.fromkeys(event.milestone for event in said.events() if event.milestone)
    dates = [value for word in words for value in milestone_values(said, word)]
    return [*figure_values(said), *dates]


def _difference(layer: Layer, feature: str, values: Sequence[Value]) -> Difference | None:
    first = values[0]
    measured = None if first.of else map_value(layer, feature, first.quantity, first.unit)
    clashes = [pair for pair in combinations(values, 2) if _clash(*pair)]
    if clashes:
        alone = all(set(a.sources) & set(b.sources) for a, b in clashes)
        result: Result = "differs" if alone else "disputed"
        return Difference(layer, feature, tuple(values), measured, result, one_source=alone)
    if measured is not None and not any(agree(measured, value) for value in values):
        return Difference(layer, feature, tuple(values), measured, "differs")
    return None


def _clash(a: Value, b: Value) -> bool:
    return not agree(a, b) if comparable(a, b) else _other_unit(a, b)


def _other_unit(a: Value, b: Value) -> bool:
    """Tell whether two sources print one number with units that cannot be compared."""
    return a.of == b.of and same_number(a, b) and not set(a.sources) & set(b.sources)


def _alternatives(values: Sequence[Value]) -> list[list[Value]]:
    """Return the values in groups of alternatives, each group in the given order."""
    groups: list[list[Value]] = []
    for value in values:
        near = [g for g in groups if any(comparable(value, v) or _other_unit(value, v) for v in g)]
        merged = [v for group in near for v in group] + [value]
        groups = [group for group in groups if group not in near] + [merged]
    place = {id(value): index for index, value in enumerate(values)}
    for group in groups:
        group.sort(key=lambda value: place[id(value)])
    return sorted(groups, key=lambda group: place[id(group[0])])
