"""Pack files as a zip whose bytes depend on nothing but the files: no time, no system."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["packed", "zip_of"]

_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can say; the same for every file, so that bytes repeat."""
_RIGHTS = 0o100644 << 16
_UNIX = 3


def zip_of(files: Mapping[str, bytes], folder: str, *, effort: int = 6) -> bytes:
    """Return a zip of files in a folder; the same files in the same order give the same bytes.

    Parameters
    ----------
    files
        Contents by their names relative to the folder.
    folder
        What the folder is called in the zip.
    effort
        How hard to pack them, from 1 to 9.
    """
    return packed({f"{folder}/{name}": body for name, body in files.items()}, effort=effort)


def packed(files: Mapping[str, bytes], *, effort: int = 6) -> bytes:
    """Return a zip of files by their names in it; the same files give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=effort) as archive:
        for name, body in files.items():
            entry = zipfile.ZipInfo(name, _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = _RIGHTS
            archive.writestr(entry, body, compresslevel=effort)
    return out.getvalue()
