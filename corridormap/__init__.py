"""Map a transport corridor so that an editor can publish the map and a reader can check it."""

from __future__ import annotations

from pathlib import Path

__all__: list[str] = []

# In a checkout the rooms lie beside this folder and are linked into it; a wheel has them here.
if not (Path(__file__).parent / "geo").is_dir():
    raise ImportError(
        "corridormap/geo is no link to the folder geo: this checkout was made without links. "
        "Set them up again with `git config core.symlinks true` and `git checkout -- corridormap`, "
        "or install a wheel, which needs none."
    )
