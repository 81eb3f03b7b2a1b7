"""Check the figures of features: one entry for each on which sources differ.

A figure that only the map does not fit is among them. Which value is right is not decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.claims.check import (
    SIZES,
    CheckedQuantity,
    ClaimCheck,
    joined_rules,
    source_rules,
)
from corridormap.layers.claims.differences import differences_of
from corridormap.layers.claims.origins import origins_of
from corridormap.layers.claims.rules import RULE_ONE_NUMBER, RULE_POINT, map_rule
from corridormap.layers.claims.verdict import Judged, judge
from corridormap.layers.claims.words import (
    about_text,
    difference_text,
    gap_text,
    quantity_label,
    result_label,
)
from corridormap.layers.wording.words import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corridormap.layers.claims.differences import Difference
    from corridormap.layers.claims.verdict import Fit
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["check_figures"]


def check_figures(corridor: Corridor) -> Iterator[ClaimCheck]:
    """Yield what sources and map give for each figure that they do not agree on."""
    seen: dict[str, int] = {}
    for found in differences_of(corridor):
        identity = f"{found.feature}/{found.name}"
        seen[identity] = seen.get(identity, 0) + 1
        if seen[identity] > 1:
            identity = f"{identity}-{seen[identity]}"
        yield _check(corridor, found, identity)


def _check(corridor: Corridor, found: Difference, identity: str) -> ClaimCheck:
    said = found.layer.features[found.feature]
    label = quantity_label(found.quantity)
    values = [Judged(value, "differs") for value in found.values]
    gaps = ""
    if found.measured is not None:
        outcome = judge(found.measured, found.values, origins_of(corridor))
        fit: Fit = "agrees" if outcome.values("agrees", "says nothing") else "differs"
        values.append(Judged(found.measured, fit))
        if found.result == "map_differs":
            gaps = gap_text(outcome)
    about = about_text(found.values[0])
    return ClaimCheck(
        id=identity,
        kind="figure",
        text=f"{plain(said.name)}: {label[:1].lower()}{label[1:]}{f' ({about})' if about else ''}",
        quantities=(CheckedQuantity(found.values[0], found.feature),),
        result=found.result,
        label=result_label(found.result, gaps=gaps, one_origin=found.one_origin),
        finding=difference_text(found),
        values=tuple(values),
        origins=found.origins,
        rule=joined_rules(_rules(found)),
    )


def _rules(found: Difference) -> Iterator[str]:
    yield from source_rules(found.values)
    if len({value.dimension for value in found.values}) > 1:
        yield RULE_ONE_NUMBER
    if found.measured is not None:
        yield map_rule(found.layer.features[found.feature], found.measured)
    elif found.quantity in SIZES and _is_point(found):
        yield RULE_POINT


def _is_point(found: Difference) -> bool:
    return bool(found.layer.frame.geom_type[found.feature] == "Point")
