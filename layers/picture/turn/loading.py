"""Load what draws, once, when the first picture is asked for: it takes a third of a second.

Threads that begin their first pictures together would find each other's modules half loaded.
"""

from __future__ import annotations

import threading
from importlib import import_module

__all__ = ["load"]

_DRAWS = ("page.picture", "file.writing", "strip.page", "atlas.book")
_LOADING = threading.Lock()


def load() -> None:
    """Load everything that draws; one thread does, the others wait."""
    with _LOADING:
        for name in _DRAWS:
            import_module(f"corridormap.layers.picture.{name}")
