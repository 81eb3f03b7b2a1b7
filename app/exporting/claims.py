"""Report what checking a corridor's claims and figures gave, as JSON values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corridormap.layers.claims.checks import check_claims
from corridormap.layers.claims.entries import report_entry

if TYPE_CHECKING:
    from corridormap.layers.claims.entries import ReportEntry
    from corridormap.layers.corridor.corridor import Corridor

__all__ = ["claims_report"]


def claims_report(corridor: Corridor) -> list[ReportEntry]:
    """Return one entry per claim, and one per figure on which sources differ.

    Each has the keys id, text, quantities, result (one of `RESULTS` of `layers.claims.verdict`),
    values (each with unit and sources: ids, or "map"), rule and origins.
    """
    return [report_entry(check) for check in check_claims(corridor)]
