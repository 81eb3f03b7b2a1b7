"""Know the corridors that come with the tool: id, title, folder.

Reads their manifests only. A corridor whose manifest cannot be read is on the shelf under
its folder's name, so that it can be named and mended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from geo.assets import corridor_roots
from geo.errors import CorridorError
from layers.folder.files import MANIFEST
from layers.folder.manifest import Manifest
from layers.words import plain

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Shelved", "built_in"]


@dataclass(frozen=True)
class Shelved:
    """A corridor that a command may be given by its id."""

    id: str
    """The name of its folder, which is what commands take."""
    title: str
    folder: Path


def built_in() -> tuple[Shelved, ...]:
    """Return the built-in corridors, in the order of their ids.

    Raises
    ------
    AssetError
        The base data was not installed.
    """
    folders = sorted(
        path.parent for root in corridor_roots() for path in root.glob(f"*/{MANIFEST}")
    )
    return tuple(_shelved(folder) for folder in folders)


def _shelved(folder: Path) -> Shelved:
    try:
        title = plain(Manifest.read(folder / MANIFEST).title)
    except CorridorError:
        title = folder.name
    return Shelved(folder.name, title, folder)
