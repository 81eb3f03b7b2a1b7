"""Hold what a user says of a new layer; it decides nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corridormap.layers.columns.rules import ColumnRules
from corridormap.layers.saving.remedies import COMMAND
from corridormap.layers.wording.kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.corridor.feature import Mode, Quality
    from corridormap.layers.corridor.status import Status
    from corridormap.layers.saving.remedies import Remedies
    from corridormap.layers.wording.kinds import OfKind

__all__ = ["Wishes"]


@dataclass(frozen=True)
class Wishes:
    """What a user says of a new layer."""

    layer: str
    title: str
    file: str
    """The file that the features are from, for messages."""
    sources: tuple[str, ...]
    """Ids of the sources that each feature leans on."""
    as_of: str
    """The corridor's date, YYYY-MM-DD."""
    name_field: str | None = None
    unnamed: bool = False
    """Whether the features are named after the layer, each with a number."""
    id_field: str | None = None
    kind: str | None = None
    kinds: Mapping[str, OfKind] = field(default_factory=lambda: KINDS)
    """The kinds that the corridor knows."""
    mode: Mode | None = None
    quality: Quality | None = None
    uncertainty_m: float | None = None
    status: Status | None = None
    since: str | None = None
    number_ids: bool = False
    """Whether ids that stand several times are numbered."""
    keep: frozenset[str] | None = None
    """The columns that become properties; all of them when it is None."""
    rules: ColumnRules = field(default_factory=ColumnRules)
    """What columns become."""
    source_ids: Mapping[str, str] = field(default_factory=dict)
    """Ids of sources by the texts of the column that names them."""
    remedies: Remedies = COMMAND
    """What messages tell the user to do."""
