"""Say which claims are judged otherwise in a newer edition: by their result, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corridormap.layers.claims.checks import check_claims
from corridormap.layers.wording.words import lowered, plain

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["VerdictChange", "verdicts_of_editions"]


@dataclass(frozen=True)
class VerdictChange:
    """A claim whose result is another one."""

    id: str
    number: int
    """Of the claim in the newer edition, as the map tells it."""
    name: str
    before: str
    """The result to read."""
    after: str

    @property
    def text(self) -> str:
        """The change in words, without a stop."""
        return f"{self.after} now; before: {lowered(self.before)}"


def verdicts_of_editions(older: Corridor, newer: Corridor) -> tuple[VerdictChange, ...]:
    """Return the claims of both editions that are judged otherwise, in the newer one's order."""
    before, after = _labels(older), _labels(newer)
    return tuple(
        VerdictChange(one.id, number, plain(one.claim.title), before[one.id], after[one.id])
        for number, one in enumerate(newer.annotations, 1)
        if one.id in before and before[one.id] != after[one.id]
    )


def _labels(corridor: Corridor) -> dict[str, str]:
    # One check for each annotation comes first, in its order.
    pairs = zip(corridor.annotations, check_claims(corridor), strict=False)
    return {annotation.id: check.label for annotation, check in pairs}
