"""Headers that many answers have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["NEVER_KEPT", "NEVER_PACKED"]

NEVER_KEPT: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})
"""Of an answer that is true only now, or only for the one who asked."""
NEVER_PACKED: Mapping[str, str] = MappingProxyType({**NEVER_KEPT, "Content-Encoding": "identity"})
"""Of a file that is packed already, so that nothing packs it again while others wait."""
