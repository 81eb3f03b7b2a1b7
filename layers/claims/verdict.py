"""Hold one value against others and say what that gives. Every verdict is given here.

Sources differ, nobody lies: which of two values is right is not decided here. Like is held
against like; what agrees is counted by its origins, and what cannot fail says nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

from corridormap.layers.claims.evidence import MAP
from corridormap.layers.claims.telling import idle
from corridormap.layers.wording.quantity import agree, comparable, gap, overlap, same_number, unlike

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corridormap.layers.claims.origins import Origin, Origins
    from corridormap.layers.claims.telling import Idle
    from corridormap.layers.corridor.claim import HandCheck
    from corridormap.layers.wording.quantity import Unlike, Value

__all__ = [
    "RESULTS",
    "Fit",
    "HandOutcome",
    "Judged",
    "Outcome",
    "Result",
    "agrees_with",
    "alternatives",
    "judge",
    "judge_by_hand",
    "judge_figure",
    "worst",
]

Result = Literal[
    "untestable", "confirmed", "repeated", "not_comparable", "map_differs", "sources_differ"
]
RESULTS: tuple[Result, ...] = get_args(Result)
"""From the least to the most that a reader must know.

`confirmed`: an origin other than the article's says the same. `repeated`: all that agree are
one origin with the article. `not_comparable`: what there is differs in time, scope or kind.
"""

Fit = Literal["claim", "agrees", "differs", "other unit", "not comparable", "says nothing"]


@dataclass(frozen=True)
class Judged:
    """A value and how it stands to the one tested."""

    value: Value
    fit: Fit
    unlike: tuple[Unlike, ...] = ()
    """In what it differs, where it is not comparable."""
    idle: Idle = ""
    """Why it says nothing that it agrees."""

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
    origins: tuple[Origin, ...] = ()
    """Of what agrees, each once."""
    independent: int = 0
    """How many of them count beside the article."""

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


@dataclass(frozen=True)
class HandOutcome:
    """What a check by hand gave."""

    result: Result
    origins: tuple[Origin, ...] = ()
    independent: int = 0


def judge(tested: Value, others: Iterable[Value], origins: Origins) -> Outcome:
    """Return how a value stands to the others; those of other quantities do not count.

    Raises
    ------
    CorridorFormatError
        One of the values is no number, or no date where its unit says so.
    """
    judged = tuple(found for value in others if (found := _judged(tested, value)) is not None)
    agreeing = origins.of(i for j in judged if j.fit == "agrees" for i in j.value.sources)
    independent = origins.independent(agreeing)
    return Outcome(_result(judged, independent), tested, judged, agreeing, independent)


def judge_by_hand(check: HandCheck | None, origins: Origins) -> HandOutcome:
    """Return what a check by hand gives: of what agrees, its origins decide."""
    if check is None or check.result == "untestable":
        return HandOutcome("untestable")
    if check.result == "not_comparable":
        return HandOutcome("not_comparable")
    if check.result != "agrees":
        return HandOutcome("sources_differ")
    agreeing = origins.of(check.sources)
    independent = origins.independent(agreeing)
    return HandOutcome("confirmed" if independent else "repeated", agreeing, independent)


def agrees_with(check: HandCheck, result: Result) -> bool:
    """Tell whether a check by hand and a result say the same."""
    said: dict[str, set[Result]] = {
        "agrees": {"confirmed", "repeated"},
        "not_comparable": {"not_comparable"},
        "untestable": {"untestable"},
    }
    return result in said.get(check.result, {"sources_differ", "map_differs"})


def judge_figure(values: Sequence[Value], measured: Value | None) -> Result | None:
    """Return how values of one figure stand to each other and to the map; None if they agree."""
    if any(_clash(a, b) for i, a in enumerate(values) for b in values[:i]):
        return "sources_differ"
    if measured is not None and not any(agree(measured, value) for value in values):
        return "map_differs"
    return None


def alternatives(a: Value, b: Value) -> bool:
    """Tell whether two values of a feature cannot both stand: like and like, or one number twice.

    One source may well give its number in two units.
    """
    return comparable(a, b) or (same_number(a, b) and not set(a.sources) & set(b.sources))


def _clash(a: Value, b: Value) -> bool:
    return not agree(a, b) if comparable(a, b) else alternatives(a, b)


def _judged(tested: Value, value: Value) -> Judged | None:
    if comparable(tested, value):
        if not agree(tested, value):
            return Judged(value, "differs")
        why = idle(tested, value)
        return Judged(value, "says nothing", idle=why) if why else Judged(value, "agrees")
    if same_number(tested, value):
        return Judged(value, "other unit")
    apart = unlike(tested, value)
    if tested.quantity == value.quantity and _is_near(tested, value, apart):
        return Judged(value, "not comparable", unlike=apart)
    return None


def _is_near(tested: Value, value: Value, apart: Sequence[Unlike]) -> bool:
    """Tell whether a reader could take an unlike value for an alternative.

    Values of another time are none, nor are other parts of a thing; the same number is.
    """
    if tested.dimension != value.dimension:
        return False
    same = (tested.value, tested.value_max) == (value.value, value.value_max)
    near = tested.passing and overlap(tested, value) and ("scope" not in apart or not tested.of)
    return same or near


def _result(judged: Sequence[Judged], independent: int) -> Result:
    sourced = {j.fit for j in judged if not j.from_map}
    measured = {j.fit for j in judged if j.from_map}
    if sourced & {"differs", "other unit"}:
        return "sources_differ"
    if "differs" in measured:
        return "map_differs"
    if independent:
        return "confirmed"
    if "agrees" in sourced:
        return "repeated"
    return "not_comparable" if "not comparable" in sourced else "untestable"


def worst(results: Iterable[Result]) -> Result:
    """Return what a reader must know of several results; untestable if there is none."""
    return max(results, key=RESULTS.index, default="untestable")
