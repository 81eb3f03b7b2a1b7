"""Check every claim, and every figure on which sources differ, and say by which rule.

One entry per annotation, in its order, also where nothing can be tested; then one per
figure of a feature on which sources differ or that the map does not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.claims.check import CheckedQuantity, ClaimCheck
from corridormap.layers.claims.claims import check_claim
from corridormap.layers.claims.figures import check_figures
from corridormap.layers.corridor.corridor import once_for

if TYPE_CHECKING:
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["CheckedQuantity", "ClaimCheck", "check_claims"]


@once_for
def check_claims(corridor: Corridor) -> tuple[ClaimCheck, ...]:
    """Return what testing gave; the same corridor is tested once."""
    claims = tuple(check_claim(corridor, annotation) for annotation in corridor.annotations)
    return (*claims, *check_figures(corridor))
