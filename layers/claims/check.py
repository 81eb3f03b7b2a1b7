"""Hold what testing a claim, or a figure of a feature, gave. Tests nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corridormap.layers.claims.evidence import MAP
from corridormap.layers.claims.rules import RULE_BOUNDS, RULE_DATES, RULE_SOURCES, RULE_WORDS
from corridormap.layers.wording.units import DATE, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corridormap.layers.claims.origins import Origin
    from corridormap.layers.claims.verdict import Judged, Result
    from corridormap.layers.wording.quantity import Value

__all__ = ["SIZES", "CheckedQuantity", "ClaimCheck", "joined_rules", "source_rules"]

SIZES = frozenset({"length", "width", "height"})
"""Quantities that a reader might expect to be measured on the map."""


@dataclass(frozen=True)
class CheckedQuantity:
    """A quantity that was tested, as the claim or the feature gives it."""

    value: Value
    feature: str


@dataclass(frozen=True)
class ClaimCheck:
    """What testing a claim, or a figure of a feature, gave."""

    id: str
    """The annotation's id, or "feature/quantity"."""
    kind: Literal["claim", "figure"]
    text: str
    """What was tested."""
    quantities: tuple[CheckedQuantity, ...]
    result: Result
    label: str
    """The result to read."""
    finding: str
    """What was found, in one line without a stop; may be empty."""
    values: tuple[Judged, ...]
    """Every value that was looked at, the tested ones first."""
    origins: tuple[Origin, ...]
    """Of what agrees with a claim, each once; of what was looked at for a figure."""
    rule: str
    """How it was tested, in words."""
    by_hand: bool = False

    @property
    def sources(self) -> tuple[str, ...]:
        """Ids of the sources it leans on, each once."""
        ids = [i for judged in self.values if judged.fit != "claim" for i in judged.value.sources]
        return tuple(dict.fromkeys(i for i in ids if i != MAP))


def source_rules(values: Sequence[Value]) -> Iterator[str]:
    """Yield the rules by which sourced values were compared."""
    unit = values[0].unit
    yield {DATE: RULE_DATES, WORDS: RULE_WORDS}.get(unit, RULE_SOURCES)
    if unit not in {DATE, WORDS} and any(value.bound for value in values):
        yield RULE_BOUNDS


def joined_rules(rules: Iterable[str]) -> str:
    """Return rules as one text, each once."""
    return " ".join(dict.fromkeys(rules))
