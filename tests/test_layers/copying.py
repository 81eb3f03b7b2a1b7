"""Copy a corridor's folder with the save in it that was cut short, as though it died there."""

from __future__ import annotations

import shutil
from pathlib import Path

from corridormap.layers.folder.files import HOME
from corridormap.layers.folder.journal import JOURNAL, Journal
from corridormap.layers.folder.place import Place

__all__ = ["copied_whole", "seal_again"]


def copied_whole(folder: Path, to: Path) -> Path:
    """Return a copy whose journal is believed, as the one of the folder is."""
    made = Path(shutil.copytree(folder, to))
    seal_again(made)
    return made


def seal_again(folder: Path) -> None:
    """Seal the journal of a copy for the folder it is in now; there may be none."""
    file = folder / HOME / JOURNAL
    if file.exists():
        known = Journal.model_validate_json(file.read_bytes())
        with Place.opened(folder) as place:
            file.write_text(Journal.sealed(place, known.steps, known.at).model_dump_json())
