"""Hold one value against others and say what that gives: agrees, differs, disputed, untestable.

Sources differ, nobody lies: which of two values is right is not decided here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from corridormap.layers.claims.evidence import MAP
from corridormap.layers.wording.quantity import agree, comparable, gap, same_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.wording.quantity import Value

__all__ = ["RESULTS", "Fit", "Judged", "Outcome", "Result", "judge", "worst"]

Result = Literal["untestable", "agrees", "differs", "disputed"]
RESULTS: tuple[Result, ...] = get_args(Result)
"""From the least to the most that a reader must know."""

Fit = Literal["claim", "agrees", "differs", "other unit", "other part"]


@dataclass(frozen=True)
class Judged:
    """A value and how it stands to the one tested."""

    value: Value
    fit: Fit

    @property
    def from_map(self) -> bool:
        """Whether it was measured on the map."""
        return self.value.sources == (MAP,)


@dataclass(frozen=True)
class Outcome:
    """What testing one value gave."""

    result: Result
    tested: Value
    judged: tuple[Judged, ...]

    def values(self, *fits: Fit) -> tuple[Value, ...]:
        """Return the sourced values that stand so to the tested one."""
        return tuple(j.value for j in self.judged if j.fit in fits and not j.from_map)

    @property
    def measured(self) -> Judged | None:
        """What the map gives."""
        return next((j for j in self.judged if j.from_map), None)

    @property
    def gaps(self) -> tuple[float, float] | None:
        """The smallest and the largest difference, in the unit of the tested value."""
        differing = self.values("differs")
        if not differing and self.measured and self.measured.fit == "differs":
            differing = (self.measured.value,)
        found = [gap(self.tested, value) for value in differing]
        return (min(found), max(found)) if found else None


def judge(tested: Value, others: Iterable[Value]) -> Outcome:
    """Return how a value stands to the others; those of other quantities do not count.

    Raises
    ------
    CorridorFormatError
        One of the values is no number, or no date where its unit says so.
    """
    judged = tuple(
        Judged(value, fit) for value in others if (fit := _fit(tested, value)) is not None
    )
    return Outcome(_result(judged), tested, judged)


def _fit(tested: Value, value: Value) -> Fit | None:
    if comparable(tested, value):
        return "agrees" if agree(tested, value) else "differs"
    if same_number(tested, value):
        return "other unit" if tested.of == value.of else "other part"
    return None


def _result(judged: Sequence[Judged]) -> Result:
    sourced = {j.fit for j in judged if not j.from_map}
    measured = {j.fit for j in judged if j.from_map}
    if not sourced:
        return "differs" if "differs" in measured else "agrees" if measured else "untestable"
    if "agrees" in sourced:
        if sourced - {"agrees"}:
            return "disputed"
        return "differs" if "differs" in measured else "agrees"
    return "differs" if "differs" in sourced else "disputed"


def worst(results: Iterable[Result]) -> Result:
    """Return what a reader must know of several results; untestable if there is none."""
    return max(results, key=RESULTS.index, default="untestable")
