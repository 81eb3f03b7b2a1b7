"""Hold a file from outside after reading: features in degrees, and what is proposed.

Nothing in it is mended yet: every repair waits as a proposal with pictures of before and
after, until somebody accepts it. Reads no file and knows no corridor.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING

from corridormap.geo.errors import Finding, ReadError
from corridormap.geo.formats.repair import mended
from corridormap.geo.measure import bbox_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import geopandas as gpd

    from corridormap.geo.formats.proposal import Feature, Proposal
    from corridormap.geo.formats.table import LayerNote
    from corridormap.geo.measure import Bbox

__all__ = ["Accepted", "Incoming"]


@dataclass(frozen=True, eq=False)
class Incoming:
    """One layer of a file from outside."""

    file: str
    format: str
    layer: str
    layers: tuple[LayerNote, ...]
    """All layers of the file, this one among them."""
    features: tuple[Feature, ...]
    source_crs: str
    """The coordinate system of the file, in words."""
    crs_chosen: bool
    """Whether the user named it."""
    transformed: bool
    """Whether the positions were computed from another system."""
    said: tuple[str, ...]
    """What else was read and done, in sentences to show."""
    left_out: tuple[Finding, ...]
    """Features, parts and values that cannot be read, drawn or kept, each with the reason."""
    doubts: tuple[Finding, ...]
    """What can hardly be meant and is read as it stands."""
    proposals: tuple[Proposal, ...]
    """In the order in which they are applied."""
    origin: Mapping[str, str] = field(default_factory=dict)
    """What is known of its source by its format, as `license` and `credit`: fields of CSL-JSON."""

    @cached_property
    def frame(self) -> gpd.GeoDataFrame:
        """The features as they are in the file, in EPSG:4326, in the file's order."""
        return _frame(self.features)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of all properties, in the order in which they first occur."""
        return tuple(dict.fromkeys(key for f in self.features for key in f.properties))

    @property
    def geometry_types(self) -> Mapping[str, int]:
        """How many features there are of each geometry type."""
        return _types(self.features)

    @property
    def extent(self) -> Bbox | None:
        """West, south, east, north of all features, or None without any."""
        return bbox_of(f.geometry for f in self.features if not f.geometry.is_empty)

    def without(self, left_out: Iterable[str]) -> Incoming:
        """Return the file without the features that some proposals are about.

        Raises
        ------
        ReadError
            Nothing of such an id is proposed.
        """
        names = set(left_out)
        self._known_or_error(names)
        gone = {
            change.feature
            for proposal in self.proposals
            if proposal.id in names
            for change in proposal.changes
        }
        kept = [number for number in range(len(self.features)) if number not in gone]
        now = {number: place for place, number in enumerate(kept)}
        proposals = (
            replace(
                proposal,
                changes=tuple(
                    replace(change, feature=now[change.feature])
                    for change in proposal.changes
                    if change.feature in now
                ),
            )
            for proposal in self.proposals
        )
        return replace(
            self,
            features=tuple(self.features[number] for number in kept),
            proposals=tuple(proposal for proposal in proposals if proposal.changes),
        )

    def accept(self, accepted: Iterable[str]) -> Accepted:
        """Return the features with the accepted proposals applied.

        Raises
        ------
        ReadError
            A proposal is unknown, or a needed one is not accepted: all at once.
        """
        names = set(accepted)
        wrong = self._unknown(names)
        wrong += [
            proposal.fault.at(self.file).within("proposal-must-be-accepted", id=proposal.id)
            for proposal in self.proposals
            if proposal.needed and proposal.id not in names
        ]
        if wrong:
            raise ReadError.of(wrong)
        done = [proposal for proposal in self.proposals if proposal.id in names]
        return Accepted(
            mended(self.features, [(p.repair, {c.feature for c in p.changes}) for p in done]),
            tuple(done),
        )

    def _unknown(self, names: set[str]) -> list[Finding]:
        known = [proposal.id for proposal in self.proposals]
        return [
            Finding("unknown-proposal", self.file, name=name, known=", ".join(known))
            if known
            else Finding("nothing-is-proposed", self.file, name=name)
            for name in sorted(names - set(known))
        ]

    def _known_or_error(self, names: set[str]) -> None:
        if wrong := self._unknown(names):
            raise ReadError.of(wrong)


@dataclass(frozen=True, eq=False)
class Accepted:
    """The features of a file with what was accepted done to them."""

    features: tuple[Feature, ...]
    done: tuple[Proposal, ...] = field(default=())

    @cached_property
    def frame(self) -> gpd.GeoDataFrame:
        """The features in EPSG:4326."""
        return _frame(self.features)


def _frame(features: tuple[Feature, ...]) -> gpd.GeoDataFrame:
    # Heavy, and not needed to look at a file or to make a layer of it.
    import geopandas as gpd
    import pandas as pd

    from corridormap.geo.geojson import column_of

    rows = [{column_of(k): v for k, v in feature.properties.items()} for feature in features]
    table = pd.DataFrame(rows, index=pd.RangeIndex(len(features)), dtype=object)
    shapes = gpd.GeoSeries([f.geometry for f in features], index=table.index, crs=4326)
    return gpd.GeoDataFrame(table, geometry=shapes)


def _types(features: tuple[Feature, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for feature in features:
        kind = feature.geometry.geom_type
        found[kind] = found.get(kind, 0) + 1
    return found
