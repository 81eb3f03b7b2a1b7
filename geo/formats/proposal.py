"""Hold a feature from outside and a repair of it that is offered; nothing is mended here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from shapely.geometry.base import BaseGeometry

    from corridormap.geo.errors import Fault

__all__ = ["Change", "Feature", "Proposal"]


@dataclass(frozen=True)
class Feature:
    """One feature in longitude and latitude (EPSG:4326)."""

    where: str
    """Its place in the file, such as "feature 3 (line 17)"."""
    id: str
    """The file's own id, or empty."""
    geometry: BaseGeometry
    properties: Mapping[str, Any]
    open_rings: bool = False
    """Whether rings of it were not closed in the file; in `geometry` they are."""


@dataclass(frozen=True)
class Change:
    """What a proposal does to one feature."""

    feature: int
    """Its number among the features, from 0."""
    where: str
    before: BaseGeometry
    after: tuple[BaseGeometry, ...]
    """No shape when the feature is left out, several when it becomes several features."""


@dataclass(frozen=True)
class Proposal:
    """A repair that is offered and not made."""

    id: str
    """Such as "swap-axes", or "swap-axes-3" where each feature is offered by itself."""
    repair: str
    """The id of the repair: "swap-axes"."""
    fault: Fault
    """Its remedy says what accepting it does."""
    needed: bool
    """Whether the file cannot be used without it."""
    changes: tuple[Change, ...]
    """Each feature it touches, as it is before and after this and all earlier proposals."""

    @property
    def problem(self) -> str:
        """What is wrong, as a phrase."""
        return self.fault.problem

    @property
    def remedy(self) -> str:
        """What accepting it does, as a sentence."""
        return self.fault.remedy
