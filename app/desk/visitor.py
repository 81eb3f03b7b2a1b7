"""Tell who asks: a reader as the server tells one from the other to share its work fairly."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

__all__ = ["VISITOR", "visitor_of"]

VISITOR = "corridormap.visitor"
"""Where the scope of a request names its visitor, once the gate has let it in."""


def visitor_of(scope: Mapping[str, Any]) -> str:
    """Return the visitor whom the gate has named, or the address that the request is from."""
    client = scope.get("client")
    return str(scope.get(VISITOR) or (client[0] if client else ""))
