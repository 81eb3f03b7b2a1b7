"""Load what draws when a picture first needs it: all of it takes half a second.

Threads that begin their first pictures together would find each other's modules half loaded.
"""

from __future__ import annotations

import threading
from importlib import import_module

__all__ = ["load"]

_LOADING = threading.Lock()


def load(*names: str, form: str) -> None:
    """Load modules that draw, and those that write a form of file.

    One thread does, the others wait. PDFs alone need all of matplotlib.
    """
    writing = ("file.writing", "file.pdf_pages") if form == "pdf" else ("file.writing",)
    with _LOADING:
        for name in (*names, *writing):
            import_module(f"corridormap.layers.picture.{name}")
