"""Pack a corridor's folder as a zip that opens elsewhere: the same files, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["bundle"]

_TIME = (1980, 1, 1, 0, 0, 0)
"""The oldest that a zip can say: a file's time is not part of a corridor."""
_RIGHTS = 0o100644 << 16


def bundle(files: Mapping[str, bytes], name: str) -> bytes:
    """Return a zip of files in one folder; equal files give equal bytes.

    Parameters
    ----------
    files
        Contents by their names relative to the corridor's folder.
    name
        What the folder is called in the zip.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(files):
            entry = zipfile.ZipInfo(f"{name}/{file}", _TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _RIGHTS
            entry.create_system = 3  # or it would differ between systems
            archive.writestr(entry, files[file])
    return out.getvalue()
