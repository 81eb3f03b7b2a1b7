"""Give the words of a blank feature's form: what can be chosen, and what each choice means.

Kinds with the shapes they may have, modes, statuses, how sure a position is, quantities with
their units; countries and languages the browser can name. It holds no rule of its own: the
models and the checks that read a folder do, and a test holds the two together.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_args

from corridormap.layers.corridor.feature import Mode, Quality
from corridormap.layers.corridor.status import STATUSES
from corridormap.layers.wording.kinds import KINDS
from corridormap.layers.wording.quantity import Bound
from corridormap.layers.wording.words import (
    FIELD_LABELS,
    MODE_LABELS,
    QUALITY_LABELS,
    STATUS_LABELS,
    capital,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corridormap.layers.wording.kinds import OfKind

__all__ = ["form_words"]

_HINTS: Mapping[str, str] = MappingProxyType(
    {
        "exact": "Taken from a survey or a map that shows the thing itself",
        "traced": "Drawn along what a map or a picture shows",
        "approximate": "Known only roughly: somewhere inside the ring or band",
        "schematic": "Drawn to show a connection, not where it runs",
    }
)

_UNITS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "length": ("km", "m"),
        "width": ("m",),
        "height": ("m",),
        "area": ("km2", "ha", "m2"),
        "lanes": ("count",),
        "tracks": ("count",),
        "spans": ("count",),
        "stations": ("count",),
        "bridges": ("count",),
        "tunnels": ("count",),
        "berths": ("count",),
        "count": ("count",),
        "gauge": ("mm",),
        "gradient": ("per_mille", "%"),
        "speed": ("km/h",),
        "capacity": ("t/year", "Mt/year", "trucks/day", "people/day", "TEU"),
        "traffic": ("t/year", "Mt/year", "trucks/day", "vehicles/day", "people/day", "TEU"),
        "cost": ("USD", "EUR", "AZN", "IRR", "RUB"),
        "loan": ("USD", "EUR"),
        "progress": ("%",),
        "land_acquired": ("%", "ha"),
        "duration": ("years", "months", "days"),
        "population": ("people",),
    }
)


def form_words(kinds: Mapping[str, OfKind] = KINDS) -> dict[str, Any]:
    """Return every choice of the form with its label, as plain JSON."""
    return {
        "labels": dict(FIELD_LABELS),
        "kinds": [
            {
                "id": kind,
                "label": of.label,
                "shapes": list(of.shapes),
                "mode": of.mode,
            }
            for kind, of in kinds.items()
        ],
        "modes": [
            {"id": mode, "label": capital(MODE_LABELS[mode]) or "None"} for mode in get_args(Mode)
        ],
        "statuses": [{"id": status, "label": STATUS_LABELS[status]} for status in STATUSES],
        "qualities": [
            {"id": quality, "label": QUALITY_LABELS[quality], "hint": _HINTS[quality]}
            for quality in get_args(Quality)
        ],
        "bounds": [bound for bound in get_args(Bound) if bound],
        "quantities": [{"id": name, "units": list(units)} for name, units in _UNITS.items()],
    }
