"""Refuse to run where somebody else's settings would count as this user's own.

Libraries read files of the working folder: Streamlit `.streamlit`, matplotlib `matplotlibrc`.
An operator keeps them in a folder of a service; a corridor's folder comes from anybody.
Reads neither file.
"""

from __future__ import annotations

import os
from pathlib import Path

from corridormap.geo.errors import CorridorError

__all__ = ["require_own_settings"]

_SETTINGS = (".streamlit", "matplotlibrc")
_MARK = "corridor.toml"


def require_own_settings() -> None:
    """Go on unless the working folder is a corridor's, or inside one, and holds settings.

    Raises
    ------
    CorridorError
        It is, and does.
    """
    try:
        here = Path.cwd()
    except OSError:  # the folder is gone, and all in it
        return
    found = [name for name in _SETTINGS if os.path.lexists(here / name)]
    if found and any(os.path.lexists(folder / _MARK) for folder in (here, *here.parents)):
        raise CorridorError("working-folder-is-a-corridor", found=found[0])
