"""Tell whether all cases are tried, or those that the suite has time for.

`make sweep` sets ``CORRIDORMAP_SWEEP``: full products of cases, longer texts, more kills.
"""

from __future__ import annotations

import os

__all__ = ["SWEEP"]

SWEEP = os.environ.get("CORRIDORMAP_SWEEP") == "1"
