"""What makes an annotation a claim: a title, numbers and dates as data, a check by hand.

Reading is lenient: a figure that cannot be used is left out, the claim stays. Whether a
claim holds is told elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from corridormap.layers.corridor.where import Where  # noqa: TC001  pydantic reads it at run time
from corridormap.layers.wording.period import PeriodText  # noqa: TC001  pydantic reads it
from corridormap.layers.wording.quantity import Bound  # noqa: TC001  pydantic reads it at run time

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Claim", "ClaimFigure", "Evidence", "HandCheck", "without_refused"]


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="allow", allow_inf_nan=False)


class _Said(_Model):
    value: float | str
    value_max: float | str | None = None
    unit: Annotated[str, Field(min_length=1)]
    bound: Bound = ""
    of: str = ""
    """Its scope, when it is not of the whole thing: only like goes with like."""
    kind: str = ""
    """What is counted, where that may differ: "exchanged", "in transit", "plan"."""
    period: PeriodText = ""
    """The time that it is of: "2023", or "2023-03-21/2024-02-20"."""
    date: str = ""
    note: str = ""


class Evidence(_Said):
    """What a source gives for a claim's figure that no feature holds."""

    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    where: tuple[Where, ...] = ()
    """Where in its sources it stands."""


class ClaimFigure(_Said):
    """A number, a date or an office of a claim, as data; the unit of an office is "words"."""

    quantity: Annotated[str, Field(min_length=1)]
    feature: str | None = None
    evidence: tuple[Evidence, ...] = ()


class HandCheck(_Model):
    """A check made by hand, with its sources."""

    result: Literal["agrees", "differs", "disputed", "not_comparable", "untestable"]
    """How the sources stand to it; "disputed" is an older word for "differs".

    Whether those that agree confirm it or only repeat it is told by their origins.
    """
    text: str
    sources: tuple[str, ...] = ()
    where: tuple[Where, ...] = ()
    """Where in its sources it stands."""


class Claim(_Model):
    """What makes an annotation a claim: its title, paragraph, numbers and check."""

    title: Annotated[str, Field(min_length=1)]
    paragraph: Annotated[int, Field(ge=0, strict=True)] = 0
    figures: tuple[ClaimFigure, ...] = ()
    check: HandCheck | None = None


def without_refused(claim: Any, places: Sequence[tuple[str | int, ...]]) -> dict[str, Any] | None:
    """Return a claim's data without the figures and the check that a model refused.

    Parameters
    ----------
    claim
        The data as read.
    places
        Where in it something was refused. None is returned if that is anywhere else.
    """
    if not isinstance(claim, dict) or any(p[:1] not in {("figures",), ("check",)} for p in places):
        return None
    kept = dict(claim)
    if any(place[0] == "check" for place in places):
        kept.pop("check")
    refused = {place[1] for place in places if place[0] == "figures" and len(place) > 1}
    figures = kept.get("figures")
    if refused and isinstance(figures, list):
        kept["figures"] = [figure for i, figure in enumerate(figures) if i not in refused]
    elif any(place[0] == "figures" for place in places):
        kept.pop("figures")
    return kept
